"""``glassnet check``: whether every derivative is right."""

from typing import Annotated

import typer

from glassnet.cli.options import AsJson

__all__ = ["check"]


def check(
    seed: Annotated[int, typer.Option(min=0, help="Seed of the numbers to check with.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Check every derivative numerically.

    The gradients of every layer, activation, loss and penalty, in float64, against central differences.

    Example:
      glassnet check
    """
    import json

    from glassnet.nn.gradcheck import TOLERANCE, check_all

    checks = list(check_all(seed))
    failed = [row for row in checks if not row.passed]
    if as_json:
        print(json.dumps([{**row._asdict(), "passed": row.passed} for row in checks], indent=2))
    else:
        widths = [max(map(len, column)) for column in zip(*(row[:3] for row in checks), strict=True)]
        for row in checks:
            names = "  ".join(text.ljust(width) for text, width in zip(row[:3], widths, strict=True))
            print(f"{names}  {row.error:.1e}  {'ok' if row.passed else 'WRONG'}")
        verdict = f"{len(failed)} are wrong" if failed else "all right"
        print(f"\n{len(checks)} gradients, relative errors below {TOLERANCE:g} wanted: {verdict}.")
    raise typer.Exit(1 if failed else 0)
