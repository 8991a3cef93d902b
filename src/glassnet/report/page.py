"""The report: one page that needs nothing but itself."""

import base64
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from glassnet.evaluation import precision_recall_f1
from glassnet.files import atomic_path
from glassnet.recipe import toml_text
from glassnet.report.findings import percent
from glassnet.report.pictures import PICTURES, Picture, choose
from glassnet.report.view import View
from glassnet.version import __version__

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["report_page", "write_report"]

DPI = 130
PARTS = (
    ("result", "How good it is"),
    ("learning", "How it learned"),
    ("inside", "What it looks like inside"),
    ("example", "One example, step by step"),
    ("data", "The data"),
)


@dataclass(frozen=True)
class Shown:
    """A picture on the page."""

    name: str
    heading: str
    caption: str
    finding: str
    source: str
    width: int
    height: int


def write_report(view: View, path: Path, drawn: Callable[[Picture], None] = lambda picture: None) -> int:
    """Write the report of a run, and say how many bytes it has.

    Parameters
    ----------
    view : View
    path : Path
    drawn : callable
        Called after each picture.
    """
    page = report_page(view, drawn).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(path) as temporary:
        temporary.write_bytes(page)
    return len(page)


def report_page(view: View, drawn: Callable[[Picture], None] = lambda picture: None) -> str:
    """The report of a run: a page in HTML with all of its pictures in it.

    Parameters
    ----------
    view : View
    drawn : callable
        Called after each picture.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    pictures, left_out = choose((), view)
    shown: dict[str, list[Shown]] = {}
    for picture in pictures:
        shown.setdefault(picture.part, []).append(_show(picture, view))
        drawn(picture)
    environment = Environment(
        loader=PackageLoader("glassnet.report", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    run = view.run
    return environment.get_template("page.html.j2").render(
        title=run.recipe.name,
        result=_result(view),
        facts=list(_facts(view)),
        findings=_diagnosis(view),
        parts=[(name, heading, shown[name]) for name, heading in PARTS if name in shown],
        left_out={_heading(name): reason for name, reason in left_out.items()},
        table=_table(view),
        recipe=toml_text.write(run.recipe.to_dict()),
        command=f"glassnet train --recipe {run.folder.recipe}",
        version=__version__,
        machine=run.model.metadata.get("machine", {}),
    )


def _heading(name: str) -> str:
    return next(picture.heading for picture in PICTURES if picture.name == name)


def _show(picture: Picture, view: View) -> Shown:
    source, (width, height) = _embedded(picture.draw(view))
    return Shown(picture.name, picture.heading, picture.caption, picture.finding(view), source, width, height)


def _embedded(figure: "Figure") -> tuple[str, tuple[int, int]]:
    """A figure as the page holds it: WebP without loss is half as large as PNG."""
    pixels = io.BytesIO()
    figure.savefig(pixels, format="png", dpi=DPI, pil_kwargs={"compress_level": 0})
    with Image.open(pixels) as picture:
        size = picture.size
        packed = io.BytesIO()
        picture.convert("RGB").save(packed, format="WEBP", lossless=True, method=1)
    return "data:image/webp;base64," + base64.b64encode(packed.getvalue()).decode("ascii"), size


def _result(view: View) -> str:
    """The result in one sentence."""
    run, evaluation = view.run, view.run.evaluation
    m = len(evaluation.labels)
    of = f"the {m:,} samples of the {run.judged_on} part"
    if run.judged_on != "training":
        of += ", from which it has not learned"
    if evaluation.accuracy is None:
        assert evaluation.r2 is not None  # a regression
        return f"On {of}, it explains {percent(evaluation.r2)} of the variance (R² {evaluation.r2:.4f})."
    wrong = round((1 - evaluation.accuracy) * m)
    return f"It reads {percent(evaluation.accuracy)} of {of}: {wrong:,} mistakes."


def _facts(view: View) -> Iterator[tuple[str, str]]:
    """What was trained on what."""
    run, recipe = view.run, view.run.recipe
    if recipe.description:
        yield "What for", recipe.description
    network = run.model.network
    sizes = "-".join(map(str, [network.n_inputs, *recipe.network.hidden, network.n_outputs]))
    if recipe.ensemble.together:
        sizes = f"{recipe.ensemble.size} times {sizes}, as one"
    yield "Network", f"{sizes}, {network.n_parameters:,} parameters"
    yield "Data", recipe.data.source
    parts = {"training": run.parts.train, "validation": run.parts.validation, "test": run.parts.test}
    counts = [f"{len(part):,} for {name}" for name, part in parts.items() if part is not None]
    yield "Samples", ", ".join(counts)
    yield "Optimiser", f"{recipe.optimizer.name}, learning rate {recipe.optimizer.learning_rate:g}"
    figures = run.model.metadata.get("figures", {})
    if "epochs" in figures and "training" in figures.get("seconds", ()):
        batch = recipe.training.batch_size
        batches = "all samples at once" if batch == "full" else f"batches of {batch}"
        seconds = figures["seconds"]["training"]
        took = f"{seconds:.3g}" if seconds < 100 else f"{seconds:,.0f}"
        yield "Training", f"{figures['epochs']} epochs, {batches}, {took} s"
    yield "Loss", f"{run.evaluation.loss:.4g}"
    if run.evaluation.calibration_error is not None:
        yield "Calibration error", percent(run.evaluation.calibration_error)


def _diagnosis(view: View) -> list[Any]:
    from glassnet.doctor import diagnose

    return list(diagnose(view.run))


def _table(view: View) -> list[dict[str, Any]]:
    """Each class, its figures, and what it is most often taken for."""
    evaluation = view.run.evaluation
    if evaluation.confusion is None:
        return []
    figures = precision_recall_f1(evaluation.confusion)
    wrong = evaluation.confusion.copy()
    np.fill_diagonal(wrong, 0)
    rows: list[dict[str, Any]] = []
    for k, name in enumerate(evaluation.class_names or ()):
        other = int(np.argmax(wrong[k]))
        taken = f"{view.name(other)} ({wrong[k, other]}×)" if wrong[k, other] else "–"
        rows.append({"name": name, "taken_for": taken, **{key: figures[key][k] for key in figures}})
    return rows
