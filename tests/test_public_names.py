"""The front door: `import glassnet as gn`."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import glassnet as gn

LAYERS = {
    *("Dense", "Dropout", "BatchNorm", "Identity", "ReLU", "LeakyReLU", "ELU", "GELU", "SiLU"),
    *("Sigmoid", "Tanh", "Softplus", "Softmax"),
}
OPTIMISERS = {"GradientDescent", "Momentum", "Nesterov", "RMSProp", "Adagrad", "Adam", "AdamW"}
ERRORS = {
    *("GlassnetError", "DataError", "ImageError", "MissingExtraError", "ModelFileError", "OutputError"),
    *("RecipeError", "TrainingError"),
}
DOORS = {"load", "Dataset", "mlp", "Network", "fit", "evaluate", "Model", "read", "pretrained"}
ESTIMATORS = {"MLPClassifier", "MLPRegressor"}


@pytest.mark.parametrize("name", gn.__all__)
def test_every_public_name_can_be_had(name):
    assert getattr(gn, name).__name__ == name


def test_the_public_names_are_those_of_the_design():
    assert set(gn.__all__) == LAYERS | OPTIMISERS | ERRORS | DOORS | ESTIMATORS


def test_dir_shows_the_public_names_and_the_version():
    assert dir(gn) == sorted([*gn.__all__, "__version__"])


def test_type_checkers_see_the_same_names():
    tree = ast.parse(Path(gn.__file__).read_text(encoding="utf-8"))
    (block,) = [node for node in tree.body if isinstance(node, ast.If)]
    seen = {}
    for statement in block.body:
        room = importlib.import_module(statement.module)
        for alias in statement.names:
            names = room.__all__ if alias.name == "*" else [alias.name]
            seen |= {name: getattr(room, name) for name in names}
    assert seen == {name: getattr(gn, name) for name in gn.__all__}
    assert {name: value for name, value in gn._HOME.items() if name not in seen} == {}


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Adamm'"):
        gn.Adamm  # noqa: B018


def test_importing_glassnet_alone_imports_no_numpy():
    code = "import sys, glassnet; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
