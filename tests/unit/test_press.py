"""The press: one task at a time, an end to each, and the next one done by a new process."""

from __future__ import annotations

import os
import signal
import threading

import pytest

from registry.config import ROOT
from registry.printing import fonts, pdf, press, reading
from registry.printing.press import FileUnreadable, PressBusy, PressFailed
from tests.support.pdfs import pdf_saying

ASSETS = pdf.Assets("/static/", ROOT / "registry" / "static")
SHORT = "<!doctype html><title>x</title><p>声明作废"


@pytest.fixture
def fresh(monkeypatch):
    """A press of this test alone."""
    made = press._Press()
    monkeypatch.setattr(press, "_press", made)
    yield made
    made.stop()


def test_one_task_at_a_time_and_few_waiting(monkeypatch):
    monkeypatch.setattr(press, "PATIENCE", 0.05)
    started, release = threading.Event(), threading.Event()

    def print_one():
        with press.turn():
            started.set()
            release.wait(10)

    holder = threading.Thread(target=print_one)
    holder.start()
    assert started.wait(10)
    try:
        with pytest.raises(PressBusy, match="takes long"), press.turn():
            pass
        taken = [press._places.acquire(blocking=False) for _ in range(press.MOST_WAITING)]
        assert all(taken)
        with pytest.raises(PressBusy, match="waiting"), press.turn():
            pass
        for _ in taken:
            press._places.release()
    finally:
        release.set()
        holder.join(10)
    with press.turn():
        pass


def test_a_layout_that_does_not_end_is_ended_and_the_next_one_made(fresh, monkeypatch):
    if not fonts.has_chinese():
        pytest.skip(f"needs Debian's {fonts.PACKAGE}: apt-get install {fonts.PACKAGE}")
    endless = SHORT + "<p>因不慎将杨阔远的工作证丢失，声明作废。" * 20_000
    with monkeypatch.context() as hurried:
        hurried.setattr(press, "SECONDS", 1)
        with pytest.raises(PressFailed, match="time or memory"):
            pdf.make_pdf(endless, assets=ASSETS)
    assert pdf.make_pdf(SHORT, assets=ASSETS).startswith(b"%PDF")
    with monkeypatch.context() as narrow:
        narrow.setattr(press, "MEMORY", 200_000_000)
        with pytest.raises(PressFailed, match="memory"):
            pdf.make_pdf(endless, assets=ASSETS)
    assert pdf.make_pdf(SHORT, assets=ASSETS).startswith(b"%PDF")


def test_a_press_that_ended_or_has_done_its_share_is_followed_by_another(fresh, monkeypatch):
    file = pdf_saying("WORK ID 2036254085333")
    assert "2036254085333" in reading.read_pdf(file)
    first = fresh._process
    assert "2036254085333" in reading.read_pdf(file)
    assert fresh._process is first
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert "2036254085333" in reading.read_pdf(file)
    second = fresh._process
    assert second.pid != first.pid
    monkeypatch.setattr(press, "MOST_TASKS", 1)
    assert "2036254085333" in reading.read_pdf(file)
    assert fresh._process is None
    assert second.poll() is not None
    monkeypatch.setattr(press, "IDLE_SECONDS", 0)
    monkeypatch.setattr(press, "MOST_TASKS", 500)
    for _task in range(2):
        assert "2036254085333" in reading.read_pdf(file)
        assert fresh._process.wait(10) == 0, "it goes to rest by itself"


def test_what_is_no_pdf_is_refused(fresh):
    for broken in (b"", b"no PDF at all", b"%PDF-1.7\n%%EOF", pdf_saying("x")[:300], pdf_saying("x", pages=41)):
        with pytest.raises(FileUnreadable):
            reading.read_pdf(broken)
    with pytest.raises(FileUnreadable, match="password"):
        reading.read_pdf(pdf_saying("x", password="geheim"))
