"""Look inside: layers, units, evidence."""

from fastapi import APIRouter

from glassnet.explain import Connection, evidence_of, view_unit
from glassnet.play import schemas
from glassnet.play.dependencies import ServicesDep, SessionDep
from glassnet.play.serialization import class_names, described, numbers

__all__ = ["router"]

router = APIRouter(prefix="/api", tags=["looking inside"])


@router.post("/look")
def look(asked: schemas.Example, services: ServicesDep, session: SessionDep) -> schemas.Look:
    """Every unit's Z and A for one example."""
    item = services.models.get(asked.model, session)
    trace = services.traces.get(item, asked.pixels, asked.label, 0.1)
    layers = [
        schemas.LayerView(**info.model_dump(), Z=numbers(layer.Z[0]), A=numbers(layer.A[0]))
        for info, layer in zip(described(item).layers, trace.layers, strict=True)
    ]
    probabilities = numbers(trace.A[0])
    if len(probabilities) == 1:
        probabilities = [1 - probabilities[0], probabilities[0]]
    label = max(range(len(probabilities)), key=probabilities.__getitem__)
    return schemas.Look(layers=layers, probabilities=probabilities, label=label, loss=trace.loss_before)


@router.post("/unit")
def unit(asked: schemas.UnitRequest, services: ServicesDep, session: SessionDep) -> schemas.UnitView:
    """One unit: its weights, what each input adds to its Z, and whom it speaks to."""
    item = services.models.get(asked.model, session)
    view = view_unit(services.traces.get(item, asked.pixels, asked.label, 0.1), asked.layer, asked.unit)
    return schemas.UnitView(
        layer=view.layer,
        unit=view.unit,
        weights=numbers(view.W),
        contributions=numbers(view.contributions),
        b=view.b,
        Z=view.Z,
        A=view.A,
        inputs=[_connection(c) for c in view.inputs],
        outputs=[_connection(c) for c in view.outputs],
    )


def _connection(c: Connection) -> schemas.Connection:
    return schemas.Connection(unit=c.unit, value=c.value, weight=c.weight, contribution=c.contribution)


@router.post("/evidence")
def evidence(asked: schemas.Example, services: ServicesDep, session: SessionDep) -> schemas.Evidence:
    """Why: what each input number said for the winner, the runner-up, and one rather than the other."""
    item = services.models.get(asked.model, session)
    found = evidence_of(item.model, asked.pixels)
    winner, runner_up = (int(k) for k in (*found.ranking, found.ranking[0])[:2])
    names = class_names(item.model)
    difference, bias = found.difference(winner, runner_up)
    maps = [
        schemas.Map(
            title=f"for {names[k]}",
            values=numbers(found.contributions[k]),
            total=float(found.contributions[k].sum()),
            bias=float(found.bias[k]),
        )
        for k in (winner, runner_up)
    ]
    title = f"for {names[winner]} rather than {names[runner_up]}"
    total = float(difference.sum())
    maps.append(schemas.Map(title=title, values=numbers(difference), total=total, bias=bias))
    return schemas.Evidence(
        exact=found.exact,
        method=found.method,
        winner=winner,
        runner_up=runner_up,
        logits=numbers(found.logits),
        maps=maps,
    )
