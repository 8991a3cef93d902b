"""Puts the measured figures of ``docs/figures.json`` where a page names them: ``python -m tools.figures``.

A page says ``<!--= quick.training_seconds .2f -->1.16<!--=-->``: a key, how it is written, and the number.
The file is written by the benchmarks alone (``benchmarks/figures.py``); a test fails where a page says
something else.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

__all__ = ["FILE", "figure", "filled", "main", "pages"]

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "figures.json"
MARK = re.compile(r"<!--= (?P<key>[\w.]+) (?P<format>\S+) -->(?P<said>.*?)<!--=-->")


def pages() -> list[Path]:
    """README and every page of the documentation."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def figure(key: str, figures: dict[str, Any]) -> Any:
    """The figure of a key such as ``quick.training_seconds``.

    Raises
    ------
    KeyError
        If nobody measured it.
    """
    value: Any = figures
    for name in key.split("."):
        value = value[name]
    return value


def filled(page: str, figures: dict[str, Any]) -> str:
    """A page with today's figures at its marks."""

    def fresh(mark: re.Match[str]) -> str:
        value = figure(mark["key"], figures)
        return f"<!--= {mark['key']} {mark['format']} -->{value:{mark['format']}}<!--=-->"

    return MARK.sub(fresh, page)


def main() -> int:
    """Write the pages; the number of those that changed."""
    figures = json.loads(FILE.read_text(encoding="utf-8"))
    changed = 0
    for path in pages():
        page = path.read_text(encoding="utf-8")
        if (new := filled(page, figures)) != page:
            path.write_text(new, encoding="utf-8")
            changed += 1
    return changed


if __name__ == "__main__":
    sys.exit(main() > 0)
