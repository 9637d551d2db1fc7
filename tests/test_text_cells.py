"""The lines of a table cell: which were wrapped by its border, which are items of their own."""

from __future__ import annotations

import pytest

from pipeline.records import Run, SourceCell, SourceRow, SourceTable
from pipeline.text.cells import cell_passages, column_widths

SIGN = 5.0


def printed(text: str, top: float) -> tuple[Run, ...]:
    """A printed line, every sign five points wide."""
    runs, left = [], 0.0
    for word in text.split():
        runs.append(Run(word + " ", 1, (left, top, left + SIGN * len(word), top + 12)))
        left += SIGN * (len(word) + 1)
    return tuple(runs)


def texts(*lines: str, boxed: bool = True, widest: str = "x" * 24) -> list[str]:
    """The paragraphs of a cell in a column whose widest line is `widest`."""
    paragraphs = tuple(printed(line, 15.0 * at) if boxed else (Run(line),) for at, line in enumerate(lines))
    cell = SourceCell(paragraphs, 0)
    other = SourceCell((printed(widest, 0) if boxed else (Run(widest),),), 0)
    widths = column_widths(SourceTable((SourceRow((cell,)), SourceRow((other,))), 1))
    found = cell_passages(cell, 1, widths)
    return [
        "".join(
            joint + "".join(run.text for run in runs).strip() for joint, runs in zip(p.joints, p.lines, strict=True)
        )
        for p in found
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("Chi nhánh Ngân hàng tỉnh", "Hà Nam"),
        ("Tập huấn nghiệp vụ thi", "đua"),
        ("Hoàn thành hồ sơ của", "năm"),
    ],
    ids=["no room left", "small letter", "asks for more"],
)
def test_a_wrapped_line_goes_on(lines: tuple[str, str]) -> None:
    assert texts(*lines) == [" ".join(lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ("Hà Nam", "Nam Định"),
        ("Chi nhánh Ngân hàng tỉnh", "Sở Nội vụ"),
        ("Chi nhánh Ngân hàng xã.", "Hà Nam"),
        ("Chi nhánh Ngân hàng tỉnh", "- Hà Nam"),
    ],
    ids=["room left", "a unit", "closed", "a bullet"],
)
def test_an_item_stands_alone(lines: tuple[str, str]) -> None:
    assert texts(*lines) == list(lines)


def test_a_reference_broken_at_its_hyphen_is_whole() -> None:
    assert texts("Kế hoạch số 39/KH-", "SNV") == ["Kế hoạch số 39/KH-SNV"]


def test_paragraphs_without_boxes_keep_their_limits() -> None:
    assert texts("Chi nhánh Ngân hàng tỉnh", "Hà Nam", boxed=False) == ["Chi nhánh Ngân hàng tỉnh", "Hà Nam"]
