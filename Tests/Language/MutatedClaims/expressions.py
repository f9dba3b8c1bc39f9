"""Expressions of the session language as trees: read from text, and written out again."""
import ast
import re

SUMS = ("sum", "mean", "prod")

# How tightly the operations with signs bind, and the signs as they are written.
SIGNS = {"+": (1, " + "), "-": (1, " - "), "*": (2, " * "), "/": (2, " / "), ".*": (2, " .* ")}
NEGATIVE, POWER, ATOM = 3, 4, 5


class Expression:
    """An operation, what it needs besides its parts, and its parts.

    A number has its text, a quantity its name and indices, `same` two letters and a sign, a power its exponent, a
    sum its letter (or `sample`, or nothing), a function its name, an activation or its slope a layer.
    """

    __slots__ = ("operation", "detail", "parts")

    def __init__(self, operation, detail=None, *parts):
        self.operation, self.detail, self.parts = operation, detail, parts

    def with_parts(self, *parts):
        return Expression(self.operation, self.detail, *parts)

    def text(self, tightness=0):
        """The expression as a session has it, with parentheses where they are needed."""
        if self.operation in SIGNS:
            level, sign = SIGNS[self.operation]
            left, right = self.parts
            after = POWER if right.operation == "negative" else level + 1
            written = left.text(level) + sign + right.text(after)
            return f"({written})" if level < tightness else written
        if self.operation == "negative":
            written = "-" + self.parts[0].text(POWER)
            return f"({written})" if NEGATIVE < tightness else written
        if self.operation == "^":
            written = f"{self.parts[0].text(ATOM)}^{self.detail}"
            return f"({written})" if POWER < tightness else written
        return self.text_of_atom()

    def text_of_atom(self):
        """An expression that needs no parentheses."""
        operation, detail = self.operation, self.detail
        inner = [part.text() for part in self.parts]
        if operation == "number":
            return detail
        if operation == "quantity":
            name, indices = detail
            return f"{name}[{','.join(map(str, indices))}]" if indices else name
        if operation == "same":
            return f"({detail[0]} {detail[2]} {detail[1]})"
        if operation == "positive":
            return f"({self.parts[0].text(1)} > 0)"
        if operation == "transpose":
            return f"{self.parts[0].text(ATOM)}'"
        if operation == "derivative":
            return f"d({inner[0]})/d({inner[1]})"
        if operation in SUMS:
            return f"{operation}({detail}, {inner[0]})" if detail else f"{operation}({inner[0]})"
        names = {"function": detail, "old": "old", "activation": f"f{detail}", "slope": f"f{detail}'"}
        return f"{names[operation]}({inner[0]})"


def number(text):
    return Expression("number", text)


def quantity(name, *indices):
    return Expression("quantity", (name, indices))


def signed(left, sign, right):
    return Expression(sign, None, left, right)


def negative(part):
    return Expression("negative", None, part)


def function(name, part):
    return Expression("function", name, part)


def parsed(text):
    """The tree of an expression, which is turned into Python's grammar: f1'(v) into slope1(v), w1' into w1.T."""
    for old, new in (
            (r"f(\d)'\(", r"slope\1("), (r"([\w)])'", r"\1.T"), (r"\)/d\(", ")**d("), (r"\^", "**"), (r"\.\*", "%")):
        text = re.sub(old, new, text)
    return tree(ast.parse(text.strip(), mode="eval").body)


def tree(node):
    """The expression that Python's grammar takes a text for."""
    if isinstance(node, ast.BinOp):
        return tree_of_operation(node)
    if isinstance(node, ast.UnaryOp):
        return negative(tree(node.operand))
    if isinstance(node, ast.Constant):
        return number(str(node.value))
    if isinstance(node, ast.Name):
        return quantity(node.id)
    if isinstance(node, ast.Attribute):
        return Expression("transpose", None, tree(node.value))
    if isinstance(node, ast.Subscript):
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return quantity(node.value.id, *(i.id if isinstance(i, ast.Name) else i.value for i in indices))
    if isinstance(node, ast.Compare):
        if isinstance(node.ops[0], ast.Gt):
            return Expression("positive", None, tree(node.left))
        sign = "==" if isinstance(node.ops[0], ast.Eq) else "!="
        return Expression("same", (node.left.id, node.comparators[0].id, sign))
    return tree_of_call(node)


def tree_of_operation(node):
    """An operation between two parts, of which a power may stand for a derivative."""
    if isinstance(node.op, ast.Pow):
        if isinstance(node.right, ast.Call):
            return Expression("derivative", None, tree(node.left.args[0]), tree(node.right.args[0]))
        return Expression("^", str(node.right.value), tree(node.left))
    signs = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Mod: ".*"}
    return signed(tree(node.left), signs[type(node.op)], tree(node.right))


def tree_of_call(node):
    """A sum, an activation, a derivative of an activation, a value before the update, or a function."""
    name, arguments = node.func.id, node.args
    if name in SUMS:
        letter = arguments[0].id if len(arguments) == 2 else None
        return Expression(name, letter, tree(arguments[-1]))
    if name == "old":
        return Expression("old", None, tree(arguments[0]))
    of_layer = re.fullmatch(r"(f|slope)(\d)", name)
    if of_layer:
        operation = "slope" if of_layer[1] == "slope" else "activation"
        return Expression(operation, int(of_layer[2]), tree(arguments[0]))
    return function(name, tree(arguments[0]))
