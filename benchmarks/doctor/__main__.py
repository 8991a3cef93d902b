"""The doctor's own benchmark: python -m benchmarks.doctor [--half development] [--fault NAME …] [--missed]

Plants every fault in every setting three times, trains healthy networks besides, and asks the doctor about
each. Trainings are kept in benchmarks/results/doctor, so asking again takes a few minutes. With both halves
and all faults, docs/figures.json and the table in docs/doctor.md are written anew.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: small products gain nothing from a second

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"
HALVES = ("development", "held-out")


def arguments():
    from benchmarks.doctor.faults import FAULTS

    parser = argparse.ArgumentParser(prog="python -m benchmarks.doctor", description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES, help="of the settings; default: both")
    parser.add_argument("--fault", nargs="+", choices=list(FAULTS), help="default: all")
    parser.add_argument("--missed", action="store_true", help="list the runs that were not named rightly")
    return parser.parse_args()


def main():
    from benchmarks.doctor import scores, table
    from benchmarks.doctor.examine import examine
    from benchmarks.figures import record

    options = arguments()
    started = time.perf_counter()
    rows = []
    for row in examine(RESULTS / "doctor", [options.half] if options.half else HALVES, options.fault):
        rows.append(row)
        print(f"\r{len(rows):,} trainings", end="", file=sys.stderr, flush=True)
    print(f", {time.perf_counter() - started:,.0f} s", file=sys.stderr)
    RESULTS.mkdir(parents=True, exist_ok=True)
    name = f"doctor-{options.half or 'all'}.json"
    (RESULTS / name).write_text(json.dumps(rows, indent=0) + "\n", encoding="utf-8")
    if options.missed:
        for row in rows:
            wrong = bool(scores.said(row)) if row["fault"] == "healthy" else not scores.is_named(row)
            if row["counts"] and wrong:
                found = ", ".join(f"{kind} ({severity})" for kind, severity in row["findings"]) or "nothing"
                skills = f"{row['training']:.2f} {row['validation']:.2f}"
                print(f"{row['fault']:>34} {row['setting']:>9} {row['seed']:>3}  {skills}  {found}")
    print(table.text(rows))
    if not options.half and not options.fault:
        record("doctor", table.figures(rows), "python -m benchmarks.doctor")
        table.write(rows, ROOT / "docs" / "doctor.md")


if __name__ == "__main__":
    main()
