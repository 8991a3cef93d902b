"""What requests may say and what answers hold: the contract that ``/docs`` shows."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from glassnet.explain import Phase

__all__ = [
    "CurveAnswer", "CurveRequest", "DataSource", "Digit", "Drawing", "Evidence", "Example", "Guess",
    "Layer", "Look", "MatrixRequest", "ModelInfo", "Named", "Opened", "Picture", "ReadRequest",
    "Reading", "Rejected", "SampleInfo", "Start", "Station", "StepAnswer", "StepRequest", "UnitRequest",
    "UnitView",
]  # fmt: skip

Finite = Annotated[float, Field(allow_inf_nan=False)]
Pixels = Annotated[list[Finite], Field(min_length=1, max_length=10_000)]
Coordinate = Annotated[float, Field(ge=-4096, le=4096, allow_inf_nan=False)]
Id = Annotated[str, Field(min_length=1, max_length=200)]
Rate = Annotated[float, Field(gt=0, le=100, allow_inf_nan=False)]


class Request(BaseModel):
    """Unknown keys are errors."""

    model_config = ConfigDict(extra="forbid")


class Named(BaseModel):
    """Something to choose, with what people call it."""

    id: str
    title: str


class DataSource(Named):
    """A data set."""

    samples: int
    features: int
    image_shape: tuple[int, int] | None
    class_names: list[str] | None


class Start(BaseModel):
    """What a page needs first."""

    version: str
    session: str
    models: list[Named]
    model: str = Field(description="the one to begin with")


class Layer(BaseModel):
    """A layer as the textbook draws it: a Dense and what follows it up to the next one."""

    name: str
    activation: str
    formula: str = Field(description="of A, by Z")
    inputs: int
    units: int


class ModelInfo(Named):
    """A model, as one would introduce it."""

    image_shape: tuple[int, int] | None
    pixel_max: float
    class_names: list[str]
    layers: list[Layer]
    parameters: int
    loss: str
    figures: dict[str, float]


class Picture(BaseModel):
    """A PNG in base64, and what it shows."""

    name: str
    png: str


class Stroke(Request):
    """One movement of the pen."""

    points: list[tuple[Coordinate, Coordinate]] = Field(min_length=1)
    width: float = Field(12, gt=0, le=400, allow_inf_nan=False)
    erase: bool = False


class Drawing(Request):
    """Strokes on white paper, or on an opened picture."""

    width: int = Field(480, ge=8, le=2048)
    height: int = Field(360, ge=8, le=2048)
    strokes: list[Stroke] = []
    picture: str | None = Field(None, max_length=100, description="the id of an opened picture")


class ReadRequest(Request):
    """Read a drawing."""

    drawing: Drawing
    model: Id


class Guess(BaseModel):
    """A class and how sure the network is."""

    label: int
    name: str
    confidence: float


class Digit(Guess):
    """A digit on a drawing."""

    runner_up: Guess
    probabilities: list[float]
    box: tuple[float, float, float, float] = Field(description="left, top, right, bottom, as drawn")
    pixels: list[int] = Field(description="what the network sees, in its own size and range")
    image: list[int] = Field(description="the same with 28×28 pixels, as MNIST has it")
    steps: list[Picture]


class Rejected(BaseModel):
    """Ink that is no digit."""

    box: tuple[float, float, float, float]
    reason: str
    guess: Digit | None


class Reading(BaseModel):
    """Everything on a drawing."""

    text: str
    reason: str
    digits: list[Digit]
    refused: list[Rejected]
    milliseconds: float


class Opened(BaseModel):
    """A picture that can be drawn upon."""

    picture: str
    width: int
    height: int


class SampleInfo(BaseModel):
    """One sample of a data set."""

    source: str
    number: int
    samples: int
    pixels: list[float]
    label: int | None
    name: str | None


class Example(Request):
    """One input, for one model."""

    model: Id
    pixels: Pixels
    label: int | None = Field(None, ge=0, le=10_000, description="what it should be")


class LayerView(Layer):
    """A layer at work on one example."""

    Z: list[float]
    A: list[float]


class Look(BaseModel):
    """One example's way through the network."""

    layers: list[LayerView]
    probabilities: list[float]
    label: int
    loss: float


class UnitRequest(Example):
    """Look at one unit."""

    layer: int = Field(ge=0, le=100)
    unit: int = Field(ge=0, le=100_000)


class Connection(BaseModel):
    """A weight and what passes through it."""

    unit: int
    value: float
    weight: float
    contribution: float


class UnitView(BaseModel):
    """One unit in full."""

    layer: int
    unit: int
    weights: list[float]
    contributions: list[float]
    b: float
    Z: float
    A: float
    inputs: list[Connection]
    outputs: list[Connection]


class Map(BaseModel):
    """What each input number said for a class, or for one class rather than another."""

    title: str
    values: list[float]
    total: float
    bias: float


class Evidence(BaseModel):
    """Why the network decided so."""

    exact: bool
    method: str
    winner: int
    runner_up: int
    logits: list[float]
    maps: list[Map]


class StepRequest(Example):
    """One example through one training step."""

    learning_rate: Rate = 0.1


class Matrix(BaseModel):
    """An array of the trace that can be asked for."""

    letter: str
    key: str
    shape: list[int]
    meaning: str


class Table(BaseModel):
    """Real numbers, a row for each unit."""

    columns: list[str]
    rows: list[list[str | float]]
    rest: str


class Station(BaseModel):
    """One stop on the way forward, back, or through the update."""

    phase: Phase
    title: str
    formula: str
    shapes: str
    text: list[str]
    table: Table | None
    matrices: list[Matrix]


class StepAnswer(BaseModel):
    """The whole step."""

    stations: list[Station]
    label: int
    loss_before: float
    loss_after: float
    before: list[float]
    after: list[float]


class MatrixRequest(StepRequest):
    """One array of that step; the answer is float32 in row order, its shape in the header X-Shape."""

    key: str = Field(min_length=1, max_length=100)


class CurveRequest(Example):
    """The loss after one step, for many learning rates."""

    least: Rate = 0.001
    greatest: Rate = 10.0
    points: int = Field(25, ge=2, le=40)


class CurveAnswer(BaseModel):
    """A curve."""

    learning_rates: list[float]
    losses: list[float | None]
    loss_before: float
