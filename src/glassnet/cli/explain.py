"""``glassnet explain``: one example's way forward, back, and through the update, in the terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import DataDir, LearningRate, Sample

if TYPE_CHECKING:
    from rich.console import Console

    from glassnet.explain import Step, Table
    from glassnet.explain.example import Example

__all__ = ["explain"]


def explain(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder; with IMAGE also a model file.")],
    image: Annotated[
        Path | None, typer.Argument(metavar="[IMAGE]", help="A picture of one digit, instead of a sample.")
    ] = None,
    sample: Sample = 1,
    label: Annotated[
        str | None, typer.Option("--label", help="What the digit on IMAGE is; else the network's answer.")
    ] = None,
    learning_rate: LearningRate = 0.1,
    everything: Annotated[bool, typer.Option("--all", help="All steps at once, without waiting.")] = False,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="DIR", help="Write the pictures of this example.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Explain one answer, number by number.

    Step by step: the input, each layer's formula with its real numbers, softmax, loss, then the chain rule
    backwards, the update, and the loss after it. Enter shows the next step, q ends.

    Examples
    --------
      glassnet explain runs/quick --sample 9
      glassnet explain runs/quick seven.png --label 7 --all
      glassnet explain runs/quick --save pictures
    """
    from rich.console import Console

    from glassnet.explain import walkthrough
    from glassnet.explain.example import from_picture, from_run

    if image is None:
        example = from_run(run, sample, learning_rate, data_dir)
    else:
        example = from_picture(run, image, learning_rate, label)
    console = Console(highlight=False)
    steps = walkthrough(example.trace, **example.words)
    wait = not everything and sys.stdin.isatty() and console.is_terminal
    console.print(example.where, markup=False)
    for number, step in enumerate(steps, 1):
        _show(console, step, f"{number} of {len(steps)}")
        if wait and number < len(steps) and not _go_on(console):
            break
    if save is not None:
        _write_pictures(example, save)


def _go_on(console: "Console") -> bool:
    """Wait for Enter; False when the reader has had enough."""
    try:
        return console.input("[dim]Enter: next, q: end [/]").strip().lower() not in ("q", "quit")
    except (EOFError, KeyboardInterrupt):
        console.print()
        return False


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
