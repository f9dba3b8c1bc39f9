"""Faults of what a gradient is multiplied by, and of what a punishment of the weights adds to it."""
import numpy as np

from public_bugs import biases, case, gradients, one_hot, sigmoid, softmax, two_layers, weights


@case("two-layer-net-9", "A question on two_layer_net", "https://github.com/Burton2000/CS231n-2017/issues/9",
      "The loss punishes weights and biases; the gradients of the biases have nothing of that.")
def _(rng):
    m, reg = 5, 0.05
    X, Y = rng.normal(size=(m, 4)), one_hot(rng, m, 3)
    W1, W2 = weights(rng, 4, 6, 3)
    b1, b2 = biases(rng, 6, 3)
    z1 = X @ W1 + b1
    a1 = np.maximum(0, z1)
    guess = softmax(a1 @ W2 + b2)
    d2 = (guess - Y) / m
    d1 = d2 @ W2.T * (a1 > 0)
    loss = -(Y * np.log(guess)).sum() / m + reg * sum((p * p).sum() for p in (W1, W2, b1, b2))
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "Z1": z1, "A1": a1, "A2": guess, "loss": loss,
            "dZ2": d2, "dW2": a1.T @ d2 + 2 * reg * W2, "db2": d2.sum(axis=0), "dZ1": d1,
            "dW1": X.T @ d1 + 2 * reg * W1, "db1": d1.sum(axis=0)}


def nnet(rng, hidden_slope, decay):
    """A layer of tanh and softmax with the mean over the samples, weight decay taken off the gradients."""
    m = 4
    net = two_layers(rng, (3, 5, 3), m, np.tanh, softmax)
    Y = one_hot(rng, m, 3)
    d2 = -(Y - net["A2"])
    d1 = d2 @ net["W2"].T * hidden_slope(net["Z1"])
    steps = gradients(net, d2, d1, m)
    for w in ("W1", "W2"):
        steps["d" + w] = steps["d" + w] - decay * net[w]
    return net | {"Y": Y, "loss": -(Y * np.log(net["A2"])).sum() / m} | steps


@case("nnet-4", "L2 regularization problem", "https://github.com/andersbll/nnet/issues/4",
      "Weight decay goes into the gradient with a minus.")
def _(rng):
    return nnet(rng, lambda z: 1 - np.tanh(z) ** 2, 0.01)


@case("nnet-4-tanh", "L2 regularization problem, the second comment", "https://github.com/andersbll/nnet/issues/4",
      "The function for tanh's derivative, (e - 1) / (e + 1) with e = exp(2x), is tanh itself.")
def _(rng):
    return nnet(rng, lambda z: (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1), 0.0)


@case("scratch-mlp-5", "Derivative of regularization", "https://github.com/omar-florez/scratch_mlp/issues/5",
      "The sum of the squared weights, one number, is added to the gradient where the weights themselves belong.")
def _(rng):
    m, reg = 5, 0.01
    X, Y = rng.normal(size=(m, 2)), one_hot(rng, m, 2)
    w1, w2 = weights(rng, 2, 4, 2)
    h1 = sigmoid(X @ w1)
    h2 = sigmoid(h1 @ w2)
    d2 = -(Y - h2) * h2 * (1 - h2)
    d1 = d2 @ w2.T * h1 * (1 - h1)
    return {"X": X, "Y": Y, "W1": w1, "W2": w2, "A1": h1, "A2": h2, "dZ2": d2, "dZ1": d1,
            "dW2": h1.T @ d2 + reg * np.square(w2).sum(), "dW1": X.T @ d1 + reg * np.square(w1).sum()}


@case("coursera-ml-3", "Regarding regularized NN equation in exercise 4",
      "https://github.com/JWarmenhoven/Coursera-Machine-Learning/issues/3",
      "For the regularization the bias column is set to ones, not zeros, so that a constant is added to each bias's gradient.")
def _(rng):
    m, reg = 5, 0.5
    net = two_layers(rng, (4, 3, 3), m, sigmoid, sigmoid)
    Y = one_hot(rng, m, 3)
    d2 = net["A2"] - Y
    d1 = d2 @ net["W2"].T * net["A1"] * (1 - net["A1"])
    steps = gradients(net, d2, d1, m)
    for i in "12":
        steps["dW" + i], steps["db" + i] = steps["dW" + i] + reg / m * net["W" + i], steps["db" + i] + reg / m
    entropy = -(Y * np.log(net["A2"]) + (1 - Y) * np.log(1 - net["A2"])).sum() / m
    loss = entropy + reg / (2 * m) * sum((net[w] ** 2).sum() for w in ("W1", "W2"))
    return net | {"Y": Y, "loss": loss} | steps


@case("gradient-checking-10", "mistakes in assignments/assignment2-1/3.Gradient+Checking.ipynb",
      "https://github.com/bighuang624/Andrew-Ng-Deep-Learning-notes/issues/10",
      "A factor 2 stands in dW2, and db1 is multiplied by 4: faults planted for an exercise and taken for right.")
def _(rng):
    m = 5
    X, Y = rng.normal(size=(4, m)), rng.integers(0, 2, (1, m)).astype(float)
    W1, W2, W3 = (w.T for w in weights(rng, 4, 5, 3, 1))
    b1, b2, b3 = (b[:, None] for b in biases(rng, 5, 3, 1))
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2 @ A1 + b2
    A2 = np.maximum(Z2, 0)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    dZ3 = A3 - Y
    dZ2 = W3.T @ dZ3 * (A2 > 0)
    dZ1 = W2.T @ dZ2 * (A1 > 0)
    total = lambda d: d.sum(axis=1, keepdims=True) / m
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3, "Z1": Z1, "A1": A1, "Z2": Z2,
            "A2": A2, "Z3": Z3, "A3": A3, "loss": -(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)).sum() / m,
            "dZ3": dZ3, "dW3": dZ3 @ A2.T / m, "db3": total(dZ3), "dZ2": dZ2, "dW2": dZ2 @ A1.T / m * 2,
            "db2": total(dZ2), "dZ1": dZ1, "dW1": dZ1 @ X.T / m, "db1": 4 * total(dZ1)}


@case("deep-ml-54", "25 Single Neuron with Backpropagation", "https://github.com/Open-Deep-ML/DML-OpenProblem/issues/54",
      "The gradient of the mean of squares has 1/n in the solution where its derivation has 2/n.")
def _(rng):
    n = 5
    X, y = rng.normal(size=(n, 3)), rng.integers(0, 2, (n, 1)).astype(float)
    W, b = rng.normal(size=(3, 1)), rng.normal(size=1) * 0.3
    z = X @ W + b
    guess = sigmoid(z)
    term = (guess - y) * guess * (1 - guess)
    return {"X": X, "Y": y, "W1": W, "b1": b, "Z1": z, "A1": guess, "loss": np.mean((guess - y) ** 2),
            "dW1": X.T @ term / n, "db1": term.sum(axis=0) / n}


@case("student-admissions-409", "Introduction to neural networks: 35. Notebook: Analyzing Student Data",
      "https://github.com/udacity/deep-learning-v2-pytorch/issues/409",
      "The error term is multiplied by the inputs already, and once more for the step.")
def _(rng):
    n, rate = 5, 0.5
    X, y = rng.uniform(size=(n, 3)), rng.integers(0, 2, (n, 1)).astype(float)
    W = rng.normal(size=(3, 1))
    out = sigmoid(X @ W)
    step = ((y - out) * X * X).sum(axis=0)[:, None]
    return {"X": X, "Y": y, "W1": W, "A1": out, "rate": rate, "dW1": step / n, "W1_new": W + rate * step / n,
            "loss": np.mean(-y * np.log(out) - (1 - y) * np.log(1 - out))}
