"""``glassnet recipes``: the recipes that ship, one of them in full, or all keys."""

from typing import Annotated

import typer

from glassnet.cli.columns import print_meanings
from glassnet.cli.options import AsJson

__all__ = ["recipes"]


def recipes(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Show this recipe's file.")] = None,
    keys: Annotated[bool, typer.Option("--keys", help="Show every key that a recipe may have.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the recipes that ship, or show one.

    Examples
    --------
      glassnet recipes
      glassnet recipes quick > mine.toml      a start for your own
      glassnet recipes --keys                 what else a recipe can say
    """
    import json

    from glassnet.recipe import known_keys, load_recipe, recipe_names, recipe_path

    if keys:
        table = known_keys()
    elif name is not None:
        path = recipe_path(name)
        print(
            json.dumps(load_recipe(name).to_dict(), indent=2) if as_json else path.read_text("utf-8"), end=""
        )
        return
    else:
        table = {known: load_recipe(known).description for known in recipe_names()}
    if as_json:
        print(json.dumps(table, indent=2, ensure_ascii=False))
        return
    print_meanings(table)
    if not keys:
        print("\nTrain with one: glassnet train mnist --recipe quick")
