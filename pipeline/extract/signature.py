"""The signature block: who signs, under which title, in whose name. Joint papers give several, joined by "; "."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.extract import evidence
from pipeline.extract.issuer_names import office_in, sentence_case
from pipeline.extract.lines import Line, lines_of
from pipeline.extract.zones import SIGNATURE, Zones
from pipeline.nlp import Reading
from pipeline.records import Field
from pipeline.rulebook import Rulebook, RuleMatch, load_rulebook

Piece = tuple[str, int, int]
"""Words of the block with their place in the text."""


@dataclass(slots=True)
class _Signer:
    """What the lines above one name say; `name` stays None where it was left blank."""

    authority: list[Piece] = field(default_factory=list)
    title: list[Piece] = field(default_factory=list)
    name: Piece | None = None


def read_signature(reading: Reading, zones: Zones) -> tuple[Field, ...]:
    """Fields signer_name, signer_title and sign_authority of the paper's own signature block."""
    lines = lines_of(reading.plan)
    block = [lines[index] for index in zones.blocks(SIGNATURE)]
    signers = [signer for column in _columns(block) for signer in _signers(column)]
    named = [signer for signer in signers if signer.name] or signers[:1]
    groups = {
        "signer_name": [[signer.name] for signer in named if signer.name],
        "signer_title": [signer.title for signer in named if signer.title],
        "sign_authority": [signer.authority for signer in named if signer.authority],
    }
    return tuple(_field(reading, name, parts) for name, parts in groups.items() if parts)


def _field(reading: Reading, name: str, parts: Sequence[Sequence[Piece]]) -> Field:
    joint = ", " if name == "sign_authority" else " "
    value = "; ".join(joint.join(words for words, _, _ in pieces) for pieces in parts)
    first, last = parts[0][0], parts[-1][-1]
    confidence = 0.95 if name == "signer_name" else 0.93
    return evidence.field(
        reading.plan, name, value, "signature", (first[1], max(first[2], last[2])), f"signature.{name}", confidence
    )


def _columns(block: Sequence[Line]) -> list[list[Line]]:
    """Two signers side by side are told by their columns; else the block is one list."""
    rules = load_rulebook("zones")
    both = [[line for line in block if line.column == column] for column in (1, 2)]
    if all(any(rules.first("signature_start", line.folded) for line in column) for column in both):
        return both
    return [list(block)]


def _signers(block: Sequence[Line]) -> list[_Signer]:
    rules, starts = load_rulebook("signature"), load_rulebook("zones")
    signers = [_Signer()]
    for words, folded, start in _pieces(block, rules):
        piece = (words, start, start + len(words))
        signer = signers[-1]
        opens = starts.first("signature_start", folded) is not None
        if signer.name:
            if opens:
                signers.append(signer := _Signer())
            else:
                continue
        if rules.full("noise", folded):
            continue
        _take(signer, piece, folded, opens, rules)
    return [signer for signer in signers if signer.title or signer.authority or signer.name]


def _pieces(block: Sequence[Line], rules: Rulebook) -> Iterator[tuple[str, str, int]]:
    """The block's lines; a line that holds several printed ones is broken before each office."""
    for line in block:
        if line.is_table:
            continue
        cuts = [0, *(found.end for found in rules.find("break", line.folded)), len(line.text)]
        for start, end in pairwise(cuts):
            words = line.text[start:end]
            lead = len(words) - len(words.lstrip())
            if words.strip():
                yield words.strip(), line.folded[start:end].strip(), line.start + start + lead


def _take(signer: _Signer, piece: Piece, folded: str, opens: bool, rules: Rulebook) -> None:
    words, start, end = piece
    if (match := rules.first("authority", folded)) and not signer.title:
        signer.authority.append((_authority(words, match), start, end))
    elif name := _name(folded, opens, rules):
        first, last = name.spans["name"]
        signer.name = (words[first:last].strip(), start + first, start + last)
    elif opens and not signer.title:
        signer.title.append((sentence_case(words), start, end))
    elif words.isupper() and not signer.title and (office := office_in(words)):
        signer.title.append((office, end - len(office), end))
    elif len(signer.title) == 1 and words.isupper() and not opens and start <= signer.title[0][2] + 1:
        signer.title.append((_small_head(sentence_case(words)), start, end))
    elif signer.authority and not signer.title and words.isupper():
        held, at, _ = signer.authority[-1]
        signer.authority[-1] = (f"{held} {_small_head(sentence_case(words))}", at, end)


def _name(folded: str, opens: bool, rules: Rulebook) -> RuleMatch | None:
    """A person's name: every word with a capital, no office in it."""
    match = rules.full("name", folded)
    if match is None or opens or rules.first("no_name", match.values["name"]) or office_in(folded):
        return None
    return match


def _authority(words: str, match: RuleMatch) -> str:
    prefix = words[: match.spans["whom"][0]].strip().replace(" ", "")
    return f"{prefix} {sentence_case(words[match.spans['whom'][0] :])}"


def _small_head(words: str) -> str:
    """ "Tỉnh Long An" behind an office: "tỉnh Long An"."""
    places = ("Tỉnh ", "Thành phố ", "Huyện ", "Quận ", "Thị xã ", "Xã ", "Phường ", "Thị trấn ", "Thường trực")
    small = words.startswith(places) and not words.startswith(("Tỉnh ủy", "Huyện ủy", "Thành ủy", "Tỉnh đoàn"))
    return words[:1].lower() + words[1:] if small else words
