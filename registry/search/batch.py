"""The check of many numbers: the answers of `check`, a few statements for some hundred of them.

Every number is spelled once, and what the register is asked is collected over a chunk. What is told of a number is
read only where there is something to tell. Near misses are not looked for: in a list nobody is there to choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from registry import clock, kinds
from registry.db.direct import Reader
from registry.declarations.spans import spans_in
from registry.kinds import Examination, Grade
from registry.search.check import Answer, lookup_keys, unregistered, usable, verdicts_of
from registry.search.entries import MOST_ENTRIES, Question, find_many

CHUNK: Final = 500
# A range that somebody typed is looked up number by number: a chunk of such is cut short.
_MOST_KEYS: Final = 10_000


def check_many(reader: Reader, texts: Iterable[str]) -> Iterator[Answer]:
    """Answer typed numbers one after the other, as `check` does but for `near`, which is always empty.

    Lazy: a chunk of texts is taken when its first answer is asked for.
    """
    for chunk, questions in _chunks(reader, texts):
        as_of = clock.now()
        found = find_many(reader, [question for _, question in questions])
        for text, ((best, candidates), question), entries in zip(chunk, questions, found, strict=True):
            verdicts = verdicts_of(reader, entries) if entries else (unregistered(best, candidates),)
            is_cut = len(entries) > MOST_ENTRIES
            yield Answer(text, as_of, verdicts, best, candidates, is_cut=is_cut, forms=question.forms)


_Read = tuple[tuple[Examination | None, tuple[tuple[str, Grade], ...]], Question]


def _chunks(reader: Reader, texts: Iterable[str]) -> Iterator[tuple[list[str], list[_Read]]]:
    waiting = iter(texts)
    while True:
        chunk: list[str] = []
        questions: list[_Read] = []
        keys = 0
        for text in islice(waiting, CHUNK):
            forms, best, candidates = kinds.look_up(text)
            question = _question(reader, usable(forms))
            chunk.append(text)
            questions.append(((best, candidates), question))
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
