"""``glassnet teach``: a model learns somebody's own digits."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import DataDir, ModelArgument, force_option, out_option

if TYPE_CHECKING:
    from glassnet.finetuning import Report

__all__ = ["teach"]


def teach(
    run: ModelArgument,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Pictures: 7/a.png, or 7_a.png.")],
    out: Annotated[
        Path | None, out_option("The taught model's folder; by default runs/taught.", metavar="DIR")
    ] = None,
    force: Annotated[bool, force_option("Replace the run in the folder.", "--overwrite")] = False,
    data_dir: DataDir = None,
) -> None:
    """Teach a model a few of your own digits.

    Shows what it learned and what it forgot. Each picture shows one digit; its folder or the start of its
    name says which. Known digits are rehearsed alongside: MNIST's if available, else the bundled
    ones. A model that got worse is not saved.

    Examples
    --------
      glassnet teach pretrained my_digits/
      glassnet teach runs/accurate my_digits/ --out runs/mine
    """
    from glassnet.finetuning import own_digits
    from glassnet.finetuning import teach as give_lesson
    from glassnet.model import Model
    from glassnet.recipe import RunFolder, known_parts

    folder_for_it = RunFolder.choose(out, "taught", force)
    model = Model.load(run)
    own = own_digits(folder, model)
    for reason in own.left_out:
        typer.echo(f"left out: {reason}", err=True)
    rehearsal, check = known_parts(model, data_dir) or (None, None)
    if rehearsal is None:
        typer.echo(
            "no known digits are here to learn again (glassnet data fetch mnist): it may forget", err=True
        )
    report = give_lesson(model, own, rehearsal, check)
    _tell(report, own.files)
    if report.worse:
        typer.echo(f"glassnet: not saved: {report.worse}. Add more pictures, or clearer ones.", err=True)
        raise typer.Exit(1)
    place = folder_for_it.path
    place.mkdir(parents=True, exist_ok=True)
    report.model.save(folder_for_it.model)  # before anything of an earlier run goes
    folder_for_it.clear(but=folder_for_it.model)
    print(f"\nsaved: {folder_for_it.model}   read with it: glassnet predict photo.jpg --model {place}")


def _tell(report: "Report", files: tuple[Path, ...]) -> None:
    """Before and after: one's own digits, the wrong ones by name, and the known ones."""
    names = report.model.class_names or ()
    m = len(report.labels)
    before, unseen, after = (report.right(a) for a in (report.before, report.unseen, report.after))
    print(f"{'your digits':<34}{'before':>9}{'after':>9}")
    print(f"{'  read right, not taught':<34}{f'{before}/{m}':>9}{f'{unseen}/{m}':>9}")
    print(f"{'  read right, taught':<34}{'':>9}{f'{after}/{m}':>9}")
    if report.known_before is not None and report.known_after is not None:
        shares = 100 * report.known_before, 100 * report.known_after
        print(f"{f'known digits ({report.known:,})':<34}{shares[0]:>7.2f} %{shares[1]:>7.2f} %")
    for k in range(m):
        was, now = int(report.before[k].argmax()), int(report.after[k].argmax())
        right = int(report.labels[k])
        if was != right or now != right:
            print(f"  {files[k].name}: a {names[right]}, before read as {names[was]}, now as {names[now]}")
