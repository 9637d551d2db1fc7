"""`kehoach check`: is everything there that reading needs, and what to do about what is not."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

_ASKED = "Kế hoạch công tác thi đua, khen thưởng"
"""What every plan says: the models must know it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `found` says what is there, `cure` what to do."""

    name: str
    ok: bool
    found: str
    cure: str = ""
    needed: bool = True


def run_checks() -> list[Check]:
    """Tesseract, its Vietnamese data, the way it is reached, LibreOffice, the tool for RAR, rules, models."""
    return [_tesseract(), _vietnamese_data(), _engine(), _libreoffice(), _rar_tool(), _rules(), *_models()]


def print_checks(checks: list[Check]) -> None:
    """One line each on stdout, the cure below what is missing."""
    for check in checks:
        mark = "ok     " if check.ok else "MISSING" if check.needed else "absent "
        print(f"{mark} {check.name}: {check.found}")
        if not check.ok:
            print(f"        → {check.cure}")


def _tesseract() -> Check:
    lines = _output(["tesseract", "--version"])
    cure = "Cài / install: apt-get install tesseract-ocr"
    return Check("Tesseract", bool(lines), lines[0] if lines else "không có / not found", cure)


def _vietnamese_data() -> Check:
    found = "vie" in _output(["tesseract", "--list-langs"])
    cure = "Cài / install: apt-get install tesseract-ocr-vie"
    return Check("Tesseract vie", found, "vie" if found else "không có / not found", cure)


def _engine() -> Check:
    from pipeline.ingest.ocr.choice import chosen_engine

    choice = chosen_engine()
    cure = "Không cần, chỉ nhanh hơn / not needed, only faster; Debian, Ubuntu: rm -rf .venv && make setup"
    return Check("OCR engine", choice.package == "tesserocr", f"{choice.package} ({choice.why})", cure, needed=False)


def _libreoffice() -> Check:
    path = shutil.which("soffice") or shutil.which("libreoffice")
    cure = "Cần cho DOC, RTF, ODT / needed for DOC, RTF, ODT: apt-get install libreoffice-writer-nogui"
    return Check("LibreOffice", path is not None, path or "không có / not found", cure, needed=False)


def _rar_tool() -> Check:
    path = next(filter(None, map(shutil.which, ("bsdtar", "unar", "unrar"))), None)
    cure = "Cần cho tệp nén trong RAR / needed for what is packed in RAR: apt-get install libarchive-tools"
    return Check("RAR", path is not None, path or "không có / not found", cure, needed=False)


def _rules() -> Check:
    from pipeline.rulebook import check_rules, rules_version

    def load() -> str:
        count = check_rules()
        return f"{count} quy tắc / rules, version {rules_version()}"

    return _loading("Rules", load, "Sửa tệp trong rules/ như thông báo. / Mend the file in rules/ as it says.")


def _models() -> list[Check]:
    """Each model is asked for something it must know, as a file may be there and be the wrong one."""
    asked = {"plan": _plan, "confidence": _confidence, "words": _words, "syllables": _syllables, "digits": _digits}
    cures = dict.fromkeys(asked, "Chạy / run: make models") | {"confidence": "Chạy / run: make confidence READ=…"}
    return [_loading(f"Models: {name}", ask, cures[name]) for name, ask in asked.items()]


def _plan() -> str:
    from pipeline.nlp import load_nlp

    nlp = load_nlp()
    return f"{nlp.meta['version']}: {' | '.join(token.text for token in nlp(_ASKED))}"


def _confidence() -> str:
    from pipeline.extract.confidence import weights_at_hand

    return f"{len(weights_at_hand())} trọng số / weights"


def _words() -> str:
    from pipeline.ingest.repair.table import word_table

    return _known(word_table().knows)


def _syllables() -> str:
    from pipeline.ingest.language.vietnamese import syllable_count

    return _known(lambda syllable: syllable_count(syllable) > 0)


def _known(knows: Callable[[str], bool]) -> str:
    asked = _ASKED.lower().replace(",", "").split()
    if unknown := [syllable for syllable in asked if not knows(syllable)]:
        raise ValueError(f"không biết / does not know: {', '.join(unknown)}")
    return ", ".join(asked)


def _digits() -> str:
    import numpy as np

    from pipeline.ingest.hand.glyph import chances

    read = int(chances([np.ones((16, 2), np.bool_)])[0].argmax())
    if read != 1:
        raise ValueError(f"một nét đứng đọc thành / an upright stroke is read {read}")
    return "một nét đứng là / an upright stroke is 1"


def _loading(name: str, load: Callable[[], str], cure: str) -> Check:
    try:
        return Check(name, True, load())
    except Exception as error:  # whatever is wrong with a rule or a model is what the check is there to say
        return Check(name, False, f"{type(error).__name__}: {error}", cure)


def _output(command: list[str]) -> list[str]:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return (done.stdout or done.stderr).split("\n")
