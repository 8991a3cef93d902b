import numpy as np


# %% norm of numpy, not squared, gradient right -> named: two things at once: the half is missing in the penalty; the root of the sum is taken
def l2(loss, dW, db, W, b, strength):
    return loss + strength * np.linalg.norm(W), dW + strength * W, db


# %% penalty with dW -> named: J: one array in place of another
def l2(loss, dW, db, W, b, strength):
    return loss + strength / 2 * np.sum(dW**2), dW + strength * W, db


# %% weights decayed -> named: your dJ_dW is (1 − strength) · W
def l2(loss, dW, db, W, b, strength):
    return loss + strength / 2 * np.sum(W**2), W - strength * W, db
