"""From the rows to the figures: recall for each fault, precision for each finding, false alarms."""

from collections import defaultdict

from benchmarks.doctor.faults import FAULTS

NEAR_CHANCE = 0.2
UNKNOWN = "did_not_learn"  # the doctor says that it does not know why: no cause named, and no false one


def said(row):
    """The kinds that were said as more than a note, in the doctor's order."""
    return [kind for kind, severity in row["findings"] if severity != "note"]


def is_named(row):
    return said(row)[:1] != [] and said(row)[0] in FAULTS[row["fault"]].cause


def allowed(row):
    if row["fault"] == "healthy":
        return frozenset()
    return FAULTS[row["fault"]].cause | FAULTS[row["fault"]].also


def of_fault(rows, name):
    """(runs that count, share first named rightly, share named at all, runs without harm)"""
    mine = [row for row in rows if row["fault"] == name]
    counted = [row for row in mine if row["counts"]]
    n = max(len(counted), 1)
    anywhere = sum(bool(set(said(row)) & FAULTS[name].cause) for row in counted)
    return len(counted), sum(map(is_named, counted)) / n, anywhere / n, len(mine) - len(counted)


def of_findings(rows):
    """For each kind: how often it was said as more than a note, and the share of that which was true."""
    true = defaultdict(list)
    for row in rows:
        if row["counts"]:
            for kind in said(row):
                if kind != UNKNOWN:
                    true[kind].append(kind in allowed(row))
    return {kind: (len(found), sum(found) / len(found)) for kind, found in sorted(true.items())}


def whole(rows):
    """All figures of some rows in one."""
    faulty = [row for row in rows if row["fault"] != "healthy" and row["counts"]]
    healthy = [row for row in rows if row["fault"] == "healthy" and row["counts"]]
    alarmed = sum(bool(said(row)) for row in healthy)
    stuck = [row for row in rows if row["training"] < NEAR_CHANCE]
    precision = of_findings(rows)
    named = sum(n for n, _ in precision.values())
    return {
        "faulty": len(faulty),
        "recall": sum(map(is_named, faulty)) / max(len(faulty), 1),
        "precision": sum(n * share for n, share in precision.values()) / max(named, 1),
        "named": named,
        "healthy": len(healthy),
        "false_alarms": alarmed / max(len(healthy), 1),
        "alarmed": alarmed,
        "near_chance": len(stuck),
        "silent_near_chance": sum(not said(row) for row in stuck),
        "seconds": sum(row["seconds"] for row in rows) / max(len(rows), 1),
    }
