"""Takes the screenshots of the READMEs anew, from an invented registry: `.venv/bin/python -m docs.images.take`.

Needs what the browser tests need, and Poppler. Nothing of the own instance is touched.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page
from sqlalchemy import func
from sqlmodel import Session, col, select

from registry import create_app, kinds
from registry.cli import demo
from registry.cli.demo import names, numbers
from registry.config import Settings
from registry.db import migrate
from registry.db.engine import Database
from registry.db.tables import Declaration, Document, DocumentNumber, Edition
from registry.kinds import Grade
from tests.browser import journeys
from tests.support.browser import launched
from tests.support.server import RunningServer

FOLDER = Path(__file__).parent
LOOKS = {
    "REGISTRY_NAME": f"{names.CITY}遗失声明登记簿",
    "PAPER_NAME": "澜川日报",
    "REGISTRY_URL": "https://register.example.cn",
}
DESK, PHONE = (1200, 860), (375, 760)
# Flat pages: a palette keeps them sharp at a third of the size.
COLOURS = 128


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        settings = Settings.from_environ({"REGISTRY_INSTANCE": str(instance), **LOOKS})
        server = RunningServer(instance, **LOOKS).start()
        database: Database = create_app(settings).extensions["registry_database"]
        try:
            migrate.upgrade(settings)
            demo.fill(database, 300, zone=settings.timezone)
            with launched() as browser, database.session(write=False) as session:
                take(browser, server, session)
        finally:
            server.stop()
            database.dispose()


def take(browser: Browser, server: RunningServer, session: Session) -> None:
    desk = opener(browser, server)
    take_public(desk(), session)
    take_staff(desk(), server.first_sign_in, session)
    take_sheets(desk(), server.first_sign_in, session)
    take_proof(desk())
    take_form(desk(phone=True))


def take_public(page: Page, session: Session) -> None:
    page.goto("/")
    keep(page, "home")
    statement = select(DocumentNumber.printed).join(Document).join(Declaration)
    companies = statement.where(
        DocumentNumber.rule == "business_licence_uscc",
        Declaration.status == "published",
        col(Declaration.declarant).endswith("公司"),
    )
    journeys.check(page, session.exec(companies.order_by(col(DocumentNumber.id).desc())).first() or "")
    keep(page, "check")


def take_staff(page: Page, account: tuple[str, str], session: Session) -> None:
    journeys.sign_in(page, account)
    waiting = select(Declaration.reference).join(Document).join(DocumentNumber)
    doubted = waiting.where(Declaration.status == "submitted", col(DocumentNumber.confirmed))
    page.goto(f"/staff/declarations/{session.exec(doubted).first()}")
    keep(page, "review")
    full = max(
        session.exec(select(Edition)), key=lambda edition: (edition.number is not None, len(edition.declarations))
    )
    page.goto(f"/staff/editions/{full.day}/print")
    keep(page, "column")


def take_sheets(page: Page, account: tuple[str, str], session: Session) -> None:
    journeys.sign_in(page, account)
    licences = select(Declaration.reference).join(Document).join(DocumentNumber)
    companies = licences.where(
        DocumentNumber.rule == "business_licence_uscc",
        Declaration.status == "published",
        col(Declaration.declarant).endswith("公司"),
    )
    reference = session.exec(companies.order_by(func.length(Declaration.statement), col(Declaration.id))).first()
    keep_sheet(page, f"/declarations/{reference}.pdf", "notice")
    keep_sheet(page, f"/staff/declarations/{reference}/publication.pdf", "publication")


def take_proof(page: Page) -> None:
    rng = Random(7)  # noqa: S311 (invented data)
    journeys.choose(page, "公章", "营业执照")
    for slug in ("seal_code", "business_licence_uscc"):
        page.fill("[name=number-text]", numbers.invent(rng, kinds.get(slug).numbers[0], ""))
        page.check("[name=whose][value=own]")
        journeys.go_on(page)
    journeys.fill_declarant(page, declarant=f"{names.CITY}青藤文化传媒有限公司", declarant_type="organisation")
    keep(page, "proof")


def take_form(page: Page) -> None:
    rng = Random(7)  # noqa: S311 (invented data)
    field = kinds.get("resident_id_18").numbers[0]
    slip = numbers.spoil(rng, field, numbers.invent(rng, field, ""), Grade.IMPOSSIBLE)
    journeys.choose(page, "居民身份证")
    with page.expect_response("**/api/v1/examine"):
        page.locator("[name=number-text]").press_sequentially(slip or "")
        page.keyboard.press("Tab")
    page.locator("h1").scroll_into_view_if_needed()
    page.evaluate("window.scrollTo(0, document.querySelector('h1').offsetTop - 20)")
    keep(page, "declare-phone")


def opener(browser: Browser, server: RunningServer) -> Callable[..., Page]:
    def open_page(*, phone: bool = False) -> Page:
        width, height = PHONE if phone else DESK
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": width, "height": height},
            is_mobile=phone,
            device_scale_factor=2 if phone else 1,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        return context.new_page()

    return open_page


def keep_sheet(page: Page, address: str, name: str) -> None:
    """Write a sheet as it is printed, with an edge around the paper."""
    pdf = page.request.get(address).body()
    command = ("pdftoppm", "-r", "80", "-png", "-f", "1", "-l", "1", "-")
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)  # noqa: S603 (one of ours)
    write(ImageOps.expand(Image.open(BytesIO(done.stdout)).convert("RGB"), border=1, fill="#b8b0a0"), name)


def keep(page: Page, name: str) -> None:
    """Write what the window shows, without caret and selection, in as few bytes as it takes to stay sharp."""
    page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); document.fonts.ready")
    write(Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB"), name)


def write(picture: Image.Image, name: str) -> None:
    path = FOLDER / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} KiB")  # noqa: T201 (a tool for the terminal)


if __name__ == "__main__":
    main()
