"""One training at a moment: the engine's own numbers."""

import numpy as np
import pytest

from glassnet import Model, load, mlp
from glassnet.data import Preparation
from glassnet.optim import Adam
from glassnet.play.snapshot import gradient_lengths, snapshot
from glassnet.train import fit


def test_a_snapshot_shows_weights_confusion_and_the_surest_mistakes():
    train, held_out = load("digits").split(0.3, seed=0)
    network = mlp(64, 24, 16, 10, seed=0)
    fit(network, train, Adam(0.005), epochs=3)
    model = Model(network, Preparation.default(train), train.class_names, (8, 8))
    seen = snapshot(model, held_out, units=10, mistakes=5)
    assert np.array_equal(seen.weights, model.network.parameters["0.W"][:, :10].T)
    right = model.predict(held_out.images) == held_out.labels
    assert seen.accuracy == right.mean() and seen.confusion.sum() == len(held_out)
    assert len(seen.mistakes) == min(5, (~right).sum())
    sure = [mistake.confidence for mistake in seen.mistakes]
    assert sure == sorted(sure, reverse=True)
    for mistake in seen.mistakes:
        assert held_out.labels[mistake.number] == mistake.label != mistake.answer
    alone = snapshot(model, None)
    assert alone.confusion is None and alone.mistakes == ()
    lengths = gradient_lengths(model)
    assert list(lengths) == ["hidden 1", "hidden 2", "output"]
    assert lengths["output"] == pytest.approx(np.linalg.norm(model.network.gradients["4.W"]))
