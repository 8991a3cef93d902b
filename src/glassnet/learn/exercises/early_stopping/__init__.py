"""Early stopping."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

BEST = "best = the epoch with the lowest loss so far (the first of equal ones)"
STOP = "stop after the first epoch with  epoch − best = patience"


def _curve(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """A loss that falls, waits less than the patience, falls again, rises with a dip, and falls lowest too late."""
    patience = sizes.K
    losses = [1.1 + 0.1 * rng.random(), 0.8 + 0.1 * rng.random()]
    losses += list(0.83 + 0.1 * rng.random(patience - 1))  # a wait that is not long enough
    losses += [0.65 + 0.02 * rng.random(), 0.6 + 0.02 * rng.random()]
    losses += [0.75 + 0.01 * rng.random()]
    losses += list(0.7 - 0.01 * np.arange(patience - 1))  # above the best, each below the one before
    losses += [0.8 + 0.1 * rng.random() for _ in range(sizes.H)]
    losses += [0.3, 0.35]
    return {"losses": np.array(losses).round(3), "patience": patience}


def _special(rng: np.random.Generator) -> list[Case]:
    falling = np.array([0.9, 0.7, 0.6, 0.45, 0.4])
    rising = np.array([0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    equal = np.array([0.9, 0.5, 0.5, 0.5, 0.5, 0.5])
    short = np.array([0.9, 0.5, 0.6, 0.7])
    noisy = (0.5 + 0.2 * rng.random(60)).round(3)
    return [
        Case({"losses": falling, "patience": 2}, about="a loss that always falls"),
        Case({"losses": rising, "patience": 3}, about="a loss that always rises"),
        Case({"losses": equal, "patience": 3}, about="equal losses"),
        Case({"losses": short, "patience": 5}, about="fewer epochs than the patience"),
        Case({"losses": short, "patience": 1}, about="a patience of 1"),
        Case({"losses": noisy, "patience": 8}, about="sixty epochs up and down"),
    ]


SIZES = (Sizes(0, 0, 2, 2), Sizes(0, 0, 3, 3), Sizes(0, 0, 4, 2), Sizes(0, 0, 5, 4), Sizes(0, 0, 3, 1))

EXERCISE = Exercise(
    name="early_stopping",
    title="Early stopping",
    folder=Path(__file__).parent,
    parts=(Part("early_stopping", _curve, ("stop", "best"), sizes=SIZES, special=_special, square=False,
                dims={"K": "the patience"}),),
    twins=(
        Twin(
            "one_too_late", "waited >= patience", "waited > patience",
            title="it waits one epoch too long",
            says="Your training stops one epoch late: patience + 1 epochs pass without a new lowest loss.",
            breaks=STOP,
            asks="With a patience of 1, after how many epochs without a new best should it stop?",
        ),
        Twin(
            "one_too_early", "waited >= patience", "waited >= patience - 1",
            title="it waits one epoch too few",
            says="Your training stops one epoch early: only patience − 1 epochs pass without a new lowest loss.",
            breaks=STOP,
            asks="With a patience of 1, may training stop at an epoch that is the best so far?",
            seen="https://github.com/mlverse/luz/issues/63",
        ),
        Twin(
            "last_as_best", "return stop, best", "return stop, stop",
            title="the last epoch is given as the best",
            says="Your best is the epoch at which training stops; its loss is higher than that of an earlier one.",
            breaks=BEST,
            asks="Which weights are worth keeping: the last ones or those of the lowest loss?",
            seen="https://github.com/keras-team/keras/pull/5556",
        ),
        Twin(
            "never_reset", "        waited = epoch - best", "        waited = sum(losses[e] >= min(losses[:e]) for e in range(1, epoch + 1))",
            title="the waiting is not reset at a new best",
            says="Your patience counts all epochs without a new best, also those before the newest best.",
            breaks=STOP,
            asks="How long has it waited right after a new lowest loss?",
            seen="https://github.com/modelscope/ms-swift/pull/5326",
        ),
        Twin(
            "compared_with_previous", "        if losses[epoch] < losses[best]:", "        if losses[epoch] < losses[max(epoch - 1, 0)]:",
            title="each loss is compared with the one before",
            says="Your best moves whenever a loss is below the one before it, even if an earlier one was lower.",
            breaks=BEST,
            asks="With which loss should a new one be compared?",
        ),
        Twin(
            "highest", "losses[epoch] < losses[best]", "losses[epoch] > losses[best]",
            title="the highest loss is taken as the best",
            says="Your best is the epoch with the highest loss, as if it were an accuracy.",
            breaks=BEST,
            asks="Is a good loss large or small?",
        ),
        Twin(
            "equal_is_better", "losses[epoch] < losses[best]", "losses[epoch] <= losses[best]",
            title="an equal loss counts as a new best",
            says="Your best moves on where a loss equals the lowest one, and the waiting begins anew: on a flat curve it never stops.",
            breaks=BEST,
            asks="Which of several equal epochs is asked for?",
        ),
        Twin(
            "goes_on", "            break\n", "",
            title="it goes on after it has stopped",
            says="Your loop runs to the end of the list: later epochs, which would not be trained any more, still count.",
            breaks=STOP,
            asks="What does training know of an epoch after the stop?",
        ),
        Twin(
            "best_of_all", "return stop, best", "return stop, min(range(len(losses)), key=lambda e: losses[e])",
            title="the best epoch is looked for after the stop, too",
            says="Your best is the lowest of all losses in the list, also of epochs after the stop, which are never trained.",
            breaks=BEST,
            asks="Which losses are there when training stops?",
        ),
        Twin(
            "counted_from_one", "return stop, best", "return stop + 1, best + 1",
            title="epochs are counted from 1",
            says="Your stop and your best are both one too large: the first epoch is 0.",
            breaks="Epochs count from 0.",
            asks="Which number has the first epoch?",
        ),
        Twin(
            "number_of_epochs", "return stop, best", "return stop + 1, best",
            title="stop is how many epochs were trained",
            says="Your stop is one too large: it is the number of epochs, not the last one's index.",
            breaks="Epochs count from 0.",
            asks="If one epoch is trained, which number does it have?",
        ),
        Twin(
            "no_end", "stop = len(losses) - 1", "stop = len(losses)",
            title="without a stop, the end is one epoch too late",
            says="Your stop is E where patience never ends: the last epoch is E − 1.",
            breaks="stop : the last epoch that is trained; E − 1 where patience never ends",
            asks="Which index does the last loss have?",
        ),
        Twin(
            "no_patience", "waited >= patience", "waited >= 1",
            title="it stops at the first rise",
            says="Your training stops at the first epoch that is not the best: the patience has no effect.",
            breaks=STOP,
            asks="For what is patience?",
        ),
        Twin(
            "loss_returned", "return stop, best", "return stop, losses[best]",
            title="the lowest loss is returned instead of its epoch",
            says="Your best is a loss; an epoch's number is asked for.",
            breaks=BEST,
            asks="Is it the loss or the place where it stands?",
        ),
        Twin(
            "order_of_results", "return stop, best", "return best, stop",
            title="the two results come in another order",
            says="You return the best epoch first; stop, best is the order that is asked for.",
            breaks="return stop, best",
            asks="Which one comes first in the docstring?",
        ),
    ),
    hints=(
        "Go through the losses one by one, as training would: at each epoch you know only what has been so far.",
        "Remember the epoch with the lowest loss so far. After each epoch, how far away is it?",
        "for each epoch: if its loss is below that of best, it is the new best; if epoch − best is patience, stop and leave the loop.",
    ),
    why="A network is chosen by pictures that it did not learn from, and the epochs after the best one are the price of being sure.",
)  # fmt: skip
