"""Schedules, clipping and averaging."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glassnet import optim

DECAYS = [kind() for name, kind in optim.SCHEDULES.items() if name != "one_cycle"]
DECAYS += [optim.StepDecay(0.25, 0.5), optim.Cosine(0.1)]
SCHEDULES = [*DECAYS, optim.OneCycle(), optim.WarmUp(0.1, optim.Cosine())]


@pytest.mark.parametrize("schedule", SCHEDULES, ids=repr)
@given(st.floats(0, 1, exclude_max=True))
def test_factor_is_a_share_of_the_rate(schedule, progress):
    assert 0 <= schedule(progress) <= 1


@pytest.mark.parametrize("schedule", DECAYS, ids=repr)
@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_decays_never_rise(schedule, p, q):
    assert schedule(min(p, q)) >= schedule(max(p, q))


def test_step_decay_steps_at_its_shares():
    schedule = optim.StepDecay(0.1, 0.5)
    assert [schedule(k / 10) for k in range(10)] == pytest.approx([0.5**k for k in range(10)])


def test_one_cycle_s_ends():
    schedule = optim.OneCycle(warmup=0.3, start=0.04, final=1e-4)
    assert schedule(0) == pytest.approx(0.04)
    assert schedule(0.3) == 1
    assert schedule(1 - 1e-9) == pytest.approx(1e-4)
    assert optim.OneCycle(warmup=0)(0) == 1


def test_warm_up_hands_over():
    schedule = optim.WarmUp(0.2, optim.Cosine())
    assert schedule(0.1) == pytest.approx(0.5)
    assert schedule(0.6) == pytest.approx(0.5)
    assert schedule.config() == {
        "kind": "WarmUp",
        "fraction": 0.2,
        "then": {"kind": "Cosine", "final": 0.0},
    }


def test_clip_by_norm_leaves_short_gradients_alone(rng):
    g = rng.normal(size=10)
    before = g.copy()
    norm = optim.clip_by_norm(g, 100.0)
    assert norm == pytest.approx(np.linalg.norm(before))
    np.testing.assert_array_equal(g, before)
    optim.clip_by_norm(g, 0.5)
    np.testing.assert_allclose(g, before * 0.5 / norm)


def test_average_lags_behind_and_resumes(rng):
    vectors = rng.normal(size=(8, 4)).astype(np.float32)
    whole = optim.MovingAverage(0.5)
    for v in vectors:
        whole.update(v)
    first, second = optim.MovingAverage(0.5), optim.MovingAverage(0.5)
    for v in vectors[:3]:
        first.update(v)
    second.load_state_dict(first.state_dict())
    for v in vectors[3:]:
        second.update(v)
    np.testing.assert_array_equal(whole.value, second.value)
    expected = vectors[0].astype(float)
    for t, v in enumerate(vectors[1:], 1):
        d = min(0.5, (1 + t) / (10 + t))
        expected = d * expected + (1 - d) * v
    np.testing.assert_allclose(whole.value, expected, rtol=1e-5)
