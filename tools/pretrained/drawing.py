"""Strokes drawn with a shaky hand, and brought to 28×28 on the way that every picture takes."""

import numpy as np
from numpy.typing import NDArray

from glassnet.preprocessing.normalization import normalize
from tools.pretrained.shapes import Stroke

__all__ = ["blot", "drawn", "normalized", "printed", "scribble"]

CANVAS = 96  # pixels; a digit is then brought to 20
Ink = NDArray[np.floating]


def normalized(ink: Ink) -> NDArray[np.uint8]:
    """As a network sees it: 28×28."""
    return normalize(np.clip(ink, 0, 1).astype(np.float32))


def drawn(strokes: list[Stroke], rng: np.random.Generator) -> NDArray[np.uint8]:
    """Strokes with another width, slant, proportion and a little error in every point."""
    width = rng.uniform(0.5, 1.1) if rng.random() < 0.7 else rng.uniform(0.35, 1.4)
    slant = rng.normal(0, 0.15)
    turn = np.deg2rad(rng.normal(0, 6))
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    error = rng.uniform(0.0, 0.075)
    paths = []
    for stroke in strokes:
        points = np.array(stroke.points) + rng.normal(0, error, (len(stroke.points), 2))
        points += rng.normal(0, 0.02, 2)
        points = (points - 0.5) * (width, 1.0)
        points[:, 0] -= slant * points[:, 1]
        paths.append(_smooth(points @ rotation.T) if stroke.smooth else points @ rotation.T)
    return normalized(_inked(paths, rng))


def scribble(rng: np.random.Generator) -> NDArray[np.uint8]:
    """One to three strokes through points drawn by chance: five or more, so that it is hardly a digit."""
    count = int(rng.integers(5, 16))
    parts = np.array_split(rng.uniform(-0.5, 0.5, (count, 2)), int(rng.integers(1, 4)))
    paths = [
        _smooth(part) if rng.random() < 0.7 and len(part) > 2 else part for part in parts if len(part) > 1
    ]
    return normalized(_inked(paths, rng))


def blot(rng: np.random.Generator) -> NDArray[np.uint8]:
    """A patch of smooth noise above a level: dirt, shadows, the grain of paper, parts of things."""
    from scipy import ndimage

    noise = ndimage.gaussian_filter(rng.standard_normal((CANVAS, CANVAS)), float(rng.uniform(1, 9)))
    y, x = np.mgrid[-1 : 1 : CANVAS * 1j, -1 : 1 : CANVAS * 1j]
    lowered = noise / noise.std() - rng.uniform(0.5, 2.5) * (x * x + y * y) ** rng.uniform(0.7, 2)
    return normalized(np.clip(2 * (lowered - rng.uniform(-0.7, 0.6)), 0, 1))


def printed(sign: str, font: str, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A sign as a font has it."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (2 * CANVAS, 2 * CANVAS))
    pen = ImageDraw.Draw(picture)
    pen.text(
        (CANVAS, CANVAS),
        sign,
        fill=255,
        font=ImageFont.truetype(font, int(rng.integers(50, 90))),
        anchor="mm",
        stroke_width=int(rng.integers(0, 4)),
    )
    slant = float(rng.normal(0, 0.12))
    picture = picture.transform(
        picture.size,
        Image.Transform.AFFINE,
        (1, slant, -slant * CANVAS, 0, 1, 0),
        Image.Resampling.BILINEAR,
    )
    turned = picture.rotate(float(rng.normal(0, 4)), Image.Resampling.BILINEAR)
    return normalized(np.asarray(turned) / 255)


def _smooth(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """A cubic through all points (Catmull and Rom 1974), eight pieces between two."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    parts = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.vstack([*parts, points[-1:]])


def _inked(paths: list[NDArray[np.float64]], rng: np.random.Generator) -> Ink:
    """Paths in a box of side 1 around 0, drawn with a round pen; every fifth on 28×28 pixels."""
    from PIL import Image, ImageDraw

    every = np.vstack(paths)
    low, high = every.min(axis=0), every.max(axis=0)
    side = 28 if rng.random() < 0.2 else CANVAS
    scale = 0.72 * side / max(float((high - low).max()), 1e-6)
    pen = max(1, round(float(rng.uniform(0.06, 0.2)) * 0.72 * side))
    picture = Image.new("L", (side, side))
    draw = ImageDraw.Draw(picture)
    for path in paths:
        places = [tuple(p) for p in (path - (low + high) / 2) * scale + side / 2]
        draw.line(places, fill=255, width=pen, joint="curve")
        if pen > 1:
            for x, y in (places[0], places[-1], *places[1:-1]):
                draw.ellipse((x - pen / 2, y - pen / 2, x + pen / 2, y + pen / 2), fill=255)
    return np.asarray(picture) / 255
