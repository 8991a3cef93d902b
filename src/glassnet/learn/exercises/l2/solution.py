"""L2: a price on large weights.

A network that knows its training pictures by heart has large weights. So large ones are made to cost
something: a penalty is added to the loss, and its derivative to dW.

    J = loss + λ/2 · sum of all W[d, k]²        W (D, K)   ->   J, a number
    dJ/dW = dW + λ W                            dW (D, K)
    dJ/db = db                                  db (K,)

Biases pay nothing: a large one does not make the network any more eager to know by heart.
"""

import numpy as np


def l2(loss, dW, db, W, b, strength):
    """The loss with the penalty, and its derivatives.

    Parameters
    ----------
    loss : float
        The loss without the penalty, a mean over the samples.
    dW, db : array (D, K), array (K,)
        Its derivatives by W and b.
    W, b : array (D, K), array (K,)
    strength : float
        λ in the formulas.

    Returns
    -------
    J : float
    dJ_dW : array (D, K)
    dJ_db : array (K,)

    Examples
    --------
    >>> dW, db, W, b = np.array([[0.5]]), np.array([0.25]), np.array([[2.0]]), np.array([3.0])
    >>> J, dJ_dW, dJ_db = l2(1.0, dW, db, W, b, 0.5)
    >>> float(J), dJ_dW.tolist(), dJ_db.tolist()
    (2.0, [[1.5]], [0.25])
    """
    squares = W**2
    penalty = strength / 2 * np.sum(squares)
    J = loss + penalty
    dJ_dW = dW + strength * W
    dJ_db = db * 1.0
    return J, dJ_dW, dJ_db
