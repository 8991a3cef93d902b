"""Beginning: a session, the models, the data."""

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from glassnet import __version__
from glassnet.errors import DataError
from glassnet.play import schemas
from glassnet.play.context import Context, Here, Visitor
from glassnet.play.converting import described, numbers
from glassnet.play.refusal import RequestError
from glassnet.play.sessions import Session

__all__ = ["router"]

router = APIRouter(prefix="/api")


@router.post("/sessions", tags=["models"])
def open_session(here: Here) -> schemas.Start:
    """Begin: the browser tab gets its own session."""
    return _start(here.sessions.create(), here)


@router.get("/session", tags=["models"])
def go_on(here: Here, session: Visitor) -> schemas.Start:
    """Go on after the page was loaded again."""
    return _start(session, here)


def _start(session: Session, here: Context) -> schemas.Start:
    titles = here.shelf.titles(session)
    models = [schemas.Named(id=id_, title=title) for id_, title in titles.items()]
    return schemas.Start(version=__version__, session=session.id, models=models, model=here.shelf.first)


@router.get("/models", tags=["models"])
def list_models(here: Here, session: Visitor) -> list[schemas.Named]:
    """All models that can be used: the shipped one, those of finished runs, and this tab's own."""
    titles = here.shelf.titles(session)
    return [schemas.Named(id=id_, title=title) for id_, title in titles.items()]


@router.get("/models/{model}", tags=["models"])
def show_model(model: str, here: Here, session: Visitor) -> schemas.ModelInfo:
    """One model: its layers, its figures."""
    return described(here.shelf.get(model, session))


@router.get("/models/{model}/file", tags=["models"])
def download_model(model: str, here: Here, session: Visitor) -> FileResponse:
    """The model as a .safetensors file."""
    item = here.shelf.get(model, session)
    path = session.folder / "download.safetensors"
    with session.lock, item.lock:
        item.model.save(path)
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in model)
    return FileResponse(path, media_type="application/octet-stream", filename=f"{name}.safetensors")


@router.get("/data", tags=["data"])
def list_data(here: Here, session: Visitor) -> list[schemas.DataSource]:
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
        for id_, (title, data) in here.data.available(session).items()
    ]


@router.post("/data", tags=["data"])
async def upload_data(request: Request, here: Here, session: Visitor, title: str = "upload") -> schemas.Named:
    """Take in a data set: the body is a CSV or npz file with labels."""
    content = await request.body()
    name = await run_in_threadpool(here.data.upload, content, title[:80], session)
    return schemas.Named(id=name, title=title[:80])


@router.get("/data/{source}/{number}", tags=["data"])
def show_sample(source: str, number: int, here: Here, session: Visitor) -> schemas.SampleInfo:
    """One sample, counted from 0."""
    data = here.data.get(source, session)
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
