"""The backward pass of a small network, as somebody might write it, with switches for the slips that people make."""
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from networks import FORMULAS_OF_A, LOSSES, forward, jacobian_times, loss_value, slope, softmax


@dataclass(frozen=True)
class Slip:
    """A slip: its name, the layer where it is made (None for all of them), and which form of it."""

    name: str
    layer: Optional[int] = None
    form: str = ""

    def __str__(self):
        where = "" if self.layer is None else f" layer {self.layer}"
        return f"{self.name}{where}{' ' if self.form else ''}{self.form}"


class Backward:
    """One iteration: what is computed forward and backward, right or with slips.

    `previous` is the iteration before, for the slips that read what is left of it.
    """

    def __init__(self, network, X, Y, slips=(), previous=None):
        self.network, self.X, self.Y, self.slips, self.previous = network, X, Y, slips, previous
        self.samples, self.last = len(X), len(network.weights)
        self.z, self.a = forward(network, X)
        if self.form("logits-and-probabilities"):
            self.probabilities = self.a[self.last]
            self.a[self.last] = softmax(self.probabilities)
        self.loss = loss_value(network, Y, self.a[self.last])
        self.dA, self.dZ, self.dW, self.db = {}, {}, {}, {}
        with np.errstate(all="ignore"):
            self.dA[self.last] = self.loss_slope()
            for l in reversed(network.layers):
                self.dZ[l] = self.through_activation(l)
                self.dW[l], self.db[l] = self.parameter_gradients(l)
                if l > 1:
                    self.dA[l - 1] = self.through_weights(l)

    def form(self, name, layer=None):
        """The form in which a slip is made at a layer; nothing where it is not."""
        for slip in self.slips:
            if slip.name == name and (slip.layer is None or layer is None or slip.layer == layer):
                return slip.form or "plain"
        return ""

    def updated(self):
        """The weights and biases after the update."""
        net, rate = self.network, self.network.rate
        weights = [w - rate * self.dW[l] for l, w in zip(net.layers, net.weights)]
        biases = [b if b is None else b - rate * self.db[l] for l, b in zip(net.layers, net.biases)]
        return weights, biases

    # The loss

    def compared(self):
        """The targets and the outputs that are compared."""
        y, a = self.Y, self.a[self.last]
        which = self.form("wrong-sample")
        if which in ("targets", "both"):
            y = np.roll(y, -1, axis=0)
        return y, np.roll(a, -1, axis=0) if which == "both" else a

    def scaled(self, gradient, divisor=None):
        """A gradient at the outputs, divided as the loss is."""
        net, outputs = self.network, self.network.sizes[-1]
        factors = {"2": 2, "0.5": 0.5, "divided": 1 / outputs, "multiplied": outputs, "": 1}
        factor = factors[self.form("missing-half")] * factors[self.form("mean-over-outputs")]
        if net.divides_early and net.reduction == "mean":
            factor = factor / self.samples
        return gradient * (factor / (divisor or net.divisor))

    def loss_slope(self):
        """∂L/∂a of the output layer."""
        y, a = self.compared()
        other = self.form("wrong-loss")
        if self.form("sign") == "sum":
            gradient = (a + y) * (2 if self.network.loss == "mean-squared-error" else 1)
        else:
            gradient = LOSSES[other or self.network.loss][1](y, a)
        divisor = replace(self.network, loss=other).divisor if other else None
        return self.scaled(np.nan_to_num(gradient, nan=0.0, posinf=0.0, neginf=0.0), divisor)

    def closed_form(self):
        """∂L/∂z of outputs that belong together with their loss: a - y."""
        y, a = self.compared()
        total = y.sum(axis=1, keepdims=True) if self.network.loss == "cross-entropy" else 1
        if self.form("sum-of-targets"):
            total = 1
        return self.scaled(a + y if self.form("sign") == "sum" else a * total - y)

    # Layer by layer

    def through_activation(self, l):
        """∂L/∂z of a layer."""
        net = self.network
        needs_slope = any(self.form(name, l) for name in (
            "missing-derivative", "softmax-diagonal", "wrong-activation", "wrong-loss", "derivative-of-activation",
            "activation-formula-at-net", "wrong-layer-derivative"))
        if l == self.last and net.has_closed_form and net.uses_closed_form and not needs_slope:
            dZ = self.closed_form()
        elif self.form("missing-derivative", l):
            dZ = self.dA[l]
        elif net.activations[l - 1] == "softmax":
            dZ = self.through_softmax(l)
        else:
            dZ = self.dA[l] * self.activation_slope(l)
        if self.form("derivative-twice", l):
            dZ = dZ * slope(net.activations[l - 1], self.z[l])
        if l == self.last and self.form("softmax-twice"):
            dZ = jacobian_times(self.a[l], dZ)
        if l == self.last and self.form("logits-and-probabilities") == "chain":
            dZ = jacobian_times(self.probabilities, dZ)
        return -dZ if self.form("sign", l) == "layer" else dZ

    def through_softmax(self, l):
        """∂L/∂z of a softmax, of whose Jacobian a slip takes the diagonal."""
        a = self.a[l]
        if self.form("softmax-diagonal", l):
            return self.dA[l] * a * (1 - a)
        return jacobian_times(a, self.dA[l])

    def activation_slope(self, l):
        """f′ of a layer, in all the ways in which it may be another."""
        name, z, a = self.network.activations[l - 1], self.z[l], self.a[l]
        if self.form("derivative-of-activation", l):
            return slope(name, a)
        if self.form("activation-formula-at-net", l):
            return FORMULAS_OF_A[name](z)
        if self.form("sign", l) == "derivative":
            return 1 + a * a if name == "tanh" else a * (1 + a)
        other = self.form("wrong-layer-derivative", l)
        if other:
            where, m = other.split()
            function = self.network.activations[int(m) - 1] if where != "numbers" else name
            return slope(function, z if where == "function" else self.z[int(m)])
        other = self.form("wrong-activation", l)
        if other:
            where, function = other.split()
            return slope(function, z) if where == "net" else FORMULAS_OF_A[function](a)
        return slope(name, z)

    def through_weights(self, l):
        """∂L/∂a of the layer before."""
        w, dZ = self.network.weights[l - 1], self.dZ[l]
        if self.form("detached", l - 1):
            return np.zeros_like(self.a[l - 1])
        if self.form("gradient-for-weight", l):
            return np.tile(self.dW[l].sum(axis=0), (self.samples, 1))
        if self.form("updated-weights", l):
            w = w - self.network.rate * self.dW[l]
        if self.form("untransposed-weight", l):
            w = w.T
        term = self.form("missing-sum", l)
        if term:
            k = {"first": 0, "last": len(w) - 1}[term]
            return dZ[:, [k]] * w[k]
        return dZ @ w

    # Weights and biases

    def parameter_gradients(self, l):
        """∂L/∂w and ∂L/∂b of a layer."""
        dZ, read = self.dZ[l], self.previous.a[l - 1] if self.form("stale-activation", l) else self.a[l - 1]
        if self.form("wrong-sample") == "inputs":
            read = np.roll(read, 1, axis=0)
        other = self.form("wrong-layer-activation", l)
        multiplied = self.a[int(other)] if other else read
        if self.form("last-sample-only"):
            dZ, read, multiplied = dZ[-1:], read[-1:], multiplied[-1:]
        dW, db = dZ.T @ multiplied, self.bias_sum(l, dZ, read)
        if self.form("reshaped", l):
            dW = dW.T.reshape(dW.shape)
        net, n = self.network, self.samples
        if net.reduction == "mean" and not net.divides_early and self.form("last-sample-only") != "undivided":
            dW, db = dW / n, db / n
        for slipped in (self.of_samples, self.of_biases, self.added, self.of_whole):
            dW, db = slipped(l, dW, db)
        return dW, db

    def bias_sum(self, l, dZ, read):
        """What is added up for the biases: δ, which a slip multiplies as if there were inputs."""
        where = self.form("bias-as-weight", l)
        if where:
            dZ = dZ * {"first": read[:, :1], "last": read[:, -1:], "own": self.a[l][-len(dZ):]}[where]
        return dZ.sum(axis=0)

    def of_samples(self, l, dW, db):
        """Sums for means, and means twice."""
        n = self.samples
        factor = n if self.network.reduction == "mean" else 1 / n
        where = self.form("mean-or-sum", l)
        dW = dW * factor if where in ("weights", "layer") else dW
        db = db * factor if where in ("biases", "layer") else db
        return (dW / n, db / n) if self.form("mean-twice") else (dW, db)

    def of_biases(self, l, dW, db):
        """Slips of the biases alone."""
        if self.form("summed-bias", l):
            db = np.full_like(db, db.sum() if self.form("summed-bias", l) == "sum" else db.mean())
        if self.form("frozen-weights", l):
            dW = np.zeros_like(dW)
        if self.form("frozen-bias", l):
            db = np.zeros_like(db)
        return dW, db * dW.shape[1] if self.form("bias-per-weight", l) else db

    def added(self, l, dW, db):
        """What is added to a gradient."""
        net, decay = self.network, self.form("weight-decay")
        if self.form("accumulated"):
            dW, db = dW + self.previous.dW[l], db + self.previous.db[l]
        if decay:
            rate, *what = decay.split()
            dW = dW + float(rate) * net.weights[l - 1]
            if what and net.biases[l - 1] is not None:
                db = db + float(rate) * net.biases[l - 1]
        return dW, db

    def of_whole(self, l, dW, db):
        """What is done with a gradient in the end."""
        if self.form("transposed", l):
            dW = dW.T
        if self.form("permuted", l):
            order = [int(unit) for unit in self.form("permuted", l).split(",")]
            dW, db = dW[order], db[order]
        if self.form("sign", l) in ("weights", "parameters"):
            dW, db = -dW, -db if self.form("sign", l) == "parameters" else db
        if self.form("learning-rate-included"):
            dW, db = self.network.rate * dW, self.network.rate * db
        bound = self.form("clipped")
        if bound.startswith("norm"):
            return tuple(g * min(1, float(bound[5:]) / np.linalg.norm(g)) if np.any(g) else g for g in (dW, db))
        return tuple(np.clip(g, -float(bound), float(bound)) for g in (dW, db)) if bound else (dW, db)
