"""Drift: what is large and more than chance warns or holds; nothing else does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.run.drift import Drifted, Level, Scope, judge, judge_failed, judge_vanished, worst
from pipeline.run.drift_limits import LIMITS
from pipeline.run.measures import Measure

ORDER = list(Level)
USUAL = {
    name: Measure(0.1 if limit.share else 10.0, 1000, 0.01 if limit.share else 0.1) for name, limit in LIMITS.items()
}
values = st.floats(0, 1)
errors = st.floats(0, 0.2)
builds = st.fixed_dictionaries({name: st.builds(Measure, values, st.integers(1, 20_000), errors) for name in LIMITS})


def one(name: str, now: Measure, *before: Measure, scope: Scope = "build") -> Drifted:
    (found,) = judge({name: now}, [{name: measure} for measure in before], scope)
    return found


@given(builds, st.integers(1, 30))
def test_what_equals_all_earlier_builds_always_passes(build: dict[str, Measure], runs: int) -> None:
    both: tuple[Scope, Scope] = ("build", "night")
    for scope in both:
        assert worst(judge(build, [build] * runs, scope)) is Level.PASS


@given(
    st.sampled_from(sorted(LIMITS)),
    st.lists(st.builds(Measure, values, st.integers(1, 500), errors), min_size=1, max_size=20),
    st.integers(1, 500),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from([-1, 1]),
)
def test_a_larger_difference_is_never_a_milder_level(
    name: str, before: list[Measure], support: int, near: float, further: float, side: int
) -> None:
    usual = one(name, Measure(0.5, support), *before).usual
    assert usual is not None
    levels = [one(name, Measure(usual + side * step, support), *before).level for step in (near, near + further)]
    assert ORDER.index(levels[0]) <= ORDER.index(levels[1])


@given(builds, st.lists(builds, max_size=4))
def test_fewer_than_twenty_documents_never_hold(now: dict[str, Measure], before: list[dict[str, Measure]]) -> None:
    few = {name: replace(measure, support=min(measure.support, 19)) for name, measure in now.items()}
    assert worst(judge(few, before)) is not Level.HOLD


def drawn(dice: np.random.Generator, count: int, title: float = 0.01) -> dict[str, Measure]:
    """Measures of `count` documents of one and the same source, as a build's folder would give them."""
    rates = {"null_title": title, "null_number": 0.2, "null_issuer": 0.005, "unlinked_units": 0.4, "source_ocr": 0.1}
    found = {}
    for name, rate in rates.items():
        value = float(dice.binomial(count, rate)) / count
        found[name] = Measure(value, count, (value * (1 - value) / (count - 1)) ** 0.5)
    confidence = dice.normal(0.94, 0.03, count)
    found["ocr_confidence"] = Measure(float(confidence.mean()), count, float(confidence.std(ddof=1)) / count**0.5)
    tasks = dice.gamma(2, 5, count)
    found["tasks_per_document"] = Measure(float(tasks.mean()), count, float(tasks.std(ddof=1)) / count**0.5)
    return found


@pytest.mark.parametrize("night", [5, 10, 20, 50, 200])
def test_quiet_nights_of_any_size_hardly_ever_warn_and_never_hold(night: int) -> None:
    dice = np.random.default_rng(night)
    levels = [worst(judge(drawn(dice, night), [drawn(dice, 1000)], "night")) for _ in range(400)]
    assert levels.count(Level.HOLD) == 0
    assert levels.count(Level.WARN) <= 12


def test_a_night_whose_titles_are_lost_is_held_though_other_numbers_are_fine() -> None:
    dice = np.random.default_rng(7)
    levels = [worst(judge(drawn(dice, 60, title=0.3), [drawn(dice, 1000)], "night")) for _ in range(200)]
    assert levels.count(Level.HOLD) >= 190


@given(builds)
def test_a_first_run_passes(build: dict[str, Measure]) -> None:
    assert worst(judge(build, [])) is Level.PASS


def test_titles_lost_by_a_bad_rule_hold_the_build() -> None:
    found = one("null_title", Measure(0.3, 1000, 0.01), *[Measure(0.01, 1000, 0.003)] * 5)
    assert found.level is Level.HOLD
    assert found.words == (
        "Thiếu trích yếu (cả bộ bảng): 30.0 %, tăng từ 1.0 %. / No title (whole build): 30.0 %, up from 1.0 %."
    )


def test_a_rise_that_is_no_chance_but_small_passes() -> None:
    assert one("null_title", Measure(0.03, 10_000, 0.002), Measure(0.01, 10_000, 0.001)).level is Level.PASS


def test_a_difference_that_is_large_but_may_be_chance_passes() -> None:
    before = Measure(0.5, 1000, 0.0158)
    assert one("null_number", Measure(0.75, 20), before, scope="night").level is Level.PASS
    assert one("null_number", Measure(0.75, 400), before, scope="night").level is Level.HOLD


def test_a_bad_scanner_holds_and_a_better_one_is_told() -> None:
    before = Measure(0.95, 200, 0.002)
    assert one("ocr_confidence", Measure(0.80, 40), before, scope="night").level is Level.HOLD
    assert one("ocr_confidence", Measure(0.99, 40), before, scope="night").level is Level.WARN


def test_builds_that_always_scattered_widen_the_bounds() -> None:
    calm = [Measure(0.1, 5000, 0.004)] * 9
    restless = [Measure(value, 5000, 0.004) for value in (0.1, 0.2, 0.02, 0.18, 0.03, 0.22, 0.0, 0.1, 0.19)]
    assert one("null_number", Measure(0.25, 5000), *calm).level is Level.WARN
    assert one("null_number", Measure(0.25, 5000), *restless).level is Level.PASS


def test_another_mix_of_files_is_told_and_never_held() -> None:
    assert one("source_ocr", Measure(1.0, 500), Measure(0.0, 1000), scope="night").level is Level.WARN


def test_an_archive_that_grows_is_no_news_and_one_that_shrinks_is() -> None:
    assert one("documents", Measure(2000.0, 2000), Measure(1000.0, 1000)).level is Level.PASS
    assert one("documents", Measure(500.0, 500), Measure(1000.0, 1000)).level is Level.WARN


def test_how_many_documents_a_night_brings_is_not_judged() -> None:
    assert "documents" not in {found.measure for found in judge(USUAL, [USUAL], "night")}


@pytest.mark.parametrize(
    ("gone", "known", "same", "level"),
    [
        (0, 0, True, Level.PASS),
        (9, 10, True, Level.PASS),
        (10, 50, True, Level.PASS),
        (11, 50, True, Level.HOLD),
        (11, 50, False, Level.WARN),
        (1000, 1000, True, Level.HOLD),
    ],
)
def test_many_vanished_documents_hold_where_the_inputs_are_the_same(
    gone: int, known: int, same: bool, level: Level
) -> None:
    assert judge_vanished(gone, known, same_inputs=same).level is level


@pytest.mark.parametrize(
    ("failed", "tried", "level"),
    [(0, 0, "pass"), (2, 2, "pass"), (3, 100, "pass"), (3, 20, "warn"), (9, 9, "warn"), (10, 15, "hold")],
)
def test_many_new_failures_warn_and_a_tool_that_fails_holds(failed: int, tried: int, level: str) -> None:
    assert judge_failed(failed, tried).level == level


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
def test_more_failures_or_losses_are_never_milder(one_count: int, other: int, known: int) -> None:
    low, high = sorted((one_count % (known + 1), other % (known + 1)))
    failures = [judge_failed(count, known).level for count in (low, high)]
    losses = [judge_vanished(count, known, same_inputs=True).level for count in (low, high)]
    assert sorted(failures, key=ORDER.index) == failures
    assert sorted(losses, key=ORDER.index) == losses


def test_the_verdict_is_the_worst_level() -> None:
    hold = judge_vanished(50, 100, same_inputs=True)
    warn = judge_vanished(50, 100, same_inputs=False)
    assert (worst([]), worst([warn]), worst([warn, hold, warn])) == (Level.PASS, Level.WARN, Level.HOLD)
