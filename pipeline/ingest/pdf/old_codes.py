"""Text typed in TCVN3 (ABC) and VNI fonts, read as Unicode letter by letter.

Sources: TCVN 5712:1993 (VN3 code page) and the VNI-Win code page, as read through Windows-1252.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)
_VNI_ALONE = dict(zip("íìæóòôöîñÍÌÆÓÒÔÖÎÑ", "íìỉĩịơưỵđÍÌỈĨỊƠƯỴĐ", strict=True))
# Marks typed behind a letter, and what the letter becomes with them.
_VNI_TONES = {"ù": "áéíóúý", "ø": "àèìòùỳ", "û": "ảẻỉỏủỷ", "õ": "ãẽĩõũỹ", "ï": "ạẹịọụỵ"}
_VNI_HATS = {"â": "âêô", "á": "ấếố", "à": "ầềồ", "å": "ẩểổ", "ã": "ẫễỗ", "ä": "ậệộ"}
_VNI_BREVES = dict(zip("êéèúüë", "ăắằẳẵặ", strict=True))
_VNI_HORNS = {"ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)), "ö": dict(zip("ùøûõï", "ứừửữự", strict=True))}
TCVN3_WORD = re.compile("(?:[^\\W\\d_]|[¡-¿×÷])+")

Convert = Callable[[str], str]


def from_tcvn3(text: str) -> str:
    """TCVN3 text in Unicode. The font alone says what is capital, so letters with marks come out small."""
    return text.translate(_tcvn3_table())


def from_vni(text: str, pad: str = "") -> str:
    """VNI text in Unicode, capitals included; `pad` stands at the place of a mark that joined its letter."""
    return _vni_pattern().sub(lambda found: _vni_table()[found.group()] + pad * (len(found.group()) - 1), text)


def capitals_kept(convert: Convert, block: str) -> Convert:
    """Capitals where all plain letters of the block are capital, or all (two or more) of the word's."""
    plain = [c for c in block if c.isascii() and c.isalpha()]
    if len(plain) >= 4 and all(c.isupper() for c in plain):
        return lambda text: convert(text).upper()
    return lambda text: TCVN3_WORD.sub(lambda word: _word_case(convert, word.group()), text)


def _word_case(convert: Convert, word: str) -> str:
    plain = [c for c in word if c.isascii() and c.isalpha()]
    new = convert(word)
    return new.upper() if len(plain) >= 2 and all(c.isupper() for c in plain) else new


@cache
def _tcvn3_table() -> dict[int, str]:
    return {ord(old): new for old, new in _TCVN3.items()} | {0x03BC: "à"}


@cache
def _vni_table() -> dict[str, str]:
    table = dict(_VNI_ALONE)
    for mark, letters in _VNI_TONES.items():
        table |= {plain + mark: new for plain, new in zip("aeiouy", letters, strict=True)}
    for mark, letters in _VNI_HATS.items():
        table |= {plain + mark: new for plain, new in zip("aeo", letters, strict=True)}
    table |= {"a" + mark: new for mark, new in _VNI_BREVES.items()}
    for base, horns in _VNI_HORNS.items():
        table |= {base + mark: new for mark, new in horns.items()}
    small = [(old, new) for old, new in table.items() if len(old) > 1]
    for old, new in small:  # capitals, and a capital letter whose mark is small or the other way round
        table |= {old.upper(): new.upper(), old[0].upper() + old[1]: new.upper(), old[0] + old[1].upper(): new}
    return table


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni_table()), key=len, reverse=True)))
