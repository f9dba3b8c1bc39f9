"""The value of an expression at a point, where derivatives are central differences of the forward pass."""
from expressions import SUMS
from faults import NotAClaim
from functions import ACTIVATIONS, FUNCTIONS
from indices import extent
from matrices import elements, elementwise, matrix, product, shape, transposed
from precision import ONE, STEP, UNDEFINED, ZERO, divide, number, rounded, softmax


def value(expression, letters, point):
    """A number, or a matrix for what has no index, where letters have the places given."""
    operation, detail = expression.operation, expression.detail
    if operation == "number":
        return number(detail)
    if operation == "quantity":
        return value_of_quantity(*detail, letters, point)
    if operation == "same":
        return ONE if (letters[detail[0]] == letters[detail[1]]) == (detail[2] == "==") else ZERO
    if operation in SUMS:
        return value_of_sum(expression, letters, point)
    if operation == "old":
        return value(expression.parts[0], letters, point.before_update())
    if operation == "derivative":
        return value_of_derivative(*expression.parts, letters, point)
    values = [value(part, letters, point) for part in expression.parts]
    return of_two(operation, *values) if len(values) == 2 else of_one(operation, detail, *values, point)


def zero_based(indices, letters):
    """Indices as Python counts them."""
    return tuple((i if isinstance(i, int) else letters[i]) - 1 for i in indices)


def value_of_quantity(name, indices, letters, point):
    """A quantity, or one of its elements."""
    found = point.value(name)
    for place in zero_based(indices, letters):
        found = found[place]
    return matrix(found)


def value_of_sum(expression, letters, point):
    """A sum, a mean or a product: over a letter, over the samples, or of all elements."""
    letter, body = expression.detail, expression.parts[0]
    if letter is None:
        terms = elements(value(body, letters, point))
    elif letter == "sample":
        terms = [value(body, letters, point.at_sample(sample)) for sample in range(point.network.batch)]
    else:
        places = range(1, extent(body, letter, point.network) + 1)
        terms = [value(body, {**letters, letter: place}, point) for place in places]
    total = terms[0]
    for term in terms[1:]:
        total = elementwise(lambda a, b: a * b if expression.operation == "prod" else a + b, total, term)
    return elementwise(lambda v: v / len(terms), total) if expression.operation == "mean" else total


def value_of_derivative(body, by, letters, point):
    """A difference quotient: what moves when one element is moved."""
    name, indices = by.detail
    place = zero_based(indices, letters)
    ends = [value(body, letters, point.with_moved(name, place, step)) for step in (STEP, -STEP)]
    return elementwise(lambda upper, lower: (upper - lower) / (2 * STEP), *ends)


def of_one(operation, detail, v, point):
    """An operation on one value."""
    if operation == "negative":
        return elementwise(lambda e: -e, v)
    if operation == "^":
        return elementwise(lambda e: e ** int(detail), v)
    if operation == "transpose":
        return transposed(v)
    if operation == "positive":
        return elementwise(is_positive, v)
    if operation == "function":
        return elementwise(FUNCTIONS[detail], v)
    return activated(operation, detail, v, point.network)


def is_positive(v):
    """1 or 0, or undefined for what is."""
    return UNDEFINED if v != v else ONE if rounded(v) > 0 else ZERO


def activated(operation, layer, v, network):
    """A layer's activation, or its derivative, of any value; a softmax takes its units together."""
    name = network.activations[layer]
    if name == "softmax":
        units = network.sizes[layer]
        if operation == "slope" or shape(v) != (() if units == 1 else (units, 1)):
            raise NotAClaim("softmax of other units, or its derivative")
        return matrix(softmax(elements(v)))
    formula = ACTIVATIONS[name][1 if operation == "slope" else 0]
    return elementwise(lambda e: formula(rounded(e)) if e == e else UNDEFINED, v)


def of_two(operation, a, b):
    """An operation on two values; a star between matrices is their product."""
    if operation == "*" and shape(a) and shape(b):
        return product(a, b)
    if operation == "/" and shape(b):
        raise NotAClaim("division by a matrix")
    formulas = {
        "+": lambda v, w: v + w, "-": lambda v, w: v - w, "*": lambda v, w: v * w, ".*": lambda v, w: v * w,
        "/": divide}
    return elementwise(formulas[operation], a, b)
