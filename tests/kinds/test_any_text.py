"""No text raises. A few thousand at every run; `RANDOM_TEXTS=1000000` before pytest tries a million (docs/kinds.md)."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator

from registry import kinds
from registry.kinds import CATALOGUE, RULES, Grade
from registry.kinds.answers import KEYS, answer
from tests.kinds.samples import VALID

COUNT = int(os.environ.get("RANDOM_TEXTS", "2000"))
SEED = int(os.environ.get("RANDOM_SEED", "88"))
SAMPLES = [number for numbers in VALID.values() for number in numbers]
TYPED = (
    "0123456789ABCXYZabcxyzOIl -—–.·:：,，~～至()（）【】〔〕第号编证字No№京粤军\u3000\u200b\u0301\ufe0f０９ＸＺ①ⅩΧ×"
)


def random_texts(count: int, *, seed: int) -> Iterator[str]:
    """By turns: any code points, surrogates among them; what a number is typed with; a sample with both put into it."""
    draw = random.Random(seed)
    for place in range(count):
        length = draw.randrange(40)
        if place % 3 == 0:
            yield "".join([chr(draw.randrange(sys.maxunicode + 1)) for _ in range(length)])
        elif place % 3 == 1:
            yield "".join(draw.choices(TYPED, k=length))
        else:
            characters = list(draw.choice(SAMPLES))
            for _ in range(draw.randrange(4)):
                code = draw.choice(
                    (draw.randrange(0x3000), draw.randrange(sys.maxunicode + 1), ord(draw.choice(TYPED)))
                )
                characters.insert(draw.randrange(len(characters) + 1), chr(code))
            yield "".join(characters)


def test_no_text_raises_or_breaks_a_line() -> None:
    slugs = [*RULES, *(kind.slug for kind in CATALOGUE)]
    draw = random.Random(SEED)
    for text in random_texts(COUNT, seed=SEED):
        examination = kinds.examine(draw.choice(slugs), text)
        assert examination.grade is Grade.VALID or examination.reasons
        assert len(examination.masked) == len(examination.canonical)
        again = kinds.examine(examination.rule, examination.canonical)
        assert again.canonical == examination.canonical
        best, candidates = kinds.recognise_best(text)
        assert kinds.look_up(text) == (kinds.lookup_forms(text), best if candidates else None, candidates)
        kinds.find(text)
        kinds.as_printed(text)
        kinds.find_sensitive(text)
        kinds.lookalike(text)
        line = answer("", text)
        # What cannot be printed is escaped, so that no reader of lines sees two; and the object is UTF-8.
        assert len(line.splitlines()) == 1
        assert tuple(json.loads(line.encode())) == KEYS
        # Two surrogates that happen to be a pair are one character to JSON.
        assert json.loads(line)["input"] == text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
