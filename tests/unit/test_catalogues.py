"""Translations: nothing missing, nothing left over, nothing twice, every placeholder kept."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from babel.messages import pofile
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "registry" / "translations" / "zh"
KEYWORDS = {
    "_": None,
    "_l": None,
    "_n": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
}
METHODS = {"registry": [("**.py", "python")], "templates": [("**.html", "jinja2")]}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


def used():
    """Return every message of the sources with the places where it stands."""
    found: dict[str, list[str]] = {}
    for folder, methods in METHODS.items():
        options = {"**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
        for file, line, message, _comments, _context in extract_from_dir(
            str(ROOT / folder), method_map=methods, options_map=options, keywords=KEYWORDS
        ):
            for text in message if isinstance(message, tuple) else (message,):
                found.setdefault(text, []).append(f"{folder}/{file}:{line}")
    return found


def translated():
    """Return (file, message) for every entry of the catalogues."""
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            for message in pofile.read_po(file, locale="zh_Hans_CN", abort_invalid=True):
                if message.id:
                    yield path.name, message


def ids_of(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def strings_of(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_message_is_translated_and_every_translation_used():
    sources = used()
    known = {text for _file, message in translated() for text in ids_of(message)}
    missing = {text: places[0] for text, places in sources.items() if text not in known}
    assert not missing, "\n".join(f"{place}: {text}" for text, place in missing.items())
    unused = sorted(known - sources.keys())
    assert not unused, "\n".join(unused)


def test_no_message_is_translated_twice():
    counts = Counter(ids_of(message)[0] for _file, message in translated())
    assert not [text for text, count in counts.items() if count > 1]


def test_translations_are_whole():
    faults = []
    for file, message in translated():
        wanted = Counter(PLACEHOLDER.findall(ids_of(message)[-1]))
        for string in strings_of(message):
            if not string or message.fuzzy:
                faults.append(f"{file}: empty or fuzzy: {message.id}")
            elif Counter(PLACEHOLDER.findall(string)) != wanted:
                faults.append(f"{file}: placeholders differ: {message.id}")
            elif not CHINESE.search(string) and re.search(r"[a-z]{3}", PLACEHOLDER.sub("", string)):
                faults.append(f"{file}: not Chinese: {message.id}")
    assert not faults, "\n".join(faults)


def test_what_is_counted_is_told_as_a_text():
    # It comes as 30,000, which is no number to %d.
    plural = [ids_of(message) for _file, message in translated() if isinstance(message.id, tuple)]
    assert plural
    assert not [ids for ids in plural if any("%(num)d" in text for text in ids)]
