"""Quick requests are worked on one after the other, and none waits for one that takes long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

from registry.cli.places import Places


def in_threads(count: int, work: Callable[[], object]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def until(reached: Callable[[], bool]) -> None:
    """Wait for something that has to come, and for no longer than a lost test would."""
    for _ in range(10_000):
        if reached():
            return
        time.sleep(0.001)
    raise AssertionError("it never came")


class Visitors:
    """Requests that stay inside until they are let out."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.let_out = threading.Semaphore(0)
        self.inside = 0
        self.most_inside = 0
        self._counting = threading.Lock()

    def visit(self) -> None:
        with self._places:
            with self._counting:
                self.inside += 1
                self.most_inside = max(self.most_inside, self.inside)
            assert self.let_out.acquire(timeout=10)
            with self._counting:
                self.inside -= 1

    def come(self, count: int) -> list[threading.Thread]:
        return in_threads(count, self.visit)

    def go(self, threads: list[threading.Thread]) -> None:
        self.let_out.release(len(threads))
        for thread in threads:
            thread.join(10)


def test_quick_ones_are_together_no_more_than_may_be() -> None:
    visitors = Visitors(Places(together=2, most=8, quick=60))
    threads = visitors.come(6)
    until(lambda: visitors.inside == 2)
    visitors.go(threads)
    assert visitors.most_inside == 2


def test_nobody_waits_for_long_ones_until_most_are_inside() -> None:
    visitors = Visitors(Places(together=1, most=3, quick=0.001))
    threads = visitors.come(5)
    until(lambda: visitors.inside == 3)
    # Long enough for a fourth.
    time.sleep(0.02)
    visitors.go(threads)
    assert visitors.most_inside == 3


def test_a_quick_one_passes_a_long_one_that_was_there_before() -> None:
    places = Places(together=1, most=2, quick=0.01)
    long = Visitors(places)
    there = long.come(1)
    until(lambda: long.inside == 1)
    for _ in range(3):
        with places:
            assert long.inside == 1
    long.go(there)


def test_places_are_given_in_the_order_of_asking() -> None:
    places = Places(together=1, most=1, quick=60)
    let_in = threading.Semaphore(0)
    order: list[int] = []

    def visit(number: int) -> None:
        with places:
            assert let_in.acquire(timeout=10)
            order.append(number)

    def are_there(count: int) -> bool:
        return len(places._inside) + len(places._waiting) == count

    threads = []
    for number in range(5):
        threads += in_threads(1, partial(visit, number))
        # The next one asks when this one has been seen to wait, or the order would be the machine's.
        until(partial(are_there, number + 1))
    let_in.release(len(threads))
    for thread in threads:
        thread.join(10)
    assert order == list(range(5))


def test_a_place_is_given_back_after_an_error() -> None:
    places = Places(together=1, most=1, quick=60)
    for _ in range(3):
        try:
            with places:
                raise RuntimeError
        except RuntimeError:
            continue
    assert not places._inside
