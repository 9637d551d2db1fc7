"""Fonts that name wrong letters: the coding that gives Vietnamese words is found, and right text stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.pdf.glyph_codes import from_mac_roman, glyph_coding
from pipeline.ingest.pdf.recoding import FontCodes, needs_recoding, odd_signs


@given(st.text(max_size=60))
def test_codings_keep_the_length(text: str) -> None:
    assert len(glyph_coding(0x4A4)(text)) == len(text)
    assert len(from_mac_roman(text)) == len(text)
    codes = FontCodes([(text, ["A"] * len(text))])
    assert len(codes.read(text, ["A"] * len(text))) == len(text)


GOOD = "Ủy ban nhân dân tỉnh giao Sở Nội vụ chủ trì, phối hợp với các sở, ban, ngành tổ chức thực hiện kế hoạch"
LETTERS = {glyph_coding(0x5B0)(chr(number)): chr(number) for number in range(0x6FF, 2, -1)}


def test_right_text_stays_whatever_its_fonts_are_called() -> None:
    assert not needs_recoding(GOOD * 20)
    for font in (".VnTime", "VNI-Times", "ABCDEF+Arial"):
        assert FontCodes([(GOOD, [font] * len(GOOD))]).read(GOOD, [font] * len(GOOD)) == GOOD


def test_the_place_of_a_font_s_letters_is_found() -> None:
    """A font of which nothing is known but that its letters stand in the usual order."""
    broken = "".join(LETTERS.get(sign, sign) if sign != " " else sign for sign in GOOD)
    assert needs_recoding(broken)
    assert odd_signs(broken) > 10
    codes = FontCodes([(broken, ["X"] * len(broken))])
    assert codes.read(broken, ["X"] * len(broken)) == GOOD
    assert codes.kinds == {"glyphs"}


def test_a_word_set_in_two_fonts_is_read_by_both() -> None:
    """One font names glyph numbers, the other shows Mac Roman bytes; each word has letters of both."""
    text, fonts = "", []
    for sign in GOOD:
        own = LETTERS.get(sign, sign) if sign > "\u0100" else mac(sign)
        text += own
        fonts.append("X+Times" if sign > "\u0100" else "Times")
    assert FontCodes([(text, fonts)]).read(text, fonts) == GOOD


def mac(sign: str) -> str:
    return sign.encode("cp1252").decode("mac_roman")


def test_a_word_as_long_as_a_page_is_not_tried_letter_by_letter() -> None:
    """Without a bound on what is learned from, this takes minutes."""
    text = "\u00d6\u00e1\u0210u" * 8000
    fonts = [f"A+F{at % 24}" for at in range(len(text))]
    assert len(FontCodes([(text, fonts)] * 3).read(text, fonts)) == len(text)
