"""On what the figures were measured, and how each process is started."""

import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

from glassnet.cli.blas import choose_kernels

ROOT = Path(__file__).parents[1]


def usable_cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def environment(threads, coretype="auto"):
    """What every contestant is started with: the same threads, the same matrix kernels, the same data."""
    env = dict(os.environ, PYTHONHASHSEED="0")
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        env[variable] = str(threads)
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
    if "GLASSNET_DATA" not in env and (ROOT.parent / "shared" / "data").is_dir():
        env["GLASSNET_DATA"] = str(ROOT.parent / "shared" / "data")
    if coretype == "auto":
        choose_kernels(env)  # as the command line does; what the user has set stays
    elif coretype:
        env["OPENBLAS_CORETYPE"] = coretype
    else:
        env.pop("OPENBLAS_CORETYPE", None)
    return env


def measured(command, env):
    """(seconds, peak megabytes, output) of one command; a RuntimeError with its words if it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)),
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{output.strip()}")
    scale = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    return seconds, usage.ru_maxrss / scale, output


def processor():
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def describe(threads, env):
    packages = ("numpy", "scikit-learn", "torch", "pandas")
    return {
        "date": time.strftime("%Y-%m-%d"),
        "processor": processor(),
        "cores": usable_cores(),
        "threads": threads,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in packages},
        "coretype": env.get("OPENBLAS_CORETYPE", ""),
        "kernels": kernels_in_use(env),
        "load_at_start": os.getloadavg()[0],
    }


def kernels_in_use(env):
    """The kernels that NumPy's OpenBLAS really loaded; it silently falls back where it lacks a name."""
    code = (
        "import numpy, threadpoolctl; "
        "print(*{i.get('architecture') for i in threadpoolctl.threadpool_info() if i['user_api'] == 'blas'})"
    )
    return measured([sys.executable, "-c", code], env)[2].strip()
