"""QR codes, as pictures that stand in the page itself."""

from __future__ import annotations

import segno


def picture_of(address: str) -> str:
    """Return the data URI of an SVG with the QR code of `address`.

    Error correction M survives 15 % of smudges; more would make the modules finer, which newsprint forgives less.
    """
    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(border=4, xmldecl=False, dark="#000", light="#fff")
