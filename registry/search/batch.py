"""The check of many numbers: the answers of `check`, a few statements for some hundred of them.

Every number is spelled once, and what the register is asked is collected over a chunk. What is told of a number is
read only where there is something to tell. Near misses are not looked for: in a list nobody is there to choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple

from registry import clock, kinds
from registry.db.direct import Reader
from registry.declarations.spans import spans_in
from registry.kinds import Examination, Grade
from registry.search.check import Answer, Verdict, lookup_keys, unregistered, verdicts_of
from registry.search.entries import MOST_ENTRIES, Entry, Question, find_many

CHUNK: Final = 500
# A range that somebody typed is looked up number by number: a chunk of such is cut short.
_MOST_KEYS: Final = 10_000


class Finding(NamedTuple):
    """What `check` says of a number, but for what kinds of document it could belong to.

    Attributes:
        verdicts: worst first, never empty.
        can_be: whether it is text that a number can be; of other text too `check` says that it is not on the register.
        is_cut: the number stands on more documents than are told of here.
    """

    number: str
    as_of: datetime
    verdicts: tuple[Verdict, ...]
    can_be: bool = True
    is_cut: bool = False


def check_many(reader: Reader, texts: Iterable[str]) -> Iterator[Answer]:
    """Answer typed numbers one after the other, as `check` does but for `near`, which is always empty.

    Lazy: a chunk of texts is taken when its first answer is asked for.
    """
    for text, as_of, _forms, entries in _looked_up(reader, texts):
        best, candidates = _recognise(text)
        verdicts = verdicts_of(reader, entries) if entries else (unregistered(best, candidates),)
        yield Answer(text, as_of, verdicts, best, candidates, is_cut=len(entries) > MOST_ENTRIES)


def find_in_list(reader: Reader, texts: Iterable[str]) -> Iterator[Finding]:
    """Give for each typed number the verdicts that `check` gives. Quicker than `check_many`, which says more."""
    for text, as_of, forms, entries in _looked_up(reader, texts):
        if entries:
            yield Finding(text, as_of, verdicts_of(reader, entries), is_cut=len(entries) > MOST_ENTRIES)
        else:
            yield Finding(text, as_of, (unregistered(*_recognise(text)),), can_be=bool(forms))


def _looked_up(reader: Reader, texts: Iterable[str]) -> Iterator[tuple[str, datetime, Sequence[str], list[Entry]]]:
    for chunk, questions in _chunks(reader, texts):
        as_of = clock.now()
        for text, question, entries in zip(chunk, questions, find_many(reader, questions), strict=True):
            yield text, as_of, question.forms, entries


def _chunks(reader: Reader, texts: Iterable[str]) -> Iterator[tuple[list[str], list[Question]]]:
    waiting = iter(texts)
    while True:
        chunk, questions, keys = [], [], 0
        for text in islice(waiting, CHUNK):
            chunk.append(text)
            questions.append(question := _question(reader, _forms(text)))
            keys += len(question.keys)
            if keys > _MOST_KEYS:
                break
        if not chunk:
            return
        yield chunk, questions


def _question(reader: Reader, forms: tuple[str, ...]) -> Question:
    # Only a typed range has more keys than its spellings; a span of one number need not be made.
    spans = spans_in(forms) if any("-" in form for form in forms) else ()
    return Question(forms, lookup_keys(reader.vault, forms, spans))


def _forms(text: str) -> tuple[str, ...]:
    return kinds.lookup_forms(text)


def _recognise(text: str) -> tuple[Examination | None, tuple[tuple[str, Grade], ...]]:
    return kinds.recognise_best(text)
