"""Runs that reports are made of: trained once, small."""

import pytest

from glassnet.recipe import finish, load_recipe, open_run, run
from glassnet.report import View


@pytest.fixture(scope="session")
def runs(tmp_path_factory):
    """Train a recipe with some changes; gives the run's folder."""
    base, made = tmp_path_factory.mktemp("runs"), {}

    def trained(name, *overrides):
        if (name, overrides) not in made:
            recipe = load_recipe(name, overrides)
            made[name, overrides] = finish(run(recipe, base / str(len(made)))).folder.path
        return made[name, overrides]

    return trained


@pytest.fixture(scope="session")
def digits(runs):
    """Two epochs on the bundled digits, with a validation part."""
    return View(
        open_run(runs("default", "training.epochs=2", "data.validation=0.2", "network.hidden=[16, 12]")), 3
    )


@pytest.fixture(scope="session")
def iris(runs):
    """A table: its input is no image."""
    return View(open_run(runs("seed_003_iris", "training.epochs=20")))


@pytest.fixture(scope="session")
def regression(runs, tmp_path_factory):
    """Neither classes nor probabilities."""
    path = tmp_path_factory.mktemp("data") / "points.csv"
    lines = [f"{i},{(i * 7) % 11},{2 * i + (i * 7) % 11 + 0.5}" for i in range(60)]
    path.write_text("\n".join(["a,b,target", *lines]) + "\n")
    source = [f"data.source={path}", "network.loss=mse", "training.epochs=3", "network.hidden=[8]"]
    return View(open_run(runs("default", *source, "data.prepare=standard")))
