"""From grey levels to ink: whatever the light, the polarity and the paper."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glassnet.errors import ImageError
from glassnet.preprocessing import find, prepare
from glassnet.preprocessing.binarization import noise_level
from glassnet.preprocessing.light import paper_level, sharp_paper_level, surface
from glassnet.preprocessing.lines import remove_lines


def boxes(grey):
    return [piece.box for piece in find(grey)]


def near(box, other, pixels=4):
    return all(abs(a - b) <= pixels for a, b in zip(box, other, strict=True))


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("gradient", [0.0, 0.6])
@pytest.mark.parametrize("dark", [0.2, 0.8])
def test_a_digit_is_found_in_any_light_and_polarity(page, seven, inverted, gradient, dark):
    grey = page((seven, 5, 60, 80), gradient=gradient, dark=dark)
    grey = 255 - grey if inverted else grey
    (box,) = boxes(grey)
    assert near(box, (60 + 5 * 8, 80 + 5 * 5, 60 + 5 * 21, 80 + 5 * 24), 6)
    assert prepare(grey).dark is not inverted


@settings(deadline=None, max_examples=25)
@given(
    light=st.integers(30, 250),
    fall=st.floats(0, 0.6),
    noise=st.floats(0, 8),
    seed=st.integers(0, 1000),
)
def test_there_is_no_ink_on_an_empty_page(light, fall, noise, seed):
    rng = np.random.default_rng(seed)
    paper = light * (1 - fall * np.linspace(0, 1, 160)) * np.ones((120, 1))
    grey = np.clip(paper + rng.normal(0, noise, paper.shape), 0, 255).astype(np.uint8)
    assert prepare(grey).ink.mean() < 0.012


def test_noise_is_measured_beside_much_ink(rng):
    share = rng.normal(0, 0.02, (100, 100)).astype(np.float32)
    share[:, :55] += 0.8
    assert noise_level(share) == pytest.approx(0.02, rel=0.3)


def test_the_surface_passes_ink_by():
    y, x = np.mgrid[0:60, 0:80].astype(np.float32)
    paper = 200 - 0.5 * x + 0.3 * y
    written = paper.copy()
    written[20:40, 30:36] = 20
    np.testing.assert_allclose(surface(written), paper, atol=1.5)


def test_a_shadow_is_paper_and_its_edge_no_ink(page, seven):
    grey = page((seven, 4, 90, 90), noise=0).astype(np.float64)
    grey[:, 150:] *= 0.5
    shaded = grey.astype(np.uint8)
    sharp = sharp_paper_level(shaded)
    assert abs(sharp[10, 140] - 220) < 6
    assert abs(sharp[10, 160] - 110) < 6
    sheet = prepare(shaded, sharp=True)
    assert not sheet.ink[:60].any()
    assert paper_level(shaded).shape != sharp.shape  # the usual one is coarse


@pytest.mark.parametrize("squared", [False, True])
@pytest.mark.parametrize("tilt", [0.0, 0.02])
def test_ruled_lines_are_taken_out_and_the_digit_stays(page, seven, squared, tilt):
    lines = np.zeros((300, 300))
    columns = np.arange(300)
    for start in range(-30, 330, 50):
        rows = np.rint(start + tilt * columns).astype(int)
        for thick in (0, 1):
            inside = (rows + thick >= 0) & (rows + thick < 300)
            lines[(rows + thick)[inside], columns[inside]] = 0.7
            if squared:
                lines[columns[inside], (rows + thick)[inside]] = 0.7
    grey = page((seven, 5, 60, 80), lines=lines)
    found = boxes(grey)
    assert len(found) == 1
    assert near(found[0], (100, 105, 165, 200), 8)


def test_a_bar_that_fills_the_picture_is_no_ruled_line():
    ink = np.zeros((100, 100), bool)
    ink[10:13] = True  # the bar of a 7
    for k in range(85):
        ink[13 + k, 95 - k // 2 : 100 - k // 2] = True
    assert not remove_lines(ink).any()


def test_one_ruled_line_through_a_row_of_digits_is_taken_out():
    ink = np.zeros((120, 400), bool)
    ink[20:90, 60:330:60] = ink[20:90, 61:330:60] = ink[20:90, 62:330:60] = True
    digits = ink.copy()
    ink[50:52] = True
    lines = remove_lines(ink)
    assert (ink & ~lines)[digits].all()
    assert (lines | digits)[ink].all()


def test_beside_ruled_lines_one_that_is_faint_at_one_side_is_taken_out_too():
    ink = np.zeros((300, 500), bool)
    ink[60, :] = ink[160, :] = ink[260, 90:] = True
    ink[200:280, 200:210] = True
    lines = remove_lines(ink)
    assert lines[[60, 160]].all() and lines[260, 90:190].all() and lines[260, 220:].all()
    assert not lines[200:280, 200:210].any()
    ink[[60, 160]] = False  # alone it may be a stroke
    assert not remove_lines(ink).any()


def test_a_line_along_the_edge_is_no_digit(page, seven):
    grey = page((seven, 5, 60, 80))
    grey[:, 296:298] = 40
    assert len(boxes(grey)) == 1


@pytest.mark.parametrize("shape", [(7, 30), (30, 5)])
def test_too_small_a_picture_is_refused(shape):
    with pytest.raises(ImageError, match="At least 8×8"):
        prepare(np.zeros(shape, np.uint8))


def test_a_large_picture_is_looked_at_smaller_but_cut_out_of_the_large_one(page, seven):
    grey = page((seven, 4, 300, 500), side=1400)
    sheet = prepare(grey)
    assert sheet.factor > 1
    assert sheet.share.size <= 400_000
    (piece,) = find(grey)
    assert piece.ink.shape[0] == pytest.approx(76, abs=6)  # 19 rows, four pixels each
