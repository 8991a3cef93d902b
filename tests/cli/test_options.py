"""What several commands share is defined once."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import glassnet.cli

SOURCES = sorted(Path(glassnet.cli.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("flag", ["--data-dir", "--json", "--out", "--model", "--compare", "--learning-rate"])
def test_a_shared_option_is_written_once(flag):
    places = Counter()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "typer.Option":
                values = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
                places.update({path.name: 1} if flag in values else {})
    assert places == {"options.py": 1}


def test_help_says_the_same_of_it_everywhere(glassnet):
    said = set()
    for command in ("train", "evaluate", "teach", "explain", "plot", "report", "doctor", "data", "play"):
        _, out, _ = glassnet(command, "--help")
        (line,) = [line.strip() for line in out.splitlines() if line.strip().startswith("--data-dir")]
        said.add(" ".join(line.split()))
    assert said == {"--data-dir DIR The folder with the files of MNIST."}
