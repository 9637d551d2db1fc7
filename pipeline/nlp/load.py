"""The spaCy pipeline of models/plan, loaded once per process."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pipeline.rulebook import RuleError, models_dir

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def load_nlp() -> Language:
    """The pipeline of models/plan: tokens, sentences, span groups. RuleError when it was not built."""
    import spacy

    register()
    path = models_dir() / "plan"
    if not (path / "config.cfg").is_file():
        raise RuleError(f"models/plan: chưa dựng / not built ({path}): python -m pipeline.nlp.build models/plan")
    return spacy.load(path)


def register() -> None:
    """Make the tokenizer and the components known to spaCy where no entry points are installed."""
    import pipeline.nlp.matcher
    import pipeline.nlp.sentences
    import pipeline.nlp.tokenizer  # noqa: F401
