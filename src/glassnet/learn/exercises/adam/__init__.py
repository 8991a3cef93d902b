"""Adam."""

from pathlib import Path

import numpy as np

from glassnet.learn.exercise import Case, Exercise, Inputs, Part, Sizes, Twin

FIRST = "m' = β₁ m + (1 − β₁) dW"
SECOND = "v' = β₂ v + (1 − β₂) dW²"
HATS = "m̂ = m' / (1 − β₁ᵗ)        v̂ = v' / (1 − β₂ᵗ)"
STEP = "W' = W − α m̂ / (√v̂ + ε)"
BETAS = {"beta1": 0.8, "beta2": 0.95}


def _state(rng: np.random.Generator, D: int, K: int, t: int) -> Inputs:
    """What is there before step ``t``, after ``t - 1`` gradients."""
    m, v = np.zeros((D, K)), np.zeros((D, K))
    usual = (rng.uniform(0.4, 1.1, (D, K)) * rng.choice([-1.0, 1.0], (D, K))).round(2)
    usual[0, 0], usual[-1, -1] = -0.72, 0.56
    for _ in range(t):
        dW = (usual * rng.uniform(0.5, 1.4, (D, K))).round(2) + 0.003
        before = m, v
        m = BETAS["beta1"] * m + (1 - BETAS["beta1"]) * dW
        v = BETAS["beta2"] * v + (1 - BETAS["beta2"]) * dW**2
    m, v = before
    W = rng.normal(0, np.sqrt(1 / D), (D, K)).round(2) + 0.001
    return {"W": W, "dW": dW, "m": m, "v": v, "t": t, "learning_rate": 0.05, **BETAS, "epsilon": 1e-8}


def _step(rng: np.random.Generator, sizes: Sizes) -> Inputs:
    return _state(rng, sizes.D, sizes.K, int(rng.integers(2, 6)))


def _special(rng: np.random.Generator) -> list[Case]:
    still = _state(rng, 4, 5, 3)
    for name in ("dW", "m", "v"):
        still[name][1, 1:3] = 0.0
    return [
        Case(_state(rng, 4, 3, 1), about="the first step, t = 1"),
        Case(_state(rng, 4, 3, 50), about="the step t = 50"),
        Case(still, about="a weight whose gradient was always 0"),
    ]


EXERCISE = Exercise(
    name="adam",
    title="Adam",
    folder=Path(__file__).parent,
    parts=(
        Part("adam", _step, ("new_W", "new_m", "new_v"), special=_special, square=False,
             in_place={"new_W": "W", "new_m": "m", "new_v": "v"}),
    ),
    twins=(
        Twin(
            "uncorrected", "new_m / (1 - beta1**t)", "new_m",
            title="neither average is corrected",
            says="Your step uses m' and v' as they are: m̂ and v̂ are missing, so the first steps have the wrong length.",
            breaks=HATS,
            asks="How large is m' after the first step, compared with the gradient?",
            seen="https://github.com/keras-team/keras/pull/10129",
            also=(("new_v / (1 - beta2**t)", "new_v"),),
        ),
        Twin(
            "m_uncorrected", "new_m / (1 - beta1**t)", "new_m",
            title="m is not corrected",
            says="Your step uses m' in m̂'s place: the first steps are too short.",
            breaks=HATS,
            asks="Which of the two averages starts too small?",
        ),
        Twin(
            "v_uncorrected", "new_v / (1 - beta2**t)", "new_v",
            title="v is not corrected",
            says="Your step uses v' in v̂'s place: the first steps are too long.",
            breaks=HATS,
            asks="Which of the two averages starts too small?",
        ),
        Twin(
            "without_t", "(1 - beta1**t)", "(1 - beta1)",
            title="the corrections do not depend on t",
            says="Your m̂ and v̂ are divided by 1 − β, without the power t: right at the first step and too large afterwards.",
            breaks=HATS,
            asks="What should the correction become after a hundred steps?",
            seen="https://github.com/eriklindernoren/ML-From-Scratch/issues/35",
            also=(("(1 - beta2**t)", "(1 - beta2)"),),
        ),
        Twin(
            "t_from_zero", "beta1**t", "beta1**(t - 1)",
            title="t counts from 0",
            says="Your corrections use t − 1: the first step divides by 0.",
            breaks=HATS,
            asks="What is 1 − β to the power 0?",
            seen="https://github.com/deeplearning4j/nd4j/pull/1227",
            also=(("beta2**t", "beta2**(t - 1)"),),
        ),
        Twin(
            "t_ahead", "beta1**t", "beta1**(t + 1)",
            title="t is one step ahead",
            says="Your corrections use t + 1: the first step is corrected as if it were the second.",
            breaks=HATS,
            asks="Which number does the first step have?",
            seen="https://github.com/cs231n/cs231n.github.io/issues/179",
            also=(("beta2**t", "beta2**(t + 1)"),),
        ),
        Twin(
            "times_t", "beta1**t", "beta1 * t",
            title="β is multiplied by t, not raised to it",
            says="Your corrections use β · t; the formula has β to the power t.",
            breaks=HATS,
            asks="What does the small raised t mean?",
            also=(("beta2**t", "beta2 * t"),),
        ),
        Twin(
            "multiplied", "new_m / (1 - beta1**t)", "new_m * (1 - beta1**t)",
            title="the corrections multiply instead of dividing",
            says="Your m̂ and v̂ are multiplied by 1 − βᵗ: what is too small becomes smaller still.",
            breaks=HATS,
            asks="Should the correction make the averages larger or smaller?",
            also=(("new_v / (1 - beta2**t)", "new_v * (1 - beta2**t)"),),
        ),
        Twin(
            "v_no_square", "square = dW**2", "square = dW",
            title="the gradient is not squared in v",
            says="Your v averages dW itself: it can become negative, and its root is nan.",
            breaks=SECOND,
            asks="What does v average: the gradient or its square?",
        ),
        Twin(
            "no_root", "np.sqrt(v_hat) + epsilon", "v_hat + epsilon",
            title="the root of v̂ is missing",
            says="Your step is divided by v̂, not by its root.",
            breaks=STEP,
            asks="In which units is v̂, and in which is m̂?",
        ),
        Twin(
            "no_epsilon", "np.sqrt(v_hat) + epsilon", "np.sqrt(v_hat)",
            title="nothing guards against division by 0",
            says="Your W becomes nan where a weight's gradients were all 0; elsewhere it is right.",
            breaks=STEP,
            asks="What are the two sides of the fraction where dW has always been 0?",
        ),
        Twin(
            "same_beta", "beta2 * v + (1 - beta2) * square", "beta1 * v + (1 - beta1) * square",
            title="β₁ is used for v",
            says="Your v' is averaged with β₁ in β₂'s place.",
            breaks=SECOND,
            asks="Which of the two averages has the longer memory?",
        ),
        Twin(
            "betas_swapped", "beta1 * m + (1 - beta1) * dW", "beta2 * m + (1 - beta2) * dW",
            title="β₁ and β₂ are interchanged in the averages",
            says="Your m is averaged with β₂ and your v with β₁.",
            breaks=f"{FIRST}        {SECOND}",
            asks="Which β belongs to m?",
            also=(("beta2 * v + (1 - beta2) * square", "beta1 * v + (1 - beta1) * square"),),
        ),
        Twin(
            "shares_swapped", "beta1 * m + (1 - beta1) * dW", "(1 - beta1) * m + beta1 * dW",
            title="in m, β₁ and 1 − β₁ are interchanged",
            says="Your m' keeps 1 − β₁ of the old average and takes β₁ of the gradient.",
            breaks=FIRST,
            asks="With β₁ = 0.9, is the memory long or short?",
        ),
        Twin(
            "m_whole_gradient", "(1 - beta1) * dW", "dW",
            title="the gradient is added whole to m",
            says="Your m' adds the whole dW instead of 1 − β₁ of it: it is no average and becomes too large.",
            breaks=FIRST,
            asks="What do the two factors of an average add up to?",
        ),
        Twin(
            "gradient_in_step", "learning_rate * m_hat / length", "learning_rate * dW / length",
            title="the step uses the gradient instead of its average",
            says="Your step is made of dW, not of m̂: m has no effect on W.",
            breaks=STEP,
            asks="What stands above the line of the fraction?",
        ),
        Twin(
            "hats_returned", "return new_W, new_m, new_v", "return new_W, m_hat, v_hat",
            title="the corrected averages are returned",
            says="You return m̂ and v̂ in the place of m' and v': at the next step they would be corrected a second time.",
            breaks=f"{FIRST}        {SECOND}",
            asks="Which averages does the next step have to go on with?",
        ),
        Twin(
            "uphill", "W - step", "W + step",
            title="W moves uphill",
            says="Your step is added: the loss grows.",
            breaks=STEP,
            asks="Into which direction does a gradient point: up or down?",
        ),
    ),
    hints=(
        "Two averages, two corrections, one step: five lines. Everything goes number by number.",
        "m' and v' are averages of dW and of dW². Divide them by 1 − β₁ᵗ and 1 − β₂ᵗ for the step, but return them undivided.",
        "m_hat = new_m / (1 − beta1**t) and v_hat = new_v / (1 − beta2**t); W loses learning_rate * m_hat / (np.sqrt(v_hat) + "
        "epsilon).",
    ),
    why="After t equal gradients g, m' is (1 − β₁ᵗ) g: dividing by 1 − β₁ᵗ gives g back, from the first step on.",
)  # fmt: skip
