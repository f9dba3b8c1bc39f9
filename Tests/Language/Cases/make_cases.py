"""Writes cases as scripts in NumPy save them: networks trained one step by plain matrix code, in several layouts and
spellings, right and with a fault of a kind that is often made. It knows nothing of backstep.

    python make_cases.py FOLDER
"""
import json
import os
import sys

import numpy as np

folder = sys.argv[1]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


functions = {
    "identity": (lambda z: z, lambda z, a: np.ones_like(z)),
    "sigmoid": (sigmoid, lambda z, a: a * (1 - a)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
    "relu": (lambda z: np.maximum(z, 0), lambda z, a: (z > 0) * 1.0),
    "softplus": (lambda z: np.log1p(np.exp(z)), lambda z, a: sigmoid(z)),
    "softmax": (softmax, None),
}


def step(seed, sizes, names, loss, samples=5, reduction="mean", rate=0.1, fault=None, dtype=float):
    """One step of training: samples are rows, weights have a row for each input. Gives every array by a name of its own."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(samples, sizes[0])).astype(dtype)
    outputs = sizes[-1]
    if loss == "ce":
        Y = np.eye(outputs)[rng.integers(0, outputs, samples)].astype(dtype)
    elif loss == "bce":
        Y = rng.integers(0, 2, (samples, outputs)).astype(dtype)
    else:
        Y = rng.uniform(0.1, 0.9, (samples, outputs)).astype(dtype)
    layers = range(1, len(sizes))
    W = {l: (rng.normal(size=(sizes[l - 1], sizes[l])) * 0.7).astype(dtype) for l in layers}
    b = {l: (rng.normal(size=sizes[l]) * 0.3).astype(dtype) for l in layers}
    Z, A = {}, {0: X}
    for l in layers:
        Z[l] = A[l - 1] @ W[l] + (0 if fault == "forgotten-bias" and l == 1 else b[l])
        A[l] = functions[names[l - 1]][0](Z[l]).astype(dtype)
    last = len(sizes) - 1
    P = A[last]
    total = {
        "hse": lambda: 0.5 * ((Y - P) ** 2).sum(axis=1),
        "mse": lambda: ((Y - P) ** 2).mean(axis=1),
        "sse": lambda: ((Y - P) ** 2).sum(axis=1),
        "ce": lambda: -(Y * np.log(P)).sum(axis=1),
        "bce": lambda: -(Y * np.log(P) + (1 - Y) * np.log(1 - P)).mean(axis=1),
    }[loss]()
    L = total.mean() if reduction == "mean" else total.sum()
    dA = {
        "hse": P - Y, "mse": 2 * (P - Y) / outputs, "sse": 2 * (P - Y), "ce": -Y / P,
        "bce": ((1 - Y) / (1 - P) - Y / P) / outputs,
    }[loss]
    divisor = samples if reduction == "mean" else 1
    dZ, dW, db, new = {}, {}, {}, {}
    for l in reversed(layers):
        if names[l - 1] == "softmax":
            dZ[l] = P - Y if loss == "ce" else P * (dA - (dA * P).sum(axis=1, keepdims=True))
        elif fault == "missing-derivative" and l == 1:
            dZ[l] = dA
        elif fault == "missing-at-output" and l == last:
            dZ[l] = dA
        else:
            dZ[l] = dA * functions[names[l - 1]][1](Z[l], A[l])
        dZ[l] = dZ[l].astype(dtype)
        dW[l] = A[l - 1].T @ dZ[l] / (1 if fault == "sum-for-mean" else divisor)
        db[l] = dZ[l].sum(axis=0) / (1 if fault in ("sum-for-mean", "sum-in-biases") else divisor)
        if fault == "mean-twice" and l == 1:
            dW[l] = dW[l] / samples
        back = W[l]
        if fault == "updated-weights":
            back = W[l] - rate * dW[l]
        if fault == "transposed" and l == 2:
            back = W[l].T
        if fault == "gradient-for-weight" and l == 2:
            # One sample: the sum over dw2 in the place of the weight.
            dA = np.tile(dW[l].sum(axis=1), (samples, 1))
        else:
            dA = dZ[l] @ back.T
    for l in layers:
        new[f"W{l}_new"] = W[l] - rate * dW[l]
        new[f"b{l}_new"] = b[l] - rate * db[l]
    out = {"X": X, "Y": Y, "loss": np.array(L)}
    for l in layers:
        out |= {f"W{l}": W[l], f"b{l}": b[l], f"Z{l}": Z[l], f"A{l}": A[l], f"dZ{l}": dZ[l], f"dW{l}": dW[l], f"db{l}": db[l]}
    out |= new
    return {name: np.asarray(value, dtype=dtype) for name, value in out.items()}


def without(case, *starts):
    return {name: value for name, value in case.items() if not name.startswith(starts)}


def renamed(case, change):
    return {change(name): value for name, value in case.items()}


def columns(case):
    """Samples as columns and weights with a row for each unit, as Andrew Ng's course has them; biases as columns."""
    out = {}
    for name, value in case.items():
        if value.ndim == 1:
            value = value[:, None]
        elif value.ndim == 2:
            value = value.T
        out[name] = value
    return out


def safetensors(name, case):
    """The format by hand: the length of a header in JSON, the header, the bytes."""
    header, data = {}, b""
    for key, value in case.items():
        raw = np.ascontiguousarray(value, dtype="<f8").tobytes()
        header[key] = {"dtype": "F64", "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    head = json.dumps(header).encode()
    with open(os.path.join(folder, name + ".safetensors"), "wb") as file:
        file.write(len(head).to_bytes(8, "little") + head + data)


def npz(name, case):
    np.savez(os.path.join(folder, name + ".npz"), **case)


def text(name, case):
    with open(os.path.join(folder, name + ".json"), "w") as file:
        json.dump({key: np.asarray(value).tolist() for key, value in case.items()}, file)


plain = dict(seed=1, sizes=[3, 4, 2], names=["tanh", "sigmoid"], loss="hse")
npz("right", step(**plain))
text("right", step(**plain))
npz("right-columns", columns(step(**plain)))
npz("right-sum", step(**{**plain, "reduction": "sum"}))
npz("right-softmax", step(2, [4, 5, 3], ["relu", "softmax"], "ce", samples=8))
npz("right-single", step(3, [4, 6, 3], ["tanh", "softmax"], "ce", samples=6, dtype=np.float32))
npz("right-three", step(4, [2, 5, 4, 2], ["softplus", "tanh", "sigmoid"], "bce", samples=7, rate=0.25))
npz("right-square", step(5, [3, 3, 3], ["tanh", "sigmoid"], "mse", samples=3))
npz("right-square-columns", columns(step(5, [3, 3, 3], ["tanh", "sigmoid"], "mse", samples=3)))
npz("right-one", step(6, [2, 2, 2], ["sigmoid", "sigmoid"], "hse", samples=1, rate=0.5))
# Only what a short script has: no pre-activations, no loss, no update.
short = without(step(**plain), "Z", "loss", "dZ")
npz("short", {name: value for name, value in short.items() if "new" not in name and not name.startswith("A")})
# Classes for targets, as PyTorch has them, and its names.
torch = step(7, [4, 5, 3], ["relu", "softmax"], "ce", samples=8)
torch["Y"] = torch["Y"].argmax(axis=1)
layers = {"1": "0", "2": "2"}
names = {"X": "inputs", "Y": "labels", "loss": "loss"}
for l, own in layers.items():
    torch[f"W{l}"], torch[f"dW{l}"] = torch[f"W{l}"].T, torch[f"dW{l}"].T
    names |= {f"W{l}": f"{own}.weight", f"b{l}": f"{own}.bias", f"dW{l}": f"{own}.weight.grad", f"db{l}": f"{own}.bias.grad"}
npz("torch-names", {names[name]: value for name, value in torch.items() if name in names} | {"logits": torch["Z2"]})
# One hidden layer as blogs have it.
blog = step(**{**plain, "sizes": [3, 4, 1], "reduction": "sum"})
words = {
    "X": "x", "Y": "y", "W1": "wh", "b1": "bh", "W2": "wout", "b2": "bout", "A1": "hidden", "A2": "y_hat",
    "dZ2": "delta_out", "dZ1": "delta_hidden", "dW1": "d_wh", "dW2": "d_wout", "loss": "cost",
}
npz("blog-names", {words[name]: value for name, value in blog.items() if name in words})
npz("zero-based", renamed(without(step(**plain), "Z", "A"), lambda n: n.replace("1", "0").replace("2", "1")))
rounded = step(8, [3, 4, 2], ["tanh", "sigmoid"], "hse")
for name in rounded:
    if name not in ("X", "Y", "W1", "W2", "b1", "b2"):
        rounded[name] = rounded[name].round(6)
text("rounded", rounded)
# A loss that is told by its gradient alone.
npz("no-loss", without(step(**plain), "loss"))

safetensors("right", step(**plain))
# The rate is said, and nothing is there of the update.
said = without(step(**plain), "W1_new", "b1_new", "W2_new", "b2_new") | {"learning_rate": np.array(0.1)}
npz("said-rate", said)

turned = step(**plain)
npz("turned", turned | {"dW1": turned["dW1"].T, "A1": turned["A1"].T})

for fault in [
    "missing-derivative", "missing-at-output", "updated-weights", "sum-for-mean", "mean-twice", "sum-in-biases",
    "forgotten-bias",
]:
    npz(fault, step(**plain, fault=fault))
npz("transposed", step(5, [3, 3, 3], ["tanh", "sigmoid"], "mse", samples=4, fault="transposed"))
npz("gradient-for-weight", step(6, [2, 2, 2], ["sigmoid", "sigmoid"], "hse", samples=1, rate=0.5, fault="gradient-for-weight"))
npz("missing-single", step(3, [4, 6, 3], ["tanh", "softmax"], "ce", samples=6, dtype=np.float32, fault="missing-derivative"))
# What cannot be told, or taken.
npz("ask-loss", without(step(**plain, fault="missing-at-output"), "loss", "dZ1", "dW1", "db1", "W1_new", "b1_new") | {
    "dZ2": step(**plain, fault="missing-at-output")["dZ2"] * 1.5, "dW2": np.ones((4, 2)), "db2": np.ones(2)})
narrow = step(9, [3, 1], ["sigmoid"], "hse", samples=4)
npz("ask-reduction", {name: narrow[name] for name in ("X", "Y", "W1", "b1", "Z1", "A1", "dZ1")} | {"dW1": narrow["dW1"] + 1})
npz("no-inputs", without(step(**plain), "X"))
npz("no-weights", without(step(**plain), "W"))
npz("nothing-computed", {name: value for name, value in step(**plain).items() if name in ("X", "Y", "W1", "b1", "W2", "b2")})
npz("misfit", step(**plain) | {"W2": np.ones((5, 2))})
npz("misfit-gradient", step(**plain) | {"dW2": np.ones((4, 3))})
npz("unsummed", step(**plain) | {"db1": step(**plain)["dZ1"]})
npz("not-finite", step(**plain) | {"W1": np.full((3, 4), np.nan)})
npz("nan-gradient", step(**plain) | {"dW1": np.full((3, 4), np.nan)})
npz("three-dimensions", step(**plain) | {"dW1": np.ones((1, 3, 4))})
