"""Going through the pages of a declaration the way a declarant does."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from sqlmodel import select

from registry.db.engine import Database
from registry.db.tables import Declaration
from tests.support.client import JudgingClient
from tests.support.factories import PHONE, RESIDENT_ID, WORK_NUMBER
from tests.support.judge import text_of

FORM = "main form[method=post]"
CONTINUE = {"zh": "继续", "en": "Continue"}

WORK_ID = {"number-text": WORK_NUMBER, "number-in_print": "full", "whose": "own"}
ID_CARD = {"number-text": RESIDENT_ID, "number-in_print": "hidden", "whose": "own"}
SEAL = {"number-missing": True, "whose": "own"}
PERSON = {"declarant_type": "person", "declarant": "杨阔远", "phone": PHONE}
COMPANY = {
    "declarant_type": "organisation",
    "declarant": "山西顺合昌物流有限公司",
    "contact_name": "兰亦可",
    "phone": "0353-2296123",
}


def choose(client: JudgingClient, *picks: str, language: str = "zh", **counts: str) -> BeautifulSoup:
    """Open the first page and tick `picks`; the page of the first document comes back."""
    client.glance(f"/declare?lang={language}")
    numbers = {f"count:{pick}": count for pick, count in counts.items()}
    return client.submit(FORM, {"pick": list(picks), **numbers}, button=CONTINUE[language])


def up_to_proof(
    client: JudgingClient,
    *picks: str,
    documents: list[dict[str, Any]] | None = None,
    declarant: dict[str, Any] | None = None,
    language: str = "zh",
) -> BeautifulSoup:
    """Answer everything; the proof comes back."""
    choose(client, *(picks or ("work_id",)), language=language)
    for document in documents or [WORK_ID]:
        client.submit(FORM, document)
    client.submit(FORM, declarant or PERSON)
    assert client.url == "/declare/proof", client.url
    return client.page


def send(client: JudgingClient) -> str:
    """Tick the truth and send; return the new declaration's reference."""
    client.submit("form.proof-send", {"truth": True})
    assert client.url.endswith("/receipt"), client.url
    return client.url.split("/")[2]


def sentence(page: BeautifulSoup) -> str:
    found = page.select_one(".clipping-sentence")
    assert found is not None
    return text_of(found)


def errors(page: BeautifulSoup) -> list[str]:
    """Return what the error summary says."""
    return [text_of(item) for item in page.select(".error-summary li")]


def value(page: BeautifulSoup, name: str) -> str:
    """Return what a text field of the page holds."""
    found = page.select_one(f'input[name="{name}"]')
    assert found is not None, f"no field {name}"
    return str(found.get("value", ""))


def ticked(page: BeautifulSoup, name: str) -> list[str]:
    """Return the values of the boxes or buttons of this name that are ticked."""
    return [str(box["value"]) for box in page.select(f'input[name="{name}"][checked]')]


def said(client: JudgingClient) -> str:
    """Return the words of the present page."""
    assert client.page.main is not None
    return text_of(client.page.main)


def declarations(db: Database) -> list[Declaration]:
    """Return all declarations that there are, oldest first."""
    with db.session(write=False) as session:
        return list(session.exec(select(Declaration).order_by("id")))
