"""Every picture of a run: when there is one, how it is drawn, and how a learner reads it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glassnet import plots
from glassnet.errors import DataError
from glassnet.maths.names import nearest
from glassnet.report import findings
from glassnet.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["PICTURES", "Picture", "choose"]


@dataclass(frozen=True)
class Picture:
    """One picture of a run.

    Attributes
    ----------
    name : str
        As in :mod:`glassnet.plots`.
    part : str
        Of the report: "learning", "result", "data", "inside" or "example".
    heading : str
    caption : str
        How to read it.
    draw : callable
        From a view to a figure.
    missing : callable
        Why this run has no such picture; "" when it has one.
    needs_data : bool
        Whether samples are shown or measured.
    """

    name: str
    part: str
    heading: str
    caption: str
    draw: Callable[[View], "Figure"]
    missing: Callable[[View], str] = lambda view: ""
    needs_data: bool = True

    def why_not(self, view: View) -> str:
        """Why there is no such picture of a run or a model file; "" when there is one."""
        if self.needs_data and view.run.unknown_data:
            return view.run.unknown_data
        return self.missing(view)

    def finding(self, view: View) -> str:
        """What it shows, in a sentence with its numbers."""
        said: str = getattr(findings, self.name)(view)
        return said


def _history(view: View) -> str:
    if view.run.is_file:
        return "it needs a run folder: a model file does not hold how it learned"
    return "" if view.run.history else "the run folder has no history.csv"


def _flow(view: View) -> str:
    if reason := _history(view):
        return reason
    recorded = view.run.history and any(
        key.startswith("gradient_norm/") for key in view.run.history.records[0]
    )
    return "" if recorded else "the run did not record its gradients"


def _others(view: View) -> str:
    return _history(view) or ("" if view.others else "no other run is given (--compare RUN)")


def _classes(view: View) -> str:
    return "" if view.run.evaluation.confusion is not None else "the network does not tell classes apart"


def _calibration(view: View) -> str:
    return "" if view.run.evaluation.calibration is not None else "its outputs are no probabilities"


def _images(view: View) -> str:
    if view.run.model.image_shape is None:
        return "its input is no image"
    return _classes(view)


def _hidden(view: View) -> str:
    return _classes(view) or ("" if len(view.trace.layers) > 1 else "there is no hidden layer")


def _runs(view: View) -> "Figure":
    assert view.run.history is not None  # see _others
    return plots.compare({view.run.folder.path.name: view.run.history, **view.others})


def _curves(view: View) -> "Figure":
    assert view.run.history is not None  # see _history
    return plots.learning_curves(view.run.history, patience=view.run.recipe.training.patience)


def _flows(view: View) -> "Figure":
    assert view.run.history is not None  # see _flow
    return plots.gradient_flow(view.run.history)


def _parts(view: View) -> "Figure":
    parts = view.run.parts
    named = {"training": parts.train, "validation": parts.validation, "test": parts.test}
    return plots.class_distribution({name: part for name, part in named.items() if part is not None})


def _answers(view: View) -> "Figure":
    return plots.samples(view.run.data, evaluation=None if _classes(view) else view.run.evaluation)


def _one(view: View) -> "Figure":
    label = view.run.data.labels
    assert label is not None  # it was evaluated
    return plots.prediction(view.trace.X[0], view.trace.A[0], label=int(label[view.sample]), **view.words)


PICTURES = (
    Picture(
        "learning_curves",
        "learning",
        "How it learned",
        "The loss should fall and flatten out. Where the validation curve turns up while the training curve "
        "goes on falling, the network has begun to learn its training samples by heart.",
        _curves,
        _history,
        needs_data=False,
    ),
    Picture(
        "gradient_flow",
        "learning",
        "What flowed back",
        "Each layer’s gradient and its steps. Lines far below the others mark layers that hardly learn; "
        "lines that shoot up mark steps that are too long; dead units never answer and never learn again.",
        _flows,
        _flow,
        needs_data=False,
    ),
    Picture(
        "compare",
        "learning",
        "Beside other runs",
        "The same curves of several runs on the same axes: compare where they end, and how soon.",
        _runs,
        _others,
        needs_data=False,
    ),
    Picture(
        "confusion_matrix",
        "result",
        "What it takes for what",
        "A row for each true class, a column for each answer. Right answers stand on the diagonal; all else "
        "is a mistake, and pairs that look alike stand out.",
        lambda view: plots.confusion_matrix(view.run.evaluation),
        _classes,
    ),
    Picture(
        "class_report",
        "result",
        "Class by class",
        "Precision: of all answers with this name, how many are right. Recall: of all samples of this class, "
        "how many were found. F1 is their harmonic mean; support counts the samples.",
        lambda view: plots.class_report(view.run.evaluation),
        _classes,
    ),
    Picture(
        "mistakes",
        "result",
        "The worst mistakes",
        "Wrong answers of which it was surest. Some are hard for people too, and some labels are doubtful.",
        lambda view: plots.mistakes(view.run.data, view.run.evaluation),
        _classes,
    ),
    Picture(
        "reliability",
        "result",
        "Is it as right as it is sure?",
        "Answers are sorted by confidence. On the diagonal a network that is 90 % sure is right in 90 % of "
        "the cases; below it, the network is too sure of itself.",
        lambda view: plots.reliability(view.run.evaluation),
        _calibration,
    ),
    Picture(
        "robustness",
        "result",
        "How robust is it?",
        "The same images once more, moved, turned, thickened, blurred … A network that has only ever seen "
        "centred digits can fail on what looks the same to us.",
        lambda view: plots.robustness(view.robustness),
        _images,
    ),
    Picture(
        "samples",
        "data",
        "Some samples",
        "Drawn at random from those that the network has not learned from, each with its true label.",
        _answers,
    ),
    Picture(
        "class_distribution",
        "data",
        "How many of each",
        "A class with few samples is learned badly, and hardly shows in the accuracy.",
        _parts,
        _classes,
    ),
    Picture(
        "architecture",
        "inside",
        "The network",
        "Each circle is a unit, each line a weight; of large layers only the ends are drawn.",
        lambda view: plots.architecture(
            view.run.model.network, class_names=view.class_names, image_shape=view.run.model.image_shape
        ),
        needs_data=False,
    ),
    Picture(
        "first_layer_weights",
        "inside",
        "What the first layer looks for",
        "A unit answers most to ink where its weights are red, and is silenced by ink where they are blue.",
        lambda view: plots.first_layer_weights(view.run.model.network, **view.words),
        needs_data=False,
    ),
    Picture(
        "activation_functions",
        "inside",
        "Activations",
        "The curve, its slope, and what really came in and went out on a thousand samples. Where the slope "
        "is 0, nothing is learned.",
        lambda view: plots.activation_functions(trace=view.batch),
    ),
    Picture(
        "embedding",
        "inside",
        "How it sees the classes",
        "The last hidden layer gives many numbers for each sample; their two main directions make a map. "
        "Classes that lie apart are easy to tell apart.",
        lambda view: plots.embedding(view.batch.layers[-1].X, view.run.data.take(range(len(view.batch.X)))),
        _hidden,
    ),
    Picture(
        "prediction",
        "example",
        "One example",
        "What the network is given, and the probability that it gives each answer.",
        _one,
        _classes,
    ),
    Picture(
        "forward_pass",
        "example",
        "Its way forward",
        "From top to bottom: each layer multiplies by its weights, adds its biases, and bends the result "
        "with its activation.",
        lambda view: plots.forward_pass(view.trace, **view.words),
    ),
    Picture(
        "evidence",
        "example",
        "Why this answer?",
        "Each number of the input speaks for an answer (red) or against it (blue). Where a network is made "
        "of straight pieces, these contributions add up exactly to what it computes.",
        lambda view: plots.evidence(view.evidence, **view.words),
    ),
    Picture(
        "backward_pass",
        "example",
        "The way back",
        "The error at the output, and what each weight had to do with it: layer by layer, by the chain rule.",
        lambda view: plots.backward_pass(view.trace, class_names=view.class_names),
    ),
    Picture(
        "weight_update",
        "example",
        "The step",
        "Each weight goes a little against its gradient. On this example the loss should fall.",
        lambda view: plots.weight_update(view.trace),
    ),
)


def choose(names: Sequence[str], view: View) -> tuple[list[Picture], dict[str, str]]:
    """The pictures of these names, or all that a run has.

    Parameters
    ----------
    names : sequence of str
        Empty for all.
    view : View

    Returns
    -------
    pictures : list of Picture
    left_out : dict of str to str
        Names of those that this run does not have, and why.

    Raises
    ------
    DataError
        If a name is unknown, or a picture that was asked for by its name cannot be drawn.
    """
    known = {picture.name: picture for picture in PICTURES}
    for name in names:
        if name not in known:
            near = nearest(name, known)
            hint = f' Did you mean "{near}"?' if near else ""
            raise DataError(f'There is no picture "{name}".{hint} There are: {", ".join(known)}.')
        if reason := known[name].why_not(view):
            raise DataError(f"There is no {name} of {view.run.folder.path}: {reason}.")
    if names:
        return [known[name] for name in dict.fromkeys(names)], {}
    left_out = {name: reason for name, picture in known.items() if (reason := picture.why_not(view))}
    return [picture for name, picture in known.items() if name not in left_out], left_out
