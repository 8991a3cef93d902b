"""``glassnet explain``: one example's way forward, back, and through the update, in the terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import DataDir, Force, LearningRate, ModelArgument, Sample
from glassnet.cli.overwriting import confirm_overwriting

if TYPE_CHECKING:
    from rich.console import Console

    from glassnet.explain import Step, Table
    from glassnet.explain.example import Example

__all__ = ["explain"]

PICTURES = ("forward_pass", "backward_pass", "weight_update", "evidence", "prediction")


def explain(
    run: ModelArgument,
    image: Annotated[
        Path | None, typer.Argument(metavar="IMAGE", help="A picture of one digit, instead of a sample.")
    ] = None,
    sample: Sample = 1,
    label: Annotated[
        str | None, typer.Option("--label", help="The digit on IMAGE; by default the network's answer.")
    ] = None,
    learning_rate: LearningRate = 0.1,
    everything: Annotated[bool, typer.Option("--all", help="Print all steps at once.")] = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="DIR", help="Write the pictures of this example.")
    ] = None,
    data_dir: DataDir = None,
    force: Force = False,
) -> None:
    """Explain one answer, number by number.

    Step by step: the input, each layer's formula with its real numbers, softmax, loss, then the chain rule
    backwards, the update, and the loss after it. Enter goes on, b goes back, q quits.

    Examples
    --------
      glassnet explain runs/quick --sample 9
      glassnet explain pretrained seven.png
      glassnet explain runs/quick seven.png --label 7 --all
      glassnet explain runs/quick --save pictures
    """
    from rich.console import Console

    from glassnet.cli.pager import browse
    from glassnet.explain import walkthrough
    from glassnet.explain.example import example_from_data, example_from_picture

    if save is not None:
        confirm_overwriting((save / f"{name}.png" for name in PICTURES), force)
    if image is None:
        example = example_from_data(run, sample, learning_rate, data_dir)
    else:
        example = example_from_picture(run, image, learning_rate, label)
    console = Console(highlight=False)
    steps = walkthrough(example.trace, **example.words)
    parts = []
    for number, step in enumerate(steps, 1):
        with console.capture() as captured:
            if number == 1:
                console.print(example.where, markup=False)
            _show(console, step, f"{number} of {len(steps)}")
        parts.append(captured.get().splitlines())
    if not everything and sys.stdin.isatty() and console.is_terminal:
        browse(console, parts)
    else:
        for lines in parts:
            console.file.write("\n".join(lines) + "\n")
    if save is not None:
        _write_pictures(example, save)


def _show(console: "Console", step: "Step", number: str) -> None:
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    console.print()
    console.print(Rule(Text.assemble((step.title, "bold"), (f"  ({number})", "dim")), align="left"))
    if step.formula:
        console.print(Padding(Text(step.formula, style="bold cyan"), (0, 2)))
    if step.shapes:
        console.print(Padding(Text(step.shapes, style="dim"), (0, 2)))
    for line in step.picture:
        console.print(Text("  " + line, no_wrap=True, overflow="crop"))
    for sentence in step.text:
        console.print(Padding(Text(sentence), (0, 2)))
    if step.table is not None:
        _table(console, step.table)


def _table(console: "Console", content: "Table") -> None:
    from rich.table import Table
    from rich.text import Text

    from glassnet.explain import number

    table = Table(box=None, padding=(0, 1, 0, 2))
    for place, name in enumerate(content.columns):
        table.add_column(Text(name, style="dim"), justify="right" if place else "left", overflow="fold")
    for row in content.rows:
        table.add_row(*(Text(cell if isinstance(cell, str) else number(cell)) for cell in row))
    console.print(table)
    if content.rest:
        console.print(Text("   " + content.rest, style="dim"))


def _write_pictures(example: "Example", folder: Path) -> None:
    from glassnet import plots
    from glassnet.report import save_figure

    trace, words = example.trace, example.words
    figures = {
        "forward_pass": plots.forward_pass(trace, **words),
        "backward_pass": plots.backward_pass(trace, class_names=words["class_names"]),
        "weight_update": plots.weight_update(trace),
        "evidence": plots.evidence(example.evidence, **words),
    }
    if words["class_names"] is not None:
        figures["prediction"] = plots.prediction(trace.X[0], trace.A[0], label=example.label, **words)
    for name, figure in figures.items():
        save_figure(figure, folder / f"{name}.png")
        print(folder / f"{name}.png")
