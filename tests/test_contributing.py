"""What CONTRIBUTING says of the house is so."""

import re
from pathlib import Path

from tools.floors import PAGE, table, with_table

ROOT = Path(__file__).parents[1]


def test_the_table_of_floors_is_made_from_the_contract():
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_table(page), "run: python -m tools.floors"
    rooms = {path.stem for path in (ROOT / "src" / "glassnet").iterdir() if path.stem[0] not in "_."}
    assert set(re.findall(r"^\| \d+ \| `(\w+)` \|", table(), re.MULTILINE)) == rooms - {"py"} - {"recipes"}


def test_every_answer_to_a_newcomer_is_a_place_that_exists():
    page = PAGE.read_text(encoding="utf-8")
    answers = page.partition("| a newcomer asks |")[2].partition("\n\n")[0].splitlines()[2:]
    places = [place for line in answers for place in re.findall(r"`([\w/.]+/[\w/.]*)`", line)]
    assert len(places) >= len(answers)
    for place in places:
        assert any((base / place).exists() for base in (ROOT, ROOT / "src" / "glassnet")), place
