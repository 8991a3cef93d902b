"""The name of an activation, a loss, an optimiser or a schedule stands where it is defined, and nowhere else.

Grep for the name of one thing and count the files: more than two is a table to be made from the class.
"""

import ast
import re
from pathlib import Path

import pytest

import glassnet as gn
from glassnet import nn, optim
from glassnet.nn.layer import KINDS
from glassnet.nn.loss import LOSSES

SOURCE = Path(gn.__file__).parent


def home(kind):
    return kind.__module__.removeprefix("glassnet.").replace(".", "/") + ".py"


HOMES = {
    **{name: {"nn/activations.py"} for name in KINDS if issubclass(KINDS[name], nn.Activation)},
    **{type(loss).__name__: {"nn/losses.py"} for loss in LOSSES.values()},
    **{name: {"nn/activations.py"} for name in ("leaky_relu", "elu", "gelu", "gelu_tanh", "silu")},
    **{kind.__name__: {home(kind)} for kind in optim.OPTIMIZERS.values()},
    **{kind.__name__: {"optim/schedules.py"} for kind in optim.SCHEDULES.values()},
    **{name: {home(kind)} for name, kind in optim.OPTIMIZERS.items()},
    **{name: {"optim/schedules.py"} for name in ("exponential", "cosine", "one_cycle")},
    **{name: {"optim/adam.py"} for name in ("beta1", "beta2", "weight_decay")},
    "rho": {"optim/rmsprop.py"},
    "final": {"optim/schedules.py"},
}  # fmt: skip
MATHS = {"maths/activations.py", "maths/losses.py", "maths/softmax.py"}
LESSONS = {"play/static/stops.js"}  # sentences
ALSO = {
    # which output goes with which loss; softmax is written out step by step
    # the doctor says which output does not fit
    "Softmax": {"nn/losses.py", "explain/forward.py", "doctor/capacity.py"},
    "Sigmoid": {"nn/losses.py"},
    # a layer without an activation is called so; ONNX has an operator of that name
    "Identity": {"doctor/capacity.py", "nn/losses.py", "nn/trace.py", "play/serialization.py",
                 "model/task.py"},
    # the doctor's advice, and which settings it looks at
    "weight_decay": {"doctor/capacity.py"},
    # where nothing is chosen
    "adam": {"doctor/short_steps.py", "recipe/sections.py", "estimator/classifier.py",
             "estimator/regressor.py", "play/experiments.py", "play/static/pages/train-form.js"},
    "Adam": {"finetuning/tune.py", "estimator/solvers.py"},
    # scikit-learn's "sgd" and its names of settings; `momentum` is batch normalisation's too
    "GradientDescent": {"estimator/solvers.py"}, "Momentum": {"estimator/solvers.py"},
    "Nesterov": {"estimator/solvers.py"},
    "beta1": {"doctor/long_steps.py", "estimator/solvers.py"}, "beta2": {"estimator/solvers.py"},
    "Constant": {"estimator/learning_rate.py"}, "OneCycle": {"recipe/choices.py"},
    "gradient_descent": {"cli/recipe_words.py"},
}  # fmt: skip


def words_of(path):
    """Names and whole texts of a file, without what is said to people: docstrings and comments."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        return set(re.findall(r"\w+", re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)))
    tree = ast.parse(text)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            found.add(node.value)
        for field in ("id", "attr", "arg", "name"):
            if isinstance(name := getattr(node, field, None), str):
                found.add(name)
    return found


@pytest.fixture(scope="module")
def words():
    files = (path for path in SOURCE.rglob("*") if path.suffix in (".py", ".js"))
    found = {path.relative_to(SOURCE).as_posix(): words_of(path) for path in files}
    return {path: words for path, words in found.items() if not path.startswith("learn/")}  # it teaches them


@pytest.mark.parametrize("name", sorted(set(HOMES) - {"momentum"}))
def test_a_form_is_named_where_it_is_defined_and_nowhere_else(name, words):
    files = {path for path, names in words.items() if name in names}
    assert files >= HOMES[name]
    assert files - HOMES[name] - MATHS - LESSONS == ALSO.get(name, set())
