"""The options and arguments that several commands share, each defined once."""

from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = [
    "AsJson", "Compare", "DataDir", "Label", "LearningRate", "ModelArgument", "RunArgument", "Sample",
    "json_option", "model_option", "out_option",
]  # fmt: skip


def json_option(help: str) -> Any:
    """``--json`` with what a command prints then."""
    return typer.Option("--json", help=help)


def out_option(help: str, *names: str, metavar: str = "PATH") -> Any:
    """``--out`` with what a command writes there."""
    return typer.Option("--out", "-o", *names, metavar=metavar, help=help)


def model_option(help: str) -> Any:
    """``--model`` with what a command does with it."""
    return typer.Option("--model", "-m", metavar="RUN", help=help)


RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")]
ModelArgument = Annotated[
    str, typer.Argument(metavar="RUN", help="A run folder or model file; or: pretrained.")
]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="The folder with the files of MNIST.")
]
Label = Annotated[
    str | None,
    typer.Option(
        "--label", metavar="COLUMN", help="Of a CSV file, the column with the labels: its name, first, last."
    ),
]
Sample = Annotated[
    int, typer.Option("--sample", min=1, help="The example to follow, of the part held out, from 1.")
]
AsJson = Annotated[bool, json_option("Print JSON.")]
LearningRate = Annotated[
    float, typer.Option("--learning-rate", "-a", min=0, help="Of the one step that is shown.")
]
Compare = Annotated[
    list[Path] | None, typer.Option("--compare", metavar="RUN", help="Further runs, to draw together.")
]
