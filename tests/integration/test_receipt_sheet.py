"""The sheet of a receipt, in the browser and as PDF, and its signature as somebody verifies it without the site."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from registry.declarations import service
from registry.declarations.states import DECLARANT, SYSTEM, change_status
from registry.web.public import receipts
from tests.integration.test_receipt_pages import make_receipt
from tests.support import factories as make
from tests.support.judge import text_of

pytestmark = pytest.mark.one_database

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "receipts.md"
COMPANY = "阳泉思成工程机械回收有限公司第三分公司澜川市东澜区经营部"


def closed_up(text):
    return re.sub(r"\s", "", text)


@pytest.fixture
def five_answers(saving):
    """A number with every verdict that a declaration can have, one of them by a declarant of a very long name."""
    with saving() as session:
        for declarant in ("杨阔远", COMPANY):
            make.published(session, make.work_id("A1234567"), declarant=declarant)
        contested = make.published(session, make.work_id("A1234567"), declarant="韩慧凤")
        change_status(session, contested, "contested", actor=SYSTEM, action="contested")
        ended = make.published(session, make.work_id("A1234567"), declarant=COMPANY)
        make.publish(session, service.file_withdrawal(session, ended, actor=DECLARANT, day=make.today(), reason="找到"))
        make.submitted(session, make.work_id("A1234567"))
    return "A1234567"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("查验回执", "已声明作废", "本回执不能证明证件有效", "截至第1期", "核验本回执")),
        ("en", ("Receipt of a check", "Declared void", "no proof that the document", "edition No. 1", "Verify this")),
    ],
)  # fmt: skip
def test_the_sheet_says_what_when_and_where_to_verify_it(client, saving, language, said):
    with saving() as session:
        reference = make.published(session, make.licence(), declarant="山西顺合昌物流有限公司").reference
    code = make_receipt(client, make.COMPANY_CODE, language)
    page = client.page
    assert text_of(page.h1) == said[0]
    shown = text_of(page.select_one(".sheet-of-paper"))
    for words in (*said, reference, "山西顺合昌物流有限公司", code, f"http://localhost/receipts/{code}", "UTC+08:00"):
        assert words in shown
    assert text_of(page.select_one(".print-number-checked")) == "91110000600037341L"
    assert len(page.select(".print-number-checked .num > span")) > 1
    assert page.select_one('.print-verify img[src^="data:image/svg+xml"]')
    assert page.select_one(".print-answer svg[aria-hidden=true]")
    assert page.select_one('.toolbar a[href="/check"]')
    assert page.select_one(f'.toolbar a[href="/receipts/{code}.pdf"]')


def test_the_code_of_the_sheet_holds_the_public_address(make_app, monkeypatch):
    seen = []
    monkeypatch.setattr(receipts.qr, "picture_of", lambda address: seen.append(address) or "data:image/svg+xml,x")
    with make_app(registry_url="https://register.example.cn/sub").test_client() as client:
        code = make_receipt(client, "A1")
    assert seen == [f"https://register.example.cn/sub/receipts/{code}"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_five_answers_stand_on_one_page(client, five_answers, read_pdf, language):
    code = make_receipt(client, five_answers, language)
    assert len(client.page.select(".print-answer")) == 5
    response = client.get(f"/receipts/{code}.pdf?lang={language}")
    assert response.headers["Content-Disposition"] == f"attachment; filename=receipt-{code}.pdf"
    said = read_pdf(response.data, "pdfinfo")
    assert re.search(r"Pages: +1\n", said)
    assert re.search(r"Page size: .*A4", said)
    text = closed_up(read_pdf(response.data, "pdftotext", "-raw"))
    for words in (COMPANY, "韩慧凤", code, f"/receipts/{code}"):
        assert words in text
    for font in read_pdf(response.data, "pdffonts").splitlines()[2:]:
        assert font.split()[-5] == "yes"


def test_one_long_notice_and_the_longest_number_stay_on_one_page(client, saving, read_pdf):
    numbers = [make.work_id(f"工号{place:030d}") for place in range(12)]
    with saving() as session:
        make.published(session, *numbers, declarant=COMPANY)
    code = make_receipt(client, f"工号{3:030d}")
    assert re.search(r"Pages: +1\n", read_pdf(client.get(f"/receipts/{code}.pdf").data, "pdfinfo"))
    code = make_receipt(client, "9" * 64)
    assert re.search(r"Pages: +1\n", read_pdf(client.get(f"/receipts/{code}.pdf").data, "pdfinfo"))


def test_a_sensitive_number_is_masked_on_paper_too(client, saving, read_pdf):
    with saving() as session:
        make.published(session, make.resident_id(full_in_print=True))
    code = make_receipt(client, make.RESIDENT_ID)
    text = closed_up(read_pdf(client.get(f"/receipts/{code}.pdf").data, "pdftotext", "-raw"))
    assert "110**************X" in text
    assert make.RESIDENT_ID not in text


@pytest.fixture
def files(client, saving, tmp_path):
    """The signed file and the key as somebody downloads them."""
    with saving() as session:
        make.published(session, make.licence(), declarant="山西顺合昌物流有限公司")
    code = make_receipt(client, make.COMPANY_CODE)
    signed, key = tmp_path / f"receipt-{code}.json", tmp_path / "register-key.pem"
    signed.write_bytes(client.get(f"/receipts/{code}.json").data)
    key.write_bytes(client.get("/receipts/key.pem").data)
    return signed, key


def block(language):
    return re.search(rf"```{language}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[1]


def test_the_python_of_the_document_verifies_a_receipt_and_refuses_an_altered_one(files, tmp_path):
    signed, key = files
    script = tmp_path / "verify.py"
    script.write_text(block("python"), encoding="utf-8")
    command = [sys.executable, str(script), str(signed), str(key)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "is genuine" in done.stdout
    signed.write_text(signed.read_text(encoding="utf-8").replace("declared", "withdrawn"), encoding="utf-8")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "InvalidSignature" in done.stderr


def test_jq_and_openssl_verify_a_receipt_and_refuse_an_altered_one(files, client):
    for program in ("jq", "openssl"):
        if not shutil.which(program):
            pytest.skip(f"needs Debian's {program}: apt-get install {program}")
    signed, _key = files
    commands = re.sub(r"receipt-[\w-]+\.json", signed.name, block("sh"))
    page = client.get_page("/receipts/key").select_one("pre").get_text()
    assert page.strip() == block("sh").strip()

    def verify():
        return subprocess.run(["sh", "-ec", commands], cwd=signed.parent, capture_output=True, text=True, check=False)

    done = verify()
    assert done.returncode == 0, done.stderr
    assert "Successfully" in done.stdout
    signed.write_text(signed.read_text(encoding="utf-8").replace("declared", "withdrawn"), encoding="utf-8")
    assert verify().returncode != 0
