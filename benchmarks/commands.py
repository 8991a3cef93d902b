"""Whole commands from the outside: wall time and peak memory, as their user sees them."""

import csv
import gzip
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.machine import measured

GLASSNET = Path(sys.executable).with_name("glassnet")
KAGGLE_ROWS = 42_000


def quick(rounds, env):
    """`glassnet train mnist --recipe quick`, each round with another seed."""
    found = []
    for seed in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            run = Path(folder) / "quick"
            command = [GLASSNET, "train", "mnist", "--recipe", "quick", "--out", run, "--quiet"]
            seconds, megabytes, _ = measured([*command, "--set", f"seed={seed}"], env)
            evaluation = json.loads((run / "evaluation.json").read_text(encoding="utf-8"))
            with (run / "history.csv").open(encoding="utf-8", newline="") as lines:
                training = float(list(csv.DictReader(lines))[-1]["seconds"])
        found.append(
            {"wall": seconds, "training": training, "megabytes": megabytes, **accuracy_of(evaluation)}
        )
    return found


def accuracy_of(evaluation):
    """The test accuracy, whether it stands at the top of evaluation.json or under "test"."""
    return {"accuracy": evaluation.get("test", evaluation)["accuracy"]}


def help_page(rounds, env):
    measured([GLASSNET, "--help"], env)  # the first call may still write byte code
    return [{"wall": measured([GLASSNET, "--help"], env)[0]} for _ in range(rounds)]


READ = """
import json, resource, sys, time
{imports}
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
{read}
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(json.dumps({{"seconds": seconds, "megabytes": peak / 1e3}}))
"""
READERS = {
    "glassnet": ("from glassnet.data import load", "data = load(sys.argv[1])"),
    "pandas": ("import pandas", "data = pandas.read_csv(sys.argv[1], dtype='uint8')"),
}


def csv_reading(rounds, env):
    """A Kaggle train.csv of 42,000 rows, made from MNIST's own files; both readers in turn."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.csv"
        measured([sys.executable, "-m", "benchmarks.commands", path], env)
        for _ in range(rounds):
            pair = {}
            for name, (imports, read) in READERS.items():
                code = READ.format(imports=imports, read=read)
                pair[name] = json.loads(measured([sys.executable, "-c", code, path], env)[2])
            pair["file_megabytes"] = path.stat().st_size / 1e6
            pair["array_megabytes"] = KAGGLE_ROWS * 785 / 1e6
            found.append(pair)
    return found


def write_kaggle_csv(path):
    import numpy as np

    base = Path(os.environ["GLASSNET_DATA"])
    folder = base if (base / "train-labels-idx1-ubyte.gz").exists() else base / "mnist"
    images = gzip.decompress((folder / "train-images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((folder / "train-labels-idx1-ubyte.gz").read_bytes())
    pixels = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 784)[:KAGGLE_ROWS]
    rows = np.column_stack([np.frombuffer(labels, np.uint8, offset=8)[:KAGGLE_ROWS], pixels])
    header = ",".join(["label", *(f"pixel{i}" for i in range(784))])
    np.savetxt(path, rows, fmt="%d", delimiter=",", header=header, comments="")


def median(rows, *keys):
    values = []
    for row in rows:
        for key in keys:
            row = row[key]
        values.append(row)
    return statistics.median(values)


if __name__ == "__main__":
    write_kaggle_csv(sys.argv[1])
