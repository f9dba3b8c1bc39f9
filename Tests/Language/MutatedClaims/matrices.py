"""Matrices as lists of rows, and numbers, which stand for matrices of one element."""
from faults import NotAClaim


def simplified(rows):
    """A number for a matrix of one element."""
    return rows[0][0] if shape(rows) == (1, 1) else rows


def matrix(value):
    """A quantity's nested lists as a matrix; a vector is a column."""
    if not isinstance(value, list):
        return value
    return simplified([row if isinstance(row, list) else [row] for row in value])


def shape(value):
    """(rows, columns), or () of a number."""
    return (len(value), len(value[0])) if isinstance(value, list) else ()


def elements(value):
    """All numbers of a matrix, row by row."""
    return [v for row in value for v in row] if isinstance(value, list) else [value]


def elementwise(function, *values):
    """What a function of numbers makes of matrices of one shape, to which numbers are extended."""
    found = {shape(value) for value in values} - {()}
    if not found:
        return function(*values)
    if len(found) > 1:
        raise NotAClaim("matrices of other shapes")
    rows, columns = found.pop()
    return [
        [function(*(v[i][j] if isinstance(v, list) else v for v in values)) for j in range(columns)]
        for i in range(rows)]


def product(a, b):
    """The matrix product."""
    if shape(a)[1] != shape(b)[0]:
        raise NotAClaim("matrices of other shapes")
    columns = list(zip(*b))
    return simplified([[sum(v * w for v, w in zip(row, column)) for column in columns] for row in a])


def transposed(value):
    return [list(column) for column in zip(*value)] if isinstance(value, list) else value
