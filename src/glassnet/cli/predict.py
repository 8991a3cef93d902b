"""``glassnet predict``: let a trained network read photographs, drawings, and files of digits."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.errors import DataError, ImageError

if TYPE_CHECKING:
    from glassnet.reading import Digit, Reading

__all__ = ["predict"]

DRAWN = (".png", ".jpg", ".svg", ".pdf", ".webp")
UNSURE = 0.9  # below it, the runner-up is told too


def predict(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Pictures, folders of pictures, or CSV, IDX, npz.")
    ],
    model: Annotated[
        Path | None,
        typer.Option("--model", "-m", help="A run folder or model file; for pictures else the shipped one."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Draw boxes and answers: a file, or a folder for several.")
    ] = None,
    steps: Annotated[
        Path | None, typer.Option("--steps", help="Draw each step from the picture to 28×28 pixels.")
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option("--threshold", min=0, max=1, help="Reject what looks less like a digit; 0: nothing."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object for each.")] = False,
) -> None:
    """Let a network read digits, on photographs or in a file.

    Of a picture the digits in reading order, how sure the network is of each, and what is no digit and why.
    Of a file of samples one line each: the file, the sample's number from 1, what it shows, how sure the
    network is; where the file has labels, a wrong answer is marked. Of two parts, such as MNIST's, the
    test part is read. Data files are read by the newest run unless --model says otherwise.

    Examples
    --------
      glassnet predict photo.jpg
      glassnet predict photo.jpg --save read.png --steps steps.png
      glassnet predict scans/ --json
      glassnet predict test.csv --model runs/quick
    """
    from glassnet.reading import pictures_among

    for option, target in (("--save", save), ("--steps", steps)):
        if target is not None and target.suffix.lower() not in ("", *DRAWN):
            raise DataError(
                f"{option} {target}: a picture is written as {', '.join(DRAWN)}, or into a folder."
            )
    pictures = pictures_among(files)
    if pictures is not None:
        _read_pictures(pictures, model, save, steps, threshold, as_json)
        return
    for option, value in (("--save", save), ("--steps", steps), ("--threshold", threshold)):
        if value is not None:
            raise DataError(f"{option} is for pictures, and {files[0]} is none. Leave it out.")
    _read_samples(files, model, as_json)


def _read_samples(files: list[str], model: Path | None, as_json: bool) -> None:
    from glassnet.recipe import newest_run, read_samples

    for answer in read_samples(files, model or newest_run()):
        if as_json:
            print(json.dumps(answer.to_dict(), ensure_ascii=False))
            continue
        sure = "" if answer.confidence is None else f"  {100 * answer.confidence:6.2f} %"
        wrong = "" if answer.label in (None, answer.answer) else f"  wrong: it is {answer.label}"
        print(f"{answer.file}  {answer.sample}  {answer.answer}{sure}{wrong}")


def _read_pictures(
    files: list[Path],
    model: Path | None,
    save: Path | None,
    steps: Path | None,
    threshold: float | None,
    as_json: bool,
) -> None:
    """Read and tell one after the other; leave with 1 at the end where a file could not be read."""
    from rich.console import Console
    from rich.progress import Progress

    from glassnet.model import Model
    from glassnet.reading import read_pictures

    chosen = None if model is None else Model.load(model)
    failed = 0
    with Progress(console=Console(stderr=True), transient=True, disable=len(files) < 5) as progress:
        task = progress.add_task("reading", total=len(files))
        for file, found in read_pictures(files, chosen, threshold):
            progress.advance(task)
            if isinstance(found, ImageError):
                failed += 1
                print_error(str(found))
                continue
            print(_json(file, found) if as_json else "\n".join(_lines(file, found)), flush=True)
            _draw(file, found, save, steps, several=len(files) > 1)
    if failed:
        print_error(f"{failed} of {len(files)} pictures could not be read.")
        raise typer.Exit(1)


def print_error(text: str) -> None:
    """Say it on the other stream, so that a list of answers stays one."""
    typer.echo(f"glassnet: {text}", err=True)


def _json(file: Path, found: "Reading") -> str:
    return json.dumps({"file": str(file), **found.to_dict()}, ensure_ascii=False)


def _lines(file: Path, found: "Reading") -> list[str]:
    """What was read, digit by digit; what was rejected, and where."""
    if not found.digits:
        return [f"{file}  –  {found.reason}"]
    said = "  ".join(_said(digit) for digit in found.digits)
    lines = [f"{file}  {found.text.replace(chr(10), ' / ')}  ({said})"]
    for rejected in found.rejected:
        left, top, right, bottom = rejected.box
        lines.append(f"    {rejected.reason}: {right - left}×{bottom - top} pixels at ({left}, {top})")
    return lines


def _said(digit: "Digit") -> str:
    sure = f"{digit.name}: {100 * digit.confidence:.1f} %"
    other, share = digit.runner_up
    return sure if digit.confidence >= UNSURE else f"{sure}, or {other}: {100 * share:.1f} %"


def _draw(file: Path, found: "Reading", save: Path | None, steps: Path | None, several: bool) -> None:
    """Write the pictures that were asked for, whole or not at all."""
    if save is None and steps is None:
        return
    from glassnet import plots
    from glassnet.files import atomic_path

    for target, draw in ((save, plots.reading), (steps, plots.reading_steps)):
        if target is None:
            continue
        folder = several or target.is_dir() or not target.suffix
        path = target / f"{file.stem}.png" if folder else target
        with atomic_path(path) as temporary:
            draw(found).savefig(temporary, format=path.suffix[1:].lower(), dpi=100)
        print(f"    written: {path}")
