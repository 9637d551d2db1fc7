"""Specks, scrawl and margin notes beside print: what is dropped, what stays."""

from __future__ import annotations

from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.noise import part_noise


def word(text: str, x0: float, top: float, confidence: float = 0.95, height: float = 20) -> PageWord:
    return PageWord(text, x0, top, x0 + 12 * len(text), top + height, False, confidence)


def line(top: float, x0: float = 100) -> list[PageWord]:
    printed = ("Công", "tác", "tuyên", "truyền", "được", "đẩy", "mạnh")
    return [word(text, x0 + 120 * at, top) for at, text in enumerate(printed)]


def kept(words: list[PageWord]) -> list[str]:
    return [found.text for found in part_noise(words)[0]]


BODY = [printed for top in (100, 140, 180, 220) for printed in line(top)]


def test_print_stays_whole() -> None:
    assert kept(BODY) == [printed.text for printed in BODY]


def test_a_doubted_speck_at_the_end_of_a_line_goes_and_a_bullet_stays() -> None:
    speck, bullet = word("§", 900, 140, 0.3), word("-", 80, 180, 0.5)
    found, _ = part_noise([*BODY, speck, bullet])
    assert speck not in found
    assert bullet in found


def test_doubted_words_beside_the_body_go_and_sure_ones_stay() -> None:
    assert "lak" not in kept([*BODY, word("lak", 20, 140, 0.4)])
    assert "Mật" in kept([*BODY, word("Mật", 20, 140, 0.9)])


def test_a_stroke_at_the_paper_s_edge_goes_however_sure_the_engine_is() -> None:
    assert "|" not in kept([*BODY, word("|", 1150, 140, 0.9)])
    assert "-" in kept([*BODY, word("-", 70, 140, 0.9)])


def test_scrawl_over_several_lines_goes_and_a_word_it_touched_keeps_its_line() -> None:
    scrawl = word("{", 400, 90, 0.1, 150)
    touched = word("nhân", 740, 60, 0.3, 60)  # its line is that at 100, a stroke runs above it
    found, noise = part_noise([*BODY, scrawl, touched])
    assert scrawl not in found
    assert noise == [scrawl]
    levelled = next(other for other in found if other.text == "nhân")
    assert (levelled.top, levelled.bottom) == (100, 120)


def test_a_handwritten_number_in_its_frame_is_no_noise() -> None:
    frame = [word("Số:", 100, 30), word("#‡", 140, 30, 0.1), word("/KH-UBND", 180, 30)]
    assert kept([*frame, *BODY])[:3] == ["Số:", "#‡", "/KH-UBND"]


def test_a_pens_stroke_behind_a_word_is_taken_off() -> None:
    assert kept([*BODY, word("VT.~-", 100, 260)])[-1] == "VT."


def test_a_line_of_doubted_signs_goes() -> None:
    assert "q~" not in kept([*BODY, word("q~", 100, 400, 0.2), word("]|k", 150, 400, 0.2)])
