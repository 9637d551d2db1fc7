"""One run at a time in an output folder.

The kernel holds the lock for the process that took it and frees it when that process ends, however it ends and
whatever the clock says. What the file holds only tells people who that is.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import fcntl
import json
import os
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from pipeline.errors import CannotRun

NAME = "run.lock"
_LONGEST = 4096
"""Bytes that are read of an owner: a file that somebody filled with more says no more."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who runs: `started` is ISO, UTC."""

    pid: int
    host: str
    run_id: str
    started: str

    def age(self, now: dt.datetime) -> str:
        """Since when, in both languages. A clock set back since then gives no age below 0."""
        try:
            seconds = (now - dt.datetime.fromisoformat(self.started)).total_seconds()
        except (ValueError, TypeError):
            return "không rõ từ bao giờ / since when is not known"
        if seconds < 0:
            return f"từ {self.started}, đồng hồ đã chỉnh lùi / since {self.started}, the clock was set back"
        hours, minutes = divmod(int(seconds // 60), 60)
        vi = f"{hours} giờ {minutes} phút" if hours else f"{minutes} phút"
        en = f"{hours} h {minutes} min" if hours else f"{minutes} min"
        return f"đã {vi} / for {en}"


class AnotherRun(CannotRun):
    """A living run holds the output folder. `str()` says who, for how long, and what to do, in both languages."""

    def __init__(self, out: Path, owner: Owner | None, now: dt.datetime) -> None:
        who = "pid ?" if owner is None else f"{owner.run_id}, pid {owner.pid}, {owner.host}, {owner.age(now)}"
        super().__init__(
            f"Một lần chạy khác đang ghi vào {out} ({who}): đợi nó xong, hoặc dừng bằng `kill PID` (nó lưu phần đã "
            f"xong), hoặc dùng --out khác. / Another run is writing to {out} ({who}): wait for it, or end it with "
            "`kill PID` (it keeps what is done), or give another --out."
        )
        self.owner = owner


class NoLocks(OSError):
    """The file system of the output folder knows no locks."""

    def __init__(self, out: Path) -> None:
        super().__init__(
            errno.ENOLCK,
            "Hệ tệp này không hỗ trợ khóa (flock), nên không thể chạy an toàn; hãy đặt --out trên đĩa trong máy. / "
            "This file system has no locks (flock), so a run is not safe: put --out on a local disk",
            str(out),
        )


class RunLock:
    """A context manager that holds `out/run.lock`; the folder must exist.

    Raises on entry:
        AnotherRun: a living run holds it.
        NoLocks: the file system can't lock.
        OSError: the folder can't be written.
    """

    def __init__(self, out: Path, run_id: str, now: Callable[[], dt.datetime] = _now) -> None:
        self._out, self._run_id, self._now = out, run_id, now
        self._handle = -1
        self.took_over: Owner | None = None
        """The run before, where it died without ending its work."""

    def __enter__(self) -> RunLock:
        # Not inheritable (close on exec): a worker that outlives its run must not keep the next one out.
        handle = os.open(self._out / NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            self._take(handle)
            self.took_over = _owner(handle)
            self._sign(handle)
        except BaseException:
            os.close(handle)
            raise
        self._handle = handle
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """The file stays, empty: removing it would let two runs lock two files of one name."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._handle, 0)
        os.close(self._handle)

    def _take(self, handle: int) -> None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherRun(self._out, _living(_owner(handle)), self._now()) from None
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL):
                raise NoLocks(self._out) from error
            raise

    def _sign(self, handle: int) -> None:
        started = self._now().astimezone(dt.UTC).isoformat(timespec="seconds")
        owner = Owner(os.getpid(), socket.gethostname(), self._run_id, started)
        os.ftruncate(handle, 0)
        # A full disk leaves the lock unsigned, and the run to say so at its first real write.
        with contextlib.suppress(OSError):
            os.pwrite(handle, json.dumps(asdict(owner)).encode(), 0)


def _owner(handle: int) -> Owner | None:
    """Who signed the file; None where it is empty, garbled or can't be read."""
    try:
        found = json.loads(os.pread(handle, _LONGEST, 0))
        return Owner(int(found["pid"]), str(found["host"]), str(found["run_id"]), str(found["started"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _living(owner: Owner | None) -> Owner | None:
    """The owner, unless it is one that died: the new one has then locked the file and not signed it yet."""
    if owner is None or owner.host != socket.gethostname():
        return owner
    try:
        os.kill(owner.pid, 0)
    except ProcessLookupError:
        return None
    except (OSError, OverflowError):
        return owner
    return owner
