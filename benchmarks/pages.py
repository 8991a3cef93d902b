"""MNIST's test digits on made-up pages: how many are read, and how many empty pages are said to be empty.

    python -m benchmarks.pages [NUMBER]

First pages of any size and light: a digit 1 to 20 times as large, anywhere, shaded, fainter, every other
page light on dark. Then a digit partly in a shadow, and the same pages without a digit.
"""

import os
import sys

import numpy as np
from PIL import Image
from scipy import ndimage

import glassnet as gn
from benchmarks.figures import record
from glassnet.data import load_mnist

DARKER, SOFTNESS = (0.25, 0.4, 0.55), (1.5, 5, 15)  # share of the light; pixels of 300
KINDS = ("straight", "round", "wavy")


def pasted(image, scale, shape, rng):
    """Ink from 0 to 1 on a larger canvas."""
    side = round(28 * scale)
    large = np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC), np.float32)
    ink = np.zeros([max(side, length) for length in shape], np.float32)
    top, left = (int(rng.integers(0, length - side + 1)) for length in ink.shape)
    ink[top : top + side, left : left + side] = large / 255
    return ink


def page(image, rng):
    """A digit of any size on paper of any light."""
    scale = float(rng.uniform(1, 20))
    shape = [int(28 * scale * rng.uniform(1, 2)) for _ in range(2)]
    ink = pasted(image, scale, shape, rng)
    light = np.linspace(1, rng.uniform(0.5, 1), ink.shape[1]) if rng.random() < 0.5 else 1.0
    grey = 230 * light * (1 - rng.uniform(0.6, 1) * ink)
    return (grey if rng.random() < 0.5 else 255 - grey).astype(np.uint8)


def shadow(shape, darker, soft, kind, rng):
    """Light with a shadow: what lies beyond a line, a wavy line, or around a round spot."""
    y, x = np.meshgrid(*(np.linspace(0, 1, length) for length in shape), indexing="ij")
    angle = rng.uniform(0, 2 * np.pi)
    away = np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5) - rng.uniform(-0.25, 0.25)
    if kind == "round":
        middle = rng.uniform(0.2, 0.8, 2)
        away = np.hypot((x - middle[0]) * rng.uniform(0.8, 1.3), y - middle[1]) - rng.uniform(0.2, 0.4)
    elif kind == "wavy":
        along = x * np.sin(angle) - y * np.cos(angle)
        away += 0.06 * np.sin(rng.uniform(4, 12) * along + rng.uniform(0, 6))
    dark = ndimage.gaussian_filter((away > 0).astype(np.float32), soft * shape[1] / 300)
    return 225 * (1 - darker * dark) * (1 - 0.2 * np.linspace(0, 1, shape[0])[:, np.newaxis])


def shaded(image, darker, soft, place, rng):
    """A page with a shadow, and a digit on it unless there is none."""
    shape = (300, 300) if place % 2 else (480, 360)
    ink = np.zeros(shape, np.float32)
    if image is not None:
        ink = pasted(image, rng.uniform(3, 7) * min(shape) / 300, shape, rng)
    light = shadow(shape, darker, soft, KINDS[place % 3], rng)
    return np.clip(light * (1 - 0.75 * ink) + rng.normal(0, 3, shape), 0, 255).astype(np.uint8)


def on_pages(test, number, rng):
    chosen = rng.choice(len(test), number, replace=False)
    as_they_are = np.mean(gn.pretrained().predict(test.images[chosen]) == test.labels[chosen])
    found = [(gn.read(page(test.images[i], rng)), i) for i in chosen]
    right = np.mean([reading.text == str(test.labels[i]) for reading, i in found])
    print(f"{number} digits on pages: {right:.2%} are read ({as_they_are:.2%} as they are)")
    back = [(reading.digits[0].image, i) for reading, i in found if len(reading.digits) == 1]
    away = np.array([np.abs(image.astype(float) - test.images[i]).mean() / 255 for image, i in back])
    print(f"what comes back: {away.mean():.3f} away in the mean, {np.mean(away > 0.03):.0%} more than 0.03")
    return {
        "read": 100 * float(right),
        "as_they_are": 100 * float(as_they_are),
        "difference": float(away.mean()),
        "far": 100 * float(np.mean(away > 0.03)),
    }


def in_shadow(test, number, rng):
    print(f"in a shadow, {number} pages a line: digits read, empty pages found empty")
    both = []
    for darker in DARKER:
        for soft in SOFTNESS:
            chosen = rng.choice(len(test), number, replace=False)
            read = [gn.read(shaded(test.images[i], darker, soft, k, rng)).text for k, i in enumerate(chosen)]
            right = np.mean([text == str(test.labels[i]) for text, i in zip(read, chosen, strict=True)])
            empty = np.mean([not gn.read(shaded(None, darker, soft, k, rng)).digits for k in range(number)])
            print(f"{darker:4.0%} darker, {soft:4} px soft {right:8.1%} {empty:8.1%}")
            both.append((right, empty))
    read, found_empty = (100 * float(np.mean(column)) for column in zip(*both, strict=True))
    return {"read": read, "empty": found_empty}


def main(number):
    test = load_mnist("test", data_dir=os.environ.get("GLASSNET_DATA"))
    rng = np.random.default_rng(0)
    figures = on_pages(test, number, rng)
    figures["shadows"] = in_shadow(test, max(number // 10, 1), rng)
    record("pages", figures | {"digits": number}, f"python -m benchmarks.pages {number}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
