"""Publishing: `latest` is one link, a reader always sees one whole build, and only whole builds are chosen."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.store.builds import DamagedBuild, builds_of, latest_build, publish, use, with_verdict
from pipeline.store.reading import read_tables
from tests.made_build import doc_id_of, made_build, published


def test_latest_is_a_link_inside_the_output_folder(tmp_path: Path) -> None:
    build = made_build(tmp_path, "a")
    assert not (tmp_path / "latest").exists()
    latest = publish(build, tmp_path)
    assert os.readlink(latest) == f"builds/{build.name}"
    assert latest_build(tmp_path) == build


def test_what_a_killed_publication_left_is_in_nobodys_way(tmp_path: Path) -> None:
    published(tmp_path, "a")
    (tmp_path / ".latest.new").symlink_to("builds/gone")
    second = published(tmp_path, "b")
    assert latest_build(tmp_path) == second
    assert sorted(path.name for path in tmp_path.iterdir()) == ["builds", "latest"]


def test_an_older_build_or_one_on_hold_can_be_used(tmp_path: Path) -> None:
    old = published(tmp_path, "a")
    held = with_verdict(made_build(tmp_path, "a", "b"), "hold")
    assert builds_of(tmp_path)[0].manifest.verdict == "hold"
    assert use(tmp_path, held.name[:8]) == latest_build(tmp_path) == held
    assert use(tmp_path, old.name) == latest_build(tmp_path) == old


def test_a_damaged_build_is_not_used(tmp_path: Path) -> None:
    damaged, whole = made_build(tmp_path, "a"), published(tmp_path, "b")
    (damaged.folder / "tasks.parquet").write_bytes(b"rubbish")
    with pytest.raises(DamagedBuild, match="tasks"):
        use(tmp_path, damaged.name)
    assert latest_build(tmp_path) == whole


# --- readers while builds are swapped ---------------------------------------------------------

SWAPS = """
import sys
from pathlib import Path
from pipeline.store.builds import build_named, prune, publish
from tests.made_build import made_build
out, swaps, again = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "again"
for turn in range(swaps):
    build = made_build(out, *"abc"[: 1 + turn % 3]) if again else build_named(out, sys.argv[4 + turn % 3])
    publish(build, out)
    if again:
        prune(out, keep=1)
"""


@pytest.mark.parametrize(("swaps", "again"), [(300, "published in turn"), (15, "again")])
def test_a_reader_sees_one_whole_build_while_another_process_swaps_them(swaps: int, again: str, tmp_path: Path) -> None:
    """Builds of one, two and three documents are published in turn, and in the second case made anew and pruned."""
    names = [made_build(tmp_path, *"abc"[:count]).name for count in (1, 2, 3)]
    publish(builds_of(tmp_path)[0], tmp_path)
    command = [sys.executable, "-c", SWAPS, str(tmp_path), str(swaps), again, *names]
    writer = subprocess.Popen(command, cwd=Path(__file__).parents[1])
    reads = 0
    try:
        while writer.poll() is None or not reads:
            tables = read_tables(tmp_path / "latest")
            reads += 1
            ids = tables["documents"]["doc_id"].tolist()
            assert ids == [doc_id_of(name) for name in "abc"[: len(ids)]]
            for name in ("pages", "citations", "tasks", "task_units", "recipients", "warnings", "files"):
                assert sorted(set(tables[name]["doc_id"])) == sorted(ids), name
    finally:
        writer.terminate()
    assert writer.wait() == 0
    assert reads > 1
