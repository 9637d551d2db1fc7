"""Pages become one canonical text with an offset map back to page and box."""

from pipeline.text.compose import compose

__all__ = ["compose"]
