"""Rebuilds faults of other people's backpropagation, as they were published and mended, as one training step each.

    python3 public_bugs.py FOLDER

Each case is a small network of its own with random weights and data, one forward pass and one backward pass with the
fault just as the code or the page named there had it, in the layout and with the signs that it had. The arrays go into
FOLDER/NAME.npz; a line of JSON for each says the name, the file, the title, the address and what was wrong.
Facts and formulas are those of the pages; the words and the code are not.
"""
import json
import os
import sys
import zlib

import numpy as np

cases = []


def case(name, title, address, wrong):
    """Registers a function that rebuilds one fault from a generator of random numbers."""
    def register(build):
        cases.append({"slug": name, "title": title, "url": address, "wrong": wrong, "build": build})
        return build
    return register


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def one_hot(rng, samples, classes):
    """Every class at least once where there is room, then at random."""
    return np.eye(classes)[rng.permutation(np.resize(np.arange(classes), samples))]


def weights(rng, *sizes, scale=0.8):
    """Matrices with a row for each input, one for each pair of neighbouring sizes."""
    return [scale * rng.normal(size=pair) for pair in zip(sizes, sizes[1:])]


def biases(rng, *sizes):
    return [0.3 * rng.normal(size=size) for size in sizes]


def two_layers(rng, sizes, samples, first, second):
    """A forward pass with samples as rows: X, the parameters, what they give, in a dictionary."""
    n, h, k = sizes
    W1, W2 = weights(rng, n, h, k)
    b1, b2 = biases(rng, h, k)
    X = rng.normal(size=(samples, n))
    Z1 = X @ W1 + b1
    A1 = first(Z1)
    Z2 = A1 @ W2 + b2
    return {"X": X, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": second(Z2)}


def gradients(net, d2, d1, divisor):
    """The gradients of both layers' parameters from their deltas, divided by what they are averaged over."""
    return {"dZ2": d2, "dW2": net["A1"].T @ d2 / divisor, "db2": d2.sum(axis=0) / divisor,
            "dZ1": d1, "dW1": net["X"].T @ d1 / divisor, "db1": d1.sum(axis=0) / divisor}


def save(folder, row):
    """Builds one case, writes its arrays and tells of it on a line."""
    arrays = row["build"](np.random.default_rng(zlib.crc32(row["slug"].encode())))
    path = os.path.join(folder, row["slug"] + ".npz")
    np.savez(path, **{name: np.asarray(value, dtype=float) for name, value in arrays.items()})
    told = {"slug": row["slug"], "file": path, "url": row["url"], "title": row["title"], "wrong": row["wrong"]}
    print(json.dumps(told, ensure_ascii=False))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    import public_bugs_of_networks  # noqa: F401 (registers its cases)
    import public_bugs_of_layers  # noqa: F401
    import public_bugs_of_factors  # noqa: F401
    for row in cases:
        save(folder, row)


if __name__ == "__main__":
    sys.modules["public_bugs"] = sys.modules["__main__"]
    main()
