"""A training that was interrupted goes on bit for bit as if nothing had happened."""

import json
import signal
import subprocess
import sys
import textwrap
from collections import deque
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.forging import as_text, forgeries

import glassnet as gn
from glassnet.data import Dataset
from glassnet.errors import ModelFileError, TrainingError
from glassnet.model import read_tensors, write_tensors
from glassnet.optim import OneCycle
from glassnet.train import (
    Epoch,
    Finished,
    Step,
    TrainingState,
    checkpoint,
    fit,
    keep_best,
    stop_early,
    train,
    watch_layers,
)  # fmt: skip
from glassnet.train.state import FORMAT, KEY

OPTIMIZERS = [
    gn.GradientDescent(0.2), gn.Momentum(0.05), gn.Nesterov(0.05), gn.RMSProp(0.01), gn.Adagrad(0.05),
    gn.Adam(0.01), gn.AdamW(0.01),
]  # fmt: skip


def everything(data, part, optimizer=None, start=None, epochs=6):
    """A training with all that has a memory: dropout, batch statistics, moments, average, schedule."""
    network = gn.mlp(4, 16, 3, seed=7, dropout=0.4, batch_norm=True)
    kind = type(optimizer or gn.Adam())
    fresh = kind((optimizer or gn.Adam(0.01)).learning_rate)
    options = {"epochs": epochs, "batch_size": 16, "seed": 3, "average": 0.9, "schedule": OneCycle()}
    return network, train(network, data, fresh, validation=part, start=start, **options)


def figures(training):
    """The history without what no two runs share: the time."""
    timed = ("seconds", "images_per_second")
    return [{k: v for k, v in record.items() if k not in timed} for record in training.history.records]


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda o: type(o).__name__)
def test_every_optimiser_goes_on_bit_for_bit_from_the_middle_of_an_epoch(blobs, tmp_path, optimizer):
    rest, part = blobs.split(0.2, seed=0)
    whole, undisturbed = everything(rest, part, optimizer)
    list(undisturbed)
    _, training = everything(rest, part, optimizer)
    for event in training:
        if isinstance(event, Step) and event.step == 13:  # the third of epoch 3
            training.state().save(tmp_path / "c.safetensors")
            break
    network, resumed = everything(rest, part, optimizer, start=TrainingState.load(tmp_path / "c.safetensors"))
    first = next(resumed)
    assert (first.epoch, first.step) == (3, 14)
    list(resumed)
    np.testing.assert_array_equal(network.theta, whole.theta)
    np.testing.assert_array_equal(network.state, whole.state)
    assert figures(resumed) == figures(undisturbed)


@pytest.mark.parametrize("step", [1, 4, 5, 6, 29, 30])
def test_it_goes_on_from_any_step(blobs, step):
    rest, part = blobs.split(0.2, seed=0)
    whole, undisturbed = everything(rest, part)
    list(undisturbed)
    _, training = everything(rest, part)
    state = next(training.state() for event in training if isinstance(event, Step) and event.step == step)
    network, resumed = everything(rest, part, start=state)
    list(resumed)
    np.testing.assert_array_equal(network.theta, whole.theta)
    assert figures(resumed) == figures(undisturbed)


def test_a_state_is_not_changed_by_the_training_that_gave_it(blobs):
    rest, part = blobs.split(0.2, seed=0)
    _, training = everything(rest, part)
    next(training)
    state = training.state()
    before = state.network["theta"].copy(), state.optimizer["m"].copy(), len(state.records)
    list(training)
    np.testing.assert_array_equal(state.network["theta"], before[0])
    np.testing.assert_array_equal(state.optimizer["m"], before[1])
    assert len(state.records) == before[2] == 0


def test_full_batches_go_on_too(blobs):
    whole, network = gn.mlp(4, 8, 3, seed=0), gn.mlp(4, 8, 3, seed=0)
    fit(whole, blobs, gn.Momentum(0.1), epochs=6, batch_size=None)
    training = train(gn.mlp(4, 8, 3, seed=0), blobs, gn.Momentum(0.1), epochs=6, batch_size=None)
    state = next(training.state() for event in training if isinstance(event, Step) and event.step == 4)
    fit(network, blobs, gn.Momentum(0.1), epochs=6, batch_size=None, start=state)
    np.testing.assert_array_equal(network.theta, whole.theta)


def test_patience_and_the_best_weights_survive(noise):
    rest, part = noise.split(0.5, seed=0)

    def stopping(start=None):
        network = gn.mlp(6, 32, 3, seed=0)
        options = {"epochs": 60, "batch_size": 8, "validation": part, "start": start}
        return network, stop_early(train(network, rest, gn.Adam(0.02), **options), patience=4)

    whole, undisturbed = stopping()
    *_, end = undisturbed
    assert end.reason == "early stopping"
    for last_epoch in range(
        1, end.epochs + 1
    ):  # also when patience is used up, and nothing but the end is left
        _, events = stopping()
        state = next(events.state() for e in events if isinstance(e, Epoch) and e.epoch == last_epoch)
        network, resumed = stopping(state)
        *_, finished = resumed
        assert finished == end
        np.testing.assert_array_equal(network.theta, whole.theta)
        assert len(resumed.history) == len(undisturbed.history)


def test_a_memory_of_nothing_yet_survives_too(blobs):
    def watched(start=None):
        training = train(gn.mlp(4, 3), blobs, gn.Adam(0.01), epochs=3, validation=blobs, start=start)
        return stop_early(training, patience=2, restore=False)

    events = watched()
    next(events)  # a step: no epoch has been judged
    assert list(watched(events.state()))[-1] == list(watched())[-1]


def test_two_listeners_of_a_kind_keep_their_memories_apart(noise):
    rest, part = noise.split(0.5, seed=0)

    def watched(start=None):
        network = gn.mlp(6, 8, 3, seed=0)
        options = {"epochs": 9, "batch_size": 8, "validation": part, "start": start}
        training = train(network, rest, gn.Adam(0.02), **options)
        return keep_best(keep_best(training, monitor="validation_accuracy"))

    events = watched()
    state = next(events.state() for e in events if isinstance(e, Epoch) and e.epoch == 5)
    resumed = watched(state)
    memories = [listener.state_dict() for listener in resumed.training.listeners.values()]
    for memory, saved in zip(memories, state.listeners.values(), strict=True):
        assert memory["best"] == saved["best"]
    assert memories[0]["best"] <= 0 < memories[1]["best"]  # minus an accuracy; a loss


SCRIPT = """
    import os, signal, sys
    import numpy as np
    import glassnet as gn
    from glassnet.train import Step, TrainingState, checkpoint, stop_early, train

    path, result, kill_at = sys.argv[1], sys.argv[2], int(sys.argv[3])
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 4, 300)
    images = np.clip(60 * labels[:, None] + rng.normal(0, 60, (300, 25)), 0, 255).astype(np.uint8)
    rest, part = gn.Dataset(images, labels).split(0.2, seed=0)
    network = gn.mlp(25, 32, 4, seed=1, dropout=0.3, batch_norm=True)
    start = TrainingState.load(path) if os.path.exists(path) else None
    training = train(network, rest, gn.Adam(0.02), epochs=40, batch_size=32, validation=part, average=0.95,
                     seed=2, start=start)
    for event in checkpoint(stop_early(training, patience=4), path):
        if isinstance(event, Step) and event.step == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
    np.savez(result, theta=network.theta, state=network.state, losses=training.history.validation_loss,
             end=[event.epochs, event.best_epoch], reason=event.reason)
"""


def test_killed_in_the_middle_of_an_epoch_and_resumed_it_ends_with_the_same_bits(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT))

    def run(name, result, kill_at=0):
        paths = [tmp_path / f"{name}.safetensors", tmp_path / result]
        command = [sys.executable, script, *paths, str(kill_at)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run("undisturbed", "undisturbed.npz")
    assert done.returncode == 0, done.stderr
    killed = run("killed", "never.npz", kill_at=29)  # the fifth of epoch 4's eight batches
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not (tmp_path / "never.npz").exists()
    assert len(TrainingState.load(tmp_path / "killed.safetensors").records) == 3
    resumed = run("killed", "resumed.npz")
    assert resumed.returncode == 0, resumed.stderr

    with np.load(tmp_path / "undisturbed.npz") as a, np.load(tmp_path / "resumed.npz") as b:
        assert str(a["reason"]) == "early stopping"
        for name in a.files:
            np.testing.assert_array_equal(a[name], b[name], err_msg=name)


# --- what a training may not be resumed with -------------------------------------------------------------


@pytest.fixture
def state(blobs):
    training = train(gn.mlp(4, 8, 3, seed=0), blobs, gn.Adam(0.01), epochs=3, batch_size=30)
    next(training)
    return training.state()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"batch_size": 45}, r"another batch size \(45 instead of 30\)"),
        ({"seed": 1}, r"another seed \(1 instead of 0\)"),
        ({"average": 0.9}, r"another average \(0.9 instead of null\)"),
        (
            {"optimizer": gn.GradientDescent(0.1)},
            r"another optimizer \(\"GradientDescent\" instead of \"Adam\"\)",
        ),
        ({"network": gn.mlp(4, 9, 3)}, "another architecture"),
        (
            {"network": gn.mlp(4, 8, 3, seed=np.random.Generator(np.random.MT19937(0)))},
            "another random generator",
        ),
    ],
)
def test_resuming_with_other_arguments(blobs, state, changed, message):
    parts = {"network": gn.mlp(4, 8, 3), "optimizer": gn.Adam(0.01)}
    options = {"epochs": 3, "batch_size": 30, **parts, **changed}
    network, optimizer = options.pop("network"), options.pop("optimizer")
    before = network.theta.copy()
    with pytest.raises(TrainingError, match=message):
        train(network, blobs, optimizer, start=state, **options)
    np.testing.assert_array_equal(network.theta, before)


def test_resuming_with_other_data(blobs, state):
    with pytest.raises(TrainingError, match=r"another number of samples \(80 instead of 90\)"):
        train(gn.mlp(4, 8, 3), blobs.take(slice(80)), gn.Adam(0.01), epochs=3, batch_size=30, start=state)


def test_more_epochs_may_be_asked_for(blobs, tmp_path):
    path = tmp_path / "c.safetensors"
    fit(gn.mlp(4, 8, 3, seed=0), blobs, gn.Adam(0.01), epochs=2, checkpoint=path)
    network, whole = gn.mlp(4, 8, 3, seed=0), gn.mlp(4, 8, 3, seed=0)
    history = fit(network, blobs, gn.Adam(0.01), epochs=5, start=TrainingState.load(path))
    fit(whole, blobs, gn.Adam(0.01), epochs=5)
    assert list(history.epochs) == [1, 2, 3, 4, 5]
    np.testing.assert_array_equal(network.theta, whole.theta)


def test_another_kind_of_random_generator_goes_on_too(blobs, tmp_path):
    def network():
        return gn.mlp(4, 8, 3, dropout=0.5, seed=np.random.Generator(np.random.MT19937(0)))

    whole, again = network(), network()
    fit(whole, blobs, gn.Adam(0.01), epochs=4, batch_size=30)
    fit(network(), blobs, gn.Adam(0.01), epochs=2, batch_size=30, checkpoint=tmp_path / "c.safetensors")
    state = TrainingState.load(tmp_path / "c.safetensors")
    fit(again, blobs, gn.Adam(0.01), epochs=4, batch_size=30, start=state)
    np.testing.assert_array_equal(again.theta, whole.theta)


def test_a_finished_training_has_nothing_to_resume(blobs):
    training = train(gn.mlp(4, 3), blobs, gn.Adam(), epochs=1)
    list(training)
    with pytest.raises(TrainingError, match="is over"):
        training.state()


def test_weights_that_are_no_numbers_are_not_saved(blobs, tmp_path):
    training = train(gn.mlp(4, 3), blobs, gn.Adam(), epochs=2, batch_size=30)
    events = checkpoint(training, tmp_path / "c.safetensors", every_seconds=0)
    next(events)
    good = (tmp_path / "c.safetensors").read_bytes()
    training.network.theta[0] = np.nan
    with pytest.raises(TrainingError, match="infinite or NaN"):
        training.state()
    with pytest.raises(TrainingError):
        list(events)
    assert (tmp_path / "c.safetensors").read_bytes() == good


# --- bad files -------------------------------------------------------------------------------------------


def test_checkpoints_that_are_none(tmp_path, state):
    good, bad = tmp_path / "good.safetensors", tmp_path / "bad.safetensors"
    state.save(good)
    with pytest.raises(ModelFileError, match="no such file"):
        TrainingState.load(bad)
    bad.write_bytes(good.read_bytes()[:-50])
    with pytest.raises(ModelFileError, match="damaged"):
        TrainingState.load(bad)
    tensors, texts = read_tensors(good)
    write_tensors(bad, tensors, {})
    with pytest.raises(ModelFileError, match="no checkpoint"):
        TrainingState.load(bad)
    for other, words in ((FORMAT + 1, "newer Glassnet"), (FORMAT - 1, "older Glassnet")):
        write_tensors(bad, tensors, {KEY: texts[KEY].replace(f'"format": {FORMAT}', f'"format": {other}')})
        with pytest.raises(ModelFileError, match=words):
            TrainingState.load(bad)
    for text in ("{", "[]", f'{{"format": {FORMAT}}}'):
        write_tensors(bad, tensors, {KEY: text})
        with pytest.raises(ModelFileError, match="checkpoint is damaged"):
            TrainingState.load(bad)
    tensors.pop("network.theta")
    write_tensors(bad, tensors, texts)
    with pytest.raises(ModelFileError, match="checkpoint is damaged"):
        TrainingState.load(bad)


def test_a_model_is_no_checkpoint(tmp_path, blobs):
    from glassnet.data import Preparation

    gn.Model(gn.mlp(4, 3), Preparation.default(blobs)).save(tmp_path / "m.safetensors")
    with pytest.raises(ModelFileError, match="no checkpoint"):
        TrainingState.load(tmp_path / "m.safetensors")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A checkpoint in which everything remembers something: its data, its arrays, what it says."""
    rng = np.random.default_rng(0)
    data = Dataset(rng.integers(0, 256, (60, 4), np.uint8), rng.integers(0, 3, 60))
    path = tmp_path_factory.mktemp("kept") / "c.safetensors"
    for event in checkpoint(watched(data, None), path, every_seconds=0):
        if isinstance(event, Step) and event.step == 10:
            break
    tensors, texts = read_tensors(path)
    return data, path, tensors, json.loads(texts[KEY])


def watched(data, start):
    return watch_layers(stop_early(everything(data, data, start=start, epochs=4)[1], patience=3))


@settings(max_examples=100, deadline=None)
@given(chosen=st.data())
def test_whatever_stands_in_a_checkpoint_it_is_resumed_or_refused(kept, chosen):
    data, path, tensors, told = kept
    if chosen.draw(st.booleans()):
        text = as_text(chosen.draw(forgeries(told)))
    else:  # other arrays
        text, name = json.dumps(told), chosen.draw(st.sampled_from(sorted(tensors)))
        array = tensors[name]
        others = [
            np.zeros(1),
            np.zeros(()),
            np.array(-1),
            array.astype(str(array.dtype)[:-2] + "16"),
            array[..., None],
        ]
        tensors = {**tensors, name: chosen.draw(st.sampled_from(others)), "more": np.zeros(3)}
    forged = path.with_name("forged.safetensors")
    write_tensors(forged, tensors, {KEY: text})
    with suppress(ModelFileError, TrainingError):
        last = deque(watched(data, TrainingState.load(forged)), maxlen=1)
        assert isinstance(last[0], Finished)


def test_the_checkpoint_as_it_was_is_resumed(kept):
    data, path, _, _ = kept
    assert isinstance(deque(watched(data, TrainingState.load(path)), maxlen=1)[0], Finished)
