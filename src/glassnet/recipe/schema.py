"""What a recipe may say: its four sections, each key with its range and a line that explains it."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model, model_validator

from glassnet.nn import LOSSES
from glassnet.nn.activation import elementwise_names
from glassnet.optim import OPTIMIZERS, SCHEDULES
from glassnet.recipe.choices import (
    OneOf,
    initializer_names,
    is_initializer,
    optimizer_settings,
    schedule_settings,
    settings_fields,
)

__all__ = [
    "CommitteeSection",
    "DataSection",
    "NetworkSection",
    "OptimizerSection",
    "Recipe",
    "TrainingSection",
]

MEMBERS_APART = 1_000_000
"""Between the seeds of two members, so that committees of neighbouring seeds share none."""

Activation = Annotated[str, AfterValidator(OneOf(elementwise_names))]
LossName = Annotated[str, AfterValidator(OneOf(lambda: LOSSES))]
Output = Annotated[
    str, AfterValidator(OneOf(lambda: ("auto", *dict.fromkeys(loss.output.name for loss in LOSSES.values()))))
]
Init = Annotated[str, AfterValidator(OneOf(initializer_names, is_initializer, "an initialisation:"))]
OptimizerName = Annotated[str, AfterValidator(OneOf(lambda: OPTIMIZERS))]
ScheduleName = Annotated[str, AfterValidator(OneOf(lambda: SCHEDULES))]


def _positive_or_full(value: int | str) -> int | str:
    if value != "full" and (isinstance(value, str) or value < 1):
        raise ValueError("out of range")
    return value


def _positive_or_auto(value: int | str) -> int | str:
    if value != "auto" and (isinstance(value, str) or not 1 <= value <= 1024):
        raise ValueError("out of range")
    return value


def _share_or_count(value: float | int | str) -> float | int | str:
    if isinstance(value, str):
        allowed = value in ("auto", "own")
    else:
        allowed = 0 <= value < 1 if isinstance(value, float) else value >= 0
    if not allowed:
        raise ValueError("out of range")
    return value


class Section(BaseModel):
    """What all sections share: unknown keys are errors, and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _one_is_a_list_of_one(cls, content: Any) -> Any:
        if not isinstance(content, dict):
            return content
        lists = {key for key, field in cls.model_fields.items() if is_list(field.annotation)}
        alone = {key: [value] for key, value in content.items() if key in lists and isinstance(value, int)}
        return content | alone


def is_list(annotation: Any) -> bool:
    """Whether a key holds a list.

    >>> is_list(list[int]), is_list(int)
    (True, False)
    """
    return get_origin(annotation) is list


class DataSection(Section):
    """Where the samples come from, and which part of them is for what."""

    source: str = Field("digits", min_length=1, description="a data set's name or a path")
    folder: str = Field(
        "", description='the folder with the files of "mnist"; "" looks as `glassnet data` says'
    )
    label: str = Field(
        "",
        max_length=1000,
        description='of a CSV file, the column with the labels: its name, "first", "last"; "": by itself',
    )
    prepare: Literal["auto", "unit", "standard", "none"] = Field(
        "auto", description="unit means 0 to 1, standard mean 0 and deviation 1, none as they come"
    )
    limit: int = Field(0, ge=0, description="use at most so many samples, drawn at random; 0: all")
    train_limit: int = Field(0, ge=0, description="train with at most so many samples; 0: all")
    validation: Annotated[float | int, AfterValidator(_share_or_count)] = Field(
        0,
        description="held out and watched during training: a share (0.1) or a count (1000); 0: the part that "
        "the data's makers set aside for it, else none",
    )
    test: Annotated[float | int | Literal["auto", "own"], AfterValidator(_share_or_count)] = Field(
        "auto",
        description="held out and looked at once, at the end: a share, a count, 0: none; "
        '"own": the part that the data\'s makers set aside, if any; "auto": that, else 0.2',
    )
    fingerprint: str = Field("", description="the check sum that the data must have; a run writes it down")


class NetworkSection(Section):
    """The layers, the loss and the penalties."""

    hidden: list[Annotated[int, Field(ge=1)]] = Field(
        [128], description="neurons in each hidden layer: [128]"
    )
    activation: Activation = Field("relu", description="what each hidden layer does to its sums")
    init: Init = Field("he", description="how the first weights are drawn")
    output: Output = Field("auto", description="what the last layer does; auto is what suits the loss")
    loss: LossName = Field("cross_entropy", description="what is minimised")
    dropout: float = Field(0.0, ge=0, lt=1, description="share of neurons left out in a step: 0 to below 1")
    batch_norm: bool = Field(False, description="true or false: normalise each hidden layer's sums")
    label_smoothing: float = Field(0.0, ge=0, lt=1, description="0 to below 1")
    l1: float = Field(0.0, ge=0, description="penalty on absolute weights: 0 or more")
    l2: float = Field(0.0, ge=0, description="penalty on squared weights: 0 or more")
    max_norm: float = Field(0.0, ge=0, description="longest weight vector into a neuron; 0: no limit")
    dtype: Literal["float32", "float64"] = Field("float32", description="the numbers to compute with")


class RuleSection(Section):
    """The names of an optimiser and of a schedule."""

    name: OptimizerName = Field("adam", description="the rule")
    schedule: ScheduleName = Field("constant", description="how the rate goes from start to end")


WithSettings: Any = create_model("WithSettings", __base__=RuleSection, **settings_fields())


class OptimizerSection(WithSettings):  # type: ignore[misc]  # its fields are made from the classes of optim
    """The rule that changes the weights, and how its rate changes.

    Keys that are not given have the default of the chosen rule and schedule, so that the recipe in a run
    folder names every number; those that these have no use for are None.
    """

    @model_validator(mode="before")
    @classmethod
    def _fill_up(cls, content: Any) -> Any:
        if not isinstance(content, dict):
            return content
        chosen = optimizer_settings().get(str(content.get("name", "adam")), {})
        chosen = chosen | schedule_settings().get(str(content.get("schedule", "constant")), {})
        return {key: setting.default for key, setting in chosen.items()} | content

    def problems(self) -> Iterator[str]:
        """What the chosen rule and schedule have no use for, or do not allow."""
        used = optimizer_settings()[self.name] | schedule_settings()[self.schedule]
        for key, value in self:
            if key in RuleSection.model_fields or value is None:
                continue
            if key not in used:
                yield (
                    f"optimizer.{key} is no setting of {self.name} with a {self.schedule} rate; leave it out"
                )
            elif not used[key].range.holds(value):
                yield f"optimizer.{key} must be {used[key].range.words}, not {value:g}"


class TrainingSection(Section):
    """How long, in which portions, and when to stop."""

    epochs: int = Field(10, ge=1, description="how often to go through the data: 1 or more")
    batch_size: Annotated[int | Literal["full"], AfterValidator(_positive_or_full)] = Field(
        128, description='samples in a step: 1 or more, or "full": all of them in one step'
    )
    threads: Annotated[int | Literal["auto"], AfterValidator(_positive_or_auto)] = Field(
        "auto",
        description='threads of matrix products: 1 or more; "auto": as many as pay, as the run folder notes',
    )
    patience: int = Field(
        0,
        ge=0,
        description="stop after so many epochs without a better validation loss, keep the best; 0: never",
    )
    min_delta: float = Field(0.0, ge=0, description="what counts as better: 0 or more")
    clip_norm: float = Field(0.0, ge=0, description="longest gradient; 0: no limit")
    clip_value: float = Field(0.0, ge=0, description="largest number in a gradient; 0: no limit")
    average: float = Field(0.0, ge=0, lt=1, description="decay of a running average of the weights; 0: none")
    class_weight: Literal["none", "balanced"] = Field("none", description="weigh rare classes more")
    report_every: int = Field(1, ge=1, description="epochs from one printed line to the next")
    checkpoint_seconds: float = Field(10.0, ge=0, description="from one checkpoint to the next: 0 or more")


class AugmentSection(Section):
    """How strongly the training images are distorted, anew for each epoch; all 0: not at all."""

    shift: float = Field(0.0, ge=0, description="pixels along each axis: 0 or more")
    rotation: float = Field(0.0, ge=0, le=180, description="degrees either way: 0 to 180")
    shear: float = Field(0.0, ge=0, le=89, description="degrees either way: 0 to 89")
    scale: float = Field(0.0, ge=0, lt=1, description="share of the size along each axis: 0 to below 1")
    sigma: float = Field(4.0, gt=0, description="smoothness of the elastic field in pixels: above 0")
    alpha: float = Field(0.0, ge=0, description="strength of the elastic field: 0 or more")
    calm: list[Annotated[int, Field(ge=0)]] = Field([], description="classes turned half as far: [1, 7]")
    thickness: float = Field(0.0, ge=0, le=1, description="thicker or thinner strokes: 0 to 1 pixel")
    blur: float = Field(0.0, ge=0, description="deviation of a blur in pixels: 0 or more")
    noise: float = Field(0.0, ge=0, description="deviation of noise as a share of white: 0 or more")

    @property
    def wanted(self) -> bool:
        """Whether anything is distorted."""
        return any(value for key, value in self if key not in ("sigma", "calm"))


class CommitteeSection(Section):
    """How many networks answer together; each is trained alone, from a seed of its own."""

    size: int = Field(1, ge=1, description="networks whose answers are averaged: 1 or more")
    member: int = Field(0, ge=0, description="train only this one of them, counted from 1; 0: all")

    @property
    def together(self) -> bool:
        """Whether several networks are to become one."""
        return self.size > 1 and not self.member


class Recipe(Section):
    """A complete experiment.

    Examples
    --------
    >>> Recipe(seed=1).optimizer.learning_rate
    0.001
    """

    name: str = Field("default", description="what people call it")
    description: str = Field("", description="a line for people")
    seed: int = Field(0, ge=0, description="of every random choice: 0 or more")
    data: DataSection = DataSection()  # type: ignore[call-arg]
    network: NetworkSection = NetworkSection()  # type: ignore[call-arg]
    optimizer: OptimizerSection = OptimizerSection.model_validate({})
    training: TrainingSection = TrainingSection()  # type: ignore[call-arg]
    augment: AugmentSection = AugmentSection()  # type: ignore[call-arg]
    committee: CommitteeSection = CommitteeSection()  # type: ignore[call-arg]

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.training.patience and not self.data.validation:
            raise ValueError(
                "training.patience watches the validation loss, but data.validation is 0; hold out a part"
            )
        for problem in self.optimizer.problems():
            raise ValueError(problem)
        if self.committee.member > self.committee.size:
            raise ValueError(
                f"committee.member is {self.committee.member}, but committee.size is {self.committee.size}"
            )
        return self

    @property
    def training_seed(self) -> int:
        """Of the first weights, the order of the samples and their distortions: another for each member."""
        return self.seed + MEMBERS_APART * max(self.committee.member - 1, 0)

    def of_member(self, number: int) -> Self:
        """The recipe of one member of the committee, counted from 1; the first has the recipe's own seed."""
        section = self.committee.model_copy(update={"member": number})
        return self.model_copy(update={"committee": section})

    def to_dict(self) -> dict[str, Any]:
        """Every key with its value, but those without one."""
        content: dict[str, Any] = self.model_dump(exclude_none=True)
        return content
