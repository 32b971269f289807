"""The check of many numbers: the answers of `check`, a few statements for some hundred of them.

Every number is spelled once, and what the register is asked is collected over a chunk. What is told of a number is
read only where there is something to tell. Near misses are not looked for: in a list nobody is there to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple, TypeVar

from registry import clock, kinds
from registry.db.direct import Reader
from registry.declarations.spans import spans_in
from registry.kinds import Glance, LookUp
from registry.search.check import Answer, lookup_keys, unregistered, usable, verdicts_of
from registry.search.entries import MOST_ENTRIES, Entry, Question, find_many

CHUNK: Final = 500
# A range that somebody typed is looked up number by number: a chunk of such is cut short.
_MOST_KEYS: Final = 10_000
_Read = TypeVar("_Read", LookUp, Glance | LookUp)


class NotThere(NamedTuple):
    """A number that is right for some rule and on nobody's declaration; `masked` is empty where it is public."""

    number: str
    as_of: datetime
    masked: str


def check_many(reader: Reader, texts: Iterable[str]) -> Iterator[Answer]:
    """Answer typed numbers one after the other, as `check` does but for `near`, which is always empty.

    Lazy: a chunk of texts is taken when its first answer is asked for.
    """
    for text, as_of, read, forms, entries in _looked_up(reader, texts, kinds.look_up):
        yield _answer(reader, text, as_of, read, forms, entries)


def check_list(reader: Reader, texts: Iterable[str]) -> Iterator[Answer | NotThere]:
    """Answer as `check_many` does, but of most numbers say only what is to be said of nearly all in a long list."""
    for text, as_of, read, forms, entries in _looked_up(reader, texts, _glance):
        if isinstance(read, LookUp):
            yield _answer(reader, text, as_of, read, forms, entries)
        elif entries:
            yield _answer(reader, text, as_of, kinds.look_up(text), forms, entries)
        else:
            yield NotThere(text, as_of, read.masked)


def _glance(text: str) -> Glance | LookUp:
    return kinds.glance(text) or kinds.look_up(text)


def _answer(
    reader: Reader, text: str, as_of: datetime, read: LookUp, forms: tuple[str, ...], entries: Sequence[Entry]
) -> Answer:
    verdicts = verdicts_of(reader, entries) if entries else (unregistered(read.best, read.candidates),)
    is_cut = len(entries) > MOST_ENTRIES
    return Answer(text, as_of, verdicts, read.best, read.candidates, is_cut=is_cut, forms=forms)


def _looked_up(
    reader: Reader, texts: Iterable[str], read: Callable[[str], _Read]
) -> Iterator[tuple[str, datetime, _Read, tuple[str, ...], list[Entry]]]:
    for chunk in _read_in_chunks(reader, texts, read):
        as_of = clock.now()
        found = find_many(reader, [question for _text, _known, question in chunk])
        for (text, known, question), entries in zip(chunk, found, strict=True):
            yield text, as_of, known, question.forms, entries


def _read_in_chunks(
    reader: Reader, texts: Iterable[str], read: Callable[[str], _Read]
) -> Iterator[list[tuple[str, _Read, Question]]]:
    waiting = iter(texts)
    while some := list(islice(waiting, CHUNK)):
        # Those of one length together, which the processor does in two thirds of the time.
        known = {place: read(some[place]) for place in sorted(range(len(some)), key=lambda place: len(some[place]))}
        chunk, keys = [], 0
        for place, text in enumerate(some):
            question = _question(reader, known[place].forms)
            chunk.append((text, known[place], question))
            keys += len(question.keys)
            if keys > _MOST_KEYS:
                yield chunk
                chunk, keys = [], 0
        if chunk:
            yield chunk


def _question(reader: Reader, forms: tuple[str, ...]) -> Question:
    together = "/".join(forms)
    if kinds.is_masked(together):
        forms = usable(forms)
    # Only a typed range has more keys than its spellings; a span of one number need not be made.
    return Question(forms, lookup_keys(reader.vault, forms, spans_in(forms) if "-" in together else ()))
