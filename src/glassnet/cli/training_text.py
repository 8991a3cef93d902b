"""A training in lines of text: what is trained, a row for each epoch, the figures at the end."""

from collections.abc import Mapping
from typing import Any

from glassnet.cli.columns import WIDTH
from glassnet.recipe import Run, Started
from glassnet.train import Epoch

__all__ = ["EpochTable", "facts", "headline", "result_table"]


def facts(event: Started) -> dict[str, Any]:
    """How many samples, layers and parameters."""
    parts = event.parts
    network = event.model.network
    return {
        "training": len(parts.train),
        "validation": len(parts.validation or ()),
        "test": len(parts.test or ()),
        "layers": [network.n_inputs, *event.recipe.network.hidden, network.n_outputs],
        "parameters": network.n_parameters,
        "steps_done": event.resumed_at,
    }


def headline(event: Started) -> list[str]:
    """The network and its data, in two lines; a third where a run goes on."""
    known = facts(event)
    layers = "-".join(map(str, known["layers"]))
    parts = [f"{known[name]:,} {name}" for name in ("training", "validation", "test") if known[name]]
    recipe = event.recipe
    member, size = recipe.ensemble.member, recipe.ensemble.size
    who = f"{recipe.name}, member {member} of {size}" if member else recipe.name
    lines = [
        f"{who}: {layers}, {recipe.network.activation}, {recipe.optimizer.name}; "
        f"{known['parameters']:,} parameters",
        f"{recipe.data.source}: {', '.join(parts)} samples",
    ]
    if event.resumed_at:
        lines.append(
            f"resumed behind step {event.resumed_at:,}, in epoch {event.resumed_at // event.steps + 1}"
        )
    return lines


class EpochTable:
    """A row of figures for each epoch, beneath a header; no wider than 80 columns.

    Parameters
    ----------
    event : Started
        Says which figures there will be.
    """

    def __init__(self, event: Started) -> None:
        self._epochs = event.recipe.training.epochs
        self._digits = len(str(self._epochs))
        has_classes = event.parts.train.has_classes
        watched = event.parts.validation is not None
        columns = {"loss": 9}
        columns |= {"accuracy": 10} if has_classes else {}
        columns |= {"validation": 12} if watched else {}
        columns |= {"accuracy ": 10} if watched and has_classes else {}
        columns |= {"rate": 9, "images/s": 10, "left": 7}
        self._first = len("epoch /") + 2 * self._digits
        while self._first + sum(columns.values()) > WIDTH:  # a training of very many epochs
            columns.popitem()
        self._columns = columns

    def header(self) -> str:
        """What the columns are."""
        names = "".join(name.strip().rjust(width) for name, width in self._columns.items())
        return " " * self._first + names

    def row(self, event: Epoch) -> str:
        """The figures of one epoch."""
        left = event.seconds / event.epoch * (event.epochs - event.epoch)
        figures = {
            "loss": _loss(event.loss),
            "accuracy": _percent(event.accuracy),
            "validation": _loss(event.validation_loss),
            "accuracy ": _percent(event.validation_accuracy),
            "rate": f"{event.learning_rate:.2g}",
            "images/s": f"{event.images_per_second:,.0f}",
            "left": _duration(left),
        }
        row = "".join(figures[name].rjust(width) for name, width in self._columns.items())
        return f"epoch {event.epoch:{self._digits}d}/{event.epochs}" + row


def _loss(value: float | None) -> str:
    """Four decimals, or as many digits as there is room for."""
    if value is None:
        return ""
    return f"{value:.4f}" if value < 100 else f"{value:.2g}"


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.2f} %"


def _duration(seconds: float) -> str:
    """Such as 12 s, 3 min, 2 h.

    >>> _duration(12.4), _duration(200.0), _duration(7300.0)
    ('12 s', '3 min', '2 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.0f} h"


def result_table(result: Run) -> list[str]:
    """The final figures of each part, the time, and where the run is."""
    figures = result.figures
    has_classes = figures["train"]["accuracy"] is not None
    last = "accuracy" if has_classes else "R²"
    lines = [f"{'':<12}{'samples':>8}{'loss':>10}{last:>12}"]
    for name, title in (("train", "training"), ("validation", "validation"), ("test", "test")):
        if name in figures:
            part = figures[name]
            value = part.get("accuracy") if has_classes else part.get("r2")
            shown = "" if value is None else f"{100 * value:.2f} %" if has_classes else f"{value:.4f}"
            lines.append(f"{title:<12}{part['samples']:>8,}{part['loss']:>10.4f}{shown:>12}")
    if "members" in figures:
        lines.append("members alone: " + ", ".join(map(_judged, figures["members"])))
    if figures["ended"] != "done":
        lines.append(
            f"ended by {figures['ended']} after {figures['epochs']} epochs, best: {figures['best_epoch']}"
        )
    seconds = figures["seconds"]
    lines.append(
        f"\n{seconds['training']:.2f} s of training, {seconds['all']:.2f} s with data and evaluation"
    )
    lines.append(f"run folder: {result.folder.path}   look closer: glassnet evaluate {result.folder.path}")
    return lines


def _judged(figures: Mapping[str, Any]) -> str:
    """The figure by which a network is judged: on the test part, else the validation part."""
    part = figures.get("test") or figures.get("validation") or figures["train"]
    return f"{100 * part['accuracy']:.2f} %" if "accuracy" in part else f"{part['r2']:.4f}"
