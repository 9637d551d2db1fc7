"""`kehoach builds`: data on stdout, tables for people on stderr, errors that say what is there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import Exit
from pipeline.run.builds_command import print_builds, print_diff, prune_builds, use_build
from pipeline.run.lock import AnotherRun, RunLock
from pipeline.store.builds import NoSuchBuild, latest_build, with_verdict
from tests.made_build import doc_id_of, made_build, made_rows, published, shelved


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line of a table is broken."""
    monkeypatch.setenv("COLUMNS", "200")


def test_list_prints_names_for_programs_and_a_table_for_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = published(tmp_path, "a")
    held = with_verdict(made_build(tmp_path, "a", "b"), "hold")
    print_builds(tmp_path)
    shown = capsys.readouterr()
    assert shown.out == f"{held.name}\n{old.name}\n"
    lines = [line for line in shown.err.splitlines() if "run-1" in line]
    assert "giữ lại / hold" in lines[0]
    assert "→" not in lines[0]
    assert "→" in lines[1]


def test_list_as_json_has_all_that_the_manifests_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build = published(tmp_path, "a")
    print_builds(tmp_path, as_json=True)
    (facts,) = json.loads(capsys.readouterr().out)
    assert facts["name"] == build.name
    assert facts["published"] is True
    assert facts["tables"]["tasks"] == {
        "rows": 1,
        "bytes": (build.folder / "tasks.parquet").stat().st_size,
        "sha256": build.manifest.tables["tasks"].sha256,
    }
    assert (facts["run_id"], facts["verdict"], facts["state"]) == ("run-1", None, "state of run-1")


def test_a_folder_that_is_no_build_is_told_to_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "builds" / "old[one]").mkdir(parents=True)
    print_builds(tmp_path)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "old[one]: không có manifest đọc được" in shown.err


def test_diff_prints_every_row_and_field(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = made_rows("a")
    rows["tasks"][0]["text"] = "Sở  Nội vụ\ntổng [hợp]."
    old, new = made_build(tmp_path, "a"), made_build(tmp_path, shelved("a", rows), "b")
    print_diff(tmp_path, old.name[:8], new.name[:8])
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    task = f"{doc_id_of('a')},{doc_id_of('a')}-task-1"
    changed = [
        "tasks",
        "changed",
        task,
        "Sở Nội vụ tổng [hợp].",
        "text",
        "Sở Nội vụ tổng hợp.",
        "Sở Nội vụ tổng [hợp].",
    ]
    assert "\t".join(changed) in lines
    assert "\t".join(["documents", "came", doc_id_of("b"), "b.txt"]) in lines
    assert "text: Sở Nội vụ tổng hợp. → Sở Nội vụ tổng [hợp]." in shown.err
    assert "1 văn bản cũ có dòng thay đổi. / 1 documents of both builds have changed rows." in shown.err


def test_diff_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = made_rows("a")
    rows["citations"][0]["cited_ref"] = "15/2003/QH11"
    old, new = made_build(tmp_path, "a"), made_build(tmp_path, shelved("a", rows))
    print_diff(tmp_path, old.name, new.name, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert (found["old"], found["new"], found["touched"]) == (old.name, new.name, [doc_id_of("a")])
    assert found["tables"]["citations"]["changed"] == [
        {
            "key": {"doc_id": doc_id_of("a"), "citation_id": f"{doc_id_of('a')}-citation-1"},
            "words": "luật  thi đua",
            "fields": {"cited_ref": [None, "15/2003/QH11"]},
        }
    ]


def test_diff_of_a_build_with_itself_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = made_build(tmp_path, "a").name
    print_diff(tmp_path, name, name)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "như nhau / the same" in shown.err


def test_many_changed_rows_are_cut_for_people_and_whole_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"d{n}" for n in range(23)]
    moved = [shelved(name, source_path=f"x/{name}.txt") for name in names]
    old, new = made_build(tmp_path, *names), made_build(tmp_path, *moved)
    print_diff(tmp_path, old.name, new.name)
    shown = capsys.readouterr()
    assert sum("\tsource_path\t" in line for line in shown.out.splitlines()) == 23
    assert "còn 3 dòng / 3 more rows" in shown.err


def test_use_publishes_and_prints_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = published(tmp_path, "a")
    published(tmp_path, "b")
    use_build(tmp_path, old.name[:6])
    assert latest_build(tmp_path) == old
    assert capsys.readouterr().out == f"{tmp_path / 'latest'}\n"
    with pytest.raises(NoSuchBuild, match=f"there are: .*{old.name}"):
        use_build(tmp_path, "nobody")


def test_prune_prints_what_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = published(tmp_path, "a")
    published(tmp_path, "b")
    prune_builds(tmp_path, 1)
    shown = capsys.readouterr()
    assert shown.out == f"{old.name}\n"
    assert "1 old builds were removed" in shown.err


def test_nothing_is_swapped_or_removed_while_a_run_is_under_way(tmp_path: Path) -> None:
    old, new = published(tmp_path, "a"), published(tmp_path, "b")
    with RunLock(tmp_path, "the-night"):
        with pytest.raises(AnotherRun, match="the-night"):
            use_build(tmp_path, old.name)
        with pytest.raises(AnotherRun, match="the-night"):
            prune_builds(tmp_path, 1)
    assert latest_build(tmp_path) == new
    assert old.folder.is_dir()


def test_the_command_line_maps_faults_to_exit_codes(tmp_path: Path) -> None:
    damaged = made_build(tmp_path, "a")
    (damaged.folder / "tasks.parquet").unlink()
    for name, code, said in ((damaged.name, Exit.TOOL_MISSING, "is damaged"), ("zz", Exit.USAGE, damaged.name)):
        command = [sys.executable, "-m", "pipeline", "builds", "use", name, "--out", str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (code, "")
        assert said in done.stderr
        assert "Traceback" not in done.stderr
