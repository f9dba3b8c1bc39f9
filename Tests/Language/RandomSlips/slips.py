"""Which slips a network can have, in which layers and forms, and random networks in which they show."""
from dataclasses import replace
from itertools import combinations

import numpy as np

from backward import Backward, Slip
from networks import ACTIVATIONS, FORMULAS_OF_A, LOSSES, random_network


def everywhere(*forms):
    """A slip that is made in the whole of the code at once."""
    return lambda net, rng: [Slip("", None, form) for form in forms]


def in_layers(*forms, first=1, where=lambda net, l: True):
    """A slip that is made in one layer, of those where it can be, or in all of them."""
    def places(net, rng):
        layers = [l for l in net.layers if l >= first and where(net, l)]
        return [Slip("", l, form) for form in forms or ("",) for l in layers]
    return places


def is_elementwise(net, l):
    return net.activations[l - 1] != "softmax"


def is_square(net, l):
    return net.sizes[l] == net.sizes[l - 1] > 1


def has_bias(net, l):
    return net.biases[l - 1] is not None


def in_softmax_output(net, rng):
    """At the outputs, where they are a softmax."""
    return [Slip("", len(net.weights))] if net.activations[-1] == "softmax" else []


def in_updates(net, rng):
    """In the order of the steps, where there are layers before the last."""
    return [Slip("")] if len(net.weights) > 1 else []


def signs(net, rng):
    """In the error, in f′, in a layer's δ, or in its gradients."""
    last = len(net.weights)
    is_closed = net.has_closed_form and net.uses_closed_form
    is_difference = net.loss in ("half-squared-error", "mean-squared-error") or is_closed
    of_a = [l for l in net.layers if net.activations[l - 1] in FORMULAS_OF_A]
    derivatives = [l for l in of_a if l < last or not net.has_closed_form]
    return (
        [Slip("", None, "sum")] * (3 if is_difference else 0)
        + [Slip("", l, "derivative") for l in derivatives]
        + [Slip("", l, "layer") for l in net.layers if l < last]
        + [Slip("", l, "weights") for l in net.layers]
        + [Slip("", l, "parameters") for l in net.layers])


def other_layers(net, rng):
    """The function, the numbers or both of another layer's derivative."""
    forms = []
    for l in net.layers:
        for m in net.layers:
            if l == m or not is_elementwise(net, l) or not is_elementwise(net, m):
                continue
            forms.append(Slip("", l, f"function {m}"))
            if net.sizes[l] == net.sizes[m]:
                forms += [Slip("", l, f"both {m}"), Slip("", l, f"numbers {m}")]
    return forms


def other_inputs(net, rng):
    """Another layer's activation, or the layer's own, in the place of what comes into it, where it has that shape."""
    return [
        Slip("", l, str(m)) for l in net.layers for m in range(len(net.sizes))
        if m != l - 1 and net.sizes[m] == net.sizes[l - 1]]


def other_activations(net, rng):
    """The derivative of another activation, at z, or its formula over a: of one that no layer has."""
    forms = [f"net {name}" for name in ACTIVATIONS if name != "identity"]
    forms += [f"activation {name}" for name in FORMULAS_OF_A]
    return [
        Slip("", l, form) for l in net.layers if is_elementwise(net, l) for form in forms
        if form.split()[1] not in net.activations]


def other_losses(net, rng):
    """The derivative of another loss, averaged over the outputs as the right one is."""
    return [Slip("", len(net.weights), name) for name in LOSSES if name != net.loss]


def one_term(net, rng):
    """The first or the last term in place of a sum over a layer's units."""
    return [Slip("", l, form) for l in net.layers if l > 1 and net.sizes[l] > 1 for form in ("first", "last")]


def decays(net, rng):
    """A share of the weights, or of the weights and the biases."""
    share = str(rng.choice(["0.0001", "0.001", "0.01", "0.1"]))
    return [Slip("", None, share), Slip("", None, f"{share} biases")]


def bounds(net, rng):
    """A bound for each number, or for the norm of each gradient."""
    bound = rng.choice(["0.01", "0.05", "0.1", "0.5"])
    return [Slip("", None, str(bound)), Slip("", None, f"norm {bound}")]


def orders(net, rng):
    """The units of a layer's gradients in another order."""
    def order(l):
        return ",".join(str(unit) for unit in rng.permutation(net.sizes[l]))
    return [Slip("", l, order(l)) for l in net.layers if net.sizes[l] > 1]


def samples_forms(net, rng):
    """The targets, the inputs of each layer, or the whole error of another sample."""
    return [Slip("", None, form) for form in ("targets", "inputs", "both")]


# Every slip by its name: where it can be made in a network.
SLIPS = {
    "updated-weights": in_updates,
    "missing-derivative": in_layers(),
    "derivative-twice": in_layers(where=is_elementwise),
    "derivative-of-activation": in_layers(where=is_elementwise),
    "activation-formula-at-net": in_layers(where=lambda net, l: net.activations[l - 1] in FORMULAS_OF_A),
    "wrong-layer-derivative": other_layers,
    "sign": signs,
    "transposed": in_layers(where=is_square),
    "untransposed-weight": in_layers(first=2, where=is_square),
    "softmax-diagonal": in_softmax_output,
    "softmax-twice": in_softmax_output,
    "sum-of-targets":
        lambda net, rng: in_softmax_output(net, rng) if net.has_closed_form and net.uses_closed_form else [],
    "missing-half": everywhere("2", "0.5"),
    "mean-or-sum": in_layers("weights", "biases", "layer"),
    "mean-twice": lambda net, rng: [Slip("")] if net.reduction == "mean" else [],
    "mean-over-outputs": lambda net, rng: everywhere("divided" if net.divisor == 1 else "multiplied")(net, rng),
    "learning-rate-included": everywhere(""),
    "accumulated": everywhere(""),
    "stale-activation": in_layers(first=2),
    "wrong-sample": samples_forms,
    "last-sample-only": everywhere("divided", "undivided"),
    "bias-as-weight": in_layers("first", "last", "own", where=has_bias),
    "missing-sum": one_term,
    "gradient-for-weight": in_layers(first=2),
    "summed-bias": in_layers("sum", "mean", where=has_bias),
    "frozen-weights": in_layers(),
    "frozen-bias": in_layers(where=has_bias),
    "bias-per-weight": in_layers(where=has_bias),
    "detached": in_layers(where=lambda net, l: l < len(net.weights)),
    "weight-decay": decays,
    "clipped": bounds,
    "permuted": orders,
    # Of a square matrix it is transposed.
    "reshaped": in_layers(where=lambda net, l: min(net.sizes[l], net.sizes[l - 1]) > 1 and not is_square(net, l)),
    "wrong-activation": other_activations,
    "wrong-loss": other_losses,
    "logits-and-probabilities":
        lambda net, rng: everywhere("chain", "direct")(net, rng) if net.loss == "cross-entropy" else [],
    "wrong-layer-activation": other_inputs,
}

# Those that read what the iteration before has left.
OF_TWO_ITERATIONS = {"accumulated", "stale-activation"}


def gradients(run):
    """Every gradient of weights and biases in one row of numbers."""
    net = run.network
    parts = [run.dW[l] for l in net.layers] + [run.db[l] for l in net.layers if net.biases[l - 1] is not None]
    return np.concatenate([part.ravel() for part in parts])


def difference(one, other):
    """How far gradients are apart, as a share of the largest; nothing where some are no numbers."""
    a, b = gradients(one), gradients(other)
    if not (np.all(np.isfinite(a)) and np.all(np.isfinite(b))):
        return 0
    return np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max(), 1e-300)


def second_iteration(network, X, Y):
    """The network after one right step, and that step."""
    before = Backward(network, X, Y)
    weights, biases = before.updated()
    return replace(network, weights=weights, biases=biases), before


def is_same(one, other):
    """Whether two runs have the same numbers in all that a case holds of them, but for rounding."""
    pairs = [(getattr(one, name)[l], getattr(other, name)[l]) for name in ("a", "dZ", "dW", "db") for l in one.network.layers
             if getattr(one, name)[l] is not None]
    return all(np.allclose(a, b, rtol=1e-9, atol=1e-12) for a, b in pairs)


def is_only_a_form(one, other):
    """Whether all gradients of weights and biases are sums for another run's means, or means for its sums: as many people add
    up as average, and nobody could tell what it was."""
    a, b, samples = gradients(one), gradients(other), one.samples
    factor = samples if one.network.reduction == "mean" else 1 / samples
    return samples > 1 and np.allclose(a, b * factor, rtol=1e-9, atol=1e-12)


class Faulty:
    """A random network with slips that show: what is right and what was computed."""

    def __init__(self, seed, names):
        self.seed = seed
        rng = np.random.default_rng(seed)
        for _ in range(20000):
            if self.attempt(rng, names):
                return
        raise ValueError(f"seed {seed}: {names} show in no network")

    def attempt(self, rng, names):
        """Draws a network and the slips' forms; whether every one of them shows, alone and beside the others."""
        self.network, self.X, self.Y = random_network(rng)
        self.begun, self.before = self.network, None
        if OF_TWO_ITERATIONS & set(names):
            self.network, self.before = second_iteration(self.network, self.X, self.Y)
        self.slips = []
        for name in names:
            places = SLIPS[name](self.network, rng)
            if not places:
                return False
            place = places[rng.integers(len(places))]
            self.slips.append(Slip(name, place.layer, place.form))
        self.right, self.wrong = self.run([]), self.run(self.slips)
        rest = [[other for other in self.slips if other is not slip] for slip in self.slips]
        return np.abs(gradients(self.right)).max() < 1e3 and all(
            difference(self.wrong, self.run(others)) > 1e-6 and difference(self.right, self.run([slip])) > 1e-6
            and not is_only_a_form(self.run([slip]), self.right)
            for slip, others in zip(self.slips, rest))

    def run(self, slips):
        return Backward(self.network, self.X, self.Y, slips, self.before)

    def fewer(self):
        """The names of fewer slips that give the same numbers: two of them cancel out, or come to the same as one."""
        found = set()
        rng = np.random.default_rng(self.seed)
        for one, other in combinations(self.slips, 2):
            rest = [slip for slip in self.slips if slip is not one and slip is not other]
            if is_same(self.wrong, self.run(rest)):
                found.add(tuple(slip.name for slip in rest))
                continue
            for name in SLIPS.keys() - OF_TWO_ITERATIONS:
                for place in SLIPS[name](self.network, rng):
                    if place.layer in (None, one.layer, other.layer):
                        slips = rest + [replace(place, name=name)]
                        if is_same(self.wrong, self.run(slips)):
                            found.add(tuple(slip.name for slip in slips))
        return sorted(found)
