"""Trainings that were broken on purpose: the doctor names what was done to each."""

import numpy as np
import pytest

import glassnet as gn
from glassnet.data import Preparation
from glassnet.doctor import Case, diagnose


def trained(data, network, optimizer, *, validation=None, preparation=None, epochs=12, batch_size=32, seed=0):
    """A case from a fit that notes how the layers do."""
    start = network.copy()
    options = {"epochs": epochs, "batch_size": batch_size, "seed": seed, "monitor": True}
    history = gn.fit(network, data, optimizer, validation=validation, preparation=preparation, **options)
    return Case(network, data, validation, None, history, preparation, start)


def digits(seed, n=600):
    return gn.load("digits").limit(n, seed=seed).split(0.25, seed=seed)


def relabelled(data, labels, **more):
    return gn.Dataset(data.images, labels, class_names=data.class_names, pixel_max=data.pixel_max, **more)


def a_rate_far_too_high(seed):
    train, part = digits(seed)
    return trained(train, gn.mlp(64, 32, 10, seed=seed), gn.Momentum(2.0), validation=part, seed=seed)


def a_rate_that_makes_the_loss_oscillate(seed):
    train, part = digits(seed)
    network = gn.mlp(64, 32, 10, activation="leaky_relu", seed=seed)
    return trained(train, network, gn.GradientDescent(2.0), validation=part, epochs=20, seed=seed)


def a_rate_far_too_low(seed):
    train, part = digits(seed)
    return trained(train, gn.mlp(64, 32, 10, seed=seed), gn.GradientDescent(1e-4), validation=part, seed=seed)


def a_rate_too_low_on_iris(seed):
    train, part = gn.load("iris").split(0.2, seed=seed)
    return trained(train, gn.mlp(4, 16, 3, seed=seed), gn.Adam(1e-5), validation=part, seed=seed)


def units_that_are_dead(seed):
    train, part = digits(seed)
    network = gn.mlp(64, 32, 32, 10, seed=seed)
    network.layers[0].b[:28] = -20
    return trained(train, network, gn.GradientDescent(0.05), validation=part, seed=seed)


def sigmoids_that_are_saturated(seed):
    train, part = digits(seed)
    network = gn.mlp(64, 32, 10, activation="sigmoid", init="normal(20)", seed=seed)
    return trained(train, network, gn.GradientDescent(0.001), validation=part, seed=seed)


def tanhs_that_are_saturated(seed):
    train, part = digits(seed)
    network = gn.mlp(64, 24, 24, 10, activation="tanh", init="normal(20)", seed=seed)
    return trained(train, network, gn.GradientDescent(0.0001), validation=part, seed=seed)


def gradients_that_vanish(seed):
    train, part = digits(seed)
    network = gn.mlp(64, *[24] * 6, 10, activation="sigmoid", init="xavier", seed=seed)
    return trained(train, network, gn.GradientDescent(0.1), validation=part, seed=seed)


def gradients_that_explode(seed):
    train, part = digits(seed)
    network = gn.mlp(64, *[24] * 5, 10, activation="relu", init="normal(1.0)", seed=seed)
    return trained(train, network, gn.GradientDescent(1e-7), validation=part, seed=seed)


def pixels_that_are_not_scaled(seed):
    train, part = digits(seed)
    train, part = (gn.Dataset(p.images * 15, p.labels, pixel_max=255) for p in (train, part))
    network = gn.mlp(64, 32, 10, seed=seed)
    return trained(
        train, network, gn.GradientDescent(0.1), validation=part, preparation=Preparation("none"), seed=seed
    )


def features_of_different_sizes(seed):
    train, part = gn.load("iris").split(0.2, seed=seed)
    scale = np.array([20, 1e-4, 1e-4, 1e-4], np.float32)
    train, part = (gn.Dataset(p.images * scale / 20, p.labels) for p in (train, part))
    return trained(train, gn.mlp(4, 16, 3, seed=seed), gn.Adam(0.01), validation=part, seed=seed)


def labels_that_were_shuffled(seed):
    whole = gn.load("digits").limit(600, seed=seed)
    shuffled = relabelled(whole, np.random.default_rng(seed).permutation(whole.labels))
    train, part = shuffled.split(0.25, seed=seed)
    return trained(
        train, gn.mlp(64, 64, 10, seed=seed), gn.Adam(0.005), validation=part, epochs=30, seed=seed
    )


def labels_of_the_validation_part_that_were_shuffled(seed):
    train, part = digits(seed)
    part = relabelled(part, np.random.default_rng(seed).permutation(part.labels))
    return trained(train, gn.mlp(64, 32, 10, seed=seed), gn.Adam(0.01), validation=part, seed=seed)


def few_samples_learned_by_heart(seed):
    rng = np.random.default_rng(seed)
    centres = np.array([[0.6], [-0.6]]) * np.ones(30)
    labels = rng.integers(0, 2, 460)
    X = (centres[labels] * 0.4 + rng.normal(0, 1, (460, 30))).astype(np.float32)
    train, part = gn.Dataset(X[:60], labels[:60]), gn.Dataset(X[60:], labels[60:])
    return trained(train, gn.mlp(30, 64, 2, seed=seed), gn.Adam(0.01), validation=part, epochs=40, seed=seed)


def a_network_with_one_hidden_unit(seed):
    train, part = digits(seed)
    return trained(
        train,
        gn.mlp(64, 1, 10, activation="tanh", seed=seed),
        gn.Adam(0.02),
        validation=part,
        epochs=60,
        seed=seed,
    )


def a_class_without_training_samples(seed):
    train, part = digits(seed)
    train = train.take(train.labels != 7)
    return trained(train, gn.mlp(64, 32, 10, seed=seed), gn.Adam(0.01), validation=part, seed=seed)


def a_class_with_three_samples(seed):
    train, part = digits(seed)
    few = np.flatnonzero(train.labels == 4)[3:]
    train = train.take(np.setdiff1d(np.arange(len(train)), few))
    return trained(train, gn.mlp(64, 32, 10, seed=seed), gn.Adam(0.01), validation=part, seed=seed)


def validation_samples_that_were_also_learned(seed):
    train, part = digits(seed)
    images = np.concatenate([train.images, part.images[: len(part) // 2]])
    train = gn.Dataset(images, np.concatenate([train.labels, part.labels[: len(part) // 2]]), pixel_max=16)
    return trained(train, gn.mlp(64, 32, 10, seed=seed), gn.Adam(0.01), validation=part, seed=seed)


def first_weights_that_are_all_the_same(seed):
    train, part = digits(seed)
    network = gn.mlp(64, 32, 10, activation="sigmoid", seed=seed)
    network.layers[0].W[...] = 0.05
    network.layers[2].W[...] = 0.05
    return trained(train, network, gn.GradientDescent(0.5), validation=part, seed=seed)


BROKEN = {
    a_rate_far_too_high: "rate_too_high",
    a_rate_that_makes_the_loss_oscillate: "rate_too_high",
    a_rate_far_too_low: "rate_too_low",
    a_rate_too_low_on_iris: "rate_too_low",
    units_that_are_dead: "dead_units",
    sigmoids_that_are_saturated: "saturated_units",
    tanhs_that_are_saturated: "saturated_units",
    gradients_that_vanish: "vanishing_gradients",
    gradients_that_explode: "exploding_gradients",
    pixels_that_are_not_scaled: "input_not_scaled",
    features_of_different_sizes: "input_not_scaled",
    labels_that_were_shuffled: "labels_do_not_match",
    labels_of_the_validation_part_that_were_shuffled: "labels_do_not_match",
    few_samples_learned_by_heart: "overfitting",
    a_network_with_one_hidden_unit: "too_small",
    a_class_without_training_samples: "classes_missing",
    a_class_with_three_samples: "classes_rare",
    validation_samples_that_were_also_learned: "duplicates",
    first_weights_that_are_all_the_same: "same_units",
}


@pytest.mark.parametrize(("broken", "kind"), BROKEN.items(), ids=lambda x: getattr(x, "__name__", x))
def test_what_was_done_to_a_training_is_the_first_thing_that_the_doctor_says(broken, kind):
    findings = diagnose(broken(0))
    assert findings, "nothing was found"
    assert findings[0].kind == kind
    assert findings[0].evidence and findings[0].advice
