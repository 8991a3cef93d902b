import subprocess
import sys

import pytest

from glassnet.cli.blas import Kernels, choose_kernels, kernels

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
