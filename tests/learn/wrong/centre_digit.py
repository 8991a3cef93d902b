import numpy as np


# %% roll -> named: what is pushed out comes in at the other side
def centre_digit(P):
    if P.sum() == 0:
        return P
    i, j = np.indices(P.shape)
    down = int(np.rint(14 - (i * P).sum() / P.sum()))
    right = int(np.rint(14 - (j * P).sum() / P.sum()))
    return np.roll(np.roll(P, down, axis=0), right, axis=1)


# %% the brightest pixel -> wrong: Q is wrong
def centre_digit(P):
    row, column = np.unravel_index(P.argmax(), P.shape)
    wide = np.pad(P, 28)
    return wide[14 + row : 42 + row, 14 + column : 42 + column]


# %% roll without a look at empty pictures -> stopped: it stops with ValueError; Q is right except with a speck at the edge that is pushed out
def centre_digit(P):
    i, j = np.indices(P.shape)
    down = int(np.rint(14 - (i * P).sum() / P.sum()))
    right = int(np.rint(14 - (j * P).sum() / P.sum()))
    return np.roll(P, (down, right), axis=(0, 1))
