"""A run report with something in every part, hostile names among it: for the tests and for looking at the page.

`python -m tests.made_report FOLDER` writes one: open FOLDER/reports/latest.html.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.errors import CURE, Kind
from pipeline.run.drift import Level
from pipeline.run.morning import RunFacts, written_report
from pipeline.run.verdict import Losses, Verdict, verdict_on
from tests.made_builds import documents, each, made_build

NIGHT = dt.datetime(2026, 3, 2, 19, 0, tzinfo=dt.UTC)
HOSTILE = (
    "kho/<script>document.body.innerHTML='owned'</script>.pdf",
    'kho/"><img src=x onerror=alert(1)>.pdf',
    "kho/\u202egpj.exe\u2066 đảo chiều.pdf",
    "kho/'; rm -rf ~ &amp; </bdi></details><h1>Xin chào</h1>.docx",
    "kho/2023.zip!/Cao Bằng/" + "kế hoạch thi đua khen thưởng " * 8 + ".pdf",
    "kho/\udcff\x1b[31mđỏ\n2.pdf",
)


def facts(night: int, **changed: Any) -> RunFacts:
    """What a quiet night knows of itself."""
    start = NIGHT + dt.timedelta(days=night)
    quiet = RunFacts(
        run_id=start.strftime("%Y%m%dT%H%M%SZ-") + f"{night:06x}",
        started=start,
        finished=start + dt.timedelta(minutes=7, seconds=12),
        inputs=("/kho/2023", "/kho/2024"),
        versions={"pipeline_version": "0.1.0", "rules_version": "5c1f0a93be21"},
        fingerprints={"ocr": "a1b2c3d4", "rules": "5c1f0a93", "code": "77aa01fe"},
        counts={"offered": 10_412, "unchanged": 10_380, "read": 32, "documents": 10_215, "pages": 61_330}
        | {"ocr_pages": 118, "tasks": 97_410, "citations": 34_877, "campaigns": 8_020, "warnings": 6_114},
        due={"new": 28, "changed": 2, "transient": 2, "rules": 0},
        files=(),
        fresh=frozenset(),
        verdict=Verdict(Level.PASS),
        published=True,
        exit=0,
    )
    return replace(quiet, **changed)


def failed(path: str, kind: Kind, detail: str = "") -> dict[str, Any]:
    """A failed row of `files`."""
    return {"source_path": path, "error_kind": kind.value, "message": f"{detail} {CURE[kind]}".strip()}


def busy_build(folder: Path, night: int, *, bad: bool = False) -> Path:
    """A hundred documents and some more each night; `bad`: forty new ones of a scanner that went wrong."""
    dice = random.Random(night)
    old = documents(100 + 2 * night, issue_date=dt.date(2024, 1, 2))
    new = documents(40, first=1000, text_source="ocr", title=None, issuer=None, number=None) if bad else []
    known = old + new
    pages = [
        {**page, "ocr_confidence": dice.gauss(0.72 if page["doc_id"] in {d["doc_id"] for d in new} else 0.95, 0.01)}
        for page in each(known[::2] + new, page=1, status="ok", text_source="ocr")
    ]
    names = ["Sở Nội vụ", "Ban Thi đua <b>Khen thưởng</b>", "Trung tâm Chuyển đổi số", "Ban Quản lý chợ Kỳ Lừa"]
    units = [{**row, "unit": dice.choice(names), "page": dice.randint(1, 9)} for row in each(new, role="lead")]
    campaigns = [{**row, "name": "60 ngày đêm “nước rút”", "page": 2} for row in each(new[:7], "campaign_row_id")]
    tasks = [row | {"task_id": f"{row['doc_id']}-{n}"} for n in range(4) for row in each(old)]
    return made_build(folder, documents=known, pages=pages, tasks=tasks, task_units=units, campaigns=campaigns)


def busy_report(out: Path, nights: int = 30) -> Path:
    """Quiet nights, then one on which everything happens and the build is held; returns the page."""
    before = None
    for night in range(nights):
        build = busy_build(out / "builds" / f"{night:016x}", night)
        verdict = verdict_on(build, before, out / "reports", (), Losses())
        old = [failed("kho/cũ.pdf", Kind.ENCRYPTED)]
        written_report(facts(night, verdict=verdict, files=old), build, before, out)
        before = build
    build = busy_build(out / "builds" / "badbadbadbadbad0", nights, bad=True)
    fresh = frozenset(f"d{n}" for n in range(1000, 1040))
    verdict = verdict_on(build, before, out / "reports", fresh, Losses(vanished=12, failed=9, tried=49))
    rows = [
        failed("kho/cũ.pdf", Kind.ENCRYPTED),
        *(failed(path, Kind.CRASHED, f"Exit -11 {path}.") for path in HOSTILE),
    ]
    rows += [failed(f"kho/2019/quét {n}.pdf", Kind.TIMEOUT, "> 900 s.") for n in range(23)]
    night_facts = facts(
        nights,
        verdict=verdict,
        fresh=fresh,
        files=rows,
        published=False,
        exit=4,
        waiting=("kho/đang chép.pdf", HOSTILE[0]),
        removed=[f"kho/2018/{n}.pdf" for n in range(620)],
        moved=[(f"kho/a/{n}.pdf", f"kho/b/{n}.pdf") for n in range(3)] + [(HOSTILE[1], HOSTILE[2])],
        duplicates=[("kho/bản sao.pdf", "kho/bản gốc.pdf")],
        near_duplicates=[("kho/quét lại.pdf", "kho/kế hoạch.docx")],
        alone=("kho/2019/quét 1.pdf",),
    )
    return written_report(night_facts, build, before, out)


if __name__ == "__main__":
    print(busy_report(Path(sys.argv[1])))
