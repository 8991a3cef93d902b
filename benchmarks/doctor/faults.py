"""The faults that are planted, and for each what the doctor may call it.

``cause`` are the kinds of finding of which one must be named first; ``also`` are true of such a training too,
as consequences, and no false alarm. Both were written down before the doctor was tuned.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

import glassnet as gn

CLASSES = frozenset({"classes"})
QUESTIONS = frozenset({"classes", "multi-label"})
ALL = frozenset({"classes", "regression", "multi-label"})

BAD_STEPS = {"rate_too_high", "dead_units", "saturated_units", "exploding_gradients"}
STUCK = {"vanishing_gradients", "rate_too_low"}
FAULTS = {}


@dataclass(frozen=True)
class Fault:
    name: str
    words: str
    cause: frozenset[str]
    also: frozenset[str]
    tasks: frozenset[str]
    hurts: bool  # whether it counts only where it made the network worse than its healthy twin
    plant: Callable


def fault(words, cause, also=(), *, tasks=ALL, hurts=True):
    def register(plant):
        name = plant.__name__
        FAULTS[name] = Fault(name, words, frozenset(cause), frozenset(also), tasks, hurts, plant)
        return plant

    return register


def between(rng, low, high):
    """A factor between two, evenly by its logarithm."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def times_rate(plan, factor, **more):
    return plan.set(optimizer__learning_rate=plan.get("optimizer__learning_rate") * factor, **more)


# --- the rate, the steps, how many ----------------------------------------------------------------------


@fault("learning rate 100,000 times too high", {"rate_too_high"}, BAD_STEPS)
def rate_diverges(plan, rng):
    return times_rate(plan, 1e5)


@fault("learning rate 50 to 500 times too high", {"rate_too_high"}, BAD_STEPS)
def rate_far_too_high(plan, rng):
    return times_rate(plan, between(rng, 50, 500))


@fault("learning rate 15 to 50 times too high", {"rate_too_high"}, BAD_STEPS)
def rate_too_high(plan, rng):
    return times_rate(plan, between(rng, 15, 50))


@fault("learning rate 500 to 5,000 times too low", {"rate_too_low"}, {"too_few_epochs"})
def rate_far_too_low(plan, rng):
    return times_rate(plan, 1 / between(rng, 500, 5000))


@fault("learning rate 50 to 100 times too low", {"rate_too_low", "too_few_epochs"})
def rate_too_low(plan, rng):
    return times_rate(plan, 1 / between(rng, 50, 100))


@fault("a rate that falls to nothing in the first steps", {"rate_too_low"}, {"too_few_epochs"})
def schedule_too_short(plan, rng):
    optimizer = {k: v for k, v in plan.sections["optimizer"].items() if k in ("name", "learning_rate")}
    plan = plan.set(network__batch_norm=False)
    plan.sections["optimizer"] = optimizer | {"schedule": "step", "every": 0.02, "gamma": 0.2}
    return plan


@fault("one epoch only", {"too_few_epochs"}, {"rate_too_low"})
def one_epoch(plan, rng):
    return plan.set(training__epochs=1)


@fault("all samples in one step, as many epochs", {"too_few_epochs"}, {"rate_too_low"})
def few_full_batches(plan, rng):
    return plan.set(training__batch_size="full", training__epochs=int(rng.integers(5, 11)))


@fault("batches of one sample at a rate 5 to 20 times higher", {"rate_too_high"}, BAD_STEPS)
def batches_of_one(plan, rng):
    epochs = max(2, plan.get("training__epochs") // 4)
    return times_rate(plan, between(rng, 5, 20), training__batch_size=1, training__epochs=epochs).set(
        network__batch_norm=False
    )


@fault("momentum 0.999", {"momentum_too_high"}, BAD_STEPS)
def momentum_too_high(plan, rng):
    rate = {"adam": 0.05, "adamw": 0.05, "rmsprop": 0.05}.get(plan.get("optimizer__name"))
    rate = rate or plan.get("optimizer__learning_rate")
    plan.sections["optimizer"] = {"name": "momentum", "learning_rate": rate, "momentum": 0.999}
    return plan


@fault("gradients clipped to 0.0001 or less", {"clip_too_strong"}, STUCK)
def clip_too_strong(plan, rng):
    plan.sections["optimizer"] = {"name": "momentum", "learning_rate": 0.05}
    return plan.set(training__clip_norm=1e-4 * between(rng, 0.1, 1))


# --- the network ----------------------------------------------------------------------------------------


@fault("five to eight layers of sigmoids, gradient descent", {"vanishing_gradients"}, STUCK)
def deep_sigmoids(plan, rng):
    plan.sections["optimizer"] = {"name": "gradient_descent", "learning_rate": 0.1}
    hidden = [int(rng.choice([32, 64]))] * int(rng.integers(5, 9))
    return plan.set(
        network__hidden=hidden, network__activation="sigmoid", network__init="he",
        network__batch_norm=False, network__dropout=0.0,
    )  # fmt: skip


@fault("eight layers of sigmoids, the setting's own optimiser", {"vanishing_gradients"}, STUCK)
def deeper_sigmoids(plan, rng):
    return plan.set(
        network__hidden=[48] * 8, network__activation="sigmoid", network__init="xavier",
        network__batch_norm=False, network__dropout=0.0,
    )  # fmt: skip


@fault("first weights of 0.001 in four layers", {"init_too_small"}, STUCK)
def init_too_small(plan, rng):
    plan.sections["optimizer"] = {"name": "momentum", "learning_rate": 0.02}
    return plan.set(
        network__hidden=[48, 48, 48], network__init="normal(0.001)", network__batch_norm=False,
        network__activation=str(rng.choice(["relu", "tanh", "gelu"])),
    )  # fmt: skip


@fault("first weights of 1 to 3 in five layers", {"exploding_gradients"}, BAD_STEPS)
def init_too_large(plan, rng):
    return plan.set(
        network__hidden=[48] * 4, network__init=f"normal({between(rng, 1, 3):.3f})",
        network__batch_norm=False, network__activation=str(rng.choice(["relu", "leaky_relu", "elu"])),
    )  # fmt: skip


@fault("tanhs or sigmoids with first weights of 10", {"saturated_units", "exploding_gradients"}, BAD_STEPS)
def saturated(plan, rng):
    return plan.set(
        network__hidden=[32, 32], network__init="normal(10)", network__batch_norm=False,
        network__activation=str(rng.choice(["tanh", "sigmoid"])),
    )  # fmt: skip


@fault("all first weights 0", {"same_units"}, STUCK)
def zero_weights(plan, rng):
    return plan.set(network__init="zeros")


@fault("all first weights the same number", {"same_units"}, STUCK)
def same_weights(plan, rng):
    def touch(network):
        for layer in network.layers:
            if hasattr(layer, "W"):
                layer.W[...] = 0.05

    return plan.set(network__dropout=0.0).touched(touch)


@fault("ReLUs of which 19 in 20 never fire", {"dead_units"}, {"vanishing_gradients", "too_small"})
def dead_from_the_start(plan, rng):
    def touch(network):
        b = network.layers[0].b
        b[: int(np.ceil(0.95 * len(b)))] = -20

    return plan.set(network__activation="relu", network__batch_norm=False).touched(touch)


@fault("one hidden unit", {"too_small"})
def one_hidden_unit(plan, rng):
    return plan.set(network__hidden=[1], network__activation="tanh", network__dropout=0.0)


@fault("no activation between the layers", {"no_nonlinearity"}, {"too_small"})
def no_nonlinearity(plan, rng):
    return plan.set(network__activation="identity")


@fault(
    "an output that cannot give the answers", {"output_does_not_fit"}, {"rate_too_high", "saturated_units"}
)
def wrong_output(plan, rng):
    loss = plan.get("network__loss")
    return plan.set(
        network__output={"mse": "sigmoid", "log_loss": "softmax", "cross_entropy": "sigmoid"}[loss]
    )


@fault("dropout 0.9", {"dropout_too_strong"}, {"too_small", "rate_too_low", "too_few_epochs"})
def dropout_too_strong(plan, rng):
    return plan.set(network__dropout=0.9)


@fault("an L2 penalty of 0.3 to 3", {"penalty_too_strong"}, STUCK)
def penalty_too_strong(plan, rng):
    return plan.set(network__l2=between(rng, 0.3, 3))


# --- the inputs -----------------------------------------------------------------------------------------


def features(data, change):
    """The same data with other inputs; pixels become features in units of a full pixel."""
    X = data.flat.astype(np.float32) / (data.pixel_max or 1)
    return gn.Dataset(change(X.copy()), data.labels, class_names=data.class_names)


def change_inputs(plan, change):
    plan = plan.set(data__prepare="none")
    return plan.with_parts(features(plan.train, change), features(plan.validation, change))


@fault("inputs 200 to 2,000 times too large", {"input_not_scaled"}, BAD_STEPS | {"too_small"})
def inputs_too_large(plan, rng):
    factor = between(rng, 200, 2000)
    return change_inputs(plan, lambda X: X * factor)


@fault("inputs 500 to 5,000 times too small", {"input_not_scaled"}, STUCK | {"too_few_epochs"})
def inputs_too_small(plan, rng):
    factor = between(rng, 500, 5000)
    return change_inputs(plan, lambda X: X / factor)


@fault("one input 30,000 times as large as the others", {"input_not_scaled"}, BAD_STEPS | {"too_small"})
def one_input_too_large(plan, rng):
    column = int(np.argmax(plan.train.flat.std(axis=0)))

    def change(X):
        X[:, column] *= 3e4
        return X

    return change_inputs(plan, change)


@fault(
    "one value in fifty is -9999 (missing)", {"input_outliers"}, BAD_STEPS | {"input_not_scaled", "too_small"}
)
def sentinel_values(plan, rng):
    def change(X):
        X[rng.random(X.shape) < 0.02] = -9999
        return X

    return change_inputs(plan, change)


@fault("every sample the same inputs", {"input_constant"}, {"labels_do_not_match"})
def constant_inputs(plan, rng):
    return change_inputs(plan, lambda X: np.broadcast_to(X.mean(axis=0), X.shape))


@fault("validation inputs 255 times as large or small", {"parts_differ"}, {"overfitting"}, hurts=False)
def validation_in_another_range(plan, rng):
    factor = float(rng.choice([255, 1 / 255]))
    plan = change_inputs(plan, lambda X: X)
    return plan.with_parts(validation=features(plan.validation, lambda X: X * factor))


# --- the labels -----------------------------------------------------------------------------------------


def relabelled(data, labels):
    return gn.Dataset(data.images, labels, class_names=data.class_names, pixel_max=data.pixel_max)


@fault("labels shuffled", {"labels_do_not_match"}, {"overfitting"})
def labels_shuffled(plan, rng):
    train, part = (relabelled(data, rng.permutation(data.labels)) for data in (plan.train, plan.validation))
    return plan.with_parts(train, part)


@fault("labels off by one row", {"labels_do_not_match"}, {"overfitting"})
def labels_off_by_one(plan, rng):
    train, part = (
        relabelled(data, np.roll(data.labels, 1, axis=0)) for data in (plan.train, plan.validation)
    )
    return plan.with_parts(train, part)


@fault("validation labels in another order", {"labels_do_not_match"}, hurts=False)
def validation_labels_in_another_order(plan, rng):
    y = plan.validation.labels
    y = (y + 1) % plan.validation.n_classes if y.dtype.kind == "i" else rng.permutation(y)
    return plan.with_parts(validation=relabelled(plan.validation, y))


@fault("every third label wrong", {"labels_noisy"}, {"overfitting"}, tasks=QUESTIONS, hurts=False)
def labels_noisy(plan, rng):
    def noisy(data):
        y = data.labels.copy()
        wrong = rng.random(y.shape) < 0.33
        if y.dtype.kind == "i":
            y[wrong] = (y[wrong] + rng.integers(1, data.n_classes, wrong.sum())) % data.n_classes
        else:
            y[wrong] = 1 - y[wrong]
        return relabelled(data, y)

    return plan.with_parts(noisy(plan.train), noisy(plan.validation))


@fault("a class without training samples", {"classes_missing"}, {"overfitting"}, tasks=CLASSES, hurts=False)
def class_missing(plan, rng):
    labels = plan.train.labels
    return plan.with_parts(plan.train.take(labels != rng.integers(plan.train.n_classes)))


@fault("a class with three training samples", {"classes_rare"}, {"overfitting"}, tasks=CLASSES)
def class_rare(plan, rng):
    labels = plan.train.labels
    few = np.flatnonzero(labels == rng.integers(plan.train.n_classes))[3:]
    return plan.with_parts(plan.train.take(np.setdiff1d(np.arange(len(labels)), few)))


@fault(
    "targets 10,000 times too large",
    {"targets_not_scaled"},
    BAD_STEPS | STUCK,
    tasks=frozenset({"regression"}),
)
def targets_too_large(plan, rng):
    train, part = (
        gn.Dataset(data.images, np.asarray(data.labels * 1e4, np.float32))
        for data in (plan.train, plan.validation)
    )
    return plan.with_parts(train, part)


# --- the parts ------------------------------------------------------------------------------------------


@fault("half of the validation part also learned", {"duplicates"}, hurts=False)
def leak(plan, rng):
    train, part = plan.train, plan.validation
    some = part.take(slice(len(part) // 2))
    images, labels = (np.concatenate([getattr(d, k) for d in (train, some)]) for k in ("images", "labels"))
    return plan.with_parts(
        gn.Dataset(images, labels, class_names=train.class_names, pixel_max=train.pixel_max)
    )


@fault("three training samples for each class, or twenty in all", {"overfitting"}, {"classes_rare"})
def few_samples(plan, rng):
    epochs = plan.get("training__epochs") * 10
    plan = plan.set(training__epochs=epochs, training__batch_size=8, network__dropout=0.0)
    y, order = plan.train.labels, rng.permutation(len(plan.train))
    if plan.train.has_classes:
        chosen = np.concatenate([order[y[order] == k][:3] for k in range(plan.train.n_classes)])
    else:
        chosen = order[:20]
    return plan.with_parts(plan.train.take(chosen))
