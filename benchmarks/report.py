"""The page with the figures: the same text on the terminal and in docs/benchmarks.md.

python -m benchmarks.report benchmarks/results/latest.json > docs/benchmarks.md
"""

import json
import statistics
import sys
from pathlib import Path

from benchmarks.commands import median
from benchmarks.works import WORKS

NOTES = """\
## What is inside the times

Each contestant runs in its own process, with the same number of threads and the same
`OPENBLAS_CORETYPE` (PyTorch brings its own matrix kernels and does not read it). A round takes them one
after the other, and each round starts with a different one; a warm-up lap is not timed. Times are
medians over the rounds; ratios are medians of the ratios within each round.

- **Glassnet**: uint8 images, the real training loop of `glassnet.train`: picking the batch, turning pixels
  into floats, forward, backward, update, running loss and accuracy, events.
- **bare**: only the five matrix products of a step, into existing buffers, always on the
  same batch. No program that trains this network with the same products can be faster.
- **PyTorch**: eager, CPU, float32 pixels ready in memory; batches by indexing with a random permutation, no
  `DataLoader`; the optimiser's `fused=True`. Nothing is recorded.
- **scikit-learn**: `MLPClassifier.partial_fit` on float32 pixels ready in memory, `alpha=0`, no momentum,
  no early stopping.
- **seed**: seed 004's steps written naively, float32 pixels as its text says, weights straight from
  `randn`: these are float64, so NumPy computes everything in float64. **seed in float32**: the same
  with the weights converted first.
"""


def ratio(rounds, contestant):
    """How Glassnet stands to another: over "bare" its multiple, else how many times faster it is."""
    ratios = [row["glassnet"]["seconds"] / row[contestant]["seconds"] for row in rounds]
    return statistics.median(ratios if contestant == "bare" else [1 / value for value in ratios])


def work_rows(name, rounds):
    work = WORKS[name]
    for contestant in work.contestants:
        accuracy = rounds[-1][contestant]["accuracy"]
        cells = [
            work.title if contestant == work.contestants[0] else "",
            contestant,
            f"{median(rounds, contestant, 'seconds'):.3f}",
            "" if accuracy is None else f"{accuracy:.1%}",
        ]
        if contestant == "glassnet":
            yield [*cells, "", ""]
            continue
        reached = ratio(rounds, contestant)
        target = work.targets.get(contestant)
        if contestant == "bare":
            good = target is None or reached <= target
            yield [*cells, f"{reached:.2f} × its time", verdict("≤", target, good)]
        else:
            good = target is None or reached >= target
            yield [*cells, f"{reached:.2f} × as fast", verdict("≥", target, good)]


def verdict(sign, target, good):
    return "" if target is None else f"{sign} {target}: {'reached' if good else 'not reached'}"


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def works_part(results):
    rows = [row for name, rounds in results["works"].items() for row in work_rows(name, rounds)]
    laps = "; ".join(f"{work.title}: {work.lap}" for name, work in WORKS.items() if name == "seed-004")
    header = ["work", "contestant", "seconds per lap", "training accuracy", "Glassnet is", "aim"]
    return f"A lap is an epoch of 60,000 images ({laps}).\n\n" + table(header, rows)


def quick_part(rows):
    aims = [
        ("test accuracy", "accuracy", "{:.2%}", lambda v: v >= 0.98, "≥ 98.0 %"),
        ("training, seconds", "training", "{:.2f}", lambda v: v <= 1.2, "≤ 1.2"),
        ("whole command, seconds", "wall", "{:.2f}", lambda v: v <= 3, "≤ 3"),
        ("peak memory, MB", "megabytes", "{:.0f}", lambda v: v <= 300, "≤ 300"),
    ]
    for what, key, form, good, aim in aims:
        value = median(rows, key)
        yield [
            "`glassnet train mnist --recipe quick`: " + what,
            form.format(value),
            outcome(aim, good(value)),
        ]


def csv_part(rows):
    times = statistics.median(row["glassnet"]["seconds"] / row["pandas"]["seconds"] for row in rows)
    memory = median(rows, "glassnet", "megabytes")
    limit = 3 * rows[0]["array_megabytes"] + rows[0]["file_megabytes"]
    what = "a Kaggle train.csv of 42,000 rows: "
    yield [what + "time against pandas.read_csv", f"{times:.2f} ×", outcome("≤ 1.2 ×", times <= 1.2)]
    yield [what + "peak memory, MB", f"{memory:.0f}", outcome(f"≤ {limit:.0f}", memory <= limit)]


def outcome(aim, good):
    return f"{aim}: {'reached' if good else 'not reached'}"


def commands_part(found):
    rows = []
    if "quick" in found:
        rows += quick_part(found["quick"])
    if "help" in found:
        wall = median(found["help"], "wall")
        rows.append(["`glassnet --help`, seconds", f"{wall:.2f}", outcome("≤ 0.3", wall <= 0.3)])
    if "csv" in found:
        rows += csv_part(found["csv"])
    return table(["command", "median", "aim"], rows) if rows else ""


def coretype_part(rows):
    own = median(rows, "own choice", "seconds")
    lines = []
    for name in rows[0]:
        seconds = median(rows, name, "seconds")
        lines.append([name, f"{seconds:.3f}", f"{own / seconds:.2f} ×"])
    return table(
        ["OPENBLAS_CORETYPE", "bare products, seconds per epoch of 784-128-10", "speed against own choice"],
        lines,
    )


def page(results):
    machine = results["machine"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items())
    parts = [
        "# Benchmarks\n",
        "`make bench` measures all of this; the figures are from one run of it.\n",
        f"Measured on {machine['date']}: {machine['processor']}, {machine['cores']} cores, "
        f"{machine['threads']} threads, {machine['system']}, Python {machine['python']}, {versions}; "
        f"OpenBLAS kernels {machine['kernels']} (asked for: {machine['coretype'] or 'nothing'}); "
        f"rounds: {results['rounds']}; load of the machine at the start: {machine['load_at_start']:.1f}.\n",
    ]
    if results["works"]:
        parts += ["## The same network, side by side\n", works_part(results)]
    if commands := commands_part(results["commands"]):
        parts += ["## Whole commands\n", commands]
    if "coretype" in results["commands"]:
        parts += ["## Matrix kernels\n", coretype_part(results["commands"]["coretype"])]
    return "\n".join([*parts, NOTES])


if __name__ == "__main__":
    print(page(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), end="")
