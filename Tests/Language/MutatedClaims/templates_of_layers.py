"""True claims about one layer: its activations, its gradients, its derivatives and its update."""


def over_samples(network, term):
    """A term of one sample, added up or averaged over the batch."""
    if network.is_one_sample:
        return term
    return f"mean(sample, {term})" if network.takes_mean else f"sum(sample, {term})"


def before(network, text):
    """A weight or bias as it was in the forward pass."""
    return f"old({text})" if network.is_updated else text


def inputs(l):
    """What a layer reads."""
    return "x" if l == 1 else f"a{l - 1}"


def of_layer(network, l, loss_slope):
    """All claims about a layer, given the derivative of the loss by the output k."""
    is_softmax = network.activations[l] == "softmax"
    found = of_pre_activations(network, l)
    found += of_softmax(l) if is_softmax else of_elementwise(network.activations[l], l)
    found += of_gradients(network, l)
    if l < network.last:
        found += of_hidden(network, l, loss_slope)
    return found + (of_update(network, l) if network.is_updated else of_derivatives(network, l))


def of_pre_activations(network, l):
    """The forward pass of a layer, and its delta by the Jacobian."""
    a, kind = inputs(l), network.biases[l]
    bias = {"own": f"b{l}[j]", "shared": f"b{l}", "none": ""}[kind]
    term = f" + {before(network, bias)}" if bias else ""
    found = [
        f"net{l}[j] = sum(i, {before(network, f'w{l}[j,i]')} * {a}[i]){term}",
        f"delta{l}[j] = sum(k, J{l}[k,j] * da{l}[k])",
        f"a{l} = f{l}(net{l})",
    ]
    if kind != "shared" and not network.is_updated:
        found.append(f"net{l} = w{l} * {a}{f' + b{l}' if bias else ''}")
    return found


def of_softmax(l):
    a, net, J = f"a{l}", f"net{l}", f"J{l}"
    return [
        f"{a}[i] = exp({net}[i])/sum(j, exp({net}[j]))",
        f"{J}[i,k] = {a}[i] * ((i == k) - {a}[k])",
        f"{J}[i,k] = -{a}[i] * {a}[k] where i != k",
        f"{J}[k,k] = {a}[k] * (1 - {a}[k])",
        f"sum(i, {a}[i]) = 1",
        f"sum(k, {J}[i,k]) = 0",
        f"delta{l}[k] = {a}[k] * (da{l}[k] - sum(i, {a}[i] * da{l}[i]))",
    ]


def of_elementwise(name, l):
    """An activation and its derivative, also as formulas."""
    z, a = f"net{l}[j]", f"a{l}[j]"
    values = {
        "sigmoid": f"1/(1 + exp(-{z}))",
        "tanh": f"(exp({z}) - exp(-{z}))/(exp({z}) + exp(-{z}))",
        "softplus": f"log(1 + exp({z}))",
        "silu": f"{z}/(1 + exp(-{z}))",
        "relu": f"({z} + abs({z}))/2",
        "identity": z,
        "leaky-relu": f"0.505 * {z} + 0.495 * abs({z})",
    }
    slopes = {
        "sigmoid": f"{a} * (1 - {a})",
        "tanh": f"1 - {a}^2",
        "softplus": f"1 - exp(-{a})",
        "silu": f"{a} + sigmoid({z}) * (1 - {a})",
        "relu": f"({z} > 0)",
        "identity": "1",
        "leaky-relu": f"0.01 + 0.99 * ({z} > 0)",
        "elu": f"1 + ({a} - abs({a}))/2",
    }
    found = [
        f"{a} = f{l}({z})",
        f"delta{l}[j] = da{l}[j] * f{l}'({z})",
        f"J{l}[i,k] = (i == k) * f{l}'(net{l}[i])",
    ]
    if name in values:
        found.append(f"{a} = {values[name]}")
    if name in slopes:
        found += [f"f{l}'({z}) = {slopes[name]}", f"delta{l}[j] = da{l}[j] * ({slopes[name]})"]
    return found


def of_gradients(network, l):
    """The gradients of a layer's weights and biases."""
    a, kind = inputs(l), network.biases[l]
    found = [f"dw{l}[j,i] = {over_samples(network, f'delta{l}[j] * {a}[i]')}"]
    if network.is_one_sample:
        found.append(f"dw{l} = delta{l} * {a}'")
    if kind == "own":
        found.append(f"db{l}[j] = {over_samples(network, f'delta{l}[j]')}")
    if kind == "shared":
        found.append(f"db{l} = {over_samples(network, f'sum(j, delta{l}[j])')}")
    return found


def of_hidden(network, l, loss_slope):
    """What a layer gets from the one after it."""
    after = l + 1
    weight = before(network, f"w{after}[k,j]")
    found = [f"da{l}[j] = sum(k, delta{after}[k] * {weight})"]
    if network.activations[l] == "softmax":
        return found
    slope = f"f{l}'(net{l}[j])"
    found += [f"delta{l}[j] = sum(k, delta{after}[k] * {weight}) * {slope}"] * 2
    found.append(f"delta{l} = f{l}'(net{l}) .* ({before(network, f'w{after}')}' * delta{after})")
    if network.is_one_sample and after == network.last and network.activations[after] != "softmax":
        delta = f"({loss_slope}) * f{after}'(net{after}[k])"
        found.append(f"dw{l}[j,i] = sum(k, {delta} * {weight}) * {slope} * {inputs(l)}[i]")
    return found


def of_update(network, l):
    """The new weights and biases, with weight decay or without."""
    weight = f"old(w{l}[j,i])"
    found = [
        f"w{l}[j,i] = {weight} - rate * (dw{l}[j,i] + {network.decay} * {weight})",
        f"w{l} = old(w{l}) + uw{l}",
        f"uw{l}[j,i] = -rate * (dw{l}[j,i] + {network.decay} * {weight})",
    ]
    if network.decay != "0":
        return found
    found += [
        f"w{l}[j,i] = {weight} - rate * dw{l}[j,i]",
        f"w{l} = old(w{l}) - {network.rate} * dw{l}",
    ] * 2
    if network.is_one_sample:
        found += [f"w{l}[j,i] = {weight} - rate * delta{l}[j] * {inputs(l)}[i]"] * 2
    if network.biases[l] == "own":
        found.append(f"b{l}[j] = old(b{l}[j]) - rate * db{l}[j]")
    return found


def of_derivatives(network, l):
    """Gradients as derivatives of the loss, and derivatives of what is computed forward."""
    a = inputs(l)
    found = [
        f"dw{l}[j,i] = d(loss)/d(w{l}[j,i])",
        f"delta{l}[j] = d(loss)/d(net{l}[j])",
        f"da{l}[j] = d(loss)/d(a{l}[j])",
        f"d(a{l}[i])/d(net{l}[k]) = J{l}[i,k]",
        f"d(net{l}[j])/d({a}[i]) = w{l}[j,i]",
        f"d(net{l}[j])/d(w{l}[k,i]) = (j == k) * {a}[i]",
        f"d(a{l}[j]^2)/d(net{l}[i]) = 2 * a{l}[j] * J{l}[j,i]",
    ]
    if network.biases[l] == "own":
        found.append(f"db{l}[j] = d(loss)/d(b{l}[j])")
    return found + (of_chains(network, l) if network.activations[l] != "softmax" else [])


def of_chains(network, l):
    """The chain rule through an elementwise activation."""
    a, after = inputs(l), l + 1
    found = [f"d(a{l}[j])/d({a}[i]) = f{l}'(net{l}[j]) * w{l}[j,i]"]
    if network.is_one_sample:
        found.append(
            f"dw{l}[j,i] = d(loss)/d(a{l}[j]) * d(a{l}[j])/d(net{l}[j]) * d(net{l}[j])/d(w{l}[j,i])")
    if l < network.last:
        terms = f"sum(k, d(loss)/d(net{after}[k]) * d(net{after}[k])/d(a{l}[j]))"
        found.append(f"delta{l}[j] = {terms} * d(a{l}[j])/d(net{l}[j])")
    return found
