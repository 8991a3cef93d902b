"""The way back: the error, each layer's chain rule, the update, the loss after it."""

from collections.abc import Iterator

import numpy as np

from glassnet.explain.formulas import backward_formula, is_idle, layer_of, letters, own_letter
from glassnet.explain.forward import answer
from glassnet.explain.steps import Names, Step, Table, chosen, number, shape
from glassnet.maths.types import Array
from glassnet.nn import LOSSES, Activation, LayerTrace, StepTrace, Trace

__all__ = ["backward_steps", "update_steps"]


def backward_steps(trace: Trace, sample: int, names: Names) -> Iterator[Step]:
    """The error at the output, then every layer object from the last to the first."""
    yield _error(trace, sample, names)
    for layer in reversed(trace.layers):
        pairs = letters(layer.steps)
        for step, (taken, given) in reversed(list(zip(layer.steps, pairs, strict=True))):
            if step.kind == "Dense":
                yield _weights(trace, layer, sample, names)
            elif step.d_output is not None and not is_idle(step):
                yield _through(layer, step, taken, given, sample)


def _error(trace: Trace, sample: int, names: Names) -> Step:
    last, A, Y = trace.steps[-1], trace.A[sample], trace.Y[sample]
    share = f" / {len(trace.X)}" if len(trace.X) > 1 else ""
    if last.d_output is None:
        letter, error, right = "dZ", last.d_input, f"(A − Y){share}"
        text = (
            f"{last.kind} and {trace.loss_name.replace('_', '-')} are derived together: what remains is the "
            "answer minus the truth. Where it is negative, Z should grow.",
        )
    else:
        letter, error, right = "dA", last.d_output, f"({LOSSES[trace.loss_name].derivative}){share}"
        text = ("Where it is negative, A should grow.",)
    assert error is not None  # a network ends with a loss
    units, rest = chosen(error[sample], "outputs")
    rows = tuple((names.row(k, len(A)), float(A[k]), float(Y[k]), float(error[sample, k])) for k in units)
    return Step(
        "backward",
        f"Backwards: the error at the output, {letter}",
        f"{letter} = ∂loss/∂{letter[1]} = {right}",
        f"{shape('A', trace.A)}  {shape('Y', trace.Y)}  →  {shape(letter, error)}",
        text,
        Table(("output", "A", "Y", letter), rows, rest),
        arrays=(("A", trace.A), ("Y", trace.Y), (letter, error)),
    )


def _through(layer: LayerTrace, step: StepTrace, taken: str, given: str, sample: int) -> Step:
    """Back through what follows a Dense: an activation, batch normalisation, dropout."""
    assert step.d_output is not None and step.d_input is not None  # only the very first layer lacks it
    came, gave = step.d_output[sample], step.d_input[sample]
    part = layer_of(step)
    columns: dict[str, Array] = {f"d{given}": came}
    text = [f"The chain rule: ∂loss/∂{taken} = ∂loss/∂{given} · ∂{given}/∂{taken}."]
    if isinstance(part, Activation) and part.elementwise:
        Z, A = step.input[sample], step.output[sample]
        columns |= {
            taken: Z,
            f"∂{given}/∂{taken}": part.vjp(np.ones_like(Z), Z, A, **part.arguments()),
        }
        stopped = int(np.sum(gave == 0))
        text.append(f"{len(gave) - stopped:,} of {len(gave):,} units pass something on, {stopped:,} nothing.")
    if step.gradients:
        lengths = {own_letter(name): float(np.linalg.norm(d)) for name, d in step.gradients.items()}
        said = ", ".join(f"‖d{letter}‖ = {number(length)}" for letter, length in lengths.items())
        text.append(f"For its own parameters: {said}.")
    columns[f"d{taken}"] = gave
    units, rest = chosen(gave)
    rows: list[tuple[str | float, ...]] = [
        (f"{j}", *(float(column[j]) for column in columns.values())) for j in units
    ]
    return Step(
        "backward",
        f"{layer.name}: back through {step.description}",
        f"d{taken} = {backward_formula(part, taken, given)}",
        f"{shape(f'd{given}', step.d_output)}  →  {shape(f'd{taken}', step.d_input)}",
        tuple(text),
        Table(("unit", *columns), tuple(rows), rest),
        arrays=((f"d{given}", step.d_output), (taken, step.input), (f"d{taken}", step.d_input)),
    )


def _weights(trace: Trace, layer: LayerTrace, sample: int, names: Names) -> Step:
    first = layer is trace.layers[0]
    X, dZ, dW, db = layer.X, layer.dZ, layer.dW, layer.db
    text = [
        "The chain rule: ∂loss/∂W[i, j] = ∂loss/∂Z[j] · ∂Z[j]/∂W[i, j] = dZ[j] · X[i]"
        + (", summed over the samples." if len(X) > 1 else "."),
        f"‖dW‖ = {number(float(np.linalg.norm(dW)))} over {dW.size:,} weights, "
        f"{int(np.sum(dW == 0)):,} of them get 0; ‖db‖ = {number(float(np.linalg.norm(db)))}.",
    ]
    if first:
        text.append("This is the first layer: nothing before it learns, so dX is not computed.")
    else:
        text.append(_to_the_layer_before(layer, sample))
    rows, columns, penalized = _largest(layer, names if first else None)
    if penalized:
        text.insert(1, "The weights' penalty adds its own share to dW.")
    others = dW.size - len(rows)
    table = Table(columns, rows, f"{others:,} further weights get less" if others else "")
    arrays = [("X", X), ("dZ", dZ), ("dW", dW), ("db", db)]
    if layer.dX is not None:
        arrays += [("W", layer.W), ("dX", layer.dX)]
    given = ("dW", "db", "dX")
    shapes = [shape(letter, array) for letter, array in arrays if letter not in (*given, "W")]
    shapes += ["→ ", *(shape(letter, array) for letter, array in arrays if letter in given)]
    return Step(
        "backward",
        f"{layer.name}: what each weight did",
        "dW = Xᵀ dZ     db = Σ dZ" + ("" if first else "     dX = dZ Wᵀ"),
        "  ".join(shapes),
        tuple(text),
        table,
        arrays=tuple(arrays),
    )


def _to_the_layer_before(layer: LayerTrace, sample: int) -> str:
    assert layer.dX is not None  # only the first layer lacks it
    dX = layer.dX[sample]
    i = int(np.argmax(np.abs(dX)))
    terms = layer.dZ[sample] * layer.W[i]
    shown = [int(j) for j in np.argsort(-np.abs(terms), kind="stable")[:3]]
    sums = " + ".join(f"{number(float(layer.dZ[sample, j]))} × {number(float(layer.W[i, j]))}" for j in shown)
    more = " + …" if len(terms) > len(shown) else ""
    return (
        f"For the layer before: dX[{i}] = Σ dZ[j] W[{i}, j] = {sums}{more} = {number(float(dX[i]))}, "
        "the largest of all."
    )


Rows = tuple[tuple[str | float, ...], ...]


def _largest(layer: LayerTrace, names: Names | None, count: int = 5) -> tuple[Rows, tuple[str, ...], bool]:
    """The weights with the largest derivatives; whether a penalty stands in them too."""
    size = np.abs(layer.dW).ravel()
    count = min(count, size.size)
    top = np.argpartition(-size, count - 1)[:count]
    top = top[np.argsort(-size[top], kind="stable")]
    data = layer.X.T @ layer.dZ
    penalized = not np.allclose(data, layer.dW, rtol=1e-3, atol=1e-7)
    single = len(layer.X) == 1
    rows: list[tuple[str | float, ...]] = []
    for i, j in zip(*np.unravel_index(top, layer.dW.shape), strict=True):
        name = f"W[{i}, {j}]" + (f"  {names.input(int(i))}" if names else "")
        factors = (float(layer.X[0, i]), float(layer.dZ[0, j])) if single else ()
        rows.append((name, *factors, float(layer.dW[i, j])))
    return tuple(rows), ("weight", *(("X[i]", "dZ[j]") if single else ()), "dW[i, j]"), penalized


# --- the update and what came of it --------------------------------------------------------------------


def update_steps(trace: Trace, sample: int, names: Names) -> Iterator[Step]:
    """The step of gradient descent, and the loss after it."""
    rows: list[tuple[str | float, ...]] = []
    text = []
    learned = 0
    for layer in trace.layers:
        for step in layer.steps:
            for name, before in step.parameters.items():
                change = step.updated[name] - before
                learned += int(np.sum(change != 0))
                where = np.unravel_index(int(np.argmax(np.abs(change))), change.shape)
                place = ", ".join(str(int(i)) for i in where)
                rows.append(
                    (
                        f"{layer.name}: {name}[{place}]",
                        float(before[where]),
                        float(step.gradients[name][where]),
                        float(change[where]),
                        float(step.updated[name][where]),
                    )
                )
        moved = float(np.linalg.norm(layer.W_updated - layer.W))
        relative = moved / (float(np.linalg.norm(layer.W)) or 1.0)
        text.append(f"{layer.name}: W moves by ‖ΔW‖ = {number(moved)}, {number(100 * relative)} % of ‖W‖.")
    total = sum(value.size for step in trace.steps for value in step.parameters.values())
    arrays = [
        (f"{letter}, {layer.name}", array)
        for layer in trace.layers
        for letter, array in (("W", layer.W), ("dW", layer.dW), ("ΔW", layer.W_updated - layer.W))
    ]
    yield Step(
        "update",
        "The update",
        f"W ← W − α dW     b ← b − α db     α = {number(trace.learning_rate)}",
        f"{learned:,} of {total:,} parameters change",
        tuple(text),
        Table(("the one that changes most", "before", "derivative", "change", "after"), tuple(rows)),
        arrays=tuple(arrays),
    )
    yield _after(trace, sample, names)


def _after(trace: Trace, sample: int, names: Names) -> Step:
    A, after = trace.A[sample], trace.A_after[sample]
    change = trace.loss_after - trace.loss_before
    if change < 0:
        said = f"It fell by {number(-change)}."
    elif change > 0:
        said = f"It rose by {number(change)}: this step was too long. Try a smaller learning rate."
    else:
        said = "It stays the same."
    units, rest = chosen(after, "outputs")
    rows = tuple((names.row(k, len(A)), float(A[k]), float(after[k]), float(after[k] - A[k])) for k in units)
    return Step(
        "update",
        "The loss after the update",
        f"loss: {number(trace.loss_before)} → {number(trace.loss_after)}",
        shape("A", trace.A_after),
        (said, answer(trace, sample, names, after=True)),
        Table(("output", "A before", "A after", "change"), rows, rest),
        arrays=(("A", trace.A), ("A after", trace.A_after)),
    )
