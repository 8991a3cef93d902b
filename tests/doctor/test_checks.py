"""Each check for itself: what it says at its edges, and when it is silent."""

import dataclasses

import numpy as np
import pytest

import glassnet as gn
from glassnet.data import Preparation
from glassnet.doctor import (
    CHECKS,
    Case,
    Finding,
    capacity,
    diagnose,
    inputs,
    labels,
    layers,
    long_steps,
    overfitting,
    short_steps,
)
from glassnet.doctor.finding import KINDS, SEVERITIES
from glassnet.recipe import finish, load_recipe, open_run, run
from glassnet.train import History


def curve(losses, validation=None, accuracy=None):
    """A history with these figures."""
    records = []
    for i, loss in enumerate(losses):
        records.append(
            {
                "epoch": i + 1, "epochs": len(losses), "loss": loss, "accuracy": 0.5,
                "validation_loss": None if validation is None else validation[i],
                "validation_accuracy": None if accuracy is None else accuracy[i],
                "learning_rate": 0.1, "seconds": i + 1.0, "images_per_second": 1.0,
            }
        )  # fmt: skip
    return History(records)


@pytest.fixture(scope="module")
def good():
    """A case in which all is well."""
    train, part = gn.load("digits").limit(500, seed=0).split(0.3, seed=0)
    network = gn.mlp(64, 32, 10, seed=0)
    start = network.copy()
    history = gn.fit(network, train, gn.Adam(0.01), epochs=10, batch_size=32, validation=part, monitor=True)
    case = Case(network, train, part, None, history, None, start)
    assert diagnose(case) == []
    return case


@pytest.fixture(scope="module")
def untouched(good):
    """The same, but the network is as it was before the training."""
    return dataclasses.replace(good, network=good.start)


def only(findings):
    (finding,) = findings
    return finding


def test_all_checks_give_known_kinds_in_plain_words(untouched):
    findings = [
        finding
        for case in (
            untouched,
            dataclasses.replace(untouched, start=None, history=curve([2.3, 9.0, 3.0, 9.0])),
        )
        for check in CHECKS
        for finding in check(case)
    ]
    assert findings
    for finding in findings:
        assert isinstance(finding, Finding) and finding.kind in KINDS and finding.severity in SEVERITIES
        assert finding.title and not finding.title.endswith(".")
        assert finding.evidence.endswith(".") and finding.advice.endswith(".")
        assert any(sign.isdigit() for sign in finding.evidence)
        assert finding.to_dict()["kind"] == finding.kind


# --- data ----------------------------------------------------------------------------------------------


def with_inputs(case, X):
    dataset = gn.Dataset(X.astype(np.float32), case.train.labels[: len(X)])
    return Case(case.network, dataset, preparation=Preparation("none"))


@pytest.mark.parametrize(("scale", "said"), [(30, "too large"), (0.01, "too small"), (1, None), (7, None)])
def test_the_size_of_the_inputs(good, rng, scale, said):
    case = with_inputs(good, scale * rng.normal(size=(200, 64)) * 0.9)
    found = list(inputs.input_scale(case))
    assert [said] == [f.title.removeprefix("The inputs are ") for f in found] if said else not found


def test_inputs_that_are_all_zero(good):
    finding = only(inputs.constant_inputs(with_inputs(good, np.zeros((20, 64)))))
    assert finding.title == "All inputs are zero" and "64 inputs" in finding.evidence


def test_a_feature_beside_which_the_others_vanish_is_named():
    X = np.ones((30, 3), np.float32) * np.array([1e-4, 3, 1], np.float32)
    dataset = gn.Dataset(X, np.arange(30) % 2, feature_names=["thin", "wide", "high"])
    finding = only(inputs.input_scale(Case(gn.mlp(3, 4, 2, seed=0), dataset)))
    assert "wide is typically 3, thin 0.0001" in finding.evidence
    unnamed = gn.Dataset(X, np.arange(30) % 2)
    assert "feature 0 0.0001" in only(inputs.input_scale(Case(gn.mlp(3, 4, 2, seed=0), unnamed))).evidence


def test_a_class_that_nobody_asks_for_is_a_warning(good):
    without = good.train.take(good.train.labels != 3)
    case = dataclasses.replace(good, train=without, validation=None)
    finding = only(labels.missing_classes(case))
    assert (finding.severity, finding.title) == ("warning", "1 class without a training sample: 3")
    held_out = dataclasses.replace(good, train=without, validation=None, test=good.validation)
    assert only(labels.missing_classes(held_out)).severity == "serious"


def test_rare_classes_are_counted_and_their_recall_is_told(good):
    few = np.concatenate([np.flatnonzero(good.train.labels == k)[2:] for k in (1, 8)])
    train = good.train.take(np.setdiff1d(np.arange(len(good.train)), few))
    case = dataclasses.replace(good, train=train)
    finding = only(labels.rare_classes(case))
    assert finding.title == "2 classes are rare" and "1 (2), 8 (2)" in finding.evidence
    assert "held-out samples of such a class" in finding.evidence and finding.severity == "warning"
    never = dataclasses.replace(case, network=good.start)
    assert only(labels.rare_classes(never)).severity in ("serious", "warning")
    alone = dataclasses.replace(case, validation=None)
    assert "held-out" not in only(labels.rare_classes(alone)).evidence
    unfinished = dataclasses.replace(case, finished=False)
    assert "held-out" not in only(labels.rare_classes(unfinished)).evidence


def test_classes_that_count_more_may_be_rare(tmp_path):
    labels = np.repeat([0, 1, 2], [200, 200, 6])
    X = np.random.default_rng(0).normal(size=(406, 4)) + labels[:, None]
    np.savez(tmp_path / "d.npz", X=X.astype(np.float32), y=labels)
    recipe = ["data.source=" + str(tmp_path / "d.npz"), "training.epochs=3"]
    kinds = {}
    for weight in ("none", "balanced"):
        more = [*recipe, f"training.class_weight={weight}"]
        kinds[weight] = [
            f.kind for f in diagnose(finish(run(load_recipe("default", more), tmp_path / weight)))
        ]
    assert "classes_rare" in kinds["none"] and "classes_rare" not in kinds["balanced"]


@pytest.mark.parametrize(("same", "severity"), [(2, None), (6, None), (9, "warning"), (60, "serious")])
def test_duplicates_count_from_a_twentieth_on(good, same, severity):
    images = np.concatenate([good.train.images, good.validation.images[:same]])
    y = np.concatenate([good.train.labels, good.validation.labels[:same]])
    case = dataclasses.replace(good, train=gn.Dataset(images, y, pixel_max=16), test=good.validation)
    found = list(labels.duplicates(case))
    assert [f.severity for f in found] == ([severity] * 2 if severity else [])
    assert all(
        f"{same} of 150 {part} samples" in f.evidence
        for f, part in zip(found, ("validation", "test"), strict=False)
    )


# --- curves --------------------------------------------------------------------------------------------


def test_a_training_whose_inputs_were_not_numbers(good):
    case = dataclasses.replace(
        good, diverged={"error": "there are NaN or infinite numbers in the inputs. Clean the data."}
    )
    assert only(long_steps.broken_off(case)).kind == "input_not_scaled"
    nothing = dataclasses.replace(good, diverged={"error": "The loss became nan.", "losses": [2.0]})
    assert only(long_steps.broken_off(nothing)).evidence == "The loss became nan."


def test_weights_that_are_not_finite(good):
    network = good.network.copy()
    network.theta[3] = np.nan
    finding = diagnose(dataclasses.replace(good, network=network))[0]
    assert finding.kind == "rate_too_high" and "no longer finite" in finding.evidence


def test_a_loss_that_jumps_at_the_end_of_a_good_training_is_a_warning(good):
    settled = curve([2.0, 1.0, 0.5, 0.4, 0.3, 0.2, 0.2, 0.2, 0.1, 0.1])
    restless = curve([2.0, 1.0, 0.5, 0.4, 0.3, 0.2, 0.5, 0.2, 0.6, 0.1])
    wild_at_first = curve([2.0, 3.0, 2.0, 3.0, 0.3, 0.2, 0.2, 0.2, 0.1, 0.1])
    assert not list(long_steps.rate_too_high(dataclasses.replace(good, history=settled)))
    assert not list(long_steps.rate_too_high(dataclasses.replace(good, history=wild_at_first)))
    finding = only(long_steps.rate_too_high(dataclasses.replace(good, history=restless)))
    assert finding.severity == "warning" and "rose 2 times in the last 5 epochs" in finding.evidence


def test_one_long_jump_of_a_training_that_failed_is_enough(untouched):
    jumped = dataclasses.replace(untouched, history=curve([2.3, 2.2, 4.5, 2.3, 2.2, 2.2, 2.2, 2.1]))
    assert "by up to 2.3" in only(long_steps.rate_too_high(jumped)).evidence
    crept = dataclasses.replace(untouched, history=curve([2.3, 2.2, 2.25, 2.2, 2.2, 2.2, 2.2, 2.1]))
    assert not list(long_steps.rate_too_high(crept))


def test_steps_as_long_as_the_weights(untouched):
    history = curve([2.3, 2.3, 2.3])
    for record in history.records:
        record.update({"update_norm/0.W": 6.0, "weight_norm/0.W": 10.0})
    evidence = only(long_steps.rate_too_high(dataclasses.replace(untouched, history=history))).evidence
    assert evidence == "A single step changes 0.W by 60 % of its length."


def test_a_long_time_of_slow_progress_is_not_steep(untouched):
    slow = dataclasses.replace(untouched, start=None, history=curve(2.3 * np.arange(1, 51) ** -0.4))
    assert not list(short_steps.rate_too_low(slow))
    fast = dataclasses.replace(slow, history=curve(2.3 * np.arange(1, 51) ** -1.2))
    assert "the curve has not become flat" in only(short_steps.rate_too_low(fast)).evidence
    straight = dataclasses.replace(slow, history=curve(np.linspace(2.3, 2.1, 30)))
    assert "in 30 epochs" in only(short_steps.rate_too_low(straight)).evidence
    for short in ([2.3], [2.3, 0.0]):
        assert not list(short_steps.rate_too_low(dataclasses.replace(slow, history=curve(short))))


@pytest.mark.parametrize(
    ("validation", "accuracy", "severity"),
    [
        ([1.0, 0.5, 0.4, 0.5, 0.6, 0.7], [0.5, 0.8, 0.9, 0.88, 0.87, 0.86], "warning"),
        ([1.0, 0.5, 0.4, 0.5, 0.6, 0.7], [0.5, 0.8, 0.9, 0.90, 0.90, 0.90], None),
        ([1.0, 0.5, 0.4, 0.6, 0.8, 0.9], [0.5, 0.8, 0.9, 0.90, 0.90, 0.90], "note"),
        ([1.0, 0.5, 0.4, 0.4, 0.4, 0.7], [0.5, 0.8, 0.9, 0.90, 0.90, 0.80], "warning"),
        ([1.0, 0.5, 0.4, 0.4, 0.3, 0.7], [0.5, 0.8, 0.9, 0.90, 0.90, 0.80], None),
        ([1.0, 0.9, 0.8, 0.7, 0.6, 0.5], [0.5, 0.8, 0.9, 0.90, 0.90, 0.90], None),
    ],
)  # fmt: skip
def test_overfitting_is_told_from_the_epoch_on_that_was_best(good, validation, accuracy, severity):
    history = curve([2.0, 1.0, 0.5, 0.3, 0.2, 0.1], validation, accuracy)
    found = list(overfitting.overfitting(dataclasses.replace(good, history=history)))
    assert [finding.severity for finding in found] == ([severity] if severity else [])
    if severity:
        assert found[0].title == "It learns by heart since epoch 3"
        assert "lowest after epoch 3 and rose to" in found[0].evidence
        assert ("surer of its mistakes" in found[0].evidence) == (severity == "note")


def test_overfitting_of_a_regression_is_told_in_its_words():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(80, 20)).astype(np.float32)
    y = (X[:, 0] + rng.normal(size=80)).astype(np.float32)
    train, part = gn.Dataset(X[:40], y[:40]), gn.Dataset(X[40:], y[40:])
    network = gn.mlp(20, 64, 1, loss="mse", seed=0)
    history = gn.fit(network, train, gn.Adam(0.01), epochs=60, batch_size=8, validation=part)
    finding = diagnose(Case(network, train, part, history=history))[0]
    assert finding.kind == "overfitting" and "of the spread is explained" in finding.evidence


def test_a_regression_that_went_well_draws_no_alarm():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 3)).astype(np.float32)
    whole = gn.Dataset(X, (X @ [1.0, -2.0, 0.5]).astype(np.float32))
    train, part = whole.split(0.3, seed=0)
    network = gn.mlp(3, 16, 1, loss="mse", seed=0)
    start = network.copy()
    options = {"epochs": 40, "batch_size": 16, "validation": part, "monitor": True}
    history = gn.fit(network, train, gn.Adam(0.01), **options)
    assert diagnose(Case(network, train, part, history=history, start=start)) == []


def test_early_stopping_took_the_best_weights(tmp_path):
    recipe = load_recipe("default", ["data.limit=300", "training.patience=2", "training.epochs=12"])
    case = Case.of(finish(run(recipe, tmp_path / "a")))
    rising = curve(
        [2.0, 1.0, 0.5, 0.3, 0.2, 0.1], [1, 0.5, 0.4, 0.5, 0.6, 0.9], [0.5, 0.8, 0.9, 0.8, 0.8, 0.7]
    )
    assert not list(overfitting.overfitting(dataclasses.replace(case, history=rising)))


def test_without_a_hidden_layer_much_cannot_be_learned():
    rng = np.random.default_rng(0)
    X = rng.uniform(-1, 1, (400, 2)).astype(np.float32)
    whole = gn.Dataset(X, (X[:, 0] * X[:, 1] > 0).astype(int))
    network = gn.mlp(2, 2, seed=0)
    history = gn.fit(network, whole, gn.Adam(0.02), epochs=30, batch_size=32)
    finding = only(diagnose(Case(network, whole, history=history)))
    assert finding.kind == "too_small" and "it has no hidden layer" in finding.evidence


def test_labels_that_cannot_be_learned_are_not_the_networks_fault(rng):
    X = rng.normal(size=(300, 5)).astype(np.float32)
    whole = gn.Dataset(X, rng.integers(0, 2, 300))
    network = gn.mlp(5, 1, 2, activation="tanh", seed=0)
    history = gn.fit(network, whole, gn.Adam(0.02), epochs=20, batch_size=32)
    case = Case(network, whole, history=history)
    assert not list(capacity.too_small(case)) and not list(labels.labels(case))


# --- layers --------------------------------------------------------------------------------------------


def test_a_few_dead_units_are_no_finding(good):
    network = good.network.copy()
    network.layers[0].b[:16] = -100
    assert not list(layers.dead_units(dataclasses.replace(good, network=network)))
    network.layers[0].b[:26] = -100
    finding = only(layers.dead_units(dataclasses.replace(good, network=network, history=None)))
    assert "of 32 units give 0 for each of 350 training samples" in finding.evidence
    assert "After the first epoch" not in finding.evidence


def test_clipping_makes_exploding_gradients_a_warning(good):
    start = gn.mlp(64, *[24] * 5, 10, init="normal(1.0)", seed=0)
    recipe = load_recipe("default", ["training.clip_norm=1.0"])
    case = dataclasses.replace(good, network=start, start=start)
    assert only(layers.exploding_gradients(case)).severity == "serious"
    clipped = dataclasses.replace(case, recipe=recipe)
    assert only(layers.exploding_gradients(clipped)).severity == "warning"
    assert not list(layers.exploding_gradients(dataclasses.replace(case, start=None)))


def test_gradients_vanish_in_a_trace_as_well_as_in_a_history(good):
    network = gn.mlp(64, *[16] * 6, 10, activation="sigmoid", init="xavier", seed=0)
    for case in (
        dataclasses.replace(good, network=network, start=None, history=None),
        dataclasses.replace(good, network=network, start=network, history=None),
    ):
        assert only(layers.vanishing_gradients(case)).kind == "vanishing_gradients"
    unfinished = dataclasses.replace(good, network=network, start=None, history=None, finished=False)
    assert not list(layers.vanishing_gradients(unfinished))


def test_an_opened_run_and_one_that_just_ended_are_the_same_case(tmp_path):
    recipe = load_recipe("default", ["data.limit=300", "optimizer.learning_rate=1e-6", "training.epochs=3"])
    ended = finish(run(recipe, tmp_path / "a"))
    assert [f.to_dict() for f in diagnose(ended)] == [f.to_dict() for f in diagnose(open_run(tmp_path / "a"))]
    assert diagnose(ended)
