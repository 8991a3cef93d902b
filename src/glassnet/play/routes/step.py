"""Step: one example through one training step, station by station."""

import numpy as np
from fastapi import APIRouter, Response
from numpy.typing import NDArray

from glassnet.explain import Step, loss_curve, walkthrough
from glassnet.nn import Trace
from glassnet.play import schemas
from glassnet.play.dependencies import Services, ServicesDep, SessionDep
from glassnet.play.errors import RequestError
from glassnet.play.openapi import binary_answer
from glassnet.play.registered_model import RegisteredModel
from glassnet.play.serialization import class_names, number_or_none, numbers
from glassnet.play.session import Session

__all__ = ["router"]

router = APIRouter(prefix="/api/step", tags=["stepping"])

MEANINGS = {
    "X": "input",
    "W": "weights",
    "b": "biases",
    "Z": "weighted sums",
    "N": "normalised sums",
    "D": "after dropout",
    "A": "activations",
    "A after": "activations after the step",
    "Y": "what it should be",
    "dA": "the loss's derivative by A",
    "dZ": "the loss's derivative by Z",
    "dN": "the loss's derivative by N",
    "dD": "the loss's derivative by D",
    "dX": "handed to the layer before",
    "dW": "the loss's derivative by W",
    "db": "the loss's derivative by b",
    "ΔW": "the step that W makes",
}


@router.post("")
def step(asked: schemas.StepRequest, services: ServicesDep, session: SessionDep) -> schemas.StepAnswer:
    """All stations, and the losses before and after."""
    item, trace = _traced(asked, services, session)
    steps = _steps(item, trace)
    return schemas.StepAnswer(
        stations=[_station(number, step) for number, step in enumerate(steps)],
        label=int(np.argmax(trace.Y[0])) if trace.Y.shape[1] > 1 else int(trace.Y[0, 0] > 0.5),
        loss_before=trace.loss_before,
        loss_after=trace.loss_after,
        before=numbers(trace.A[0]),
        after=numbers(trace.A_after[0]),
    )


@router.post("/matrix", response_class=Response, responses=binary_answer("application/octet-stream"))
def matrix(asked: schemas.MatrixRequest, services: ServicesDep, session: SessionDep) -> Response:
    """One array of the step: float32, little-endian, row by row."""
    item, trace = _traced(asked, services, session)
    for number, step in enumerate(_steps(item, trace)):
        for letter, array in step.arrays:
            if asked.key == f"{number}:{letter}":
                return _binary(array)
    raise RequestError(404, f"There is no array {asked.key!r} in this step.")


@router.post("/curve")
def curve(asked: schemas.CurveRequest, services: ServicesDep, session: SessionDep) -> schemas.CurveAnswer:
    """The loss after one step for many learning rates, from the least to the greatest."""
    item = services.models.get(asked.model, session)
    if asked.label is None:
        raise RequestError(422, "A label is needed: what should the example be?")
    rates = np.geomspace(asked.least, asked.greatest, asked.points).tolist()
    losses = loss_curve(item.model, asked.pixels, asked.label, rates)
    trace = services.traces.get(item, asked.pixels, asked.label, 0.1)
    return schemas.CurveAnswer(
        learning_rates=rates,
        losses=[number_or_none(float(loss)) for loss in losses],
        loss_before=trace.loss_before,
    )


def _traced(
    asked: schemas.StepRequest, services: Services, session: Session
) -> tuple[RegisteredModel, Trace]:
    item = services.models.get(asked.model, session)
    return item, services.traces.get(item, asked.pixels, asked.label, asked.learning_rate)


def _steps(item: RegisteredModel, trace: Trace) -> list[Step]:
    return walkthrough(trace, class_names=class_names(item.model), image_shape=item.model.image_shape)


def _station(number: int, step: Step) -> schemas.Station:
    table = None
    if step.table is not None:
        rows = [list(row) for row in step.table.rows]
        table = schemas.Table(columns=list(step.table.columns), rows=rows, rest=step.table.rest)
    matrices = [
        schemas.Matrix(
            letter=letter,
            key=f"{number}:{letter}",
            shape=list(array.shape),
            meaning=MEANINGS.get(letter.partition(",")[0], ""),
        )
        for letter, array in step.arrays
    ]
    return schemas.Station(
        phase=step.phase,
        title=step.title,
        formula=step.formula,
        shapes=step.shapes,
        text=list(step.text),
        table=table,
        matrices=matrices,
    )


def _binary(array: NDArray[np.floating]) -> Response:
    rows = np.ascontiguousarray(array, dtype="<f4")
    shape = ",".join(map(str, rows.shape))
    return Response(rows.tobytes(), media_type="application/octet-stream", headers={"X-Shape": shape})
