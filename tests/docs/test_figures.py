"""What the pages state was measured: it stands in the file that the benchmarks write, and nowhere else."""

import json
import re

import pytest
from tools.figures import FILE, MARK, ROOT, filled, pages

FIGURES = json.loads(FILE.read_text(encoding="utf-8"))
MEASURED = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)? ?(?:%|×(?!\d)|seconds?\b|ms\b|MB\b|GB\b|images a second)")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_says_what_was_measured(page):
    text = page.read_text(encoding="utf-8")
    assert text == filled(text, FIGURES), "run: python -m tools.figures"


def test_the_readme_states_no_other_figure():
    text = MARK.sub("", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert MEASURED.findall(text) == []


def test_a_figure_that_nobody_measured_is_an_error():
    with pytest.raises(KeyError, match="never_measured"):
        filled("<!--= quick.never_measured .1f -->5<!--=-->", FIGURES)


@pytest.mark.parametrize("section", FIGURES)
def test_every_figure_says_when_and_how_it_was_measured(section):
    assert {"how", "machine", "measured"} <= set(FIGURES[section]["about"])
