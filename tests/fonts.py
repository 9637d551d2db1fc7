"""Fonts with Vietnamese letters for made-up pages: the DejaVu that matplotlib carries, so that none need be installed."""

from __future__ import annotations

from pathlib import Path

import matplotlib

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
SERIF = FONTS / "DejaVuSerif.ttf"
