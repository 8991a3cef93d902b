"""Writing pictures to files."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from glassnet.errors import DataError
from glassnet.files import atomic_path
from glassnet.report.pictures import Picture
from glassnet.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FORMATS", "save_figure", "write_pictures"]

FORMATS = ("png", "svg", "pdf")
# Without the date the same picture gives the same file.
METADATA: dict[str, dict[str, None]] = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}
DPI = 120


def save_figure(figure: "Figure", path: Path) -> None:
    """Write a figure in the format that the file's name says, in one piece.

    Raises
    ------
    DataError
        For a format other than PNG, SVG and PDF.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise DataError(f"{path}: pictures are written as {', '.join(FORMATS)}, not as {kind or 'this'}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(path) as temporary:
        figure.savefig(temporary, format=kind, dpi=DPI, metadata=METADATA[kind])


def write_pictures(
    pictures: Iterable[Picture], view: View, folder: Path, formats: Sequence[str] = ("png", "svg")
) -> Iterator[tuple[Picture, list[Path]]]:
    """Draw pictures one after the other, each into a file for every format.

    Parameters
    ----------
    pictures : iterable of Picture
    view : View
    folder : Path
        Made when it is not there.
    formats : sequence of str
        Of :data:`FORMATS`.

    Yields
    ------
    picture, paths
        After each one.
    """
    for picture in pictures:
        figure = picture.draw(view)
        paths = [folder / f"{picture.name}.{kind}" for kind in formats]
        for path in paths:
            save_figure(figure, path)
        yield picture, paths
