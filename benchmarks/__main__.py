"""The benchmark: python -m benchmarks [--rounds N] [--only NAME …]

Every contestant runs in a process of its own, one after the other, round after round; figures are
medians over the rounds, and ratios are medians of the ratios within each round, so that a busy
minute of the machine hits all of them alike.
"""

import argparse
import json
import sys
from pathlib import Path

from benchmarks import commands, report
from benchmarks.figures import record
from benchmarks.machine import ROOT, describe, environment, measured, usable_cores
from benchmarks.works import WORKS

COMMANDS = {"quick": commands.quick, "help": commands.help_page, "csv": commands.csv_reading}
CORETYPES = ("", "HASWELL", "SKYLAKEX")


def measure_work(name, rounds, env):
    found = []
    for number in range(rounds):
        row = {}
        names = list(WORKS[name].contestants)
        start = number % len(names)  # nobody is always the first, or always after the same one
        for contestant in names[start:] + names[:start]:
            output = measured([sys.executable, "-m", "benchmarks.contestants", contestant, name], env)[2]
            row[contestant] = json.loads(output.splitlines()[-1])
        found.append(row)
        print(
            f"  round {number + 1}: " + ", ".join(f"{k} {row[k]['seconds']:.3f} s" for k in names), flush=True
        )
    return found


def measure_coretypes(rounds, threads):
    """The bare products under each of OpenBLAS's kernels ("" lets it choose by itself)."""
    found = []
    flags = processor_flags()
    names = [name for name in CORETYPES if name != "SKYLAKEX" or "avx512vl" in flags]
    names = [name for name in names if name != "HASWELL" or "avx2" in flags]
    for _ in range(rounds):
        row = {}
        for name in names:
            command = [sys.executable, "-m", "benchmarks.contestants", "bare", "sgd-128"]
            output = measured(command, environment(threads, name))[2]
            row[name or "own choice"] = json.loads(output.splitlines()[-1])
        found.append(row)
    return found


def processor_flags():
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return []
    return next((line.split() for line in text.splitlines() if line.startswith("flags")), [])


def arguments():
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="of every measurement (default 5)")
    parser.add_argument("--only", nargs="+", choices=[*WORKS, *COMMANDS, "coretype"], help="default: all")
    parser.add_argument("--threads", type=int, default=usable_cores(), help="default: all cores")
    parser.add_argument(
        "--coretype", default="auto", help="OPENBLAS_CORETYPE; auto: as the command line chooses"
    )
    parser.add_argument("--json", type=Path, default=ROOT / "benchmarks" / "results" / "latest.json")
    parser.add_argument("--markdown", type=Path, help="write the page too, for instance docs/benchmarks.md")
    return parser.parse_args()


def record_commands(found):
    """The figures of whole commands that pages name."""
    if "quick" in found:
        rows = found["quick"]
        quick = {
            "test_accuracy": 100 * report.median(rows, "accuracy"),
            "training_seconds": report.median(rows, "training"),
            "command_seconds": report.median(rows, "wall"),
            "megabytes": report.median(rows, "megabytes"),
            "rounds": len(rows),
        }
        record("quick", quick, "python -m benchmarks --only quick")
    if "help" in found:
        record("help", {"seconds": report.median(found["help"], "wall")}, "python -m benchmarks --only help")


def main():
    options = arguments()
    env = environment(options.threads, options.coretype)
    chosen = options.only or [*WORKS, *COMMANDS, "coretype"]
    results = {
        "machine": describe(options.threads, env),
        "rounds": options.rounds,
        "works": {},
        "commands": {},
    }
    for name in chosen:
        print(f"{name}:", flush=True)
        if name in WORKS:
            results["works"][name] = measure_work(name, options.rounds, env)
        elif name in COMMANDS:
            plain = environment(options.threads, "")  # a command chooses its kernels itself
            results["commands"][name] = COMMANDS[name](options.rounds, plain)
        else:
            results["commands"]["coretype"] = measure_coretypes(options.rounds, options.threads)
    record_commands(results["commands"])
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    page = report.page(results)
    if options.markdown:
        options.markdown.write_text(page, encoding="utf-8")
    print("\n" + page)


if __name__ == "__main__":
    main()
