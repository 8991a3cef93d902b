"""The command line: a thin Typer application, one file per command.

Importing this package loads neither NumPy nor anything that needs it: the matrix kernels are chosen
first (:mod:`glassnet.cli.blas`), and ``glassnet --help`` answers at once.
"""

from glassnet.cli.main import main

__all__ = ["main"]
