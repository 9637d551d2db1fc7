"""The morning page in a real browser: no script runs, whatever files are called, and the verdict is seen."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.made_report import busy_report

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"),
)
PROBE = "<script>document.documentElement.dataset.ran = 'yes'</script></body>"
"""What a page would do whose policy let scripts run."""


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("KHÔNG CÓ chromium: the morning page was not opened in a browser")
    return found


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return busy_report(tmp_path_factory.mktemp("morning"), nights=3)


def browse(chromium: str, page: Path, profile: Path, *flags: str) -> str:
    command = [chromium, *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()


def test_no_script_runs_and_the_verdict_stands_in_the_page(chromium: str, morning: Path, tmp_path: Path) -> None:
    seen = browse(chromium, morning, tmp_path, "--dump-dom")
    assert '<span class="word">GIỮ LẠI</span>' in seen
    assert "<script" not in seen
    assert "<img" not in seen
    assert "owned" not in seen.replace("innerHTML='owned'", "")


def test_the_policy_stops_a_script_that_came_into_the_page_after_all(
    chromium: str, morning: Path, tmp_path: Path
) -> None:
    html = morning.read_text(encoding="utf-8")
    guarded, open_ = tmp_path / "guarded.html", tmp_path / "open.html"
    guarded.write_text(html.replace("</body>", PROBE), encoding="utf-8")
    policy = html[html.index('<meta http-equiv="Content-Security-Policy"') : html.index('<meta name="generator"')]
    open_.write_text(html.replace(policy, "").replace("</body>", PROBE), encoding="utf-8")
    assert 'data-ran="yes"' in browse(chromium, open_, tmp_path / "one", "--dump-dom")
    assert 'data-ran="yes"' not in browse(chromium, guarded, tmp_path / "two", "--dump-dom")


def test_the_verdict_is_seen_in_its_colour_and_nothing_sticks_out(chromium: str, morning: Path, tmp_path: Path) -> None:
    shot = tmp_path / "page.png"
    browse(chromium, morning, tmp_path / "profile", "--window-size=500,1600", f"--screenshot={shot}")
    pixels = np.asarray(Image.open(shot).convert("RGB")).astype(int)
    red = (pixels[:200, :, 0] > 150) & (pixels[:200, :, 1] < 80) & (pixels[:200, :, 2] < 80)
    assert red.sum() > 500
    margin = pixels[:, -8:].reshape(-1, 3)
    assert (margin.max(axis=0) - margin.min(axis=0)).max() < 12
