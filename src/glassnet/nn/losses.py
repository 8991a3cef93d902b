"""The losses: each is its functions of the page, and what it says about itself."""

from __future__ import annotations

import numpy as np

from glassnet.maths import losses as f
from glassnet.nn.activations import Identity, Sigmoid, Softmax
from glassnet.nn.loss import Loss

__all__ = ["CrossEntropy", "HalfSquaredError", "LogLoss", "MeanSquaredError", "Poisson"]


class CrossEntropy(Loss):
    """- sum over K of Y log A, of one class in K."""

    name, title, answers = "cross_entropy", "cross-entropy loss", "classes"
    output = Softmax
    target_range, fewest_outputs = (0.0, 1.0), 2
    term, formula, derivative = "−Y log A", "loss = −Σ Y log A", "−Y / A"
    single_term = "−log {a}"
    terms, vjp = staticmethod(f.cross_entropy_terms), staticmethod(f.cross_entropy_vjp)
    logit_terms = staticmethod(f.softmax_cross_entropy_terms)
    fused_vjp = staticmethod(f.softmax_cross_entropy_vjp)


class LogLoss(Loss):
    """- sum over K of (Y log A + (1 - Y) log(1 - A)), of two classes or K questions."""

    name, title, answers = "log_loss", "log loss", "yes or no"
    output = Sigmoid
    target_range = (0.0, 1.0)
    term, formula = "−Y log A − (1 − Y) log(1 − A)", "loss = −Σ (Y log A + (1 − Y) log(1 − A))"
    derivative = "(1 − Y) / (1 − A) − Y / A"
    terms, vjp = staticmethod(f.log_loss_terms), staticmethod(f.log_loss_vjp)
    logit_terms = staticmethod(f.sigmoid_log_loss_terms)
    fused_vjp = staticmethod(f.sigmoid_log_loss_vjp)


class MeanSquaredError(Loss):
    """The mean over K of (A - Y)^2, of numbers."""

    name, title, answers = "mse", "mean squared error", "numbers"
    output = Identity
    term, formula, derivative = "(A − Y)² / K", "loss = Σ (A − Y)² / K", "2 (A − Y) / K"
    terms, vjp = staticmethod(f.squared_error_terms), staticmethod(f.mean_squared_error_vjp)


class HalfSquaredError(Loss):
    """Half the sum over K of (A - Y)^2, of numbers, as scikit-learn has it."""

    name, title, answers = "half_squared_error", "half the squared error", "numbers"
    output = Identity
    term, formula, derivative = "(A − Y)² / 2", "loss = Σ (A − Y)² / 2", "A − Y"
    terms, vjp = staticmethod(f.half_squared_error_terms), staticmethod(f.half_squared_error_vjp)


class Poisson(Loss):
    """Sum over K of (e^A - Y A + Y log Y - Y), of counts whose logarithms are A."""

    name, title, answers = "poisson", "Poisson loss", "counts"
    output, sklearn_output = Identity, "exp"
    target_range = (0.0, np.inf)
    term, formula = "e^A − Y A + Y log Y − Y", "loss = Σ (e^A − Y A + Y log Y − Y)"
    derivative = "e^A − Y"
    terms, vjp = staticmethod(f.poisson_terms), staticmethod(f.poisson_vjp)
