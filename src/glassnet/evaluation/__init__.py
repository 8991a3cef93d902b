"""How good a network is: accuracy, confusion, calibration, rejection, and how it stands distorted images."""

from glassnet.evaluation.metrics import (
    Calibration,
    Evaluation,
    calibration,
    confusion_matrix,
    evaluate,
    precision_recall_f1,
    r2_score,
    rejection_table,
    score,
)
from glassnet.evaluation.robustness import Condition, Robustness

__all__ = [
    "Calibration", "Condition", "Evaluation", "Robustness", "calibration", "confusion_matrix", "evaluate",
    "precision_recall_f1", "r2_score", "rejection_table", "score",
]  # fmt: skip
