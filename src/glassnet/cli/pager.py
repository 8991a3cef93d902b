"""Pages on a terminal: on with Enter, back with b, out with q, each at a touch."""

import os
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console

__all__ = ["browse", "paginate", "single_keys"]

ON = frozenset({"\n", "\r", " ", "n", "N", "\x1b[C", "\x1b[B", "\x1b[6~"})  # also →, ↓ and Page Down
BACK = frozenset({"b", "B", "p", "\x7f", "\b", "\x1b[D", "\x1b[A", "\x1b[5~"})  # also ⌫, ←, ↑ and Page Up
OUT = frozenset({"q", "Q", "\x1b", "\x04", ""})  # also Escape and the end of the input

ESCAPE_SECONDS = 0.05  # after which Escape was the key itself


def paginate(lines: Sequence[str], height: int) -> list[list[str]]:
    """Part lines into pages of a height, as even as possible.

    >>> paginate(["a", "b", "c", "d"], 3)
    [['a', 'b'], ['c', 'd']]
    """
    count = max(1, -(-len(lines) // max(1, height)))
    size = max(1, -(-len(lines) // count))
    return [list(lines[start : start + size]) for start in range(0, len(lines), size)] or [[]]


def browse(console: Console, parts: Sequence[Sequence[str]]) -> None:
    """Show parts one after the other; those that are too long for the terminal as several pages.

    Parameters
    ----------
    console : Console
    parts : sequence of sequences of str
        Lines as they shall be printed.
    """
    pages = [page for lines in parts for page in paginate(lines, console.size.height - 1)]
    place = 0
    with single_keys() as read_key:
        while place < len(pages):
            for line in pages[place]:
                console.file.write(line + "\n")
            move = _ask(console, read_key, place, len(pages))
            if move == 0:
                return
            place = max(0, place + move)


def _ask(console: Console, read_key: Callable[[], str], place: int, count: int) -> int:
    """1 to go on, −1 to go back, 0 to leave."""
    on = "Enter: on" if place + 1 < count else "Enter: end"
    back = "   b: back" if place else ""
    try:
        console.print(f"{on}{back}   q: quit ", style="dim", end="", highlight=False)
        console.file.flush()
        while (key := read_key()) not in ON | BACK | OUT:
            pass
    except KeyboardInterrupt:
        key = "q"
    console.file.write("\r\x1b[2K")
    if key in OUT:
        return 0
    return -1 if key in BACK else 1


@contextmanager
def single_keys() -> Iterator[Callable[[], str]]:
    """Within the block keys come at once, where the terminal can do that; else the first one of a line.

    Yields
    ------
    callable
        Gives the next key; "" at the end of the input.
    """
    if sys.platform == "win32":
        import msvcrt

        yield msvcrt.getwch if sys.stdin.isatty() else _first_of_line
        return
    import termios
    import tty

    try:
        terminal = sys.stdin.fileno()
        before = termios.tcgetattr(terminal)
    except (OSError, termios.error):  # not a real terminal
        yield _first_of_line
        return
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)  # what was typed ahead stays
        yield lambda: _one_key(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _one_key(terminal: int) -> str:
    """A character, or the whole of what an arrow key sends."""
    key = os.read(terminal, 1)
    while key.startswith(b"\x1b") and not key[2:].rstrip(b"0123456789;"):
        if not select.select([terminal], [], [], ESCAPE_SECONDS)[0]:
            break
        key += os.read(terminal, 1)
    return key.decode(errors="ignore")


def _first_of_line() -> str:
    return sys.stdin.readline()[:1]
