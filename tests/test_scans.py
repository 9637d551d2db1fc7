"""Made-up scans: the same bytes for the same seed, the truth of what is printed, every wear to be seen in the pixels."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from pipeline.records import PlanText
from tests.samples.markup import Columns, Grid, Line, read_blocks
from tests.scans.blocks import blocks_of
from tests.scans.error_rate import ErrorRate, body_errors
from tests.scans.hand import STROKES, leave_frames
from tests.scans.make import Scan, make_scan, scan_blocks
from tests.scans.page_setting import Setting, print_blocks
from tests.scans.truth import truth_bytes
from tests.scans.wear import CLEAN, PRESETS, WORN, Wear

DPI = 100
TEXT = """UBND TỈNH HÒA AN
SỞ LÂM NGHIỆP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 274/KH-SLN
Hòa An, ngày 23 tháng 12 năm 2022
KẾ HOẠCH
Trồng cây năm 2023
Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017, Sở Lâm nghiệp lập kế hoạch trồng cây trong cả năm như sau:
I. NỘI DUNG
1. Quý I: Ươm cây con tại ba vườn ươm của tỉnh, chọn giống chịu hạn, giao cho các xã.
Nơi nhận:
- UBND tỉnh;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Trần Thị Hồng Nhung
"""
Pixels = NDArray[np.int16]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "ke-hoach.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def clean(paper: Path) -> Scan:
    return make_scan(paper, Wear(dpi=DPI))


def pixels(scan: Scan, at: int = 0) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(scan.pictures[at])).convert("RGB"), np.int16)


def red(page: Pixels) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = (page[..., 0] - page[..., 1] > 60) & (page[..., 0] - page[..., 2] > 60)
    return result


def blue(page: Pixels) -> NDArray[np.bool_]:
    result: NDArray[np.bool_] = page[..., 2] - page[..., 0] > 50
    return result


def inside(page: NDArray[np.bool_], box: tuple[float, float, float, float], slack: float = 3) -> float:
    """The share of all marked pixels that lies in the box (points)."""
    x0, top, x1, bottom = ((v + s) * DPI / 72 for v, s in zip(box, (-slack, -slack, slack, slack), strict=True))
    within = page[max(0, int(top)) : int(bottom) + 1, max(0, int(x0)) : int(x1) + 1]
    return float(within.sum() / page.sum())


# --- one seed, one scan -----------------------------------------------------------------------


def test_same_seed_gives_the_same_bytes_and_another_one_others(paper: Path) -> None:
    worn = replace(WORN, dpi=DPI)
    first, second, other = (make_scan(paper, worn, seed) for seed in (5, 5, 6))
    assert (first.pdf, first.pictures, truth_bytes(first.truth)) == (
        second.pdf,
        second.pictures,
        truth_bytes(second.truth),
    )
    assert other.pictures != first.pictures


def test_pdf_holds_the_pictures_alone_in_their_size(clean: Scan) -> None:
    document = pypdfium2.PdfDocument(clean.pdf)
    page = document[0]
    assert page.get_textpage().get_text_range() == ""
    assert (round(page.get_width()), round(page.get_height())) == (595, 842)
    (image,) = page.get_objects()
    assert bytes(image.get_data(decode_simple=True)) == clean.pictures[0]


# --- typesetting and truth --------------------------------------------------------------------


def test_header_and_ending_of_plain_text_stand_in_two_columns(plan_of: Callable[[str], PlanText]) -> None:
    head, *body, ending = blocks_of(plan_of(TEXT))
    assert isinstance(head, Columns)
    assert [line.text for line in head.left] == ["UBND TỈNH HÒA AN", "SỞ LÂM NGHIỆP", "Số: 274/KH-SLN"]
    assert [line.text for line in head.right][-1] == "Hòa An, ngày 23 tháng 12 năm 2022"
    assert isinstance(ending, Columns)
    assert [line.text for line in ending.right] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Thị Hồng Nhung"]
    assert [line.mark for line in body if isinstance(line, Line)][:3] == ["==", "==", ""]


def test_unwritten_number_and_day_leave_room(plan_of: Callable[[str], PlanText]) -> None:
    head = blocks_of(plan_of(TEXT.replace("Số: 274/", "Số: /").replace("ngày 23", "ngày")))[0]
    assert isinstance(head, Columns)
    assert "Số:\u00a0\u00a0\u00a0" in head.left[-1].text
    assert "ngày\u00a0\u00a0\u00a0" in head.right[-1].text


def test_truth_holds_every_word_of_the_source_once_and_page_by_page(paper: Path, clean: Scan) -> None:
    assert clean.truth.text.split() == TEXT.split()
    assert sorted(" ".join(clean.truth.pages).split()) == sorted(TEXT.split())
    assert json.loads(truth_bytes(clean.truth))["wear"]["dpi"] == DPI


def test_tables_keep_merged_cells_and_go_on_over_pages() -> None:
    rows = "\n".join(
        f"| {n} | Việc thứ {n} của bảng, viết dài để xuống dòng trong ô | Phòng {n} |" for n in range(1, 60)
    )
    blocks = read_blocks(f"| TT | Nội dung | Đơn vị |\n| Quý I | < | < |\n{rows}")
    made = print_blocks(blocks, Setting())
    assert len(made.sizes) >= 2
    words = {page: " ".join(p.text for p in made.pieces if p.page == page) for page in (1, 2)}
    assert "Việc thứ 1 " in words[1]
    assert "Việc thứ 59 " in " ".join(p.text for p in made.pieces)
    assert "Việc thứ 1 " not in words[2]
    assert sum(p.text == "Quý I" for p in made.pieces) == 1


def test_wide_table_stands_on_a_turned_page() -> None:
    grid = Grid(tuple(tuple((Line("", f"ô {x}{y}"),) for x in range(6)) for y in range(3)))
    made = print_blocks([Line("", "Trước bảng."), grid, Line("", "Sau bảng.")], Setting())
    assert [width > height for width, height in made.sizes] == [False, True, False]


def test_character_errors_are_counted_in_the_body_alone(plan_of: Callable[[str], PlanText]) -> None:
    wanted = plan_of(TEXT)
    assert body_errors(wanted, TEXT).errors == 0
    assert body_errors(wanted, TEXT.replace("Ươm", "Uơm").replace("giống", "giông")).errors == 2
    assert body_errors(wanted, TEXT.replace("UBND TỈNH", "UBNĐ TÌNH").replace("Nhung", "Nhun")).errors == 0
    assert ErrorRate(1, 100) + ErrorRate(2, 100) == ErrorRate(3, 200)


# --- every wear acts --------------------------------------------------------------------------


def test_office_marks_lie_where_the_truth_says(paper: Path) -> None:
    wear = Wear(dpi=DPI, stamp=0.9, stamp_on=("signature",))
    scan = make_scan(paper, wear, 3)
    (mark,) = scan.truth.marks
    assert mark.kind == "stamp_signature"
    assert mark.text == "SỞ LÂM NGHIỆP"
    assert red(pixels(scan)).sum() > 1000
    assert inside(red(pixels(scan)), mark.box) > 0.99


@pytest.mark.parametrize(
    ("wear", "kind", "colour"),
    [
        (Wear(dpi=DPI, stamp=0.9, stamp_on=("motto",)), "stamp_motto", red),
        (Wear(dpi=DPI, stamp=0.9, stamp_on=("edge",)), "stamp_edge", red),
        (Wear(dpi=DPI, arrival=0.9), "arrival", red),
        (Wear(dpi=DPI, urgent=0.9), "urgent", red),
        (Wear(dpi=DPI, seal=1.0), "seal", blue),
        (Wear(dpi=DPI, scribble=0.9), "scribble", blue),
        (Wear(dpi=DPI, hand="strokes"), "hand_number", blue),
    ],
)
def test_mark_is_seen_at_its_box(
    paper: Path, clean: Scan, wear: Wear, kind: str, colour: Callable[[Pixels], NDArray[np.bool_]]
) -> None:
    scan = make_scan(paper, wear, 4)
    marks = {mark.kind: mark for mark in scan.truth.marks}
    assert colour(pixels(clean)).sum() == 0
    seen = colour(pixels(scan))
    assert seen.sum() > 15
    assert sum(inside(seen, mark.box) for mark in marks.values()) > 0.95
    assert inside(seen, marks[kind].box) > 0.3


def test_black_print_stays_readable_under_the_stamp(paper: Path, clean: Scan) -> None:
    stamped = pixels(make_scan(paper, Wear(dpi=DPI, stamp=0.9), 3))
    ink = pixels(clean).max(axis=2) < 60
    assert stamped[ink].max() < 140


@pytest.mark.parametrize("source", ["strokes", "digits"])
def test_handwriting_fills_the_frames_the_print_left(paper: Path, source: str) -> None:
    if source == "digits":
        pytest.importorskip("sklearn")
    scan = make_scan(paper, Wear(dpi=DPI, hand=source), 4)  # type: ignore[arg-type]
    written = {mark.kind: mark.text for mark in scan.truth.marks}
    assert written == {"hand_number": "274", "hand_day": "23"}
    assert all(inside(blue(pixels(scan)), mark.box) > 0.15 for mark in scan.truth.marks)
    assert "Số: 274/KH-SLN" in scan.truth.pages[0]


def test_frames_are_left_for_all_ten_digits() -> None:
    blocks = [Columns((Line("", "Số: 1234567890/KH"),), (Line("", "X, ngày 08 tháng 4 năm 2024"),))]
    left, frames = leave_frames(blocks)
    assert [frame.value for frame in frames] == ["1234567890", "08"]
    assert set("1234567890") == set(STROKES)
    assert isinstance(left[0], Columns)
    assert "1234567890" not in left[0].left[0].text


def test_skew_turns_the_page_by_the_angle_told(paper: Path, clean: Scan) -> None:
    scan = make_scan(paper, Wear(dpi=DPI, skew=2.0), 9)
    (angle,) = scan.truth.pictures[0].angles
    assert 0.3 < abs(angle) <= 2.0
    page = Image.open(io.BytesIO(scan.pictures[0]))
    back = np.asarray(page.rotate(-angle, fillcolor="white").convert("L"), np.float32)
    straight = pixels(clean).mean(axis=2)
    middle = slice(int(0.1 * len(straight)), int(0.9 * len(straight)))
    assert np.abs(back - straight)[middle].mean() < 0.4 * np.abs(pixels(scan).mean(axis=2) - straight)[middle].mean()


def test_grain_and_specks_have_the_strength_asked_for(paper: Path) -> None:
    grainy = pixels(make_scan(paper, Wear(dpi=DPI, grain=8.0, jpeg=95), 1))[-150:, 100:-100].astype(float)
    assert 3 < grainy.std() < 9
    specked = pixels(make_scan(paper, Wear(dpi=DPI, specks=0.01, jpeg=95), 1))[-150:, 100:-100]
    assert 0.003 < (specked.max(axis=2) < 128).mean() < 0.007


def test_blur_takes_the_edges(paper: Path, clean: Scan) -> None:
    def sharpness(scan: Scan) -> float:
        return float(np.abs(np.diff(pixels(scan).mean(axis=2), axis=1)).max())

    assert sharpness(make_scan(paper, Wear(dpi=DPI, blur=10.0))) < 0.7 * sharpness(clean)


def test_jpeg_quality_and_dpi_change_size(paper: Path, clean: Scan) -> None:
    assert len(make_scan(paper, Wear(dpi=DPI, jpeg=20)).pdf) < 0.7 * len(clean.pdf)
    fine = pixels(make_scan(paper, Wear(dpi=200)))
    assert abs(fine.shape[0] - 2 * pixels(clean).shape[0]) <= 2


def test_light_falls_off_and_folds_throw_shadows(paper: Path, clean: Scan) -> None:
    lit = pixels(make_scan(paper, Wear(dpi=DPI, light=0.4), 2))
    corners = [lit[y, x].mean() for y in (5, -5) for x in (5, -5)]
    assert max(corners) > 245
    assert min(corners) < 165
    edge = pixels(make_scan(paper, Wear(dpi=DPI, folds=0.4), 2))[:, 5:15].mean(axis=(1, 2))
    dark = np.flatnonzero(edge < 200) / len(edge)
    assert ((dark > 0.28) & (dark < 0.40)).any()
    assert ((dark > 0.61) & (dark < 0.73)).any()
    assert pixels(clean)[:, 5:15].min() > 240


def test_borders_and_holes_are_black(paper: Path) -> None:
    bordered = pixels(make_scan(paper, Wear(dpi=DPI, borders=6.0), 2)).mean(axis=2)
    edges = [bordered[2].mean(), bordered[-3].mean(), bordered[:, 2].mean(), bordered[:, -3].mean()]
    assert sum(edge < 60 for edge in edges) >= 2
    punched = pixels(make_scan(paper, Wear(dpi=DPI, holes=2), 2)).mean(axis=2)
    middle, across = punched.shape[0] / 2, round(12 * DPI / 25.4)
    for away in (-40, 40):
        assert punched[round(middle + away * DPI / 25.4), across] < 60


def test_back_page_shows_through_mirrored(tmp_path: Path) -> None:
    path = tmp_path / "hai-trang.txt"
    path.write_text(
        TEXT.replace("1. Quý I", "\n".join(f"{n}. Việc thứ {n}." for n in range(60)) + "\n1. Quý I"), "utf-8"
    )
    plain, through = (make_scan(path, Wear(dpi=DPI, bleed=bleed)) for bleed in (0.0, 0.3))
    assert len(plain.pictures) >= 2
    front, back = pixels(plain, 0).mean(axis=2), pixels(plain, 1).mean(axis=2)
    ghost = front - pixels(through, 0).mean(axis=2)
    paper_white = front > 250
    mirrored = back[:, ::-1] < 100
    assert ghost[paper_white & mirrored].mean() > 25
    assert ghost[paper_white & (back[:, ::-1] > 250)].mean() < 8


def test_blank_backs_two_up_and_turns_are_told(paper: Path, clean: Scan) -> None:
    backs = make_scan(paper, Wear(dpi=DPI, blank_backs=True))
    assert [picture.pages for picture in backs.truth.pictures] == [(1,), ()]
    assert pixels(backs, 1).min() > 240
    both = make_scan(paper, Wear(dpi=DPI, two_up=True))
    assert pixels(both).shape[1] == 2 * pixels(clean).shape[1]
    turned = make_scan(paper, Wear(dpi=DPI, turn=90))
    assert np.abs(pixels(turned) - np.rot90(pixels(clean), -1)).mean() < 2
    assert turned.truth.pictures[0].size[0] > turned.truth.pictures[0].size[1]


# --- bounds -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"dpi": 99},
        {"dpi": 301},
        {"jpeg": 0},
        {"skew": 10.5},
        {"stamp": 1.1},
        {"specks": 0.2},
        {"holes": 5},
        {"turn": 45},
    ],
)
def test_wear_out_of_bounds_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        replace(CLEAN, **wrong)


def test_presets_are_what_their_names_say() -> None:
    assert (PRESETS["office"].dpi, PRESETS["office"].skew, PRESETS["office"].jpeg) == (200, 2.0, 75)
    assert PRESETS["poor"] == replace(PRESETS["office"], dpi=120)
    assert PRESETS["clean"] == CLEAN


@given(st.lists(st.text(alphabet="aáăâđêôơưz <>&|*/-0123456789", min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_words_are_printed_whole(lines: list[str]) -> None:
    blocks = [Line("", line) for line in lines]
    made = print_blocks(blocks, Setting())
    assert " ".join(p.text for p in made.pieces).split() == " ".join(lines).split()


def test_blocks_need_no_file(clean: Scan) -> None:
    scan = scan_blocks(read_blocks("== KẾ HOẠCH\nMột câu."), "KẾ HOẠCH\nMột câu.", "x.txt", Wear(dpi=DPI), 1, Setting())
    assert scan.truth.pages == ("KẾ HOẠCH\nMột câu.",)
    assert 0 < (pixels(scan) < 128).sum() < (pixels(clean) < 128).sum()
