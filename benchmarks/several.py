"""Pages with several of MNIST's test digits: how many are read whole, and how many digits are.

    python -m benchmarks.several [NUMBER] [train]

NUMBER pages of each kind (100): on plain, ruled and squared paper; close, at most a tenth of their height
apart; tilted by 8 degrees. Each has one to three lines of two to seven digits.
Then the time that a picture of a megapixel takes, filled with one line: the median of ten.
With "train", 5,000 training digits that the shipped model did not learn: to work on the reader with.
"""

import difflib
import os
import statistics
import sys
import time

import numpy as np
from PIL import Image
from scipy import ndimage

import glassnet as gn
from benchmarks.figures import record
from glassnet.data import load_mnist

KINDS = {
    "plain paper": {},
    "ruled paper": {"paper": "ruled"},
    "squared paper": {"paper": "squared"},
    "close": {"gap": (-0.02, 0.1), "lines": 2},
    "tilted": {"tilt": 8},
}


def line(digits, size, gap, rng):
    """A line of digits as ink from 0 to 1, and what it says."""
    chosen = rng.integers(len(digits), size=rng.integers(2, 8))
    row, x = np.zeros((round(1.6 * size), round(14 * size)), np.float32), 5
    for i in chosen:
        image = digits.images[i]
        rows, columns = (np.flatnonzero(image.max(axis=axis) > 60) for axis in (1, 0))
        cut = Image.fromarray(image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
        scale = rng.uniform(0.9, 1.1) * size / 20
        width, height = (max(1, round(side * scale)) for side in cut.size)
        ink = np.asarray(cut.resize((width, height), Image.Resampling.BICUBIC)) / 255
        top = int(np.clip((len(row) - height) / 2 + rng.uniform(-0.06, 0.06) * size, 0, len(row) - height))
        place = row[top : top + height, x : x + width]
        np.maximum(place, ink, out=place)
        x += width + round(size * rng.uniform(*gap))
    return row[:, : x + 5], "".join(str(digits.labels[i]) for i in chosen)


def page(digits, rng, paper="plain", gap=(0.12, 0.6), lines=3, tilt=0.0):
    """A photograph of some lines of digits, and what they say."""
    size = rng.uniform(28, 110)
    rows = [line(digits, size, gap, rng) for _ in range(rng.integers(1, lines + 1))]
    lead = size * rng.uniform(1.4, 2.2)
    width = round(max(row.shape[1] for row, _ in rows) + size * rng.uniform(0.6, 2))
    ink = np.zeros((round(lead * len(rows) + size * rng.uniform(0.6, 1.5)), width), np.float32)
    for k, (row, _) in enumerate(rows):
        top, left = round(0.3 * size + k * lead), round(size * rng.uniform(0.1, 0.5))
        place = ink[top : top + len(row), left : left + row.shape[1]]
        np.maximum(place, row[: place.shape[0], : place.shape[1]], out=place)
    turned = rng.normal(0, 1.5) + tilt * rng.choice((-1, 1))
    ink = np.clip(ndimage.rotate(ink, turned, order=1), 0, 1)
    y, x = np.mgrid[-1 : 1 : ink.shape[0] * 1j, -1 : 1 : ink.shape[1] * 1j]
    light = rng.uniform(150, 245) * (1 + rng.uniform(-0.2, 0.2) * x + rng.uniform(-0.2, 0.2) * y)
    darker = np.maximum(rng.uniform(0.45, 0.9) * ink, ruled(ink.shape, paper, size, lead, rng))
    grey = light * (1 - darker) + rng.normal(0, rng.uniform(1, 5), ink.shape)
    return np.clip(grey, 0, 255).astype(np.uint8), "\n".join(said for _, said in rows)


def ruled(shape, paper, size, lead, rng):
    """The lines of the paper, as a share of the light that they take."""
    taken = np.zeros(shape, np.float32)
    if paper == "plain":
        return taken
    apart = max(8, round(size * rng.uniform(0.4, 0.7))) if paper == "squared" else max(12, round(lead))
    dark, wide = rng.uniform(0.1, 0.35), max(1, round(size / 40))
    for axis in (0, 1) if paper == "squared" else (0,):
        for at in range(int(rng.integers(apart)), shape[axis], apart):
            taken[(slice(None),) * axis + (slice(at, at + wide),)] = dark
    return taken


def milliseconds(digits, options):
    """Of one megapixel with one line of digits, each read once before."""
    rng, times = np.random.default_rng(1), []
    for _ in range(10):
        picture = Image.fromarray(page(digits, rng, **{**options, "lines": 1})[0])
        larger = (1e6 / (picture.width * picture.height)) ** 0.5
        size = round(picture.width * larger), round(picture.height * larger)
        grey = np.asarray(picture.resize(size, Image.Resampling.BICUBIC))
        gn.read(grey)
        start = time.perf_counter()
        gn.read(grey)
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main(number, part):
    digits = load_mnist(part, data_dir=os.environ.get("GLASSNET_DATA"))
    if part == "train":
        _, digits = digits.split(5000, seed=0)
    print(f"{number} pages of each kind: read whole, digits read; a megapixel in ms")
    figures = {}
    for kind, options in KINDS.items():
        rng = np.random.default_rng(0)
        whole = read = digits_in_all = 0
        for _ in range(number):
            grey, truth = page(digits, rng, **options)
            found = gn.read(grey).text.replace(" ", "")
            whole += found == truth
            blocks = difflib.SequenceMatcher(None, found, truth, autojunk=False).get_matching_blocks()
            read += sum(block.size for block in blocks)
            digits_in_all += len(truth)
        shares = f"{whole / number:6.1%} {read / digits_in_all:6.1%}"
        took = milliseconds(digits, options)
        print(f"{kind:<14} {shares} {took:5.0f}", flush=True)
        figures[kind.replace(" ", "_")] = {
            "whole": 100 * whole / number,
            "digits": 100 * read / digits_in_all,
            "milliseconds": took,
        }
    if part == "test":
        record("several", figures | {"pages": number}, f"python -m benchmarks.several {number}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, "train" if "train" in sys.argv else "test")
