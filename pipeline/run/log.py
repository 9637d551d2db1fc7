"""A run's log as JSON lines: what happened, to which document, on which page.

The log serves the run and never stops it: a line that can't be written is counted and left out.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, TextIO

from pipeline.run.shelf import prune

Level = Literal["debug", "info", "warning", "error"]
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""JSON leaves them as they are; a terminal or a line-wise reader does not."""


@dataclass(frozen=True, slots=True)
class Event:
    """What one line says, but for its time and run."""

    event: str
    message: str = ""
    level: Level = "info"
    document: str | None = None
    """`source_path`."""
    doc_id: str | None = None
    page: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further keys; those of the line itself win."""


class RunLog:
    """Appends to `path` (its folder is made), and to `stream` too where one is given (stderr for the journal)."""

    def __init__(self, path: Path, run_id: str, stream: TextIO | None = None) -> None:
        self._run_id, self._stream = run_id, stream
        self._file: int | None = None
        self._torn = False
        self.lost = 0
        """Lines that could not be written."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
            prune(path.parent, spare={path.stem})
        except OSError:
            self.lost += 1

    def __enter__(self) -> RunLog:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Later lines are lost, without complaint."""
        handle, self._file = self._file, None
        if handle is not None:
            try:
                os.close(handle)
            except OSError:
                self.lost += 1

    def write(self, event: Event) -> None:
        """One line, in one piece; it never raises."""
        try:
            line = line_of(event, self._run_id, dt.datetime.now(dt.UTC))
        except Exception:  # a key that can't be said must not cost the night
            self.lost += 1
            return
        self._to_file(line)
        self._to_stream(line)

    def write_all(self, events: Iterable[Event]) -> None:
        for event in events:
            self.write(event)

    def _to_file(self, line: str) -> None:
        if self._file is None:
            self.lost += 1
            return
        content = b"\n" * self._torn + line.encode()
        try:
            self._torn = os.write(self._file, content) < len(content)
        except OSError:
            self._torn, self.lost = True, self.lost + 1
            return
        self.lost += self._torn

    def _to_stream(self, line: str) -> None:
        if self._stream is not None:
            try:
                self._stream.write(line)
                self._stream.flush()
            except (OSError, ValueError):
                self._stream = None


def line_of(event: Event, run_id: str, time: dt.datetime) -> str:
    """The event as one JSON line with its line feed; what JSON can't hold is written as text."""
    own = {
        "time": time.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": event.level,
        "event": event.event,
        "run_id": run_id,
        "document": event.document,
        "doc_id": event.doc_id,
        "page": event.page,
        "message": event.message,
    }
    more = {str(name): value for name, value in event.more.items() if str(name) not in own}
    try:
        text = json.dumps(own | more, ensure_ascii=False, default=str, allow_nan=False)
    except (ValueError, TypeError):  # not a number, a ring, an odd key: its words will do
        text = json.dumps(own | {name: repr(value) for name, value in more.items()}, ensure_ascii=False)
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def page_events(source_path: str, rows: Mapping[str, Any]) -> Iterator[Event]:
    """What is worth a line about one document's pages: read by OCR, unreadable, or with a warning.

    Args:
        source_path: the document.
        rows: its tables, `pages` and `warnings` among them, as Arrow record batches or as lists of rows.
    """
    for row in _rows(rows.get("pages"), "doc_id", "page", "text_source", "ocr_confidence", "status"):
        place = {"document": source_path, "doc_id": row["doc_id"], "page": row["page"]}
        confidence = row.get("ocr_confidence")
        more = {"text_source": row.get("text_source"), "confidence": confidence}
        if row.get("status") == "unreadable":
            words = "Không đọc được trang. / The page can't be read."
            yield Event("page_unreadable", words, "warning", more=more, **place)
        elif confidence is not None:
            yield Event("page_ocr", more=more, **place)
    for row in _rows(rows.get("warnings"), "doc_id", "code", "message", "page"):
        place = {"document": source_path, "doc_id": row["doc_id"], "page": row["page"]}
        yield Event("finding", row["message"] or "", "warning", **place, more={"code": row["code"]})


def _rows(table: Any, *columns: str) -> list[dict[str, Any]]:
    """Rows of a batch or table, of these columns alone: a page's text is not unpacked for its log line."""
    if table is None or isinstance(table, list):
        return table or []
    found: list[dict[str, Any]] = table.select(list(columns)).to_pylist()
    return found
