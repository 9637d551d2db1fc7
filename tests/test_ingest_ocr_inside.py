"""Tesseract in this process and the program beside it: the same words, or the program; and a library that misbehaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.ingest.ocr import choice as ocr_choice
from pipeline.ingest.ocr import inside as ocr_inside
from pipeline.ingest.ocr.answer import words_of
from pipeline.ingest.ocr.choice import chosen_engine
from pipeline.ingest.ocr.engine import OcrError
from pipeline.ingest.ocr.inside import InsideEngine
from pipeline.ingest.ocr.program import program_version
from pipeline.ingest.ocr.tesseract import read_words
from tests.fonts import SERIF

PAPER = np.full((60, 200), 255, np.uint8)
PROSE = [
    "Thực hiện chương trình công tác năm 2024, Phòng Nội vụ xây dựng kế hoạch",
    "kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính tại 12 xã, phường.",
    "1. Rà soát thủ tục: hoàn thành trước ngày 30/6/2024 (có phụ lục kèm theo);",
    "Quý II: tập huấn nghiệp vụ; Quý III, IV: kiểm tra theo Quyết định số 88/QĐ-PNV.",
]


@pytest.fixture
def inside() -> InsideEngine:
    choice = chosen_engine()
    if not isinstance(choice.engine, InsideEngine):
        pytest.skip(f"tesserocr is not used here: {choice.why}")
    return choice.engine


def page(
    lines: list[str], size: int = 34, noise: float = 0.0, shape: tuple[int, int] = (1500, 700)
) -> NDArray[np.uint8]:
    picture = Image.new("L", shape, 255)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(SERIF), size)
    for at, line in enumerate(lines):
        draw.text((40, 40 + int(1.6 * size) * at), line, 0, font)
    dots = np.asarray(picture, np.int16)
    drift = np.random.default_rng(5).normal(0, noise, dots.shape) if noise else 0
    return np.asarray(np.clip(dots + drift, 0, 255), np.uint8)


PAGES = {
    "clean": page(PROSE),
    "small": page(PROSE, 17),
    "noisy": page(PROSE, 26, 60.0),
    "columns": np.hstack(
        [page(["PHÒNG NỘI VỤ", "Số: 15/KH-PNV"], 30, shape=(700, 200)), page(["Độc lập - Tự do"], 30, shape=(800, 200))]
    ),
    "scrawl": np.where(np.add.outer(np.arange(300) ** 2, 7 * np.arange(900) ** 2) % 97 < 9, 0, 255).astype(np.uint8),
    "nothing": PAPER,
    "one line": page(["Quý III/2024"], 40, shape=(400, 130)),
}


@pytest.mark.parametrize("name", PAGES)
def test_both_read_the_same_words_boxes_and_confidences(inside: InsideEngine, name: str) -> None:
    assert inside(PAGES[name], 60.0) == read_words(PAGES[name], 60.0)


def test_no_page_learns_from_the_one_before(inside: InsideEngine) -> None:
    first = inside(PAGES["clean"], 60.0)
    assert " ".join(word.text for word in first).startswith("Thực hiện chương trình công tác năm 2024")
    for name in ("noisy", "scrawl", "small"):
        inside(PAGES[name], 60.0)
    assert inside(PAGES["clean"], 60.0) == first


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read(inside: InsideEngine) -> None:
    long = np.vstack([PAGES["clean"]] * 12)
    with pytest.raises(OcrError):
        inside(long, 0.2)
    assert inside(PAGES["one line"], 60.0) == read_words(PAGES["one line"], 60.0)


def test_it_says_nothing_on_stderr_and_uses_one_thread(inside: InsideEngine) -> None:
    code = (
        "import os; from tests.test_ingest_ocr_inside import PAGES; from pipeline.ingest.ocr.choice import chosen_engine\n"
        "print(len(chosen_engine().engine(PAGES['one line'], 60.0)), os.environ['OMP_THREAD_LIMIT'])"
    )
    environment = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert (done.stdout.split(), done.stderr) == (["2", "1"], "")


# --- a library that misbehaves ------------------------------------------------------------------


class Api:
    """The library's state, answering as told."""

    def __init__(self, heard: bool = True, table: str = "", fault: Exception | None = None) -> None:
        self.heard, self.table, self.fault = heard, table, fault
        self.cleared = 0
        self.milliseconds = 0

    def SetVariable(self, name: str, value: str) -> None: ...

    def SetImageBytesBmp(self, picture: bytes) -> None:
        if self.fault:
            raise self.fault

    def Recognize(self, milliseconds: int) -> bool:
        self.milliseconds = milliseconds
        return self.heard

    def GetTSVText(self, page: int) -> str:
        return self.table

    def Clear(self) -> None:
        self.cleared += 1

    def ClearAdaptiveClassifier(self) -> None: ...


def engine_of(monkeypatch: pytest.MonkeyPatch, api: Any) -> InsideEngine:
    library = SimpleNamespace(PyTessBaseAPI=lambda **_: api)
    monkeypatch.setattr(ocr_inside, "_library", lambda: library)
    return InsideEngine(Path("vie.traineddata"))


@pytest.mark.parametrize(
    "api",
    [
        Api(fault=RuntimeError("Error reading image")),
        Api(heard=False),
        Api(table="5\t1\t1\t1\t1\t1\tx\t0\t9\t9\t90\tSở"),
    ],
    ids=["throws", "takes too long", "rubbish"],
)
def test_its_faults_cost_the_picture_and_the_picture_is_let_go(monkeypatch: pytest.MonkeyPatch, api: Api) -> None:
    with pytest.raises(OcrError):
        engine_of(monkeypatch, api)(PAPER, 7.0)
    assert api.cleared == 1


def test_it_is_told_the_time_it_has_and_may_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    api = Api()
    assert engine_of(monkeypatch, api)(PAPER, 1.5) == []
    assert api.milliseconds == 1500


def test_words_of_an_answer() -> None:
    table = "\n".join([
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
        "4\t1\t1\t1\t1\t0\t10\t20\t300\t40\t-1\t",
        "5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.78\tSố:",
        "5\t1\t1\t1\t1\t2\t50\t20\t30\t40\t41.2\t15⁄KH",
        "5\t1\t1\t1\t1\t3\t90\t20\t30\t40\t95.0\t ",
        "",
    ])  # fmt: skip
    assert [(word.text, word[1:5], word.confidence) for word in words_of(table)] == [
        ("Số:", (10.0, 20.0, 40.0, 60.0), 0.96),
        ("15/KH", (50.0, 20.0, 80.0, 60.0), 0.41),
    ]


# --- which one is taken -------------------------------------------------------------------------


def choose(monkeypatch: pytest.MonkeyPatch, said: str | None, build: Any = lambda data: read_words) -> tuple[str, str]:
    monkeypatch.setattr(ocr_choice, "library_said", lambda: said)
    monkeypatch.setattr(ocr_choice, "InsideEngine", build)
    choice = ocr_choice._chosen.__wrapped__("tesseract 5.3.0, leptonica-1.82.0", Path("vie.traineddata"))
    return choice.package, choice.why


def refuse(data: Path) -> None:
    raise OcrError("Failed to init API")


def test_the_library_is_taken_only_in_the_programs_own_version(monkeypatch: pytest.MonkeyPatch) -> None:
    same = "tesseract 5.3.0\n leptonica-1.82.0\n  libjpeg 6b"
    assert choose(monkeypatch, same)[0] == "tesserocr"
    for said in ("tesseract 5.5.4\n leptonica-1.82.0", "tesseract 5.3.0\n leptonica-1.84.1", "rubbish", None):
        package, why = choose(monkeypatch, said)
        assert package == "pytesseract"
        assert why
    assert choose(monkeypatch, same, refuse) == ("pytesseract", "Failed to init API")


def test_without_the_program_pytesseract_is_left_to_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program_version() is None
    assert (chosen_engine().engine, chosen_engine().package) == (read_words, "pytesseract")


@pytest.mark.parametrize("answer", ["exit 1", "echo rubbish", "kill -9 $$"])
def test_a_program_that_gives_no_version_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: str) -> None:
    script = tmp_path / "tesseract"
    script.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program_version() is None
