"""``glassnet report``: one page about a run."""

from pathlib import Path
from typing import Annotated

from glassnet.cli.options import Compare, DataDir, Force, LearningRate, RunArgument, Sample, out_option
from glassnet.cli.overwriting import confirm_overwriting

__all__ = ["report"]


def report(
    run: RunArgument,
    out: Annotated[Path | None, out_option("The file; by default RUN/report.html.")] = None,
    sample: Sample = 1,
    learning_rate: LearningRate = 0.1,
    compare: Compare = None,
    data_dir: DataDir = None,
    force: Force = False,
) -> None:
    """Write one page about a run.

    What was trained, how good it is, every picture explained, how to repeat it. The page
    needs no connection and no scripts, and can be printed.

    Examples
    --------
      glassnet report runs/quick
      glassnet report runs/quick --sample 9 -o lesson.html
    """
    from rich.console import Console
    from rich.progress import Progress

    from glassnet.report import choose, open_view, write_report

    confirm_overwriting([] if out is None else [out], force)
    view = open_view(run, sample, learning_rate, compare or [], data_dir)
    path = out or run / "report.html"
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("drawing", total=len(choose((), view)[0]))
        size = write_report(view, path, lambda picture: progress.advance(task))
    print(f"{path}  ({size / 1e6:.1f} MB)")
