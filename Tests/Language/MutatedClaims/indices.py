"""The index letters of an expression, and how far they run."""
from expressions import SUMS
from faults import NotAClaim


def extents(expression, network, found=None, bound=()):
    """The free letters of an expression with the sizes that they index."""
    found = {} if found is None else found
    if expression.operation == "quantity":
        add_extents(found, *expression.detail, network, bound)
    elif expression.operation in SUMS and expression.detail not in (None, "sample"):
        extent(expression.parts[0], expression.detail, network)
        bound = bound + (expression.detail,)
    for part in expression.parts:
        extents(part, network, found, bound)
    return found


def add_extents(found, name, indices, network, bound):
    """Adds what one quantity says of its letters."""
    shape = network.shapes.get(name)
    if shape is None or indices and len(indices) != len(shape):
        raise NotAClaim("quantity with other indices")
    for index, size in zip(indices, shape):
        if isinstance(index, int):
            if index > size:
                raise NotAClaim("index out of range")
        elif index not in bound and found.setdefault(index, size) != size:
            raise NotAClaim("letter with two extents")


def extent(body, letter, network):
    """How far the letter of a sum runs."""
    found = extents(body, network)
    if letter not in found:
        raise NotAClaim("sum over a letter that is not used")
    return found[letter]


def compared_letters(expression, bound=()):
    """The free letters that are compared with others."""
    if expression.operation == "same":
        return {letter for letter in expression.detail[:2] if letter not in bound}
    if expression.operation in SUMS and expression.detail not in (None, "sample"):
        bound = bound + (expression.detail,)
    return set().union(*(compared_letters(part, bound) for part in expression.parts))
