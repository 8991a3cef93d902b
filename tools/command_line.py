"""Writes docs/command-line.md from the program itself: ``make docs-cli``."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from typer.testing import CliRunner

from glassnet.cli.main import app

__all__ = ["main", "page"]

PAGE = Path(__file__).parents[1] / "docs" / "command-line.md"
HEAD = """\
# The command line

The help of every command (`glassnet COMMAND --help`); `make docs-cli` writes this page.

Wrong input gets one clear message and exit code 2. 0 means done; 1 that a check failed, a lesson made a
model worse or an exercise is not right yet; 130 that Ctrl-C ended it. `--debug`, `--verbose` and
`--threads N` may go anywhere on the line.
"""


def page() -> str:
    """The page as it should be: the help of the program, then of each command in the order of the list."""
    return HEAD + "".join(_sections(typer.main.get_command(app)))


def _sections(command: Any, *words: str) -> Iterator[str]:
    """Of a command, and of those below it."""
    yield _section(" ".join(["glassnet", *words]), *words)
    for name, below in getattr(command, "commands", {}).items():
        yield from _sections(below, *words, name)


def _section(title: str, *words: str) -> str:
    told = CliRunner().invoke(app, [*words, "--help"], prog_name="glassnet", env={"COLUMNS": "80"})
    if told.exit_code:
        raise RuntimeError(f"{title} --help: {told.output}")
    return f"\n## {title}\n\n```text\n{told.stdout.rstrip()}\n```\n"


def main() -> int:
    """Write the page; 0 when it said so already, 1 when something changed."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    new = page()
    PAGE.write_text(new, encoding="utf-8")
    return int(new != old)


if __name__ == "__main__":
    sys.exit(main())
