"""The rules of rules/*.toml as a spaCy component: exact matches and span groups, made once per document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.fold import fold
from pipeline.rulebook import Rulebook, RuleError, RuleMatch, load_rulebook


@Language.factory(
    "plan_matcher", default_config={"rule_files": {"dates": ["date"]}}, assigns=["doc.spans", "doc._.matches"]
)
def create_plan_matcher(nlp: Language, name: str, rule_files: dict[str, list[str]]) -> PlanMatcher:
    """The config's [components.plan_matcher] block calls this.

    `rule_files`: name in rules/ -> the groups of it to look for in whole documents; none named: all.
    """
    return PlanMatcher({load_rulebook(file): groups for file, groups in rule_files.items()})


class PlanMatcher:
    """Finds every group of its rule files.

    `doc._.matches[group]` keeps the matches with their own offsets; `doc.spans[group]` shows them widened to
    whole tokens, each span labelled with its rule's id.
    """

    def __init__(self, wanted: Mapping[Rulebook, Sequence[str]]) -> None:
        if not Doc.has_extension("matches"):
            Doc.set_extension("matches", default=None)
        self.groups = _book_by_group(wanted)

    def __call__(self, doc: Doc) -> Doc:
        folded = fold(doc.text)
        doc._.matches = {group: tuple(book.find(group, folded)) for group, book in self.groups.items()}
        for group, matches in doc._.matches.items():
            doc.spans[group] = [_span(doc, match) for match in matches]
        return doc


def _book_by_group(wanted: Mapping[Rulebook, Sequence[str]]) -> Mapping[str, Rulebook]:
    groups: dict[str, Rulebook] = {}
    for book, chosen in wanted.items():
        for group in chosen or book.groups:
            if group not in book.groups:
                raise RuleError(f"rules/{book.name}.toml: không có nhóm / no group '{group}'")
            if group in groups:
                both = f"{groups[group].name}, {book.name}"
                raise RuleError(f"nhóm ở hai tệp / group in two files: {group}: {both}")
            groups[group] = book
    return groups


def _span(doc: Doc, match: RuleMatch) -> Span:
    span = doc.char_span(match.start, match.end, label=match.rule_id, alignment_mode="expand")
    if span is None:
        raise RuntimeError(f"no token at {match.start}:{match.end}: the tokenizer lost text")
    return span
