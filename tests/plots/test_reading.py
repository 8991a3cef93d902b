"""Pictures of what was read."""

import numpy as np
import pytest
from matplotlib.patches import Rectangle
from tools.pretrained.drawing import drawn
from tools.pretrained.shapes import DIGITS, OTHERS

from glassnet import plots
from glassnet.reading import read

SMALL = pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 40})


@pytest.fixture(scope="module")
def found():
    """A 3, a star and a 5."""
    rng = np.random.default_rng(2)
    three = [drawn(DIGITS[3][0][1], rng), drawn(OTHERS["star outline"], rng), drawn(DIGITS[5][0][1], rng)]
    large = np.kron(np.hstack([np.pad(image, 6) for image in three]), np.ones((4, 4), np.uint8))
    return read(255 - large)


def test_each_box_is_drawn_where_it_is(found, text):
    fig = plots.reading(found)
    frames = [patch for patch in fig.axes[0].patches if isinstance(patch, Rectangle)]
    expected = [(*d.box[:2], d.box[2] - d.box[0]) for d in (*found.digits, *found.rejected)]
    assert [(*f.get_xy(), f.get_width()) for f in frames] == expected
    styles = [frame.get_linestyle() for frame in frames]
    assert styles == ["-"] * len(found.digits) + ["--"] * len(found.rejected)
    written = text(fig)
    assert "Read: 3" in written
    assert "not like a digit" in written


def test_where_nothing_was_read_the_title_says_why(text):
    assert "There is no ink." in text(plots.reading(read(np.full((60, 90), 220, np.uint8))))


def test_all_steps_are_shown(found, text):
    from glassnet.preprocessing import steps

    fig = plots.reading_steps(found)
    pictures = steps(found.sheet)
    assert len(fig.axes) == len(pictures)
    for ax, (name, picture) in zip(fig.axes, pictures, strict=True):
        shown = ax.images[0].get_array()
        step = -(-max(picture.shape) // 500)
        np.testing.assert_array_equal(shown, picture[::step, ::step])
        assert name in text(fig)


@SMALL
def test_reading_looks(found):
    return plots.reading(found)


@SMALL
def test_reading_steps_looks(found):
    return plots.reading_steps(found)
