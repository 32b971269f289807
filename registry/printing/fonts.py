"""Whether this machine can print Chinese at all, and which characters it cannot.

Asked of fontconfig itself, through which Pango finds its fonts: the answer is about the very fonts that a PDF gets.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Final

from registry.errors import FontMissing, RegistryError

PACKAGE: Final = "fonts-noto-cjk"
PACKAGE_OF_RARE: Final = "fonts-babelstone-han"
CHINESE: Final = "lang=zh-cn"
_NAMES: Final = ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")


class CharactersMissing(RegistryError):
    """No installed font has these characters."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"no font has {with_code_points(characters)}")
        self.characters = characters


class _FontSet(ctypes.Structure):
    _fields_ = (("nfont", ctypes.c_int), ("sfont", ctypes.c_int), ("fonts", ctypes.c_void_p))


def require_chinese() -> None:
    """Do nothing where a Chinese font is installed. One installed later is found without a restart.

    Raises:
        FontMissing: there is none, and a page would be printed as boxes.
    """
    if not has_chinese():
        raise FontMissing(f"no Chinese font is installed; Debian's package {PACKAGE} has one")


def require_covered(text: str) -> None:
    """Do nothing where every character of `text` has a font.

    Raises:
        FontMissing: no Chinese font is installed at all.
        CharactersMissing: some characters would be printed as boxes.
    """
    require_chinese()
    if missing := find_uncovered(text):
        raise CharactersMissing(missing)


def with_code_points(characters: str) -> str:
    """Return characters for somebody whose screen may show boxes in their place: `𠮷 (U+20BB7), 䶮 (U+4DAE)`."""
    return ", ".join(f"{character} (U+{ord(character):04X})" for character in characters)


def has_chinese() -> bool:
    """Whether an installed font covers simplified Chinese. Only a yes is remembered."""
    return not _missing((CHINESE,))


def find_uncovered(text: str) -> str:
    """Return the characters of `text`, each once, that no installed font has: they would be printed as boxes."""
    asked = {f"charset={ord(character):x}": character for character in text if not character.isascii()}
    return "".join(asked[name] for name in _missing(asked))


_found: set[str] = set()


def _missing(asked: Iterable[str]) -> list[str]:
    """Return those of the asked properties that no font has. Kept are the others: a font may be installed later."""
    unknown = [name for name in asked if name not in _found]
    if not unknown:
        return []
    library = _fontconfig()
    if library is None:
        return unknown
    # A configuration of its own is read anew, and so knows fonts that came after the program started.
    config = library.FcInitLoadConfigAndFonts()
    objects = library.FcObjectSetCreate()
    try:
        _found.update(name for name in unknown if _count(library, config, objects, name))
    finally:
        library.FcObjectSetDestroy(objects)
        library.FcConfigDestroy(config)
    return [name for name in unknown if name not in _found]


def _count(library: ctypes.CDLL, config: int, objects: int, name: str) -> int:
    pattern = library.FcNameParse(f":{name}".encode())
    found = library.FcFontList(config, pattern, objects)
    library.FcPatternDestroy(pattern)
    count = int(found.contents.nfont) if found else 0
    if found:
        library.FcFontSetDestroy(found)
    return count


@cache
def _fontconfig() -> ctypes.CDLL | None:
    for name in _NAMES:
        with suppress(OSError):
            return _declared(ctypes.CDLL(name))
    return None


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    pointer = ctypes.c_void_p
    for name, result, arguments in (
        ("FcInitLoadConfigAndFonts", pointer, ()),
        ("FcConfigDestroy", None, (pointer,)),
        ("FcNameParse", pointer, (ctypes.c_char_p,)),
        ("FcPatternDestroy", None, (pointer,)),
        ("FcObjectSetCreate", pointer, ()),
        ("FcObjectSetDestroy", None, (pointer,)),
        ("FcFontList", ctypes.POINTER(_FontSet), (pointer, pointer, pointer)),
        ("FcFontSetDestroy", None, (ctypes.POINTER(_FontSet),)),
    ):
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
