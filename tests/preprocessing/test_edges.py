"""Shadows end somewhere; where they do is no stroke, and what is written there is read all the same."""

import numpy as np
import pytest
from scipy import ndimage

from glassnet.preprocessing import prepare
from glassnet.reading import read


def light(shape, kind, rng, soft):
    """Light that falls by 40 % behind a border: straight, wavy or round."""
    y, x = np.meshgrid(*(np.linspace(-1, 1, side) for side in shape), indexing="ij")
    angle = rng.uniform(0, 2 * np.pi)
    away = np.cos(angle) * x + np.sin(angle) * y - rng.uniform(-0.3, 0.3)
    if kind == "wavy":
        away += 0.1 * np.sin(5 * (x * np.sin(angle) - y * np.cos(angle)))
    elif kind == "round":
        away = np.hypot(x - rng.uniform(-0.5, 0.5), y - rng.uniform(-0.5, 0.5)) - 0.6
    return 220 * (1 - 0.4 * ndimage.gaussian_filter((away > 0).astype(float), soft))


def photographed(paper, ink, rng):
    return np.clip(paper * (1 - 0.75 * ink) + rng.normal(0, 3, ink.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("soft", [2, 5, 15])
@pytest.mark.parametrize("kind", ["straight", "wavy", "round"])
def test_on_an_empty_page_a_shadow_is_no_digit(kind, soft, rng):
    pages = [photographed(light((240, 320), kind, rng, soft), np.zeros((240, 320)), rng) for _ in range(8)]
    assert sum(bool(read(page).digits) for page in pages) <= 1


@pytest.mark.parametrize("soft", [2, 5, 15])
@pytest.mark.parametrize("kind", ["straight", "wavy", "round"])
def test_digits_in_and_out_of_a_shadow_are_read(kind, soft, rng, mnist):
    _, test = mnist
    right = 0
    for image, label in zip(test.images[:10], test.labels[:10], strict=True):
        ink = np.zeros((240, 320))
        top, left = rng.integers(0, 240 - 168), rng.integers(0, 320 - 168)
        ink[top : top + 168, left : left + 168] = ndimage.zoom(image / 255, 6, order=1)
        right += read(photographed(light(ink.shape, kind, rng, soft), ink, rng)).text == str(label)
    assert right >= 8


def test_a_shadows_border_is_told_apart_from_a_stroke_beside_it():
    grey = np.full((120, 160), 220, np.uint8)
    grey[:, 110:] = 120
    grey[30:90, 40:48] = 50
    sheet = prepare(grey)
    assert sheet.ink[35:85, 42:46].all() and not sheet.ink[:, 105:].any()
    assert not sheet.edges[:, :100].any()


def test_soft_and_faint_strokes_are_no_edges(rng):
    for soft in (0, 1, 3):
        for dark in (0.15, 0.4, 0.9):
            ink = np.zeros((200, 200))
            ink[40:160, 90:102] = ink[40:52, 60:140] = 1
            grey = photographed(
                np.full((200, 200), 210.0), dark / 0.75 * ndimage.gaussian_filter(ink, soft), rng
            )
            sheet = prepare(grey)
            assert sheet.ink.any() and not sheet.edges.any(), (soft, dark)


@pytest.mark.parametrize("dark", [0, 60])
def test_the_outline_of_a_dark_thing_is_no_stroke(dark):
    grey = np.full((300, 300), 230, np.uint8)
    grey[50:250, 50:250] = dark
    assert not read(grey).digits
    assert not read(255 - grey).digits


@pytest.mark.parametrize("margin", [8, 20])
def test_a_light_margin_around_a_dark_picture_is_no_stroke(margin):
    grey = np.full((340, 340), 240, np.uint8)
    grey[margin:-margin, margin:-margin] = 20
    assert not read(grey).digits
    assert not read(grey[::5, ::5]).digits
