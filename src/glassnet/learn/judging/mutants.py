"""Mistakes that nobody wrote down: the reference with one thing in it changed, thing after thing.

A catalogue never holds every mistake. But most are one small slip: another array, another axis, an operand
lost, two lines in the wrong order. All such slips of the reference are made here, one at a time; if the
learner's numbers are those of one of them, the line that makes these numbers can be shown.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Mutant", "mutants"]

OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.MatMult, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
FUNCTIONS = {
    "sum": ("mean", "max"),
    "mean": ("sum", "median"),
    "max": ("min", "sum", "mean"),
    "min": ("max",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "argmax": ("argmin", "max"),
    "argmin": ("argmax",),
    "log": ("log2", "log10", "log1p"),
    "exp": ("exp2", "expm1"),
    "tanh": ("sinh", "cosh", "arctan"),
    "sqrt": ("square", "cbrt"),
    "square": ("abs", "sqrt"),
    "var": ("std",),
    "std": ("var",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "normal": ("uniform",),
    "standard_normal": ("random",),
}
WORDS = {
    "operands": (
        "two operands have changed places",
        "Which shape has each of the two, and which order do they need?",
    ),
    "operator": (
        "another operation",
        "What does the mathematics do with these two: add, multiply, or sum products?",
    ),
    "name": ("one array in place of another", "Which array belongs at this place of the formula?"),
    "axis": ("another axis", "Along which axis do the samples stand, and over what is it taken?"),
    "dropped": (
        "a step is missing",
        "Compare your line with the formula, factor by factor: what is not there?",
    ),
    "function": ("another function", "Which function does the formula name at this place?"),
    "constant": ("another number in the formula", "Which constants does the formula have?"),
    "transpose": (
        "a transpose too many or too few",
        "Write the shape of each factor beneath it: do they meet?",
    ),
    "comparison": ("another comparison", "On which side of the boundary does which case hold?"),
    "order": (
        "two lines in the wrong order",
        "Which value does each line need: the one before, or the one after?",
    ),
    "line": ("a line is missing", "Which lines of the formula have no counterpart in yours?"),
    "part": ("a part of an array is left out", "Which rows and columns take part, and which are asked for?"),
}


@dataclass(frozen=True)
class Mutant:
    """The reference with one thing changed.

    Attributes
    ----------
    source : str
        Its text.
    line : str
        The changed line.
    kind : str
        A key of ``WORDS``.
    original : str
        The line as it was.
    """

    source: str
    line: str
    kind: str
    original: str


def mutants(source: str) -> Iterator[Mutant]:
    r"""All texts with one slip inside a function of ``source``.

    >>> [m.line for m in mutants("def f(a, b):\n    return a - b\n")][:3]
    ['return b - a', 'return a + b', 'return a']
    """
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
        for mutant in _of_function(tree, function):
            if mutant.source not in seen:
                seen.add(mutant.source)
                yield mutant


def _of_function(tree: ast.Module, function: ast.FunctionDef) -> Iterator[Mutant]:
    scope = _scope(function)
    for block in _blocks(function):
        for index, statement in enumerate(block):
            if _is_docstring(statement):
                continue
            yield from _in_statement(tree, statement, scope)
            yield from _around_statement(tree, block, index)


def _scope(function: ast.FunctionDef) -> list[str]:
    names = [argument.arg for argument in function.args.args]
    names += [
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    return [name for name in dict.fromkeys(names) if name != "self"][:14]


def _blocks(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    yield function.body
    for node in ast.walk(function):
        if node is not function and not isinstance(node, ast.FunctionDef):
            for field in ("body", "orelse"):
                block = getattr(node, field, None)
                if isinstance(block, list) and block:
                    yield block


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _in_statement(tree: ast.Module, statement: ast.stmt, scope: Sequence[str]) -> Iterator[Mutant]:
    """Every replacement of every expression of one statement (of a compound one: of its head)."""
    original = ast.unparse(statement).split("\n")[0]
    for parent, field, index, node in list(_slots(statement)):
        for kind, new in _replacements(node, scope):
            _put(parent, field, index, new)
            yield Mutant(ast.unparse(tree), ast.unparse(statement).split("\n")[0], kind, original)
            _put(parent, field, index, node)


def _slots(statement: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    for field, value in ast.iter_fields(statement):
        if field in ("targets", "body", "orelse") and isinstance(statement, ast.stmt):
            continue
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, (ast.expr, ast.cmpop, ast.keyword)):
                yield statement, field, index if isinstance(value, list) else None, child
                yield from _slots(child)


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _replacements(node: ast.AST, scope: Sequence[str]) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.BinOp):
        yield from _of_operation(node)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.cmpop):
        yield from (("comparison", other()) for other in COMPARISONS.get(type(node), ()))
    elif isinstance(node, ast.UnaryOp):
        yield "dropped", node.operand
    elif isinstance(node, ast.Attribute) and node.attr == "T":
        yield "transpose", node.value
    elif isinstance(node, ast.Subscript):
        yield "dropped", node.value
    elif isinstance(node, ast.keyword) and node.arg == "axis":
        yield from (("axis", ast.keyword("axis", ast.Constant(axis))) for axis in (0, 1, None))
    elif isinstance(node, ast.keyword) and node.arg == "keepdims":
        yield "axis", ast.keyword("keepdims", ast.Constant(False))
    elif isinstance(node, ast.Constant):
        yield from (("constant", ast.Constant(number)) for number in _numbers(node.value))
    elif isinstance(node, ast.Name) and node.id in scope:
        yield from (("name", ast.Name(name, ast.Load())) for name in scope if name != node.id)
        yield "transpose", ast.Attribute(ast.Name(node.id, ast.Load()), "T", ast.Load())
        parts = ("[:-1]", "[1:]", "[:, :-1]", "[:, 1:]")
        yield from (("part", ast.parse(f"{node.id}{part}", mode="eval").body) for part in parts)


def _of_operation(node: ast.BinOp) -> Iterator[tuple[str, ast.AST]]:
    if not isinstance(node.op, (ast.Add, ast.Mult)):
        yield "operands", ast.BinOp(node.right, node.op, node.left)
    for other in OPERATORS.get(type(node.op), ()):
        yield "operator", ast.BinOp(node.left, other(), node.right)
    yield "dropped", node.left
    yield "dropped", node.right
    if isinstance(node.op, (ast.Add, ast.Sub)) and isinstance(node.right, ast.BinOp):
        right = node.right  # a - b / c  as  (a - b) / c: a pair of brackets elsewhere
        yield "operator", ast.BinOp(ast.BinOp(node.left, node.op, right.left), right.op, right.right)
    if isinstance(node.op, (ast.Mult, ast.Div)) and isinstance(node.left, ast.BinOp):
        left = node.left
        if isinstance(left.op, (ast.Add, ast.Sub)):
            yield "operator", ast.BinOp(left.left, left.op, ast.BinOp(left.right, node.op, node.right))


def _of_call(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node.func, ast.Attribute):
        for name in FUNCTIONS.get(node.func.attr, ()):
            yield (
                "function",
                ast.Call(ast.Attribute(node.func.value, name, ast.Load()), node.args, node.keywords),
            )
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "np"):
            yield "dropped", node.func.value
    for argument in node.args:
        yield "dropped", argument
    for index in range(len(node.keywords)):
        kept = node.keywords[:index] + node.keywords[index + 1 :]
        kind = "axis" if node.keywords[index].arg in ("axis", "keepdims") else "dropped"
        yield kind, ast.Call(node.func, node.args, kept)


def _numbers(value: object) -> list[int | float]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [
            number for number in (value + 1, value - 1, -value, 0.5 if value == 1 else 0) if number != value
        ]
    if isinstance(value, float):
        return [
            number for number in (value + 1, 1 - value, -value, 2 * value, 10 * value, 0.0) if number != value
        ]
    return []


def _around_statement(tree: ast.Module, block: list[ast.stmt], index: int) -> Iterator[Mutant]:
    """The statement left out, and the statement after the next one."""
    statement = block[index]
    original = ast.unparse(statement).split("\n")[0]
    if len(block) > 1 and not isinstance(statement, (ast.Return, ast.Import, ast.ImportFrom)):
        block[index] = ast.Pass()
        yield Mutant(ast.unparse(tree), original, "line", original)
        block[index] = statement
    if index + 1 < len(block) and not isinstance(block[index + 1], ast.Return):
        block[index], block[index + 1] = block[index + 1], statement
        yield Mutant(ast.unparse(tree), ast.unparse(block[index]).split("\n")[0], "order", original)
        block[index], block[index + 1] = statement, block[index]
