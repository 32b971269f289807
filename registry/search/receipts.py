"""Receipts of checks: on this day, at this minute, the register answered so.

A receipt is a signed text in JSON and what is needed to ask again, both locked with a code that stands on the sheet of
paper and nowhere in the database. So a receipt is found, read and compared by whoever holds the sheet, and by nobody
else. Nothing is kept of who asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, delete, select

from registry import kinds
from registry.db.direct import Reader
from registry.db.engine import lock_log, reader_within, signatures_of, vault_of
from registry.db.sealing import SealBroken
from registry.db.tables import CheckReceipt, Edition
from registry.declarations.editions import get_latest_edition
from registry.errors import NotFound, RegistryError
from registry.search.check import Answer, check
from registry.search.facts import Facts, facts_of, shown_number, utc
from registry.search.receipt_codes import new_code

PURPOSE: Final = "check_receipt.facts_locked"
VERSION: Final = 1
# A short number can stand on a hundred papers, worst first: what weighs most fits on paper.
MOST_VERDICTS: Final = 20
NOTICE: Final = (
    "What the register answered at this moment. No proof that a document is valid: not everything lost is declared. "
    "登记簿当时的答复，不是证件有效的证明：遗失的证件不一定都已声明。"
)


class ReceiptAltered(RegistryError):
    """A stored receipt is not what the registry signed."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt that was found genuine.

    Attributes:
        number: what was checked, as everybody may see it: as printed, or masked where it is or may be sensitive.
        rule: what the number is likeliest to be; empty where that cannot be told.
        edition, edition_day, published_at: the latest edition on the register at that moment; None before the first.
        verdicts: worst first; `is_cut` tells that there were more.
        signed, signature: the text that was signed, and its signature in base64.
        checked: the number in full, to ask again with. Never shown.
    """

    code: str
    made_at: datetime
    kept_until: date
    number: str
    masked: bool
    rule: str
    edition: int | None
    edition_day: date | None
    published_at: datetime | None
    verdicts: tuple[Facts, ...]
    is_cut: bool
    fingerprint: str
    signed: str
    signature: str
    checked: str = field(repr=False)


def make(session: Session, text: str, *, issuer: Mapping[str, str], kept_until: date) -> Receipt:
    """Check a number and keep what the register answers; `issuer` names the registry, and is signed with the rest."""
    # Nobody publishes meanwhile: the answer and the edition that it is dated by belong together.
    lock_log(session)
    reader = reader_within(session)
    answer = check(reader, text)
    facts = facts_of(reader, answer)
    code = new_code()
    number, rule, masked = shown_number(answer)
    signatures = signatures_of(session)
    signed = canonical_json(
        {
            "version": VERSION,
            **issuer,
            "code": code,
            "made_at": utc(answer.as_of),
            "kept_until": kept_until.isoformat(),
            "number": number,
            "masked": masked,
            "rule": rule,
            "latest_edition": _edition(get_latest_edition(session)),
            "verdicts": [one.to_json() for one in facts[:MOST_VERDICTS]],
            "further_verdicts": answer.is_cut or len(facts) > MOST_VERDICTS,
            "notice": NOTICE,
            "key": signatures.current.fingerprint,
        }
    )
    kept = {"signed": signed, "signature": signatures.sign(signed), "checked": text}
    vault = vault_of(session)
    locked = vault.lock(json.dumps(kept, ensure_ascii=False), code=code, purpose=PURPOSE)
    session.add(CheckReceipt(code_hash=vault.token_hash(code), facts_locked=locked, kept_until=kept_until))
    session.flush()
    return _receipt(kept)


def get_receipt(session: Session, code: str) -> Receipt:
    """Return the receipt of a code, in its one spelling (`parse_code`).

    Raises:
        NotFound: there is none, or it was erased when its term was over.
        ReceiptAltered: the row was changed, or its signature is not the registry's.
    """
    vault = vault_of(session)
    row = session.exec(select(CheckReceipt).where(CheckReceipt.code_hash == vault.token_hash(code))).first()
    if row is None:
        raise NotFound("no receipt of this code")
    try:
        receipt = _receipt(json.loads(vault.unlock(row.facts_locked, code=code, purpose=PURPOSE)))
    except SealBroken as error:
        raise ReceiptAltered(code) from error
    genuine = signatures_of(session).is_genuine(receipt.signed, receipt.signature, fingerprint=receipt.fingerprint)
    if not genuine or receipt.code != code:
        raise ReceiptAltered(code)
    return receipt


def is_about(receipt: Receipt, typed: str) -> bool:
    """Whether a typed number is the one that was checked, in whatever spelling."""
    return not set(kinds.lookup_forms(typed)).isdisjoint(kinds.lookup_forms(receipt.checked))


def answer_again(reader: Reader, receipt: Receipt) -> tuple[Answer, tuple[Facts, ...]]:
    """Return what the register answers now to the number of a receipt."""
    answer = check(reader, receipt.checked)
    return answer, tuple(facts_of(reader, answer))


def erase_receipts(session: Session, *, today: date) -> int:
    """Delete the receipts that were promised to be kept until before today; return how many."""
    erased = session.execute(delete(CheckReceipt).where(col(CheckReceipt.kept_until) < today))
    count: int = erased.rowcount  # type: ignore[attr-defined]
    return count


def canonical_json(value: Mapping[str, Any]) -> str:
    """Return the one text of a JSON object that is signed (RFC 8785: names sorted, no blanks, characters unescaped)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def as_file(receipt: Receipt) -> str:
    """Return the signed receipt as a JSON file, which is verified by the canonical text of its `receipt`."""
    told = {"receipt": json.loads(receipt.signed), "signature": receipt.signature}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _edition(edition: Edition | None) -> dict[str, Any] | None:
    if edition is None or edition.published_at is None:
        return None
    return {"number": edition.number, "day": edition.day.isoformat(), "published_at": utc(edition.published_at)}


def _receipt(kept: Mapping[str, str]) -> Receipt:
    told = json.loads(kept["signed"])
    edition = told["latest_edition"] or {}
    return Receipt(
        code=told["code"],
        made_at=datetime.fromisoformat(told["made_at"]),
        kept_until=date.fromisoformat(told["kept_until"]),
        number=told["number"],
        masked=told["masked"],
        rule=told["rule"],
        edition=edition.get("number"),
        edition_day=date.fromisoformat(edition["day"]) if edition else None,
        published_at=datetime.fromisoformat(edition["published_at"]) if edition else None,
        verdicts=tuple(map(Facts.from_json, told["verdicts"])),
        is_cut=told["further_verdicts"],
        fingerprint=told["key"],
        signed=kept["signed"],
        signature=kept["signature"],
        checked=kept["checked"],
    )
