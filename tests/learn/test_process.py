"""Whatever a learner's file does, the marker gets its answer, says it in a sentence, and goes on."""

import os
import sys

import numpy as np
import pytest

from glassnet.learn import Status, Worker, load_exercise, mark_source
from glassnet.learn.process import SECONDS

EXERCISE = load_exercise("pixels")
FINE = "def scale_pixels(pixels):\n    return pixels / 255\n"
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit is Linux's")


def verdict_of(worker, body, head="import numpy as np", seconds=0.5):
    source = f"{head}\ndef scale_pixels(pixels):\n    {body}\n"
    return mark_source(EXERCISE, source, "01_pixels.py", lambda *job: worker.run(*job[:2], seconds))


STOPPED = {
    "endless loop": ("while True: pass", "still running", 3),
    "endless loop that catches everything": (
        "while True:\n        try:\n            1 / 0\n        except BaseException: pass",
        "still running",
        None,
    ),
    "endless arithmetic in C": ("return 10 ** 10 ** 8", "still running", 3),
    "sleep": ("import time; time.sleep(60)", "still running", 3),
    "recursion": ("return scale_pixels(pixels)", "calls itself", 3),
    "sys.exit": ("import sys; sys.exit(0)", "ends the program", 3),
    "exit": ("exit()", "ends the program", 3),
    "os._exit": ("import os; os._exit(0)", "ends the process", 3),
    "posix._exit": ("import posix; posix._exit(0)", "ended Python itself", None),
    "abort": ("import os; os.abort()", "ends the process", 3),
    "crash": ("import ctypes; ctypes.string_at(0)", "SIGSEGV", 3),
    "signal to itself": ("import signal; signal.raise_signal(9)", "SIGKILL", None),
    "signal to others": ("import os; os.kill(os.getppid(), 9)", "sends a signal", 3),
    "input": ("return float(input('x'))", "waits for input()", 3),
    "too large an array": ("return np.zeros((10**6, 10**6))", "more memory", 3),
    "list that grows": ("x = []\n    while True: x.append(bytes(10**7))", "", None),
    "reads a file": ("return open('/etc/../work/secret.txt').read()", "reads", 3),
    "reads the solutions": (
        f"return open({str(EXERCISE.folder / 'solution.py')!r}).read()",
        "an exercise works with its arguments alone",
        3,
    ),
    "imports the solutions": ("import glassnet.learn", "", None),
    "writes a file": ("open('/tmp/mine.txt', 'w')", "writes", 3),
    "removes a file": ("import os; os.remove('/tmp/mine.txt')", "writes", 3),
    "starts a program": ("import os; os.system('true')", "starts another program", 3),
    "starts a process": ("import os; os.fork()", "starts another process", 3),
    "opens a connection": ("import socket; socket.socket()", "opens a connection", 3),
    "missing name": ("return pixls / 255", "Is pixels meant?", 3),
    "missing import": ("return math.floor(1)", "`import math` is missing", 3),
    "missing package": ("import torch_and_more", "cannot be found", 3),
    "NumPy function that is none": ("return np.divde(pixels, 255)", "Is np.divide meant?", 3),
    "division by zero": ("return 1 / 0", "divides by zero", 3),
    "assertion": ("assert pixels is None, 'no'", "asserts", 3),
    "key": ("return {}['a']", "asks for the key", 3),
    "index": ("return pixels[99]", "takes number 99", 3),
    "unbound": ("x += 1", "before anything was assigned", 3),
    "None": ("return np.fill_diagonal(pixels, 0) + 1", "None", 3),
    "own error": ("raise RuntimeError('so')", "RuntimeError: so", 3),
    "no return": ("pixels / 255", "ends without a return", None),
    "text": ("return 'white'", "the text 'white'", None),
    "list in itself": ("x = []; x.append(x); return x", "", None),
    "two arguments": (
        "return pixels / 255\ndef scale_pixels(pixels, by): return pixels / by",
        "yours takes",
        None,
    ),
}


@LINUX
@pytest.mark.parametrize("kind", STOPPED)
def test_every_mishap_has_its_sentence(worker, kind):
    body, words, line = STOPPED[kind]
    verdict = verdict_of(worker, body)
    assert verdict.status is Status.STOPPED, verdict.text()
    assert words in verdict.words and verdict.title
    if line is not None:
        assert verdict.line == line and f"01_pixels.py:{line}" in verdict.text()
    assert "site-packages" not in verdict.text() and "worker" not in verdict.text()
    assert mark_source(EXERCISE, FINE, "01_pixels.py", worker.run).right


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("def scale_pixels(pixels)\n    return pixels\n", 1, "a colon is missing"),
        ("def scale_pixels(pixels):\n    return (pixels / 255\n", 2, "never closed"),
        ("def scale_pixels(pixels):\nreturn pixels\n", 2, "expected an indented block"),
        ("x = 1\n  y = 2\n", 2, "indented further"),
        ("import numpy as np\nx = np.zeros(3) +\n", 2, "something is missing"),
        ("import nowhere_to_be_found\n", 1, "cannot be found"),
        ("def scale(pixels):\n    return pixels\n", None, "has to define scale_pixels. It defines scale."),
        ("x = 3\n", None, "It defines none."),
        ("", None, "It defines none."),
    ],
)
def test_files_that_cannot_be_run(worker, source, line, words):
    verdict = mark_source(EXERCISE, source, "01_pixels.py", worker.run)
    assert verdict.status is Status.STOPPED
    assert words in verdict.words and verdict.line == line


def test_a_traceback_shows_the_learners_lines_alone(worker):
    head = "import numpy as np\ndef helper(x):\n    return np.linalg.inv(x) @ x"
    verdict = verdict_of(worker, "return helper(pixels)", head)
    assert verdict.traceback == (
        "line 5, in scale_pixels:  return helper(pixels)",
        "line 3, in helper:  return np.linalg.inv(x) @ x",
    )


def test_shapes_that_do_not_fit_are_told_with_their_names(worker):
    verdict = verdict_of(worker, "return pixels @ pixels")
    assert "`pixels @ pixels`" in verdict.words and "pixels is (2, 3)" in verdict.words


def test_what_is_printed_is_shown_and_does_no_harm(worker):
    assert verdict_of(worker, "print('here', pixels.shape); return pixels / 255").right
    verdict = verdict_of(worker, "print('here', pixels.shape); return pixels")
    assert "here (2, 3)" in verdict.printed and "Your code printed:" in verdict.text()
    flood = verdict_of(worker, "print('x' * 100_000); return pixels")
    assert flood.status is Status.NAMED and len(flood.printed) <= 20_000


def test_plots_and_threads_do_not_block(worker):
    pytest.importorskip("matplotlib")
    plot = "import matplotlib.pyplot as plt; plt.imshow(pixels); plt.show(); return pixels / 255"
    assert verdict_of(worker, plot, seconds=20).right
    head = "import threading\ndef forever():\n    while True: pass"
    thread = "threading.Thread(target=forever).start(); return pixels / 255"
    assert verdict_of(worker, thread, head, seconds=5).right


def test_what_one_file_changes_no_other_sees(worker):
    assert not verdict_of(worker, "np.divide = None; np.seterr(all='raise'); return pixels").right
    assert verdict_of(worker, "return np.divide(pixels, 255)").right


def test_a_file_may_use_a_folder_of_its_own(worker):
    assert verdict_of(worker, "np.save('a.npy', pixels); return np.load('a.npy') / 255").right
    assert verdict_of(worker, "return np.load('a.npy') / 255").status is Status.STOPPED


def test_forged_answers_do_not_get_through():
    head = "import os, contextlib"
    body = (
        "for f in range(3, 20):\n        with contextlib.suppress(OSError): os.write(f, b'glas' + bytes(99))"
    )
    with Worker() as worker:
        assert not verdict_of(worker, body, head).right
        assert verdict_of(worker, "return pixels / 255").right


def test_without_forking_each_job_gets_a_process_of_its_own():
    call = {"function": "pid", "inputs": {}, "seed": 0}
    source = "import os\ndef pid(): return os.getpid()\ndef die(): os.kill(os.getpid(), 9)\n"
    with Worker(fork=False) as worker:
        first, second = (worker.run(source, [call]).answers[0]["value"] for _ in range(2))
        assert first != second
        assert worker.run("def f(): import posix; posix._exit(3)", [call | {"function": "f"}]).exit_code == 3
        assert worker.run(source, [call]).done


def test_the_environment_is_not_handed_on(worker, monkeypatch):
    monkeypatch.setenv("SECRET_OF_MINE", "1")
    source = "import os\ndef f(): return sorted(os.environ)\n"
    with Worker() as fresh:
        names = fresh.run(source, [{"function": "f", "inputs": {}, "seed": 0}]).answers[0]["value"]
    assert "SECRET_OF_MINE" not in names and "SECRET_OF_MINE" in os.environ
    assert worker.run("", [], SECONDS).done


def test_every_kind_of_value_comes_back(worker):
    source = """
import numpy as np
from decimal import Decimal
def f(x):
    return [
        x, x[0, 0], np.float32(2), 3, 2.5, True, None, "a", (1, 2), {"k": x[0]}, np.matrix(x), 10**30,
        Decimal(1), float("nan"), np.array(["a"]), np.array([1, 2], dtype=object), f, list(range(2000)),
        x > 1, 1j * x,
    ]
"""
    x = np.arange(6.0).reshape(2, 3)
    (answer,) = worker.run(source, [{"function": "f", "inputs": {"x": x}, "seed": 0}]).answers.values()
    value = answer["value"]
    np.testing.assert_array_equal(value[0], x)
    assert value[1:9] == [0.0, 2.0, 3, 2.5, True, None, "a", (1, 2)]
    np.testing.assert_array_equal(value[9]["k"], x[0])
    assert value[10].shape == (2, 3) and value[11] == "a huge int" and value[12] == "Decimal"
    assert np.isnan(value[13]) and value[15] == [1, 2] and value[16] == "function"
    assert value[17].shape == (2000,) and value[18].dtype == bool and value[19].dtype == complex
