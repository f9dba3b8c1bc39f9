"""Numbers of 600 bits, and when two of them are taken for equal.

gmpy2 makes them where it is installed, as it is faster; mpmath does otherwise.
"""
try:
    import gmpy2 as library

    number, pi = library.mpfr, library.const_pi
except ImportError:
    import mpmath as library

    number, pi = library.mpf, lambda: +library.pi


def use_precision():
    """Sets 600 bits, which every process has to do for itself."""
    if hasattr(library, "get_context"):
        library.get_context().precision = 600
    else:
        library.mp.prec = 600


use_precision()

UNDEFINED, ZERO, ONE = number("nan"), number(0), number(1)

# Below the first, differences are taken for rounding; above the second, for real; between them nothing is said.
SAME, APART = number("1e-50"), number("1e-40")

# What rounding leaves of an exact 0 is smaller than this, and whatever is drawn is larger.
NOTHING = number("1e-60")

# What a quantity is moved by for a difference quotient.
STEP = number(2) ** -200


def rounded(v):
    """A number, or 0 for what rounding leaves of it."""
    return ZERO if abs(v) < NOTHING else v


def log(v):
    return library.log(v) if v > NOTHING else UNDEFINED


def divide(a, b):
    return a / b if abs(b) > NOTHING else UNDEFINED


def sigmoid(v):
    return 1 / (1 + library.exp(-v))


def softmax(z):
    """The exponentials of some numbers as shares of their sum."""
    exponentials = [library.exp(v) for v in z]
    total = sum(exponentials)
    return [e / total for e in exponentials]
