"""Packed files, opened as if they were not: gzip, bzip2, xz, and one file in a zip archive."""

import bz2
import gzip
import io
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from glassnet.errors import DataError, listed

__all__ = ["check_unpacked_size", "is_clutter", "open_maybe_packed", "unzipped"]

MIN_UNPACKED_LIMIT_BYTES = 64 << 20
MAX_UNPACKED_TO_PACKED = 100  # MNIST's images: 5; its CSV file: 12

_PACKERS: dict[bytes, tuple[str, Any]] = {
    b"\x1f\x8b": ("gzip", gzip.open),
    b"BZh": ("bzip2", bz2.open),
    b"\xfd7zXZ\0": ("xz", lzma.open),
}
_DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError)
_COPIED_BYTES = 1 << 20

_CLUTTER = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "@eadir", "$recycle.bin", "lost+found"}
)


def is_clutter(name: str) -> bool:
    """Whether an operating system or a notebook left it, as a file or folder of this name.

    >>> [is_clutter(name) for name in (".DS_Store", "._7.png", "Thumbs.db", "__MACOSX", "7.png")]
    [True, True, True, True, False]
    """
    return name.startswith(".") or name.lower() in _CLUTTER


def open_maybe_packed(path: Path) -> io.BufferedReader:
    """Open a file, unpacking it on the way when it is gzip, bzip2 or xz, whatever its name says.

    Raises
    ------
    DataError
        While reading: when the packed file is damaged or cut short, or unpacks to far more than it is.
    """
    with path.open("rb") as file:
        start = file.read(6)
    for magic, (name, unpack) in _PACKERS.items():
        if start.startswith(magic):
            return io.BufferedReader(_Unpacked(path, name, unpack(path, "rb")), _COPIED_BYTES)
    return path.open("rb")


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of a file: not more of them than a data set of its size can have."""

    def __init__(self, path: Path, packer: str, file: Any) -> None:
        self._path, self._packer, self._file = path, packer, file
        self._packed_size = path.stat().st_size
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            count: int = self._file.readinto(buffer)
        except _DAMAGED as error:
            raise DataError(
                f"{self._path}: the {self._packer} file is cut short or damaged ({error}). Download or copy "
                "it again."
            ) from error
        self._count += count
        check_unpacked_size(self._path, self._count, self._packed_size)
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def check_unpacked_size(path: Path, unpacked: int, packed: int) -> None:
    """Refuse what unpacks to far more than a data set does: a few kilobytes can hold gigabytes of nothing.

    Parameters
    ----------
    path : Path
        The packed file, for the message.
    unpacked, packed : int
        Bytes.
    """
    limit = max(MIN_UNPACKED_LIMIT_BYTES, MAX_UNPACKED_TO_PACKED * packed)
    if unpacked > limit:
        raise DataError(
            f"{path}: {packed:,} bytes that unpack to more than {limit >> 20:,} MB; data sets do not shrink "
            "so far. If it is one, unpack it yourself and give the unpacked file."
        )


@contextmanager
def unzipped(path: Path) -> Iterator[Path]:
    """Unpack the one file of a zip archive into a temporary folder.

    Yields
    ------
    Path
        The file, under its own name; it is gone afterwards.

    Raises
    ------
    DataError
        When the archive holds several files, or none, or is damaged.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            target = _extract(path, Path(folder))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, *_DAMAGED) as error:
            raise DataError(
                f"{path}: the zip archive cannot be read ({error}). Unpack it, and give the file in it."
            ) from error
        yield target


def _extract(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as archive:
        member = _only_member(path, archive)
        target = folder / (Path(member.filename).name or "data")
        size, count = path.stat().st_size, 0
        with archive.open(member) as packed, target.open("wb") as file:
            while piece := packed.read(_COPIED_BYTES):
                count += len(piece)
                check_unpacked_size(path, count, size)
                file.write(piece)
    return target


def _only_member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not any(map(is_clutter, Path(member.filename).parts))
    ]
    if len(members) == 1:
        return members[0]
    found = f"{len(members)} files: {listed(m.filename for m in members)}" if members else "no file"
    raise DataError(
        f"{path}: a zip archive with {found}. Only an archive of one file is read: unpack it, and give the "
        "file or the folder that is meant."
    )
