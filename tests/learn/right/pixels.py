import numpy as np


# %% one line
def scale_pixels(pixels):
    return pixels / 255.0


# %% float32
def scale_pixels(pixels):
    return pixels.astype(np.float32) / 255


# %% in place on a copy
def scale_pixels(pixels):
    X = np.array(pixels, dtype="float64")
    X /= 255
    return X


# %% loops and lists
def scale_pixels(pixels):
    rows = []
    for picture in pixels:
        rows.append([int(pixel) / 255 for pixel in picture])
    return rows


# %% by multiplication
def scale_pixels(pixels):
    return np.multiply(pixels, 1 / 255, dtype=np.float32)


# %% from the type's own limit
def scale_pixels(pixels):
    return pixels / np.iinfo(pixels.dtype).max


# %% a matrix of NumPy's old kind
def scale_pixels(pixels):
    return np.matrix(pixels) / 255
