"""Made-up scans of papers whose gold is known come out nearly as right as the papers themselves, by real Tesseract.

Read are nine samples of data/raw (all that are no scans themselves) and, where the real documents lie beside the
checkout, the five seeds: some 40 pages, once as text, once at 200 and once at 120 dpi.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.samples.build import GOLD, RAW
from tests.scans.regression import character_errors, figures, papers_of, read_papers, score_papers
from tests.scans.wear import OFFICE, POOR, Wear

SAMPLES = papers_of(RAW, GOLD)
SEEDS = papers_of(SHARED / "seeds", SHARED / "gold") if SHARED.is_dir() else []
WEARS = pytest.mark.parametrize(("wear", "limit"), [(OFFICE, 0.03), (POOR, 0.08)], ids=["office", "poor"])
"""How far below the text originals each measure may fall."""
CHARACTER_ERROR = {OFFICE: 0.005, POOR: 0.02}
Tables = Callable[[Wear | None], Path]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """All papers read as they are (None) or worn, once each."""

    @cache
    def read(wear: Wear | None) -> Path:
        return read_papers([*SAMPLES, *SEEDS], tmp_path_factory.mktemp("scans"), wear)

    return read


def fallen(text: Mapping[str, float], scan: Mapping[str, float], limit: float) -> dict[str, tuple[float, float]]:
    """Measures of the scans that lie more than `limit` below those of the originals."""
    both = {name: (round(value, 4), round(scan.get(name, 0.0), 4)) for name, value in text.items()}
    return {name: pair for name, pair in both.items() if pair[1] < pair[0] - limit}


@WEARS
def test_samples_scanned_are_read_like_their_originals(
    tables: Tables, tmp_path: Path, wear: Wear, limit: float
) -> None:
    text, scan = (score_papers(SAMPLES, tables(worn), tmp_path) for worn in (None, wear))
    assert scan.without_row == []
    assert not fallen(figures(text), figures(scan), limit), scan.differences


@WEARS
def test_seeds_and_samples_scanned_are_read_like_their_originals(
    shared: Path, tables: Tables, tmp_path: Path, wear: Wear, limit: float
) -> None:
    text, scan = (score_papers([*SAMPLES, *SEEDS], tables(worn), tmp_path) for worn in (None, wear))
    assert len(SEEDS) == len(list((shared / "seeds").iterdir()))
    assert scan.without_row == []
    assert not fallen(figures(text), figures(scan), limit), scan.differences


@WEARS
def test_few_characters_of_the_body_are_read_wrong(tables: Tables, wear: Wear, limit: float) -> None:
    assert character_errors([*SAMPLES, *SEEDS], tables(None)).errors == 0
    assert character_errors([*SAMPLES, *SEEDS], tables(wear)).share < CHARACTER_ERROR[wear]


def test_what_fell_is_told() -> None:
    assert fallen({"tasks": 1.0, "header": 0.9}, {"tasks": 0.95, "header": 0.9}, 0.03) == {"tasks": (1.0, 0.95)}
    assert fallen({"tasks": 1.0}, {}, 0.08) == {"tasks": (1.0, 0.0)}
