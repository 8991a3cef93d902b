"""Where every benchmark leaves what it measured: ``docs/figures.json``, from which the pages are filled."""

import datetime
import json
import platform

from tools.figures import FILE

from benchmarks.machine import processor, usable_cores
from glassnet.files import atomic_path

__all__ = ["record"]


def record(section, figures, how):
    """Take the figures of one benchmark into the file, with the day, the machine and the command.

    Parameters
    ----------
    section : str
        The first part of the keys: "quick".
    figures : dict
        Numbers by name.
    how : str
        The command that measures them again.
    """
    all_figures = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    about = {
        "how": how,
        "measured": datetime.date.today().isoformat(),
        "machine": f"{processor()}, {usable_cores()} cores",
    }
    about["python"] = platform.python_version()
    all_figures[section] = {**figures, "about": about}
    with atomic_path(FILE) as file:
        file.write_text(json.dumps(all_figures, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
