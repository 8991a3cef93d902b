"""The sections of a recipe: each key with its range and a line that explains it."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    create_model,
    field_validator,
    model_validator,
)

from glassnet.data.distort import LEAST, MOST
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
from glassnet.recipe.fields import Switchable, holds, number, text

__all__ = [
    "Activation",
    "AugmentSection",
    "DataSection",
    "EnsembleSection",
    "NetworkSection",
    "OptimizerName",
    "OptimizerSection",
    "Section",
    "TrainingSection",
    "is_list",
]

# The greatest numbers that mean something: more is a slip of the pen, which would not end or fit into memory.
MAX_SAMPLES, MAX_EPOCHS = 10**9, 10**7
MAX_LAYERS, MAX_UNITS, MAX_CLASSES, MAX_MEMBERS = 100, 100_000, 65_536, 100
MAX_OPTIMIZER_SETTING = 1e15

Activation = Annotated[str, AfterValidator(OneOf(elementwise_names))]
LossName = Annotated[str, AfterValidator(OneOf(lambda: LOSSES))]
Output = Annotated[
    str, AfterValidator(OneOf(lambda: ("auto", *dict.fromkeys(loss.output.name for loss in LOSSES.values()))))
]
Init = Annotated[str, AfterValidator(OneOf(initializer_names, is_initializer, "an initialisation:"))]
OptimizerName = Annotated[str, AfterValidator(OneOf(lambda: OPTIMIZERS))]
ScheduleName = Annotated[str, AfterValidator(OneOf(lambda: SCHEDULES))]


def _share_or_count(value: Any) -> Any:
    if isinstance(value, float) and not 0 < value < 1:
        raise ValueError("out of range")
    if isinstance(value, int) and not 1 <= value <= MAX_SAMPLES:
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

    @field_validator("*", mode="after")
    @classmethod
    def _in_range(cls, value: Any, info: ValidationInfo) -> Any:
        if not holds(cls.model_fields[str(info.field_name)], value):
            raise ValueError("out of range")
        return value


def is_list(annotation: Any) -> bool:
    """Whether a key holds a list.

    >>> is_list(list[int]), is_list(int)
    (True, False)
    """
    return get_origin(annotation) is list


class DataSection(Section):
    """Where the samples come from, and which part of them is for what."""

    source: str = text("digits", "a data set's name or a path", fewest=1)
    folder: str = text("", 'the folder with the files of "mnist"; "" looks as `glassnet data` says')
    label: str = text(
        "", 'of a CSV file, the column with the labels: its name, "first", "last"; "": by itself', most=1000
    )
    prepare: Literal["auto", "unit", "standard", "none"] = Field(
        "auto", description="unit means 0 to 1, standard mean 0 and deviation 1, none as they come"
    )
    limit: Switchable[int] = number(
        None, "use at most so many samples, drawn at random", 1, MAX_SAMPLES, off="all"
    )
    train_limit: Switchable[int] = number(
        None, "train with at most so many samples", 1, MAX_SAMPLES, off="all"
    )
    validation: Annotated[Switchable[float | int | Literal["own"]], AfterValidator(_share_or_count)] = Field(
        "own",
        description='held out and watched during training: a share (0.1), a count (1000), "off"; '
        '"own": the part that the data\'s makers set aside for it, if any',
    )
    test: Annotated[Switchable[float | int | Literal["auto", "own"]], AfterValidator(_share_or_count)] = (
        Field(
            "auto",
            description='set aside and looked at once, at the end: a share, a count, "off"; '
            '"own": the part that the data\'s makers set aside, if any; "auto": that, else 0.2',
        )
    )
    fingerprint: str = text("", "the check sum that the data must have; a run writes it down", most=100)


class NetworkSection(Section):
    """The layers, the loss and the penalties."""

    hidden: list[Annotated[int, Field(ge=1, le=MAX_UNITS)]] = Field(
        [128],
        max_length=MAX_LAYERS,
        description=f"neurons in each hidden layer: [128]; at most {MAX_LAYERS} layers of {MAX_UNITS:,}",
    )
    activation: Activation = Field("relu", description="what each hidden layer does to its sums")
    init: Init = Field(
        "he",
        max_length=100,
        description="how the first weights are drawn; auto is what goes with the activation",
    )
    output: Output = Field("auto", description="what the last layer does; auto is what suits the loss")
    loss: LossName = Field("cross_entropy", description="what is minimised")
    dropout: float = number(0.0, "share of neurons left out in a step", 0, below=1)
    batch_norm: bool = Field(False, description="true or false: normalise each hidden layer's sums")
    label_smoothing: float = number(0.0, "share of the target that is spread over all classes", 0, below=1)
    l1: float = number(0.0, "penalty on absolute weights", 0, 1000)
    l2: float = number(0.0, "penalty on squared weights", 0, 1000)
    max_norm: Switchable[float] = number(
        None, "longest weight vector into a neuron", 1e-6, 10**6, off="no limit"
    )
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
            elif abs(value) > MAX_OPTIMIZER_SETTING:
                yield f"optimizer.{key} must be at most {MAX_OPTIMIZER_SETTING:g}, not {value:g}"


class TrainingSection(Section):
    """How long, in which portions, and when to stop."""

    epochs: int = number(10, "how often to go through the data", 1, MAX_EPOCHS)
    batch_size: int | Literal["full"] = number(
        128, 'samples in a step, or "full": all of them in one step', 1, MAX_SAMPLES
    )
    threads: int | Literal["auto"] = number(
        "auto", 'threads of matrix products; "auto": as many as pay, as the run folder notes', 1, 1024
    )
    patience: Switchable[int] = number(
        None,
        "stop after so many epochs without a better validation loss, keep the best",
        1,
        MAX_EPOCHS,
        off="never",
    )
    min_delta: float = number(0.0, "what counts as better", 0, 10**6)
    clip_norm: Switchable[float] = number(None, "longest gradient", 1e-9, 10**9, off="no limit")
    clip_value: Switchable[float] = number(None, "largest number in a gradient", 1e-9, 10**9, off="no limit")
    average: Switchable[float] = number(
        None, "decay of a running average of the weights", 1e-9, below=1, off="none"
    )
    class_weight: Switchable[Literal["balanced"]] = Field(
        None, description='weigh rare classes more; "off": all samples alike'
    )
    report_every: int = number(1, "epochs from one printed line to the next", 1, MAX_EPOCHS)
    checkpoint_seconds: float = number(10.0, "seconds from one checkpoint to the next", 0, 10**6)


def strength(name: str, meaning: str, default: float = 0.0) -> Any:
    """A field of how strongly images are distorted, in the range that Distortion has for it."""
    if name == "scale":
        return number(default, meaning, 0, below=MOST[name])
    return number(default, meaning, LEAST.get(name, 0), MOST[name])


class AugmentSection(Section):
    """How strongly the training images are distorted, anew for each epoch; all 0: not at all."""

    shift: float = strength("shift", "pixels along each axis")
    rotation: float = strength("rotation", "degrees either way")
    shear: float = strength("shear", "degrees either way")
    scale: float = strength("scale", "share of the size along each axis")
    sigma: float = strength("sigma", "smoothness of the elastic field in pixels", 4.0)
    alpha: float = strength("alpha", "strength of the elastic field")
    calm: list[Annotated[int, Field(ge=0, le=MAX_CLASSES)]] = Field(
        [], max_length=MAX_CLASSES, description="classes turned half as far: [1, 7]"
    )
    thickness: float = strength("thickness", "thicker or thinner strokes, in pixels")
    blur: float = strength("blur", "deviation of a blur in pixels")
    noise: float = strength("noise", "deviation of noise as a share of white")

    @property
    def wanted(self) -> bool:
        """Whether anything is distorted."""
        return any(value for key, value in self if key not in ("sigma", "calm"))


class EnsembleSection(Section):
    """How many networks answer together; each is trained alone, from a seed of its own."""

    size: int = number(1, "networks whose answers are averaged", 1, MAX_MEMBERS)
    member: Switchable[int] = number(
        None, "train only this one of them, counted from 1", 1, MAX_MEMBERS, off="all"
    )

    @property
    def together(self) -> bool:
        """Whether several networks are to become one."""
        return self.size > 1 and not self.member
