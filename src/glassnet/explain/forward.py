"""The way forward: input, each layer, the answer, the loss."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from glassnet.explain.blocks import blocks
from glassnet.explain.formulas import formula, is_idle, layer_of, letters, own_letter
from glassnet.explain.steps import Names, Step, Table, chosen, number, shape
from glassnet.maths.types import Array
from glassnet.model import Task, task_for
from glassnet.nn import LOSSES, LayerTrace, Softmax, StepTrace, Trace

__all__ = ["answer", "forward_steps", "loss_terms", "said_target"]


def forward_steps(trace: Trace, sample: int, names: Names) -> Iterator[Step]:
    """The input, every layer object, the loss."""
    yield _input(trace, sample, names)
    for layer in trace.layers:
        for step, (taken, given) in zip(layer.steps, letters(layer.steps), strict=True):
            if step.kind == "Dense":
                yield _weighted_sums(layer, sample, names if layer is trace.layers[0] else None)
            else:
                yield _next(layer, step, taken, given, sample, names if layer.name == "output" else None)
    yield _loss(trace, sample, names)


def _input(trace: Trace, sample: int, names: Names) -> Step:
    x = trace.X[sample]
    off = int(np.sum(x == 0))
    least, greatest = number(float(x.min())), number(float(x.max()))
    text = [f"{len(x):,} numbers from {least} to {greatest}; {off:,} of them are 0."]
    target = said_target(trace, sample, names)
    if len(trace.X) > 1:
        text.append(f"It is sample {sample} of a batch of {len(trace.X)}; all are computed at once.")
    return Step(
        "forward",
        f"The input{f': {target}' if target else ''}",
        "X",
        shape("X", trace.X),
        tuple(text),
        picture=blocks(x, names),
        arrays=(("X", trace.X),),
    )


def _weighted_sums(layer: LayerTrace, sample: int, names: Names | None) -> Step:
    x, Z, W, b = layer.X[sample], layer.Z[sample], layer.W, layer.b
    products = x @ W
    units, rest = chosen(Z)
    unit = int(np.argmax(np.abs(Z)))
    terms = x * W[:, unit]
    largest = [int(i) for i in np.argsort(-np.abs(terms), kind="stable")[:3]]
    text = [
        f"The strongest unit, {unit}, written out: Z[{unit}] = Σ X[i] W[i, {unit}] + b[{unit}] "
        f"= {number(float(products[unit]))} + {number(float(b[unit]))} = {number(float(Z[unit]))}",
        f"The {len(largest)} largest of its {len(x):,} terms:",
    ]
    for i in largest:
        where = f"  ({names.input(i)})" if names else ""
        text.append(
            f"  X[{i}] W[{i}, {unit}] = {number(float(x[i]))} × {number(float(W[i, unit]))} "
            f"= {number(float(terms[i]))}{where}"
        )
    rows = tuple((f"{j}", float(products[j]), float(b[j]), float(Z[j])) for j in units)
    return Step(
        "forward",
        f"{layer.name}: weighted sums",
        f"Z = {formula(layer_of(layer.steps[0]), 'X')}",
        f"{shape('X', layer.X)}  {shape('W', W)}  {shape('b', b)}  →  {shape('Z', layer.Z)}",
        tuple(text),
        Table(("unit", "X W", "b", "Z"), rows, rest),
        arrays=(("X", layer.X), ("W", W), ("b", b), ("Z", layer.Z)),
    )


def _next(
    layer: LayerTrace, step: StepTrace, taken: str, given: str, sample: int, names: Names | None
) -> Step:
    came, gave = step.input[sample], step.output[sample]
    shapes = f"{shape(taken, step.input)}  →  {shape(given, step.output)}"
    part = layer_of(step)
    right = f"{given} = {formula(part, taken)}"
    title = f"{layer.name}: {step.description}"
    arrays = ((taken, step.input), (given, step.output))
    if is_idle(step):
        note = f"{step.kind} is at work in training only. Here nothing happens: {given} = {taken}."
        return Step("forward", title, f"{given} = {taken}", shapes, (note,), arrays=arrays)
    if isinstance(part, Softmax):
        return replace(_softmax(title, right, shapes, came, gave, names), arrays=arrays)
    units, rest = chosen(gave)
    own = {own_letter(name): value for name, value in step.parameters.items() if value.shape == gave.shape}
    columns: dict[str, Array] = {taken: came, **own, given: gave}
    text = [part.note] if part.note else []
    if part.silences:
        silent = int(np.sum(gave == 0))
        text.append(f"{len(gave) - silent:,} of {len(gave):,} units are active, {silent:,} are silent.")
    rows: list[tuple[str | float, ...]] = [
        (_unit(j, len(gave), names), *(float(column[j]) for column in columns.values())) for j in units
    ]
    return Step(
        "forward",
        title,
        right,
        shapes,
        tuple(text),
        Table(("unit", *columns), tuple(rows), rest),
        arrays=arrays,
    )


def _unit(j: int, K: int, names: Names | None) -> str:
    return names.row(j, K) if names else str(j)


def _softmax(title: str, right: str, shapes: str, Z: Array, A: Array, names: Names | None) -> Step:
    powers = np.exp(Z - Z.max())
    units, rest = chosen(A, "classes" if names else "units")
    best = int(np.argmax(A))
    return Step(
        "forward",
        title,
        right,
        shapes,
        (
            f"The greatest Z, {number(float(Z.max()))}, is taken off first, so that no power overflows.",
            f"Σ e^(Z − max) = {number(float(powers.sum()))}, so A[{_unit(best, len(A), names)}] = "
            f"{number(float(powers[best]))} / {number(float(powers.sum()))} = {number(float(A[best]))}",
        ),
        Table(
            ("class" if names else "unit", "Z", "e^(Z − max)", "A"),
            tuple((_unit(k, len(A), names), float(Z[k]), float(powers[k]), float(A[k])) for k in units),
            rest,
        ),
    )


# --- the loss ------------------------------------------------------------------------------------------


def loss_terms(trace: Trace, sample: int) -> Array:
    """What each output adds to one sample's loss, (K,), from Z where the trace's own loss came from it."""
    loss, last, row = LOSSES[trace.loss_name], trace.steps[-1], slice(sample, sample + 1)
    if last.d_output is None and loss.logit_terms is not None:
        terms = loss.logit_terms(last.input[row], trace.Y[row])
    else:
        terms = loss.terms(trace.A[row], trace.Y[row])
    one: Array = terms[0]
    return one


def _loss(trace: Trace, sample: int, names: Names) -> Step:
    A, Y, terms = trace.A[sample], trace.Y[sample], loss_terms(trace, sample)
    loss = LOSSES[trace.loss_name]
    total = float(terms.sum())
    text = [answer(trace, sample, names), f"This sample's loss is {number(total)}."]
    true = np.flatnonzero(Y == 1)
    if loss.single_term and len(true) == 1 and Y.sum() == 1:
        k = int(true[0])
        written = [loss.single_term.format(a=a) for a in (f"A[{names.output(k)}]", number(float(A[k])))]
        text[1] = f"loss = {written[0]} = {written[1]} = {number(total)}"
    if len(trace.X) > 1:
        text.append(f"The mean over all {len(trace.X)} samples is {number(trace.loss_before)}.")
    elif not np.isclose(total, trace.loss_before, rtol=1e-3, atol=1e-6):
        penalty = trace.loss_before - total
        text.append(f"With the weights' penalty, {number(penalty)}, it is {number(trace.loss_before)}.")
    units, rest = chosen(terms, "outputs")
    rows = tuple((names.row(k, len(A)), float(Y[k]), float(A[k]), float(terms[k])) for k in units)
    return Step(
        "loss",
        f"The loss: {trace.loss_name.replace('_', '-')}",
        loss.formula,
        f"{shape('Y', trace.Y)}  {shape('A', trace.A)}  →  one number",
        tuple(text),
        Table(("output", "Y", "A", loss.term), rows, rest),
        arrays=(("Y", trace.Y), ("A", trace.A)),
    )


def said_target(trace: Trace, sample: int, names: Names) -> str:
    """What one sample is, in words; "" where it has no class."""
    classes = _task(trace, names).classes(trace.Y[sample : sample + 1])
    return "" if classes is None else f"it is “{names.output(int(classes[0]))}”"


def answer(trace: Trace, sample: int, names: Names, after: bool = False) -> str:
    """What the network says of one sample, in words."""
    A = (trace.A_after if after else trace.A)[sample : sample + 1]
    task = _task(trace, names)
    if not task.has_classes:
        told = task.numbers(A)[0]
        more = " …" if len(told) > 10 else ""
        return "The answer: " + ", ".join(number(float(a)) for a in told[:10]) + more
    k = int(task.decide(A)[0])
    return f"The answer: “{names.output(k)}”, {100 * float(task.columns(A)[0, k]):.1f} % sure."


def _task(trace: Trace, names: Names) -> Task:
    loss = LOSSES[trace.loss_name]
    return task_for(loss, trace.A.shape[1], trace.y, named=names.class_names is not None)
