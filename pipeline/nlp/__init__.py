"""The canonical text read by a spaCy pipeline: tokens, sentences and the rules' matches, found once."""

from __future__ import annotations

from pipeline.nlp.load import load_nlp
from pipeline.nlp.reading import Reading, read

__all__ = ["Reading", "load_nlp", "read"]
