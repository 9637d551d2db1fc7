"""The morning page's part on drift: what is unusual first, each measure with its curve over the last runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.run.drift import Drifted, Level, shown
from pipeline.run.drift_limits import LIMITS, Limit
from pipeline.run.history import PastRun
from pipeline.run.markup import badge, both, folded, listed, section, split
from pipeline.run.morning_plots import curve

if TYPE_CHECKING:
    from pipeline.run.morning import RunReport

_LEVELS = {Level.PASS: ("như thường", "usual"), Level.WARN: ("xem lại", "look"), Level.HOLD: ("giữ lại", "hold")}
_LOSSES = {
    "vanished": Limit("Văn bản mất tệp", "Documents whose file is gone", 0.2, 0.2),
    "failed": Limit("Tệp mới bị lỗi", "Newly failed files", 0.1, 0.5),
}
_HEAD = (
    "<thead><tr>"
    f"<th>{both('Số liệu', 'Measure')}</th><th>{both('Mức', 'Level')}</th>"
    f'<th class="n">{both("Nay", "Now")}</th><th class="n">{both("Thường lệ", "Usual")}</th>'
    f'<th class="n">{both("Khoảng", "Bounds")}</th><th>{both("Các lần trước", "Last runs")}</th>'
    "</tr></thead>"
)


def drift_section(report: RunReport, runs: Sequence[PastRun]) -> str:
    """The measures, the worst level first; those that are as usual are folded away. `runs`: newest first."""
    if not report.drift:
        return ""
    odd = [one for one in report.drift if one.level is not Level.PASS]
    odd.sort(key=lambda one: one.level is not Level.HOLD)
    usual = [one for one in report.drift if one.level is Level.PASS]
    body = "" if odd else f"<p>{both('Không có gì khác thường.', 'Nothing is unusual.')}</p>"
    body += _table(odd, report, runs)
    if usual:
        head = both(f"{len(usual)} số liệu như thường lệ", f"{len(usual)} measures as usual")
        body += folded(head, _table(usual, report, runs))
    return section("So với các lần trước", "Against earlier builds", body, "drift")


def reasons(report: RunReport, most: int = 4) -> str:
    """Why a build is held or wants a look: the first few sentences of the worst level."""
    odd = [one for one in report.drift if one.level == report.verdict and one.level is not Level.PASS]
    more = len(odd) - most
    return listed((split(one.words) for one in odd[:most]), more) if odd else ""


def _table(drifted: Sequence[Drifted], report: RunReport, runs: Sequence[PastRun]) -> str:
    if not drifted:
        return ""
    rows = "".join(_row(one, report, runs) for one in drifted)
    return f'<div class="scroll"><table class="stack">{_HEAD}<tbody>{rows}</tbody></table></div>'


def _row(one: Drifted, report: RunReport, runs: Sequence[PastRun]) -> str:
    limit = LIMITS.get(one.measure) or _LOSSES[one.measure]
    name = both(limit.vi, limit.en)
    if one.scope == "night":
        name += f"<small>{both(f'{one.support} văn bản lần này', 'read tonight')}</small>"
    low = None if one.low is None else max(one.low, 0.0)
    high = None if one.high is None else min(one.high, 1.0) if limit.share else one.high
    bounds = "-" if low is None else f"{shown(limit, low)} – {shown(limit, high)}"
    return (
        f"<tr><td>{name}</td>"
        f"<td>{badge(one.level, *_LEVELS[one.level])}</td>"
        f'<td class="n" data-name="Nay">{shown(limit, one.now)}</td>'
        f'<td class="n" data-name="Thường lệ">{shown(limit, one.usual)}</td>'
        f'<td class="n" data-name="Khoảng">{bounds}</td>'
        f'<td class="wide">{_curve(one, limit, low, high, runs)}</td></tr>'
    )


def _curve(one: Drifted, limit: Limit, low: float | None, high: float | None, runs: Sequence[PastRun]) -> str:
    """Only whole builds have a past; a night stands for itself."""
    if one.scope == "night":
        return ""
    past = [run.measures[one.measure].value for run in reversed(runs) if one.measure in run.measures]
    label = f"{limit.en}: {shown(limit, one.now)}; {len(past)} earlier runs"
    return curve([*past, one.now], low, high, one.level, label)
