"""Before a file takes the place of another: ask, where somebody can answer, else refuse."""

import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from glassnet.errors import OutputError

__all__ = ["confirm_overwriting"]


def confirm_overwriting(paths: Iterable[Path], force: bool) -> None:
    """Make sure that files may be replaced; call it before the work begins.

    Parameters
    ----------
    paths : iterable of Path
        What is going to be written; those that are not there yet need no question.
    force : bool
        The option ``--force``: replace them without a question.

    Raises
    ------
    OutputError
        If one is there, and nobody wants it replaced or can be asked.
    """
    there = [] if force else [path for path in paths if path.is_file()]
    if not there:
        return
    first, others = there[0], len(there) - 1
    what = f"{first} and {others} more files are" if others > 1 else f"{first} is"
    what = f"{first} and one more file are" if others == 1 else what
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise OutputError(f"{what} there already. Give another name, or replace with --force.")
    if not typer.confirm(f"{what} there already. Replace?", err=True):
        raise OutputError("Nothing was written.")
