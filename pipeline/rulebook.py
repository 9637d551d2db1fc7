"""Rules as data: rules/*.toml become compiled patterns, rules/*.csv become rows.

Patterns are folded when they are loaded and matched on folded text (`pipeline.fold`). A file holds

    [fragments]  name = 'pattern'           used as {{name}} in patterns and in other fragments
    [lists]      name = ["word", ...]       used as {{list:name}}: one of the words, the longest first
    [[rule]]     id, group, pattern, examples, counter_examples; flags ("i" any case, "m" ^ and $ at lines),
                 valid_from, valid_to, source
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import tomllib
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pipeline.fold import fold

_PLACEHOLDER = re.compile(r"\{\{([a-z0-9_:.]+)\}\}")
_FILE_KEYS = {"fragments", "lists", "rule"}
_RULE_KEYS = {
    "id", "group", "pattern", "flags", "examples", "counter_examples", "valid_from", "valid_to", "source"
}  # fmt: skip
_NEEDED_KEYS = ("id", "group", "pattern", "examples", "counter_examples")
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE}
_DEEPEST_FRAGMENT = 20


class RuleError(Exception):
    """A rule file that is missing or wrong: names file, rule and what is wrong. Stops the program."""


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """One find of a rule. Offsets count code points of the text searched; `values` are folded text."""

    rule_id: str
    group: str
    start: int
    end: int
    values: Mapping[str, str]
    spans: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Example:
    """A text the rule must find: the words it must cover and the named values it must give, where said."""

    text: str
    match: str | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    group: str
    pattern: re.Pattern[str]
    examples: tuple[Example, ...]
    counter_examples: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Rulebook:
    """The rules and word lists of one file."""

    name: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, tuple[str, ...]]

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self._by_group)

    @cached_property
    def _by_group(self) -> Mapping[str, tuple[Rule, ...]]:
        names = dict.fromkeys(rule.group for rule in self.rules)
        return {name: tuple(rule for rule in self.rules if rule.group == name) for name in names}

    def find(self, group: str, folded: str, start: int = 0, end: int | None = None) -> list[RuleMatch]:
        """All matches left to right without overlap; the longest at a place, then the first rule, wins."""
        return list(self._walk(group, folded, start, len(folded) if end is None else end))

    def first(self, group: str, folded: str, start: int = 0, end: int | None = None) -> RuleMatch | None:
        """The match that `find` gives first, without looking for the others."""
        last = len(folded) if end is None else end
        best: tuple[Rule, re.Match[str]] | None = None
        for rule in self._of(group):
            match = rule.pattern.search(folded, start, last)
            if match and match.end() == match.start():
                match = _next(rule, folded, match.end() + 1, last)
            if match and (best is None or (match.start(), -match.end()) < (best[1].start(), -best[1].end())):
                best = rule, match
        return _rule_match(*best) if best else None

    def full(self, group: str, text: str) -> RuleMatch | None:
        """The first rule that matches the whole of `text` (folded here)."""
        return self.whole(group, fold(text))

    def whole(self, group: str, folded: str) -> RuleMatch | None:
        """The same for a text that was folded before, such as many lines at once."""
        for rule in self._of(group):
            if match := rule.pattern.fullmatch(folded):
                return _rule_match(rule, match)
        return None

    def words(self, list_name: str) -> tuple[str, ...]:
        if list_name not in self.lists:
            raise RuleError(f"rules/{self.name}.toml: không có danh sách / no list '{list_name}'")
        return self.lists[list_name]

    def _of(self, group: str) -> tuple[Rule, ...]:
        if group not in self._by_group:
            raise RuleError(f"rules/{self.name}.toml: không có nhóm / no group '{group}'")
        return self._by_group[group]

    def _walk(self, group: str, folded: str, start: int, end: int) -> Iterator[RuleMatch]:
        rules = self._of(group)
        ahead = [_next(rule, folded, start, end) for rule in rules]
        while any(ahead):
            rule, best = min(
                ((rule, match) for rule, match in zip(rules, ahead, strict=True) if match),
                key=lambda pair: (pair[1].start(), -pair[1].end()),
            )
            yield _rule_match(rule, best)
            ahead = [
                _next(rule, folded, best.end(), end) if match and match.start() < best.end() else match
                for rule, match in zip(rules, ahead, strict=True)
            ]


def _next(rule: Rule, folded: str, start: int, end: int) -> re.Match[str] | None:
    """The rule's next match that covers at least one character."""
    while start < end and (match := rule.pattern.search(folded, start, end)):
        if match.end() > match.start():
            return match
        start = match.end() + 1
    return None


def _rule_match(rule: Rule, match: re.Match[str]) -> RuleMatch:
    values = {name: value for name, value in match.groupdict().items() if value is not None}
    spans = {name: match.span(name) for name in values}
    return RuleMatch(rule.id, rule.group, match.start(), match.end(), values, spans)


# --- where the files are ----------------------------------------------------------------------


def _data_dir(name: str) -> Path:
    """Inside the installed package, else beside it in a checkout."""
    package = Path(__file__).parent
    return package / name if (package / name).is_dir() else package.parent / name


def rules_dir() -> Path:
    """The folder of rule files; the environment variable KEHOACH_RULES names another."""
    return _chosen_dir(os.environ.get("KEHOACH_RULES"))


@cache
def _chosen_dir(chosen: str | None) -> Path:
    return Path(chosen) if chosen else _data_dir("rules")


def models_dir() -> Path:
    """The folder of built models, beside the rules."""
    return _data_dir("models")


def rules_version() -> str:
    """The first 12 hex digits of a hash over the names and bytes of all rule and model files."""
    digest = hashlib.sha256()
    for root in (rules_dir(), models_dir()):
        for path in sorted(p for p in root.rglob("*") if p.is_file() and not p.name.startswith(".")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


# --- loading ----------------------------------------------------------------------------------


def load_rulebook(name: str) -> Rulebook:
    """rules/<name>.toml, compiled once per process. RuleError when missing or malformed."""
    return _load(name, rules_dir())


@cache
def _load(name: str, folder: Path) -> Rulebook:
    path = folder / f"{name}.toml"
    try:
        return _rulebook(path.stem, tomllib.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        raise RuleError(f"rules/{path.name}: thiếu tệp quy tắc / the rule file is missing ({path})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RuleError(f"rules/{path.name}: không đọc được / cannot be read: {error}") from None
    except RuleError as error:
        raise RuleError(f"rules/{path.name}: {error}") from None


def _rulebook(name: str, raw: Mapping[str, Any]) -> Rulebook:
    _refuse_unknown("tệp / file", raw, _FILE_KEYS)
    lists = {key: tuple(words) for key, words in raw.get("lists", {}).items()}
    literals = dict(raw.get("fragments", {})) | {f"list:{key}": _alternation(w) for key, w in lists.items()}
    rules = tuple(_rule(entry, literals) for entry in raw.get("rule", ()))
    twice = {rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1}
    if twice:
        raise RuleError(f"id dùng hai lần / id used twice: {', '.join(sorted(twice))}")
    return Rulebook(name, rules, lists)


def _alternation(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _refuse_unknown(where: str, raw: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(raw) - known):
        allowed = ", ".join(sorted(known))
        raise RuleError(f"{where}: khóa lạ / unknown key {', '.join(unknown)}; allowed: {allowed}")


def _rule(raw: Mapping[str, Any], literals: Mapping[str, str]) -> Rule:
    name = str(raw.get("id", "?"))
    _refuse_unknown(f"[{name}]", raw, _RULE_KEYS)
    if missing := [key for key in _NEEDED_KEYS if not raw.get(key)]:
        raise RuleError(f"[{name}]: thiếu / is missing {', '.join(missing)}")
    pattern = _compile(name, _expand(name, raw["pattern"], literals), raw.get("flags", ""))
    examples = tuple(_example(name, example) for example in raw["examples"])
    return Rule(name, raw["group"], pattern, examples, tuple(raw["counter_examples"]))


def _example(rule: str, raw: str | Mapping[str, Any]) -> Example:
    if isinstance(raw, str):
        return Example(raw)
    _refuse_unknown(f"[{rule}] examples", raw, {"text", "match", "values"})
    return Example(raw["text"], raw.get("match"), raw.get("values"))


def _expand(rule: str, pattern: str, literals: Mapping[str, str]) -> str:
    for _ in range(_DEEPEST_FRAGMENT):
        names = set(_PLACEHOLDER.findall(pattern))
        if not names:
            return pattern
        if unknown := names - set(literals):
            raise RuleError(f"[{rule}]: không có mảnh / no fragment or list {', '.join(sorted(unknown))}")
        pattern = _PLACEHOLDER.sub(lambda found: literals[found[1]], pattern)
    raise RuleError(f"[{rule}]: mảnh gọi lẫn nhau / fragments that name each other")


def _compile(rule: str, source: str, flags: str) -> re.Pattern[str]:
    if unknown := set(flags) - set(_FLAGS):
        raise RuleError(f"[{rule}]: cờ lạ / unknown flags {''.join(sorted(unknown))}; known: i, m")
    number = sum(_FLAGS[letter] for letter in set(flags))
    folded = fold(unicodedata.normalize("NFC", source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            return re.compile(folded, number)
    except (re.error, FutureWarning) as error:
        raise RuleError(f"[{rule}]: mẫu sai / the pattern is wrong: {error}: {folded}") from None


# --- lists ------------------------------------------------------------------------------------


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of rules/<name>.csv (the ending may be left out). RuleError when missing or ragged."""
    return [dict(row) for row in _rows(rules_dir() / f"{name.removesuffix('.csv')}.csv")]


@cache
def _rows(path: Path) -> Sequence[Mapping[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except FileNotFoundError:
        raise RuleError(f"rules/{path.name}: thiếu danh sách / the list is missing ({path})") from None
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise RuleError(f"rules/{path.name}: dòng / line {number}: số cột sai / wrong number of columns")
    return rows


def check_rules() -> int:
    """Load every rule file and list; the number of rules. RuleError says what is missing or wrong."""
    for path in sorted(rules_dir().glob("*.csv")):
        read_csv(path.name)
    return sum(len(load_rulebook(path.stem).rules) for path in sorted(rules_dir().glob("*.toml")))
