from importlib import import_module

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from glassnet import plots
from glassnet.plots.style import CATEGORICAL, figure, show_input, symmetric_limits


def test_a_figure_is_not_registered_with_pyplot_and_changes_no_setting():
    before = dict(mpl.rcParams)
    fig = figure("What one sees")
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == before
    assert fig.get_suptitle() == "What one sees"
    assert fig.get_size_inches()[0] * fig.dpi == 1000


def test_limits_are_centred_on_zero_and_hold_every_array():
    low, high = symmetric_limits(np.array([0.2, -3.0]), np.array([]), np.array([[1.0]]))
    assert (low, high) == (-3.0, 3.0)


def test_an_image_is_shown_as_it_was_written_dark_on_light():
    fig = figure("")
    ax = fig.add_subplot()
    x = np.arange(6) / 5
    show_input(ax, x, (2, 3))
    (image,) = ax.images
    assert np.array_equal(image.get_array(), x.reshape(2, 3))
    assert image.get_clim() == (0.0, 1.0)
    assert image.cmap(image.norm(1.0))[:3] == (0.0, 0.0, 0.0)


def test_a_row_of_a_table_is_shown_as_a_named_bar_for_each_feature():
    fig = figure("")
    ax = fig.add_subplot()
    show_input(ax, np.array([1.5, -2.0]), None, feature_names=["length", "width"])
    assert [bar.get_width() for bar in ax.patches] == [1.5, -2.0]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["length", "width"]


def test_the_palette_differs_in_lightness_too():
    colours = [mpl.colors.to_rgb(colour) for colour in CATEGORICAL]
    grey = [0.299 * r + 0.587 * g + 0.114 * b for r, g, b in colours]
    assert len({round(value, 2) for value in grey}) == len(CATEGORICAL)


def test_every_picture_is_a_function_whatever_is_imported_first():
    import_module("glassnet.plots.compare")
    assert all(callable(getattr(plots, name)) for name in plots.__all__)


@pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 40})
def test_style_looks():
    fig = figure("An image and a row of a table", height=3)
    left, right = fig.subplots(1, 2)
    show_input(left, np.linspace(0, 1, 64), (8, 8))
    show_input(right, np.array([5.1, 3.5, -1.4]), None)
    return fig
