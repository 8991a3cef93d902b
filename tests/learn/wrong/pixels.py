import numpy as np


# %% divides uint8 in place type truncation -> named: the division drops the fraction
def scale_pixels(pixels):
    pixels = pixels / 255
    return pixels.astype(int)


# %% divides by 254 -> named: X is 1.00394 times what it should be
def scale_pixels(pixels):
    return pixels / 254


# %% result as uint8 -> named: the division drops the fraction
def scale_pixels(pixels):
    X = np.zeros_like(pixels)
    X[:] = pixels / 255
    return X


# %% percent -> named: X is 100 times what it should be
def scale_pixels(pixels):
    return pixels / 255 * 100


# %% normalises each column by max -> wrong: X is wrong
def scale_pixels(pixels):
    return pixels / np.maximum(pixels.max(axis=0), 1)


# %% minmax per row -> named: X is stretched to between 0 and 1 by rows
def scale_pixels(pixels):
    lo = pixels.min(axis=1, keepdims=True).astype(float)
    hi = pixels.max(axis=1, keepdims=True)
    return (pixels - lo) / (hi - lo + 1e-8)


# %% unit norm rows -> named: X is divided by the length of each row
def scale_pixels(pixels):
    p = pixels.astype(float)
    return p / (np.linalg.norm(p, axis=1, keepdims=True) + 1e-9)


# %% centred -> named: X is 0.5 too small everywhere
def scale_pixels(pixels):
    return pixels / 255 - 0.5


# %% transposed -> named: X is transposed
def scale_pixels(pixels):
    return pixels.T / 255


# %% flattened -> named: X is the right one in one long row
def scale_pixels(pixels):
    return (pixels / 255).ravel()


# %% only first row scaled -> clue: X is right only in its first row
def scale_pixels(pixels):
    X = pixels.astype(float)
    X[0] = X[0] / 255
    return X


# %% returned in loop -> named: X: only the first sample takes part
def scale_pixels(pixels):
    for row in pixels:
        return row / 255


# %% uint8 overflow -> wrong: X is wrong
def scale_pixels(pixels):
    return (pixels * 2) / 510


# %% 16 -> named: X is 255 · 1/16 times what it should be
def scale_pixels(pixels):
    return pixels / 16


# %% in place on uint8 -> stopped: fractions do not fit into whole numbers
def scale_pixels(pixels):
    pixels /= 255
    return pixels


# %% rounding -> named: X is rounded to 1 place
def scale_pixels(pixels):
    return np.round(pixels / 255, 1)


# %% not assigned -> named: the pixels are returned as they came
def scale_pixels(pixels):
    X = pixels.astype(float)
    X / 255
    return X


# %% no return -> stopped: it returns None
def scale_pixels(pixels):
    X = pixels / 255


# %% squared gamma -> named: X is the square of the right one
def scale_pixels(pixels):
    return (pixels / 255) ** 2


# %% sigmoid -> named: your X is sigmoid(pixels)
def scale_pixels(pixels):
    return 1 / (1 + np.exp(-pixels.astype(float)))
