"""MATLAB's files, up to version 7: SciPy reads them."""

import math
from pathlib import Path

import numpy as np

from glassnet.data.named_arrays import Loaded, array_roles, datasets_of
from glassnet.data.packed import check_unpacked_size
from glassnet.errors import DataError

__all__ = ["read_mat"]


def read_mat(path: Path) -> Loaded:
    """Read images and labels from a ``.mat`` file.

    Parameters
    ----------
    path : Path
        With the variables ``X, y`` or ``data, label`` or ``trainImages, trainLabels`` and the like;
        samples may stand in rows or in columns.

    Raises
    ------
    DataError
        When it is damaged, or its variables are unknown, or no plain arrays.
    """
    from scipy.io import loadmat, whosmat

    try:
        variables = {name: (shape, kind) for name, shape, kind in whosmat(path)}
        roles = array_roles(path, variables)
        wanted = [name for name in (*roles.values(), "class_names") if name in variables]
        promised = sum(math.prod(variables[name][0]) for name in wanted)  # a byte each at least
        check_unpacked_size(path, promised, path.stat().st_size)
        arrays = loadmat(path, variable_names=wanted)
        plain = {name: np.asarray(arrays[name]) for name in wanted}
    except DataError:
        raise
    except Exception as error:  # SciPy lets through whatever a damaged file provokes
        raise DataError(f"{path}: the MATLAB file cannot be read ({error}). Save it again.") from error
    if any(array.dtype.hasobject or array.dtype.names for array in plain.values()):
        raise DataError(f"{path}: holds structures or cells. Expected plain matrices, such as X and y.")
    return datasets_of(path, roles, plain, columns_too=True)
