"""Faults inside one layer: the derivative, what it is taken of, the softmax, and indices."""
import numpy as np

from public_bugs import biases, case, gradients, one_hot, sigmoid, softmax, two_layers, weights


@case("neural2d-40", "Are the TF derivatives correctly implemented?", "https://github.com/davidrmiller/neural2d/issues/40",
      "The derivative of tanh, correct in itself, is given the neuron's output and not its weighted sum.")
def _(rng):
    net = two_layers(rng, (3, 4, 2), 1, np.tanh, np.tanh)
    slope = lambda x: 1 - np.tanh(x) * np.tanh(x)
    Y = rng.uniform(-0.7, 0.7, (1, 2))
    d2 = (Y - net["A2"]) * slope(net["A2"])
    d1 = d2 @ net["W2"].T * slope(net["A1"])
    return net | {"Y": Y} | gradients(net, d2, d1, 1)


@case("nanonn-4", "An error in the derivative of the softplus function", "https://github.com/zserge/nanonn/issues/4",
      "Derivatives are functions of the layer's output, and that of softplus is written for its input.")
def _(rng):
    net = two_layers(rng, (3, 5, 2), 1, lambda z: np.log1p(np.exp(z)), sigmoid)
    Y = rng.uniform(0.1, 0.9, (1, 2))
    errors = Y - net["A2"]
    d2 = errors * net["A2"] * (1 - net["A2"])
    d1 = d2 @ net["W2"].T / (1 + np.exp(-net["A1"]))
    rate = 1.0
    steps = gradients(net, d2, d1, 1)
    moved = {f"{p}_new": net[p] + rate * steps["d" + p] for p in ("W1", "b1", "W2", "b2")}
    return net | {"Y": Y, "rate": rate} | steps | moved


@case("backprop-fixes-364", "BackProp fixes and unit tests", "https://github.com/deeplearning4j/deeplearning4j/pull/364",
      "Activations are worked out in place, so that what is kept as z, and goes into the derivative, is the activation.")
def _(rng):
    m = 4
    net = two_layers(rng, (3, 5, 3), m, sigmoid, softmax)
    Y = one_hot(rng, m, 3)
    net["Z1"], net["Z2"] = net["A1"], net["A2"]
    d2 = net["A2"] - Y
    d1 = d2 @ net["W2"].T * sigmoid(net["Z1"]) * (1 - sigmoid(net["Z1"]))
    loss = -(Y * np.log(net["A2"])).sum() / m
    return net | {"Y": Y, "loss": loss} | gradients(net, d2, d1, m)


@case("libnd4j-440", "Softmax derivative implementation incorrect", "https://github.com/deeplearning4j/libnd4j/issues/440",
      "Of softmax's derivative only the diagonal is there, output times one minus output.")
def _(rng):
    m = 4
    net = two_layers(rng, (3, 4, 3), m, np.tanh, softmax)
    Y = one_hot(rng, m, 3)
    d2 = (net["A2"] - Y) * net["A2"] * (1 - net["A2"])
    d1 = d2 @ net["W2"].T * (1 - net["A1"] ** 2)
    return net | {"Y": Y, "loss": 0.5 * ((net["A2"] - Y) ** 2).sum() / m} | gradients(net, d2, d1, m)


@case("framework-from-scratch-1", "Softmax gradient", "https://github.com/Apiquet/DeepLearningFrameworkFromScratchCpp/issues/1",
      "Before cross-entropy, softmax is gone back through with its diagonal alone.")
def _(rng):
    net = two_layers(rng, (4, 5, 3), 1, lambda z: np.maximum(z, 0), softmax)
    Y = one_hot(rng, 1, 3)
    from_loss = -Y / net["A2"]
    d2 = from_loss * net["A2"] * (1 - net["A2"])
    d1 = d2 @ net["W2"].T * (net["Z1"] > 0)
    return net | {"Y": Y, "dA2": from_loss, "loss": -(Y * np.log(net["A2"])).sum()} | gradients(net, d2, d1, 1)


@case("chain-rule-in-softmax-64746", "Problem with chain rule in softmax layer when differentiated separately",
      "https://datascience.stackexchange.com/questions/64746/problem-with-chain-rule-in-softmax-layer-when-differentiated-separately",
      "Softmax's Jacobian is filled with the inputs of softmax where its outputs belong.")
def _(rng):
    X, Y = rng.normal(size=(1, 4)), one_hot(rng, 1, 3)
    (W,), (b,) = weights(rng, 4, 3), biases(rng, 3)
    Z = X @ W + b
    A = softmax(Z)
    jacobian = np.diag(Z[0]) - np.outer(Z[0], Z[0])
    delta = (-Y / A) @ jacobian
    return {"X": X, "Y": Y, "W1": W, "b1": b, "Z1": Z, "A1": A, "dZ1": delta, "dW1": X.T @ delta, "db1": delta[0]}


@case("bias-terms-20139", "Gradients for bias terms in backpropagation",
      "https://datascience.stackexchange.com/questions/20139/gradients-for-bias-terms-in-backpropagation",
      "The sigmoid's derivative is written with the error in the place of the output: error times one minus error.")
def _(rng):
    net = two_layers(rng, (3, 4, 2), 4, sigmoid, sigmoid)
    Y = rng.integers(0, 2, (4, 2)).astype(float)
    dh2 = net["A2"] - Y
    dz2 = dh2 * (1 - dh2)
    return net | {"Y": Y, "dZ2": dz2, "dW2": net["A1"].T @ dz2, "db2": dz2.sum(axis=0)}


@case("same-result-464262", "Backpropagation demo gives always the same result after training",
      "https://stats.stackexchange.com/questions/464262/backpropagation-demo-gives-always-the-same-result-after-training",
      "A weight's step is multiplied by the weight itself and not by what came in; and the output's derivative is not sent back.")
def _(rng):
    x, y, rate = 0.3, 1.0, 0.1
    w1, w2, b1, b2 = rng.uniform(-1, 1, 4)
    h = sigmoid(x * w1 + b1)
    guess = sigmoid(h * w2 + b2)
    gradient_y = 2 * (guess - y)
    gradient_h = gradient_y * w2
    slope = lambda a: a * (1 - a)
    return {"X": [[x]], "Y": [[y]], "W1": [[w1]], "b1": [b1], "W2": [[w2]], "b2": [b2], "A1": [[h]], "A2": [[guess]],
            "loss": (guess - y) ** 2, "rate": rate,
            "W2_new": [[w2 - gradient_y * slope(guess) * w2 * rate]], "b2_new": [b2 - gradient_y * slope(guess) * rate],
            "W1_new": [[w1 - gradient_h * slope(h) * w1 * rate]], "b1_new": [b1 - gradient_h * slope(h) * rate]}


@case("xor-gate-59399842", "XOR gate with backpropagation", "https://stackoverflow.com/questions/59399842/xor-gate-with-backpropagation",
      "For the output's weights the sigmoid's derivative is forgotten; for the hidden ones it is there.")
def _(rng):
    x, y = np.array([[1.0, 0.4]]), np.array([[1.0]])
    w0, w1 = rng.uniform(0.1, 1, (2, 2)), rng.uniform(0.1, 1, (2, 1))
    h = sigmoid(x @ w0)
    o = sigmoid(h @ w1)
    error = -(y - o)
    back = error * o * (1 - o) * w1.T * h * (1 - h)
    return {"X": x, "Y": y, "W1": w0, "W2": w1, "A1": h, "A2": o, "dW2": h.T @ error, "dW1": x.T @ back}


@case("grokking-23", "Chapter 5: weight_deltas calculation in case of multiple inputs and multiple outputs",
      "https://github.com/iamtrask/Grokking-Deep-Learning/issues/23",
      "The outer product is taken the wrong way round, input by delta, for a matrix with a row for each output.")
def _(rng):
    x, true = rng.uniform(size=3), rng.uniform(size=3)
    W = rng.normal(size=(3, 3)) * 0.3
    prediction = W @ x
    delta = prediction - true
    return {"X": x[None], "Y": true[None], "W1": W, "A1": prediction[None], "dZ1": delta[None], "dW1": np.outer(x, delta),
            "rate": 0.01, "W1_new": W - 0.01 * np.outer(x, delta)}


@case("grokking-9", "chapter8 relu2deriv", "https://github.com/iamtrask/Grokking-Deep-Learning/issues/9",
      "The derivative of relu asks whether its output is at least 0, which it always is.")
def _(rng):
    images, labels = rng.uniform(size=(1, 5)), one_hot(rng, 1, 3)
    W1, W2 = weights(rng, 5, 6, 3)
    hidden = np.maximum(images @ W1, 0)
    out = hidden @ W2
    d2 = labels - out
    d1 = d2 @ W2.T * (hidden >= 0)
    return {"X": images, "Y": labels, "W1": W1, "W2": W2, "A1": hidden, "A2": out, "dZ2": d2, "dW2": hidden.T @ d2,
            "dZ1": d1, "dW1": images.T @ d1}


@case("encog-124", "Wrong derivative in RELU Activation", "https://github.com/jeffheaton/encog-dotnet-core/issues/124",
      "The class of relu has the derivative of the sigmoid in it, a (1 - a).")
def _(rng):
    m = 3
    net = two_layers(rng, (3, 5, 2), m, lambda z: np.maximum(z, 0), sigmoid)
    Y = rng.uniform(0.1, 0.9, (m, 2))
    slope = lambda a: a * (1 - a)
    d2 = (net["A2"] - Y) * slope(net["A2"])
    d1 = d2 @ net["W2"].T * slope(net["A1"])
    return net | {"Y": Y, "loss": 0.5 * ((net["A2"] - Y) ** 2).sum()} | gradients(net, d2, d1, 1)


@case("deep-learning-questions-544", "3.4.3表格中tanh导数错误",
      "https://github.com/scutan90/DeepLearning-500-questions/issues/544",
      "The table gives the derivative of tanh as minus its square: the 1 is lost.")
def _(rng):
    m = 3
    net = two_layers(rng, (3, 4, 2), m, np.tanh, sigmoid)
    Y = rng.uniform(0.1, 0.9, (m, 2))
    d2 = (net["A2"] - Y) * net["A2"] * (1 - net["A2"])
    d1 = d2 @ net["W2"].T * -net["A1"] ** 2
    return net | {"Y": Y, "loss": 0.5 * ((net["A2"] - Y) ** 2).sum() / m} | gradients(net, d2, d1, m)


@case("fortran-keras-bridge-15", "Wrong derivative of leaky-relu activation", "https://github.com/scientific-computing/FKB/issues/15",
      "The derivative of leaky relu is that of relu: 0 on the left, and not alpha.")
def _(rng):
    alpha, m = 0.3, 4
    net = two_layers(rng, (3, 5, 2), m, lambda z: np.maximum(alpha * z, z), sigmoid)
    Y = rng.uniform(0.1, 0.9, (m, 2))
    d2 = (net["A2"] - Y) * net["A2"] * (1 - net["A2"])
    d1 = d2 @ net["W2"].T * (0.3 * net["Z1"] > 0)
    return net | {"Y": Y, "loss": 0.5 * ((net["A2"] - Y) ** 2).sum()} | gradients(net, d2, d1, 1)


@case("deepcourse-9", "minor fixes in MLP backprop", "https://github.com/arthurdouillard/deepcourse/pull/9",
      "The hidden layer's gradients are made of what comes before tanh's derivative; the loss has a softmax too many.")
def _(rng):
    m = 5
    net = two_layers(rng, (4, 5, 3), m, np.tanh, softmax)
    Y = one_hot(rng, m, 3)
    d2 = net["A2"] - Y
    back = d2 @ net["W2"].T
    loss = -(Y * np.log(softmax(net["A2"]))).sum() / m
    wrong = gradients(net, d2, back, m)
    return net | {"Y": Y, "loss": loss} | wrong | {"dZ1": back * (1 - net["A1"] ** 2)}


@case("nn-from-scratch-3", "Update nn-from-scratch.ipynb", "https://github.com/dennybritz/nn-from-scratch/pull/3",
      "In the formula for the hidden delta, tanh's derivative is taken at z2 where z1 belongs.")
def _(rng):
    m = 5
    net = two_layers(rng, (2, 2, 2), m, np.tanh, softmax)
    Y = one_hot(rng, m, 2)
    d3 = net["A2"] - Y
    d2 = (1 - np.tanh(net["Z2"]) ** 2) * (d3 @ net["W2"].T)
    return net | {"Y": Y, "loss": -(Y * np.log(net["A2"])).sum() / m} | gradients(net, d3, d2, 1)
