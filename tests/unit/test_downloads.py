"""How many long answers are sent at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from registry.web.downloads import Downloads, DownloadsBusy


def test_only_so_many_are_sent_at_once_and_only_so_many_to_one_address() -> None:
    downloads = Downloads(most=3, most_each=2)
    first = downloads.begin("192.0.2.1")
    downloads.begin("192.0.2.1")
    with pytest.raises(DownloadsBusy):
        downloads.begin("192.0.2.1")
    downloads.begin("192.0.2.2")
    with pytest.raises(DownloadsBusy):
        downloads.begin("192.0.2.3")
    first()
    downloads.begin("192.0.2.3")
    with pytest.raises(DownloadsBusy):
        downloads.begin("192.0.2.1")


def test_an_end_that_is_told_twice_ends_one_download() -> None:
    downloads = Downloads(most=2, most_each=2)
    first, _second = downloads.begin("a"), downloads.begin("a")
    first()
    first()
    downloads.begin("a")
    with pytest.raises(DownloadsBusy):
        downloads.begin("a")


def test_nothing_is_kept_of_an_address() -> None:
    downloads = Downloads()
    downloads.begin("192.0.2.1")()
    assert not downloads._by_address


def test_pieces_are_made_by_one_download_at_a_time_and_sent_by_all() -> None:
    downloads = Downloads()
    making = threading.Semaphore(1)

    def pieces() -> Iterator[bytes]:
        for _ in range(50):
            assert making.acquire(blocking=False)
            made = b"x"
            making.release()
            yield made

    stalled = downloads.in_turn(pieces())
    assert next(stalled) == b"x"
    sent: list[int] = []
    threads = [threading.Thread(target=lambda: sent.append(len(list(downloads.in_turn(pieces()))))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sent == [50] * 4
    assert len(list(stalled)) == 49
