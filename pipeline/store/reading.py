"""Tables as pandas frames: one line for an analyst."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.tables.schemas import SCHEMAS

if TYPE_CHECKING:
    import pandas as pd


def read_tables(folder: str | Path = "data/processed/latest") -> dict[str, pd.DataFrame]:
    """Every table of a build as a pandas frame with Arrow types (dates stay dates, nulls stay nulls).

    Args:
        folder: a published build, such as `data/processed/latest`.

    Returns:
        Table name to frame.

    Raises:
        FileNotFoundError: the folder holds no build.
    """
    import pandas as pd

    path = Path(folder).resolve()
    if not (path / "documents.parquet").is_file():
        raise FileNotFoundError(f"{folder}: no tables here; run `kehoach run` first")
    return {name: pd.read_parquet(path / f"{name}.parquet", dtype_backend="pyarrow") for name in SCHEMAS}
