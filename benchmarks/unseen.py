"""Pictures unlike any that the shipped model learned from: handwriting fonts, and parts of photographs.

    python -m benchmarks.unseen [FOLDER]

Digits, letters and words in every font of FOLDER (.ttf, .otf, .woff), and square parts of the photographs
that come with scikit-image, scikit-learn and Matplotlib. Letters that look like digits (b B D g G I i j l o O
q s S z Z) are not asked for by themselves.
"""

import sys
from collections import Counter
from pathlib import Path

import matplotlib
import numpy as np
import skimage
import sklearn
from PIL import Image, ImageDraw, ImageFont

import glassnet as gn
from glassnet.errors import ImageError
from glassnet.preprocessing import open_grey

DIGITS = "0123456789" * 2
LETTERS = "ACEFHJKLMNPRTUVWXYacdefhkmnprtuvwxy"
WORDS = ("hello", "cat", "The end", "milk", "name", "Yes", "abc", "home", "Mum", "and")
FOLDERS = ((skimage, "data"), (sklearn, "datasets/images"), (matplotlib, "mpl-data/sample_data"))
CUT_OUTS = 12  # of each photograph


def written(text, font, rng):
    """A text on paper of any light, a little turned."""
    size = int(rng.uniform(50, 160))
    pen = ImageFont.truetype(str(font), size)
    left, top, right, bottom = pen.getbbox(text)
    margin = int(size * rng.uniform(0.3, 0.8))
    picture = Image.new("L", (right - left + 2 * margin, bottom - top + 2 * margin))
    ImageDraw.Draw(picture).text((margin - left, margin - top), text, fill=255, font=pen)
    ink = np.asarray(picture.rotate(rng.normal(0, 4), Image.Resampling.BICUBIC)) / 255
    y, x = np.meshgrid(*(np.linspace(-1, 1, length) for length in ink.shape), indexing="ij")
    light = rng.uniform(160, 245) * (1 + rng.uniform(-0.15, 0.15) * x + rng.uniform(-0.15, 0.15) * y)
    page = light * (1 - rng.uniform(0.4, 0.95) * ink) + rng.normal(0, rng.uniform(0, 4), ink.shape)
    return np.clip(page, 0, 255).astype(np.uint8)


def in_fonts(fonts, rng):
    digits = [(digit, gn.read(written(digit, font, rng)).text) for font in fonts for digit in DIGITS]
    wrong = Counter(f"{digit} as {text or 'none'}" for digit, text in digits if text != digit)
    print(f"{len(digits)} digits in {len(fonts)} fonts: {1 - wrong.total() / len(digits):.1%} are read")
    print("   " + ", ".join(f"{what} ({times})" for what, times in wrong.most_common(12)))
    for kind, texts in (("letters", LETTERS), ("words", WORDS)):
        found = [(text, gn.read(written(text, font, rng)).text) for font in fonts for text in texts]
        taken = Counter(f"{text} as {said}" for text, said in found if said)
        print(f"{len(found)} {kind}: {1 - taken.total() / len(found):.1%} hold no digit")
        print("   " + ", ".join(f"{what} ({times})" for what, times in taken.most_common(12)))


def photographs():
    """Those that the packages bring along, in grey."""
    for package, inside in FOLDERS:
        for path in sorted((Path(package.__file__).parent / inside).glob("*")):
            try:
                grey = open_grey(path)
            except (ImageError, OSError):
                continue
            if min(grey.shape) >= 100:
                yield path.name, grey


def in_photographs(rng):
    found = []
    for name, grey in photographs():
        for _ in range(CUT_OUTS):
            side = int(rng.uniform(60, min(grey.shape)))
            top, left = (int(rng.integers(length - side + 1)) for length in grey.shape)
            part = np.ascontiguousarray(grey[top : top + side, left : left + side])
            found.append((name, gn.read(part).text.replace("\n", " / ")))
    taken = Counter(name for name, text in found if text)
    print(f"{len(found)} parts of photographs: {1 - taken.total() / len(found):.1%} hold no digit")
    print("   " + ", ".join(f"{name} ({times})" for name, times in taken.most_common(12)))


def main(folder):
    rng = np.random.default_rng(0)
    if folder is not None:
        in_fonts(sorted(p for p in folder.rglob("*") if p.suffix in (".ttf", ".otf", ".woff")), rng)
    in_photographs(rng)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
