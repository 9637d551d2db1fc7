"""Make the syllable table: `python -m pipeline.ingest.language.build_syllables models/words models/syllables`.

Source: the counts of models/words (underthesea's word lists and evaluation text, the rules, the sample plans; see
`build_words`). One file is written, `syllables.tsv`: each Vietnamese syllable in small letters and how often it was
counted; a syllable counted with its tone mark in one place ("hoà") is known with it in the other ("hòa"), too.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from pipeline.ingest.language.build_words import PAIRS_FILE
from pipeline.ingest.language.vietnamese import SYLLABLES_FILE, TONES, is_syllable

_GLIDES = ("oa", "oe", "uy")


def build(words: Path, target: Path) -> int:
    """Write the table into the folder `target`; the number of syllables. FileNotFoundError without `words`."""
    counts: dict[str, float] = {}
    for line in (words / PAIRS_FILE).read_text("utf-8").splitlines():
        syllable, count, _ = line.split("\t")
        if is_syllable(syllable):
            counts[syllable] = max(float(count), counts.get(syllable, 0.0))
            counts.setdefault(_other_placing(syllable), float(count))
    target.mkdir(parents=True, exist_ok=True)
    lines = (f"{syllable}\t{counts[syllable]:.1f}\n" for syllable in sorted(counts))
    (target / SYLLABLES_FILE).write_text("".join(lines), "utf-8")
    return len(counts)


def _other_placing(syllable: str) -> str:
    """The tone mark on the other letter of a final oa, oe, uy; the syllable itself where it has none of these."""
    apart = unicodedata.normalize("NFD", syllable)
    tone = next((sign for sign in apart if sign in TONES), "")
    plain = apart.replace(tone, "") if tone else apart
    if not tone or not plain.endswith(_GLIDES) or plain.startswith("qu"):
        return syllable
    placings = (plain[:-1] + tone + plain[-1], plain + tone)
    return next(new for place in placings if (new := unicodedata.normalize("NFC", place)) != syllable)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m pipeline.ingest.language.build_syllables models/words models/syllables")
    print(f"{sys.argv[2]}: {build(Path(sys.argv[1]), Path(sys.argv[2]))} syllables")
