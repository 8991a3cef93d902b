"""Every planted fault and every healthy training: what it did to the network, and what the doctor says."""

import time
import zlib

import numpy as np

from benchmarks.doctor.faults import FAULTS
from benchmarks.doctor.healthy import variant
from benchmarks.doctor.runs import Plan, skill, trained
from benchmarks.doctor.settings import SEEDS, SETTINGS
from glassnet.doctor import diagnose

HEALTHY = 18  # for each setting: 252 and 198
TRIED = 80  # variants that are tried at most to find so many
HARM = 0.1  # loss of validation skill against the healthy twin from which a fault is one
NEAR, APART = (
    0.95,
    0.05,
)  # a healthy variant is as good as the setting's own trainings, and as good on both parts


def examine(cache, halves, faults=None):
    """Rows for the table, one a training."""
    for setting in SETTINGS.values():
        if setting.half not in halves:
            continue
        twins = []
        for seed in SEEDS[setting.half]:
            row = _row(Plan.of(setting, seed), setting, seed, "healthy", cache)
            twins.append(row)
            yield row | {"counts": True}
            for fault in FAULTS.values():
                if setting.task not in fault.tasks or (faults and fault.name not in faults):
                    continue
                plan = fault.plant(Plan.of(setting, seed), _rng(setting, fault.name, seed))
                found = _row(plan, setting, seed, fault.name, cache)
                harm = row["validation"] - found["validation"]
                yield found | {"counts": not fault.hurts or harm >= HARM}
        yield from _variants(setting, twins, cache)


def _variants(setting, twins, cache):
    """Other healthy trainings, until there are enough of them."""
    good, gap = (np.mean([f(row) for row in twins]) for f in (lambda r: r["validation"], _gap))
    found, number = len(twins), 0
    while found < HEALTHY and number < TRIED:
        seed = SEEDS[setting.half][0] + 100 + number
        plan = variant(Plan.of(setting, seed), _rng(setting, "healthy", seed))
        row = _row(plan, setting, seed, "healthy", cache)
        healthy = row["validation"] >= NEAR * good and _gap(row) <= gap + APART
        found, number = found + healthy, number + 1
        yield row | {"counts": bool(healthy)}


def _gap(row):
    return row["training"] - row["validation"]


def _row(plan, setting, seed, fault, cache):
    case = trained(plan, cache)
    before = time.perf_counter()
    findings = diagnose(case)
    seconds = time.perf_counter() - before
    skills = (
        0.0 if case.diverged else skill(case.network, case.prepared, part)
        for part in (plan.train, plan.validation)
    )
    training, validation = skills
    return {
        "fault": fault,
        "setting": setting.name,
        "half": setting.half,
        "seed": seed,
        "training": training,
        "validation": validation,
        "findings": [[finding.kind, finding.severity] for finding in findings],
        "seconds": seconds,
    }


def _rng(setting, name, seed):
    return np.random.default_rng([seed, zlib.crc32(f"{setting.name} {name}".encode())])
