"""The pages' source: its types, its style, its weight."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import glassnet.export
from glassnet.play.app import STATIC

SITE = Path(glassnet.export.__file__).parent / "site"
SCRIPTS = sorted([*STATIC.rglob("*.js"), *SITE.rglob("*.js")])


def test_the_pages_weigh_little():
    """Without compression, all pages together."""
    assert sum(path.stat().st_size for path in STATIC.rglob("*") if path.is_file()) <= 300_000


def test_modules_are_small():
    for path in STATIC.rglob("*.*"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_line_is_longer_than_120_characters(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [f"{number}: {line}" for number, line in enumerate(lines, 1) if len(line) > 120] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_whatever_is_imported_is_used(path):
    text = path.read_text(encoding="utf-8")
    for names in re.findall(r"^import \{([^}]*)\}", text, re.MULTILINE):
        for name in filter(None, (part.split(" as ")[-1].strip() for part in names.split(","))):
            assert len(re.findall(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text)) > 1, name


def test_node_can_read_every_file():
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    check = (
        "const { readFileSync } = require('fs'), vm = require('vm');"
        "for (const path of process.argv.slice(1)) {"
        "  const options = { filename: path }, text = readFileSync(path, 'utf8');"
        "  /^(im|ex)port /m.test(text) ? new vm.SourceTextModule(text, { identifier: path })"
        "    : new vm.Script(text, options);"
        "}"
    )
    command = [node, "--no-warnings", "--experimental-vm-modules", "-e", check, *map(str, SCRIPTS)]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.stderr == "" and told.returncode == 0


def test_the_types_are_right_and_nothing_is_declared_in_vain(npm_package):
    compiler = npm_package("typescript@5.9.3") / "bin" / "tsc"
    options = ["--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es2022", "--module", "esnext"]
    options += ["--noUnusedLocals", "--noUnusedParameters", "--lib", "es2023,dom,dom.iterable"]
    files = sorted(str(path) for path in STATIC.rglob("*.js"))
    told = subprocess.run(["node", str(compiler), *options, *files], capture_output=True, text=True)
    assert told.stdout == "" and told.returncode == 0


def test_the_source_is_formatted(npm_package):
    """As ``npx prettier@3.10.1 --write`` leaves it."""
    formatter = npm_package("prettier@3.10.1") / "bin" / "prettier.cjs"
    command = ["node", str(formatter), "--list-different", "--print-width", "118", *map(str, SCRIPTS)]
    told = subprocess.run(command, capture_output=True, text=True)
    assert told.stdout + told.stderr == "" and told.returncode == 0
