"""The pages' source: its types, its weight."""

import subprocess

from glassnet.play.app import STATIC


def test_the_pages_weigh_little():
    """Without compression, all pages together."""
    assert sum(path.stat().st_size for path in STATIC.rglob("*") if path.is_file()) <= 300_000


def test_modules_are_small():
    for path in STATIC.rglob("*.*"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path


def test_the_types_are_right(npm_package):
    compiler = npm_package("typescript@5.9.3") / "bin" / "tsc"
    options = ["--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es2022", "--module", "esnext"]
    files = sorted(str(path) for path in STATIC.rglob("*.js"))
    command = [
        "node",
        str(compiler),
        *options,
        "--lib",
        "es2023,dom,dom.iterable",
    ]
    told = subprocess.run([*command, *files], capture_output=True, text=True)
    assert told.stdout == "" and told.returncode == 0
