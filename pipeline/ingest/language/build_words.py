"""Count which syllables stand beside each other: `python -m pipeline.ingest.language.build_words models/words`.

Sources, all at hand where the program is installed: the word lists of underthesea (Viet11K to Viet74K; a pair of a
commoner word counts more), its evaluation text (pairs are counted, sentences are not kept) and the neighbours that its
two fitted models name as features (each once), the project's own rules (names, titles, examples; provinces count
more), rules/phrases.toml, rules/repair.toml's phrases, and the sample plans. One file is written, `pairs.tsv`: a
syllable, its count, and after it "next:count", all in small letters.
"""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.ingest.language.vietnamese import is_syllable
from pipeline.ingest.repair.table import NUMBER
from pipeline.rulebook import load_rulebook, read_csv, rules_dir

PAIRS_FILE = "pairs.tsv"
_LISTS = {"Viet11K.txt": 2.0, "Viet22K.txt": 1.0, "Viet39K.txt": 0.5, "Viet74K.txt": 0.3}
_TEXT = "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/test_output.txt"
_FITTED = (
    "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/models.bin",
    "pipeline/pos_tag/models/pos_crf_vlsp2013_20230303/models.bin",
)
_NEIGHBOURS = re.compile(rb"T\[-?\d,-?\d\](?:\.lower)?=([^\x00]{3,60})\x00")
_PHRASE_WEIGHT = 5.0
_CSV_COLUMNS = {
    "abbreviations": ("expansion",),
    "campaigns": ("name", "aliases"),
    "instruments": ("type", "name", "title", "issuer"),
    "issuer_words": ("written",),
    "provinces": ("name",),
    "seats": ("name", "province"),
    "units": ("name", "aliases"),
}
_PART = re.compile(r"\w+(?:[ \-]\w+)*")
_DIGITS = re.compile(r"\d+(?:[./-]\d+)*")


class _Counts:
    """Weighted counts of syllables and of neighbours."""

    def __init__(self) -> None:
        self.single: Counter[str] = Counter()
        self.pairs: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, phrase: str, weight: float) -> None:
        text = _DIGITS.sub(NUMBER, unicodedata.normalize("NFC", phrase))
        for part in _PART.findall(text):
            syllables = [s for s in re.split(r"[ \-]", part.lower()) if s]
            for at, syllable in enumerate(syllables):
                if not _counts(syllable):
                    continue
                self.single[syllable] += weight  # type: ignore[assignment]
                if at and _counts(syllables[at - 1]):
                    self.pairs[syllables[at - 1]][syllable] += weight  # type: ignore[assignment]


def _counts(syllable: str) -> bool:
    return syllable == NUMBER or is_syllable(syllable)


def build(target: Path) -> int:
    """Write the table into the folder `target`; the number of pairs. FileNotFoundError without a source."""
    counts = _Counts()
    package = Path(next(iter(getattr(find_spec("underthesea"), "submodule_search_locations", None) or ["."])))
    for name, weight in _LISTS.items():
        for line in (package / "corpus/data" / name).read_text("utf-8").splitlines():
            counts.add(line, weight)
    for sentence in _sentences(package / _TEXT):
        counts.add(sentence, 1.0)
    for phrase in _neighbours(package):
        counts.add(phrase, 1.0)
    for phrase in (*load_rulebook("repair").words("phrases"), *chain(*load_rulebook("phrases").lists.values())):
        counts.add(phrase, _PHRASE_WEIGHT)
    for row in read_csv("provinces"):
        counts.add(row["full_name"], _PHRASE_WEIGHT)
    for text in (*_rule_texts(), *_samples()):
        counts.add(text, 1.0)
    target.mkdir(parents=True, exist_ok=True)
    (target / PAIRS_FILE).write_text("".join(_lines(counts)), "utf-8")
    return sum(map(len, counts.pairs.values()))


def _lines(counts: _Counts) -> Iterator[str]:
    for syllable in sorted(counts.single):
        after = " ".join(f"{word}:{count:.1f}" for word, count in sorted(counts.pairs[syllable].items()))
        yield f"{syllable}\t{counts.single[syllable]:.1f}\t{after}\n"


def _sentences(path: Path) -> Iterator[str]:
    """The words of a tagged text, a word a line and an empty line after each sentence."""
    for block in path.read_text("utf-8").split("\n\n"):
        yield " ".join(line.split("\t")[0] for line in block.splitlines())


def _neighbours(package: Path) -> list[str]:
    """The words that stood side by side in the text underthesea's models were fitted on (VLSP 2013), each once."""
    found = {value for name in _FITTED for value in _NEIGHBOURS.findall((package / name).read_bytes())}
    return sorted({unicodedata.normalize("NFC", value.decode("utf-8", "ignore")).lower() for value in found})


def _rule_texts() -> Iterator[str]:
    for name, columns in _CSV_COLUMNS.items():
        for row in read_csv(name):
            for column in columns:
                yield row[column].replace("|", "; ")
    for path in sorted(rules_dir().glob("*.toml")):
        if path.stem not in ("pages", "phrases", "repair", "signers", "stamps"):  # these know misreadings, too
            for rule in load_rulebook(path.stem).rules:
                yield from (example.text for example in rule.examples)


def _samples() -> Iterator[str]:
    """The text of the sample plans, where the tests are at hand."""
    for path in sorted((rules_dir().parent / "tests/samples/plans").glob("*.toml")):
        yield from _strings(tomllib.loads(path.read_text("utf-8")).values())


def _strings(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield re.sub(r"[*_#\\]+", " ", value)
        elif isinstance(value, dict):
            yield from _strings(value.values())
        elif isinstance(value, list):
            yield from _strings(value)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m pipeline.ingest.language.build_words models/words")
    print(f"{sys.argv[1]}: {build(Path(sys.argv[1]))} pairs")
