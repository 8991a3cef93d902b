"""``glassnet evaluate``: how good a trained network is."""

from typing import TYPE_CHECKING, Annotated

import typer

from glassnet.cli.options import AsJson, DataDir, Label, ModelArgument

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glassnet.data import Dataset
    from glassnet.evaluation import Calibration, Evaluation
    from glassnet.evaluation.robustness import Robustness
    from glassnet.model import Model

__all__ = ["evaluate"]


def evaluate(
    run: ModelArgument,
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="DATA", help="A data set or a path; by default the run's test or validation part."
        ),
    ] = None,
    data_dir: DataDir = None,
    label: Label = None,
    robust: Annotated[
        bool, typer.Option("--robustness", help="Also test on the images moved, turned, blurred, ...")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Measure how good a trained network is.

    Accuracy, loss, precision and recall of each class, confusion matrix and calibration.
    For "mnist" and for folders with two parts, DATA means the test part.

    Examples
    --------
      glassnet evaluate runs/quick
      glassnet evaluate runs/quick train.csv --json
      glassnet evaluate runs/quick --robustness
    """
    import json

    from glassnet.evaluation import evaluate as measure
    from glassnet.recipe import judged_data

    what, model, data = judged_data(run, source, data_dir, label)
    evaluation = measure(model, data)
    card = _card(model, data) if robust else None
    if as_json:
        figures = {"data": what, **evaluation.to_dict()}
        print(json.dumps(figures if card is None else {**figures, "robustness": card.to_dict()}, indent=2))
        return
    print(f"{what}\n")
    _print_figures(evaluation)
    if card is not None:
        print(f"\nrobustness (accuracy on {card.samples:,} images)")
        for condition in card.conditions:
            print(f"  {condition.name:<17}{100 * condition.accuracy:6.2f} %")


def _card(model: "Model", data: "Dataset") -> "Robustness":
    from glassnet.errors import DataError
    from glassnet.evaluation.robustness import robustness

    card = robustness(model, data)
    if card is None:
        raise DataError(f"{data.name}: robustness is measured on images with classes, and these are none.")
    return card


def _print_figures(evaluation: "Evaluation") -> None:
    percent = {"accuracy": evaluation.accuracy, "calibration error": evaluation.calibration_error}
    print(f"{'loss':<19}{evaluation.loss:.4f}")
    if evaluation.r2 is not None:
        print(f"{'R²':<19}{evaluation.r2:.4f}")
    for name, value in percent.items():
        if value is not None:
            print(f"{name:<19}{100 * value:.2f} %")
    if evaluation.confusion is not None and evaluation.class_names is not None:
        names = list(evaluation.class_names)
        _print_classes(names, evaluation.confusion)
        print("\nconfusion (rows: what it is; columns: what was read)")
        _print_matrix(names, evaluation.confusion.tolist())
    if evaluation.calibration is not None:
        print("\ncalibration (how sure it was; how often it was right)")
        for line in _calibration_lines(evaluation.calibration):
            print(line)


def _print_classes(names: list[str], confusion: "NDArray[np.int64]") -> None:
    from glassnet.evaluation import precision_recall_f1

    table = precision_recall_f1(confusion)
    label = max(len("class"), *map(len, names))
    print(f"\n{'class':<{label}}" + "".join(name.rjust(11) for name in table))
    for name, *shares, support in zip(names, *table.values(), strict=True):
        print(f"{name:<{label}}" + "".join(f"{share:11.3f}" for share in shares) + f"{support:11d}")


def _print_matrix(names: list[str], rows: list[list[int]]) -> None:
    label = max(map(len, names))
    cell = max(label, *(len(str(count)) for row in rows for count in row)) + 1
    print(" " * label + "".join(name.rjust(cell) for name in names))
    for name, row in zip(names, rows, strict=True):
        print(name.rjust(label) + "".join((str(count) if count else "·").rjust(cell) for count in row))


def _calibration_lines(bins: "Calibration") -> list[str]:
    return [
        f"  {100 * confidence:6.2f} %  {100 * accuracy:6.2f} %  {int(count):6d} samples"
        for confidence, accuracy, count in zip(bins.confidence, bins.accuracy, bins.count, strict=True)
        if count
    ]
