"""``glassnet submit``: Kaggle's file of answers."""

from pathlib import Path
from typing import Annotated

import typer

from glassnet.cli.options import Force, ModelArgument, out_option
from glassnet.cli.overwriting import confirm_overwriting

__all__ = ["submit"]


def submit(
    run: ModelArgument,
    test: Annotated[Path, typer.Argument(metavar="TEST.CSV", help="The digits without labels.")],
    out: Annotated[Path, out_option("The file to write.")] = Path("submission.csv"),
    sample: Annotated[
        Path | None, typer.Option("--sample", help="sample_submission.csv, to check against.")
    ] = None,
    force: Force = False,
) -> None:
    """Write Kaggle's submission.csv.

    One line per image, counted from 1: ImageId,Label.

    docs/kaggle.md covers the whole way, from downloads to upload.

    Examples
    --------
      glassnet submit runs/accurate test.csv
      glassnet submit runs/accurate test.csv --sample sample_submission.csv -o mine.csv
    """
    from glassnet.recipe import write_submission

    read = {path.resolve() for path in (test, sample) if path is not None}
    if out.resolve() not in read:  # to replace what is read is refused in any case
        confirm_overwriting([out], force)
    rows = write_submission(run, test, out, sample)
    print(f"{rows:,} answers: {out}")
