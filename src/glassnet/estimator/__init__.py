"""Glassnet for scikit-learn users: ``MLPClassifier`` and ``MLPRegressor``."""

from glassnet.estimator.classifier import MLPClassifier
from glassnet.estimator.regressor import MLPRegressor

__all__ = ["MLPClassifier", "MLPRegressor"]
