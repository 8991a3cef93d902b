"""Writes CONTRIBUTING's table of floors from the import contract: ``python -m tools.floors``."""

import ast
import sys
import tomllib
from pathlib import Path

__all__ = ["main", "table"]

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- floors: made by python -m tools.floors -->\n", "<!-- /floors -->\n"


def table() -> str:
    """The floors from the top down, each room with the first sentence of its docstring."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = [c["layers"] for c in contracts["contracts"] if c["type"] == "layers"]
    rows = [
        f"| {height} | `{room}` | {_first_sentence(room)} |\n"
        for height, layer in zip(range(len(layers) - 1, -1, -1), layers, strict=True)
        for room in layer.split(" | ")
    ]
    return "| floor | room | what it is |\n|---|---|---|\n" + "".join(rows)


def _first_sentence(room: str) -> str:
    source = ROOT / "src" / "glassnet"
    file = source / room / "__init__.py" if (source / room).is_dir() else source / f"{room}.py"
    doc = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return doc.partition("\n\n")[0].replace("\n", " ").replace("``", "`")


def with_table(page: str) -> str:
    """A page with today's table between the two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table() + END + after


def main() -> int:
    """Write the page; 0 when it said so already, 1 when something changed."""
    page = PAGE.read_text(encoding="utf-8")
    new = with_table(page)
    PAGE.write_text(new, encoding="utf-8")
    return int(new != page)


if __name__ == "__main__":
    sys.exit(main())
