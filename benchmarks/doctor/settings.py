"""The settings: data, architecture and optimiser with which a training goes well, in two halves.

The doctor's limits were tuned on the development half; the other one, with other data, other networks and
other seeds, is only measured.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sklearn import datasets

import glassnet as gn

SEEDS = {"development": (0, 1, 2), "held-out": (20, 21, 22)}


@dataclass(frozen=True)
class Setting:
    name: str
    half: str
    task: str  # "classes", "regression", "multi-label"
    data: Callable[[int], tuple[gn.Dataset, gn.Dataset]]  # training and validation part for a seed
    recipe: dict[str, dict]  # sections of a recipe


def rows(X, y, **more):
    return gn.Dataset(np.asarray(X, np.float32), y, **more)


def divided(data, part, seed):
    return data.split(part, seed=seed)


def standardised(X):
    X = np.asarray(X, np.float64)
    return (X - X.mean(axis=0)) / X.std(axis=0)


@lru_cache
def pictures(source):
    """Enough of MNIST's or Fashion-MNIST's training part; both lie in GLASSNET_DATA."""
    if source == "mnist":
        return gn.load("mnist").limit(6000, seed=0)
    from os import environ
    from pathlib import Path

    return gn.load(Path(environ["GLASSNET_DATA"]) / "fashion").limit(6000, seed=0)


def digits(seed):
    return divided(gn.load("digits").limit(1400, seed=seed), 400, seed)


def mnist(seed):
    return divided(pictures("mnist").limit(3500, seed=seed), 500, seed)


def fashion(seed):
    return divided(pictures("fashion").limit(3500, seed=seed), 500, seed)


def blobs(seed):
    rng = np.random.default_rng(seed)
    centres, y = rng.normal(0, 1.1, (5, 20)), rng.integers(0, 5, 1100)
    return divided(rows(centres[y] + rng.normal(size=(1100, 20)), y), 300, seed)


def moons(seed):
    X, y = datasets.make_moons(900, noise=0.15, random_state=seed)
    return divided(rows(standardised(X), y), 300, seed)


def waves(seed):
    """Four forms of a signal, of which the rarest is one in twenty."""
    rng = np.random.default_rng(seed)
    t, m = np.linspace(0, 1, 32), 1400
    y = rng.choice(4, m, p=[0.5, 0.3, 0.15, 0.05])
    phase, tempo = rng.uniform(0, 1, (m, 1)), rng.uniform(1.5, 2.5, (m, 1))
    turn = (t * tempo + phase) % 1
    forms = [np.sin(2 * np.pi * turn), np.sign(turn - 0.5), 2 * turn - 1, 1 - 4 * abs(turn - 0.5)]
    X = np.choose(y[:, None], forms) + rng.normal(0, 0.15, (m, 32))
    return divided(rows(X, y, class_names=("sine", "square", "saw", "triangle")), 400, seed)


def friedman(seed):
    X, y = datasets.make_friedman1(1400, noise=1.0, random_state=seed)
    return divided(rows(standardised(X), standardised(y).astype(np.float32)), 400, seed)


def tags(seed):
    """Five yes-or-no questions about fifteen numbers."""
    rng = np.random.default_rng(seed)
    X, W = rng.normal(size=(2400, 15)), rng.normal(size=(15, 5))
    Y = (X @ W + 0.5 * (X**2) @ abs(W) - 5 + rng.normal(size=(2400, 5)) > 0).astype(np.float32)
    return divided(rows(X, Y), 400, seed)


def iris(seed):
    data = gn.load("iris")
    return divided(rows(standardised(data.images), data.labels, class_names=data.class_names), 50, seed)


def wine(seed):
    X, y = datasets.load_wine(return_X_y=True)
    return divided(rows(standardised(X), y), 60, seed)


def cancer(seed):
    X, y = datasets.load_breast_cancer(return_X_y=True)
    return divided(rows(standardised(X), y, class_names=("malignant", "benign")), 169, seed)


def shells(seed):
    """Three shells in four dimensions, one around the other."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 3, 1300)
    X = rng.normal(size=(1300, 4))
    X *= ((1 + y) * 0.7 + rng.normal(0, 0.12, 1300))[:, None] / np.linalg.norm(X, axis=1, keepdims=True)
    return divided(rows(X, y), 400, seed)


def surface(seed):
    """Two smooth functions of three numbers."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1.7, 1.7, (1300, 3))
    Y = np.column_stack([np.sin(2 * X[:, 0]) + X[:, 1] * X[:, 2], np.cos(2 * X[:, 1]) - X[:, 0]])
    return divided(rows(X, standardised(Y + rng.normal(0, 0.1, Y.shape)).astype(np.float32)), 300, seed)


def topics(seed):
    """Three yes-or-no questions about thirty numbers, each by the product of two of them or a sum."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(2400, 30))
    scores = np.column_stack([X[:, 0] + X[:, 1] - X[:, 2], X[:, 3:8].sum(axis=1), X[:, 8] + 2 * X[:, 9]])
    return divided(
        rows(X, (scores + 0.3 * rng.normal(size=scores.shape) > 0.5).astype(np.float32)), 400, seed
    )


def parity(seed):
    """MNIST's digits, even or odd."""
    data = pictures("mnist").limit(2900, seed=seed)
    even = gn.Dataset(data.images, data.labels % 2, class_names=("even", "odd"), pixel_max=255)
    return divided(even, 500, seed)


def clothes(seed):
    """Fashion-MNIST's first five classes, in quarter size."""
    data = pictures("fashion")
    data = data.take(data.labels < 5).limit(2000, seed=seed)
    small = data.images.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).astype(np.uint8)
    names = data.class_names[:5]
    return divided(gn.Dataset(small, data.labels, class_names=names, pixel_max=255), 400, seed)


def few_digits(seed):
    """The bundled digits, but only a few hundred of them, as they come: from 0 to 16 and not scaled."""
    return divided(gn.load("digits").limit(700, seed=seed), 200, seed)


def spirals(seed):
    """Three arms of a spiral."""
    rng = np.random.default_rng(seed)
    y, r = rng.integers(0, 3, 1200), rng.uniform(0.1, 1, 1200)
    turn = 2 * np.pi * y / 3 + 4 * r + rng.normal(0, 0.12, 1200)
    return divided(rows(standardised(np.column_stack([r * np.cos(turn), r * np.sin(turn)])), y), 300, seed)


def overlapping(seed):
    """Two classes of which nobody gets more than nine in ten right; one is three times as frequent."""
    rng = np.random.default_rng(seed)
    y = (rng.random(1600) < 0.25).astype(int)
    X = rng.normal(size=(1600, 8)) + np.outer(y, [1.6, 1.2, 0.8, 0, 0, 0, 0, 0])
    return divided(rows(X, y), 400, seed)


def clusters(seed):
    """Sixteen clusters in ten dimensions."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 16, 1900)
    return divided(rows(rng.normal(0, 1.5, (16, 10))[y] + rng.normal(size=(1900, 10)), y), 500, seed)


def lopsided(seed):
    """Three classes, of 78, 14 and 8 in a hundred, by rules that trees like."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1.7, 1.7, (2900, 6))
    score = X[:, 0] * X[:, 1] + X[:, 2] + 0.2 * rng.normal(size=2900)
    return divided(rows(X, np.digitize(score, np.quantile(score, [0.78, 0.92]))), 500, seed)


def sky(seed):
    """Day and night of a curve: one output, two classes, in units of their own."""
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, (1100, 2))
    y = (X[:, 1] > 0.6 * np.sin(4 * X[:, 0])).astype(int)
    return divided(rows(X * 1.7, y, class_names=("night", "day")), 300, seed)


def diabetes(seed):
    """How a disease went on, of which ten measurements tell about half."""
    X, y = datasets.load_diabetes(return_X_y=True)
    return divided(rows(standardised(X), standardised(y).astype(np.float32)), 120, seed)


def plane(seed):
    """A sum of five numbers with a kink, and noise."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(1200, 5))
    y = X @ [1.0, -2.0, 0.5, 0.0, 1.0] + 2 * abs(X[:, 0]) + rng.normal(0, 0.3, 1200)
    return divided(rows(X, standardised(y).astype(np.float32)), 300, seed)


def traits(seed):
    """Four questions about the bundled digits: even? above 4? a closed loop? a 1 or a 7?"""
    data = gn.load("digits").limit(1500, seed=seed)
    y = data.labels
    Y = np.column_stack([y % 2 == 0, y > 4, np.isin(y, [0, 6, 8, 9]), np.isin(y, [1, 7])]).astype(np.float32)
    return divided(gn.Dataset(data.images, Y, pixel_max=16), 400, seed)


def recipe(hidden, optimizer, rate, epochs, batch_size, more=None, **network):
    sections = {
        "network": {"hidden": hidden, **network},
        "optimizer": {"name": optimizer, "learning_rate": rate},
        "training": {"epochs": epochs, "batch_size": batch_size},
    }
    for key, section in (more or {}).items():
        sections[key] = sections.get(key, {}) | section
    return sections


def setting(half, task, data, *args, **kwargs):
    return Setting(data.__name__, half, task, data, recipe(*args, **kwargs))


ONE_CYCLE = {"optimizer": {"schedule": "one_cycle"}}
SETTINGS = {
    s.name: s
    for s in (
        setting("development", "classes", digits, [64], "adam", 0.003, 20, 32),
        setting("development", "classes", mnist, [64, 32], "momentum", 0.05, 8, 32, dropout=0.1),
        setting(
            "development", "classes", blobs, [32], "gradient_descent", 0.1, 30, 16,
            activation="tanh", init="xavier",
        ),
        setting("development", "classes", moons, [32, 32], "adam", 0.01, 40, 32),
        setting(
            "development", "classes", waves, [64, 32], "adamw", 0.01, 30, 32, ONE_CYCLE,
            activation="silu",
        ),
        setting("development", "regression", friedman, [48], "adam", 0.005, 40, 32, loss="mse"),
        setting(
            "development", "multi-label", tags, [48], "rmsprop", 0.003, 20, 32,
            activation="gelu", loss="log_loss",
        ),
        setting("development", "classes", iris, [16], "adam", 0.01, 60, 16),
        setting(
            "development", "classes", fashion, [64], "adamw", 0.003, 8, 64, ONE_CYCLE,
            activation="gelu", batch_norm=True, dropout=0.3,
        ),
        setting("development", "classes", cancer, [32, 16], "nesterov", 0.02, 20, 32, activation="elu"),
        setting("development", "classes", shells, [48, 24], "adam", 0.005, 40, 32, activation="leaky_relu"),
        setting(
            "development", "classes", wine, [24], "adam", 0.02, 40, 16,
            activation="sigmoid", init="xavier",
        ),
        setting(
            "development", "regression", surface, [48, 48], "adam", 0.005, 50, 32,
            activation="tanh", init="xavier", loss="mse",
        ),
        setting(
            "development", "multi-label", topics, [32], "momentum", 0.05, 12, 32,
            activation="leaky_relu", loss="log_loss",
        ),
        setting("held-out", "classes", parity, [48], "adam", 0.002, 10, 32, activation="tanh", init="xavier"),
        setting("held-out", "classes", clothes, [64], "nesterov", 0.03, 15, 32, dropout=0.1),
        setting(
            "held-out", "classes", few_digits, [32, 16], "gradient_descent", 0.15, 40, 16,
            activation="leaky_relu",
        ),
        setting("held-out", "classes", spirals, [48, 48], "adam", 0.005, 50, 32, activation="gelu"),
        setting("held-out", "classes", overlapping, [16], "adagrad", 0.05, 20, 32),
        setting("held-out", "classes", clusters, [64], "rmsprop", 0.003, 25, 32, activation="silu"),
        setting(
            "held-out", "classes", lopsided, [32], "adamw", 0.005, 20, 32,
            activation="elu", init="orthogonal", batch_norm=True,
        ),
        setting("held-out", "classes", sky, [24], "adam", 0.03, 40, 32, activation="sigmoid", init="xavier"),
        setting("held-out", "regression", diabetes, [16], "adam", 0.003, 20, 16, loss="mse", l2=1e-3),
        setting(
            "held-out", "regression", plane, [32], "momentum", 0.01, 25, 32,
            activation="leaky_relu", loss="mse",
        ),
        setting("held-out", "multi-label", traits, [64], "adam", 0.003, 20, 32, loss="log_loss"),
    )
}  # fmt: skip
