"""Glassnet's estimators beside scikit-learn's own: python -m benchmarks.estimators [--rounds N]

The same parameters, the same random_state, the same split, number type and scaling. Each round is a seed;
in each, every contestant runs in a process of its own, and each round begins with another one. Times are
medians over the rounds, ratios medians of the ratios within a round, scores means on the held-out quarter.

    python -m benchmarks.estimators glassnet 3 digits iris    (what each process runs: one round)
"""

import argparse
import json
import os
import statistics
import sys
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.machine import ROOT, describe, environment, measured
from benchmarks.report import table

CONTESTANTS = ("scikit-learn", "glassnet", "glassnet float32")


@dataclass(frozen=True)
class Task:
    """A data set and what differs from the estimators' defaults; ``classes`` says which estimator."""

    classes: bool
    parameters: dict = field(default_factory=dict)


TASKS = {
    "iris": Task(True),
    "wine": Task(True),
    "breast cancer": Task(True),
    "digits": Task(True),
    "digits, early stopping": Task(True, {"early_stopping": True}),
    "digits, 32 a batch": Task(True, {"batch_size": 32, "max_iter": 50}),
    "digits, sgd": Task(True, {"solver": "sgd", "learning_rate_init": 0.01}),
    "iris, lbfgs": Task(True, {"solver": "lbfgs", "max_iter": 1000}),
    "houses": Task(False),
    "houses, two layers": Task(False, {"hidden_layer_sizes": (64, 32), "early_stopping": True}),
    "MNIST, 5 epochs": Task(True, {"max_iter": 5}),
    "MNIST, 5 epochs, float32 data": Task(True, {"max_iter": 5}),
}


def houses(m=8000):
    """Like California's houses: 8 skewed features, prices by income, rooms, age and place, cut off above."""
    rng = np.random.default_rng(0)
    income, rooms = rng.lognormal(1.2, 0.45, m), rng.lognormal(1.6, 0.3, m)
    bedrooms, age = rooms * rng.uniform(0.15, 0.25, m), rng.integers(1, 53, m).astype(float)
    people, household = rng.lognormal(7, 0.7, m), rng.lognormal(1.0, 0.25, m)
    latitude, longitude = rng.uniform(32.5, 42, m), rng.uniform(-124.3, -114.3, m)
    coast = np.exp(-np.abs(longitude + 124.3 - 0.9 * (42 - latitude)))
    cities = np.exp(-((latitude - 34) ** 2 + (longitude + 118.2) ** 2))
    cities += np.exp(-((latitude - 37.8) ** 2 + (longitude + 122.3) ** 2))
    price = (
        0.42 * income + 0.9 * coast + 1.1 * cities + 0.006 * age + 2.5 * bedrooms / rooms - 0.15 * household
    )
    price = np.clip(price * rng.lognormal(0, 0.15, m), 0.15, 5.0)
    return np.column_stack([income, age, rooms, bedrooms, people, household, latitude, longitude]), price


def data_of(name, seed):
    """(X, X_test, y, y_test), a quarter held out; of MNIST the official parts."""
    from sklearn import datasets
    from sklearn.model_selection import train_test_split
    from sklearn.preprocessing import StandardScaler

    kind = name.partition(",")[0]
    if kind == "MNIST":
        from glassnet.data import load_pair

        data_dir = Path(os.environ["GLASSNET_DATA"]) if "GLASSNET_DATA" in os.environ else None
        parts = load_pair("mnist", data_dir=data_dir)
        dtype = np.float32 if name.endswith("float32 data") else np.float64
        return *(part.flat.astype(dtype) / 255 for part in parts), *(part.labels for part in parts)
    load = {"breast cancer": "load_breast_cancer", "houses": ""}.get(kind, f"load_{kind}")
    X, y = getattr(datasets, load)(return_X_y=True) if load else houses()
    stratify = y if TASKS[name].classes else None
    X, X_test, y, y_test = train_test_split(X, y, test_size=0.25, random_state=seed, stratify=stratify)
    scaler = StandardScaler().fit(X)
    return scaler.transform(X), scaler.transform(X_test), y, y_test


def estimator_of(contestant, task, seed):
    if contestant == "scikit-learn":
        from sklearn.neural_network import MLPClassifier, MLPRegressor
    else:
        from glassnet import MLPClassifier, MLPRegressor
    kind = MLPClassifier if task.classes else MLPRegressor
    extra = {"dtype": "float32"} if contestant.endswith("float32") else {}
    return kind(random_state=seed, **task.parameters, **extra)


def run(contestant, seed, names):
    """One round of one contestant: a short fit to warm up, then the timed one, for each task."""
    found = {}
    for name in names:
        task = TASKS[name]
        X, X_test, y, y_test = data_of(name, seed)
        estimator_of(contestant, task, seed).set_params(max_iter=1).fit(X, y)
        estimator = estimator_of(contestant, task, seed)
        start = time.perf_counter()
        estimator.fit(X, y)
        seconds = time.perf_counter() - start
        score = float(estimator.score(X_test, y_test))
        found[name] = {"seconds": seconds, "score": score, "epochs": estimator.n_iter_}
    return found


def measure(rounds, names, env):
    found = []
    for seed in range(rounds):
        row = {}
        start = seed % len(CONTESTANTS)
        for contestant in CONTESTANTS[start:] + CONTESTANTS[:start]:
            command = [sys.executable, "-m", "benchmarks.estimators", contestant, seed, *names]
            row[contestant] = json.loads(measured(command, env)[2].splitlines()[-1])
        found.append(row)
        print(f"  round {seed + 1} of {rounds}", flush=True)
    return found


def rows_of(found, names):
    for name in names:
        column = {
            who: {key: [row[who][name][key] for row in found] for key in ("seconds", "score", "epochs")}
            for who in CONTESTANTS
        }
        peer, own, single = (column[who] for who in CONTESTANTS)
        error = statistics.stdev(peer["score"]) / len(found) ** 0.5 if len(found) > 1 else 0.0
        means = [statistics.mean(values["score"]) for values in (peer, own, single)]
        good = max(abs(mean - means[0]) for mean in means[1:]) <= error
        yield [
            name,
            f"{means[0]:.4f} ± {error:.4f}",
            *(f"{mean:.4f}" for mean in means[1:]),
            "yes" if good else "no",
            *(f"{1000 * statistics.median(values['seconds']):.0f}" for values in (peer, own, single)),
            *(f"{ratio(peer, values):.2f} ×" for values in (own, single)),
        ]


def ratio(peer, own):
    pairs = zip(peer["seconds"], own["seconds"], strict=True)
    return statistics.median(theirs / ours for theirs, ours in pairs)


HEADER = [
    "data",
    "scikit-learn, score",
    "Glassnet",
    "in float32",
    "within one standard error",
    "scikit-learn, ms",
    "Glassnet, ms",
    "in float32, ms",
    "times as fast",
    "in float32",
]


def page(results):
    machine = results["machine"]
    versions = ", ".join(f"{name} {machine['versions'][name]}" for name in ("numpy", "scikit-learn"))
    return (
        f"Measured on {machine['date']}: {machine['processor']}, {machine['threads']} thread, Python "
        f"{machine['python']}, {versions}; rounds (seeds): {len(results['rounds'])}; load of the machine at "
        f"the start: {machine['load_at_start']:.1f}.\n\n"
        + table(HEADER, list(rows_of(results["rounds"], results["names"])))
    )


def main():
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.estimators", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--rounds", type=int, default=10, help="seeds (default 10)")
    parser.add_argument("--only", nargs="+", choices=TASKS, default=list(TASKS), help="default: all")
    parser.add_argument("--threads", type=int, default=1, help="default 1")
    parser.add_argument("--json", type=Path, default=ROOT / "benchmarks" / "results" / "estimators.json")
    options = parser.parse_args()
    env = environment(options.threads)
    machine = describe(options.threads, env)
    results = {
        "machine": machine,
        "names": options.only,
        "rounds": measure(options.rounds, options.only, env),
    }
    options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print("\n" + page(results))


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in CONTESTANTS:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "has not converged": both say it, on the same data
            print(json.dumps(run(sys.argv[1], int(sys.argv[2]), sys.argv[3:])))
    else:
        main()
