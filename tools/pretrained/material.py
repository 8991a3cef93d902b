"""What the shipped model learns from: MNIST, digits that MNIST lacks, and pictures of no digit."""

from collections.abc import Callable
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing import pieces, prepare
from tools.pretrained.drawing import blot, drawn, normalized, printed, scribble
from tools.pretrained.shapes import DIGITS, OTHERS

__all__ = ["more_digits", "no_digits", "photographed"]

FONTS = (  # Matplotlib brings them along
    "DejaVuSans.ttf",
    "DejaVuSansMono.ttf",
    "DejaVuSerif-Italic.ttf",
    "cmr10.ttf",
    "cmss10.ttf",
    "STIXGeneral.ttf",
    "STIXGeneralItalic.ttf",
    "DejaVuSans-Bold.ttf",
)
SLANTED = "cmmi10.ttf"  # letters much as they are written; its numbers are old-style
LETTERS = "ACEFHJKLMNPQRTUVWXYadefhkmnprtuvwxy?!&%#@+=*"
WEIGHT = {1: 4, 6: 2, 7: 2}  # these ways of writing are missed most
Pictures = NDArray[np.uint8]


def more_digits(m: int, rng: np.random.Generator) -> tuple[Pictures, NDArray[np.int64]]:
    """m digits drawn from strokes, every tenth printed.

    Returns
    -------
    images, labels : (m, 28, 28) uint8, (m,) integers
    """
    chances = np.array([WEIGHT.get(digit, 1) for digit in range(10)], np.float64)
    labels = rng.choice(10, m, p=chances / chances.sum())
    return np.stack([_digit(int(label), rng) for label in labels]), labels


def no_digits(m: int, mnist: Pictures, labels: NDArray[np.integer], rng: np.random.Generator) -> Pictures:
    """m pictures of no digit: letters, signs, scribbles, blots, two digits in one, digits on their side."""
    kinds: list[tuple[int, Callable[[], Pictures]]] = [
        (10, lambda: _sign(rng)),
        (3, lambda: printed(str(rng.choice(list(LETTERS))), _font(rng, *FONTS, SLANTED), rng)),
        (2, lambda: _two(np.stack([_sign(rng), _sign(rng)]), rng)),
        (3, lambda: scribble(rng)),
        (2, lambda: blot(rng)),
        (3, lambda: _two(mnist[rng.integers(len(mnist), size=2)], rng)),
        (1, lambda: _half(mnist, labels, rng)),
        (1, lambda: _on_its_side(mnist, labels, rng)),
    ]
    chances = np.array([share for share, _ in kinds], np.float64)
    chosen = rng.choice(len(kinds), m, p=chances / chances.sum())
    return np.stack([kinds[k][1]() for k in chosen])


def photographed(images: Pictures, rng: np.random.Generator) -> tuple[Pictures, NDArray[np.intp]]:
    """MNIST's digits on pages of any size and light, found there again as a photograph's are.

    Returns
    -------
    found, which : (k, 28, 28) uint8, (k,) integers
        Those that were found in one piece, and their places among the images.
    """
    found, which = [], []
    for place, image in enumerate(images):
        there = pieces(prepare(_page(image, rng)))
        if len(there) == 1:
            found.append(there[0].image)
            which.append(place)
    return np.stack(found), np.array(which)


def _page(image: Pictures, rng: np.random.Generator) -> Pictures:
    from PIL import Image

    side = round(28 * float(np.exp(rng.uniform(0, np.log(8)))))
    ink = np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC)) / 255
    x = np.linspace(-1, 1, side)
    light = rng.uniform(140, 245) * (1 + rng.uniform(-0.25, 0.25) * x + rng.uniform(-0.25, 0.25) * x[:, None])
    page = light * (1 - rng.uniform(0.25, 0.95) * ink) + rng.normal(0, rng.uniform(0, 6), ink.shape)
    return np.clip(page, 0, 255).astype(np.uint8)


def _digit(label: int, rng: np.random.Generator) -> Pictures:
    if rng.random() < 0.1:
        return printed(str(label), _font(rng, *FONTS), rng)
    ways = DIGITS[label]
    chances = np.array([share for share, _ in ways], np.float64)
    return drawn(ways[rng.choice(len(ways), p=chances / chances.sum())][1], rng)


def _sign(rng: np.random.Generator) -> Pictures:
    return drawn(OTHERS[str(rng.choice(list(OTHERS)))], rng)


def _font(rng: np.random.Generator, *names: str) -> str:
    folder = files("matplotlib") / "mpl-data" / "fonts" / "ttf"
    return str(folder / str(rng.choice(names)))


def _two(pair: Pictures, rng: np.random.Generator) -> Pictures:
    """Two digits or signs side by side, as when they touch and were not parted."""
    left, right = (image[:, np.flatnonzero(image.max(axis=0) > 60)] for image in pair)
    down = int(rng.integers(-4, 5))
    both = np.zeros((36, left.shape[1] + right.shape[1]), np.float32)
    both[4:32, : left.shape[1]] = left
    overlap = min(int(rng.integers(0, 4)), left.shape[1] - 1)
    at = left.shape[1] - overlap
    both[4 + down : 32 + down, at : at + right.shape[1]] = np.maximum(
        both[4 + down : 32 + down, at : at + right.shape[1]], right
    )
    return normalized(both / 255)


def _half(mnist: Pictures, labels: NDArray[np.integer], rng: np.random.Generator) -> Pictures:
    """The left or right part of a digit that was cut where it should not have been."""
    image = mnist[rng.choice(np.flatnonzero(np.isin(labels, (0, 2, 3, 5))))]
    columns = np.flatnonzero(image.max(axis=0) > 60)
    at = columns[int(rng.uniform(0.35, 0.65) * len(columns))]
    return normalized((image[:, :at] if rng.random() < 0.5 else image[:, at:]).astype(np.float32) / 255)


def _on_its_side(mnist: Pictures, labels: NDArray[np.integer], rng: np.random.Generator) -> Pictures:
    """A 3, 4 or 7 turned by a quarter, or a 3 or 7 as in a mirror."""
    turned = bool(rng.random() < 0.6)
    like = np.flatnonzero(np.isin(labels, (3, 4, 7) if turned else (3, 7)))
    image = mnist[rng.choice(like)]
    return np.ascontiguousarray(np.rot90(image, rng.choice((1, 3))) if turned else image[:, ::-1])
