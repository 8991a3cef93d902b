"""Beginning: a session, the models, the data."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from glassnet.errors import DataError
from glassnet.play import schemas
from glassnet.play.dependencies import Services, ServicesDep, SessionDep
from glassnet.play.errors import RequestError
from glassnet.play.openapi import FILE_BODY, binary_answer
from glassnet.play.serialization import described, numbers
from glassnet.play.session import Session
from glassnet.version import __version__

__all__ = ["router"]

router = APIRouter(prefix="/api")


@router.post("/sessions", tags=["models"])
def open_session(services: ServicesDep) -> schemas.Start:
    """Begin: the browser tab gets its own session."""
    return _start(services.sessions.create(), services)


@router.get("/session", tags=["models"])
def go_on(services: ServicesDep, session: SessionDep) -> schemas.Start:
    """Go on after the page was loaded again."""
    return _start(session, services)


def _start(session: Session, services: Services) -> schemas.Start:
    titles = services.models.titles(session)
    models = [schemas.Named(id=id_, title=title) for id_, title in titles.items()]
    return schemas.Start(version=__version__, session=session.id, models=models, model=services.models.first)


@router.get("/models", tags=["models"])
def list_models(services: ServicesDep, session: SessionDep) -> list[schemas.Named]:
    """All models that can be used: the shipped one, those of finished runs, and this tab's own."""
    titles = services.models.titles(session)
    return [schemas.Named(id=id_, title=title) for id_, title in titles.items()]


@router.get("/models/{model}", tags=["models"])
def show_model(model: str, services: ServicesDep, session: SessionDep) -> schemas.ModelInfo:
    """One model: its layers, its figures."""
    return described(services.models.get(model, session))


@router.get(
    "/models/{model}/file",
    tags=["models"],
    response_class=FileResponse,
    responses=binary_answer("application/octet-stream"),
)
def download_model(model: str, services: ServicesDep, session: SessionDep) -> FileResponse:
    """The model as a .safetensors file."""
    item = services.models.get(model, session)
    path = session.folder / "download.safetensors"
    with session.lock:
        item.model.save(path)
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in model)
    return FileResponse(path, media_type="application/octet-stream", filename=f"{name}.safetensors")


@router.get("/data", tags=["data"])
def list_data(services: ServicesDep, session: SessionDep) -> list[schemas.DataSource]:
    """All data sets that are there."""
    return [
        schemas.DataSource(
            id=id_,
            title=title,
            samples=len(data),
            features=data.n_features,
            image_shape=data.image_shape,
            class_names=list(data.class_names) if data.class_names else None,
        )
        for id_, (title, data) in services.data.available(session).items()
    ]


@router.post("/data", tags=["data"], openapi_extra=FILE_BODY)
async def upload_data(
    request: Request, services: ServicesDep, session: SessionDep, title: str = "upload"
) -> schemas.Named:
    """Take in a data set: the body is a CSV or npz file with labels."""
    content = await request.body()
    name = await run_in_threadpool(services.data.upload, content, title[:80], session)
    return schemas.Named(id=name, title=title[:80])


@router.get("/data/{source}/{number}", tags=["data"])
def show_sample(source: str, number: int, services: ServicesDep, session: SessionDep) -> schemas.SampleInfo:
    """One sample, counted from 0."""
    data = services.data.get(source, session)
    if not 0 <= number < len(data):
        raise RequestError(404, f"There is no sample {number}; {source} has {len(data):,}, counted from 0.")
    if data.labels is None or data.class_names is None:
        raise DataError(f"{source}: its samples have no classes.")
    label = int(data.labels[number])
    return schemas.SampleInfo(
        source=source,
        number=number,
        samples=len(data),
        pixels=numbers(data.flat[number]),
        label=label,
        name=data.class_names[label],
    )
