"""`python -m tests.faults.program run …`: kehoach with a quick reader; all else is as it is."""

from __future__ import annotations

from pipeline import cli
from pipeline.run import engines
from tests.faults.quick import slow_read


def main() -> None:
    """The command line of kehoach."""
    for name, value in (("read_job", slow_read), ("HEAVY", ())):
        setattr(engines, name, value)
    cli.main()


if __name__ == "__main__":
    main()
