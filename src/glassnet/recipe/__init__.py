"""A complete experiment as data: recipes in TOML, and running them.

A recipe names the data, the network, the optimiser and the training; with the seed, that is
all there is to know. Iterate over :func:`run`, and it becomes a run folder.

Examples
--------
>>> recipe = load_recipe("quick", overrides=["training.epochs=2"])
>>> recipe.training.epochs, recipe.network.hidden
(2, [256])
"""

from glassnet.recipe.answers import read_samples
from glassnet.recipe.build import untrained
from glassnet.recipe.evaluate_run import evaluate_run, judged_data
from glassnet.recipe.events import Run, Started
from glassnet.recipe.known_data import known_parts, known_source
from glassnet.recipe.load import known_keys, load_recipe, recipe_names, recipe_path, resume_recipe
from glassnet.recipe.opened_run import OpenedRun, open_model, open_run
from glassnet.recipe.run import finish, run
from glassnet.recipe.run_folder import RunFolder, newest_run
from glassnet.recipe.schema import Recipe
from glassnet.recipe.submission import write_submission

__all__ = [
    "OpenedRun",
    "Recipe",
    "Run",
    "RunFolder",
    "Started",
    "evaluate_run",
    "finish",
    "judged_data",
    "known_keys",
    "known_parts",
    "known_source",
    "load_recipe",
    "newest_run",
    "open_model",
    "open_run",
    "read_samples",
    "recipe_names",
    "recipe_path",
    "resume_recipe",
    "run",
    "untrained",
    "write_submission",
]
