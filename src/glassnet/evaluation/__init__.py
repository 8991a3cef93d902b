"""How good a network is: accuracy, confusion, calibration, rejection, and robustness to distorted images."""

from glassnet.evaluation.calibration import Calibration, calibration
from glassnet.evaluation.evaluate import Evaluation, evaluate, score
from glassnet.evaluation.metrics import confusion_matrix, precision_recall_f1, r2_score, rejection_table
from glassnet.evaluation.robustness import Condition, Robustness

__all__ = [
    "Calibration", "Condition", "Evaluation", "Robustness", "calibration", "confusion_matrix", "evaluate",
    "precision_recall_f1", "r2_score", "rejection_table", "score",
]  # fmt: skip
