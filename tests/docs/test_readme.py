"""The README's Python runs as it stands, and its commands exist."""

import re
from pathlib import Path

import pytest

from glassnet.cli import main

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_its_python_runs(capsys):
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 1
    exec("".join(blocks), {})
    lines = capsys.readouterr().out.splitlines()
    assert float(lines[0]) > 0.93  # the accuracy
    assert lines[1].startswith("hidden 1 (1, 32) ReLU")
    before, after = map(float, lines[3].split(" -> "))
    assert after < before


def test_its_commands_exist(capsys):
    commands = set(re.findall(r"^glassnet (\w+)", README, re.MULTILINE))
    assert {"train", "evaluate", "predict"} <= commands
    for command in commands:
        with pytest.raises(SystemExit, match="0"):
            main([command, "--help"])
        assert f"Usage: glassnet {command}" in capsys.readouterr().out
