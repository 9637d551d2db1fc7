"""What was read is read once: over runs, workers, a kill, a damaged file; and failures are asked again."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.ingest.ocr.cache import OcrCache, with_cache
from pipeline.ingest.ocr.engine import OcrError
from pipeline.ingest.page.words import PageWord

MOST = 10_000_000
PICTURE = np.arange(600, dtype=np.uint8).reshape(20, 30)
WORDS = [PageWord("Sở", 1.0, 2.0, 30.0, 12.0, False, 0.93), PageWord('"Nội\tvụ"', 33.0, 2.0, 60.0, 12.0, False, 0.0)]
KEY = b"k" * 32


class Engine:
    """Answers, or fails, and counts how often it was asked."""

    def __init__(self, *answers: list[PageWord] | Exception) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, picture: NDArray[np.uint8], seconds: float) -> list[PageWord]:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_picture_is_read_once_over_runs(tmp_path: Path) -> None:
    engine = Engine(WORDS)
    for _ in range(2):
        cache = OcrCache(tmp_path / "cache" / "ocr.sqlite", MOST)
        read = with_cache(engine, "psm 6", cache)
        assert [read(PICTURE, 1.0), read(PICTURE.copy(), 9.0)] == [WORDS, WORDS]
        cache.close()
    assert engine.asked == 1


@pytest.mark.parametrize(
    ("picture", "way"),
    [(PICTURE.reshape(30, 20), "psm 6"), (255 - PICTURE, "psm 6"), (PICTURE, "psm 7")],
    ids=["another shape", "other dots", "another way"],
)
def test_other_pictures_and_ways_are_read_anew(tmp_path: Path, picture: NDArray[np.uint8], way: str) -> None:
    engine, cache = Engine(WORDS, []), OcrCache(tmp_path / "ocr.sqlite", MOST)
    assert with_cache(engine, "psm 6", cache)(PICTURE, 1.0) == WORDS
    assert with_cache(engine, way, cache)(picture, 1.0) == []
    assert engine.asked == 2


def test_an_empty_page_is_an_answer_a_failure_is_none(tmp_path: Path) -> None:
    cache = OcrCache(tmp_path / "ocr.sqlite", MOST)
    engine = Engine(OcrError("> 60 s"), RuntimeError("thrown"), [])
    read = with_cache(engine, "psm 6", cache)
    with pytest.raises(OcrError):
        read(PICTURE, 1.0)
    with pytest.raises(RuntimeError):
        read(PICTURE, 1.0)
    assert [read(PICTURE, 1.0), read(PICTURE, 1.0)] == [[], []]
    assert engine.asked == 3


NUMBERS = st.floats(0, 40_000, allow_nan=False)
WORD = st.builds(
    PageWord,
    st.text(min_size=1),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.just(False),
    st.floats(0, 1),
    st.none(),
    st.none(),
)


@settings(max_examples=40, deadline=None)
@given(words=st.lists(WORD))
def test_words_come_back_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, words: list[PageWord]) -> None:
    cache = OcrCache(tmp_path_factory.mktemp("cache") / "ocr.sqlite", MOST)
    cache.put(KEY, words)
    assert cache.get(KEY) == words
    cache.close()


# --- a cache is never an error ----------------------------------------------------------------


def test_a_damaged_file_reads_as_empty_and_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "ocr.sqlite"
    path.write_bytes(b"no data base " * 500)
    cache = OcrCache(path, MOST)
    assert cache.get(KEY) is None
    cache.put(KEY, WORDS)
    assert cache.get(KEY) == WORDS


def test_a_file_damaged_within_heals_at_the_latest_when_it_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "ocr.sqlite"
    cache = OcrCache(path, MOST)
    keys = [bytes([number]) * 31 for number in range(200)]
    for key in keys:
        cache.put(key, WORDS * 20)
    cache.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))
    for _ in range(2):
        cache = OcrCache(path, MOST)
        assert all(cache.get(key) in (None, WORDS * 20) for key in keys)
        cache.put(KEY, WORDS)
        cache.close()
    assert OcrCache(path, MOST).get(KEY) == WORDS


@pytest.mark.parametrize("value", [b"", b"rubbish", "text", 7])
def test_rubbish_under_a_key_reads_as_nothing(tmp_path: Path, value: object) -> None:
    cache = OcrCache(tmp_path / "ocr.sqlite", MOST)
    with sqlite3.connect(tmp_path / "ocr.sqlite") as file:
        file.execute("INSERT INTO readings (key, words) VALUES (?, ?)", (KEY, value))
    file.close()
    assert cache.get(KEY) is None
    cache.put(KEY, WORDS)
    assert cache.get(KEY) == WORDS


def test_a_place_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "folder.sqlite").mkdir()
    for path in (tmp_path / "file" / "ocr.sqlite", tmp_path / "folder.sqlite"):
        engine = Engine(WORDS)
        read = with_cache(engine, "psm 6", OcrCache(path, MOST))
        assert [read(PICTURE, 1.0), read(PICTURE, 1.0)] == [WORDS, WORDS]
        assert engine.asked == 2


def test_the_oldest_are_dropped_above_the_bound(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    texts = ["".join(map(chr, rng.integers(97, 123, 4000))) for _ in range(60)]
    cache = OcrCache(tmp_path / "ocr.sqlite", 100_000)
    for number, text in enumerate(texts):
        cache.put(bytes([number]) * 32, [PageWord(text, 0.0, 0.0, 1.0, 1.0, False, 1.0)])
    kept = [number for number in range(60) if cache.get(bytes([number]) * 32)]
    cache.close()
    assert kept == list(range(60 - len(kept), 60))
    assert 5 < len(kept) < 50
    assert (tmp_path / "ocr.sqlite").stat().st_size < 130_000


# --- several workers, one of them killed --------------------------------------------------------

WRITES = """
import sys
from pathlib import Path
from pipeline.ingest.ocr.cache import OcrCache
from pipeline.ingest.page.words import PageWord
cache, own = OcrCache(Path(sys.argv[1]), 10_000_000), int(sys.argv[2])
for number in range(100):
    cache.put(bytes([own, number]) * 16, [PageWord(f"{own} {number}", 0.0, 0.0, 1.0, 1.0, False, 1.0)] * 50)
print("written", flush=True)
while sys.argv[3] == "killed":
    cache.put(b"x" * 32, [PageWord("x", 0.0, 0.0, 1.0, 1.0, False, 1.0)] * 5000)
"""


def test_workers_write_side_by_side_and_a_kill_harms_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ocr.sqlite"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    ends = ["killed", "lives", "lives"]
    workers = [
        subprocess.Popen([sys.executable, "-c", WRITES, path, str(own), end], stdout=subprocess.PIPE, env=environment)
        for own, end in enumerate(ends)
    ]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"written\n"
    workers[0].send_signal(signal.SIGKILL)
    assert [worker.wait(60) for worker in workers] == [-signal.SIGKILL, 0, 0]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.close()
    cache = OcrCache(path, MOST)
    for own in range(3):
        for number in range(100):
            found = cache.get(bytes([own, number]) * 16)
            assert found is not None
            assert found[0].text == f"{own} {number}"
