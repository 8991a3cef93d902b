"""A small sample of the doctor's benchmark, and how its figures are counted."""

import numpy as np
import pytest
from benchmarks.doctor import scores, table
from benchmarks.doctor.examine import _rng as its_rng
from benchmarks.doctor.faults import FAULTS
from benchmarks.doctor.healthy import variant
from benchmarks.doctor.runs import Plan, trained
from benchmarks.doctor.settings import SEEDS, SETTINGS

from glassnet.doctor import diagnose
from glassnet.doctor.finding import KINDS

SAMPLE = {  # one for each fault that test_broken.py has not, in a setting where it does harm
    "clip_too_strong": "blobs",
    "constant_inputs": "moons",
    "deep_sigmoids": "digits",
    "deeper_sigmoids": "moons",
    "dropout_too_strong": "moons",
    "few_full_batches": "digits",
    "init_too_small": "moons",
    "labels_noisy": "blobs",
    "momentum_too_high": "moons",
    "no_nonlinearity": "moons",
    "one_epoch": "digits",
    "penalty_too_strong": "friedman",
    "schedule_too_short": "friedman",
    "sentinel_values": "blobs",
    "targets_too_large": "friedman",
    "validation_in_another_range": "tags",
    "wrong_output": "friedman",
}


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("doctor")


@pytest.mark.parametrize(("name", "setting"), SAMPLE.items())
def test_a_planted_fault_is_the_first_thing_that_is_said(name, setting, cache):
    fault = FAULTS[name]
    plan = fault.plant(Plan.of(SETTINGS[setting], 0), its_rng(SETTINGS[setting], name, 0))
    findings = diagnose(trained(plan, cache))
    assert findings and findings[0].kind in fault.cause
    said = {finding.kind for finding in findings if finding.severity != "note"}
    assert said <= fault.cause | fault.also


@pytest.mark.parametrize("setting", ["digits", "moons", "friedman", "wine"])
def test_the_settings_themselves_draw_no_alarm(setting, cache):
    plans = [
        Plan.of(SETTINGS[setting], 0),
        variant(Plan.of(SETTINGS[setting], 100), np.random.default_rng(0)),
    ]
    for plan in plans:
        assert [f for f in diagnose(trained(plan, cache)) if f.severity != "note"] == []


def test_a_training_is_kept_and_read_again(cache):
    plan = Plan.of(SETTINGS["moons"], 0).set(training__epochs=2)
    once, again = trained(plan, cache), trained(plan, cache)
    np.testing.assert_array_equal(once.network.theta, again.network.theta)
    assert once.history.records == again.history.records


def test_the_halves_share_no_setting_and_no_seed():
    halves = {half: {s.name for s in SETTINGS.values() if s.half == half} for half in SEEDS}
    assert len(halves["development"]) >= 10 and len(halves["held-out"]) >= 10
    assert not halves["development"] & halves["held-out"]
    assert not set(SEEDS["development"]) & set(SEEDS["held-out"])
    assert len(FAULTS) >= 20
    assert all((fault.cause | fault.also) <= set(KINDS) for fault in FAULTS.values())


def row(fault, findings, training=0.5, counts=True):
    return {"fault": fault, "setting": "moons", "half": "development", "seed": 0, "training": training,
            "validation": training, "findings": findings, "counts": counts, "seconds": 0.01}  # fmt: skip


def test_the_figures_are_counted():
    rows = [
        row("one_epoch", [["too_few_epochs", "serious"], ["rate_too_low", "warning"]]),
        row("one_epoch", [["duplicates", "serious"], ["too_few_epochs", "warning"]]),
        row("one_epoch", [["too_few_epochs", "note"]], training=0.1),
        row("one_epoch", [], counts=False),
        row("healthy", []),
        row("healthy", [["overfitting", "warning"]]),
    ]
    assert scores.of_fault(rows, "one_epoch") == (3, 1 / 3, 2 / 3, 1)
    assert scores.of_findings(rows)["duplicates"] == (1, 0.0)
    whole = scores.whole(rows)
    assert (whole["faulty"], whole["recall"], whole["precision"]) == (3, 1 / 3, 3 / 5)
    assert (whole["healthy"], whole["false_alarms"], whole["silent_near_chance"]) == (2, 0.5, 1)


def test_the_table_replaces_the_old_one_and_nothing_else(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n", encoding="utf-8")
    for _ in range(2):
        table.write([row("healthy", [])], page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n") and text.endswith("\nafter\n") and "old" not in text
    assert text.count("healthy trainings") == 1
