"""Pages to look for ink on."""

import numpy as np
import pytest
from PIL import Image


def page_with(*digits, side=300, light=220.0, dark=0.8, gradient=0.0, noise=2.0, lines=None):
    """Digits (image, scale, left, top) written on a page whose light falls off to one side."""
    rng = np.random.default_rng(0)
    ink = np.zeros((side, side))
    for image, scale, left, top in digits:
        size = round(28 * scale)
        large = np.asarray(Image.fromarray(image).resize((size, size), Image.Resampling.BICUBIC)) / 255
        ink[top : top + size, left : left + size] = np.maximum(
            ink[top : top + size, left : left + size], large
        )
    if lines is not None:
        ink = np.maximum(ink, lines)
    paper = light * (1 - gradient * np.linspace(0, 1, side)) * np.ones((side, 1))
    return np.clip(paper * (1 - dark * ink) + rng.normal(0, noise, ink.shape), 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def page():
    return page_with


@pytest.fixture(scope="session")
def seven():
    """A digit of MNIST's size, drawn for these tests."""
    image = np.zeros((28, 28), np.uint8)
    image[5:8, 8:21] = 255
    for k in range(16):
        image[8 + k, 18 - k // 2 : 21 - k // 2] = 255
    return image
