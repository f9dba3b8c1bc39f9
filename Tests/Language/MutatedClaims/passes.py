"""The forward and the backward pass of one sample, written out with plain lists.

Quantities have the names that they have in claims; vectors are lists, and matrices lists of rows.
"""
from functions import ACTIVATIONS, LOSSES
from precision import ONE, ZERO, softmax


def added(value, place, amount):
    """A copy of nested lists with an amount added at a place."""
    if not place:
        return value + amount
    return [added(v, place[1:], amount) if i == place[0] else v for i, v in enumerate(value)]


def combined(function, *values):
    """What a function of numbers makes of nested lists of the same form."""
    if isinstance(values[0], list):
        return [combined(function, *parts) for parts in zip(*values)]
    return function(*values)


def forward(network, parameters, x, y, move=None):
    """Every quantity of the forward pass; `move` is (name, place, amount), added where that quantity is computed."""
    found = {"y": y}

    def put(name, value):
        if move and move[0] == name:
            value = added(value, *move[1:])
        found[name] = value
        return value

    a = put("x", x)
    for l in network.layers:
        net = [sum(w * v for w, v in zip(row, a)) for row in put(f"w{l}", parameters[f"w{l}"])]
        if network.biases[l] != "none":
            b = put(f"b{l}", parameters[f"b{l}"])
            net = [v + (b[j] if network.biases[l] == "own" else b) for j, v in enumerate(net)]
        a = put(f"a{l}", activated(network.activations[l], put(f"net{l}", net)))
    found["out"] = a
    found["loss"] = sum(LOSSES[network.loss][0](target, v, len(a)) for target, v in zip(y, a))
    return found


def activated(name, net):
    """The activations of a layer."""
    return softmax(net) if name == "softmax" else [ACTIVATIONS[name][0](v) for v in net]


def jacobian(name, net, a):
    """∂a/∂net of a layer."""
    units = range(len(a))
    if name == "softmax":
        return [[a[i] * (ONE - a[i]) if i == k else -a[i] * a[k] for k in units] for i in units]
    return [[ACTIVATIONS[name][1](net[i]) if i == k else ZERO for k in units] for i in units]


def backward(network, found):
    """Adds the quantities of the backward pass to those of the forward pass; returns dw and db of this sample."""
    a, gradients = found["out"], {}
    da = [LOSSES[network.loss][1](target, v, len(a)) for target, v in zip(found["y"], a)]
    for l in reversed(network.layers):
        slopes = jacobian(network.activations[l], found[f"net{l}"], found[f"a{l}"])
        units = range(network.sizes[l])
        delta = [sum(slopes[i][j] * da[i] for i in units) for j in units]
        found[f"da{l}"], found[f"J{l}"], found[f"delta{l}"] = da, slopes, delta
        inputs = found[f"a{l - 1}"] if l > 1 else found["x"]
        gradients[f"dw{l}"] = [[d * v for v in inputs] for d in delta]
        gradients[f"db{l}"] = delta if network.biases[l] == "own" else sum(delta)
        da = [sum(found[f"w{l}"][k][j] * delta[k] for k in units) for j in range(len(inputs))]
    found["dx"] = da
    return gradients
