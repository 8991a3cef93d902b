"""docs/command-line.md says what the program says."""

import re

from tools.command_line import PAGE, page

from glassnet.cli.main import COMMANDS


def test_the_page_is_made_from_the_program():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make docs-cli"


def test_every_command_has_its_section_with_usage_examples_and_options():
    sections = page().split("\n## ")
    titles = [section.partition("\n")[0] for section in sections[2:]]
    assert [title for title in titles if not title.startswith("glassnet learn")] == [
        f"glassnet {command.__name__}" for command in COMMANDS
    ]
    assert "glassnet learn check" in titles  # commands below commands have theirs
    for section in sections[1:]:
        assert "Usage: glassnet" in section and "Options:" in section
        assert max(map(len, section.splitlines())) <= 110
    for title, section in zip(titles, sections[2:], strict=True):
        assert title.count(" ") > 1 or re.search(r"Examples?:\n", section), title
