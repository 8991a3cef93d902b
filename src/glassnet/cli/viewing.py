"""From a command's options to what pictures are drawn from."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from glassnet.errors import DataError

if TYPE_CHECKING:
    from glassnet.report import View

__all__ = ["open_view"]


def open_view(
    run: Path, sample: int, learning_rate: float, others: Sequence[Path], data_dir: Path | None
) -> "View":
    """Open a run, and the histories of those to compare it with."""
    from glassnet.recipe import RunFolder, open_run
    from glassnet.report import View
    from glassnet.train import History

    opened = open_run(run, data_dir)
    if sample > len(opened.data):
        raise DataError(
            f"There is no sample {sample}: the {opened.judged_on} part has {len(opened.data):,}, "
            "counted from 1."
        )
    histories = {path.name: History.from_csv(RunFolder(path).history) for path in others}
    return View(opened, sample - 1, learning_rate, histories)
