"""Mini-batches."""

from pathlib import Path
from typing import Any

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin
from glassnet.learn.worker.wire import Rng

ORDER = "order = the numbers 0 to N − 1, shuffled"
BATCH = "batch i = the pictures order[i · B], …, order[i · B + B − 1], with their labels"
LAST = "The last batch is smaller where B does not divide N; it is not left out."


def _pictures(rng: np.random.Generator, N: int, B: int) -> Inputs:
    """Each picture has its number in its first pixel, and a label that it can be told by."""
    number = np.arange(N)
    X = np.column_stack([number, number + 0.5, rng.uniform(0, 1, N).round(2)])
    return {"X": X, "y": number + 100, "B": B, "rng": Rng(int(rng.integers(2**32)))}


def _ordinary(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    return _pictures(rng, sizes.N, sizes.K)


def _special(rng: np.random.Generator) -> list[Case]:
    return [
        Case(_pictures(rng, 40, 8), about="a batch size that divides the number of pictures"),
        Case(_pictures(rng, 12, 50), about="a batch larger than all pictures"),
        Case(_pictures(rng, 15, 1), about="a batch size of 1"),
    ]


def _two_epochs(learner: "Any", inputs: "dict[str, Any]") -> "Any":
    """What comes out, told by the numbers in the pictures: nothing that hangs on the order drawn."""
    X, y, B, rng = (inputs[name] for name in ("X", "y", "B", "rng"))
    N = len(X)
    orders = []
    for _ in range(2):
        made = learner.mini_batches(X.copy(), y.copy(), B, rng)
        if made is None:
            return None
        made = list(made)
        sizes = [len(labels) for _, labels in made]
        whole = [np.asarray(batch, dtype=float).reshape(-1, X.shape[1])[:, 0] for batch, _ in made]
        pictures = np.concatenate([[], *whole])
        labels = np.concatenate([[], *(np.asarray(labels, dtype=float).reshape(-1) for _, labels in made)])
        orders.append(pictures)
    same = len(orders[0]) == len(orders[1]) and np.all(orders[0] == orders[1])
    alike = len(whole) > 1 and all(np.array_equal(np.sort(batch), np.sort(whole[0])) for batch in whole)
    stays = np.mean(pictures[: len(labels)] == np.arange(N)[: len(pictures)]) if len(pictures) <= N else 0
    labels_stay = np.mean(labels == 100 + np.arange(N)[: len(labels)]) if len(labels) <= N else 0
    return (
        np.array(sizes),
        float(len(pictures) == N and len(set(pictures.tolist())) == N),
        float(len(pictures) == len(labels) and np.all(labels - 100 == pictures)),
        float(stays < 0.8),
        float(labels_stay < 0.8),
        float(len(pictures) > 1 and np.mean(np.diff(pictures) == 1) < 0.65),
        float(not same),
        float(not alike),
    )


EXERCISE = Exercise(
    name="mini_batches",
    title="Mini-batches",
    folder=Path(__file__).parent,
    parts=(
        Part(
            "mini_batches",
            _ordinary,
            (
                "batch sizes",
                "answer to: does each picture come once?",
                "answer to: has each picture its own label?",
                "answer to: are the pictures shuffled?",
                "answer to: are the labels shuffled?",
                "answer to: are neighbours separated?",
                "answer to: has the next epoch another order?",
                "answer to: do the batches differ?",
            ),
            sizes=(Sizes(14, 0, 4, 0), Sizes(23, 0, 5, 0), Sizes(31, 0, 7, 0), Sizes(50, 0, 16, 0)),
            special=_special,
            square=False,
            drive=_two_epochs,
            dims={"N": "the number of pictures", "K": "the batch's size"},
        ),
    ),
    twins=(
        Twin(
            "last_left_out", "range(0, N, B)", "range(0, N - B + 1, B)",
            title="the last, smaller batch is left out",
            says="Your batches all have B pictures; the pictures that are left over do not come.",
            breaks=LAST,
            asks="With 14 pictures and B = 4, how many pictures come?",
            seen="https://github.com/keras-team/keras/pull/8310",
        ),
        Twin(
            "separately", "y[chosen]", "y[rng.permutation(N)[start : start + B]]",
            title="pictures and labels are shuffled separately",
            says="Your pictures come with other pictures' labels.",
            breaks=BATCH,
            asks="Which order do the labels have to be in?",
        ),
        Twin(
            "labels_not_shuffled", "y[chosen]", "y[start : start + B]",
            title="the labels are not shuffled",
            says="Your pictures are shuffled and your labels stay in their order: hardly any picture has its own label.",
            breaks=BATCH,
            asks="What has to happen to y when X is shuffled?",
            seen="https://github.com/DrexelChatbotGroup/DrexelChatbot/issues/15",
        ),
        Twin(
            "pictures_not_shuffled", "X[chosen]", "X[start : start + B]",
            title="the pictures are not shuffled, the labels are",
            says="Your labels are shuffled and your pictures stay in their order.",
            breaks=BATCH,
            asks="What has to happen to X when y is shuffled?",
        ),
        Twin(
            "not_shuffled", "order = rng.permutation(N)", "order = np.arange(N)",
            title="nothing is shuffled",
            says="Your batches hold the pictures in the order in which they came.",
            breaks=ORDER,
            asks="What would a network learn whose pictures come sorted by digit?",
            seen="https://github.com/VecherVhatuX/learning_data_science_in_prison/issues/2474",
        ),
        Twin(
            "with_repetition", "rng.permutation(N)", "rng.integers(0, N, N)",
            title="pictures are drawn with repetition",
            says="Your pictures are drawn at random each time: some come several times, others not at all.",
            breaks="every picture comes once",
            asks="How often does each number occur in a shuffled list?",
        ),
        Twin(
            "same_order", "rng.permutation(N)", "np.random.default_rng(0).permutation(N)",
            title="every epoch has the same order",
            says="Your order does not come from rng: it is the same each time.",
            breaks=ORDER,
            asks="Which generator draws the order?",
        ),
        Twin(
            "batches_shuffled", "        chosen = order[start : start + B]\n", "        first = B * (order[order % B == 0] // B)[start // B]\n"
            "        chosen = np.arange(first, min(first + B, N))\n",
            title="batches are shuffled, pictures within them are not",
            says="Your batches come in a random order, and each holds pictures that stood side by side.",
            breaks=ORDER,
            asks="If the pictures came sorted, which digits would be in one batch?",
        ),
        Twin(
            "drawn_each_time", "order[start : start + B]", "rng.integers(0, N, B)",
            title="each batch is drawn anew",
            says="Your batches are drawn independently of one another: some pictures come several times, others not at all, and the "
            "last batch is as large as the others.",
            breaks="every picture comes once",
            asks="How does a batch know what has come already?",
        ),
        Twin(
            "empty_batch", "range(0, N, B)", "range(0, N // B * B + 1, B)",
            title="an empty batch comes at the end",
            says="Your last batch has no picture where B divides the number of pictures.",
            breaks=LAST,
            asks="How many batches do 40 pictures make if B = 8?",
        ),
        Twin(
            "one_batch", "    return batches", "    return batches[:1]",
            title="only the first batch comes",
            says="Your epoch has one batch; the other pictures do not come.",
            breaks="every picture comes once",
            asks="Does your function return before its loop has come to an end?",
        ),
        Twin(
            "first_batch_again", "order[start : start + B]", "order[:B]",
            title="every batch is the first one",
            says="Your batches all hold the same pictures.",
            breaks=BATCH,
            asks="Where does the second batch begin?",
        ),
        Twin(
            "overlap", "range(0, N, B)", "range(0, N)",
            title="batches begin at every picture",
            says="Your batches overlap: each begins one picture after the one before.",
            breaks=BATCH,
            asks="How far is it from the beginning of a batch to the beginning of the next?",
        ),
        Twin(
            "one_missing", "order[start : start + B]", "order[start : start + B - 1]",
            title="one picture of each batch is missing",
            says="Your batches have B − 1 pictures; a slice ends before its second number.",
            breaks=BATCH,
            asks="How many numbers does order[0:4] have?",
        ),
        Twin(
            "one_too_many", "order[start : start + B]", "order[start : start + B + 1]",
            title="batches share a picture with the next",
            says="Your batches have B + 1 pictures: the first of each is the last of the one before.",
            breaks=BATCH,
            asks="How many numbers does order[0:5] have?",
        ),
        Twin(
            "number_of_batches", "range(0, N, B)", "range(0, N, max(1, -(-N // B)))",
            title="B is taken as the number of batches",
            says="Your batches begin N / B pictures apart, as if there were to be B of them.",
            breaks=BATCH,
            asks="Is B the size of a batch, or how many there are?",
            also=(("order[start : start + B]", "order[start : start + max(1, -(-N // B))]"),),
        ),
    ),
    hints=(
        "Shuffle numbers, not pictures: then X and y can be taken in the same order.",
        "order = rng.permutation(N). Go through it in steps of B; a slice that reaches beyond the end is simply shorter.",
        "for start in range(0, N, B): chosen = order[start:start + B], and append (X[chosen], y[chosen]).",
    ),
    why="A slice beyond the end of an array is no error but shorter, so that the last batch needs no line of its own.",
)  # fmt: skip
