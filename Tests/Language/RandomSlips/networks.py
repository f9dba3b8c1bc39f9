"""Random small networks in plain NumPy: functions, losses and the forward pass.

Samples are rows; the weights of a layer have a row for each of its units.
"""
import math
from dataclasses import dataclass, replace

import numpy as np


def sigmoid(z):
    """The logistic curve, without overflow on either side."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + small), small / (1 + small)).astype(z.dtype)


def softmax(z):
    """The exponentials of each row as shares of their sum."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def bell(z):
    """The share of a normal distribution below each number."""
    return (0.5 * (1 + np.vectorize(math.erf)(z / math.sqrt(2)))).astype(z.dtype)


def gelu_slope(z, a):
    """The derivative of z times bell(z)."""
    return bell(z) + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def silu_slope(z, a):
    """The derivative of z times sigmoid(z)."""
    s = sigmoid(z)
    return s * (1 + z * (1 - s))


# Each activation as its value and its derivative, which may read both z and a.
ACTIVATIONS = {
    "identity": (lambda z: z, lambda z, a: np.ones_like(z)),
    "sigmoid": (sigmoid, lambda z, a: sigmoid(z) * (1 - sigmoid(z))),
    "tanh": (np.tanh, lambda z, a: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z, a: (z > 0) * 1.0),
    "leaky-relu": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z, a: np.where(z > 0, 1, 0.01)),
    "elu": (lambda z: np.where(z > 0, z, np.expm1(z)), lambda z, a: np.where(z > 0, 1, np.exp(z))),
    "softplus": (lambda z: np.logaddexp(0, z), lambda z, a: sigmoid(z)),
    "gelu": (lambda z: z * bell(z), gelu_slope),
    "silu": (lambda z: z * sigmoid(z), silu_slope),
}

# Derivatives that are usually written with the activation alone.
FORMULAS_OF_A = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a * a}


def activate(name, z):
    """The activations of a layer."""
    return (softmax(z) if name == "softmax" else ACTIVATIONS[name][0](z)).astype(z.dtype)


def slope(name, z, a=None):
    """The derivative of an elementwise activation."""
    return ACTIVATIONS[name][1](z, a).astype(z.dtype)


def jacobian_times(a, g):
    """What comes back through a softmax whose outputs are a."""
    return a * (g - (g * a).sum(axis=1, keepdims=True))


def huber(d):
    """The loss of a distance, squared up to 1."""
    return np.where(np.abs(d) <= 1, d * d / 2, np.abs(d) - 0.5)


# Each loss as its value for every output, its derivative, and whether outputs are averaged unless told otherwise.
LOSSES = {
    "half-squared-error": (lambda y, a: (a - y) ** 2 / 2, lambda y, a: a - y, False),
    "mean-squared-error": (lambda y, a: (a - y) ** 2, lambda y, a: 2 * (a - y), True),
    "cross-entropy": (lambda y, a: -y * np.log(a), lambda y, a: -y / a, False),
    "binary-cross-entropy": (
        lambda y, a: -y * np.log(a) - (1 - y) * np.log(1 - a), lambda y, a: (1 - y) / (1 - a) - y / a, True),
    "mean-absolute-error": (lambda y, a: np.abs(a - y), lambda y, a: np.sign(a - y), True),
    "huber": (lambda y, a: huber(a - y), lambda y, a: np.clip(a - y, -1, 1), True),
}


@dataclass
class Network:
    """Layers, a loss and how they are trained. Weights, biases and activations are listed from the first layer."""

    activations: list
    weights: list
    biases: list  # None where a layer has none
    loss: str
    adds_outputs: bool  # of a loss that averages over the outputs: their sum in place of it
    reduction: str  # mean or sum, over the samples
    rate: float
    uses_closed_form: bool  # whether the code writes a - y where loss and activation belong together
    divides_early: bool  # whether δ is divided by the samples where the loss is differentiated

    @property
    def layers(self):
        return range(1, len(self.weights) + 1)

    @property
    def sizes(self):
        return [self.weights[0].shape[1]] + [w.shape[0] for w in self.weights]

    @property
    def divisor(self):
        """What one sample's loss is divided by."""
        return self.sizes[-1] if LOSSES[self.loss][2] and not self.adds_outputs else 1

    @property
    def has_closed_form(self):
        return (self.loss, self.activations[-1]) in [("cross-entropy", "softmax"), ("binary-cross-entropy", "sigmoid")]

    def cast(self, dtype):
        """The same network in another precision."""
        def of(arrays):
            return [None if array is None else array.astype(dtype) for array in arrays]
        return replace(self, weights=of(self.weights), biases=of(self.biases))


def forward(network, X):
    """Every z and a: z[1] and a[1] belong to the first layer, a[0] is X."""
    z, a = {}, {0: X}
    for l in network.layers:
        z[l] = a[l - 1] @ network.weights[l - 1].T
        if network.biases[l - 1] is not None:
            z[l] = z[l] + network.biases[l - 1]
        a[l] = activate(network.activations[l - 1], z[l])
    return z, a


def loss_value(network, Y, outputs):
    """The loss of a batch."""
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.nan_to_num(LOSSES[network.loss][0](Y, outputs))
    total = each.sum() / network.divisor
    return total / len(Y) if network.reduction == "mean" else total


def random_sizes(rng):
    """Units of every layer; often all alike, so that matrices are square."""
    hidden = int(rng.integers(1, 4))
    if rng.random() < 0.3:
        return [int(rng.integers(2, 5))] * (hidden + 2)
    return [int(rng.integers(2, 6)) for _ in range(hidden + 1)] + [int(rng.integers(1, 5))]


def random_targets(rng, loss, samples, outputs):
    """Targets that a loss can take; of a cross-entropy some do not add up to 1."""
    if loss == "cross-entropy" and rng.random() < 0.7:
        return np.eye(outputs)[rng.integers(0, outputs, samples)]
    if loss == "binary-cross-entropy" and rng.random() < 0.7:
        return rng.integers(0, 2, (samples, outputs)).astype(float)
    return rng.uniform(0.05, 0.95, (samples, outputs)).round(2)


def random_network(rng):
    """A network with a batch of samples: (network, X, Y)."""
    sizes = random_sizes(rng)
    loss = str(rng.choice(list(LOSSES)))
    names = [str(rng.choice(list(ACTIVATIONS))) for _ in sizes[1:]]
    if loss == "cross-entropy" or (loss != "binary-cross-entropy" and sizes[-1] > 1 and rng.random() < 0.2):
        sizes[-1], names[-1] = max(sizes[-1], 2), "softmax"
    if loss == "binary-cross-entropy":
        names[-1] = "sigmoid"
    pairs = list(zip(sizes, sizes[1:]))
    has_biases = rng.random() < 0.85
    samples = int(rng.integers(1, 7))
    network = Network(
        activations=names,
        weights=[rng.normal(size=(n, m)).round(3) for m, n in pairs],
        biases=[rng.normal(scale=0.5, size=n).round(3) if has_biases else None for _, n in pairs],
        loss=loss,
        adds_outputs=bool(LOSSES[loss][2] and sizes[-1] > 1 and rng.random() < 0.4),
        reduction="mean" if rng.random() < 0.6 else "sum",
        rate=float(rng.choice([0.01, 0.05, 0.1, 0.3, 0.5])),
        uses_closed_form=bool(rng.random() < 0.7),
        divides_early=bool(rng.random() < 0.5),
    )
    return network, rng.normal(size=(samples, sizes[0])).round(3), random_targets(rng, loss, samples, sizes[-1])
