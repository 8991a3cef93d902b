"""Optimisers on one flat vector, learning-rate schedules, clipping and averaging. NumPy only."""

from glassnet.optim.optimizer import *
from glassnet.optim.gradient_descent import *
from glassnet.optim.rmsprop import *
from glassnet.optim.adagrad import *
from glassnet.optim.adam import *
from glassnet.optim.schedules import *
from glassnet.optim.clipping import *
from glassnet.optim.averaging import *
