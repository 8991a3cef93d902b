"""``glassnet predict``: let a trained network read photographs, drawings, and files of digits."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import Force, Label, json_option, model_option
from glassnet.cli.overwriting import confirm_overwriting
from glassnet.errors import DataError, ImageError

if TYPE_CHECKING:
    from glassnet.reading import Digit, Reading

__all__ = ["predict"]

DRAWN = (".png", ".jpg", ".svg", ".pdf", ".webp")
UNSURE = 0.9  # below it, the runner-up is told too


def predict(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Pictures, folders of pictures, or CSV, IDX, npz.")
    ],
    model: Annotated[
        Path | None, model_option("A run folder or model file; for pictures by default the shipped one.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Draw boxes and answers: a file, or a folder for several.")
    ] = None,
    steps: Annotated[
        Path | None, typer.Option("--steps", help="Draw each step from the picture to 28×28 pixels.")
    ] = None,
    threshold: Annotated[
        float | None,
        typer.Option(
            "--threshold", min=0, max=1, help="Reject what looks less like a digit; 0 rejects nothing."
        ),
    ] = None,
    label: Label = None,
    force: Force = False,
    as_json: Annotated[bool, json_option("Print one JSON object for each.")] = False,
) -> None:
    """Let a network read digits, on photographs or in a file.

    For a picture: the digits in reading order, how sure the network is of each, and what is not a digit and
    why. For a file of samples, one line each: the file, the sample's number from 1, what it shows, how sure
    the network is. Wrong answers are marked if the file has labels. If it has two parts, as MNIST does,
    the test part is read. The newest run reads data files unless --model says otherwise.

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
        drawings = _drawings(pictures, save, steps)
        confirm_overwriting((path for places in drawings.values() for path in places.values()), force)
        _read_pictures(pictures, model, drawings, threshold, as_json)
        return
    for option, value in (("--save", save), ("--steps", steps), ("--threshold", threshold)):
        if value is not None:
            raise DataError(f"{option} is for pictures, and {files[0]} is none. Leave it out.")
    _read_samples(files, model, label, as_json)


def _drawings(files: list[Path], save: Path | None, steps: Path | None) -> dict[Path, dict[str, Path]]:
    """For each picture where its drawings go; two never to one place, and none to a picture that is read."""
    taken = {file.resolve() for file in files}
    places: dict[Path, dict[str, Path]] = {file: {} for file in files}
    for kind, target in (("reading", save), ("reading_steps", steps)):
        if target is None:
            continue
        is_folder = target.is_dir() or not target.suffix
        if len(files) > 1 and not is_folder:
            raise DataError(
                f"{target} is one file, but {len(files)} pictures are read. Give a folder for their "
                f"drawings, such as {target.with_suffix('')}"
            )
        for file in files:
            path = target
            if is_folder:
                number = 1
                while (
                    path := target / f"{file.stem}{f'-{number}' if number > 1 else ''}.png"
                ).resolve() in taken:
                    number += 1
            elif path.resolve() in taken:
                raise DataError(f"{path} is read or drawn already. Give the drawing another name.")
            taken.add(path.resolve())
            places[file][kind] = path
    return places


def _read_samples(files: list[str], model: Path | None, label: str | None, as_json: bool) -> None:
    from glassnet.data import SOURCES
    from glassnet.recipe import read_samples

    for file in files:
        if file not in SOURCES and ":" not in file and not Path(file).exists():
            raise DataError(
                f"{file}: there is no such file. Give pictures, or CSV, IDX or npz files of digits."
            )
    for answer in read_samples(files, model, label):
        if as_json:
            print(json.dumps(answer.to_dict(), ensure_ascii=False))
            continue
        sure = "" if answer.confidence is None else f"  {100 * answer.confidence:6.2f} %"
        wrong = "" if answer.label in (None, answer.answer) else f"  wrong: it is {answer.label}"
        print(f"{answer.file}  {answer.sample}  {answer.answer}{sure}{wrong}")


def _read_pictures(
    files: list[Path],
    model: Path | None,
    drawings: dict[Path, dict[str, Path]],
    threshold: float | None,
    as_json: bool,
) -> None:
    """Read and tell one after the other; leave with 2 at the end where a file could not be read."""
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
                _print_error(str(found))
                continue
            print(_json(file, found) if as_json else "\n".join(_lines(file, found)), flush=True)
            for kind, path in drawings[file].items():
                _draw(kind, found, path)
                typer.echo(f"    written: {path}", err=as_json)
    if failed:
        if len(files) > 1:
            _print_error(f"{failed} of {len(files)} pictures could not be read.")
        raise typer.Exit(2)


def _print_error(text: str) -> None:
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
    share = digit.runner_up[1]
    return sure if digit.confidence >= UNSURE else f"{sure}, or {digit.runner_up_name}: {100 * share:.1f} %"


def _draw(kind: str, found: "Reading", path: Path) -> None:
    """Write a picture, whole or not at all."""
    from glassnet import plots
    from glassnet.files import atomic_path

    draw = {"reading": plots.reading, "reading_steps": plots.reading_steps}[kind]
    with atomic_path(path) as temporary:
        draw(found).savefig(temporary, format=path.suffix[1:].lower(), dpi=100)
