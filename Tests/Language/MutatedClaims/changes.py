"""Edits that change what an expression is worth, unless something makes up for it."""
from expressions import SUMS, Expression, function, negative, number, quantity, signed
from functions import FUNCTIONS
from rewritings import multiplied_out

OF_FORWARD_PASS = ("x", "y", "out", "net", "a", "w", "b", "loss")

# The prime 2^61 - 1, made of small numbers: it is 0 in the field that backstep computes in, and what is left of it
# here is too small for doubles to see.
PRIME = signed(signed(number("1073741824"), "*", number("2147483648")), "-", number("1"))
TINY_MULTIPLE = signed(signed(PRIME, "*", number("1e-28")), "*", number("1e-28"))


def stem(name):
    """A quantity's name without its layer."""
    return name.rstrip("0123456789")


def is_of_forward_pass(name):
    return stem(name) in OF_FORWARD_PASS


def changes(site):
    """Every edit of one place that changes it, as (kind, new expression)."""
    node = site.expression
    found = of_any(site)
    if node.operation == "quantity":
        found = of_quantity(site) + found
    return found + of_terms(node) + of_factors(node) + of_sums(node) + of_functions(site) + of_rest(site)


def of_quantity(site, is_denominator=False):
    """Other indices and other quantities; in the denominator of a derivative, only what may stand there."""
    name, indices = site.expression.detail
    network, found = site.network, []
    if len(indices) == 2 and indices[0] != indices[1]:
        found.append(("indices swapped", quantity(name, *indices[::-1])))
    for at, index in enumerate(indices):
        for other in site.letters + list(range(1, network.shapes[name][at] + 1)):
            if other != index:
                found.append(("other index", quantity(name, *indices[:at], other, *indices[at + 1:])))
    for other, shape in network.shapes.items():
        fits = is_of_forward_pass(other) or not site.is_inside
        if is_denominator and other in ("y", "out", "loss"):
            fits = False
        if other != name and shape == network.shapes[name] and fits:
            is_near = stem(other).lstrip("du") == stem(name).lstrip("du")
            found.append(("near quantity" if is_near else "other quantity", quantity(other, *indices)))
    if network.is_updated and not site.is_inside and stem(name) in ("w", "b"):
        found.append(("before or after update", Expression("old", None, site.expression)))
    return found


def of_any(site):
    """What can be done to whatever stands somewhere."""
    node = site.expression
    return [
        ("sign", negative(node)),
        ("tiny term", signed(node, site.sign, site.tiny)),
        ("tiny factor", signed(node, "*", signed(number("1"), "+", site.tiny))),
        ("factor", signed(site.constant, "*", node)),
        ("extra term", signed(node, "+", site.quantity)),
        ("tiny multiple of the prime", signed(node, "+", TINY_MULTIPLE)),
    ]


def of_terms(node):
    """Terms left out, with the other sign, or in the wrong order."""
    if node.operation == "negative":
        return [("sign", node.parts[0])]
    if node.operation not in ("+", "-"):
        return []
    left, right = node.parts
    found = [("missing term", left), ("missing term", right)]
    if node.operation == "+":
        return found + [("sign", signed(left, "-", right))]
    return found + [("sign", signed(left, "+", right)), ("terms swapped", signed(right, "-", left))]


def of_factors(node):
    """Factors left out, divided by, or not multiplied with all terms."""
    operation = node.operation
    if operation not in ("*", "/", ".*"):
        return []
    left, right = node.parts
    found = [("missing factor", left), ("quotient or product", signed(left, "/" if operation == "*" else "*", right))]
    if operation == "/":
        found.append(("quotient turned over", signed(right, "/", left)))
    else:
        found.append(("missing factor", right))
    for side, terms in multiplied_out(node):
        found.append(("half multiplied out", side.with_parts(terms[0], side.parts[1])))
    return found


def of_sums(node):
    """A sum left out, or a mean or a product in its place."""
    operation, letter = node.operation, node.detail
    if operation not in SUMS or not letter:
        return []
    other = "sum" if operation == "mean" else "mean"
    found = [("missing sum", node.parts[0]), ("sum or mean", Expression(other, letter, *node.parts))]
    if letter != "sample":
        found.append(("product for sum", Expression("prod", letter, *node.parts)))
    return found


def of_functions(site):
    """Another function, another layer's activation, or an activation where its derivative belongs."""
    node, found = site.expression, []
    if node.operation == "function":
        found = [("other function", function(name, *node.parts)) for name in FUNCTIONS if name != node.detail]
        found.append(("missing function", node.parts[0]))
    if node.operation in ("activation", "slope"):
        other = "slope" if node.operation == "activation" else "activation"
        found = [("activation or derivative", Expression(other, node.detail, *node.parts))]
        for l in site.network.layers:
            if l != node.detail:
                found.append(("activation of other layer", Expression(node.operation, l, *node.parts)))
    return found


def of_rest(site):
    """Powers, constants, conditions, derivatives, and values before the update."""
    node, detail = site.expression, site.expression.detail
    if node.operation == "^":
        return [("power", Expression("^", str(int(detail) + 1), *node.parts)), ("power", node.parts[0])]
    if node.operation == "number":
        return of_number(float(detail))
    if node.operation == "old":
        return [("before or after update", node.parts[0])]
    if node.operation == "same":
        first, second, sign = detail
        found = [Expression("same", (first, second, "!=" if sign == "==" else "=="))]
        found += [Expression("same", (first, other, sign)) for other in site.letters if other not in detail]
        return [("condition", new) for new in found]
    if node.operation == "positive":
        return [("condition", signed(number("1"), "-", node))]
    return [("missing derivative", node.parts[0])] if node.operation == "derivative" else []


def of_number(value):
    """Other constants, far away and very near."""
    written = f"{value:g}" if "." in f"{value:g}" else f"{value:g}."
    far = [f"{other:g}" for other in (value + 1, abs(value - 1), value * 2, value / 2)]
    near = [f"{written}{'0' * zeros}1" for zeros in (6, 11, 13)]
    return [("constant", number(text)) for text in far] + [("tiny change of constant", number(text)) for text in near]
