"""A picture file, opened as grey levels."""

import os
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ImageError

__all__ = ["open_grey"]


def open_grey(path: str | os.PathLike[str]) -> NDArray[np.uint8]:
    """Open a picture as grey levels, upright, with transparent parts white.

    Parameters
    ----------
    path : str or path
        Any format that Pillow reads. A photograph is turned as its EXIF
        orientation says; 16-bit levels are brought to 8 bits.

    Returns
    -------
    ndarray of uint8, shape (height, width)

    Raises
    ------
    ImageError
        When there is no such file, or it is not a whole picture.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    path = Path(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                picture.load()
                return _grey(ImageOps.exif_transpose(picture))
    except FileNotFoundError as error:
        raise ImageError(f"{path}: there is no such file. Check the path.") from error
    except IsADirectoryError as error:
        raise ImageError(f"{path}: this is a folder, a picture was expected.") from error
    except UnidentifiedImageError as error:
        raise ImageError(
            f"{path}: not a picture that Pillow can read. Expected PNG, JPEG or the like: open it in another "
            "program and save it as PNG, or take it out of the folder."
        ) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ImageError(f"{path}: the picture is too large ({error}). Make it smaller first.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ImageError(f"{path}: the picture is damaged or cut short ({error}). Save it again.") from error


def _grey(picture: Any) -> NDArray[np.uint8]:
    """Grey levels of a loaded Pillow picture."""
    from PIL import Image

    if picture.mode.startswith("I"):  # 16 bits a pixel: convert("L") would clip them
        levels = np.asarray(picture)
        return np.asarray(levels // 257 if levels.max(initial=0) > 255 else levels).astype(np.uint8)
    if picture.mode == "F":
        raise ValueError("its pixels are floating-point numbers without a known white")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    return np.array(picture.convert("L"))
