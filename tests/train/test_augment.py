"""Training on distorted images: repeatable, other images in each epoch, and resumed bit for bit."""

import numpy as np

import glassnet as gn
from glassnet.data import Distortion
from glassnet.train import TrainingState, train

HOW = {"epochs": 3, "batch_size": 64, "seed": 5, "augment": Distortion(shift=1, rotation=10, calm=(1, 7))}


def start():
    return gn.mlp(64, 16, 10, seed=0), gn.load("digits").limit(300, seed=0), gn.Adam(1e-2)


def trained(**how):
    network, data, optimizer = start()
    gn.fit(network, data, optimizer, **{**HOW, **how})
    return network.theta


def test_it_is_repeatable_and_does_something():
    theta = trained()
    np.testing.assert_array_equal(theta, trained())
    assert not np.array_equal(theta, trained(augment=None))


def test_full_batch_sees_new_images_too():
    assert not np.array_equal(trained(batch_size=None), trained(batch_size=None, augment=None))


def test_it_goes_on_bit_for_bit_from_the_middle_of_an_epoch(tmp_path):
    network, data, optimizer = start()
    training = train(network, data, optimizer, **HOW)
    for _ in range(8):  # five steps and an Epoch, then two steps of the second epoch
        next(training)
    training.state().save(tmp_path / "checkpoint.safetensors")
    network, data, optimizer = start()
    state = TrainingState.load(tmp_path / "checkpoint.safetensors")
    for _ in train(network, data, optimizer, start=state, **HOW):
        pass
    np.testing.assert_array_equal(network.theta, trained())
