"""The options and arguments that several commands share, each defined once."""

from pathlib import Path
from typing import Annotated, Any

import typer

from glassnet.errors import ModelFileError

__all__ = [
    "AsJson", "Compare", "DataDir", "Force", "Label", "LearningRate", "ModelArgument", "RunArgument",
    "Sample", "force_option", "json_option", "model_option", "out_option",
]  # fmt: skip


def force_option(help: str, *older_names: str) -> Any:
    """``--force`` with what a command replaces."""
    return typer.Option("--force", "-f", *older_names, help=help)


def json_option(help: str) -> Any:
    """``--json`` with what a command prints then."""
    return typer.Option("--json", help=help)


def out_option(help: str, *names: str, metavar: str = "PATH") -> Any:
    """``--out`` with what a command writes there."""
    return typer.Option("--out", "-o", *names, metavar=metavar, help=help)


def model_option(help: str) -> Any:
    """``--model`` with what a command does with it."""
    return typer.Option("--model", "-m", metavar="RUN", callback=_shipped_or_own, help=help)


def _shipped_or_own(path: Path | None) -> Path | None:
    """The word "pretrained" as the path of the model that ships."""
    from glassnet.pretraining import model_path

    return None if path is None else model_path(path)


def _own_run(path: Path) -> Path:
    """A run folder, and no model file; the model that ships has none."""
    if path == Path("pretrained") and not path.exists():
        raise ModelFileError(
            "The model that ships has no run folder, which this command needs. "
            "Train one of your own: glassnet train"
        )
    if path.is_file():
        raise ModelFileError(f"{path} is a file. Give the folder of the run, as glassnet train wrote it.")
    return path


RunArgument = Annotated[Path, typer.Argument(metavar="RUN", callback=_own_run, help="A run folder.")]
ModelArgument = Annotated[
    Path,
    typer.Argument(
        metavar="RUN", callback=_shipped_or_own, help="A run folder, a model file, or: pretrained."
    ),
]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="The folder with the files of MNIST.")
]
Label = Annotated[
    str | None,
    typer.Option(
        "--label", metavar="COLUMN", help="The label column of a CSV file: its name, first or last."
    ),
]
Sample = Annotated[
    int,
    typer.Option("--sample", min=1, help="Which example of the test or validation part, from 1."),
]
Force = Annotated[bool, force_option("Replace existing files.")]
AsJson = Annotated[bool, json_option("Print JSON.")]
LearningRate = Annotated[float, typer.Option("--learning-rate", "-a", min=0, help="For the one step shown.")]
Compare = Annotated[
    list[Path] | None, typer.Option("--compare", metavar="RUN", help="More runs to draw alongside.")
]
