"""A recipe for several networks that answer together: each is a run of its own, and then they are one."""

import json
import shutil

import numpy as np
import pytest

from glassnet.errors import ModelFileError, RecipeError
from glassnet.evaluation import evaluate
from glassnet.model import Model
from glassnet.nn import ensemble
from glassnet.recipe import (
    Run,
    RunFolder,
    Started,
    finish,
    load_recipe,
    open_run,
    recipe_names,
    resume_recipe,
    run,
    untrained,
)
from glassnet.train import Epoch, History, Step

SMALL = ("network.hidden=[16]", "training.epochs=3", "data.limit=300", "ensemble.size=3")


def together(folder, *overrides, **options):
    return finish(run(load_recipe("default", [*SMALL, *overrides]), folder, **options))


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    return together(tmp_path_factory.mktemp("runs") / "three")


def members(folder):
    return [Model.load(folder / "members" / str(number)) for number in (1, 2, 3)]


def test_it_answers_as_its_members_do_together(finished):
    networks = [member.network for member in members(finished.folder.path)]
    model = Model.load(finished.folder.path)
    np.testing.assert_array_equal(model.network.theta, ensemble(networks).theta)
    assert len({network.theta[0] for network in networks}) == 3  # each began elsewhere
    accuracy = evaluate(model, finished.parts.test).accuracy
    figures = json.loads(finished.folder.evaluation.read_text("utf-8"))
    assert figures["test"]["accuracy"] == accuracy
    assert [each["test"]["accuracy"] for each in figures["members"]] == [
        evaluate(member, finished.parts.test).accuracy for member in members(finished.folder.path)
    ]


def test_the_members_learn_from_the_same_part_and_are_judged_by_the_same(finished):
    runs = [open_run(finished.folder.path / "members" / str(number)) for number in (1, 2, 3)]
    for part in ("train", "validation", "test"):
        images = [getattr(each.parts, part).images for each in (*runs, open_run(finished.folder.path))]
        assert all(np.array_equal(images[0], other) for other in images[1:])


def test_its_history_is_the_mean_of_theirs(finished):
    theirs = [
        History.from_csv(finished.folder.path / f"members/{number}/history.csv") for number in (1, 2, 3)
    ]
    np.testing.assert_allclose(finished.history.loss, np.mean([each.loss for each in theirs], axis=0))
    assert finished.history.epochs.tolist() == [1, 2, 3]


def test_the_first_member_is_the_recipe_without_an_ensemble(finished, tmp_path):
    alone = together(tmp_path / "alone", "ensemble.size=1")
    first = members(finished.folder.path)[0]
    np.testing.assert_array_equal(alone.model.network.theta, first.network.theta)


def test_neighbouring_seeds_share_no_member():
    seeds = [
        load_recipe("default", ["ensemble.size=9", f"seed={seed}"]).of_member(number).training_seed
        for seed in range(5)
        for number in range(1, 10)
    ]
    assert len(set(seeds)) == len(seeds)


@pytest.mark.parametrize(("member", "step"), [(1, 0), (1, 1), (2, 0), (2, 5), (3, 3)])
def test_stopped_anywhere_it_goes_on_bit_for_bit(finished, tmp_path, member, step):
    present = []

    def stop(event):
        if isinstance(event, Started):
            present.append(event.recipe.ensemble.member)
        at = 0 if isinstance(event, Started) else event.step if isinstance(event, Step) else None
        return present[-1] == member and at == step

    for event in run(load_recipe("default", SMALL), tmp_path / "a"):
        if stop(event):
            break
        if isinstance(event, Started):
            assert (event.whole.path, event.folder) == (
                tmp_path / "a",
                RunFolder(tmp_path / "a").member(present[-1]),
            )
    with pytest.raises(ModelFileError, match="interrupted"):
        Model.load(tmp_path / "a")
    began = list(run(resume_recipe(tmp_path / "a"), tmp_path / "a", resume=True))
    numbers = [event.recipe.ensemble.member for event in began if isinstance(event, Started)]
    assert numbers == list(range(member, 4))  # who was ready is not trained again
    np.testing.assert_array_equal(Model.load(tmp_path / "a").network.theta, finished.model.network.theta)


def test_a_member_of_another_recipe_is_not_taken(finished, tmp_path):
    shutil.copytree(finished.folder.path, tmp_path / "a")
    (tmp_path / "a" / "model.safetensors").unlink()
    together(tmp_path / "a/members/2", "ensemble.member=2", "optimizer.learning_rate=0.1", overwrite=True)
    with pytest.raises(RecipeError, match=r"members.2 was trained with another recipe"):
        finish(run(resume_recipe(tmp_path / "a"), tmp_path / "a", resume=True))


def test_a_member_trained_alone_is_taken(finished, tmp_path):
    shutil.copytree(finished.folder.path, tmp_path / "a")
    (tmp_path / "a" / "model.safetensors").unlink()
    together(tmp_path / "a/members/2", "ensemble.member=2", overwrite=True)
    (only,) = run(resume_recipe(tmp_path / "a"), tmp_path / "a", resume=True)
    assert isinstance(only, Run)  # nothing was trained
    np.testing.assert_array_equal(Model.load(tmp_path / "a").network.theta, finished.model.network.theta)


def test_an_ensemble_can_be_enlarged(finished, tmp_path):
    shutil.copytree(finished.folder.path, tmp_path / "a")
    (tmp_path / "a" / "model.safetensors").unlink()
    recipe = tmp_path / "a" / "recipe.toml"
    recipe.write_text(recipe.read_text("utf-8").replace("size = 3", "size = 4"), encoding="utf-8")
    *trained, larger = run(resume_recipe(tmp_path / "a"), tmp_path / "a", resume=True)
    assert [event.recipe.ensemble.member for event in trained if isinstance(event, Started)] == [4]
    assert larger.model.network.layers[0].n_outputs == 4 * 16


def test_a_smaller_ensemble_in_the_same_folder_leaves_no_old_member(finished, tmp_path):
    shutil.copytree(finished.folder.path, tmp_path / "a")
    together(tmp_path / "a", "ensemble.size=1", overwrite=True)
    assert not list((tmp_path / "a" / "members").rglob("*.safetensors"))


def test_a_number_that_no_member_has():
    with pytest.raises(RecipeError, match=r"ensemble\.member is 4, but ensemble\.size is 3"):
        load_recipe("default", [*SMALL, "ensemble.member=4"])


def test_patience_may_end_members_at_different_epochs(tmp_path):
    ended = together(
        tmp_path / "a", "training.epochs=60", "training.patience=1", "optimizer.schedule=constant"
    )
    assert ended.figures["epochs"] == max(each["epochs"] for each in ended.figures["members"])
    assert len(ended.history) == min(each["epochs"] for each in ended.figures["members"])


def test_before_the_training_it_is_an_ensemble_too(finished):
    recipe = load_recipe("default", SMALL)
    assert untrained(recipe, finished.parts).network.n_parameters == finished.model.network.n_parameters


def test_the_recipe_that_ships_trains_its_members_as_record_does():
    ours, record = load_recipe("ensemble"), load_recipe("record")
    assert "ensemble" in recipe_names() and ours.ensemble.size > 1
    same = ("data", "network", "optimizer", "training", "augment")
    assert [getattr(ours, name) for name in same] == [getattr(record, name) for name in same]


def test_every_epoch_of_every_member_is_told(tmp_path):
    seen = list(run(load_recipe("default", SMALL), tmp_path / "a"))
    assert sum(isinstance(event, Epoch) for event in seen) == 9
