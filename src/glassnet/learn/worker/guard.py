"""What a learner's process may do: compute, and write in a folder of its own. Nothing else.

Limits come from the operating system where it has them (``resource``); what is touched outside is refused
by an audit hook, which cannot be taken off again. It keeps pupils' files apart and mishaps small; it is no
prison for somebody who knows Python's inside.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["NotAllowed", "guard", "limit"]

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
READS = {"os.listdir", "os.scandir", "os.chdir"}
WRITES = {"os.mkdir", "os.remove", "os.rmdir", "os.rename", "os.truncate", "os.utime", "os.chmod"}
REFUSED = {
    "os.fork": "starts another process",
    "os.forkpty": "starts another process",
    "os.exec": "starts another program",
    "os.posix_spawn": "starts another program",
    "os.spawn": "starts another program",
    "os.startfile": "starts another program",
    "os.system": "starts another program",
    "subprocess.Popen": "starts another program",
    "os.kill": "sends a signal to a process",
    "os.killpg": "sends a signal to a process",
    "os.link": "links files",
    "os.symlink": "links files",
    "os.chown": "changes a file's owner",
    "os.putenv": "changes the environment",
    "socket.__new__": "opens a connection",
    "webbrowser.open": "opens a browser",
    "ctypes.dlopen": "loads a library",
    "ctypes.dlsym": "loads a library",
}


class NotAllowed(PermissionError):  # noqa: N818  (a learner reads this name)
    """Something that an exercise has no need of."""


def limit(seconds: float, memory: int) -> None:
    """Set limits of processor time, memory and file size, where the system has them."""
    try:
        import resource
    except ImportError:  # Windows: the marker's own clock has to do
        return
    wanted = {
        "RLIMIT_CPU": int(seconds) + 2,
        "RLIMIT_AS": memory,
        "RLIMIT_FSIZE": 16 * 2**20,
        "RLIMIT_CORE": 0,
    }
    for name, most in wanted.items():
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (most, most))
    with contextlib.suppress(AttributeError, ValueError):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # too long a file is an OSError, then


def guard(own: str, hidden: list[str]) -> None:
    """Refuse, from now on and for good, everything but reading Python's own files and writing in ``own``.

    Parameters
    ----------
    own : str
        The folder in which files may be written.
    hidden : list of str
        Folders that may not even be read: where the answers are.
    """
    readable = _folders(own, sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), *sys.path)  # noqa: PTH120
    readable += _folders(
        "/usr", "/lib", "/lib64", "/etc", "/System", "/Library", "/proc/self", "/sys", "/dev/null"
    )
    readable += _folders("/dev/urandom", os.environ.get("SYSTEMROOT", "/usr"))
    sys.addaudithook(_hook(readable, _folders(own, os.devnull), _folders(*hidden)))
    for name in ("_exit", "abort"):
        setattr(os, name, _refusing(f"os.{name}"))


def _hook(
    readable: list[str], writable: list[str], hidden: list[str]
) -> Callable[[str, tuple[Any, ...]], None]:
    realpath, fsdecode, separator = os.path.realpath, os.fsdecode, os.sep

    def within(path: Any, folders: list[str]) -> bool:
        if isinstance(path, int) or path is None:
            return True
        place = realpath(fsdecode(path))
        return any(
            place == folder or place.startswith(folder.rstrip(separator) + separator) for folder in folders
        )

    def check(path: Any, writes: bool) -> None:
        if isinstance(path, int) or path is None:
            return
        if not within(path, writable if writes else readable) or within(path, hidden):
            verb = "writes" if writes else "reads"
            raise NotAllowed(f"{verb} {fsdecode(path)!r}: an exercise works with its arguments alone")

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            check(path, bool((flags or 0) & WRITING) or any(letter in (mode or "") for letter in "wax+"))
        elif event in READS or event in WRITES:
            check(args[0], event in WRITES)
            if event == "os.rename":
                check(args[1], True)
        elif event in REFUSED:
            raise NotAllowed(f"{REFUSED[event]}: an exercise has no need of that")
        elif event == "import" and args[0].startswith("glassnet.learn"):
            raise NotAllowed("imports glassnet.learn: an exercise is solved without it")

    return hook


def _folders(*paths: str) -> list[str]:
    return [os.path.realpath(path) for path in paths if path]


def _refusing(name: str) -> Callable[..., None]:
    def refuse(*args: Any) -> None:
        raise NotAllowed(f"{name} ends the process: a function returns instead")

    return refuse
