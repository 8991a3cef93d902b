"""Names and what they mean, in two columns."""

import shutil
import sys
import textwrap
from collections.abc import Mapping

__all__ = ["WIDTH", "print_meanings"]

WIDTH = 80
"""Columns that every terminal has; what is printed as a table fits into them."""


def print_meanings(table: Mapping[str, str]) -> None:
    """Print a name and its meaning on each line; on a terminal, long meanings go on beneath themselves."""
    room = max(map(len, table)) + 2
    width = max(WIDTH, shutil.get_terminal_size().columns) if sys.stdout.isatty() else sys.maxsize
    wrapper = textwrap.TextWrapper(width, subsequent_indent=" " * room, break_on_hyphens=False)
    for name, meaning in table.items():
        wrapper.initial_indent = name.ljust(room)
        print(wrapper.fill(meaning))
