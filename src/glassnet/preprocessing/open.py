"""A picture, whatever it comes as, opened as grey levels."""

import io
import os
import struct
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from glassnet.errors import ImageError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

__all__ = ["MAX_PIXELS", "open_grey", "open_picture"]

MAX_PIXELS = 50_000_000  # 50 megapixels: what today's cameras take


def open_grey(source: Any) -> NDArray[np.uint8]:
    """Open a picture as grey levels, upright, with transparent parts white.

    Parameters
    ----------
    source : str, path, bytes, open binary file, array, or Pillow picture
        A file in any format that Pillow reads (of an animation the first frame): a photograph is turned as
        its EXIF orientation says, 16-bit levels are brought to 8 bits. An array is (h, w) grey, (h, w, 1),
        (h, w, 2) grey with opacity, (h, w, 3) colour or (h, w, 4) colour with opacity: uint8, uint16, bool
        (True is white), or floating-point numbers from 0 (black) to 1.

    Returns
    -------
    ndarray of uint8, shape (height, width)

    Raises
    ------
    ImageError
        When there is no such file, or it is not a whole picture, or larger than 50 megapixels.

    Examples
    --------
    >>> open_grey(np.array([[0.0, 0.5, 1.0]]))
    array([[  0, 128, 255]], dtype=uint8)
    """
    from PIL import Image

    if isinstance(source, str | os.PathLike):
        return _from_file(Path(source), str(source))
    if isinstance(source, bytes | bytearray | memoryview):
        return _from_file(io.BytesIO(source), "the picture's bytes")
    if hasattr(source, "read"):
        return _from_file(source, str(getattr(source, "name", "the open file")))
    if isinstance(source, Image.Image):
        _check_size(source.size, "the picture")
        try:
            return _grey(_upright(source))
        except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
            raise ImageError(f"The picture cannot be read ({error}).") from error
    return _from_array(source)


MAX_DRAWING_SIDE = 1600  # pixels of an opened picture's longer side


def open_picture(path: Path) -> NDArray[np.uint8]:
    """A picture file as grey levels, made smaller where it is larger than a drawing needs.

    Raises
    ------
    ImageError
        If it is no picture.
    """
    grey = open_grey(path)
    if max(grey.shape) <= MAX_DRAWING_SIDE:
        return grey
    from PIL import Image

    picture = Image.fromarray(grey)
    picture.thumbnail((MAX_DRAWING_SIDE, MAX_DRAWING_SIDE), Image.Resampling.BOX)
    return np.asarray(picture)


def _from_file(file: Any, name: str) -> NDArray[np.uint8]:
    """Grey levels of a file that Pillow opens."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata do not matter: the pixels do
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file) as picture:
                _check_size(picture.size, name)
                picture.load()
                return _grey(_upright(picture))
    except ImageError:
        raise
    except FileNotFoundError as error:
        raise ImageError(f"{name}: there is no such file. Check the path.") from error
    except IsADirectoryError as error:
        raise ImageError(f"{name}: this is a folder, a picture was expected.") from error
    except UnidentifiedImageError as error:
        raise ImageError(
            f"{name}: not a picture that Pillow can read. Expected PNG, JPEG or the like: open it in another "
            "program and save it as PNG."
        ) from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ImageError(f"{name}: the picture is too large ({error}). Make it smaller first.") from error
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, MemoryError) as error:
        raise ImageError(f"{name}: the picture is damaged or cut short ({error}). Save it again.") from error


def _check_size(size: tuple[int, int], name: str) -> None:
    """Refuse what is too large, before a pixel is unpacked: small files can hold huge pictures."""
    if size[0] * size[1] > MAX_PIXELS:
        megapixels = size[0] * size[1] / 1e6
        raise ImageError(
            f"{name}: the picture is too large: {size[0]}×{size[1]} are {megapixels:.0f} megapixels, at most "
            f"{MAX_PIXELS / 1e6:.0f} are read. Make it smaller first."
        )


def _upright(picture: "Picture") -> "Picture":
    """Turned as the camera noted it; damaged notes are passed over."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, struct.error):
        return picture


def _grey(picture: "Picture") -> NDArray[np.uint8]:
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
    elif picture.mode not in ("1", "L", "RGB", "P"):
        picture = picture.convert("RGB")  # CMYK, YCbCr, LAB, ...
    return np.array(picture.convert("L"))


def _from_array(source: Any) -> NDArray[np.uint8]:
    """Grey levels of an array of pixels."""
    from PIL import Image

    try:
        pixels = np.asarray(source)
    except ValueError as error:
        raise ImageError(f"The rows of the picture's array differ in length ({error}).") from error
    channels = pixels.shape[2] if pixels.ndim == 3 else 1
    if pixels.ndim not in (2, 3) or channels > 4 or not pixels.size or pixels.dtype.kind not in "biuf":
        raise ImageError(
            f"An array of shape {pixels.shape} and type {pixels.dtype} is no picture. Expected numbers of "
            "shape (height, width), or (height, width, 3) in colour, or (height, width, 4) with opacity."
        )
    _check_size((pixels.shape[1], pixels.shape[0]), "the array")
    levels = _eight_bits(pixels)
    if levels.ndim == 3 and channels == 1:
        levels = levels[:, :, 0]
    if levels.ndim == 2:
        return np.array(levels)
    return _grey(Image.fromarray(np.ascontiguousarray(levels)))


def _eight_bits(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """Levels from 0 to 255, whatever the numbers' type says that white is."""
    kind = pixels.dtype.kind
    if pixels.dtype == np.uint8:
        return pixels
    if kind == "b":
        return pixels.astype(np.uint8) * np.uint8(255)
    low, high = float(pixels.min()), float(pixels.max())
    white = 1.0 if kind == "f" else 65535.0 if pixels.dtype == np.uint16 else 255.0
    if not (low >= 0 and high <= white):  # NaN, too
        raise ImageError(
            f"The picture's array of {pixels.dtype} holds numbers from {low:g} to {high:g}. Expected 0 to "
            f"{white:g}: scale it, or make it an array of uint8."
        )
    return np.asarray(np.rint(pixels * (255.0 / white)), np.uint8)
