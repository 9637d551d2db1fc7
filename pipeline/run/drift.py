"""Whether a build looks like the builds before it: pass, warn or hold.

A difference counts where it is both large (`drift_limits`) and more than chance: more than so many standard errors
of what the earlier builds say documents are like, and more than earlier builds differed among themselves. The bounds
come from the earlier builds alone, so a worse number is never a milder level.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pipeline.run.drift_limits import LIMITS, Limit
from pipeline.run.measures import Measure

Scope = Literal["build", "night"]
"""Of the whole build against earlier ones, or of the documents read tonight against the build before."""
EARLIER_BUILDS = 14
"""How many earlier builds say what is usual: two weeks of nights."""
_WARN_SUPPORT, _HOLD_SUPPORT = 5, 20
"""Documents a number must rest on: fewer than five say nothing, and fewer than twenty stop no publication."""
_WARN_ERRORS, _HOLD_ERRORS = 3.0, 4.0
"""Standard errors: some forty numbers are judged a night, and a quiet one in fifty may warn, one in a thousand hold."""
_TO_DEVIATION = 1.4826
"""From the median distance to the median to a standard deviation, where numbers scatter normally."""


class Level(StrEnum):
    PASS = "pass"  # noqa: S105 - a level, no password
    WARN = "warn"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Drifted:
    """One measure beside what is usual. `low` and `high` bound what is not worth a word."""

    measure: str
    scope: Scope
    now: float | None
    support: int
    usual: float | None
    low: float | None
    high: float | None
    level: Level
    words: str
    """What was found, in both languages."""


def worst(drifted: Iterable[Drifted]) -> Level:
    """The verdict: the worst of all levels, pass where nothing was judged."""
    order = list(Level)
    return max((one.level for one in drifted), key=order.index, default=Level.PASS)


def judge(
    now: Mapping[str, Measure], before: Sequence[Mapping[str, Measure]], scope: Scope = "build"
) -> tuple[Drifted, ...]:
    """Every measure of `now` against the builds published `before`, newest first; without any, all pass."""
    recent = before[:EARLIER_BUILDS]
    return tuple(_judged(name, scope, now[name], _of(name, recent)) for name in _judged_names(now, scope))


def judge_vanished(gone: int, known: int, *, same_inputs: bool) -> Drifted:
    """Documents whose files are no longer there, of those the build before had.

    A fifth gone from inputs that are otherwise the same is a share that was not mounted, or a folder emptied by error.
    """
    share = gone / known if known else 0.0
    many = gone >= 10 and share > 0.20
    level = (Level.HOLD if same_inputs else Level.WARN) if many else Level.PASS
    words = (
        f"{gone} trong {known} văn bản không còn tệp; kiểm tra thư mục nguồn. / "
        f"The files of {gone} of {known} documents are gone: check that the source is there."
    )
    return Drifted("vanished", "night", share, known, 0.0, 0.0, 0.20, level, words)


def judge_failed(failed: int, tried: int) -> Drifted:
    """Files that failed tonight and had not failed before, of those read tonight.

    One in ten is a bad batch; half of them is a tool that no longer works.
    """
    share = failed / tried if tried else 0.0
    level = Level.PASS
    if failed >= 3 and share > 0.10:
        level = Level.HOLD if failed >= 10 and share > 0.50 else Level.WARN
    words = f"{failed} trong {tried} tệp đọc lần này lỗi. / {failed} of {tried} files read tonight failed."
    return Drifted("failed", "night", share, tried, 0.0, 0.0, 0.10, level, words)


def _judged_names(now: Mapping[str, Measure], scope: Scope) -> list[str]:
    """How many documents a night brings is no measure of how well they were read."""
    return [name for name in LIMITS if name in now and not (scope == "night" and name == "documents")]


def _of(name: str, before: Sequence[Mapping[str, Measure]]) -> list[Measure]:
    return [build[name] for build in before if name in build and build[name].value is not None]


def _judged(name: str, scope: Scope, now: Measure, before: Sequence[Measure]) -> Drifted:
    limit = LIMITS[name]
    values = [measure.value for measure in before if measure.value is not None]
    if now.value is None or not values:
        words = _sentence(limit, scope, now.value, None, Level.PASS)
        return Drifted(name, scope, now.value, now.support, None, None, None, Level.PASS, words)
    usual = statistics.median(values)
    scatter = _TO_DEVIATION * statistics.median(abs(value - usual) for value in values)
    largest = max(before, key=lambda measure: measure.support)
    error = max(scatter, _chance(limit, now.support, largest))
    unit = abs(usual) if limit.relative else 1.0
    warn = max(limit.warn * unit, _far(limit, _WARN_ERRORS, error, now.support))
    hold = None if limit.hold is None else max(limit.hold * unit, _far(limit, _HOLD_ERRORS, error, now.support))
    level = _level(limit, now.value - usual, warn, hold, min(now.support, largest.support))
    words = _sentence(limit, scope, now.value, usual, level)
    return Drifted(name, scope, now.value, now.support, usual, usual - warn, usual + warn, level, words)


def _chance(limit: Limit, support: int, before: Measure) -> float:
    """Standard error of a difference between `before` and `support` documents that are like its own."""
    one = before.error * before.support**0.5
    if limit.spread is None:
        # Where all documents agree the error is 0, yet the next one that does not would be no wonder.
        odd = 1 / (before.support + 2)
        one = max(one, (odd * (1 - odd)) ** 0.5)
    else:
        one = max(one, limit.spread)
    return float(one * (1 / max(support, 1) + 1 / max(before.support, 1)) ** 0.5)


def _far(limit: Limit, errors: float, error: float, support: int) -> float:
    """So many standard errors. What is rare comes in lumps: for shares two more documents, or three, are allowed.

    (The skewness term of a binomial quantile, and half a document because documents are whole.)
    """
    lumps = (errors**2 - 1) / 6 + 0.5 if limit.spread is None else 0.0
    return errors * error + lumps / max(support, 1)


def _level(limit: Limit, difference: float, warn: float, hold: float | None, support: int) -> Level:
    side = "up" if difference > 0 else "down"
    far = abs(difference)
    if hold is not None and far > hold and support >= _HOLD_SUPPORT and limit.worse in (side, "both"):
        return Level.HOLD
    told = limit.hold is not None or limit.worse in (side, "both")
    return Level.WARN if told and far > warn and support >= _WARN_SUPPORT else Level.PASS


def _sentence(limit: Limit, scope: Scope, now: float | None, usual: float | None, level: Level) -> str:
    vi_scope, en_scope = ("lần đọc này", "tonight's documents") if scope == "night" else ("cả bộ bảng", "whole build")
    if usual is None or now is None:
        vi, en = "chưa có gì để so", "nothing to compare with"
    elif level is Level.PASS:
        vi, en = "như thường lệ", "as usual"
    else:
        vi, en = ("tăng", "up") if now > usual else ("giảm", "down")
        vi, en = f"{vi} từ {shown(limit, usual)}", f"{en} from {shown(limit, usual)}"
    value = shown(limit, now)
    return f"{limit.vi} ({vi_scope}): {value}, {vi}. / {limit.en} ({en_scope}): {value}, {en}."


def shown(limit: Limit, value: float | None) -> str:
    """A number as people read it: "12.5 %", "9.7", "-" where there is none."""
    if value is None:
        return "-"
    if limit.share:
        return f"{100 * value:.1f} %"
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"
