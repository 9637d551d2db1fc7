"""What a check found, in one line for people."""

from __future__ import annotations

import pyarrow as pa

_SHOWN = 3


def told(table: str, rows: pa.Table | pa.Array | pa.ChunkedArray, column: str, vi: str, en: str) -> list[str]:
    """Nothing where no row is at fault; else one line with how many there are and the first of them.

    Args:
        rows: those at fault: a table, or the values of `column` alone.
        column: names the rows; of a table, its values are shown.
    """
    count = rows.num_rows if isinstance(rows, pa.Table) else len(rows)
    if not count:
        return []
    values = rows[column] if isinstance(rows, pa.Table) else rows
    shown = ", ".join(map(str, values[:_SHOWN].to_pylist())) + (", …" if count > _SHOWN else "")
    return [f"{table}: {count} {vi}. / {count} {en}. [{column}: {shown}]"]
