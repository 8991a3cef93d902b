"""From a photograph to the picture that a network reads.

Each step is a small function with a picture of its own: the light is evened out (``light``), the polarity
found (``polarity``), ruled lines are taken out (``lines``), ink is parted from paper (``separate``), strokes
become pieces in reading order (``strokes``, ``cutting``, ``segment``), and each piece is brought to 28×28 as
MNIST's digits were (``normalize``).
"""

from glassnet.preprocessing.open import open_grey
from glassnet.preprocessing.pipeline import find, piece_steps, steps
from glassnet.preprocessing.segmentation import Piece, Unlikeness, pieces
from glassnet.preprocessing.sheet import Sheet, prepare

__all__ = ["Piece", "Sheet", "Unlikeness", "find", "open_grey", "piece_steps", "pieces", "prepare", "steps"]
