"""The command line as people call it: a process of its own, in a folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def environment():
    """As it is, but one thread: small networks, and tests that may share their processor with others."""
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("OPENBLAS", "COV_CORE"))
    }
    return {**inherited, "OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "error", "PYTHONPATH": str(SOURCE)}


@pytest.fixture
def start(tmp_path, environment):
    """Start ``glassnet``, in a folder that is empty at first."""
    started = []

    def start_program(*arguments, **options):
        command = [sys.executable, "-m", "glassnet", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": tmp_path}
        process = subprocess.Popen(command, env=environment, **{**pipes, **options})
        started.append(process)
        return process

    yield start_program
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def glassnet(tmp_path, monkeypatch, capsys):
    """Call ``glassnet`` within this process, in an empty folder; gives exit code, stdout, stderr."""
    from threadpoolctl import threadpool_limits

    from glassnet.cli import main

    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        capsys.readouterr()
        with threadpool_limits(1), pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return end.value.code or 0, captured.out, captured.err

    return call
