"""Writing files so that a crash leaves the old one or the new one, never half of one."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["atomic_path"]


@contextmanager
def atomic_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; on success it takes its place.

    The folder is made when it is missing. When the block raises, the temporary
    file is removed and whatever stood at ``path`` stays as it was.

    Parameters
    ----------
    path : str or path
        Where the finished file shall stand.

    Yields
    ------
    Path
        A path in the same folder, with the same suffix (some writers choose
        their format by it), to write to and to close before the block ends.

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
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.stem}.{secrets.token_hex(4)}.part{target.suffix}")
    try:
        yield temporary
        _flush_to_disk(temporary)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _flush_to_disk(path: Path) -> None:
    """Without this a power cut right after the renaming could leave an empty file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
