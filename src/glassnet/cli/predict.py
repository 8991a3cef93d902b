"""``glassnet predict``: let a trained network read files of digits."""

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["predict"]


def predict(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="CSV, IDX or npz files of images.")],
    model: Annotated[
        Path | None, typer.Option("--model", "-m", help="A run folder or model file; else the newest run.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON object per sample.")] = False,
) -> None:
    """Let a trained network read digits.

    One line for each image: the file, its number in it from 1, what it shows, how sure the network is. Where
    the file has labels, a wrong answer is marked with what is right. Of two parts, such as MNIST's, the
    test part is read.

    Examples
    --------
      glassnet predict test.csv --model runs/quick
      glassnet predict t10k-images-idx3-ubyte.gz --model runs/quick --json
    """
    import json

    from glassnet.recipe import newest_run, read_samples

    for answer in read_samples(files, model or newest_run()):
        if as_json:
            print(json.dumps(answer.to_dict(), ensure_ascii=False))
            continue
        sure = "" if answer.confidence is None else f"  {100 * answer.confidence:6.2f} %"
        wrong = "" if answer.label in (None, answer.answer) else f"  wrong: it is {answer.label}"
        print(f"{answer.file}  {answer.sample}  {answer.answer}{sure}{wrong}")
