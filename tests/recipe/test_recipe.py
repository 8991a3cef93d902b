"""Recipes: what they may say, how wrong ones are explained, and what a run leaves behind."""

import json
import tomllib

import numpy as np
import pytest

from glassnet.data import Dataset
from glassnet.errors import DataError, ModelFileError, RecipeError, TrainingError
from glassnet.model import Model
from glassnet.optim import OPTIMIZERS, SCHEDULES
from glassnet.recipe import (
    Recipe,
    Run,
    RunFolder,
    Started,
    evaluate_run,
    finish,
    known_keys,
    load_recipe,
    newest_run,
    read_samples,
    recipe_names,
    recipe_path,
    resume_recipe,
    run,
    toml_text,
)
from glassnet.recipe.build import build_network, build_optimizer, build_schedule
from glassnet.recipe.choices import optimizer_settings
from glassnet.recipe.parts import load_parts
from glassnet.recipe.sections import OptimizerSection
from glassnet.train import Epoch, Finished, History, Step, TrainingState

SMALL = ["network.hidden=[16]", "training.epochs=3", "data.limit=300"]
SEEDS = ("000", "001", "002", "003", "004")


def small_run(folder, *overrides, **options):
    return finish(run(load_recipe("default", [*SMALL, *overrides]), folder, **options))


def weights_of(folder):
    return Model.load(folder).network.theta


# --- recipes that ship ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", recipe_names())
def test_every_recipe_that_ships_is_valid_and_builds_its_network(name):
    recipe = load_recipe(name)
    features = {"digits": 64, "iris": 4, "mnist": 784}[recipe.data.source]
    images = np.zeros((12, features), np.uint8)
    network = build_network(recipe, Dataset(images, np.arange(12) % 10))
    assert network.n_inputs == features
    assert recipe.name == name and recipe.description
    assert recipe_path(name).read_text("utf-8").startswith("#")


@pytest.mark.parametrize("seed", SEEDS)
def test_each_seed_has_a_recipe_that_names_its_file(seed):
    recipes = [name for name in recipe_names() if name.startswith(f"seed_{seed}_")]
    assert len(recipes) == (4 if seed == "003" else 1)
    for name in recipes:
        assert f"seeds/{seed}_" in recipe_path(name).read_text("utf-8")


def test_the_seed_recipes_say_what_the_seeds_say():
    deep, relu, wide = (load_recipe(f"seed_{name}") for name in ("001_deep_relu", "002_relu", "004_relu_128"))
    assert (deep.training.report_every, len(deep.network.hidden), deep.network.init) == (100, 3, "xavier")
    assert (relu.optimizer.learning_rate, relu.training.epochs, relu.network.hidden) == (0.1, 500, [10])
    assert (wide.data.train_limit, wide.data.validation, wide.optimizer.learning_rate) == (
        15_000,
        1_000,
        0.15,
    )
    losses = {load_recipe(name).network.loss for name in recipe_names() if name.startswith("seed_003_digits")}
    assert losses == {"cross_entropy", "mse", "log_loss"}


# --- filling up, overriding ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_is_built_with_all_its_settings(name):
    section = OptimizerSection(name=name)
    optimizer = build_optimizer(section)
    assert optimizer.learning_rate == optimizer_settings()[name]["learning_rate"].default
    assert {key for key, value in section if value is not None} >= set(optimizer_settings()[name])


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_is_built_and_a_warm_up_begins_low(name):
    schedule = build_schedule(OptimizerSection(schedule=name, warmup=0.5))
    assert schedule(0.0) < 0.1 < schedule(0.4999)
    assert 0 < build_schedule(OptimizerSection(schedule=name))(0.5) <= 1


def test_another_optimizer_replaces_the_settings_of_the_old_one():
    recipe = load_recipe("default", ["optimizer.name=momentum", "optimizer.momentum=0.5"])
    assert recipe.optimizer.momentum == 0.5 and recipe.optimizer.beta1 is None
    assert recipe.optimizer.learning_rate == load_recipe("default").optimizer.learning_rate


def test_overrides_are_toml_where_they_are_toml():
    recipe = load_recipe(
        "default", ["network.hidden=[7, 8]", 'name="5"', "data.source=my file.csv", "seed=3"]
    )
    assert (recipe.network.hidden, recipe.name, recipe.data.source, recipe.seed) == (
        [7, 8],
        "5",
        "my file.csv",
        3,
    )


def test_other_data_are_not_held_against_the_old_check_sum(tmp_path):
    result = small_run(tmp_path / "a")
    assert result.recipe.data.fingerprint.startswith("crc32:")
    again = load_recipe(str(tmp_path / "a"), ["data.source=iris"])
    assert again.data.fingerprint == ""


def test_toml_is_read_back_bit_for_bit():
    content = {
        "text": 'a "quoted" \\ line\nwith\ttabs, ü and \x7f',
        "numbers": [1, 0.1, 1e-300, 2.0, -5],
        "yes": True,
        "section": {"empty": "", "list": ["a", "b"], "small": 1e-05},
    }
    assert tomllib.loads(toml_text.write(content)) == content


def test_every_key_is_explained():
    assert all(known_keys().values())
    assert "training.epochs" in known_keys() and "seed" in known_keys()


# --- wrong recipes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("training.epoch=5", ["no key training.epoch", "did you mean training.epochs?"]),
        ("epochs=5", ["no key epochs", "training.epochs?"]),
        ("training.learning_rate=1", ["optimizer.learning_rate?"]),
        ("network=3", ["section", "network.hidden"]),
        ("xyzzy.q=3", ["no key xyzzy.q", "glassnet recipes --keys"]),
        ("training.epochs=0", ["--set training.epochs=0", "1 or more"]),
        ("training.epochs=2.5", ["1 or more"]),
        ("training.epochs", ["key=value"]),
        ("training.batch_size=half", ["full"]),
        ("training.batch_size=0", ["1 or more"]),
        ("training.batch_size=true", ["1 or more"]),
        ("network.hidden=[]x", ["network.hidden"]),
        ("network.hidden=[0]", ["network.hidden"]),
        ("network.activation=rellu", ['did you mean "relu"?']),
        ("network.loss=hinge", ["cross_entropy, log_loss, mse"]),
        ("network.init=normal(big)", ["normal(0.1)"]),
        ("network.dropout=1", ["below 1"]),
        ("optimizer.learning_rate=nan", ["above 0"]),
        ("optimizer.momentum=0.9", ["no setting of adamw", "leave it out"]),
        ("training.patience=3", ["data.validation is 0"]),
        ("data.validation=1.5", ["a share"]),
        ("data.test=-1", ["a count"]),
        ("data.test=half", ["auto"]),
        ("seed=-1", ["0 or more"]),
    ],
)
def test_a_wrong_override_is_named_with_the_nearest_key(override, words):
    with pytest.raises(RecipeError) as error:
        load_recipe("default", ["data.validation=0", override])
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("seed = 1\n[training]\nepochs = 0\n", ["line 3: training.epochs = 0", "1 or more"]),
        ("[training]\nepochs = 3\nepoch = 0\n", ["line 3", "did you mean training.epochs?"]),
        ("[nettwork]\nhidden = [3]\n", ["line 1", "no key nettwork"]),
        ("training = 3\n", ["line 1: training = 3", "section"]),
        ("[network]\nactivation = 'tan'\n", ['line 2: network.activation = "tan"', '"tanh"']),
        ("[optimizer]\nname = 'adam'\nrho = 0.5\n", ["line 3", "optimizer.rho is no setting of adam"]),
        ("[training]\nepochs = 0\nbatch_size = 0\n", ["line 2", "(1 more)"]),
        ("[training]\nlater = 2020-01-01\n", ["line 2", "training.later"]),
        ("[training\n", ["not valid TOML", "line 1"]),
        ("seed = 1\nseed = 2\n", ["not valid TOML", "line 2"]),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path, text, words):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match=r"mine\.toml") as error:
        load_recipe(str(path))
    for word in words:
        assert word in str(error.value)


def test_files_that_are_no_recipes(tmp_path):
    (tmp_path / "latin.toml").write_bytes("name = 'ü'".encode("latin-1"))
    with pytest.raises(RecipeError, match="UTF-8"):
        load_recipe(str(tmp_path / "latin.toml"))
    with pytest.raises(RecipeError, match="no recipe file"):
        load_recipe(str(tmp_path / "missing.toml"))
    with pytest.raises(RecipeError, match='did you mean "quick"'):
        load_recipe("quik")
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(RecipeError, match=r"folder\.toml"):
        load_recipe(str(tmp_path / "folder.toml"))


def test_a_byte_order_mark_does_no_harm(tmp_path):
    (tmp_path / "mine.toml").write_text("seed = 5\n", encoding="utf-8-sig")
    recipe = load_recipe(str(tmp_path / "mine.toml"))
    assert (recipe.seed, recipe.name) == (5, "mine")


# --- the parts -----------------------------------------------------------------------------------------


def test_parts_are_disjoint_limited_and_repeatable():
    section = load_recipe("default", ["data.limit=1000", "data.train_limit=500", "data.validation=100"]).data
    parts = load_parts(section, seed=1)
    assert [len(parts.train), len(parts.validation), len(parts.test)] == [500, 100, 200]
    again = load_parts(section, seed=1)
    assert np.array_equal(parts.train.images, again.train.images)
    assert not np.array_equal(parts.train.images, load_parts(section, seed=2).train.images)
    rows = {part: {image.tobytes() for image in getattr(parts, part).images} for part in ("train", "test")}
    assert not rows["train"] & rows["test"]


def test_the_official_test_part_is_taken_and_training_keeps_everything(tmp_path, rng):
    images = rng.integers(0, 256, (90, 5, 5), dtype=np.uint8)
    labels = np.arange(90) % 3
    arrays = {"x_train": images[:60], "y_train": labels[:60], "x_test": images[60:], "y_test": labels[60:]}
    np.savez(tmp_path / "small.npz", **arrays)
    section = Recipe.model_validate({"data": {"source": str(tmp_path / "small.npz")}}).data
    parts = load_parts(section, seed=0)
    assert (len(parts.train), parts.validation, len(parts.test)) == (60, None, 30)
    none = load_parts(section.model_copy(update={"test": 0}), seed=0)
    assert none.test is None and none.judged_on() is None
    own = section.model_copy(update={"test": "own"})
    assert len(load_parts(own, seed=0).test) == 30
    parts = load_parts(own.model_copy(update={"source": "digits"}), seed=0)
    assert (len(parts.train), parts.test) == (1797, None)


def test_changed_data_are_noticed(tmp_path, rng):
    images = rng.integers(0, 256, (60, 4, 4), dtype=np.uint8)
    path = tmp_path / "mine.npz"
    np.savez(path, images=images, labels=np.arange(60) % 3)
    small_run(tmp_path / "a", f"data.source={path}", "data.limit=0")
    np.savez(path, images=images[::-1], labels=np.arange(60) % 3)
    with pytest.raises(DataError, match="has changed"):
        finish(run(load_recipe(str(tmp_path / "a")), tmp_path / "b"))
    assert not (tmp_path / "b").exists()


def test_data_without_labels_or_with_one_class(tmp_path):
    path = tmp_path / "test.csv"
    header = ",".join(f"pixel{i}" for i in range(4))
    path.write_text(f"{header}\n1,2,3,4\n5,6,7,8\n", encoding="utf-8")
    with pytest.raises(DataError, match="no labels"):
        small_run(tmp_path / "a", f"data.source={path}")
    path.write_text(f"label,{header}\n" + "0,1,2,3,4\n" * 20, encoding="utf-8")
    with pytest.raises(DataError, match="one class"):
        small_run(tmp_path / "a", f"data.source={path}")
    assert not (tmp_path / "a").exists()


# --- runs ----------------------------------------------------------------------------------------------


def test_a_run_leaves_model_recipe_history_and_figures(tmp_path):
    *seen, result = run(load_recipe("default", SMALL), tmp_path / "a", metadata={"kernels": "SKYLAKEX"})
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "evaluation.json",
        "history.csv",
        "model.safetensors",
        "recipe.toml",
    ]
    assert isinstance(seen[0], Started) and isinstance(seen[-1], Finished)
    assert sum(isinstance(event, Epoch) for event in seen) == 3
    assert len(History.from_csv(tmp_path / "a" / "history.csv")) == 3
    figures = json.loads((tmp_path / "a" / "evaluation.json").read_text("utf-8"))
    assert figures["train"]["samples"] + figures["validation"]["samples"] + figures["test"]["samples"] == 300
    assert figures["test"]["accuracy"] == result.figures["test"]["accuracy"]
    metadata = Model.load(tmp_path / "a").metadata
    assert metadata["machine"]["kernels"] == "SKYLAKEX"
    assert metadata["recipe"]["network"]["hidden"] == [16]
    assert metadata["figures"]["test"]["accuracy"] == figures["test"]["accuracy"]


def test_the_recipe_in_the_run_folder_alone_repeats_the_run(tmp_path, monkeypatch, rng):
    images = rng.integers(0, 256, (60, 4, 4), dtype=np.uint8)
    np.savez(tmp_path / "mine.npz", images=images, labels=np.arange(60) % 3)
    monkeypatch.chdir(tmp_path)
    small_run("a", "data.source=mine.npz", "data.limit=0", "network.dropout=0.3", "seed=7")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    repeated = finish(run(load_recipe(str(tmp_path / "a" / "recipe.toml")), "b"))
    assert np.array_equal(weights_of("b"), weights_of(tmp_path / "a"))
    assert repeated.recipe == load_recipe(str(tmp_path / "a"))
    content = tomllib.loads((tmp_path / "a" / "recipe.toml").read_text("utf-8"))
    named = {f"{section}.{key}" for section in ("data", "network", "training") for key in content[section]}
    assert named == {key for key in known_keys() if key.split(".")[0] in ("data", "network", "training")}


@pytest.mark.parametrize(
    "overrides",
    [
        ["network.loss=mse"],
        ["network.loss=log_loss"],
        ["network.batch_norm=true", "training.average=0.9"],
        ["training.batch_size=full", "optimizer.name=gradient_descent", "optimizer.learning_rate=0.5"],
        ["data.validation=0", "data.test=0"],
        ["training.class_weight=balanced", "training.clip_norm=1.0", "training.clip_value=0.5"],
        ["network.dtype=float64", "network.l1=1e-5", "network.l2=1e-4", "network.max_norm=3.0"],
        ["data.source=iris", "data.prepare=standard", "network.label_smoothing=0.1", "data.limit=0"],
    ],
)
def test_what_a_recipe_can_say_is_done(tmp_path, overrides):
    result = small_run(tmp_path / "a", *overrides)
    assert np.isfinite(result.figures["train"]["loss"])
    assert np.array_equal(weights_of(tmp_path / "a"), result.model.network.theta)


def test_a_regression_has_no_accuracy(tmp_path, rng):
    X = rng.standard_normal((80, 3)).astype(np.float32)
    np.savez(tmp_path / "line.npz", images=X, labels=X @ np.array([1.0, 2.0, 3.0]))
    overrides = [f"data.source={tmp_path / 'line.npz'}", "data.limit=0"]
    with pytest.raises(RecipeError, match=r"network\.loss=mse"):
        small_run(tmp_path / "a", *overrides)
    result = small_run(
        tmp_path / "a",
        *overrides,
        "network.loss=mse",
        "network.dropout=0",
        "training.epochs=200",
        "training.batch_size=8",
    )
    assert result.figures["train"]["accuracy"] is None
    assert result.figures["test"]["r2"] > 0.9
    answer = next(read_samples([str(tmp_path / "line.npz")], tmp_path / "a"))
    assert answer.confidence is None and len(answer.answer) == 1


def test_patience_ends_a_run_and_keeps_the_best_epoch(tmp_path):
    result = small_run(
        tmp_path / "a", "training.epochs=200", "training.patience=2", "optimizer.schedule=constant"
    )
    assert result.figures["ended"] == "early stopping"
    assert result.figures["epochs"] == result.figures["best_epoch"] + 2
    best = result.history.validation_loss.min()
    assert result.figures["validation"]["loss"] == pytest.approx(best, rel=1e-5)


@pytest.mark.parametrize("stop_at", [0, 1, 5, 12])
def test_a_stopped_run_goes_on_bit_for_bit(tmp_path, stop_at):
    overrides = [
        "network.dropout=0.3",
        "network.batch_norm=true",
        "training.patience=2",
        "training.average=0.9",
    ]
    steps = []

    def stop(event):
        steps.append(event)
        return (
            isinstance(event, Started) if stop_at == 0 else isinstance(event, Step) and event.step == stop_at
        )

    small_run(tmp_path / "whole", *overrides)
    for event in run(load_recipe("default", [*SMALL, *overrides]), tmp_path / "parts"):
        if stop(event):
            break
    stopped = RunFolder(tmp_path / "parts")
    assert stopped.checkpoint.exists() and not stopped.model.exists()
    begun = list(run(resume_recipe(tmp_path / "parts"), tmp_path / "parts", resume=True))
    assert begun[0].resumed_at == stop_at
    assert np.array_equal(weights_of(tmp_path / "whole"), weights_of(tmp_path / "parts"))
    whole, parts = (History.from_csv(tmp_path / name / "history.csv") for name in ("whole", "parts"))
    assert np.array_equal(whole.loss, parts.loss)
    assert not stopped.checkpoint.exists()
    with pytest.raises(RecipeError, match="nothing to resume"):
        next(run(begun[-1].recipe, tmp_path / "parts", resume=True))


@pytest.mark.parametrize("last", [Finished, Run])
def test_who_sees_the_end_may_leave_and_rely_on_the_files(tmp_path, last):
    recipe = load_recipe("default", SMALL)
    for event in run(recipe, tmp_path / "a"):
        if isinstance(event, last):
            break
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "evaluation.json",
        "history.csv",
        "model.safetensors",
        "recipe.toml",
    ]
    small_run(tmp_path / "b")
    assert np.array_equal(weights_of(tmp_path / "a"), weights_of(tmp_path / "b"))


def test_a_run_that_goes_on_and_stops_at_once_has_forgotten_nothing(tmp_path):
    """Early stopping's patience, too: it is restored before the first event."""
    recipe = load_recipe("default", [*SMALL, "training.patience=2"])
    for event in run(recipe, tmp_path / "a"):
        if isinstance(event, Step) and event.step == 12:
            break
    before = TrainingState.load(RunFolder(tmp_path / "a").checkpoint)
    for event in run(resume_recipe(tmp_path / "a"), tmp_path / "a", resume=True):
        assert isinstance(event, Started)
        break
    after = TrainingState.load(RunFolder(tmp_path / "a").checkpoint)
    assert after.listeners["stop_early.0"]["best"] == before.listeners["stop_early.0"]["best"]
    assert after.listeners.keys() == before.listeners.keys()


def test_resuming_needs_a_run_folder(tmp_path):
    with pytest.raises(RecipeError, match="no run folder"):
        resume_recipe(tmp_path)
    with pytest.raises(RecipeError, match="needs the folder"):
        next(run(load_recipe(), None, resume=True))


def test_a_run_that_diverges_says_so_and_keeps_its_checkpoint(tmp_path):
    overrides = [
        "optimizer.name=gradient_descent",
        "optimizer.schedule=step",
        "training.checkpoint_seconds=0",
    ]
    with pytest.raises(TrainingError, match="learning rate"):
        small_run(tmp_path / "a", *overrides, "optimizer.learning_rate=1e12")
    assert (tmp_path / "a" / "checkpoint.safetensors").exists()
    assert not (tmp_path / "a" / "model.safetensors").exists()


# --- folders -------------------------------------------------------------------------------------------


def test_a_folder_in_use_is_not_overwritten_silently(tmp_path):
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RecipeError, match="not empty"):
        small_run(folder)
    small_run(folder, overwrite=True)
    assert (folder / "notes.txt").read_text("utf-8") == "mine"
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RecipeError, match="is a file"):
        RunFolder.choose(tmp_path / "file", "quick")


def test_without_a_folder_runs_are_numbered(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert [str(small_run(None).folder.path) for _ in range(3)] == [
        "runs/default",
        "runs/default-2",
        "runs/default-3",
    ]
    assert str(newest_run()) == "runs/default-3"


def test_without_a_model_there_is_no_newest_run(tmp_path):
    with pytest.raises(ModelFileError, match="glassnet train"):
        newest_run(tmp_path)


# --- using a run ---------------------------------------------------------------------------------------


def test_a_run_is_evaluated_on_the_part_that_it_held_out(tmp_path):
    result = small_run(tmp_path / "a")
    what, evaluation = evaluate_run(tmp_path / "a")
    assert "test part" in what
    assert evaluation.accuracy == result.figures["test"]["accuracy"]
    small_run(tmp_path / "b", "data.validation=0", "data.test=0")
    with pytest.raises(RecipeError, match="held nothing out"):
        evaluate_run(tmp_path / "b")


def test_classes_of_other_data_are_matched_by_name(tmp_path):
    small_run(tmp_path / "a")
    digits = load_parts(load_recipe().data, 0).test
    chosen = digits.labels >= 5
    names = ["9", "8", "7", "6", "5"]
    part = Dataset(digits.images[chosen], 9 - digits.labels[chosen], names, pixel_max=16)
    images, labels = part.images, np.array([names[label] for label in part.labels])
    np.savez(tmp_path / "big.npz", images=images, labels=labels)
    _, evaluation = evaluate_run(tmp_path / "a", str(tmp_path / "big.npz"))
    right = Model.load(tmp_path / "a").predict(images) == digits.labels[chosen]
    assert evaluation.accuracy == pytest.approx(right.mean())
    np.savez(tmp_path / "odd.npz", images=images, labels=np.where(labels == "9", "nine", labels))
    with pytest.raises(DataError, match='class "nine"'):
        evaluate_run(tmp_path / "a", str(tmp_path / "odd.npz"))


def test_a_model_without_recipe_needs_data(tmp_path):
    result = small_run(tmp_path / "a")
    del result.model.metadata["recipe"]
    result.model.save(tmp_path / "alone.safetensors")
    with pytest.raises(RecipeError, match="give the data"):
        evaluate_run(tmp_path / "alone.safetensors")
    _, evaluation = evaluate_run(tmp_path / "alone.safetensors", "digits")
    assert len(evaluation.labels) == 1797


def test_samples_are_read_in_order_with_their_labels(tmp_path):
    small_run(tmp_path / "a", "data.limit=0", "training.epochs=8", "network.dropout=0")
    answers = list(read_samples(["digits"], tmp_path / "a"))
    assert [answer.sample for answer in answers[:2]] == ["1", "2"] and len(answers) == 1797
    assert np.mean([answer.answer == answer.label for answer in answers]) > 0.7
    assert all(0 < answer.confidence <= 1 for answer in answers)
    with pytest.raises(DataError, match="reads 64"):
        next(read_samples(["iris"], tmp_path / "a"))
