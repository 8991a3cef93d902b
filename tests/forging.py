"""Files that somebody made up: every field of a good one, one after the other, holds something absurd."""

import copy
import json

from hypothesis import strategies as st

DEEP = "a place for brackets"
ABSURD = [
    None, True, False, 0, -1, 1, 2, 3, 64, 20_000_000, 2**63, 10**400, 0.5, -0.0, 1e308, 5e-324, float("inf"),
    float("nan"), "", "relu", "Dense", "x" * 10_000, "1", [], [64], [4, 4], [-4, -4], [[]], [None], ["a"],
    [1.5] * 16, {}, {"kind": "Dense"}, {"layers": []}, {"array": "network.theta"}, DEEP,
]  # fmt: skip


def places(tree, path=()):
    """The way to each field, inner ones too."""
    for key in tree if isinstance(tree, dict) else range(min(len(tree), 3)):
        yield (*path, key)
        if isinstance(tree[key], dict | list):
            yield from places(tree[key], (*path, key))


@st.composite
def forgeries(draw, facts):
    """The facts with one or two fields replaced, removed or added."""
    facts = copy.deepcopy(facts)
    for _ in range(draw(st.integers(1, 2))):
        way = draw(st.sampled_from(sorted(places(facts), key=repr)))
        parent = facts
        for key in way[:-1]:
            parent = parent[key]
        value = copy.deepcopy(draw(st.sampled_from(ABSURD)))
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                parent[way[-1]] = value
            case "remove":
                parent.pop(way[-1])
            case "add" if isinstance(parent, dict):
                parent["colour"] = value
    return facts


def as_text(facts):
    """JSON, with more brackets where they shall be than Python can nest."""
    return json.dumps(facts).replace(f'"{DEEP}"', "[" * 50_000 + "]" * 50_000)
