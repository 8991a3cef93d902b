"""An activation, a layer, a loss, an optimiser, a schedule: its class is all that has to be written.

Each of the five is defined here, in a test, and then stands everywhere: in networks, files, recipes,
explanations, pictures, exports, pages, estimators.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import onnxruntime
import pytest

import glassnet as gn
from glassnet import nn, optim, plots
from glassnet.data import Preparation
from glassnet.errors import RecipeError, TrainingError
from glassnet.explain import walkthrough
from glassnet.export import write_onnx, write_site
from glassnet.maths.names import register
from glassnet.nn import gradcheck as gc
from glassnet.nn.layer import KINDS
from glassnet.nn.loss import LOSSES
from glassnet.optim.settings import PositiveFraction
from glassnet.play.experiments import options
from glassnet.play.settings import Limits
from glassnet.recipe import load_recipe
from glassnet.recipe.build import build_network, build_optimizer, build_schedule
from glassnet.recipe.load import known_keys

TABLES = (nn.ACTIVATIONS, KINDS, LOSSES, optim.OPTIMIZERS, optim.SCHEDULES)


@pytest.fixture(autouse=True)
def _as_it_was():
    """No test leaves its forms behind."""
    before = [dict(table) for table in TABLES]
    yield
    for table, old in zip(TABLES, before, strict=True):
        table.clear()
        table.update(old)


# --- an activation -------------------------------------------------------------------------------------


def mish(Z, out=None):
    return np.multiply(Z, np.tanh(np.logaddexp(0, Z)), out=out)


def mish_vjp(dA, Z, A, out=None):
    T = np.tanh(np.logaddexp(0, Z))
    return np.multiply(dA, T + Z * (1 - T * T) / (1 + np.exp(-Z)), out=out)


@pytest.fixture
def _mish():
    class Mish(nn.Activation):
        name = "mish"
        function, vjp = staticmethod(mish), staticmethod(mish_vjp)
        formula, derivative = "{z} tanh(log(1 + e^{z}))", "tanh(s({z})) + {z} sech²(s({z})) σ({z})"
        onnx_operator = "Mish"
        js = "z * Math.tanh(Math.log1p(Math.exp(z)))"

    return Mish


pytestmark = pytest.mark.usefixtures("_as_it_was")
use_mish = pytest.mark.usefixtures("_mish")


@use_mish
def test_an_activation_in_networks_and_files(rng, tmp_path):
    network = gn.mlp(4, 6, 3, activation="mish", seed=0)
    X = rng.normal(size=(5, 4)).astype(np.float32)
    Z = X @ network.layers[0].W + network.layers[0].b
    expected = Z * np.tanh(np.log1p(np.exp(Z))) @ network.layers[2].W + network.layers[2].b
    np.testing.assert_allclose(gn.nn.passes.Pass(network.layers, X).outputs[-2], expected, atol=1e-5)
    gn.Model(network, Preparation(), list("abc")).save(tmp_path / "m.safetensors")
    loaded = gn.Model.load(tmp_path / "m.safetensors").network
    np.testing.assert_array_equal(loaded.forward(X), network.forward(X))


@use_mish
def test_an_activation_s_gradient_is_checked(monkeypatch):
    rows = [row for row in gc.check_all() if row.case == "mish"]
    assert len(rows) == 5 and all(row.passed for row in rows)
    monkeypatch.setattr(KINDS["Mish"], "vjp", staticmethod(lambda *a, **k: 1.01 * mish_vjp(*a, **k)))
    rows = [row for row in gc.check_all() if row.case == "mish"]
    assert not all(row.passed for row in rows)


@use_mish
def test_an_activation_in_recipes_and_pages():
    recipe = load_recipe("quick", ["network.activation=mish"])
    assert "Mish()" in repr(build_network(recipe, gn.load("digits")))
    assert "mish" in known_keys()["network.activation"]
    with pytest.raises(RecipeError, match='did you mean "mish"'):
        load_recipe("quick", ["network.activation=mihs"])
    assert "mish" in options(Limits()).activations


@use_mish
def test_an_activation_is_explained_and_drawn(rng):
    trace = gn.mlp(4, 6, 3, activation="mish", seed=0).trace(rng.normal(size=(1, 4)), [1])
    steps = {step.title: step for step in walkthrough(trace)}
    assert steps["hidden 1: Mish()"].formula == "A = Z tanh(log(1 + e^Z))"
    back = steps["hidden 1: back through Mish()"]
    assert back.formula == "dZ = dA ⊙ (tanh(s(Z)) + Z sech²(s(Z)) σ(Z))"
    assert back.table.columns == ("unit", "dA", "Z", "∂A/∂Z", "dZ")
    for fig in (plots.activation_functions(["mish"]), plots.activation_functions(trace=trace)):
        assert any("Z tanh(log(1 + e^Z))" in text for text in written(fig))
    assert any(
        "Z tanh(log(1 + e^Z))" in text.replace("\n", " ") for text in written(plots.forward_pass(trace))
    )


def written(fig):
    fig.canvas.draw()
    return [text.get_text() for ax in fig.axes for text in (*ax.texts, ax.title, ax._left_title)]


def digits_model(rng):
    network = gn.mlp(784, 12, 10, activation="mish", seed=0)
    for layer in network.layers[::2]:  # whole numbers of 1/127: kept exactly in 8 bits
        largest = np.abs(layer.W).max(axis=0)
        layer.W[...] = np.rint(layer.W / largest * 127) * (largest / 127)
    model = gn.Model(network, Preparation("unit", 0.0, 1 / 255), list("0123456789"), (28, 28))
    return model, rng.integers(0, 256, (3, 28, 28), np.uint8)


def from_onnx(model, images, folder):
    write_onnx(model, folder / "m.onnx")
    session = onnxruntime.InferenceSession(str(folder / "m.onnx"), providers=["CPUExecutionProvider"])
    return session.run(None, {"pixels": images})[0]


def from_page(model, images, folder, browser):
    write_site(model, folder)
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    given = page.evaluate(
        "rows => rows.map(glassnet.probabilities)", images.reshape(len(images), -1).tolist()
    )
    page.close()
    return given


@use_mish
def test_an_activation_in_onnx(rng, tmp_path):
    model, images = digits_model(rng)
    np.testing.assert_allclose(from_onnx(model, images, tmp_path), model.predict_proba(images), atol=1e-5)


@use_mish
def test_an_activation_on_the_page_without_a_server(rng, tmp_path, browser):
    model, images = digits_model(rng)
    given = from_page(model, images, tmp_path, browser)
    np.testing.assert_allclose(given, model.predict_proba(images), atol=2e-3)


@use_mish
def test_an_activation_in_estimators():
    X = np.linspace(-2, 2, 60).reshape(-1, 1)
    how = {"hidden_layer_sizes": (8,), "activation": "mish", "solver": "lbfgs", "random_state": 0}
    fitted = gn.MLPRegressor(**how, max_epochs=200).fit(X, X.ravel() ** 2)
    assert "Mish()" in repr(fitted.network_) and fitted.score(X, X.ravel() ** 2) > 0.99


# --- a layer -------------------------------------------------------------------------------------------


@pytest.fixture
def scale():
    class Scale(nn.Layer):
        letter, formula, backward_formula = "S", "{z} ⊙ g", "d{a} ⊙ g"
        piecewise_linear = True

        def shapes(self):
            return {"g": (self.n_inputs,)}

        def start(self, rng):
            self.g[...] = rng.uniform(0.5, 2, self.g.shape)

        def forward(self, X, training=False, remember=False):
            self.X = X
            return X * self.g

        def backward(self, dA, input_gradient=True):
            np.sum(dA * self.X, axis=0, out=self.dg)
            return dA * self.g

        def inference_vjp(self, dA, X, A):
            return dA * self.g

        def inference_arrays(self):
            return {"g": self.g}

        def onnx(self, graph, x, k):
            return graph.add("Mul", [x, graph.weight(f"{k}.g", self.g)], f"{k}.S")

        def javascript(self):
            return "X.map((x, k) => x * l.g[k])", "dA.map((d, k) => d * l.g[k])"

    return Scale


def test_a_layer(scale, rng, tmp_path, browser):
    def layers():
        return [gn.Dense(784, 6), scale(), gn.ReLU(), gn.Dense(6, 10), gn.Softmax()]

    exact = gn.Network(layers(), seed=0, dtype="float64")
    errors = gc.gradcheck(exact, rng.normal(size=(3, 784)), np.array([1, 2, 3]))
    assert "1.g" in errors and max(errors.values()) < gc.TOLERANCE
    model = gn.Model(
        gn.Network(layers(), seed=0), Preparation("unit", 0.0, 1 / 255), list("0123456789"), (28, 28)
    )
    model.save(tmp_path / "m.safetensors")
    images = rng.integers(0, 256, (3, 28, 28), np.uint8)
    np.testing.assert_array_equal(
        gn.Model.load(tmp_path / "m.safetensors").predict_proba(images), model.predict_proba(images)
    )
    x = images[0].ravel() / np.float32(255)
    evidence = nn.find_evidence(model.network, x)
    assert evidence.exact
    np.testing.assert_allclose(evidence.contributions.sum(axis=1) + evidence.bias, evidence.logits)
    told = {step.title: step for step in walkthrough(model.network.trace(x[np.newaxis], [3]))}
    assert told["hidden 1: Scale()"].formula == "S = Z ⊙ g"
    assert told["hidden 1: Scale()"].table.columns == ("unit", "Z", "g", "S")
    assert told["hidden 1: back through Scale()"].formula == "dZ = dS ⊙ g"
    assert told["hidden 1: ReLU()"].formula == "A = max(0, S)"
    np.testing.assert_allclose(from_onnx(model, images, tmp_path), model.predict_proba(images), atol=1e-5)
    np.testing.assert_allclose(
        from_page(model, images, tmp_path, browser), model.predict_proba(images), atol=0.02
    )


# --- a loss --------------------------------------------------------------------------------------------


@pytest.fixture
def _log_cosh():
    class LogCosh(nn.Loss):
        name, title, answers = "log_cosh", "log-cosh loss", "numbers"
        output = nn.Identity
        term, formula, derivative = "log cosh(A − Y)", "loss = Σ log cosh(A − Y)", "tanh(A − Y)"
        terms = staticmethod(lambda A, Y: np.log(np.cosh(A - Y)))

        @staticmethod
        def vjp(A, Y, weight=None, out=None):
            return np.multiply(np.tanh(A - Y), gn.maths.mean_factor(len(A), weight), out=out)


@pytest.mark.usefixtures("_log_cosh")
def test_a_loss(rng, tmp_path):
    rows = [row for row in gc.check_all() if row.case.startswith("log_cosh")]
    assert {row.group for row in rows} == {"loss", "weights"} and all(row.passed for row in rows)
    X, y = rng.normal(size=(80, 3)), rng.normal(size=(80, 1))
    network = gn.mlp(3, 8, 1, loss="log_cosh", seed=0)
    assert isinstance(network.layers[-1], gn.Identity)
    A = network.forward(X)
    assert network.evaluate_loss(X, y) == pytest.approx(np.log(np.cosh(A - y)).mean(), rel=1e-5)
    before = network.evaluate_loss(X, y)
    gn.fit(network, gn.Dataset(X.astype(np.float32), y), epochs=5, optimizer=gn.Adam(0.01))
    assert network.evaluate_loss(X, y) < before
    told = {step.title: step for step in walkthrough(network.trace(X[:1], y[:1]))}
    assert told["The loss: log-cosh"].formula == "loss = Σ log cosh(A − Y)"
    assert told["The loss: log-cosh"].table.columns[-1] == "log cosh(A − Y)"
    assert told["Backwards: the error at the output, dA"].formula.endswith("(tanh(A − Y))")
    assert "log-cosh loss" in plots.architecture(network).get_suptitle()
    assert load_recipe("quick", ["network.loss=log_cosh"]).network.loss == "log_cosh"
    gn.Model(network, Preparation()).save(tmp_path / "m.safetensors")
    assert gn.Model.load(tmp_path / "m.safetensors").network.loss.name == "log_cosh"


# --- an optimiser and a schedule -----------------------------------------------------------------------


@pytest.fixture
def _sign():
    @dataclass(eq=False)
    class SignDescent(optim.Optimizer):
        name = "sign"
        learning_rate: optim.settings.Positive = 0.02
        momentum: optim.settings.Share = 0.25
        vectors = ("m",)

        def _update(self, theta, g, rate, scratch, *state):
            (m,) = state
            m *= self.momentum
            m += g
            theta -= rate * np.sign(m)


@pytest.mark.usefixtures("_sign")
def test_an_optimiser():
    recipe = load_recipe("quick", ["optimizer.name=sign", "optimizer.learning_rate=0.5"])
    assert repr(build_optimizer(recipe.optimizer)).endswith("SignDescent(learning_rate=0.5, momentum=0.25)")
    assert "sign" in known_keys()["optimizer.name"]
    for wrong, words in (
        ("optimizer.momentum=1", "optimizer.momentum must be 0 to below 1, not 1"),
        ("optimizer.beta1=0.5", "optimizer.beta1 is no setting of sign"),
        ("optimizer.name=sgn", 'did you mean "sign"'),
    ):
        with pytest.raises(RecipeError, match=words):
            load_recipe("quick", ["optimizer.name=sign", wrong])
    assert options(Limits()).optimizers["sign"] == 0.02
    X = np.linspace(-1, 1, 40).reshape(-1, 1)
    how = {"solver": "sign", "learning_rate_init": 0.01, "random_state": 0, "max_epochs": 40}
    fitted = gn.MLPRegressor(**how).fit(X, X.ravel())
    assert fitted.score(X, X.ravel()) > 0.8
    with pytest.raises(TrainingError, match=r"'sign'.*not 'sing'; the nearest is 'sign'"):
        gn.MLPRegressor(solver="sing").fit(X, X.ravel())
    with pytest.raises(ValueError, match=r"no optimiser is called 'sing'.*the nearest is 'sign'"):
        optim.optimizer_named("sing")


@pytest.fixture
def _linear():
    @dataclass(frozen=True)
    class Linear(optim.Schedule):
        name = "linear"
        final: Annotated[PositiveFraction, "factor on the rate at the end"] = 0.5

        def __call__(self, progress):
            return 1 - progress * (1 - self.final)


@pytest.mark.usefixtures("_linear")
def test_a_schedule():
    recipe = load_recipe("quick", ["optimizer.schedule=linear", "optimizer.final=0.1", "optimizer.warmup=0"])
    assert build_schedule(recipe.optimizer)(0.5) == pytest.approx(0.55)
    warm = load_recipe("quick", ["optimizer.schedule=linear", "optimizer.warmup=0.5"]).optimizer
    assert build_schedule(warm)(0.25) == 0.5 and warm.final == 0.5
    with pytest.raises(RecipeError, match="must be above 0, at most 1, not 0"):
        load_recipe("quick", ["optimizer.schedule=linear", "optimizer.final=0"])
    X = np.linspace(-1, 1, 40).reshape(-1, 1)
    fitted = gn.MLPRegressor(learning_rate="linear", max_epochs=2, random_state=0).fit(X, X.ravel())
    rates = fitted.history_.column("learning_rate")
    assert rates[1] < rates[0]
    with pytest.raises(ValueError, match=r"no schedule is called 'linaer'.*the nearest is 'linear'"):
        optim.schedule_named("linaer")


def test_a_name_stands_for_one_thing():
    with pytest.raises(ValueError, match=r"'relu' is glassnet.nn.activations.ReLU already"):
        type("Other", (nn.Activation,), {"name": "relu", "__module__": "elsewhere"})
    table = {}
    for _ in range(2):  # a notebook's cell that is run again
        register(table, "mine", type("Mine", (), {"__module__": "__main__"}))
    assert table["mine"].__module__ == "__main__"
