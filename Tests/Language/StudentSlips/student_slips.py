"""Backward passes as students hand them in, each with one slip, in plain NumPy with samples as rows.

    python3 student_slips.py FOLDER

Each case goes into FOLDER/NAME.npz. δ of the outputs is divided by the number of samples, as most people do it, unless
the name of the case ends in -whole.
"""
import sys

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


FUNCTIONS = {
    "sigmoid": (sigmoid, lambda z, a: a * (1 - a)),
    "relu": (lambda z: np.maximum(z, 0), lambda z, a: (z > 0) * 1.0),
    "identity": (lambda z: z, lambda z, a: np.ones_like(z)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
}


class Student:
    """A network of two layers with ½ squared errors, and what somebody computes of its gradients."""

    def __init__(self, seed, sizes, first, second, samples, whole=False):
        rng = np.random.default_rng(seed)
        inputs, hidden, outputs = sizes
        self.X, self.Y = rng.normal(size=(samples, inputs)), rng.uniform(0.1, 0.9, size=(samples, outputs))
        self.W1, self.W2 = rng.normal(size=(inputs, hidden)), rng.normal(size=(hidden, outputs))
        self.b1, self.b2 = 0.3 * rng.normal(size=hidden), 0.3 * rng.normal(size=outputs)
        self.slope1, self.slope2 = FUNCTIONS[first][1], FUNCTIONS[second][1]
        self.Z1 = self.X @ self.W1 + self.b1
        self.A1 = FUNCTIONS[first][0](self.Z1)
        self.Z2 = self.A1 @ self.W2 + self.b2
        self.A2 = FUNCTIONS[second][0](self.Z2)
        self.loss = 0.5 * ((self.A2 - self.Y) ** 2).sum() / samples
        self.samples, self.whole, self.rng = samples, whole, rng

    def backward(self, **slips):
        """The pass; a slip by the name of what is computed gives another value, from the right one and the student."""
        def made(name, right):
            return slips[name](right, self) if name in slips else right
        divisor = 1 if self.whole else self.samples
        last = self.samples if self.whole else 1
        self.dA2 = (self.A2 - self.Y) / divisor
        self.dZ2 = made("dZ2", self.dA2 * self.slope2(self.Z2, self.A2))
        self.dW2 = made("dW2", self.A1.T @ self.dZ2 / last)
        self.db2 = made("db2", self.dZ2.sum(axis=0) / last)
        self.dA1 = self.dZ2 @ self.W2.T
        self.dZ1 = made("dZ1", self.dA1 * self.slope1(self.Z1, self.A1))
        self.dW1 = made("dW1", self.X.T @ self.dZ1 / last)
        self.db1 = made("db1", self.dZ1.sum(axis=0) / last)
        return self

    def save(self, path, *names, exactness=lambda numbers: numbers):
        names = names or ("X", "Y", "W1", "b1", "W2", "b2", "Z1", "A1", "Z2", "A2", "loss", "dZ2", "dW2", "db2", "dZ1",
                          "dW1", "db1")
        np.savez(path, **{name: exactness(np.asarray(getattr(self, name))) for name in names})


OF_GRADIENTS = ("X", "Y", "W1", "b1", "W2", "b2", "dW2", "db2", "dW1", "db1")


def main(folder):
    def relu(seed, whole=False):
        return Student(seed, (3, 4, 2), "relu", "identity", 5, whole)

    def one_output(seed):
        return Student(seed, (2, 3, 1), "sigmoid", "sigmoid", 4)

    def tanh(seed):
        return Student(seed, (4, 5, 3), "tanh", "identity", 6)

    def unrelated(right, own):
        return own.rng.normal(size=right.shape)

    for name, student, slips in [
        ("mask", relu(1), {"dZ1": lambda right, own: own.dA1 * (own.Z1 <= 0)}),
        ("mask-whole", relu(1, True), {"dZ1": lambda right, own: own.dA1 * (own.Z1 <= 0)}),
        ("guided", relu(2), {"dZ1": lambda right, own: own.dA1 * (own.Z1 > 0) * (own.dA1 > 0)}),
        ("unrelated", relu(3), {"dZ1": unrelated}),
        ("overwritten", one_output(4), {"dW2": lambda right, own: (own.A1 * (1 - own.A1)).T @ own.dZ2}),
        ("copied", one_output(5), {"dZ1": lambda right, own: own.dA1 * own.A2 * (1 - own.A2)}),
        ("averaged-again", tanh(6), {"dZ1": lambda right, own: right / own.samples}),
        ("features", tanh(7), {"dW1": lambda right, own: right / own.X.shape[1]}),
        ("one-sum", tanh(8), {"dW2": lambda right, own: right * own.samples}),
        ("last-and-decay", tanh(9), {
            "dW1": lambda right, own: own.X[-1:].T @ own.dZ1[-1:] + 0.01 * own.W1,
            "dW2": lambda right, own: own.A1[-1:].T @ own.dZ2[-1:] + 0.01 * own.W2}),
    ]:
        student.backward(**slips).save(f"{folder}/{name}.npz")
    one_output(5).backward(dZ1=lambda right, own: own.dA1 * own.A2 * (1 - own.A2)).save(
        f"{folder}/copied-gradients.npz", *OF_GRADIENTS)

    # In the exactness in which most people have them.
    def again(right, own):
        return right / own.samples
    twice = {"dW2": again, "db2": again, "dW1": again, "db1": again}
    turned = {"dZ1": lambda right, own: -right}
    for name, exactness in [
        ("single", lambda numbers: numbers.astype(np.float32)),
        ("six-decimals", lambda numbers: numbers.round(6)),
    ]:
        tanh(10).backward(**twice).save(f"{folder}/twice-{name}.npz", exactness=exactness)
        tanh(11).backward(**turned).save(f"{folder}/turned-{name}.npz", exactness=exactness)
        tanh(12).backward().save(f"{folder}/right-{name}.npz", exactness=exactness)


if __name__ == "__main__":
    main(sys.argv[1])
