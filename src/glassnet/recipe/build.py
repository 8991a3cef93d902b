"""From the sections of a recipe to the network, the optimiser, the schedule, the training."""

from itertools import pairwise

from glassnet import optim
from glassnet.data import Dataset, Distortion, Preparation
from glassnet.errors import DataError, RecipeError
from glassnet.model import Model
from glassnet.nn import LOSSES, Network, ensemble, mlp
from glassnet.optim.settings import settings_of
from glassnet.recipe.parts import Parts
from glassnet.recipe.schema import Recipe
from glassnet.recipe.sections import AugmentSection, OptimizerSection
from glassnet.train import Training, TrainingState, train

__all__ = [
    "build_distortion",
    "build_network",
    "build_optimizer",
    "build_schedule",
    "build_training",
    "untrained",
]

MAX_WEIGHTS = 300_000_000
"""With their gradients and an optimiser's vectors these take 5 GB."""


def build_network(recipe: Recipe, data: Dataset) -> Network:
    """The network of a recipe for this data: as many inputs as features, an output for each class.

    Raises
    ------
    RecipeError
        When the recipe does not fit the data or itself.
    """
    if recipe.ensemble.together:
        numbers = range(1, recipe.ensemble.size + 1)
        return ensemble([build_network(recipe.of_member(number), data) for number in numbers])
    section = recipe.network
    _check_size(recipe, data)
    try:
        return mlp(
            data.n_features,
            *section.hidden,
            _n_outputs(recipe, data),
            activation=section.activation,
            output=_output(recipe, data),
            dropout=section.dropout,
            batch_norm=section.batch_norm,
            init=section.init,
            loss=section.loss,
            seed=recipe.training_seed,
            dtype=section.dtype,
            l1=section.l1,
            l2=section.l2,
            max_norm=section.max_norm,
            label_smoothing=section.label_smoothing,
        )
    except ValueError as error:
        if isinstance(error, RecipeError | DataError):
            raise
        raise RecipeError(f'The network of the recipe "{recipe.name}" does not fit: {error}.') from error


def _check_size(recipe: Recipe, data: Dataset) -> None:
    """Refuse what would not fit into memory before it is tried; members of an ensemble lie beside another."""
    sizes = [data.n_features, *recipe.network.hidden, _n_outputs(recipe, data)]
    weights = sum(before * after for before, after in pairwise(sizes))
    if weights * recipe.ensemble.size**2 > MAX_WEIGHTS:
        raise RecipeError(
            f'The network of the recipe "{recipe.name}" would have {weights:,} weights'
            + (f", {recipe.ensemble.size} times" if recipe.ensemble.size > 1 else "")
            + f"; more than {MAX_WEIGHTS:,} are not built. Take fewer or narrower hidden layers."
        )


def build_distortion(section: AugmentSection) -> Distortion | None:
    """The distortion of a recipe's training images, if it wants one.

    Examples
    --------
    >>> build_distortion(AugmentSection(shift=1.0)).shift
    1.0
    """
    if not section.wanted:
        return None
    return Distortion(**{**section.model_dump(), "calm": tuple(section.calm)})


def build_optimizer(section: OptimizerSection) -> optim.Optimizer:
    """The optimiser of a recipe.

    Examples
    --------
    >>> build_optimizer(OptimizerSection.model_validate({"name": "momentum"}))
    Momentum(learning_rate=0.1, momentum=0.9)
    """
    kind = optim.optimizer_named(section.name)
    return kind(**{key: getattr(section, key) for key in settings_of(kind)})


def build_schedule(section: OptimizerSection) -> optim.Schedule:
    """The schedule of a recipe; a warm-up comes before it, unless it has its own.

    Examples
    --------
    >>> build_schedule(OptimizerSection.model_validate({"schedule": "cosine", "warmup": 0.1}))
    WarmUp(fraction=0.1, then=Cosine(final=0.0))
    """
    kind = optim.schedule_named(section.schedule)
    schedule = kind(**{key: getattr(section, key) for key in settings_of(kind)})
    if not section.warmup or "warmup" in settings_of(kind):
        return schedule
    return optim.WarmUp(section.warmup, schedule)


def untrained(recipe: Recipe, parts: Parts) -> Model:
    """The model of a recipe as it is before the first step."""
    data = parts.train
    kind = recipe.data.prepare
    preparation = Preparation.default(data) if kind == "auto" else Preparation.fit(data, kind)
    names = data.class_names if data.has_classes else None
    return Model(build_network(recipe, data), preparation, names, data.image_shape)


def build_training(recipe: Recipe, parts: Parts, model: Model, state: TrainingState | None) -> Training:
    """The training of a recipe, from the start or from a state; it begins when one iterates over it."""
    section = recipe.training
    if section.patience is not None and parts.validation is None:
        raise RecipeError(
            "training.patience watches the validation loss, but nothing is held out: the makers of the "
            "data set no part aside. Give data.validation a share, such as 0.1."
        )
    events = train(
        model.network,
        parts.train,
        build_optimizer(recipe.optimizer),
        epochs=section.epochs,
        batch_size=None if section.batch_size == "full" else int(section.batch_size),
        validation=parts.validation,
        schedule=build_schedule(recipe.optimizer),
        seed=recipe.training_seed,
        preparation=model.preparation,
        class_weight=section.class_weight,
        clip_norm=section.clip_norm,
        clip_value=section.clip_value,
        average=section.average,
        augment=build_distortion(recipe.augment),
        start=state,
    )
    return events.training


def _n_outputs(recipe: Recipe, data: Dataset) -> int:
    if data.has_classes:
        if data.n_classes < 2:
            raise DataError(f"{recipe.data.source} has one class only; nothing can be told apart.")
        if LOSSES[recipe.network.loss].answers == "counts":
            raise RecipeError(
                f"{recipe.data.source} has classes, and {recipe.network.loss} is a loss of counts; "
                "use --set network.loss=cross_entropy."
            )
        return data.n_classes
    if LOSSES[recipe.network.loss].answers == "classes":
        raise RecipeError(
            f"{recipe.data.source} has numbers to predict, not classes; use --set network.loss=mse."
        )
    assert data.labels is not None  # load_parts has looked
    return 1 if data.labels.ndim == 1 else data.labels.shape[1]


def _output(recipe: Recipe, data: Dataset) -> str | None:
    """The last layer's activation; None: the loss's own."""
    section = recipe.network
    if section.output != "auto":
        return section.output
    return "softmax" if data.has_classes and LOSSES[section.loss].answers == "numbers" else None
