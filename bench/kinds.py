"""`python -m bench.kinds`: numbers examined in a second of one processor, by `flask --app app examine --stdin`'s loop.

Processor time, not the clock of the wall, so that a busy machine tells the same. The bare loop beside it reads the same
lines and writes an object of the same keys with `json.dumps`, and knows nothing about numbers.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from registry import kinds
from registry.kinds import Grade
from registry.kinds.answers import KEYS, answer_lines
from tests.kinds.samples import VALID

WIDE = {character: chr(ord(character) + 0xFEE0) for character in map(chr, range(0x21, 0x7F))}
DIGITS = "0123456789"
TRIES = 8
# Lines of which the command reads 256 KiB.
AT_ONCE = 10_000


def main() -> None:
    options = _options()
    lines = list(mixed_lines(options.lines, seed=options.seed))
    bare_slugs = [b"\t" + line.split(b"\t")[1] for line in lines]
    wrong = list(mixed_lines(options.lines // 4, seed=options.seed + 1, mistyped=1.0))
    print(f"{options.lines:,} lines over {len(kinds.RULES)} rules and {len(kinds.CATALOGUE)} kinds")
    bare = _rate(lambda: bare_loop(lines), len(lines), options.rounds)
    rows = (
        ("bare loop: read, json.dumps", bare),
        ("with slug, one in ten mistyped", _rate(lambda: answers(lines), len(lines), options.rounds)),
        ("with slug, all mistyped", _rate(lambda: answers(wrong), len(wrong), options.rounds)),
        ("without slug: recognise", _rate(lambda: answers(bare_slugs), len(bare_slugs), options.rounds)),
    )
    for name, rate in rows:
        print(f"{name:<34}{rate:>10,.0f} lines a second{rate / bare:>8.2f} of bare")


def answers(lines: Sequence[bytes]) -> Iterator[str]:
    """What the command answers, in parts as it reads them."""
    for start in range(0, len(lines), AT_ONCE):
        yield from answer_lines(lines[start : start + AT_ONCE], start + 1)


def bare_loop(lines: Iterable[bytes]) -> Iterator[str]:
    """What no answer can be cheaper than."""
    for line in lines:
        slug, _, number = line.decode("utf-8", "surrogateescape").rstrip("\r\n").partition("\t")
        yield json.dumps(dict.fromkeys(KEYS, "") | {"kind": slug, "input": number}, ensure_ascii=False)


def mixed_lines(count: int, *, seed: int, mistyped: float = 0.1, respelled: float = 0.1) -> Iterator[bytes]:
    """`slug<TAB>number` of every rule in turn, every other time by the slug of a kind that bears it.

    The numbers differ and most are valid: the digits of a sample are thrown anew until its rule takes them or knows
    what is meant. Then some are mistyped, and some spelled with blanks, full-width forms or a label.
    """
    draw = random.Random(seed)
    slugs = sorted(kinds.RULES)
    for place in range(count):
        rule = slugs[place % len(slugs)]
        number = _another(rule, draw)
        if draw.random() < mistyped:
            number = _mistype(number, draw)
        elif draw.random() < respelled:
            number = _respell(number, draw)
        slug = draw.choice(kinds.bearing(rule)).slug if place // len(slugs) % 2 else rule
        yield f"{slug}\t{number}\n".encode()


def _another(rule: str, draw: random.Random) -> str:
    sample = draw.choice(VALID[rule])
    places = [place for place, character in enumerate(sample) if character in DIGITS]
    for _ in range(TRIES):
        characters = list(sample)
        for place in draw.sample(places, min(len(places), 3)):
            characters[place] = draw.choice(DIGITS)
        examination = kinds.examine(rule, "".join(characters))
        if examination.grade is Grade.VALID:
            return examination.canonical
        if examination.suggestions:
            return draw.choice(examination.suggestions)
    return sample


def _mistype(number: str, draw: random.Random) -> str:
    at = draw.randrange(len(number))
    if draw.random() < 0.5 and at + 1 < len(number):
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return number[:at] + draw.choice(DIGITS + "OIX") + number[at + 1 :]


def _respell(number: str, draw: random.Random) -> str:
    way = draw.randrange(4)
    if way == 0:
        return "".join(WIDE.get(character, character) for character in number)
    if way == 1:
        return "编号：" + number
    if way == 2:
        return number.lower()
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _rate(loop: Callable[[], Iterable[str]], count: int, rounds: int) -> float:
    """Lines per second of processor time, the best of several rounds."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        for _line in loop():
            pass
        best = min(best, time.process_time() - start)
    return count / best


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lines", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=88)
    return parser.parse_args()


if __name__ == "__main__":
    main()
