"""The debug folder: pictures of each step, an index that cannot be broken by a file's name, and nothing else touched."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pipeline.ingest.limits import Limits
from pipeline.ingest.page.reading import PageReading
from pipeline.ingest.page.words import PageWord
from pipeline.ingest.scan.picture_file import read_image
from pipeline.records import Finding
from pipeline.run.debug import DebugFolder
from pipeline.run.show import debug_folder
from tests.made_pages import page
from tests.test_cli import kehoach


def engine(_: NDArray[np.uint8], __: float) -> list[PageWord]:
    sure = [
        PageWord(word, 60.0 + 90 * at, 60, 140.0 + 90 * at, 90, False, 0.95)
        for at, word in enumerate(["Sở", "Nội", "vụ", "chủ", "trì"])
    ]
    return [*sure, PageWord("~*", 900, 400, 930, 430, False, 0.1)]


def read(folder: Path, tmp_path: Path, name: str = "scan.png") -> str:
    Image.fromarray(page()).save(tmp_path / "scan.png")
    debug = DebugFolder(folder, name)
    read_image(tmp_path / "scan.png", Limits(), engine, debug)
    return debug.write_index().read_text(encoding="utf-8")


def test_each_step_has_a_picture_and_stands_before_the_next(tmp_path: Path) -> None:
    index = read(tmp_path / "new" / "debug", tmp_path)
    names = sorted(path.name for path in (tmp_path / "new" / "debug").glob("*.png"))
    steps = ["scan", "stamp-removed", "deskewed", "lines-wiped-cells", "pieces", "words"]
    assert names == [f"p01-{at}-{step}.png" for at, step in enumerate(steps, 1)]
    pairs = re.findall(r'src="([^"]+)".*?src="([^"]+)"', index)
    assert pairs == [(names[at], names[at + 1]) for at in range(5)]
    assert all(max(Image.open(tmp_path / "new" / "debug" / name).size) <= 1300 for name in names)


def test_words_are_green_when_sure_and_grey_when_dropped(tmp_path: Path) -> None:
    read(tmp_path, tmp_path)
    seen = np.asarray(Image.open(tmp_path / "p01-6-words.png").convert("RGB")).astype(int)
    red, green, blue = seen[..., 0], seen[..., 1], seen[..., 2]
    assert ((green > 150) & (red < 80) & (blue < 80)).sum() > 100
    assert ((abs(red - 170) < 12) & (abs(green - 170) < 12) & (abs(blue - 170) < 12)).sum() > 40


def test_the_index_escapes_names_and_messages(tmp_path: Path) -> None:
    debug = DebugFolder(tmp_path, "<script>a</script>.pdf")
    debug.page(1).decided(PageReading(1, findings=[Finding("unread_page", "<b>x", 1)]))
    index = debug.write_index().read_text(encoding="utf-8")
    assert "<script>" not in index
    assert "<b>" not in index
    assert "&lt;b&gt;x" in index


def test_pages_beyond_the_fiftieth_leave_no_pictures(tmp_path: Path) -> None:
    debug = DebugFolder(tmp_path, "long.pdf")
    for number in range(1, 54):
        debug.page(number).show("scan", np.zeros((4, 4), np.uint8))
    assert len(list(tmp_path.glob("*.png"))) == 50


def test_other_files_stay_and_an_index_of_someone_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    read(tmp_path, tmp_path)
    read(tmp_path, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(FileExistsError):
        DebugFolder(tmp_path, "scan.png")
    assert (tmp_path / "index.html").read_text() == "mine"


def test_what_was_seen_before_a_failure_is_shown_too(tmp_path: Path) -> None:
    def fail() -> None:
        with debug_folder(tmp_path, "a.pdf") as trace:
            assert trace is not None
            trace.page(1).show("scan", np.zeros((4, 4), np.uint8))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert "Page 1" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_show_debug_writes_an_index_for_a_document_without_scans_too(tmp_path: Path) -> None:
    from tests.bad_files import GOOD

    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    done = kehoach("show", tmp_path / "a.txt", "--debug", tmp_path / "debug")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "debug" / "index.html").exists()
