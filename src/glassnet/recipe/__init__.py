"""A complete experiment as data: recipes in TOML, and running them.

A recipe names the data, the network, the optimiser and the training; together with the seed it says
all that there is to know. :func:`run` turns it into a run folder.

Examples
--------
>>> recipe = load_recipe("quick", overrides=["training.epochs=2"])
>>> recipe.training.epochs, recipe.network.hidden
(2, [256])
"""

from glassnet.nn.gradcheck import TOLERANCE as GRADIENT_TOLERANCE
from glassnet.nn.gradcheck import check_all as check_gradients
from glassnet.recipe.folder import RunFolder
from glassnet.recipe.loading import known_keys, load_recipe, recipe_names, recipe_path, resume_recipe
from glassnet.recipe.opening import OpenedRun, open_run
from glassnet.recipe.running import Run, Started, run, untrained
from glassnet.recipe.sections import Recipe
from glassnet.recipe.submitting import write_submission
from glassnet.recipe.using import evaluate_run, judged_data, newest_run, read_samples

__all__ = [
    "GRADIENT_TOLERANCE",
    "OpenedRun",
    "Recipe",
    "Run",
    "RunFolder",
    "Started",
    "check_gradients",
    "evaluate_run",
    "judged_data",
    "known_keys",
    "load_recipe",
    "newest_run",
    "open_run",
    "read_samples",
    "recipe_names",
    "recipe_path",
    "resume_recipe",
    "run",
    "untrained",
    "write_submission",
]
