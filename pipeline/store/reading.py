"""Tables as pandas frames: one line for an analyst."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pipeline.store.remote import is_remote, latest_remote
from pipeline.tables.schemas import SCHEMAS

if TYPE_CHECKING:
    import pandas as pd


def read_tables(folder: str | Path = "data/processed/latest") -> dict[str, pd.DataFrame]:
    """Every table of a build as a pandas frame with Arrow types (dates stay dates, nulls stay nulls).

    All tables are of one build, also where another is published, or this one is removed, meanwhile.

    Args:
        folder: what is published, such as `data/processed/latest`, a build such as `data/processed/builds/3f2a…`, or
            the URI that a run published to ("s3://bucket/prefix").

    Returns:
        Table name to frame.

    Raises:
        FileNotFoundError: the folder holds no build.
    """
    import pandas as pd

    with ExitStack() as stack:
        tables = _fetched(str(folder), stack) if is_remote(str(folder)) else _opened(Path(folder), stack)
        return {name: pd.read_parquet(file, dtype_backend="pyarrow") for name, file in tables.items()}


def _fetched(uri: str, stack: ExitStack) -> dict[str, IO[bytes]]:
    """All objects of the build that is published in a store; others stay there as long as the run keeps them."""
    store, place = latest_remote(uri)
    return {name: stack.enter_context(store.open_input_file(f"{place}/{name}.parquet")) for name in SCHEMAS}


def _opened(folder: Path, stack: ExitStack) -> dict[str, IO[bytes]]:
    """All files of the one build that `folder` led to: once open, they outlive their removal."""
    while True:
        build = folder.resolve()
        try:
            return {name: stack.enter_context((build / f"{name}.parquet").open("rb")) for name in SCHEMAS}
        except FileNotFoundError as error:
            if folder.resolve() == build:
                why = f"{folder}: chưa có bảng, hãy chạy `kehoach run`. / no tables here; run `kehoach run` first."
                raise FileNotFoundError(why) from error
