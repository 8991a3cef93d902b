"""Writing files so that a crash leaves the old one or the new one, never half of one."""

import errno
import os
import re
import secrets
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from glassnet.errors import OutputError

__all__ = ["atomic_path", "reason_of", "sweep_parts"]

MAX_PART_AGE_SECONDS = 24 * 3600.0
"""A part that nobody has written to for so long is nobody's, wherever it was begun."""


@contextmanager
def atomic_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; on success it takes its place.

    The folder is made when it is missing. When the block raises, the temporary
    file is removed and whatever stood at ``path`` stays as it was. What a killed
    process left of the same file is removed first.

    Parameters
    ----------
    path : str or path
        Where the finished file shall stand.

    Yields
    ------
    Path
        A path in the same folder, with the same suffix (some writers choose
        their format by it), to write to and to close before the block ends.

    Raises
    ------
    OutputError
        When the file or its folder cannot be written, for instance because the
        disk is full. The message names ``path``, not the temporary file.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with atomic_path(Path(folder) / "a.txt") as temporary:
    ...         _ = temporary.write_text("all of it")
    ...     (Path(folder) / "a.txt").read_text()
    'all of it'
    """
    target = Path(path)
    owner = f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"
    temporary = target.with_name(f".{target.stem}.{owner}.part{target.suffix}")
    try:
        _make_folder(target)
        sweep_parts(target)
        yield temporary
        _flush_to_disk(temporary)
        os.replace(temporary, target)
    except OSError as error:
        _remove(temporary)
        if isinstance(error, OutputError) or error.filename not in (None, str(temporary)):
            raise  # of another file
        raise OutputError(f"{path} cannot be written: {reason_of(error)}") from error
    except BaseException:
        _remove(temporary)
        raise


def _make_folder(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {reason_of(error)}") from error


def _remove(temporary: Path) -> None:
    with suppress(OSError):  # where nothing can be written, nothing was
        temporary.unlink()


def reason_of(error: OSError) -> str:
    """What the system says, and what to do about it."""
    said = f"{(error.strerror or str(error)).lower()}."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{said} Free some space, or choose another place."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{said} Choose another place, or allow writing there."
    return said


def sweep_parts(path: str | os.PathLike[str]) -> None:
    """Remove what killed processes left beside ``path`` when they were writing it.

    A part is left alone while its process runs, or might run on another machine
    that shares the folder; after a day without a byte it is nobody's.
    """
    target = Path(path)
    part = re.compile(
        rf"\.{re.escape(target.stem)}\.(?:([0-9a-f]{{8}})-(\d+)-)?[0-9a-f]{{8}}\.part{re.escape(target.suffix)}"
    )
    with suppress(OSError):  # a folder that cannot be listed has nothing to be swept
        for entry in os.scandir(target.parent):
            name = part.fullmatch(entry.name)
            if name is not None and _is_left(entry, name[1], name[2]):
                Path(entry).unlink(missing_ok=True)


def _is_left(part: os.DirEntry[str], machine: str | None, process: str | None) -> bool:
    if machine == _machine() and process is not None and not _runs(int(process)):
        return True
    return time.time() - part.stat(follow_symlinks=False).st_mtime > MAX_PART_AGE_SECONDS


def _machine() -> str:
    """Eight digits for this machine (or container), among those that may share a folder."""
    return f"{zlib.crc32(socket.gethostname().encode()):08x}"


def _runs(process: int) -> bool:
    if os.name == "nt":  # there, os.kill(process, 0) would interrupt it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # somebody else's
    return True


def _flush_to_disk(path: Path) -> None:
    """Without this a power cut right after the renaming could leave an empty file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
