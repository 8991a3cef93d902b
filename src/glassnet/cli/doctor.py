"""``glassnet doctor``: what is wrong with a training, in plain words."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.columns import WIDTH
from glassnet.cli.options import AsJson, DataDir
from glassnet.errors import ModelFileError

if TYPE_CHECKING:
    from glassnet.doctor import Finding
    from glassnet.recipe import Run

__all__ = ["doctor", "remarks"]

JOINED = "\N{WORD JOINER}"
MARKS = {"serious": "!!", "warning": " !", "note": "  "}


def _whole_run(path: Path) -> Path:
    """A run folder; a model file alone does not say how it learned."""
    shipped = path == Path("pretrained") and not path.exists()
    if shipped or path.is_file():
        what = "The model that ships" if shipped else f"{path} is a file; a model alone"
        raise ModelFileError(
            f"{what} has no run folder, so it does not say how it learned. The doctor needs the folder that "
            "glassnet train wrote: recipe.toml, history.csv and the data that the recipe names. How good a "
            f"model is: glassnet evaluate {path} DATA"
        )
    return path


def doctor(
    run: Annotated[Path, typer.Argument(metavar="RUN", callback=_whole_run, help="A run folder.")],
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with a training.

    Inputs, targets and labels; the first weights, and what becomes of the gradients; steps that are too
    long, too short or too few; dropout, penalties and clipping that hold back too much; a network that is
    too small; what is learned by heart; classes that are missing or rare; parts that overlap or differ.
    The first cause comes first, each with the evidence and what to try. It also looks at runs that
    diverged, and says so when it does not know why a network learned nothing.

    Example:
      glassnet doctor runs/quick
    """
    import json

    from glassnet.doctor import diagnose, open_case

    case = open_case(run, data_dir)
    findings = diagnose(case)
    if as_json:
        content = {"run": str(run), "findings": [finding.to_dict() for finding in findings]}
        print(json.dumps(content, indent=2, ensure_ascii=False))
        return
    if not case.finished and not case.diverged:
        print(f"{run}: the training was interrupted; only its data and what it recorded were looked at.\n")
    if not findings:
        print(f"{run}: nothing is wrong that the doctor knows of.")
    for number, finding in enumerate(findings):
        print("\n" * (number > 0) + "\n".join(_lines(finding)))


def remarks(result: "Run") -> list[str]:
    """A line for each serious finding on a run that just ended."""
    from glassnet.doctor import diagnose

    titles = [finding.title for finding in diagnose(result) if finding.severity == "serious"]
    return [f"The doctor says: {title}. See: glassnet doctor {result.folder.path}" for title in titles]


def _lines(finding: "Finding") -> list[str]:
    import textwrap

    lines = [f"{MARKS[finding.severity]} {finding.title} ({finding.severity})"]
    wrapper = textwrap.TextWrapper(
        WIDTH, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False
    )
    for text in (finding.evidence, f"What to try: {finding.advice}"):
        lines += wrapper.wrap(text.replace("--set ", f"--set{JOINED}"))  # to be copied in one piece
    return [line.replace(JOINED, " ") for line in lines]
