"""``glassnet data``: what data sets there are, what is in one, and fetching MNIST."""

from pathlib import Path
from typing import Annotated, Any

import typer

from glassnet.cli.columns import print_meanings
from glassnet.cli.options import AsJson, DataDir, Label
from glassnet.errors import DataError

__all__ = ["data"]


def data(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME or PATH | fetch mnist", help="What to look at, or to fetch."),
    ] = None,
    data_dir: DataDir = None,
    label: Label = None,
    as_json: AsJson = False,
) -> None:
    """List the data sets, look into one, fetch MNIST.

    MNIST's four files are looked for in --data-dir, then in the folder that GLASSNET_DATA names, then in
    the cache, where `data fetch mnist` puts them. Each download is checked.

    Examples
    --------
      glassnet data
      glassnet data train.csv
      glassnet data fetch mnist
    """
    import json

    from glassnet.data import SOURCES, fetch_mnist

    match words or []:
        case []:
            if as_json:
                print(json.dumps(SOURCES, indent=2))
            else:
                print_meanings(SOURCES)
                print("or a path: train.csv, IDX, .npz, a folder of images sorted by class")
        case ["fetch", "mnist"]:
            paths = [str(path) for path in fetch_mnist(data_dir=data_dir)]
            print(json.dumps(paths) if as_json else "\n".join(paths))
        case ["fetch", *others]:
            raise DataError(f"Only mnist can be fetched{', not ' + ' '.join(others) if others else ''}.")
        case [source]:
            _describe(source, data_dir, label, as_json)
        case _:
            raise DataError("Give one name or path at a time.")


def _describe(source: str, data_dir: Path | None, label: str | None, as_json: bool) -> None:
    import json

    from glassnet.data import load_all

    loaded = load_all(source, data_dir=data_dir, label=label)
    several = loaded.validation or loaded.test
    facts: dict[str, Any] = {}
    parts = {
        "training" if several else "all": loaded.training,
        "validation": loaded.validation,
        "test": loaded.test,
    }
    for title, part in parts.items():
        if part is not None:
            classes = part.class_names if part.has_classes else None
            counts = dict(zip(classes, part.class_counts.tolist(), strict=True)) if classes else None
            shape = part.image_shape
            facts[title] = {
                "samples": len(part),
                "image": f"{shape[0]}×{shape[1]}" if shape else None,
                "features": part.n_features,
                "values": [float(part.images.min()), float(part.images.max())],
                "classes": counts,
                "labelled": part.labels is not None,
            }
    if as_json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
        return
    for title, fact in facts.items():
        what = (
            f"images of {fact['image']} pixels" if fact["image"] else f"samples of {fact['features']} numbers"
        )
        low, high = fact["values"]
        print(f"{title}: {fact['samples']:,} {what}, values {low:g} to {high:g}")
        if fact["classes"]:
            total = sum(fact["classes"].values())
            for name, count in fact["classes"].items():
                print(f"  {name:<12}{count:>7,}  {100 * count / total:5.1f} %")
        elif not fact["labelled"]:
            print("  without labels")
