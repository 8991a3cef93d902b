"""Pixels from bytes to fractions."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

LINE = "X = pixels / 255"


def _pictures(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    pixels = rng.integers(1, 255, (sizes.N, sizes.D), dtype=np.uint8)
    pixels[0, 0], pixels[-1, -1] = 0, 255  # as nearly every real picture has
    return {"pixels": pixels}


def _special(rng: np.random.Generator) -> list[Case]:
    dark = rng.integers(1, 40, (3, 4), dtype=np.uint8)
    return [
        Case({"pixels": dark}, about="pictures without a white pixel"),
        Case({"pixels": dark + np.uint8(200)}, about="pictures without a black pixel"),
        Case({"pixels": np.zeros((2, 3), dtype=np.uint8)}, about="pictures that are all black"),
    ]


EXERCISE = Exercise(
    name="pixels",
    title="Pixels to [0, 1]",
    folder=Path(__file__).parent,
    station="X",
    parts=(Part("scale_pixels", _pictures, ("X",), special=_special, square=False),),
    twins=(
        Twin(
            "by_256", "pixels / 255", "pixels / 256",
            title="the pixels are divided by 256",
            says="Your numbers are the pixels divided by 256, so that white is not quite 1.",
            breaks=LINE,
            asks="Which is the largest number that fits into one byte, and what should become of it?",
            seen="https://github.com/Daniil-Osokin/lightweight-human-pose-estimation.pytorch/issues/140",
        ),
        Twin(
            "whole_division", "pixels / 255", "pixels // 255",
            title="the division drops the fraction",
            says="Your numbers are those of a whole division: all is 0 but pure white, which is 1.",
            breaks=LINE,
            asks="What is the difference between / and // in Python?",
        ),
        Twin(
            "unchanged", "pixels / 255", "pixels * 1",
            title="the pixels are returned as they came",
            says="Your numbers are the pixels themselves, from 0 to 255.",
            breaks=LINE,
            asks="Which line changes the numbers, and is its result what you return?",
        ),
        Twin(
            "by_largest", "pixels / 255", "pixels / pixels.max()",
            title="the pixels are divided by the largest one that is there",
            says="Your numbers are divided by the largest pixel of these pictures, so a dark picture comes out as bright "
            "as a white one, and the same grey differs from batch to batch.",
            breaks=LINE,
            asks="Should the same grey become the same number in every batch?",
        ),
        Twin(
            "by_largest_of_each", "pixels / 255", "pixels / pixels.max(axis=1, keepdims=True)",
            title="each picture is divided by its own largest pixel",
            says="Each row of yours is divided by its own largest pixel, so every picture's brightest pixel becomes 1.",
            breaks=LINE,
            asks="Should the same grey become the same number in every picture?",
        ),
        Twin(
            "min_max", "pixels / 255", "(pixels - pixels.min()) / (pixels.max() - pixels.min() + 0.0)",
            title="the pixels are stretched from the darkest to the brightest",
            says="Your numbers are stretched so that the darkest pixel there is becomes 0 and the brightest 1.",
            breaks=LINE,
            asks="Does 0 still mean black, whatever else is in the batch?",
        ),
        Twin(
            "inverted", "pixels / 255", "1 - pixels / 255",
            title="black and white are interchanged",
            says="Your numbers are 1 minus the right ones: black has become 1, and white 0.",
            breaks=LINE,
            asks="What should a pixel of 0 become?",
        ),
        Twin(
            "standardised", "pixels / 255", "(pixels - pixels.mean()) / pixels.std()",
            title="the pixels are standardised",
            says="Your numbers have mean 0 and standard deviation 1: they are standardised, not brought to [0, 1].",
            breaks=LINE,
            asks="Which interval are the numbers meant to fill, and do negative ones belong to it?",
        ),
        Twin(
            "minus_one_to_one", "pixels / 255", "pixels / 127.5 - 1",
            title="the pixels are brought to [−1, 1]",
            says="Your numbers go from −1 to 1: half of the range lies below zero.",
            breaks=LINE,
            asks="What should black become: −1 or 0?",
        ),
        Twin(
            "twice", "pixels / 255", "pixels / 255 / 255",
            title="the pixels are divided by 255 twice",
            says="Your numbers are divided by 255 twice, so white is 1/255.",
            breaks=LINE,
            asks="How often does a division happen on the way, and what is the largest number that you return?",
            seen="https://github.com/RangiLyu/nanodet/issues/55",
        ),
        Twin(
            "mask", "pixels / 255", "(pixels > 127) * 1.0",
            title="the greys are lost",
            says="Your numbers are 0 or 1 only: what is darker than the middle is 0, the rest is 1.",
            breaks=LINE,
            asks="What should a grey of 100 become?",
        ),
        Twin(
            "wraps", "pixels / 255", "(pixels.astype(np.int16) - 128).astype(np.uint8) / 255",
            title="a byte overflows",
            says="Your numbers come from bytes that ran over their end: below 0 a byte begins again at 255.",
            breaks=LINE,
            asks="Which type do the numbers have while you compute, and how far does that type go?",
            seen="https://newbedev.com/numpy-normalize-rgb-pixel-array",
        ),
    ),
    hints=(
        "What is the largest number that a pixel can hold, and what should it become?",
        "Divide every pixel by the same number. NumPy does it for the whole array at once, without a loop.",
        "Divide by 255 with a single slash: it gives fractions, also for whole numbers.",
    ),
    why="One fixed divisor keeps black at 0 and white at 1 in every picture, so that the same grey is the same number.",
)  # fmt: skip
