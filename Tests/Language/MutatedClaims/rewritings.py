"""Edits that keep what an expression is worth."""
from expressions import SUMS, Expression, function, negative, number, signed


def rewritings(site):
    """Every edit of one place that keeps its value, as (kind, new expression)."""
    return of_any(site) + of_operation(site.expression) + of_function(site.expression)


def of_any(site):
    """What can be done to whatever stands somewhere."""
    node, drawn = site.expression, site.quantity
    found = [
        ("nothing added", signed(node, "+", signed(number("0"), "*", drawn))),
        ("two signs", negative(negative(node))),
        ("added and taken away", signed(signed(node, "+", drawn), "-", drawn)),
        ("times and over", signed(signed(node, "*", drawn), "/", drawn)),
    ]
    if site.letter:
        is_itself = Expression("same", (site.letter, site.letter, "=="))
        found.append(("letter that is itself", signed(node, "*", is_itself)))
    return found


def of_operation(node):
    """Operations in another order, and with parentheses multiplied out."""
    operation, found = node.operation, []
    if operation in ("+", "*", ".*"):
        found.append(("sides swapped", signed(node.parts[1], operation, node.parts[0])))
    for side, terms in multiplied_out(node):
        found.append(("multiplied out", side.with_parts(*terms)))
    if operation == "^" and node.detail == "2":
        found.append(("square as product", signed(node.parts[0], ".*", node.parts[0])))
    if operation in SUMS and node.detail not in (None, "sample"):
        found.append(("letter renamed", Expression(operation, "q", renamed(node.parts[0], node.detail, "q"))))
    return found


def multiplied_out(node):
    """Each side of a product, or numerator of a quotient, that is a sum: with what its terms become."""
    if node.operation not in ("*", "/", ".*"):
        return []
    left, right = node.parts
    found = []
    if left.operation in ("+", "-"):
        found.append((left, [signed(term, node.operation, right) for term in left.parts]))
    if right.operation in ("+", "-") and node.operation != "/":
        found.append((right, [signed(left, node.operation, term) for term in right.parts]))
    return found


def of_function(node):
    """Exponentials and logarithms by their reciprocals."""
    if node.operation != "function" or node.detail not in ("exp", "log"):
        return []
    if node.detail == "exp":
        return [("reciprocal", signed(number("1"), "/", function("exp", negative(node.parts[0]))))]
    return [("reciprocal", negative(function("log", signed(number("1"), "/", node.parts[0]))))]


def renamed(node, old, new):
    """An expression with another letter in place of one."""
    def swapped(letters):
        return tuple(new if letter == old else letter for letter in letters)

    if node.operation == "quantity":
        return Expression("quantity", (node.detail[0], swapped(node.detail[1])))
    if node.operation == "same":
        return Expression("same", swapped(node.detail))
    return node.with_parts(*(renamed(part, old, new) for part in node.parts))
