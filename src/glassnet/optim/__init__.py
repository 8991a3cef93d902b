"""Optimisers on one flat vector, learning-rate schedules, clipping and averaging. NumPy only."""

from glassnet.optim.adagrad import Adagrad
from glassnet.optim.adam import Adam, AdamW
from glassnet.optim.averaging import MovingAverage
from glassnet.optim.clipping import clip_by_norm, clip_by_value
from glassnet.optim.gradient_descent import GradientDescent, Momentum, Nesterov
from glassnet.optim.optimizer import Optimizer
from glassnet.optim.rmsprop import RMSProp
from glassnet.optim.schedules import Constant, Cosine, Exponential, OneCycle, Schedule, StepDecay, WarmUp

__all__ = [
    "Adagrad",
    "Adam",
    "AdamW",
    "Constant",
    "Cosine",
    "Exponential",
    "GradientDescent",
    "Momentum",
    "MovingAverage",
    "Nesterov",
    "OneCycle",
    "Optimizer",
    "RMSProp",
    "Schedule",
    "StepDecay",
    "WarmUp",
    "clip_by_norm",
    "clip_by_value",
]
