"""A spaCy tokenizer over underthesea's word segmentation that loses nothing: `doc.text == text`, always.

underthesea rewrites what it reads (one blank between syllables, NFC, Ð to Đ), so only the places where it
cuts are taken from it: its words and the text are walked side by side, blanks left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab
from underthesea.pipeline.word_tokenize import word_tokenize

# Lines and cells are segmented one by one, very long ones in pieces that end at a blank.
_IN_LINE = r"[^\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]{1,4000}"
_PIECE = re.compile(rf"{_IN_LINE}(?!\S)|{_IN_LINE}")
# underthesea's pattern for web addresses backtracks without bound, and no word is this long: hidden from it.
_HIDDEN = re.compile(r"\S*(?:https?|ftps?|//|\.[a-z]{2,13}/)\S*|\S{60,}")
# A reference, date or amount is one token: 98/2023/NĐ-CP, 34-CT/TW, 07/4/2014, 1.200.000.
_WHOLE = re.compile(
    r"(?<!\w)\d{1,8}[^\W\d_]{0,2}(?:[.,]\d{1,10}|/\w{1,15}|[-‐‑–](?:[A-ZĐÐ]{2,12}\d{0,2}|\d{1,10})){1,9}(?!\w)\s*"
)


class PlanTokenizer(DummyTokenizer):
    """Words of Vietnamese; any white space but one blank after a word is a token of its own."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        last = 0
        for start, end in _tokens(text):
            _add_gap(text[last:start], words, spaces)
            words.append(text[start:end])
            spaces.append(False)
            last = end
        _add_gap(text[last:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def __reduce__(self) -> tuple[type[PlanTokenizer], tuple[Vocab]]:
        return PlanTokenizer, (self.vocab,)


@registry.tokenizers("kehoach.underthesea.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], PlanTokenizer]:
    """The config's [nlp.tokenizer] block calls this."""
    return _tokenizer_of


def _tokenizer_of(nlp: Language) -> PlanTokenizer:
    return PlanTokenizer(nlp.vocab)


def _add_gap(gap: str, words: list[str], spaces: list[bool]) -> None:
    """White space between two words: the first blank belongs to the word before it, the rest is a token."""
    if gap.startswith(" ") and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word of the text, in order; none starts or ends with white space."""
    for found in _PIECE.finditer(text):
        piece = found[0]
        cuts = sorted(_word_starts(piece))
        for start, next_start in pairwise([*cuts, len(piece)]):
            yield found.start() + start, found.start() + start + len(piece[start:next_start].rstrip())


def _word_starts(piece: str) -> set[int]:
    if piece.isalnum():
        return {0}  # one syllable: nothing to segment
    shown = _HIDDEN.sub(lambda run: "x" * len(run[0]), piece)
    starts = _aligned(shown)
    for whole in _WHOLE.finditer(piece):
        starts.difference_update(range(whole.start() + 1, whole.end()))
        starts.update(place for place in whole.span() if place < len(piece))
    return starts


def _aligned(piece: str) -> set[int]:
    """Where underthesea's words start in `piece`; syllables from the first word that is not found on."""
    letters, places = _letters(piece)
    starts: set[int] = set()
    at = 0
    for word in word_tokenize(piece, use_token_normalize=False):
        word = "".join(word.split())
        if not letters.startswith(word, at):
            break
        starts.add(places[at])
        at += len(word)
    if at < len(places):
        starts.update(run.start() for run in re.finditer(r"\S+", piece) if run.start() > places[at])
        starts.add(places[at])
    return starts


def _letters(piece: str) -> tuple[str, list[int]]:
    """The characters underthesea will see, blanks left out, and the place in `piece` each comes from."""
    if unicodedata.is_normalized("NFC", piece):
        letters = "".join(piece.split())
        places = [place for place, sign in enumerate(piece) if not sign.isspace()]
    else:
        clusters = [(found.start(), unicodedata.normalize("NFC", found[0])) for found in _clusters(piece)]
        letters = "".join(composed for _, composed in clusters)
        places = [place for place, composed in clusters for _ in composed]
    return letters.replace("Ð", "Đ").replace("ð", "đ"), places


def _clusters(piece: str) -> Iterator[re.Match[str]]:
    """Each character that is no blank, with the combining marks after it."""
    return re.finditer(r"\S[\u0300-\u036f]*", piece)
