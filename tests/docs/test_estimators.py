"""The Python in docs/estimators.md runs from top to bottom."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "estimators.md").read_text(encoding="utf-8")


def test_its_python_runs(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 8
    exec("".join(blocks), {})
    said = capsys.readouterr().out
    assert float(re.search(r"^accuracy (\S+)", said, re.MULTILINE)[1]) > 0.9
    assert float(re.search(r"^distorted (\S+)", said, re.MULTILINE)[1]) > 0.9
    assert re.search(r"^the same True", said, re.MULTILINE)
    assert float(re.search(r"^difference (\S+)", said, re.MULTILINE)[1]) < 1e-12
    assert "GELU(" in said
    assert {path.name for path in tmp_path.iterdir()} == {"digits.safetensors", "theirs.safetensors"}
