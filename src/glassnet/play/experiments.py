"""From the Train page's settings to a recipe, within the limits."""

from itertools import pairwise
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from glassnet.data import Dataset
from glassnet.nn.activation import elementwise_names
from glassnet.play.data_registry import DataRegistry
from glassnet.play.errors import RequestError
from glassnet.play.session import Session
from glassnet.play.settings import Limits
from glassnet.play.validation import explain_problems
from glassnet.recipe import Recipe, load_recipe, recipe_names
from glassnet.recipe.choices import initializer_names, optimizer_settings
from glassnet.recipe.sections import Activation, OptimizerName

__all__ = ["Experiment", "Options", "RecipeOption", "options", "recipe_of"]


class Experiment(BaseModel):
    """What shall be trained: a recipe by its name, or everything set by hand."""

    model_config = ConfigDict(extra="forbid")

    recipe: str | None = Field(None, max_length=100, description="a recipe that ships; then only it counts")
    data: str = Field("digits", max_length=100)
    hidden: list[int] = Field([64], max_length=100)
    activation: Activation = "relu"
    init: str = Field("he", max_length=40)
    optimizer: OptimizerName = "adam"
    learning_rate: float = Field(0.005, gt=0, le=1000, allow_inf_nan=False)
    batch_size: int = Field(64, ge=1, le=100_000)
    epochs: int = Field(20, ge=1, le=1_000_000)
    dropout: float = Field(0.0, ge=0, le=0.95, allow_inf_nan=False)
    l2: float = Field(0.0, ge=0, le=10, allow_inf_nan=False)
    batch_norm: bool = False
    augment: float = Field(0.0, ge=0, le=2, allow_inf_nan=False, description="how strongly; 1 is usual")
    seed: int = Field(0, ge=0, le=2**31)
    pace: float = Field(0.25, ge=0, le=5, allow_inf_nan=False, description="least seconds for an epoch")
    paused: bool = Field(False, description="wait before the first batch")


class RecipeOption(BaseModel):
    """A recipe that ships."""

    id: str
    description: str
    data: str


class Options(BaseModel):
    """What can be chosen."""

    activations: list[str]
    inits: list[str]
    optimizers: dict[str, float] = Field(description="with their usual learning rates")
    recipes: list[RecipeOption]
    epochs: int
    layers: int
    units: int


def options(limits: Limits) -> Options:
    """What can be chosen, and how much of it."""
    return Options(
        activations=elementwise_names(),
        inits=initializer_names(),
        optimizers={name: keys["learning_rate"].default for name, keys in optimizer_settings().items()},
        recipes=[
            RecipeOption(id=name, description=recipe.description, data=recipe.data.source)
            for name, recipe in _offered().items()
        ],
        epochs=limits.epochs,
        layers=limits.layers,
        units=limits.units,
    )


def _offered() -> dict[str, Recipe]:
    """The recipes that ship, but for ensembles: the page watches one network learn."""
    recipes = {name: load_recipe(name) for name in recipe_names()}
    return {name: recipe for name, recipe in recipes.items() if not recipe.ensemble.together}


def recipe_of(wanted: Experiment, data: DataRegistry, session: Session, limits: Limits) -> dict[str, Any]:
    """The recipe, as plain data.

    Raises
    ------
    RequestError, RecipeError
        When it is larger than the limits, or no recipe.
    """
    if wanted.recipe is not None:
        offered = _offered()
        if wanted.recipe not in offered:  # not a path: pages open no files
            raise RequestError(404, f"There is no recipe {wanted.recipe!r} here.")
        recipe = offered[wanted.recipe]
        data.get(recipe.data.source, session)
    else:
        samples = data.get(wanted.data, session)
        _check(wanted, samples, limits)
        try:
            recipe = Recipe.model_validate(_by_hand(wanted, samples, data.source(wanted.data, session)))
        except ValidationError as error:
            raise RequestError(422, explain_problems(error.errors())) from error
    content = recipe.to_dict()
    if data.settings.data_dir is not None and content["data"]["source"] == "mnist":
        content["data"]["folder"] = str(data.settings.data_dir)
    return content


def _check(wanted: Experiment, data: Dataset, limits: Limits) -> None:
    sizes = [data.n_features, *wanted.hidden, max(data.n_classes, 2)]
    parameters = sum((a + 1) * b for a, b in pairwise(sizes))
    for what, value, limit in (
        ("layers", len(wanted.hidden), limits.layers),
        ("units in a layer", max(wanted.hidden, default=0), limits.units),
        ("epochs", wanted.epochs, limits.epochs),
        ("parameters", parameters, limits.parameters),
    ):
        if value > limit:
            raise RequestError(422, f"{value:,} {what} are too many for this page; {limit:,} are allowed.")
    if min(wanted.hidden, default=1) < 1:
        raise RequestError(422, "A layer needs 1 unit at least; or remove it.")
    if wanted.augment and data.image_shape is None:
        raise RequestError(422, "Only pictures can be distorted; set the augmentation to 0.")


def _by_hand(wanted: Experiment, data: Dataset, source: str) -> dict[str, Any]:
    augment: dict[str, Any] = {}
    if wanted.augment and data.image_shape is not None:
        pixels = data.image_shape[0] / 28
        augment = {
            "shift": 1.5 * pixels * wanted.augment,
            "rotation": 12.0 * wanted.augment,
            "scale": min(0.12 * wanted.augment, 0.5),
        }
    standard: Literal["standard", "auto"] = "auto" if data.pixel_max is not None else "standard"
    return {
        "name": "play",
        "seed": wanted.seed,
        "data": {"source": source, "prepare": standard, "validation": 0.2 if len(data) < 5000 else 0.1},
        "network": {
            "hidden": list(wanted.hidden),
            "activation": wanted.activation,
            "init": wanted.init,
            "dropout": wanted.dropout,
            "l2": wanted.l2,
            "batch_norm": wanted.batch_norm,
        },
        "optimizer": {"name": wanted.optimizer, "learning_rate": wanted.learning_rate},
        "training": {"epochs": wanted.epochs, "batch_size": wanted.batch_size},
        "augment": augment,
    }
