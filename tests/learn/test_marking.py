"""What a verdict holds, how conventions are found out, and a folder of exercises."""

import json
from pathlib import Path

import numpy as np
import pytest

from glassnet.errors import DataError
from glassnet.learn import (
    ORDER,
    Case,
    Course,
    Exercise,
    Part,
    Status,
    Twin,
    load_exercise,
    mark_file,
    mark_functions,
    mark_source,
)
from glassnet.learn.judging.mutants import mutants
from glassnet.learn.worker.wire import Rng

COLUMNS = """
import numpy as np
SAMPLES = "columns"
def softmax(Z):
    E = np.exp(Z - Z.max(0))
    return E / E.sum(0)
"""


def test_a_verdict_as_text_and_as_json():
    source = "def dense_backward(dZ, X, W):\n    return X.T @ dZ, dZ.sum(axis=1), dZ @ W.T\n"
    verdict = mark_source(load_exercise("dense_backward"), source, "06_dense_backward.py", seed=1)
    text = verdict.text()
    assert text.startswith("✗ 06_dense_backward.py: db is summed over the outputs instead of the samples")
    assert (
        "db, yours:" in text and "db, expected:" in text and "dZ = [[" in text and "db = sum over n" in text
    )
    tree = json.loads(verdict.to_json())
    assert tree["status"] == "named" and tree["names"] == ["db_over_outputs"]
    assert tree["example"]["output"] == "db" and tree["evidence"][1] == "dW and dX are right"


def test_the_smallest_example_is_shown_and_numbers_differ_each_time():
    source = "import numpy as np\ndef dense_forward(X, W, b):\n    return X @ W\n"
    examples = [mark_source(load_exercise("dense_forward"), source, "a.py").example.inputs for _ in range(2)]
    assert examples[0] != examples[1]
    assert examples[0]["X"].count("[") == 3  # two samples


def test_columns_are_followed_where_shapes_tell_and_where_the_file_says_so():
    right = mark_source(
        load_exercise("dense_forward"), "def dense_forward(X, W, b):\n    return W @ X + b\n", "a.py"
    )
    assert right.right and right.samples == "columns" and "columns" in right.remarks[0]
    wrong = mark_source(
        load_exercise("dense_forward"), "def dense_forward(X, W, b):\n    return W @ X - b\n", "a.py"
    )
    assert wrong.names == ("bias_subtracted",) and "columns" in wrong.remarks[0]
    softmax = load_exercise("softmax")
    assert mark_source(softmax, COLUMNS, "a.py").right
    silent = mark_source(softmax, COLUMNS.replace("SAMPLES", "OTHER"), "a.py")
    assert silent.names == ("over_the_batch",) and 'SAMPLES = "columns"' in silent.remarks[0]
    assert mark_source(softmax, COLUMNS.replace("SAMPLES", "OTHER"), "a.py", samples="columns").right


def test_remarks_do_not_refuse():
    relu = (
        "def relu(Z):\n    Z[Z < 0] = 0\n    return Z\ndef relu_backward(dA, Z):\n    return dA * (Z > 0)\n"
    )
    verdict = mark_source(load_exercise("relu"), relu, "a.py")
    assert verdict.right and "Z holds other numbers after the call" in verdict.remarks[0]
    softmax = (
        COLUMNS.replace("SAMPLES", "OTHER").replace("max(0)", "max()").replace("sum(0)", "sum(1)[:, None]")
    )
    verdict = mark_source(load_exercise("softmax"), softmax, "a.py")
    assert verdict.right and "One number is taken away" in verdict.remarks[0]


def test_functions_of_a_notebook_are_marked_where_they_are(capsys):
    def one_hot(y, K):
        print("here")
        return np.eye(K)[y - 1]

    verdict = mark_functions(load_exercise("one_hot"), {"one_hot": one_hot})
    assert verdict.names == ("counted_from_one",) and "here" in verdict.printed
    assert mark_functions(load_exercise("one_hot"), {"one_hot": lambda y, K: np.eye(K)[y]}).right
    assert mark_functions(load_exercise("one_hot"), {}).status is Status.STOPPED
    assert capsys.readouterr().out == ""


def test_an_exercise_that_is_none():
    with pytest.raises(DataError, match="no exercise 'relo'; there are pixels, one_hot"):
        load_exercise("relo")


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        mark_file(load_exercise("pixels"), tmp_path / "none.py")
    (tmp_path / "latin.py").write_bytes(b"# \xe9\n")
    with pytest.raises(DataError, match="UTF-8"):
        mark_file(load_exercise("pixels"), tmp_path / "latin.py")
    assert mark_source(load_exercise("pixels"), "#" * 600_000, "long.py").status is Status.STOPPED


def test_a_course_from_its_start_to_its_end(tmp_path, worker):
    course = Course(tmp_path / "mine", worker)
    assert course.next().verdict is None
    written = course.start()
    assert [path.name for path in written] == [f"{n:02d}_{name}.py" for n, name in enumerate(ORDER, 1)]
    assert course.next().verdict.status is Status.UNSTARTED
    written[0].write_text("def scale_pixels(pixels):\n    return pixels / 255\n", encoding="utf-8")
    assert course.start() == []
    assert written[0].read_text(encoding="utf-8").endswith("pixels / 255\n")
    assert course.next().exercise.name == ORDER[1]
    course.file("softmax").write_text(COLUMNS.replace("SAMPLES", "OTHER"), encoding="utf-8")
    assert not course.mark("softmax").solved
    course.file("dense_forward").write_text(
        "def dense_forward(X, W, b):\n    return W @ X + b\n", encoding="utf-8"
    )
    assert course.mark("softmax").solved  # this learner's samples stand in columns
    for name in ORDER:
        course.file(name).write_text(load_exercise(name).solution, encoding="utf-8")
    assert course.next() is None
    course.file("pixels").rename(tmp_path / "mine" / "99_pixels.py")
    assert course.mark("pixels").solved and course.start() == []


def make(tmp_path, solution, part, twins=()):
    (tmp_path / "solution.py").write_text(solution, encoding="utf-8")
    return Exercise("own", "Own", tmp_path, (part,), tuple(twins), ("a", "b", "c"), "So.")


def test_a_class_is_driven_and_may_work_in_place(tmp_path, worker):
    def drive(learner, inputs):
        optimizer = learner.Momentum(inputs["rate"], 0.9)
        theta = inputs["theta"]
        for gradient in inputs["gradients"]:
            theta = optimizer.step(theta, gradient)
        return theta

    solution = '''"""Momentum."""
import numpy as np
class Momentum:
    """v = beta v + g; theta = theta - rate v."""
    def __init__(self, rate, beta):
        """Keep both."""
        self.rate, self.beta, self.velocity = rate, beta, 0.0
    def step(self, theta, gradient):
        """One step."""
        self.velocity = self.beta * self.velocity + gradient
        theta = theta - self.rate * self.velocity
        return theta
'''
    part = Part(
        "Momentum",
        lambda rng, s: {
            "rate": 0.1,
            "theta": rng.normal(size=s.D),
            "gradients": [rng.normal(size=s.D) for _ in range(3)],
        },
        ("theta",),
        drive=drive,
    )
    exercise = make(tmp_path, solution, part)
    assert mark_source(exercise, exercise.task, "own.py").status is Status.UNSTARTED
    assert mark_source(exercise, solution, "own.py", worker.run).right
    lost = solution.replace("self.velocity = self.beta", "self.velocity = 0 * self.beta")
    verdict = mark_source(exercise, lost, "own.py", worker.run)
    assert verdict.status is Status.NAMED and "velocity" in verdict.words


def test_random_results_are_measured(tmp_path, worker):
    def measure(inputs, outputs):
        W = outputs["W"]
        return {"the standard deviation of W": W.std() * np.sqrt(inputs["D"] / 2), "the mean of W": W.mean()}

    solution = (
        '"""He."""\nimport numpy as np\ndef he(rng, D, K):\n    """He."""\n    spread = np.sqrt(2 / D)\n'
        "    W = rng.normal(0, spread, (D, K))\n    return W\n"
    )
    part = Part(
        "he",
        lambda rng, s: {"rng": Rng(int(rng.integers(2**32))), "D": 100 * s.D, "K": 50 * s.K},
        ("W",),
        measure=measure,
        tolerance={"the standard deviation of W": 0.05, "the mean of W": 3.0},
        square=False,
    )
    twin = Twin("xavier", "2 / D", "1 / D", "the spread is Xavier's", "It is.", "sqrt(2 / D)", "Which?")
    exercise = make(tmp_path, solution, part, [twin])
    other = (
        "import numpy as np\ndef he(rng, D, K):\n    return rng.standard_normal((K, D)).T * (2 / D) ** 0.5\n"
    )
    assert mark_source(exercise, other, "own.py", worker.run).right
    assert mark_source(exercise, other.replace("2 / D", "1 / D"), "own.py", worker.run).names == ("xavier",)


def test_a_function_may_change_its_argument_and_return_nothing(tmp_path, worker):
    solution = '"""S."""\ndef step(W, dW):\n    """S."""\n    W = W - 0.1 * dW\n    return W\n'
    part = Part(
        "step",
        lambda rng, s: {"W": rng.normal(size=(s.D, s.K)), "dW": rng.normal(size=(s.D, s.K))},
        ("W",),
        in_place={"W": "W"},
        special=lambda rng: [Case({"W": np.ones(3), "dW": np.zeros(3)}, about="no gradient")],
    )
    exercise = make(tmp_path, solution, part)
    assert mark_source(exercise, "def step(W, dW):\n    W -= 0.1 * dW\n", "own.py", worker.run).right
    assert not mark_source(exercise, "def step(W, dW):\n    W += 0.1 * dW\n", "own.py", worker.run).right


ODD = {
    "0": 0,
    "empty": np.zeros((0, 3)),
    "three axes": np.ones((2, 3, 4)),
    "nan": np.full((2, 3), np.nan),
    "inf": np.inf,
    "bool": np.array([True, False]),
    "complex": np.array([1j, 2]),
    "huge": np.array([1e308, -1e308]),
    "list": [[1, 2], [3, 4]],
    "ragged": [[1], [2, 3]],
    "tuple": (np.ones(2), np.ones(3), np.ones(4)),
    "dict": {"a": 1},
    "object": object(),
    "long": list(range(5000)),
}


@pytest.mark.parametrize("name", ORDER)
@pytest.mark.parametrize("kind", ODD)
def test_odd_results_are_never_right_and_never_stop_the_marker(name, kind):
    exercise = load_exercise(name)
    functions = {part.name: lambda *_: ODD[kind] for part in exercise.parts}
    verdict = mark_functions(exercise, functions, seed=0)
    assert not verdict.right and verdict.title and json.loads(verdict.to_json())


@pytest.mark.parametrize("name", ORDER)
def test_slips_are_programs_and_none_is_the_reference(name):
    reference = load_exercise(name).reference
    texts = [mutant.source for mutant in mutants(reference)]
    assert len(texts) == len(set(texts)) > 10
    for text in texts:
        compile(text, "slip", "exec")


def test_the_learners_file_has_the_lesson_and_no_answer():
    for name in ORDER:
        exercise = load_exercise(name)
        assert "NotImplementedError" in exercise.task and "return " not in exercise.task.split('"""')[-1]
        assert Path(exercise.folder, "solution.py").exists()
