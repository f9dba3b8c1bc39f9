"""Activations, losses and functions of one number, as a textbook has them."""
from precision import ONE, ZERO, divide, library, log, number, pi, rounded, sigmoid


def bell(v):
    """The share of a normal distribution below a number."""
    return (1 + library.erf(v / library.sqrt(number(2)))) / 2


def density(v):
    """The derivative of the bell."""
    return library.exp(-v * v / 2) / library.sqrt(2 * pi())


def softplus(v):
    return log(1 + library.exp(v))


def silu(v):
    return v * sigmoid(v)


# Each activation as its value and its derivative; at a kink, which is at 0, the derivative is the one below.
ACTIVATIONS = {
    "identity": (lambda v: v, lambda v: ONE),
    "sigmoid": (sigmoid, lambda v: sigmoid(v) * sigmoid(-v)),
    "tanh": (library.tanh, lambda v: 1 - library.tanh(v) ** 2),
    "relu": (lambda v: v if v > 0 else ZERO, lambda v: ONE if v > 0 else ZERO),
    "leaky-relu": (lambda v: v if v > 0 else v / 100, lambda v: ONE if v > 0 else ONE / 100),
    "elu": (lambda v: v if v > 0 else library.exp(v) - 1, lambda v: ONE if v > 0 else library.exp(v)),
    "softplus": (softplus, sigmoid),
    "silu": (silu, lambda v: sigmoid(v) * (1 + v * sigmoid(-v))),
    "gelu": (lambda v: v * bell(v), lambda v: bell(v) + v * density(v)),
}

WITH_KINK = ("relu", "leaky-relu", "elu")

# The functions that claims are written with.
FUNCTIONS = {
    "exp": library.exp, "log": log, "tanh": library.tanh, "sigmoid": sigmoid, "abs": lambda v: abs(rounded(v)),
    "softplus": softplus, "silu": silu,
}


def huber(distance):
    return distance * distance / 2 if abs(distance) <= 1 else abs(distance) - ONE / 2


def huber_slope(distance):
    return max(-ONE, min(ONE, distance))


# Each loss as its value for one output and the derivative by it: of a target y, an output a and n outputs.
LOSSES = {
    "half-squared-error": (lambda y, a, n: (y - a) ** 2 / 2, lambda y, a, n: a - y),
    "mse": (lambda y, a, n: (y - a) ** 2 / n, lambda y, a, n: 2 * (a - y) / n),
    "ce": (lambda y, a, n: -y * log(a), lambda y, a, n: divide(-y, a)),
    "bce": (
        lambda y, a, n: -(y * log(a) + (1 - y) * log(1 - a)) / n,
        lambda y, a, n: divide(a - y, a * (1 - a)) / n),
    "mae": (lambda y, a, n: abs(y - a) / n, lambda y, a, n: (ONE if a > y else -ONE) / n),
    "huber": (lambda y, a, n: huber(a - y) / n, lambda y, a, n: huber_slope(a - y) / n),
}

# How many cases a claim falls into for each output of a loss with kinks.
KINKS_OF_LOSS = {"mae": 1, "huber": 3}
