"""Kind of paper, its title (trích yếu) and the years the title names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.extract.evidence import Span, field
from pipeline.extract.lines import Line
from pipeline.extract.toneless import toneless
from pipeline.fold import fold
from pipeline.records import Field, PlanText
from pipeline.rulebook import Rulebook, RuleMatch, load_rulebook

LETTER = "Công văn"


def read_type(plan: PlanText, title: Sequence[Line], symbol: str | None, symbol_span: Span | None) -> tuple[Field, ...]:
    """Field doc_type: from the type line, else from the symbol, else an official letter where a "V/v" stands."""
    rules = load_rulebook("header")
    if title and (match := rules.first("type", title[0].folded)):
        span = (title[0].start, title[0].start + match.end)
        name = _type_name(match.rule_id, title[0].folded[: match.end])
        return (field(plan, "doc_type", name, "header", span, match.rule_id, 0.98),)
    if title and (spoilt := _spoilt_type(title[0])):
        return (field(plan, "doc_type", spoilt, "header", (title[0].start, title[0].end), "type.spoilt", 0.9),)
    if title:
        span = (title[0].start, title[0].end)
        return (field(plan, "doc_type", LETTER, "header", span, "type.letter", 0.93),)
    if symbol and symbol_span:
        kind = type_of_symbol(symbol)
        return (field(plan, "doc_type", kind or LETTER, "symbol", symbol_span, "type.symbol", 0.85 if kind else 0.6),)
    return ()


def _spoilt_type(line: Line) -> str | None:
    """A type line whose marks a scan lost: "THÔNG BẢO"."""
    wanted = toneless(line.text).lower().strip(" :.")
    names = load_rulebook("header").words("type_names") if line.text.isupper() else ()
    return next((name for name in names if toneless(name).lower() == wanted), None)


def _type_name(rule_id: str, printed: str) -> str:
    """ "KẾ HOẠCH LIÊN TỊCH" → "Kế hoạch liên tịch"; a scan's slip in a known type is put right by the rule's name."""
    names = load_rulebook("header").words("type_names")
    wanted = printed.casefold().strip(" :.")
    exact = next((name for name in names if name.casefold() == wanted), None)
    by_rule = {"type.plan": "Kế hoạch", "type.decision": "Quyết định", "type.directive": "Chỉ thị"}
    return exact or by_rule.get(rule_id) or printed.capitalize()


def type_of_symbol(symbol: str) -> str | None:
    """ "KH-UBND" → "Kế hoạch"; None when the symbol begins with an office ("UBND-VX")."""
    pairs = dict(pair.split("=", 1) for pair in load_rulebook("header").words("symbol_types"))
    return pairs.get(re.split(r"[-/]", symbol)[0])


def read_title(plan: PlanText, title: Sequence[Line], doc_type: str | None) -> tuple[Field, ...]:
    """Fields title, plan_year, plan_start_year, plan_end_year. `title` holds the type line too, if there is one."""
    rules = load_rulebook("header")
    match = rules.first("type", title[0].folded) if title else None
    asides = load_rulebook("zones")
    typed = match is not None or bool(title and _spoilt_type(title[0]))
    lines = [line for line in title[1 if typed else 0 :] if not asides.full("aside", line.folded)]
    rest = title[0].text[match.end :].strip(" :.-") if match else ""
    words = " ".join([rest, *(line.text for line in lines)]).strip()
    value = _without_type(_tidy(words, rules), doc_type)
    if not value:
        return ()
    span = (lines[0].start, lines[-1].end) if lines and not rest else (title[0].start, title[-1].end)
    confidence = 0.96 if match else 0.9
    years = _years(value, rules)
    made = [field(plan, "title", value, "header", span, "title.lines", confidence)]
    made += [field(plan, name, year, "header", span, "title.years", confidence) for name, year in years.items()]
    return tuple(made)


def _tidy(words: str, rules: Rulebook) -> str:
    # Offsets agree because folding keeps the length.
    while found := rules.first("tail", fold(words)):
        words = words[: found.start].rstrip()
    return words.strip(" ;:,-_*")


def _without_type(words: str, doc_type: str | None) -> str:
    """The type word repeated at the head of the title is no part of it ("Kế hoạch hóa gia đình" is)."""
    if doc_type and fold(words).casefold().startswith(doc_type.casefold() + " "):
        rest = words[len(doc_type) :].lstrip(" :")
        return words if rest.casefold().startswith(("hóa ", "hoá ")) else rest
    return words


def _years(title: str, rules: Rulebook) -> dict[str, int]:
    """The year or span of years a title names; years of cited papers, of single months and goals are none."""
    folded = fold(title)
    folded = _blanked(folded, rules.find("no_year", folded))
    ranges = rules.find("year_range", folded)
    folded = _blanked(folded, ranges)
    single = sorted({int(found.values["year"]) for found in rules.find("single_year", folded)})
    if len(single) == 1:
        return {"plan_year": single[0], "plan_start_year": single[0], "plan_end_year": single[0]}
    if single and not ranges:
        return {"plan_start_year": single[0], "plan_end_year": single[-1]}
    if ranges:
        return {"plan_start_year": int(ranges[0].values["first"]), "plan_end_year": _last(ranges[0].values)}
    return {}


def _blanked(text: str, matches: Sequence[RuleMatch]) -> str:
    for found in matches:
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text


def _last(values: Mapping[str, str]) -> int:
    """ "2024-25" ends in 2025."""
    first, last = values["first"], values["last"]
    return int(last) if len(last) == 4 else int(first[:2] + last)
