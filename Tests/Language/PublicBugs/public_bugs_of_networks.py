"""Faults in how a whole network is gone back through: order, weights, sums, means, biases, and the loss at the end."""
import numpy as np

from public_bugs import biases, case, gradients, one_hot, sigmoid, softmax, weights


@case("data-science-from-scratch-31",
      "Update the weights in backpropagation after calculating the hidden_deltas?",
      "https://github.com/joelgrus/data-science-from-scratch/issues/31",
      "The output layer's weights are moved before the hidden layer's delta is worked out from them.")
def _(rng):
    x, y = rng.normal(size=3), rng.uniform(0.1, 0.9, 2)
    hidden, output = 0.8 * rng.normal(size=(4, 4)), 0.8 * rng.normal(size=(2, 5))  # a row for each neuron, bias last
    h = sigmoid(hidden @ np.append(x, 1))
    o = sigmoid(output @ np.append(h, 1))
    output_deltas = o * (1 - o) * (o - y)
    output_step = np.outer(output_deltas, np.append(h, 1))
    moved = output - output_step
    hidden_deltas = h * (1 - h) * (moved[:, :-1].T @ output_deltas)
    hidden_step = np.outer(hidden_deltas, np.append(x, 1))
    return {"X": x[None], "Y": y[None], "W1": hidden, "W2": output, "A1": h[None], "A2": o[None],
            "dZ2": output_deltas[None], "dW2": output_step, "dZ1": hidden_deltas[None], "dW1": hidden_step,
            "W2_new": moved, "W1_new": hidden - hidden_step}


@case("mnist-neural-network-1", "Bugs?", "https://github.com/louisjc/mnist-neural-network/issues/1",
      "The weights are moved too early, and of the output weights a hidden unit's column is cut out and not the bias's.")
def _(rng):
    x, y, rate, cut = rng.uniform(size=4), np.eye(3)[1], 0.1, 3
    hidden, output = rng.normal(size=(5, 5)), rng.normal(size=(3, 6))
    h = sigmoid(hidden @ np.append(x, 1))
    o = sigmoid(output @ np.append(h, 1))
    output_deltas = o * (1 - o) * (o - y)
    output_step = np.outer(output_deltas, np.append(h, 1))
    moved = output - rate * output_step
    hidden_deltas = h * (1 - h) * (np.delete(moved, cut, 1).T @ output_deltas)
    hidden_step = np.outer(hidden_deltas, np.append(x, 1))
    split = lambda m: (m[:, :-1], m[:, -1])
    (W1, b1), (W2, b2), (dW1, db1), (dW2, db2) = map(split, (hidden, output, hidden_step, output_step))
    return {"X": x[None], "Y": y[None], "W1": W1, "b1": b1, "W2": W2, "b2": b2, "A1": h[None], "A2": o[None],
            "dZ2": output_deltas[None], "dW2": dW2, "db2": db2, "dZ1": hidden_deltas[None], "dW1": dW1, "db1": db1,
            "rate": rate}


@case("neural-network-from-scratch-3", "Fixed formally wrong backpropagation/gradient descent",
      "https://github.com/Bot-Academy/NeuralNetworkFromScratch/pull/3",
      "The sigmoid's derivative is missing at the output, and the output weights are moved before the hidden delta.")
def _(rng):
    x, y, rate = rng.uniform(size=(5, 1)), np.eye(3)[[1]].T, 0.1
    W1, W2 = rng.uniform(-0.9, 0.9, (4, 5)), rng.uniform(-0.9, 0.9, (3, 4))
    b1, b2 = rng.normal(size=(4, 1)) * 0.3, rng.normal(size=(3, 1)) * 0.3
    h = sigmoid(b1 + W1 @ x)
    o = sigmoid(b2 + W2 @ h)
    error = np.sum((o - y) ** 2) / len(o)
    delta_o = o - y
    moved = W2 - rate * delta_o @ h.T
    delta_h = moved.T @ delta_o * (h * (1 - h))
    return {"X": x.T, "Y": y.T, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "A1": h.T, "A2": o.T, "loss": error,
            "dZ2": delta_o.T, "dW2": delta_o @ h.T, "db2": delta_o, "dZ1": delta_h.T, "dW1": delta_h @ x.T,
            "db1": delta_h, "rate": rate}


@case("python-three-layers-1", "Problem in Error/Delta for layer 3",
      "https://github.com/jiexunsee/Neural-Network-with-Python/issues/1",
      "The error of the output is taken for its delta: it is not multiplied by the sigmoid's derivative.")
def _(rng):
    X = np.array([[0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1.0]])
    Y = np.array([[0, 1, 1, 0.0]]).T
    W1, W2, W3 = weights(rng, 3, 5, 6, 1)
    a2 = sigmoid(X @ W1)
    a3 = sigmoid(a2 @ W2)
    out = sigmoid(a3 @ W3)
    del4 = Y - out
    del3 = (W3 @ del4.T) * (a3 * (1 - a3)).T
    del2 = (W2 @ del3) * (a2 * (1 - a2)).T
    steps = {"dW3": a3.T @ del4, "dW2": a2.T @ del3.T, "dW1": X.T @ del2.T}
    return {"X": X, "Y": Y, "W1": W1, "W2": W2, "W3": W3, "A1": a2, "A2": a3, "A3": out,
            "dZ3": del4, "dZ2": del3.T, "dZ1": del2.T, **steps}


@case("back-prop-network-2", "Error calculating gamma", "https://github.com/kipgparker/BackPropNetwork/issues/2",
      "In the loop over the next layer's units each term replaces the sum; the weights were moved before, too.")
def _(rng):
    x, y, rate = rng.normal(size=3), rng.uniform(-0.6, 0.6, 3), 0.1
    W = [w.T for w in weights(rng, 3, 4, 4, 3)]
    b = biases(rng, 4, 4, 3)
    a = [x]
    for w, c in zip(W, b):
        a.append(np.tanh(w @ a[-1] + c))
    gamma, moved, steps = {3: (a[3] - y) * (1 - a[3] ** 2)}, {}, {}
    for layer in (3, 2, 1):
        if layer < 3:
            last = len(gamma[layer + 1]) - 1
            gamma[layer] = gamma[layer + 1][last] * moved[layer + 1][last] * (1 - a[layer] ** 2)
        steps[layer] = np.outer(gamma[layer], a[layer - 1])
        moved[layer] = W[layer - 1] - rate * steps[layer]
    out = {"X": x[None], "Y": y[None], "loss": ((a[3] - y) ** 2).sum() / 2, "rate": rate}
    for i in (1, 2, 3):
        out.update({f"W{i}": W[i - 1], f"b{i}": b[i - 1], f"A{i}": a[i][None], f"dZ{i}": gamma[i][None],
                    f"dW{i}": steps[i], f"db{i}": gamma[i], f"W{i}_new": moved[i]})
    return out


@case("backprop-of-errors-53287032",
      "Multi-layer neural network back-propagation formula (using stochastic gradient descent)",
      "https://stackoverflow.com/questions/53287032/multi-layer-neural-network-back-propagation-formula-using-stochastic-gradient-d",
      "The raw errors are sent back through the weights, and not the errors times the derivative.")
def _(rng):
    x, y = rng.uniform(0.05, 1, (4, 1)), np.eye(3)[[2]].T
    W = [w.T for w in weights(rng, 4, 5, 4, 3)]
    A = [x]
    for w in W:
        A.append(sigmoid(w @ A[-1]))
    delta, out = A[-1] - y, {"X": x.T, "Y": y.T}
    for k in (2, 1, 0):
        step = delta * A[k + 1] * (1 - A[k + 1])
        out.update({f"W{k + 1}": W[k], f"A{k + 1}": A[k + 1].T, f"dZ{k + 1}": step.T, f"dW{k + 1}": step @ A[k].T})
        delta = W[k].T @ delta
    return out


@case("hidden-error-2948401", "Backpropagation: Why doesn't error approach zero when it is multiplied by deriv of sigmoid?",
      "https://whosebug.com/question/2948401/Backpropagation-Why-doesn-t-error-approach-zero-when-it-is-multiplied-by-deriv-of-sigmoid",
      "The hidden delta is made of the output's error itself, which was not sent back through the weights.")
def _(rng):
    x, y, rate = rng.uniform(size=(2, 1)), np.array([[1.0]]), 0.1
    W1, W2 = 2 * rng.uniform(size=(3, 2)) - 1, 2 * rng.uniform(size=(1, 3)) - 1
    h = sigmoid(W1 @ x)
    o = sigmoid(W2 @ h)
    error = y - o
    delta = error * o * (1 - o)
    delta_hidden = error * h * (1 - h)
    return {"X": x.T, "Y": y.T, "W1": W1, "W2": W2, "A1": h.T, "A2": o.T, "dZ2": delta.T, "dZ1": delta_hidden.T,
            "dW2": delta @ h.T, "dW1": delta_hidden @ x.T, "rate": rate,
            "W2_new": W2 + rate * delta @ h.T, "W1_new": W1 + rate * delta_hidden @ x.T}


@case("mini-mnist-7", "why is the input_grad add twice in backward",
      "https://github.com/itskonrad/miniMNIST-c/issues/7",
      "What goes back to the hidden layer is added up twice: with the old weights, and again with the moved ones.")
def _(rng):
    x, y, rate = rng.uniform(size=(1, 4)), np.eye(3)[[0]], 0.05
    W1, W2 = weights(rng, 4, 5, 3)
    b1, b2 = biases(rng, 5, 3)
    z1 = x @ W1 + b1
    a1 = np.maximum(z1, 0)
    a2 = softmax(a1 @ W2 + b2)
    d2 = a2 - y
    moved = W2 - rate * a1.T @ d2
    back = d2 @ W2.T + d2 @ moved.T
    d1 = back * (a1 > 0)
    return {"X": x, "Y": y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "Z1": z1, "A1": a1, "A2": a2, "dZ2": d2,
            "dW2": a1.T @ d2, "db2": d2[0], "dA1": back, "dZ1": d1, "dW1": x.T @ d1, "db1": d1[0],
            "loss": -(y * np.log(a2)).sum(), "rate": rate, "W2_new": moved}


@case("deep-learning-zero-to-all-112", "Minor error in lab-10-X1, backprop process",
      "https://github.com/hunkim/DeepLearningZeroToAll/issues/112",
      "The cost is cross-entropy and the delta is that of squares; and weights are summed over the samples, biases averaged.")
def _(rng):
    X, Y = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([[0], [1], [1], [0.0]])
    W1, W2 = rng.normal(size=(2, 2)), rng.normal(size=(2, 1))
    b1, b2 = rng.normal(size=2), rng.normal(size=1)
    layer1 = sigmoid(X @ W1 + b1)
    guess = sigmoid(layer1 @ W2 + b2)
    d2 = (guess - Y) * guess * (1 - guess)
    d1 = d2 @ W2.T * layer1 * (1 - layer1)
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "A1": layer1, "A2": guess,
            "loss": -np.mean(Y * np.log(guess) + (1 - Y) * np.log(1 - guess)), "dZ2": d2, "dW2": layer1.T @ d2,
            "db2": d2.mean(axis=0), "dZ1": d1, "dW1": X.T @ d1, "db1": d1.mean(axis=0)}


@case("bias-mean-366", "Mw gradient fix", "https://github.com/deeplearning4j/deeplearning4j/pull/366",
      "The gradients of the biases are divided by the size of the batch twice.")
def _(rng):
    m = 6
    X, Y = rng.normal(size=(m, 3)), one_hot(rng, m, 3)
    W1, W2 = weights(rng, 3, 4, 3)
    b1, b2 = biases(rng, 4, 3)
    a1 = sigmoid(X @ W1 + b1)
    a2 = softmax(a1 @ W2 + b2)
    d2 = a2 - Y
    d1 = d2 @ W2.T * a1 * (1 - a1)
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "A1": a1, "A2": a2, "dZ2": d2, "dZ1": d1,
            "loss": -(Y * np.log(a2)).sum() / m, "dW2": a1.T @ d2 / m, "dW1": X.T @ d1 / m,
            "db2": d2.mean(axis=0) / m, "db1": d1.mean(axis=0) / m}


@case("notes-5", "Issue on page /2-training-neural-networks/backpropagation.html", "https://github.com/kvfrans/notes/issues/5",
      "The gradient of the bias is averaged over the batch where all others are summed.")
def _(rng):
    m = 5
    X, Y = rng.normal(size=(3, m)), rng.normal(size=(2, m))
    W1, W2 = (w.T for w in weights(rng, 3, 4, 2))
    b1, b2 = (b[:, None] for b in biases(rng, 4, 2))
    z1 = W1 @ X + b1
    a1 = np.maximum(z1, 0)
    a2 = W2 @ a1 + b2
    d2 = a2 - Y
    d1 = W2.T @ d2 * (z1 > 0)
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "Z1": z1, "A1": a1, "A2": a2,
            "loss": 0.5 * (d2 ** 2).sum(), "dZ2": d2, "dW2": d2 @ a1.T, "db2": d2.sum(axis=1, keepdims=True),
            "dZ1": d1, "dW1": d1 @ X.T, "db1": d1.mean(axis=1, keepdims=True)}


@case("nlp-specialization-64", "Course 2 week 4 ~ Wrong back propagation function",
      "https://github.com/rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization/issues/64",
      "A bias's gradient is the sum of its unit's weight gradients; and relu is applied to what comes back.")
def _(rng):
    m = 6
    X, Y = rng.uniform(size=(4, m)), one_hot(rng, m, 4).T
    W1, W2 = (w.T for w in weights(rng, 4, 3, 4))
    b1, b2 = (b[:, None] for b in biases(rng, 3, 4))
    z1 = W1 @ X + b1
    h = np.maximum(0, z1)
    z2 = W2 @ h + b2
    guess = softmax(z2, axis=0)
    l1 = np.maximum(0, W2.T @ (guess - Y))
    dW1, dW2 = l1 @ X.T / m, (guess - Y) @ h.T / m
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "Z1": z1, "A1": h, "Z2": z2, "A2": guess,
            "dW2": dW2, "db2": dW2.sum(axis=1, keepdims=True), "dZ1": l1, "dW1": dW1,
            "db1": dW1.sum(axis=1, keepdims=True)}


@case("softmax-regression-5", "Small error in bias-computation in L08/code/softmax-regression_scratch.ipynb",
      "https://github.com/rasbt/stat453-deep-learning-ss21/issues/5",
      "The bias's gradient is one sum over samples and classes, the same for every class.")
def _(rng):
    m = 6
    X, Y = rng.normal(size=(m, 2)), one_hot(rng, m, 3)
    W, b = rng.normal(size=(3, 2)), 0.3 * rng.normal(size=3)
    logits = X @ W.T + b
    guess = softmax(logits)
    return {"X": X, "Y": Y, "W1": W, "b1": b, "Z1": logits, "A1": guess, "loss": -(Y * np.log(guess)).sum() / m,
            "dW1": -(X.T @ (Y - guess)).T / m, "db1": np.full(3, -(Y - guess).sum() / m)}


@case("tinn-30", "Biases never updated", "https://github.com/glouw/tinn/issues/30",
      "The biases, one for each layer, stay as they are: the backward pass moves the weights alone.")
def _(rng):
    x, y, rate = rng.uniform(size=3), np.eye(2)[0], 0.5
    W1, W2 = (w.T for w in weights(rng, 3, 4, 2))
    b = rng.normal(size=2) * 0.3
    h = sigmoid(W1 @ x + b[0])
    o = sigmoid(W2 @ h + b[1])
    d2 = (o - y) * o * (1 - o)
    d1 = (W2.T @ d2) * h * (1 - h)
    return {"X": x[None], "Y": y[None], "W1": W1, "b1": b[0], "W2": W2, "b2": b[1], "A1": h[None], "A2": o[None],
            "loss": 0.5 * ((y - o) ** 2).sum(), "rate": rate, "W1_new": W1 - rate * np.outer(d1, x), "b1_new": b[0],
            "W2_new": W2 - rate * np.outer(d2, h), "b2_new": b[1]}


@case("simd-neuralnet-1", "Crossentropy loss and sigmoid output", "https://github.com/oysteijo/simd_neuralnet/issues/1",
      "The gradient of binary cross-entropy lacks the mean over the outputs that the loss has.")
def _(rng):
    m, n = 5, 3
    X, Y = rng.normal(size=(m, 4)), rng.integers(0, 2, (m, n)).astype(float)
    W1, W2 = weights(rng, 4, 5, n)
    b1, b2 = biases(rng, 5, n)
    a1 = np.tanh(X @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    d2 = a2 - Y
    d1 = d2 @ W2.T * (1 - a1 ** 2)
    return {"X": X, "Y": Y, "W1": W1, "b1": b1, "W2": W2, "b2": b2, "A1": a1, "A2": a2, "dZ2": d2, "dZ1": d1,
            "loss": -np.mean(Y * np.log(a2) + (1 - Y) * np.log(1 - a2)), "dW2": a1.T @ d2 / m, "dW1": X.T @ d1 / m,
            "db2": d2.mean(axis=0), "db1": d1.mean(axis=0)}
