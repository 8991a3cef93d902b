import subprocess
import sys

import pytest

from glassnet.cli.blas import Kernels, choose_kernels, choose_threads, kernels

AVX512 = "fpu sse2 avx2 avx512f avx512dq avx512cd avx512bw avx512vl"


@pytest.fixture
def cpuinfo(tmp_path):
    def write(flags):
        path = tmp_path / "cpuinfo"
        path.write_text(
            f"processor\t: 0\nmodel name\t: Some\nflags\t\t: {flags}\n\nprocessor\t: 1\n", encoding="utf-8"
        )
        return path

    return write


def test_avx512_kernels_are_asked_for_where_the_processor_has_them(cpuinfo):
    environment = {}
    assert choose_kernels(environment, cpuinfo(AVX512)).name == "SKYLAKEX"
    assert environment == {"OPENBLAS_CORETYPE": "SKYLAKEX"}
    assert kernels().name == "SKYLAKEX"


@pytest.mark.parametrize("missing", AVX512.split()[3:])
def test_a_processor_that_lacks_one_of_the_flags_is_left_alone(cpuinfo, missing):
    environment = {}
    chosen = choose_kernels(environment, cpuinfo(AVX512.replace(missing, "")))
    assert environment == {} and chosen.name == "" and "no AVX-512" in str(chosen)


def test_what_the_user_has_set_stays(cpuinfo):
    environment = {"OPENBLAS_CORETYPE": "HASWELL"}
    assert choose_kernels(environment, cpuinfo(AVX512)) == Kernels(
        "HASWELL", "set by you in OPENBLAS_CORETYPE"
    )
    assert environment == {"OPENBLAS_CORETYPE": "HASWELL"}


def test_without_cpuinfo_nothing_is_done(tmp_path):
    environment = {}
    assert choose_kernels(environment, tmp_path / "none").name == ""
    assert environment == {}
    (tmp_path / "arm").write_text("Features : fp asimd\n", encoding="utf-8")
    assert "not known" in choose_kernels(environment, tmp_path / "arm").reason


def test_importing_the_command_line_loads_neither_numpy_nor_pydantic(environment):
    heavy = ("numpy", "pydantic", "pandas", "rich")
    code = f"import sys, glassnet.cli; print([name for name in {heavy} if name in sys.modules])"
    command = [sys.executable, "-c", code]
    assert (
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout == "[]\n"
    )


def test_a_name_that_openblas_lacks_is_harmless(environment):
    code = "import numpy as np; a = np.eye(50, dtype=np.float32); assert (a @ a == a).all()"
    command = [sys.executable, "-c", code]
    subprocess.run(command, env={**environment, "OPENBLAS_CORETYPE": "NONSENSE"}, check=True)


@pytest.mark.parametrize(
    ("wanted", "trains", "set_before", "set_then"),
    [
        (None, False, None, "1"),
        (None, True, None, None),
        (None, False, "7", "7"),
        (3, False, None, "3"),
        (3, True, "7", "3"),
    ],
)
def test_threads_are_chosen_before_numpy_loads(wanted, trains, set_before, set_then, monkeypatch):
    monkeypatch.delitem(sys.modules, "numpy")
    environment = {} if set_before is None else {"OPENBLAS_NUM_THREADS": set_before}
    choose_threads(wanted, trains, environment)
    assert environment.get("OPENBLAS_NUM_THREADS") == set_then


@pytest.mark.parametrize(
    "line", [["--threads", "1", "train"], ["train", "--threads=1"], ["train", "--threads", "1"]]
)
def test_threads_may_stand_anywhere_and_are_noted(glassnet, tmp_path, line):
    code, _, err = glassnet(*line, "-q", "--set", "training.epochs=1", "--out", "run")
    assert code == 0, err
    assert "threads = 1\n" in (tmp_path / "run" / "recipe.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", ["0", "-1", "two", ""])
def test_a_number_of_threads_that_is_none_is_refused(glassnet, value):
    code, _, err = glassnet("train", "--threads", value)
    assert code == 2
    assert "--threads" in err
