"""What each picture of a run shows, in a sentence with its numbers: for those who cannot see it."""

import numpy as np

from glassnet.evaluation import precision_recall_f1
from glassnet.report.view import View

__all__ = [
    "activation_functions", "architecture", "backward_pass", "class_distribution", "class_report", "compare",
    "confusion_matrix", "embedding", "evidence", "first_layer_weights", "forward_pass", "gradient_flow",
    "learning_curves", "mistakes", "prediction", "reliability", "robustness", "samples", "weight_update",
]  # fmt: skip


def percent(share: float) -> str:
    """A share as people write it.

    >>> percent(0.98125), percent(1.0)
    ('98.12 %', '100 %')
    """
    return f"{100 * share:.4g} %"


def learning_curves(view: View) -> str:
    """From where to where the loss went, and the best epoch."""
    history = view.run.history
    assert history is not None  # drawn only with one
    n = len(history)
    text = f"Over {n} epoch{'s' if n > 1 else ''} the training loss went from {history.loss[0]:.3g} to "
    text += f"{history.loss[-1]:.3g}"
    if history.best_epoch is not None:
        best = history.best_epoch - 1
        text += (
            f"; the validation loss was lowest after epoch {best + 1}, {history.validation_loss[best]:.3g}"
        )
        if not np.isnan(history.validation_accuracy[best]):
            text += f", with {percent(history.validation_accuracy[best])} of the validation part right"
    return text + "."


def compare(view: View) -> str:
    """How many runs, and how low the loss of each came."""
    runs = {view.run.folder.path.name: view.run.history, **view.others}
    ends = [f"{name} {history.loss[-1]:.3g}" for name, history in runs.items() if history is not None]
    return f"The curves of {len(runs)} runs together. The training loss ended at: {', '.join(ends)}."


def gradient_flow(view: View) -> str:
    """Where the gradient is longest and shortest at the end."""
    history = view.run.history
    assert history is not None  # drawn only with one
    last = history.records[-1]
    prefix = "gradient_norm/"
    norms = {name.removeprefix(prefix): value for name, value in last.items() if name.startswith(prefix)}
    said = ", ".join(f"{name} {value:.2g}" for name, value in norms.items())
    dead = [value for name, value in last.items() if name.startswith("dead/")]
    text = f"Lengths of the gradients in the last epoch: {said}."
    return text + (f" Units that never answer: at most {percent(max(dead))} of a layer." if dead else "")


def class_distribution(view: View) -> str:
    """The rarest and the commonest class."""
    counts = view.run.parts.train.class_counts
    least, most = int(np.argmin(counts)), int(np.argmax(counts))
    return (
        f"The training part holds {counts[least]:,} samples of “{view.name(least)}”, its rarest class, "
        f"and {counts[most]:,} of “{view.name(most)}”, its commonest."
    )


def samples(view: View) -> str:
    """What is shown."""
    accuracy = view.run.evaluation.accuracy
    answers = "" if accuracy is None else f", with the network’s answers; {percent(accuracy)} are right"
    return f"Samples of the {view.run.judged_on} part, drawn at random{answers}."


def prediction(view: View) -> str:
    """The answer, and how sure it is."""
    A = view.trace.A[0]
    if len(A) == 1:
        return f"The network’s output for sample {view.sample + 1} is {A[0]:.3g}."
    best, second = (int(k) for k in np.argsort(-A)[:2])
    return (
        f"Sample {view.sample + 1} is read as “{view.name(best)}” ({percent(A[best])}); next comes "
        f"“{view.name(second)}” ({percent(A[second])})."
    )


def mistakes(view: View) -> str:
    """How many, and the most confident one."""
    evaluation = view.run.evaluation
    wrong = np.flatnonzero(evaluation.predictions != evaluation.labels)
    if not wrong.size:
        return f"Not one of the {len(evaluation.labels):,} answers is wrong."
    sure = evaluation.probabilities[wrong].max(axis=1)
    worst = wrong[int(np.argmax(sure))]
    return (
        f"{wrong.size:,} of {len(evaluation.labels):,} answers are wrong. The most confident: sample "
        f"{worst + 1}, a “{view.name(int(evaluation.labels[worst]))}” taken for "
        f"“{view.name(int(evaluation.predictions[worst]))}” with {percent(float(sure.max()))}."
    )


def confusion_matrix(view: View) -> str:
    """The most confused pairs."""
    if not view.worst:
        return "No class was ever taken for another one."
    pairs = [f"“{view.name(i)}” for “{view.name(j)}” {n} times" for n, i, j in view.worst[:3]]
    return f"Most often confused: {', '.join(pairs)} (truth first, answer second)."


def class_report(view: View) -> str:
    """The class that is found best, and the one that is found worst."""
    confusion = view.run.evaluation.confusion
    assert confusion is not None  # drawn only with classes
    f1 = precision_recall_f1(confusion)["f1"]
    low, high = view.name(int(f1.argmin())), view.name(int(f1.argmax()))
    return (
        f"Best is “{high}” with F1 {f1.max():.3f}, worst “{low}” with F1 {f1.min():.3f}; "
        f"the mean over all classes is {f1.mean():.3f}."
    )


def reliability(view: View) -> str:
    """How far confidence and accuracy are apart."""
    evaluation = view.run.evaluation
    assert evaluation.calibration is not None  # drawn only with one
    sure = float(evaluation.probabilities.max(axis=1).mean())
    assert evaluation.accuracy is not None
    what = "surer than it should be" if sure > evaluation.accuracy else "less sure than it could be"
    return (
        f"The network is {what}: mean confidence {percent(sure)}, accuracy {percent(evaluation.accuracy)}, "
        f"expected calibration error {percent(evaluation.calibration.error)}."
    )


def robustness(view: View) -> str:
    """What hurts it most."""
    rows = view.robustness.to_dict()["conditions"]
    plain, worst = rows[0], min(rows, key=lambda row: row["accuracy"])
    return (
        f"{percent(plain['accuracy'])} right on the images as they are; what hurts most is "
        f"“{worst['name']}”: {percent(worst['accuracy'])}."
    )


def architecture(view: View) -> str:
    """The sizes of the layers."""
    network = view.run.model.network
    sizes = [layer.X.shape[1] for layer in view.trace.layers] + [network.n_outputs]
    kinds = ", ".join(f"{layer.name} ({layer.activation})" for layer in view.trace.layers)
    return f"{'-'.join(map(str, sizes))}: {network.n_parameters:,} parameters; {kinds}."


def forward_pass(view: View) -> str:
    """Through how many layers, to which answer."""
    active = [
        f"{int(np.sum(layer.A > 0))} of {layer.A.shape[1]} units of {layer.name} give more than 0"
        for layer in view.trace.layers[:-1]
    ]
    return f"{prediction(view)} {'; '.join(active)}{'.' if active else ''}".strip()


def backward_pass(view: View) -> str:
    """How long the derivatives are."""
    norms = [f"{layer.name} {np.linalg.norm(layer.dW):.3g}" for layer in reversed(view.trace.layers)]
    return f"Lengths of dW from the output back to the input: {', '.join(norms)}."


def weight_update(view: View) -> str:
    """What the step did to the loss."""
    trace = view.trace
    return (
        f"One step of gradient descent with α = {trace.learning_rate:g} takes the loss on this example from "
        f"{trace.loss_before:.3g} to {trace.loss_after:.3g}."
    )


def activation_functions(view: View) -> str:
    """What the hidden activations gave."""
    said = [
        f"{layer.name} ({layer.activation}): {percent(float(np.mean(layer.A == 0)))} of all outputs are 0"
        for layer in view.batch.layers[:-1]
    ]
    return f"On {len(view.batch.X):,} samples, {'; '.join(said) or 'there is no hidden layer'}."


def first_layer_weights(view: View) -> str:
    """How large the weights are."""
    W = view.trace.layers[0].W
    return (
        f"{W.shape[1]:,} units with {W.shape[0]:,} weights each, from {W.min():.3g} to {W.max():.3g}; "
        f"half of them are smaller than {np.median(np.abs(W)):.2g} either way."
    )


def evidence(view: View) -> str:
    """How far the sums of both candidates are apart."""
    found = view.evidence
    if len(found.logits) == 1:
        return f"All contributions and the bias add up to the output {found.logits[0]:.4g}."
    best, second = (int(k) for k in found.ranking[:2])
    exactly = "exactly" if found.exact else "about"
    return (
        f"All contributions to “{view.name(best)}” add up {exactly} to its logit {found.logits[best]:.4g}; "
        f"the runner-up “{view.name(second)}” gets {found.logits[second]:.4g}."
    )


def embedding(view: View) -> str:
    """What it is a map of."""
    layer = view.batch.layers[-1]
    return (
        f"{len(layer.X):,} samples, each a point where its {layer.X.shape[1]} last hidden activations put "
        "it; samples of a class lie together as far as two dimensions can show it."
    )
