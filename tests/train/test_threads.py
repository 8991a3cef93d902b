"""How many threads a training takes, and that a run keeps its bits."""

import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from glassnet import mlp
from glassnet.recipe import load_recipe, run
from glassnet.recipe.run import finish
from glassnet.train import threads
from glassnet.train.threads import available_threads, choose_threads, limit_threads

RUNNING = sys.modules["glassnet.recipe.run"]  # its namesake hides it


def taken():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def never(*_):
    raise AssertionError("nothing has to be measured here")


@pytest.mark.parametrize(
    ("sizes", "batch"), [((64, 256, 128, 10), 64), ((4, 64, 3), 150), ((784, 128, 10), 1)]
)
def test_small_steps_take_one_thread_unmeasured(sizes, batch, monkeypatch):
    monkeypatch.setattr(threads, "_seconds", never)
    assert choose_threads(mlp(*sizes), batch, available=8) == 1


def test_where_there_is_one_thread_it_is_taken(monkeypatch):
    monkeypatch.setattr(threads, "_seconds", never)
    assert choose_threads(mlp(784, 512, 10), 512, available=1) == 1


@pytest.mark.parametrize(
    ("one", "several", "chosen"), [(1.0, 0.5, 4), (1.0, 0.95, 1), (1.0, 1.0, 1), (1.0, 9.0, 1)]
)
def test_large_steps_take_several_where_these_are_clearly_faster(one, several, chosen, monkeypatch):
    monkeypatch.setattr(threads, "_seconds", lambda step, most: (one, several))
    assert choose_threads(mlp(784, 512, 10), 512, available=4) == chosen


def test_a_stalled_step_decides_against_several(monkeypatch):
    """As beside another program: two threads are faster mostly, and stall now and then."""
    clock = {"now": 0.0, "threads": 1, "calls": 0}

    def limit(n):
        clock["threads"] = n
        return limit_threads(None)

    def step():
        clock["calls"] += 1
        stalled = clock["threads"] > 1 and clock["calls"] % 4 == 0
        clock["now"] += 0.040 if stalled else 0.010 / clock["threads"]

    monkeypatch.setattr(threads, "limit_threads", limit)
    monkeypatch.setattr(threads.time, "perf_counter", lambda: clock["now"])
    monkeypatch.setattr(threads, "_one_step", lambda network, batch_size: step)
    assert choose_threads(mlp(784, 512, 10), 512, available=2) == 1


def test_measuring_leaves_the_network_as_it_is():
    network = mlp(784, 256, 10, dropout=0.5, batch_norm=True, seed=0)
    before = network.theta.copy(), network.state.copy(), network.rng.bit_generator.state
    assert choose_threads(network, 384) in {1, available_threads()}
    np.testing.assert_array_equal(network.theta, before[0])
    np.testing.assert_array_equal(network.state, before[1])
    assert network.rng.bit_generator.state == before[2]


def test_a_limit_holds_within_its_block():
    with limit_threads(1):
        assert taken() == {1}
        with limit_threads(None):
            assert taken() == {1}


def test_a_run_notes_its_threads_and_is_repeated_with_them(tmp_path, monkeypatch):
    settings = ["training.epochs=2", "data.limit=200", "training.batch_size=80"]
    monkeypatch.setattr(RUNNING, "choose_threads", lambda network, batch_size: 1)
    first = finish(run(load_recipe("default", settings), tmp_path / "first"))
    assert first.recipe.training.threads == 1
    assert "threads = 1\n" in first.folder.recipe.read_text(encoding="utf-8")
    monkeypatch.setattr(RUNNING, "choose_threads", never)
    again = finish(run(load_recipe(str(first.folder.path)), tmp_path / "again"))
    np.testing.assert_array_equal(first.model.network.theta, again.model.network.theta)


def test_full_batches_are_as_large_as_the_data(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(RUNNING, "choose_threads", lambda network, size: asked.append(size) or 1)
    settings = ["training.epochs=1", "data.limit=100", "data.test=0", "data.validation=0"]
    finish(run(load_recipe("default", [*settings, 'training.batch_size="full"']), tmp_path / "full"))
    finish(run(load_recipe("default", [*settings, "training.batch_size=300"]), tmp_path / "more"))
    assert asked == [100, 100]
