"""A dense layer, backward."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Exercise, Inputs, Part, Sizes, Twin

WEIGHTS = "dW = Xᵀ dZ        X (N, D)   dZ (N, K)   ->   dW (D, K)"
BIASES = "db = sum over n of dZ[n]        dZ (N, K)   ->   db (K,)"
INPUTS = "dX = dZ Wᵀ        dZ (N, K)   W (D, K)   ->   dX (N, D)"
ONCE = "The loss's 1/N is in dZ already."


def _layer(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    """A hidden layer of tanh, and what the output layer sends back to it."""
    N, D, K, H = sizes
    X = np.tanh(rng.normal(size=(N, D)))
    W = rng.normal(0, np.sqrt(1 / D), (D, K))
    A = np.tanh(X @ W + rng.normal(0, 0.2, K))
    next_W = rng.normal(0, np.sqrt(1 / K), (K, H))
    scores = np.exp(A @ next_W)
    next_dZ = (scores / scores.sum(axis=1, keepdims=True) - np.eye(H)[rng.integers(0, H, N)]) / N
    dZ = (next_dZ @ next_W.T) * (1 - A**2)
    return {"dZ": dZ.round(3) + 0.0005, "X": X.round(2) + 0.001, "W": W.round(2) + 0.001}


EXERCISE = Exercise(
    name="dense_backward",
    title="A layer, backward",
    folder=Path(__file__).parent,
    station="dW",
    parts=(Part("dense_backward", _layer, ("dW", "db", "dX"), columns=("dZ", "X", "W", "dW", "db", "dX")),),
    twins=(
        Twin(
            "dW_averaged", "X.T @ dZ", "X.T @ dZ / len(X)",
            title="dW is divided by N a second time",
            says="Your dW is the right one divided by the number of samples.",
            breaks=f"{WEIGHTS}\n  {ONCE}",
            asks="The loss is a mean over the batch: in which derivative has its 1/N been taken care of?",
        ),
        Twin(
            "db_averaged", "np.sum(dZ, axis=0)", "np.mean(dZ, axis=0)",
            title="db is a mean instead of a sum",
            says="Your db is the right one divided by the number of samples: a mean over them, not their sum.",
            breaks=f"{BIASES}\n  {ONCE}",
            asks="The loss is a mean over the batch: in which derivative has its 1/N been taken care of?",
            seen="https://github.com/kvfrans/notes/issues/5",
        ),
        Twin(
            "both_averaged", "X.T @ dZ", "X.T @ dZ / len(X)",
            title="dW and db are divided by N a second time",
            says="Your dW and db are the right ones divided by the number of samples.",
            breaks=f"{WEIGHTS}\n  {BIASES}\n  {ONCE}",
            asks="The loss is a mean over the batch: in which derivative has its 1/N been taken care of?",
            also=(("np.sum(dZ, axis=0)", "np.mean(dZ, axis=0)"),),
        ),
        Twin(
            "all_averaged", "X.T @ dZ", "X.T @ dZ / len(X)",
            title="all three are divided by N a second time",
            says="Your dW, db and dX are the right ones divided by the number of samples.",
            breaks=ONCE,
            asks="The loss is a mean over the batch: in which derivative has its 1/N been taken care of?",
            also=(("np.sum(dZ, axis=0)", "np.mean(dZ, axis=0)"), ("dZ @ W.T", "dZ @ W.T / len(X)")),
        ),
        Twin(
            "db_over_outputs", "np.sum(dZ, axis=0)", "np.sum(dZ, axis=1)",
            title="db is summed over the outputs instead of the samples",
            says="Your db has a number for each sample: the sum runs over the outputs.",
            breaks=BIASES,
            asks="How many numbers does b have, and how many has your db?",
            seen="https://community.deeplearning.ai/t/exercise-7-linear-backward/241052",
        ),
        Twin(
            "db_over_everything", "np.sum(dZ, axis=0)", "np.sum(dZ)",
            title="db is one number, the sum of everything",
            says="Your db is a single number: the sum over all samples and all outputs.",
            breaks=BIASES,
            asks="How many numbers does b have, and over which axis does nothing have to be summed?",
        ),
        Twin(
            "db_not_summed", "np.sum(dZ, axis=0)", "dZ * 1.0",
            title="db is not summed over the samples",
            says="Your db is dZ itself, a row for each sample.",
            breaks=BIASES,
            asks="Every sample uses the same b: what happens to the samples' shares?",
            seen="https://datascience.stackexchange.com/questions/20139/gradients-for-bias-terms-in-backpropagation",
        ),
        Twin(
            "db_through_inputs", "np.sum(dZ, axis=0)", "np.sum(X.T @ dZ, axis=0)",
            title="db is computed with X",
            says="Your db is dW summed over the inputs: X takes part in it.",
            breaks=BIASES,
            asks="By what is a bias multiplied on the way to Z?",
            seen="https://github.com/rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization/issues/62",
        ),
        Twin(
            "dW_number_by_number", "X.T @ dZ", "X.T * dZ",
            title="in dW numbers are multiplied one by one",
            says="Your code multiplies Xᵀ and dZ number by number; the sum over the samples is missing.",
            breaks=WEIGHTS,
            asks="Which operator of NumPy multiplies matrices, and over which letter does it sum here?",
            seen="https://community.deeplearning.ai/t/exercise-7-linear-backward/241052",
        ),
        Twin(
            "dX_number_by_number", "dZ @ W.T", "dZ * W.T",
            title="in dX numbers are multiplied one by one",
            says="Your code multiplies dZ and Wᵀ number by number; the sum over the outputs is missing.",
            breaks=INPUTS,
            asks="Which operator of NumPy multiplies matrices, and over which letter does it sum here?",
            seen="https://community.deeplearning.ai/t/exercise-7-linear-backward/241052",
        ),
        Twin(
            "db_first_sample", "np.sum(dZ, axis=0)", "dZ[0]",
            title="db is that of the first sample alone",
            says="Your db is the first row of dZ; the other samples do not take part.",
            breaks=BIASES,
            asks="Which samples use the bias?",
        ),
        Twin(
            "dW_transposed", "X.T @ dZ", "dZ.T @ X",
            title="dW is transposed",
            says="Your dW holds the right numbers, with rows and columns interchanged: it is dZᵀ X.",
            breaks=WEIGHTS,
            asks="Which shape does W have, and which one has your dW?",
        ),
        Twin(
            "dX_transposed", "dZ @ W.T", "W @ dZ.T",
            title="dX is transposed",
            says="Your dX holds the right numbers, with rows and columns interchanged.",
            breaks=INPUTS,
            asks="Which shape does X have, and which one has your dX?",
        ),
        Twin(
            "dW_without_transpose", "X.T @ dZ", "X @ dZ",
            title="in dW the transpose of X is missing",
            says="Your dW is X times dZ, which fits only where all sizes are equal.",
            breaks=WEIGHTS,
            asks="Write the shape beneath each factor: which two numbers have to be equal?",
        ),
        Twin(
            "dW_swapped", "X.T @ dZ", "dZ @ X.T",
            title="in dW the factors are interchanged",
            says="Your dW is dZ times Xᵀ, which fits only where all sizes are equal (or where samples stand in columns).",
            breaks=WEIGHTS,
            asks="Write the shape beneath each factor: over which letter is summed?",
        ),
        Twin(
            "dX_without_transpose", "dZ @ W.T", "dZ @ W",
            title="in dX the transpose of W is missing",
            says="Your dX is dZ times W, which fits only where W is square.",
            breaks=INPUTS,
            asks="Write the shape beneath each factor: which two numbers have to be equal?",
        ),
        Twin(
            "dX_swapped", "dZ @ W.T", "W.T @ dZ",
            title="in dX the factors are interchanged",
            says="Your dX is Wᵀ times dZ, which fits only where all sizes are equal (or where samples stand in columns).",
            breaks=INPUTS,
            asks="Write the shape beneath each factor: over which letter is summed?",
        ),
        Twin(
            "dX_of_inputs", "dZ @ W.T", "dZ @ dZ.T @ X",
            title="the weights do not take part in dX",
            says="Your dX is dZ dZᵀ X, which is dZ dWᵀ as well: W has no effect on it.",
            breaks=INPUTS,
            asks="Through which numbers did X reach Z?",
        ),
        Twin(
            "dW_of_means", "X.T @ dZ", "np.outer(np.mean(X, axis=0), np.sum(dZ, axis=0))",
            title="dW is made of averages over the samples",
            says="Your dW is the mean of X times the sum of dZ: samples are added up before they meet, not after.",
            breaks=WEIGHTS,
            asks="Which comes first: the product of each sample's two rows, or the sum over the samples?",
        ),
        Twin(
            "dW_first_sample", "X.T @ dZ", "np.outer(X[0], dZ[0])",
            title="dW is that of the first sample alone",
            says="Your dW is made of the first sample; the others do not take part.",
            breaks=WEIGHTS,
            asks="Does your function return before its loop has come to an end?",
        ),
        Twin(
            "dW_last_sample", "X.T @ dZ", "np.outer(X[-1], dZ[-1])",
            title="dW is that of the last sample alone",
            says="Your dW is made of the last sample: the shares of the others are overwritten, not added up.",
            breaks=WEIGHTS,
            asks="What happens to dW each time round the loop over the samples?",
        ),
        Twin(
            "dW_negative", "X.T @ dZ", "-X.T @ dZ",
            title="dW has the wrong sign",
            says="Every number of your dW has the opposite sign.",
            breaks=WEIGHTS,
            asks="Is this the derivative, or already the step against it?",
        ),
        Twin(
            "all_negative", "X.T @ dZ", "-X.T @ dZ",
            title="all three have the wrong sign",
            says="Every number of your dW, db and dX has the opposite sign.",
            breaks=f"{WEIGHTS}\n  {BIASES}\n  {INPUTS}",
            asks="Is this the derivative, or already the step against it?",
            also=(("np.sum(dZ, axis=0)", "-np.sum(dZ, axis=0)"), ("dZ @ W.T", "-dZ @ W.T")),
        ),
        Twin(
            "order_of_results", "return dW, db, dX", "return dX, dW, db",
            title="the three results come in another order",
            says="You return dX, dW, db; dW, db, dX is the order that is asked for.",
            breaks="return dW, db, dX",
            asks="Which one comes first in the docstring?",
        ),
    ),
    hints=(
        "Each derivative has the shape of what it is the derivative by: dW that of W, db that of b, dX that of X.",
        "dZ is (N, K), X is (N, D), W is (D, K). Which product of two of them, with a transpose, has the shape (D, K), and "
        "which one (N, D)? For db, every sample's share is added up.",
        "dW is Xᵀ times dZ, db the sum of dZ along its first axis, dX is dZ times Wᵀ.",
    ),
    why="Every weight W[d, k] meets each sample once, through X[n, d], so its derivative is the sum over n of X[n, d] · dZ[n, k].",
)  # fmt: skip
