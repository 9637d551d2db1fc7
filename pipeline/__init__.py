"""kehoach: Vietnamese provincial plans, scanned or text, as tables that people can trust.

import pipeline
tables = pipeline.read_tables("data/processed/latest")   # pandas frames
nlp = pipeline.load_nlp()                                # the spaCy pipeline of models/plan
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd
    from spacy.language import Language

__all__ = ["__version__", "load_nlp", "read_tables"]


def read_tables(folder: str | Path = "data/processed/latest") -> dict[str, pd.DataFrame]:
    """Every table of a build as a pandas frame; see `pipeline.store.reading.read_tables`."""
    from pipeline.store.reading import read_tables as read

    return read(folder)


def load_nlp() -> Language:
    """The spaCy pipeline of `models/plan`; see `pipeline.nlp.load_nlp`."""
    from pipeline.nlp import load_nlp as load

    return load()
