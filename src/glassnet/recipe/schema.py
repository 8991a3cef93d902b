"""What a recipe may say as a whole."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator, model_validator

from glassnet.recipe.fields import number, text
from glassnet.recipe.sections import (
    AugmentSection,
    DataSection,
    EnsembleSection,
    NetworkSection,
    OptimizerSection,
    Section,
    TrainingSection,
)

__all__ = ["Recipe"]

MEMBERS_APART = 1_000_000
"""Between the seeds of two members, so that ensembles of neighbouring seeds share none."""

MAX_SEED = 10**15


def _folder_name(value: str) -> str:
    """A run's folder is called by it."""
    if value.strip(". ") == "" or any(sign in "/\\" or not sign.isprintable() for sign in value):
        raise ValueError("no name of a folder")
    return value


class Recipe(Section):
    """A complete experiment.

    Examples
    --------
    >>> Recipe(seed=1).optimizer.learning_rate
    0.001
    """

    name: Annotated[str, AfterValidator(_folder_name)] = text(
        "default", "what people call it", fewest=1, most=100
    )
    description: str = text("", "a line for people", most=1000)
    seed: int = number(0, "of every random choice", 0, MAX_SEED)
    data: DataSection = DataSection()  # type: ignore[call-arg]
    network: NetworkSection = NetworkSection()  # type: ignore[call-arg]
    optimizer: OptimizerSection = OptimizerSection.model_validate({})
    training: TrainingSection = TrainingSection()  # type: ignore[call-arg]
    augment: AugmentSection = AugmentSection()  # type: ignore[call-arg]
    ensemble: EnsembleSection = EnsembleSection()

    @model_validator(mode="before")
    @classmethod
    def _read_old_names(cls, content: Any) -> Any:
        if isinstance(content, dict) and "committee" in content and "ensemble" not in content:
            content = {"ensemble" if key == "committee" else key: value for key, value in content.items()}
        return content

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.training.patience and self.data.validation is None:
            raise ValueError(
                "training.patience watches the validation loss, but data.validation is 0 or off; hold out "
                "a part"
            )
        for problem in self.optimizer.problems():
            raise ValueError(problem)
        if (self.ensemble.member or 0) > self.ensemble.size:
            raise ValueError(
                f"ensemble.member is {self.ensemble.member}, but ensemble.size is {self.ensemble.size}"
            )
        return self

    @property
    def training_seed(self) -> int:
        """Of the first weights, the order of the samples and their distortions: another for each member."""
        return self.seed + MEMBERS_APART * ((self.ensemble.member or 1) - 1)

    def of_member(self, number: int) -> Self:
        """The recipe of one member of the ensemble, counted from 1; the first has the recipe's own seed."""
        section = self.ensemble.model_copy(update={"member": number})
        return self.model_copy(update={"ensemble": section})

    def to_dict(self) -> dict[str, Any]:
        """Every key with its value, what is off as "off", as files have it; but those of other optimisers."""
        content: dict[str, Any] = self.model_dump()
        content["optimizer"] = {key: v for key, v in content["optimizer"].items() if v is not None}
        return content
