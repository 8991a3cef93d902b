"""The page: pure functions, NumPy only. Each formula once, with its derivative right below."""

from glassnet.maths.activations import *
from glassnet.maths.affine import *
from glassnet.maths.dropout import *
from glassnet.maths.erf import *
from glassnet.maths.initializers import *
from glassnet.maths.losses import *
from glassnet.maths.normalization import *
from glassnet.maths.penalties import *
from glassnet.maths.softmax import *
