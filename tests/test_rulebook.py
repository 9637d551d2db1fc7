"""Every rule of rules/*.toml proves its own examples; the loader refuses what is wrong."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pipeline.fold import fold
from pipeline.rulebook import (
    Example,
    Rule,
    Rulebook,
    RuleError,
    load_rulebook,
    read_csv,
    rules_dir,
    rules_version,
)

BOOKS = sorted(path.stem for path in rules_dir().glob("*.toml"))


def _readable_rules(book: str) -> tuple[Rule, ...]:
    """A broken file fails its own test below and leaves the others' alone."""
    try:
        return load_rulebook(book).rules
    except RuleError:
        return ()


RULES = [(book, rule) for book in BOOKS for rule in _readable_rules(book)]


def _ids(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)


def _shows(book: Rulebook, rule: Rule, example: Example) -> bool:
    """Whether the group, searched as a whole, gives this rule with the words and values the example names."""
    text = fold(example.text)
    return any(
        found.rule_id == rule.id
        and (example.match is None or text[found.start : found.end] == fold(example.match))
        and all(found.values.get(name) == fold(value) for name, value in (example.values or {}).items())
        for found in book.find(rule.group, text)
    )


@pytest.mark.parametrize("book", BOOKS)
def test_file_is_well_formed(book: str) -> None:
    assert load_rulebook(book).groups or load_rulebook(book).lists


@pytest.mark.parametrize(("book", "rule"), RULES, ids=_ids)
def test_rule_finds_its_examples(book: str, rule: Rule) -> None:
    whole = load_rulebook(book)
    missed = [
        (example, whole.find(rule.group, fold(example.text)))
        for example in rule.examples
        if not _shows(whole, rule, example)
    ]
    assert not missed


@pytest.mark.parametrize(("book", "rule"), RULES, ids=_ids)
def test_rule_leaves_its_counter_examples(book: str, rule: Rule) -> None:
    assert not [text for text in rule.counter_examples if rule.pattern.search(fold(text))]


@pytest.mark.parametrize(("book", "rule"), RULES, ids=_ids)
def test_rule_stays_fast_on_repeated_text(book: str, rule: Rule) -> None:
    """Two thousand characters of each example's own words take no more than a blink."""
    for example in rule.examples:
        word = fold(example.text)
        for hostile in (word * 40, word[:-1] * 40, word.split()[0] * 300, word.replace(" ", "  " * 9) * 10):
            started = time.process_time()
            list(rule.pattern.finditer(hostile[:2000]))
            assert time.process_time() - started < 0.5, hostile[:80]


def test_ids_are_unique_over_all_files() -> None:
    ids = [rule.id for _, rule in RULES]
    assert len(ids) == len(set(ids)) > 0


# --- the loader -------------------------------------------------------------------------------

GOOD = """
[fragments]
number = '(?P<number>\\d+)'
labelled = '{{list:labels}} {{number}}'
[lists]
labels = ["Uỷ ban", "Uỷ ban nhân dân", "a.c"]
[[rule]]
id = "x.short"
group = "x"
pattern = '{{labelled}}'
examples = ["Ủy ban 5"]
counter_examples = ["abc 5"]
[[rule]]
id = "x.long"
group = "x"
pattern = 'ban \\d+ – \\d+|Ủy ban \\d+ – \\d+'
examples = ["Ủy ban 5 - 6"]
counter_examples = ["5"]
"""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rules folder of one good file, test.toml."""
    monkeypatch.setenv("KEHOACH_RULES", str(tmp_path))
    path = tmp_path / "test.toml"
    path.write_text(GOOD, "utf-8")
    return path


def test_fragments_and_lists_are_filled_in(book: Path) -> None:
    found = load_rulebook("test").find("x", fold("Uỷ ban nhân dân 12; a.c 3; abc 4"))
    assert [(match.start, match.end, dict(match.values)) for match in found] == [
        (0, 18, {"number": "12"}),
        (20, 25, {"number": "3"}),
    ]
    assert found[1].spans == {"number": (24, 25)}


def test_the_longest_at_a_place_wins_and_nothing_overlaps(book: Path) -> None:
    text = fold("Ủy ban 5 – 6, Ủy ban 7")
    assert [match.rule_id for match in load_rulebook("test").find("x", text)] == ["x.long", "x.short"]


def test_a_find_inside_a_range_keeps_whole_text_offsets(book: Path) -> None:
    text = fold("Ủy ban 5, Ủy ban 62")
    rules = load_rulebook("test")
    assert [match.start for match in rules.find("x", text, 3)] == [10]
    assert rules.find("x", text, 3, 18)[0].values == {"number": "6"}
    first = rules.first("x", text)
    assert first
    assert first.end == 8
    assert rules.first("x", text, 11) is None


def test_a_match_that_began_inside_another_is_looked_for_again_behind_it(book: Path) -> None:
    long = "ban \\d+ – \\d+|Ủy ban \\d+ – \\d+"
    book.write_text(GOOD.replace("{{labelled}}", "b a b").replace(long, "a b"), "utf-8")
    found = load_rulebook("test").find("x", "a b a b, b a b")
    assert [(match.rule_id, match.start) for match in found] == [("x.long", 0), ("x.long", 4), ("x.short", 9)]


def test_a_rule_that_may_match_nothing_gives_no_empty_finds(book: Path) -> None:
    book.write_text(GOOD.replace("{{labelled}}", "(?:5|$)?"), "utf-8")
    rules = load_rulebook("test")
    assert [match.start for match in rules.find("x", "a 5 b 5 ")] == [2, 6]
    assert rules.first("x", "") is None


def test_full_folds_and_wants_the_whole_text(book: Path) -> None:
    rules = load_rulebook("test")
    whole = rules.full("x", "Uỷ ban 5")
    assert whole
    assert whole.values == {"number": "5"}
    assert rules.full("x", "Uỷ ban 5.") is None


def test_words_and_groups(book: Path) -> None:
    rules = load_rulebook("test")
    assert rules.words("labels")[:2] == ("Uỷ ban", "Uỷ ban nhân dân")
    assert rules.groups == ("x",)
    with pytest.raises(RuleError, match="nothing"):
        rules.words("nothing")
    with pytest.raises(RuleError, match="nogroup"):
        rules.find("nogroup", "a")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('examples = ["Ủy ban 5"]', "", "x.short.*examples"),
        ('counter_examples = ["5"]', "counter_examples = []", "x.long.*counter_examples"),
        ('id = "x.long"', 'id = "x.short"', "twice.*x.short"),
        ('id = "x.long"', 'id = "x.long"\npatern = "a"', "x.long.*patern"),
        ('id = "x.long"', 'id = "x.long"\nflags = "q"', "x.long.*q"),
        ("{{labelled}}", "{{unknown}}", "x.short.*unknown"),
        ("{{labelled}}", "(", "x.short.*pattern is wrong"),
        ("'{{list:labels}} {{number}}'", "'{{labelled}}'", "x.short.*name each other"),
        ("[fragments]", "[fragment]", "fragment"),
        ("[fragments]", "[fragments", "cannot be read"),
        ('examples = ["Ủy ban 5"]', 'examples = [{ txt = "a" }]', "x.short.*txt"),
    ],
)
def test_a_malformed_file_is_refused_by_name(book: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    book.write_text(GOOD.replace(old, new, 1), "utf-8")
    with pytest.raises(RuleError, match=rf"(?s)test\.toml.*{said}"):
        load_rulebook("test")


def test_a_missing_file_is_refused_by_name(book: Path) -> None:
    with pytest.raises(RuleError, match=r"absent\.toml"):
        load_rulebook("absent")
    with pytest.raises(RuleError, match=r"absent\.csv"):
        read_csv("absent")


def test_csv_rows_are_text_and_ragged_ones_are_refused(book: Path) -> None:
    book.with_name("list.csv").write_text('\ufeffname,alias\nSở Nội vụ,"SNV, Sở"\n', "utf-8")
    assert read_csv("list") == read_csv("list.csv") == [{"name": "Sở Nội vụ", "alias": "SNV, Sở"}]
    book.with_name("ragged.csv").write_text("a,b\n1,2\n1\n", "utf-8")
    with pytest.raises(RuleError, match=r"ragged.csv.*3"):
        read_csv("ragged")


def test_version_changes_with_any_byte_of_the_rules(book: Path) -> None:
    before = rules_version()
    assert rules_version() == before
    book.write_text(GOOD + "# a remark\n", "utf-8")
    assert rules_version() != before
    assert len(before) == 12
