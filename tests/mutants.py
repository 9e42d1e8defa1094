"""Mutants: wrong programs made from a right one by one small change each.

The changes are those that learners make as well: another operator or comparison, a number one off
or with the other sign, a line left out, an argument ignored, a call left out.
"""

import ast
import copy

OTHER = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.MatMult: ast.Mult,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
KEPT = (ast.FunctionDef, ast.Import, ast.ImportFrom)


def mutants(source):
    """Pairs of what was changed, in words, and the changed program."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for number, node in enumerate(ast.walk(tree)):
        for words, change in changes(node):
            other = copy.deepcopy(tree)
            change([*ast.walk(other)][number])
            text = ast.unparse(ast.fix_missing_locations(other))
            if text not in seen:
                seen.add(text)
                yield f"line {getattr(node, 'lineno', 1)}: {words}", text


def changes(node):
    """What can be changed at a node: pairs of words and a function that changes its copy."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in OTHER:
        other = OTHER[type(node.op)]
        yield f"{other.__name__}", lambda it: setattr(it, "op", other())
    if isinstance(node, ast.Compare) and type(node.ops[0]) in OTHER:
        other = OTHER[type(node.ops[0])]
        yield f"{other.__name__}", lambda it: setattr(it, "ops", [other()])
    if isinstance(node, ast.UnaryOp):
        yield "sign left out", lambda it: it.__dict__.update(op=ast.UAdd())
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for value in {node.value + 1, node.value - 1, -node.value} - {node.value}:
            yield f"{value:g}", lambda it, value=value: setattr(it, "value", value)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{not node.value}", lambda it: setattr(it, "value", not it.value)
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        yield "call left out", lambda it: _become(it, it.args[0])
    if isinstance(node, ast.FunctionDef):
        for argument in node.args.args:
            yield f"{argument.arg} ignored", lambda it, name=argument.arg: _ignore(it, name)
    for field in ("body", "orelse"):
        block = getattr(node, field, None)
        if isinstance(block, list) and (len(block) > 1 or isinstance(node, ast.For | ast.If)):
            for i, line in enumerate(block):
                if not isinstance(line, KEPT) and not _is_text(line):
                    words = f"`{ast.unparse(line).splitlines()[0]}` left out"
                    yield words, lambda it, field=field, i=i: _leave_out(it, field, i)


def _is_text(line):
    """Whether a line is a docstring."""
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _become(node, other):
    node.__class__, fields = type(other), dict(other.__dict__)
    node.__dict__.clear()
    node.__dict__.update(fields)


def _leave_out(node, field, i):
    getattr(node, field)[i] = ast.Pass()


def _ignore(function, name):
    """In place of an argument, 0.5 is used, whatever is handed over."""
    for node in ast.walk(ast.Module(function.body, [])):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            _become(node, ast.Constant(0.5))
