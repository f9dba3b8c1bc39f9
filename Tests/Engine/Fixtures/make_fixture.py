#!/usr/bin/env python3
"""Writes NumpyFixture.swift: one 3-4-3-2 network trained with NumPy, to be compared with the core.

Run it from this folder: python3 make_fixture.py > NumpyFixture.swift
"""
import numpy as np

rng = np.random.default_rng(7)
X, Y = rng.uniform(-1, 1, (5, 3)).round(3), rng.uniform(0, 1, (5, 2)).round(3)
W = [rng.uniform(-1, 1, s).round(3) for s in ((4, 3), (3, 4), (2, 3))]
B = [rng.uniform(-1, 1, s).round(3) for s in ((4,), (1,), (2,))]
BATCH, RATE, MOMENTUM, DECAY = 2, 0.1, 0.9, 0.01


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def passes(x, y):
    """One batch through tanh, silu (with one bias for the layer) and softmax under cross-entropy."""
    s = len(x)
    n1 = x @ W[0].T + B[0]
    a1 = np.tanh(n1)
    n2 = a1 @ W[1].T + B[1]
    sig = 1 / (1 + np.exp(-n2))
    a2 = n2 * sig
    n3 = a2 @ W[2].T + B[2]
    a3 = softmax(n3)
    loss = -(y * np.log(a3)).sum() / s
    d3 = a3 * y.sum(axis=1, keepdims=True) - y
    d2 = (d3 @ W[2]) * (sig + n2 * sig * (1 - sig))
    d1 = (d2 @ W[1]) * (1 - a1**2)
    dw = [d1.T @ x / s, d2.T @ a1 / s, d3.T @ a2 / s]
    db = [d1.sum(0) / s, np.array([d2.sum() / s]), d3.sum(0) / s]
    return loss, (n1, n2, n3), (a1, a2, a3), (d1, d2, d3), dw, db, d1 @ W[0]


def update(p, g, buffer):
    g = g + DECAY * p
    buffer *= MOMENTUM
    buffer += g
    p -= RATE * (g + MOMENTUM * buffer)


def swift(array):
    return "[" + ", ".join(repr(float(v)) for v in np.asarray(array).ravel()) + "]"


memory = [[np.zeros_like(p) for p in ps] for ps in (W, B)]
print("// swift-format-ignore-file\n// Written by make_fixture.py with NumPy; not to be edited.")
print("enum NumpyFixture {")
print(f"  static let inputs: [[Double]] = [\n    " + ",\n    ".join(map(swift, X)) + ",\n  ]")
print(f"  static let targets: [[Double]] = [\n    " + ",\n    ".join(map(swift, Y)) + ",\n  ]")
print(f"  static let weights: [[Double]] = [\n    " + ",\n    ".join(map(swift, W)) + ",\n  ]")
print(f"  static let biases: [[Double]] = [\n    " + ",\n    ".join(map(swift, B)) + ",\n  ]")
print("  /// The values by iteration (from 1) and name; what belongs to a sample is that of the batch's first.")
print("  static let values: [(iteration: Int, name: String, numbers: [Double])] = [")
for iteration in range(1, 31):
    start = (iteration - 1) % 3 * BATCH
    loss, nets, acts, deltas, dw, db, dx = passes(X[start : start + BATCH], Y[start : start + BATCH])
    for i in range(3):
        update(W[i], dw[i], memory[0][i])
        update(B[i], db[i], memory[1][i])
    if iteration in (1, 2, 3, 30):
        rows = [("loss", loss), ("dx", dx[0])]
        for i in range(3):
            rows += [(f"net{i+1}", nets[i][0]), (f"a{i+1}", acts[i][0]), (f"delta{i+1}", deltas[i][0])]
            rows += [(f"dw{i+1}", dw[i]), (f"db{i+1}", db[i]), (f"w{i+1}", W[i]), (f"b{i+1}", B[i])]
            rows += [(f"mw{i+1}", memory[0][i]), (f"mb{i+1}", memory[1][i])]
        for name, value in rows:
            print(f'    ({iteration}, "{name}", {swift(value)}),')
print("  ]")
print("}")
