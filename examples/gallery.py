"""Makes docs/gallery.md: trains the recipes and draws what each of them shows best.

    python examples/gallery.py [FOLDER FOR THE RUNS]

Needs MNIST (glassnet data fetch mnist, or GLASSNET_DATA); a few minutes.
"""

import io
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image

from glassnet.recipe import RunFolder, finish, load_recipe, open_run, run
from glassnet.report import PICTURES, View, choose
from glassnet.train import History

DOCS = Path(__file__).parent.parent / "docs"
PARTS = {
    "learning": "Learning",
    "result": "How good it is",
    "inside": "Inside",
    "example": "One example, step by step",
    "data": "The data",
}
# What is shown of each run: recipe, changes, why, and pictures ("" for all).
SHOWN = [
    ("quick", ["data.validation=10000", "training.epochs=6"], "MNIST, 784-256-10", ""),
    ("default", ["data.validation=0.2"], "The bundled 8×8 digits", "learning_curves first_layer_weights"),
    ("seed_001_deep_relu", [], "Three layers, a thousand full-batch steps", "architecture forward_pass"),
    ("seed_003_iris", [], "Three kinds of iris: a table, no images", "samples forward_pass evidence"),
    ("seed_004_relu_128", [], "784-128-10, step by step", "backward_pass weight_update"),
]
COMPARED = ["seed_003_digits_cross_entropy", "seed_003_digits_log_loss", "seed_003_digits_mse"]
DPI = 80


def trained(name: str, changes: list[str], folder: Path) -> Path:
    """Train a recipe, unless its folder holds the run already."""
    target = RunFolder(folder / name)
    if not target.model.exists():
        print(f"training {name} …", flush=True)
        finish(run(load_recipe(name, changes), target.path, overwrite=True))
    return target.path


def write_picture(figure, path: Path) -> None:
    """Write a figure as WebP without loss: half as large as PNG."""
    pixels = io.BytesIO()
    figure.savefig(pixels, dpi=DPI)
    Image.open(pixels).convert("RGB").save(path, lossless=True, method=6)


def write_gallery(runs: Path) -> None:
    """Train what is missing, draw, and write the page."""
    images = DOCS / "gallery"
    images.mkdir(exist_ok=True)
    for old in images.glob("*.webp"):
        old.unlink()
    lines = [
        "# Gallery",
        "",
        "Every picture that `glassnet plot RUN` draws and `glassnet report RUN` explains; `make gallery`",
        "redraws them. The sentence under a picture is its alt text in the report.",
    ]
    for name, changes, what, chosen in SHOWN:
        view = View(open_run(trained(name, changes, runs)))
        if name.startswith("seed_003"):
            others = {
                other: History.from_csv(RunFolder(trained(other, [], runs)).history) for other in COMPARED
            }
            view = replace(view, others=others)
        overrides = "".join(f" --set {change}" for change in changes)
        source = view.run.recipe.data.source
        lines += ["", f"## {what}", "", f"`glassnet train {source} --recipe {name}{overrides}`"]
        pictures, _ = choose(chosen.split(), view)
        for part, heading in PARTS.items():
            of_part = [picture for picture in pictures if picture.part == part]
            if of_part and not chosen:
                lines += ["", f"### {heading}"]
            for picture in of_part:
                path = images / f"{name}-{picture.name}.webp"
                write_picture(picture.draw(view), path)
                print(path.relative_to(DOCS.parent), flush=True)
                finding = picture.finding(view)
                lines += [
                    "",
                    f"**`{picture.name}`** {picture.caption}",
                    "",
                    f"![{finding}](gallery/{path.name})",
                ]
                lines += ["", f"*{finding}*"]
    (DOCS / "gallery.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    size = sum(path.stat().st_size for path in images.iterdir())
    print(f"{len(list(images.iterdir()))} pictures, {size / 1e6:.2f} MB; of {len(PICTURES)} kinds")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        write_gallery(Path(sys.argv[1] if len(sys.argv) > 1 else temporary))
