"""Trainings in which all is well: each setting with other sane networks, optimisers and schedules."""

import numpy as np

HIDDEN = ([24], [48], [96], [48, 24], [64, 32], [32, 32, 32])
RATES = {
    "gradient_descent": 0.1,
    "momentum": 0.03,
    "nesterov": 0.03,
    "rmsprop": 0.002,
    "adagrad": 0.03,
    "adam": 0.004,
    "adamw": 0.004,
}
INIT = {"tanh": "xavier", "sigmoid": "xavier"}


def variant(plan, rng):
    """A sane training of the same data: what a careful person could have chosen, too."""
    activation = str(rng.choice(["relu", "relu", "leaky_relu", "tanh", "elu", "gelu", "silu", "sigmoid"]))
    hidden = HIDDEN[rng.integers(len(HIDDEN))]
    name = str(rng.choice(list(RATES)))
    if activation == "sigmoid":  # alone they learn slowly
        hidden, name = hidden[:1], "adam"
    rate = (
        RATES[name]
        * float(np.exp(rng.uniform(np.log(0.5), np.log(2))))
        * (3 if activation == "sigmoid" else 1)
    )
    schedule = str(rng.choice(["constant", "constant", "one_cycle", "cosine"]))
    plan.sections["optimizer"] = {"name": name, "learning_rate": rate, "schedule": schedule}
    if name == "adagrad":
        plan.sections["optimizer"]["schedule"] = "constant"
    classes = plan.train.has_classes
    slow = 2 if name in ("gradient_descent", "adagrad") else 1
    return plan.set(
        network__hidden=hidden,
        network__activation=activation,
        network__init=INIT.get(activation, str(rng.choice(["he", "he_uniform", "orthogonal"]))),
        network__dropout=float(rng.choice([0, 0, 0, 0.1, 0.2])),
        network__batch_norm=bool(rng.random() < 0.15),
        network__l2=float(rng.choice([0, 0, 1e-4])),
        network__label_smoothing=float(rng.choice([0, 0, 0, 0.1])) if classes else 0.0,
        training__batch_size=int(rng.choice([16, 32, 64])),
        training__epochs=plan.get("training__epochs") * slow,
        training__patience=int(rng.choice([0, 0, 0, 8])),
        training__class_weight=str(rng.choice(["none", "none", "none", "balanced"])) if classes else "none",
    )
