"""Every sample's file and gold as bytes."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Mapping

from tests.samples.printed import write_pdf
from tests.samples.scan import write_scan
from tests.samples.spec import Sample
from tests.samples.word import write_word


def write_text(sample: Sample) -> bytes:
    """The text itself; where it is to look like text taken off a PDF, wrapped with a blank line after each."""
    text = sample.text
    if sample.wrapped_at:
        lines = (textwrap.wrap(line, sample.wrapped_at, break_on_hyphens=False) for line in text.split("\n"))
        text = " \n\n".join(part for wrapped in lines for part in wrapped)
    return (text + "\n").encode()


WRITERS: Mapping[str, Callable[[Sample], bytes]] = {
    "docx": write_word,
    "pdf": write_pdf,
    "scan": write_scan,
    "txt": write_text,
    "md": write_text,
    "html": write_text,
}


def sample_bytes(sample: Sample) -> bytes:
    """What data/raw/<file name> holds."""
    return WRITERS[sample.form](sample)


def gold_bytes(sample: Sample) -> bytes:
    """What tests/gold/<stem>.json holds."""
    return (json.dumps(sample.gold, ensure_ascii=False, indent=1) + "\n").encode()
