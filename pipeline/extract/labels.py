"""Numbering at the head of a paragraph: "II.", "1.1.", "a)", "-", "+", "Phần I", "Điều 2.", "PHỤ LỤC I"."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rulebook import load_rulebook

# Outermost first. A paragraph without numbering that ends in ":" and opens a list stands just above its dashes.
APPENDIX, PART, CHAPTER, UPPER, ROMAN, ARTICLE, NUMBER, NESTED = range(8)
LETTER, PAREN, STAR, INTRO, DASH, PLUS, PLAIN = range(12, 19)

_RANKS = {
    "appendix": APPENDIX,
    "part": PART,
    "chapter": CHAPTER,
    "upper": UPPER,
    "roman": ROMAN,
    "roman_blank": ROMAN,
    "article": ARTICLE,
    "number": NUMBER,
    "nested": NESTED,
    "letter": LETTER,
    "paren": PAREN,
    "star": STAR,
    "dash": DASH,
    "plus": PLUS,
}
_BULLETS = (STAR, DASH, PLUS)


@dataclass(frozen=True, slots=True)
class Label:
    """`text` is what is printed ("2.1"); `rank` orders the kinds, outermost first; `end` counts in the line."""

    text: str
    rank: int
    end: int

    @property
    def is_bullet(self) -> bool:
        return self.rank in _BULLETS


def read_label(folded: str) -> Label | None:
    """The numbering a folded line begins with, or None."""
    found = load_rulebook("tasks").first("label", folded, 0, min(len(folded), 60))
    if found is None or found.start > 0:
        return None
    text, kind = found.values["label"], found.rule_id.split(".")[1]
    rank = _RANKS[kind] + (text.count(".") - 1 if kind == "nested" else 0)
    return Label(" ".join(text.split()), rank, found.end)
