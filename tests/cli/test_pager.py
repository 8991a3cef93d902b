"""Pages on a terminal of 24 lines and 80 columns: on, back, out."""

import os
import pty
import re
import select
import signal
import struct
import time

import pytest

from glassnet.cli.pager import paginate
from glassnet.recipe import finish, load_recipe
from glassnet.recipe import run as train


@pytest.mark.parametrize("count", [0, 1, 22, 23, 24, 46, 47, 100])
def test_every_line_is_on_a_page_and_no_page_is_too_long(count):
    lines = [str(k) for k in range(count)]
    pages = paginate(lines, 23)
    assert [line for page in pages for line in page] == lines and max(map(len, pages)) <= 23


class Terminal:
    """A terminal with a program in it: what it shows, and keys for it."""

    def __init__(self, start, *arguments):
        import fcntl
        import termios

        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = start(*arguments, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)

    def page(self, seconds=60):
        """What comes until a key is asked for, or until the end."""
        shown = b""
        deadline = time.monotonic() + seconds
        while b"q: quit" not in shown:
            assert time.monotonic() < deadline, shown
            if select.select([self.ours], [], [], 0.1)[0]:
                try:
                    shown += os.read(self.ours, 65536)
                except OSError:  # the other end is closed
                    break
        text = shown.decode().replace("\r\n", "\n").rpartition("\x1b[2K")[2]
        return re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)

    def press(self, keys):
        os.write(self.ours, keys.encode())


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    recipe = load_recipe("default", ["training.epochs=1", "network.hidden=[32]"])
    return finish(train(recipe, tmp_path_factory.mktemp("runs") / "digits")).folder.path


@pytest.fixture
def terminal(start, trained):
    return Terminal(start, "explain", str(trained))


def title(page):
    return re.search(r"\((\d+) of \d+\)", page)[1]


def test_one_goes_on_and_back_and_out_with_single_keys(terminal):
    first = terminal.page()
    assert title(first) == "1" and "b: back" not in first
    terminal.press("\n")
    second = terminal.page()
    terminal.press(" ")
    assert (title(second), title(terminal.page())) == ("2", "3")
    terminal.press("b")
    assert terminal.page() == second
    terminal.press("\x1b[D")  # the arrow to the left
    assert terminal.page() == first
    terminal.press("z")  # means nothing
    terminal.press("q")
    assert terminal.process.wait(30) == 0


def test_every_page_fits_and_enter_ends_at_the_last_one(terminal):
    count = 0
    while "Enter: end" not in (page := terminal.page()):
        lines = page.splitlines()
        assert len(lines) <= 24 and max(map(len, lines)) <= 80, page
        count += 1
        terminal.press("\n")
    assert count > 8
    terminal.press("\n")
    assert terminal.process.wait(30) == 0


@pytest.mark.parametrize("key", ["\x04", "\x1b", "Q"])
def test_ctrl_d_and_escape_quit_too(terminal, key):
    terminal.page()
    terminal.press(key)
    assert terminal.process.wait(30) == 0


def test_so_does_ctrl_c(terminal):
    terminal.page()
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.process.wait(30) == 0
