"""Networks and gradients as sessions and as case files."""
import numpy as np


def typed(number, digits=17):
    """A number as somebody types it; a zero with as many digits as the others."""
    if digits == "float32":
        return str(np.float32(number))
    return format(float(number), f".{digits}g") if number else f"{0:.{digits}f}"


def matrix(rows, digits=17):
    """`[1 2; 3 4]`; of one dimension, a column."""
    rows = np.asarray(rows)
    if rows.ndim == 1:
        rows = rows[:, None]
    return "[" + "; ".join(" ".join(typed(number, digits) for number in row) for row in rows) + "]"


def loss_line(network):
    """`loss huber outputs=sum`"""
    return f"loss {network.loss}" + (" outputs=sum" if network.adds_outputs else "")


def building(network, X, Y, iterations=1):
    """The lines that build a network and go to the end of the backward pass of an iteration."""
    lines = ["network drawn", f"input {network.sizes[0]}"]
    for units, name, bias in zip(network.sizes[1:], network.activations, network.biases):
        lines.append(f"dense {units} {name}" + (" nobias" if bias is None else ""))
    lines.append(loss_line(network))
    lines += [f"sample {' '.join(map(typed, x))} -> {' '.join(map(typed, y))}" for x, y in zip(X, Y)]
    lines += ["batch all", f"reduction {network.reduction}", f"set rate = {typed(network.rate)}"]
    for l in network.layers:
        lines.append(f"set w{l} = {matrix(network.weights[l - 1])}")
        if network.biases[l - 1] is not None:
            lines.append(f"set b{l} = {matrix(network.biases[l - 1])}")
    return lines + ["update"] * (iterations - 1) + ["forward", "backward"]


def comparisons(run, digits=17, quantities=("dw", "db")):
    """A line for every gradient of weights and biases, from the last layer to the first."""
    lines = []
    for l in reversed(run.network.layers):
        if "dw" in quantities:
            lines.append(f"compare dw{l} = {matrix(run.dW[l], digits)}")
        if "db" in quantities and run.network.biases[l - 1] is not None:
            lines.append(f"compare db{l} = {matrix(run.db[l], digits)}")
    return lines


def arrays(run, X, Y, in_columns, holds_all=True, rounded=None):
    """What a script saves: in rows, with x·W, or in columns, with W·x.

    `rounded` is what becomes of what was computed, as when it is printed.
    """
    net = run.network
    exact = rounded or (lambda array: array)
    turn = (lambda array: array.T) if in_columns else (lambda array: array)
    weights = (lambda array: array) if in_columns else (lambda array: array.T)
    bias = (lambda array: array[:, None]) if in_columns else (lambda array: array)
    saved = {"X": turn(X), "Y": turn(Y)}
    new_weights, new_biases = run.updated()
    for l in net.layers:
        saved[f"W{l}"] = weights(net.weights[l - 1])
        saved[f"dW{l}"] = exact(weights(run.dW[l]))
        if net.biases[l - 1] is not None:
            saved[f"b{l}"] = bias(net.biases[l - 1])
            saved[f"db{l}"] = exact(bias(run.db[l]))
        if holds_all:
            for name, of_layers in (("Z", run.z), ("A", run.a), ("dZ", run.dZ)):
                saved[f"{name}{l}"] = exact(turn(of_layers[l]))
            saved[f"W{l}_new"] = exact(weights(new_weights[l - 1]))
            if net.biases[l - 1] is not None:
                saved[f"b{l}_new"] = exact(bias(new_biases[l - 1]))
    if holds_all:
        saved["loss"] = exact(np.asarray(run.loss))
    saved["rate"] = np.asarray(net.rate)
    return saved


def loading(path, network, in_columns, says_all):
    """The line that loads a case; with all that the file does not say, where it holds gradients alone."""
    line = f"load case {path}"
    if not says_all:
        return line
    loss = network.loss + (":sum" if network.adds_outputs else "")
    layout, samples = ("out-in", "columns") if in_columns else ("in-out", "rows")
    return (
        f"{line} activations={','.join(network.activations)} loss={loss} reduction={network.reduction}"
        f" layout={layout} samples={samples}")
