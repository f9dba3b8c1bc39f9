"""True claims about a network, from the equations of a textbook."""
from claims import claim_of
from templates_of_layers import inputs, of_layer, over_samples


def true_claims(network):
    """Claims of all kinds that hold for a network; those that are easily got wrong come twice."""
    weight = "old(w1[j,i])" if network.is_updated else "w1[j,i]"
    found = of_loss(network) + of_outputs(network)
    for l in network.layers:
        found += of_layer(network, l, loss_slope(network))
    found.append(f"dx[i] = sum(j, {weight} * delta1[j])")
    if not network.is_updated:
        found.append("dx[i] = d(loss)/d(x[i])")
    return [claim_of(text) for text in found]


def loss_slope(network):
    """The derivative of one sample's loss by its output k."""
    a, n = f"a{network.last}", network.sizes[-1]
    return {
        "half-squared-error": f"{a}[k] - y[k]",
        "mse": f"2 * ({a}[k] - y[k])/{n}",
        "ce": f"-y[k]/{a}[k]",
        "bce": f"({a}[k] - y[k])/({a}[k] * (1 - {a}[k]))/{n}",
        "mae": f"({a}[k] - y[k])/abs(y[k] - {a}[k])/{n}",
        "huber": f"d{a}[k]",
    }[network.loss]


def of_loss(network):
    """The loss as a formula of the outputs."""
    a, n = f"a{network.last}", network.sizes[-1]
    formulas = {
        "half-squared-error": f"sum(k, (y[k] - {a}[k])^2)/2",
        "mse": f"sum(k, (y[k] - {a}[k])^2)/{n}",
        "ce": f"-sum(k, y[k] * log({a}[k]))",
        "bce": f"-sum(k, y[k] * log({a}[k]) + (1 - y[k]) * log(1 - {a}[k]))/{n}",
        "mae": f"mean(k, abs(y[k] - {a}[k]))",
    }
    found = [f"loss = {over_samples(network, formulas[network.loss])}"] if network.loss in formulas else []
    if network.loss == "half-squared-error" and network.is_one_sample and n > 1:
        found.append(f"loss = sum((y - {a}) .* (y - {a}))/2")
    return found


def of_outputs(network):
    """The deltas of the outputs, from the loss and in closed form."""
    l, slope = network.last, loss_slope(network)
    found = [f"da{l}[k] = {slope}", f"delta{l}[j] = sum(k, J{l}[k,j] * ({slope}))"]
    if network.activations[l] != "softmax":
        delta = f"({slope}) * f{l}'(net{l}[k])"
        found.append(f"delta{l}[k] = {delta}")
        if network.is_one_sample:
            found.append(f"dw{l}[k,j] = {delta} * {inputs(l)}[j]")
    if network.activations[l] == "softmax" and network.loss == "ce":
        found += of_softmax_with_cross_entropy(network)
    if network.activations[l] == "sigmoid" and network.loss == "bce":
        found += [f"delta{l}[k] = (a{l}[k] - y[k])/{network.sizes[-1]}"] * 2
    return found


def of_softmax_with_cross_entropy(network):
    """Softmax outputs under a cross-entropy, whose targets may sum to something other than 1."""
    a, net, delta = (f"{name}{network.last}" for name in ("a", "net", "delta"))
    found = [
        f"{delta}[k] = {a}[k] * sum(i, y[i]) - y[k]",
        f"{delta}[k] = {a}[k] - y[k] with y = y / sum(y)",
        f"sum(k, {delta}[k]) = 0",
        f"{delta}[k] = -y[k] * (1 - {a}[k]) + sum(i, (i != k) * y[i] * {a}[k])",
    ] * 2
    if network.is_updated:
        return found
    found += [
        f"{delta}[k] = -sum(i, y[i] * d(log({a}[i]))/d({net}[k]))",
        f"d(log({a}[i]))/d({net}[k]) = -{a}[k] where i != k",
    ]
    if network.is_one_sample:
        found.append(f"loss = log(sum(k, exp({net}[k]))) - sum(k, y[k] * {net}[k]) with y = y / sum(y)")
    return found
