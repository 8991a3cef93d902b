"""The robustness card as a picture."""

import dataclasses

import numpy as np
import pytest
from matplotlib.figure import Figure

import glassnet as gn
from glassnet import plots
from glassnet.data import Preparation
from glassnet.evaluation.robustness import robustness


@pytest.fixture(scope="module")
def card():
    data = gn.load("digits").limit(300, seed=0)
    network = gn.mlp(64, 12, 10, seed=0)
    gn.fit(network, data, gn.Adam(0.01), epochs=8, batch_size=32, seed=0)
    return robustness(gn.Model(network, Preparation.default(data), data.class_names, (8, 8)), data)


def test_bars_examples_and_words(card):
    fig = plots.robustness(card)
    assert isinstance(fig, Figure)
    ax = fig.axes[0]
    bars = ax.patches
    np.testing.assert_allclose([bar.get_width() / 100 for bar in bars], [c.accuracy for c in card.conditions])
    assert [label.get_text() for label in ax.get_yticklabels()] == [c.name for c in card.conditions]
    shown = [inset.images[0] for inset in ax.child_axes]
    assert len(shown) == len(card.conditions)
    for image, condition in zip(shown, card.conditions, strict=True):
        np.testing.assert_array_equal(image.get_array(), condition.example)
        assert image.get_clim() == (0, 16)
    said = [t.get_text() for t in ax.texts]
    assert all(("✓" in words) == c.right for words, c in zip(said, card.conditions, strict=True))
    assert all(c.answer in words for words, c in zip(said, card.conditions, strict=True))
    assert "% of 300 images" in ax.get_xlabel()
    marked = [i for i, bar in enumerate(bars) if bar.get_facecolor()[:3] != bars[0].get_facecolor()[:3]]
    assert marked == [card.conditions.index(card.worst)]
    assert ax.lines[0].get_xdata()[0] == pytest.approx(100 * card.conditions[0].accuracy)


def test_the_title_names_what_hurts_most(card):
    title = plots.robustness(card).get_suptitle()
    assert title.startswith("How robust it is: ") and title.endswith(card.worst.name)
    alone = dataclasses.replace(card, conditions=card.conditions[:1])
    assert plots.robustness(alone).get_suptitle().endswith("of the images as they are")


def test_long_names_are_cut_short(card):
    named = [dataclasses.replace(c, answer="a class with a long name") for c in card.conditions]
    fig = plots.robustness(dataclasses.replace(card, conditions=tuple(named)))
    assert all("a class with a …" in t.get_text() for t in fig.axes[0].texts)


@pytest.mark.mpl_image_compare(savefig_kwargs={"dpi": 40})
def test_robustness_looks(card):
    return plots.robustness(card)
