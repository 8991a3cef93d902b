"""Time: training as an iterator of events; to watch, iterate."""

from glassnet.train.events import Epoch, Event, Finished, Step
from glassnet.train.fit import fit, train
from glassnet.train.history import History
from glassnet.train.layer_watch import watch_layers
from glassnet.train.listeners import Listener, checkpoint, keep_best, stop_early
from glassnet.train.loop import Training
from glassnet.train.state import TrainingState

__all__ = [
    "Epoch", "Event", "Finished", "History", "Listener", "Step", "Training", "TrainingState", "checkpoint",
    "fit", "keep_best", "stop_early", "train", "watch_layers",
]  # fmt: skip
