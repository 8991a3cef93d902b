"""A recipe's [augment] section: what it says is what the training does."""

import numpy as np
import pytest

from glassnet.errors import DataError, RecipeError
from glassnet.recipe import finish, load_recipe, run

QUICK = ["training.epochs=2", "network.hidden=[8]"]


def weights(out, *overrides):
    return finish(run(load_recipe("default", [*QUICK, *overrides]), out)).model.network.theta


def test_distorted_images_teach_something_else_and_a_run_repeats_itself(tmp_path):
    theta = weights(tmp_path / "a", "augment.shift=1.0", "augment.calm=[1, 7]")
    assert not np.array_equal(theta, weights(tmp_path / "b"))
    again = finish(run(load_recipe(str(tmp_path / "a")), tmp_path / "c"))
    np.testing.assert_array_equal(again.model.network.theta, theta)


def test_a_strength_out_of_range_is_named():
    with pytest.raises(RecipeError, match=r"augment\.scale=1\.5 does not fit.*0 to below 1"):
        load_recipe("default", ["augment.scale=1.5"])


def test_tables_cannot_be_distorted(tmp_path):
    with pytest.raises(DataError, match="uint8 images"):
        weights(tmp_path / "run", 'data.source="iris"', "augment.shift=1.0")
