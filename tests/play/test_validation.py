"""Problems are told in the words of the pages."""

import re

import pytest
from pydantic import BaseModel, ValidationError

from glassnet.play import schemas
from glassnet.play.experiments import Experiment
from glassnet.play.routes.teach import TeachRequest
from glassnet.play.validation import explain_problems

THEIRS = re.compile(r"body|Input should|(learning|batch)_|[a-z]\.[a-z]|valid (integer|string)")
ODD = [None, "", "x", -1, 0, 1e99, True, [], {}, [[]], [None], "x" * 500, float("nan"), 10**30, {"a": 1}]
REQUESTS = (
    Experiment, TeachRequest, schemas.ReadRequest, schemas.StepRequest, schemas.UnitRequest,
    schemas.CurveRequest, schemas.MatrixRequest,
)  # fmt: skip


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request_: request_.__name__)
def test_no_sentence_speaks_of_bodies_and_inputs(request_):
    """Every field of every request, with every odd value: a sentence, and none of the validator's words."""
    seen = 0
    for field in request_.model_fields:
        for value in ODD:
            try:
                request_.model_validate({field: value})
            except ValidationError as error:
                for problem in error.errors():
                    problem["loc"] = ("body", *problem["loc"])
                    said = explain_problems([problem])
                    seen += 1
                    assert re.fullmatch(r"(The|Item \d+ of the|“.*”) .{3,200}\.", said), said
                    assert not THEIRS.search(said), said
    assert seen > 20


class Model(BaseModel):
    number: int
    share: float


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"learning_rate": -1}, "The learning rate must be greater than 0, not -1."),
        ({"batch_size": 0}, "The batch size must be 1 or more, not 0."),
        ({"batch_size": "many"}, "The batch size must be a whole number, not “many”."),
        ({"dropout": 2}, "The dropout must be 0.95 or less, not 2."),
        ({"dropout": None}, "The dropout must be a number."),
        ({"l2": 99.5}, "The penalty on W² must be 10 or less, not 99.5."),
        ({"hidden": "64"}, "The layers must be a list, not “64”."),
        ({"hidden": [64, "x"]}, "Item 2 of the layers must be a whole number, not “x”."),
        ({"colour": "red"}, "“colour” is not known here."),
        ({"learning_rate": float("inf")}, "The learning rate must be a finite number, not inf."),
        ({"paused": "perhaps"}, "The paused must be true or false, not “perhaps”."),
    ],
)
def test_what_is_wrong_is_named_with_what_is_expected(content, said):
    with pytest.raises(ValidationError) as error:
        Experiment.model_validate(content)
    assert explain_problems(error.value.errors()) == said


def test_an_unknown_choice_is_answered_with_the_choices():
    with pytest.raises(ValidationError) as error:
        Experiment.model_validate({"activation": "step"})
    said = explain_problems(error.value.errors())
    assert said.startswith("The activation must be one of relu, ") and said.endswith(", not “step”.")


def test_what_is_missing_and_what_is_no_object():
    for content, said in (({"share": 1}, "The number is missing."), ([], "The request must be an object")):
        with pytest.raises(ValidationError) as error:
            Model.model_validate(content)
        assert explain_problems(error.value.errors()).startswith(said)
