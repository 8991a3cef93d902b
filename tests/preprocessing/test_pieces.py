"""From ink to 28×28: as MNIST was made, in reading order, joined and split."""

import numpy as np
import pytest
from PIL import Image

from glassnet.preprocessing import find, prepare, steps
from glassnet.preprocessing.normalization import centred, normalize, stroke_width
from glassnet.preprocessing.strokes import parts_of
from glassnet.preprocessing.touching import cut


def test_mnist_comes_back_from_any_page(mnist):
    """Larger, moved, shaded, fainter, inverted: the mean difference stays small.

    A third of it is that some lie one pixel aside, because their mass lies between two pixels.
    """
    rng = np.random.default_rng(1)
    images = mnist[1].images[rng.choice(10_000, 80, replace=False)]
    differences, aligned = [], []
    shifts = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    for image in images:
        side = round(28 * float(rng.uniform(1, 20)))
        large = np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC)) / 255
        canvas = np.zeros((side + side // 2, 2 * side))
        top, left = rng.integers(0, side // 2 + 1), rng.integers(0, side + 1)
        canvas[top : top + side, left : left + side] = large
        light = 230 * np.linspace(1, rng.uniform(0.6, 1), 2 * side)
        grey = (light * (1 - rng.uniform(0.6, 0.95) * canvas)).astype(np.uint8)
        pieces = find(255 - grey if rng.random() < 0.5 else grey)
        if len(pieces) == 1:  # some of MNIST's are in several strokes
            back = pieces[0].image / 255
            differences.append(np.abs(back - image / 255).mean())
            aligned.append(min(np.abs(np.roll(back, shift, (0, 1)) - image / 255).mean() for shift in shifts))
    assert len(differences) >= 74
    assert np.mean(differences) <= 0.03
    assert np.mean(aligned) <= 0.021


def test_the_long_side_is_20_and_the_mass_in_the_middle(rng):
    for _ in range(20):
        height, width = rng.integers(12, 90, 2)
        ink = np.zeros((120, 120), np.float32)
        ink[5 : 5 + height, 9 : 9 + width] = rng.random((height, width)) > 0.3
        image = normalize(ink).astype(float)
        there = image > 25
        spans = [np.ptp(np.flatnonzero(there.any(axis=axis))) + 1 for axis in (0, 1)]
        assert max(spans) in (19, 20)
        mass = [(image.sum(axis=1 - axis) * np.arange(28)).sum() / image.sum() for axis in (0, 1)]
        assert all(abs(place - 14) <= 0.51 for place in mass)


def test_no_ink_is_28_by_28_of_nothing():
    assert not normalize(np.zeros((40, 30), np.float32)).any()
    assert centred(np.ones((20, 4), np.float32)).sum() == 80 * 255


@pytest.mark.parametrize("pen", [1, 3, 12, 24])
def test_a_pen_is_brought_to_mnists_width(pen):
    ink = np.zeros((140, 140), np.float32)
    ink[20:120, 60 : 60 + pen] = 1
    ink[20 : 20 + pen, 60:120] = 1
    image = normalize(ink)
    width = stroke_width(np.kron(image > 127, np.ones((8, 8), bool))) / 8
    assert 1.2 <= width <= 4.8


def test_lines_are_read_from_top_to_bottom_and_left_to_right(page, seven):
    places = [(30, 20), (120, 30), (200, 15), (40, 160), (150, 170)]
    grey = page(*[(seven, 2.5, left, top) for left, top in places])
    found = find(grey)
    assert [piece.line for piece in found] == [0, 0, 0, 1, 1]
    assert [piece.box[0] // 10 for piece in found] == [(left + 20) // 10 for left, _ in places]


def test_a_tilted_line_is_one_line(page, seven):
    places = [(scale, 10 + 56 * k, 20 + 20 * k) for k, scale in enumerate((2, 1.7, 2, 1.6, 2))]
    found = find(page(*((seven, *place) for place in places)))
    assert [piece.line for piece in found] == [0] * 5
    assert [piece.box[0] for piece in found] == sorted(piece.box[0] for piece in found)


def test_digits_of_two_lines_that_nearly_touch_stay_two(page, seven):
    places = [(2, left, top) for top in (40, 82) for left in (40, 110, 180)]
    found = find(page(*((seven, *place) for place in places)))
    assert [piece.line for piece in found] == [0, 0, 0, 1, 1, 1]


def test_a_wide_gap_is_a_space(page, seven):
    grey = page(*[(seven, 2, left, 100) for left in (10, 45, 80, 220)])
    assert [piece.space for piece in find(grey)] == [False, False, False, True]


def test_a_flag_just_above_belongs_to_its_digit():
    page = np.full((120, 100), 230, np.uint8)
    page[30:34, 40:70] = 30  # the flag of a 5, a little apart
    page[38:42, 40:64] = page[38:70, 38:43] = 30
    page[66:70, 40:66] = page[66:95, 62:67] = page[92:96, 36:66] = 30
    assert len(find(page)) == 1


def test_touching_strokes_are_offered_cuts(page, seven):
    grey = page((seven, 4, 60, 90), (seven, 4, 60 + 4 * 11, 90))
    sheet = prepare(grey)
    (part,) = parts_of(sheet.ink)
    pieces = cut(part, sheet.share, part.height)
    assert len(pieces) >= 2
    assert all(piece.siblings == len(pieces) for piece in pieces)
    assert sum(piece.mask.sum() for piece in pieces) >= 0.95 * part.mask.sum()
    assert cut(pieces[0], sheet.share, 10 * part.height) == [pieces[0]]  # narrow beside its line


def test_each_step_has_its_picture(page, seven):
    grey = page((seven, 5, 60, 80))
    names = [name for name, _ in steps(grey)]
    assert names[:3] == ["grey levels", "dark on light", "light evened out"]
    assert names[-1] == "28×28, centred by mass"
    assert all(picture.dtype == np.uint8 for _, picture in steps(grey))
    turned = steps(255 - grey)
    assert turned[1][0] == "light on dark: turned over"
    assert [name for name, _ in steps(np.full((50, 50), 200, np.uint8))][-1] == "ink"


def test_ruled_lines_are_a_step(page, seven):
    lines = np.zeros((300, 300))
    lines[40::50] = lines[41::50] = 0.7
    assert "ruled lines taken out" in [name for name, _ in steps(page((seven, 5, 60, 80), lines=lines))]
