"""The moving average in the weights' place."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.train.weight_average import WeightAverage


def test_it_is_the_networks_own_weights_before_the_first_update():
    network = gn.mlp(3, 2)
    assert WeightAverage(network, 0.9).weights == (network.theta, network.state)


def test_it_averages_parameters_and_statistics():
    network = gn.mlp(3, 4, 2, batch_norm=True)
    average = WeightAverage(network, 0.5)
    network.theta[...], network.state[...] = 1.0, 10.0
    average.update()
    network.theta[...], network.state[...] = 2.0, 20.0
    average.update()
    theta, state = average.weights
    assert 1.0 < theta[0] < 2.0
    np.testing.assert_allclose(state, 10 * theta[: state.size])


def test_the_weights_come_back_even_after_an_error():
    network = gn.mlp(3, 2, seed=0)
    average = WeightAverage(network, 0.5)
    average.update()
    network.theta += 1.0
    average.update()
    before = network.theta.copy()

    def fail_within():
        with average.in_use():
            np.testing.assert_array_equal(network.theta, average.weights[0])
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        fail_within()
    np.testing.assert_array_equal(network.theta, before)
