"""Questions and answers of an invented register, for the description of the API. No number in them is anybody's."""

from __future__ import annotations

from typing import Any, Final

from registry.web.api.answers import NOTICE

SITE: Final = "https://register.example.cn"
REFERENCE: Final = "S26-4071-3850"
SEAL: Final = "1403000000017"
SEAL_ASKED: Final = "140300 000 0017"
_MOMENT: Final = "2026-11-24T07:15:27Z"
_EDITION: Final = {"number": 48, "day": "2026-11-20"}
_NOTHING: Final[dict[str, Any]] = {
    "kind": None,
    "title": None,
    "number": None,
    "reference": None,
    "since": None,
    "until": None,
    "filed_on": None,
    "edition": None,
    "url": None,
    "replaced_by": None,
    "reasons": [],
    "suggestions": [],
}

DECLARED: Final[dict[str, Any]] = {
    "number": SEAL_ASKED,
    "canonical": SEAL,
    "as_of": _MOMENT,
    "verdicts": [
        {
            "verdict": "declared",
            **_NOTHING,
            "kind": "seal_code",
            "title": "公章",
            "number": SEAL,
            "reference": REFERENCE,
            "since": "2026-11-20",
            "edition": _EDITION,
            "url": f"{SITE}/declarations/{REFERENCE}",
        }
    ],
    "is_cut": False,
    "candidates": [
        {
            "rule": "seal_code",
            "title": {"zh": "印章编码", "en": "Seal code"},
            "grade": "valid",
            "kinds": ["seal_code"],
        }
    ],
    "near": [],
    "reference": None,
    "notice": NOTICE.en,
}
NOT_ON_REGISTER: Final[dict[str, Any]] = {
    **DECLARED,
    "number": "1403000000025",
    "canonical": "1403000000025",
    "verdicts": [{"verdict": "not_on_register", **_NOTHING}],
}
MANY_ASKED: Final = {"numbers": [SEAL_ASKED, ""]}
MANY: Final = {
    "answers": [
        DECLARED,
        {"error": {"code": "unreadable", "detail": "This cannot be the number of a document. Give it as printed."}},
    ]
}

DECLARATION: Final[dict[str, Any]] = {
    "reference": REFERENCE,
    "nature": "loss",
    "about": None,
    "status": "published",
    "declarant": "澜川市远航机械有限公司",
    "sentence": "澜川市远航机械有限公司因不慎将公章丢失，编号为1403000000017，声明作废。",
    "published_on": "2026-11-20",
    "withdrawn_on": None,
    "edition": _EDITION,
    "documents": [
        {
            "kind": "seal_code",
            "title": "公章",
            "copies": None,
            "holder": None,
            "numbers": [{"label": "编号", "number": SEAL, "sensitive": False}],
        }
    ],
    "url": f"{SITE}/declarations/{REFERENCE}",
}
DECLARATIONS: Final = {
    "declarations": [DECLARATION],
    "total": 1,
    "total_is_capped": False,
    "next": None,
    "previous": None,
}
WHOLE_DECLARATION: Final = {**DECLARATION, "further": []}
EDITIONS: Final = {
    "editions": [
        {
            **_EDITION,
            "published_at": "2026-11-19T22:00:04Z",
            "declarations": 1,
            "url": f"{SITE}/editions/2026-11-20",
        }
    ],
    "next": None,
}
EDITION: Final = {
    **_EDITION,
    "published_at": "2026-11-19T22:00:04Z",
    "pdf": f"{SITE}/editions/2026-11-20.pdf",
    "pdf_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "older": "2026-11-13",
    "newer": None,
    "url": f"{SITE}/editions/2026-11-20",
    "declarations": [DECLARATION],
}
EXAMINE_ASKED: Final = {"kind": "seal_code", "number": SEAL_ASKED, "lang": "en"}
EXAMINED: Final = {
    "grade": "valid",
    "reasons": [],
    "suggestions": [],
    "display": "140300 000 0017",
    "sensitive": False,
    "decoded": [{"name": "Area", "value": "Shanxi, 阳泉市"}],
}
