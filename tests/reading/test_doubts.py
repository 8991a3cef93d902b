"""What stands around a piece of ink, and what else is on the picture."""

import numpy as np
import pytest
from scipy import ndimage

from glassnet.preprocessing import Piece, prepare
from glassnet.reading import Reason, read
from glassnet.reading.doubts import doubts_about

NOT_LIKE, THICK = Reason.NOT_LIKE_A_DIGIT, Reason.TOO_MUCH_INK


def page_with(places, shape=(120, 400)):
    """Upright bars on paper, and a piece of ink for each."""
    grey = np.full(shape, 220, np.uint8)
    for left, top, right, bottom in places:
        grey[top:bottom, left:right] = 60
    return grey


def doubts(places, labels, scores, cut_from=None, grey=None, thick=None):
    sheet = prepare(page_with(places) if grey is None else grey)
    ink = np.zeros((60, 24), np.float32)
    ink[:, 8:16] = 1
    pieces = [
        Piece(place, np.zeros((28, 28), np.uint8), 0, False, np.ones_like(ink) if k == thick else ink, cut)
        for k, (place, cut) in enumerate(zip(places, cut_from or [0] * len(places), strict=True))
    ]
    return doubts_about(pieces, np.eye(10)[labels], np.array(scores, float), sheet, 0.5)


def bars(*lefts, height=60):
    return [(left, 30, left + 12, 30 + height) for left in lefts]


def test_what_scores_too_little_is_not_like_a_digit():
    assert doubts(bars(30, 200), [3, 4], [0.4, 0.6]) == [NOT_LIKE, None]


def test_where_most_of_a_word_are_no_digits_it_is_a_word_of_letters():
    assert doubts(bars(30, 60, 90), [3, 4, 5], [0.2, 0.9, 0.2]) == [NOT_LIKE] * 3
    assert doubts(bars(30, 60), [3, 4], [0.2, 0.9]) == [NOT_LIKE, None]
    assert doubts(bars(30, 60, 90), [3, 4, 5], [0.9, 0.9, 0.2]) == [None, None, NOT_LIKE]


def test_among_digits_of_its_size_a_piece_needs_to_look_like_one_only_half_as_much():
    line = bars(30, 60, 90)
    assert doubts(line, [3, 4, 5], [0.9, 0.3, 0.9]) == [None, None, None]
    assert doubts(line, [3, 4, 5], [0.9, 0.2, 0.9]) == [None, NOT_LIKE, None]
    assert doubts(line[:2], [3, 4], [0.9, 0.3]) == [None, NOT_LIKE]  # one digit is no company
    twice = bars(30, 60, 90, 120)
    assert doubts(twice, [3, 4, 5, 6], [0.9, 0.3, 0.9, 0.3]) == [NOT_LIKE] * 4  # a word
    far = bars(30, 120, 210, 300)
    assert doubts(far, [3, 4, 5, 6], [0.9, 0.3, 0.9, 0.3]) == [None, NOT_LIKE, None, NOT_LIKE]
    low = [*bars(30, 60), (90, 75, 102, 90)]
    assert doubts(low, [3, 4, 5], [0.9, 0.9, 0.3]) == [None, None, NOT_LIKE]


def test_among_digits_of_its_size_a_piece_may_be_very_thick():
    line = bars(30, 120, 210)
    assert doubts(line, [3, 4, 5], [0.9, 0.95, 0.9], thick=1) == [None, None, None]
    assert doubts(line, [3, 4, 5], [0.9, 0.85, 0.9], thick=1) == [None, THICK, None]
    assert doubts(line[:2], [3, 4], [0.9, 0.95], thick=1) == [None, THICK]


def test_a_stroke_that_is_in_part_no_digit_is_none():
    assert doubts(bars(30, 60, 200), [3, 4, 5], [0.2, 0.9, 0.9], cut_from=[1, 1, 0]) == [
        NOT_LIKE,
        NOT_LIKE,
        None,
    ]


def test_a_letter_far_away_or_small_is_not_in_the_word():
    assert doubts(bars(30, 200), [3, 4], [0.2, 0.9]) == [NOT_LIKE, None]
    small = [*bars(30), (52, 70, 64, 90)]
    assert doubts(small, [3, 4], [0.9, 0.2]) == [None, NOT_LIKE]


@pytest.mark.parametrize(
    ("labels", "apart", "letter"),
    [
        ([1, 1], 80, True),
        ([1, 7, 7], 80, True),  # an m
        ([1, 3], 80, False),
        ([1, 4], 30, True),  # so narrow: an A, an H
        ([4, 2], 80, False),
    ],
)
def test_a_letter_cut_into_strokes_is_no_digits_unless_it_stands_among_them(labels, apart, letter):
    n = len(labels)
    places = bars(*range(30, 30 + apart * n, apart))
    found = doubts(places, labels, [0.99] * n, cut_from=[7] * n)
    assert found == [NOT_LIKE if letter else None] * n
    among = doubts([*places, *bars(330)], [*labels, 5], [0.99] * (n + 1), cut_from=[7] * n + [0])
    assert among == [None] * (n + 1)


def test_strokes_that_were_not_cut_stay_ones():
    assert doubts(bars(30, 60), [1, 1], [0.99, 0.99]) == [None, None]


def one(grey):
    grey[30:90, 100:110] = 40
    return grey


def test_a_stroke_in_a_picture_of_something_else_is_no_digit(rng):
    paper = np.full((120, 200), 210, np.uint8)
    assert read(one(paper.copy())).text == "1"
    cloth = paper + 90 * ndimage.gaussian_filter(rng.normal(size=paper.shape), 2) / 0.14 / 2
    assert not read(one(np.clip(cloth, 0, 255).astype(np.uint8))).digits
    grainy = np.clip(paper + rng.normal(0, 45, paper.shape), 0, 255).astype(np.uint8)
    assert not read(one(grainy)).digits


def test_light_that_changes_and_ruled_lines_are_nothing_else():
    paper = np.full((120, 200), 210.0) * np.linspace(1, 0.5, 200)
    assert read(one(paper.astype(np.uint8))).text == "1"
    ruled = np.full((120, 200), 210, np.uint8)
    ruled[20:110:20] = 150
    assert read(one(ruled)).text == "1"
