"""The README's first picture: ``python -m examples.first_look [FILE]``.

A photograph of MNIST's test digits on squared paper, read by the model that ships; and below it why the
network takes one of them for what it is.
"""

import sys
from io import BytesIO
from pathlib import Path

import numpy as np
from benchmarks.several import page
from PIL import Image

import glassnet as gn
from glassnet import plots
from glassnet.data import load_mnist
from glassnet.explain.tracing import evidence_of

TARGET = Path("docs/images/first-look.webp")
WIDTH = 1100  # pixels


def as_image(figure):
    """A figure as an image, as wide as the others."""
    held = BytesIO()
    figure.savefig(held, dpi=150)
    image = Image.open(held).convert("RGB")
    return image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)


def main(target=TARGET):
    """Draw both and put one below the other."""
    model = gn.pretrained()
    photograph, said = page(load_mnist("test"), np.random.default_rng(13), paper="squared", lines=1)
    found = gn.read(photograph[:200])  # of a tall sheet its upper part
    print(f"written {said}, read {found.text}")
    digit = min(found.digits, key=lambda digit: digit.confidence)
    read = as_image(plots.reading(found))
    why = as_image(plots.evidence(evidence_of(model, digit.image), image_shape=(28, 28)))
    both = Image.new("RGB", (WIDTH, read.height + why.height), "white")
    both.paste(read, (0, 0))
    both.paste(why, (0, read.height))
    both.save(target, quality=80)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
