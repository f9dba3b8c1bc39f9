"""Writes a small case twice with all of its numbers rounded, the weights too: as it should be, and with tanh′ left out.

    python3 rounded.py FOLDER SEED DECIMALS
"""
import json
import os
import sys

import numpy as np


def case(rng, has_derivative):
    """One step of 3-4-2, tanh and sigmoid, half the squared error, the mean over five samples."""
    W1, b1 = rng.normal(size=(3, 4)), rng.normal(size=4)
    W2, b2 = rng.normal(size=(4, 2)), rng.normal(size=2)
    X, Y = rng.normal(size=(5, 3)), np.eye(2)[rng.integers(2, size=5)]
    Z1 = X @ W1 + b1
    A1 = np.tanh(Z1)
    Z2 = A1 @ W2 + b2
    A2 = 1 / (1 + np.exp(-Z2))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dZ1 = dZ2 @ W2.T * ((1 - A1**2) if has_derivative else 1)
    loss = 0.5 * ((A2 - Y) ** 2).sum() / 5
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2,
            "loss": np.array([loss]), "dZ2": dZ2, "dZ1": dZ1, "dW2": A1.T @ dZ2 / 5, "db2": dZ2.mean(axis=0),
            "dW1": X.T @ dZ1 / 5, "db1": dZ1.mean(axis=0)}


def main():
    folder, seed, decimals = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for name, has_derivative in (("right", True), ("wrong", False)):
        arrays = case(np.random.default_rng(seed), has_derivative)
        rounded = {key: np.round(value, decimals).tolist() for key, value in arrays.items()}
        with open(os.path.join(folder, name + ".json"), "w") as file:
            json.dump(rounded, file)


if __name__ == "__main__":
    main()
