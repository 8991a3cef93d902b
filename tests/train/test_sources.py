"""A training learns from whatever deals out batches and is judged by whatever answers for a network."""

import math

import numpy as np
import pytest

import glassnet as gn
from glassnet.errors import TrainingError
from glassnet.train import Epoch, Training, watch_layers
from glassnet.train.batches import Batch


class Halves:
    """Two batches an epoch, of which the second is penalised by itself."""

    seed, has_classes = None, False

    def __init__(self, X, y, l2):
        self.m, self.size, self.steps = len(y), len(y) // 2, 2
        self.X, self.y, self.l2 = X, y, l2

    def epoch(self, number, first=0):
        halves = [(slice(None, self.size), 0.0), (slice(self.size, None), self.l2)]
        for rows, l2 in halves[first:]:
            yield Batch(self.X[rows], self.y[rows], None, None, l2)

    def sample(self, n):
        return self.X[:n]


@pytest.fixture
def halves():
    rng = np.random.default_rng(0)
    return Halves(rng.normal(size=(20, 3)).astype(np.float32), np.arange(20) % 4, l2=0.5)


def test_its_penalty_counts_in_the_loss_and_in_the_gradient(halves):
    network, twin = gn.mlp(3, 5, 4, seed=0, l2=9.0), gn.mlp(3, 5, 4, seed=0)
    steps = list(Training(network, gn.GradientDescent(0.1), halves, epochs=1))[:2]
    for step, rows, l2 in zip(steps, (slice(10), slice(10, None)), (0.0, 0.5), strict=True):
        loss, _ = twin.loss_and_gradients(halves.X[rows], halves.y[rows])
        W = twin.theta[twin.decayed]
        assert step.loss == pytest.approx(loss + l2 / 2 * float(W @ W), rel=1e-6)
        twin.grad[twin.decayed] += np.float32(l2) * W
        twin.theta -= np.float32(0.1) * twin.grad
    np.testing.assert_allclose(network.theta, twin.theta, rtol=1e-6)
    assert network.l2 == 9.0


def test_listeners_do_with_such_a_source(halves):
    training = Training(gn.mlp(3, 5, 4, seed=0), gn.Adam(), halves, epochs=2)
    list(watch_layers(training))
    assert "dead/1" in training.history.columns
    assert training.history.records[0]["accuracy"] is None


def test_whatever_judges_is_asked_after_each_epoch(halves):
    answers = iter([(0.5, 0.9), (0.4, None)])
    network = gn.mlp(3, 5, 4, seed=0)
    training = Training(network, gn.Adam(), halves, epochs=2, validate=lambda judged: next(answers))
    epochs = [event for event in training if isinstance(event, Epoch)]
    assert [(e.validation_loss, e.validation_accuracy) for e in epochs] == [(0.5, 0.9), (0.4, None)]


@pytest.mark.parametrize("loss", [math.nan, math.inf])
def test_a_judgement_that_is_no_number_ends_the_training(halves, loss):
    training = Training(gn.mlp(3, 5, 4), gn.Adam(), halves, epochs=2, validate=lambda network: (loss, loss))
    with pytest.raises(TrainingError, match="The loss on the validation set became"):
        list(training)
