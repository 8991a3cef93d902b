import numpy as np


# %% loops
def centre_digit(P):
    total = P.sum()
    if total == 0:
        return P
    row = sum(i * P[i].sum() for i in range(28)) / total
    column = sum(j * P[:, j].sum() for j in range(28)) / total
    down, right = int(round(14 - row)), int(round(14 - column))
    Q = np.zeros((28, 28))
    for i in range(28):
        for j in range(28):
            if 0 <= i - down < 28 and 0 <= j - right < 28:
                Q[i, j] = P[i - down, j - right]
    return Q


# %% a wide border and a window
def centre_digit(P):
    if not P.any():
        return P.copy()
    wide = np.pad(P, 28)
    row = np.average(np.arange(28), weights=P.sum(axis=1))
    column = np.average(np.arange(28), weights=P.sum(axis=0))
    top, left = 28 - int(np.rint(14 - row)), 28 - int(np.rint(14 - column))
    return wide[top : top + 28, left : left + 28]


# %% rolled, and what came round wiped out
def centre_digit(P):
    mass = P.sum()
    if mass > 0:
        i, j = np.mgrid[:28, :28]
        d, r = round(14 - (i * P).sum() / mass), round(14 - (j * P).sum() / mass)
        P = np.roll(P, (d, r), axis=(0, 1))
        if d > 0:
            P[:d] = 0
        elif d < 0:
            P[d:] = 0
        if r > 0:
            P[:, :r] = 0
        elif r < 0:
            P[:, r:] = 0
    return P


# %% slices, float32
def centre_digit(P):
    P = P.astype(np.float32)
    if P.max() == 0:
        return P
    ramp = np.arange(28, dtype=np.float32)
    d = int(np.floor(14.5 - ramp @ P.sum(1) / P.sum()))
    r = int(np.floor(14.5 - P.sum(0) @ ramp / P.sum()))
    Q = np.zeros_like(P)
    Q[max(d, 0) : 28 + min(d, 0), max(r, 0) : 28 + min(r, 0)] = P[
        max(-d, 0) : 28 - max(d, 0), max(-r, 0) : 28 - max(r, 0)
    ]
    return Q
