"""Text of PDF fonts without a code table of their own, where a letter's number in the font passes for its code.

A font laid into a PDF by glyph numbers and without ToUnicode reads "&Ӝ1*" for "CỘNG". The numbers of Windows' text
fonts (Times New Roman, Arial) are known: 3 to 97 are ASCII from the blank on; up to 257 they follow Apple's standard
glyph order (TrueType Reference Manual, 'post' table); the letters U+1EA0 to U+1EF9 stand in one block whose first
number differs from font to font, with Ơ ơ Ư ư 58 numbers before it. On a Mac the same papers show other Latin letters
by their Mac Roman bytes ("ph·p" for "pháp"). Checked against a paper of which a broken PDF and the text both exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Coding = Callable[[str], str]
"""Text as the page gives it → as it is printed, of the same length."""

_STANDARD = {
    **dict(zip((101, 105, 106, 107, 109, 112, 113, 114, 116, 117), "Éáàâãéèêíì", strict=True)),
    **dict(zip((121, 122, 123, 125, 126, 127, 131, 134, 135, 171), "óòôõúù°§•…", strict=True)),
    **dict(zip((173, 174, 175, 178, 179, 180, 181, 182, 183, 199), "ÀÃÕ–—“”‘’Â", strict=True)),
    **dict(zip((200, 201, 203, 204, 207, 208, 209, 211, 212, 214, 235, 236), "ÊÁÈÍÌÓÔÒÚÙÝý", strict=True)),
}
_WINDOWS = dict(zip((172, 255, 258, 259, 264, 428, 429, 457, 458, 483, 484), "ÀđĂăĐĨĩŨũỲỳ", strict=True))
HORNS = 0x3A
"""So far before the block stand Ơ ơ Ư ư."""
_BLOCK = range(0x1EA0, 0x1EFA)
_NOT_IN_BLOCK = (0x1EF2, 0x1EF3)
"""Ỳ and ỳ, which Welsh needs too and which stand with its letters."""
BLOCK_LENGTH = len(_BLOCK) - len(_NOT_IN_BLOCK)
USUAL_BLOCKS = (0x4A4, 0x328)
_GENERATED = (" ", "\r\n", "\r", "\n")
"""Blanks and line ends that the reader of the page puts between words, each a piece of its own."""
_MAC = re.compile("[\u0080-\uffff]")


def glyph_coding(block: int) -> Coding:
    """The coding of a font whose letter Ạ (U+1EA0) has the number `block`."""
    table = _glyph_table(block)
    return lambda text: text if text in _GENERATED else text.translate(table)


@cache
def _glyph_table(block: int) -> dict[int, str]:
    table = {number: chr(number + 29) for number in range(3, 98)} | _STANDARD | _WINDOWS
    letters = [chr(code) for code in _BLOCK if code not in _NOT_IN_BLOCK]
    table |= {block + at: letter for at, letter in enumerate(letters)}
    table |= {block - HORNS + at: letter for at, letter in enumerate("ƠơƯư")}
    return table


def from_mac_roman(text: str) -> str:
    """Latin letters shown by their Mac Roman bytes; other signs stay."""
    return _MAC.sub(lambda found: _mac_letter(found.group()), text)


@cache
def _mac_letter(sign: str) -> str:
    if sign == "£":  # stands for Á in those papers
        return "Á"
    try:
        return sign.encode("mac_roman").decode("cp1252")
    except UnicodeError:
        return sign
