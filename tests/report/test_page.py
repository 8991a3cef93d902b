"""The report: one page that stands alone, can be read without eyes, and keeps text text."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from glassnet.recipe import open_run
from glassnet.report import PICTURES, View, choose, report_page, write_report


class Page(HTMLParser):
    """What a page holds: tags with their attributes, and the text of headings."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.headings, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def page(digits):
    return report_page(digits)


def test_it_needs_nothing_but_itself_and_stays_small(page):
    tags = Page(page).tags
    assert not [tag for tag, _ in tags if tag in ("script", "link", "iframe", "object")]
    assert all(attrs["src"].startswith("data:image/webp;base64,") for tag, attrs in tags if tag == "img")
    assert "http" not in re.sub(r'src="[^"]*"', "", page)
    assert len(page) < 5_000_000


def test_every_picture_is_there_and_its_alternative_text_states_the_finding(page, digits):
    pictures, left_out = choose((), digits)
    images = [attrs for tag, attrs in Page(page).tags if tag == "img"]
    assert [*left_out] == ["compare"]
    assert len(images) == len(pictures) == len(PICTURES) - 1
    assert sorted(image["alt"] for image in images) == sorted(p.finding(digits) for p in pictures)
    assert all(re.search(r"\d", image["alt"]) for image in images if "drawn at random" not in image["alt"])


def test_headings_are_in_order(page):
    headings = Page(page).headings
    assert headings[0] == 1 and headings.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(headings))


def test_it_says_what_was_trained_how_good_it_is_and_how_to_repeat_it(page, digits):
    text = Page(page).text
    accuracy = 100 * digits.run.evaluation.accuracy
    m = len(digits.run.data)
    assert f"It reads {accuracy:.4g} % of the {m} samples of the test part" in text
    assert "64-16-12-10" in text
    assert "hidden = [16, 12]" in text
    assert f"glassnet train --recipe {digits.run.folder.recipe}" in text
    for name in "0123456789":
        assert re.search(rf'<th scope="row">{name}</th><td>[01]\.\d\d\d</td>', page)


@pytest.mark.usefixtures("undrawn")
def test_a_name_with_a_script_in_it_stays_text(runs, tmp_path):
    evil = "<script>alert(1)</script>"
    folder = tmp_path / "<img src=x onerror=alert(2)>"
    folder.mkdir()
    path = folder / "data.csv"
    rows = [f"{i % 2},{i % 3},{evil if i % 2 else 'good & bad'}" for i in range(40)]
    path.write_text("\n".join(["<b>a</b>,b,class", *rows]) + "\n")
    run = runs("default", f'data.source="{path}"', "training.epochs=2", "network.hidden=[4]")
    page = report_page(View(open_run(run)))
    assert "<script>" not in page and "<img src=x" not in page and "<b>a</b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("kind", ["iris", "regression"])
@pytest.mark.usefixtures("undrawn")  # tests/cli draws those of iris
def test_a_run_without_images_or_classes_has_a_report_too(kind, request):
    view = request.getfixturevalue(kind)
    page = report_page(view)
    _, left_out = choose((), view)
    for name in left_out:
        heading = next(picture.heading for picture in PICTURES if picture.name == name)
        assert heading in Page(page).text.split("What is not here")[1]
    assert ("mistakes" in left_out) == (kind == "regression")


@pytest.mark.usefixtures("undrawn")
def test_the_file_is_written_in_one_piece_and_its_size_is_said(iris, tmp_path):
    path = tmp_path / "new" / "report.html"
    size = write_report(iris, path)
    assert path.stat().st_size == size
    assert [file.name for file in path.parent.iterdir()] == ["report.html"]
