"""Points at which claims are tried: random parameters and samples, with everything that follows from them."""
from dataclasses import dataclass, field, replace

from faults import NotAClaim
from functions import WITH_KINK
from networks import Network, is_parameter
from passes import added, backward, combined, forward
from precision import NOTHING, ONE, number


@dataclass
class Point:
    """The values that names have: those of the samples, of which one is shown, and those of the batch."""

    network: Network
    samples: list
    shared: dict
    before: dict  # weights and biases before the update
    shown: int = 0
    moved: dict = field(default_factory=dict)

    def value(self, name):
        if name in self.shared:
            return self.shared[name]
        if name not in self.samples[self.shown]:
            raise NotAClaim("quantity that does not follow from what is moved")
        return self.samples[self.shown][name]

    def at_sample(self, sample):
        return replace(self, shown=sample)

    def before_update(self):
        return replace(self, shared={**self.shared, **self.before})

    def with_moved(self, name, place, amount):
        """What the forward pass gives with one element moved.

        A weight or bias moves the loss of the batch, and a quantity of one sample that sample's own loss.
        """
        key = (self.shown, name, place, amount > 0)
        if key not in self.moved:
            move, is_of_batch = (name, place, amount), is_parameter(name)
            samples = [
                forward(self.network, self.before, sample["x"], sample["y"], move)
                if is_of_batch or place_in_batch == self.shown else sample
                for place_in_batch, sample in enumerate(self.samples)]
            losses = [sample["loss"] for sample in samples]
            loss = self.network.reduced(losses) if is_of_batch else losses[self.shown]
            self.moved[key] = Point(self.network, samples, {"loss": loss}, {}, self.shown)
        return self.moved[key]


def tiny(rng):
    return number(rng.choice((-1, 1)) * 10 ** -rng.uniform(8, 17))


def drawn(rng, shape):
    """Normally distributed numbers in nested lists."""
    return [drawn(rng, shape[1:]) for _ in range(shape[0])] if shape else number(rng.gauss(0, 1))


def drawn_targets(network, rng, sum_to_1):
    """Targets that the loss can take."""
    targets = drawn(rng, (network.sizes[-1],))
    if network.loss in ("ce", "bce"):
        targets = [number(rng.uniform(0.05, 0.95)) for _ in targets]
    return [v / sum(targets) for v in targets] if sum_to_1 else targets


def move_to_kinks(network, rng, parameters, x):
    """Moves pre-activations next to kinks, by biases, or by the inputs where the first layer has no bias."""
    for l in network.layers:
        if network.activations[l] not in WITH_KINK or rng.random() >= 0.7:
            continue
        if network.biases[l] == "none":
            if l == 1:
                x[:] = [v * abs(tiny(rng)) for v in x]
            continue
        for j in range(network.sizes[l]):
            any_targets = [ONE / 2] * network.sizes[-1]
            net = forward(network, parameters, x, any_targets)[f"net{l}"][j]
            place = (j,) if network.biases[l] == "own" else ()
            parameters[f"b{l}"] = added(parameters[f"b{l}"], place, tiny(rng) - net)


def drawn_sample(network, rng, parameters, sum_to_1, is_near_kinks):
    """Inputs and targets; near kinks, the parameters may be changed for them."""
    y = drawn_targets(network, rng, sum_to_1)
    x = drawn(rng, (network.sizes[0],))
    if is_near_kinks:
        move_to_kinks(network, rng, parameters, x)
        if network.loss == "mae":
            y = [a + tiny(rng) for a in forward(network, parameters, x, y)["out"]]
    return x, y


def is_at_kink(network, sample):
    """Whether a pre-activation is at a kink, where sides can't be told."""
    return any(
        abs(v) <= NOTHING for l in network.layers if network.activations[l] in WITH_KINK for v in sample[f"net{l}"])


def random_point(network, rng, sum_to_1, is_near_kinks):
    """A point with random parameters, inputs and targets; the targets may have to sum to 1."""
    while True:
        parameters = {name: drawn(rng, shape) for name, shape in network.shapes.items() if is_parameter(name)}
        drawn_samples = [
            drawn_sample(network, rng, parameters, sum_to_1, is_near_kinks) for _ in range(network.batch)]
        samples = [forward(network, parameters, x, y) for x, y in drawn_samples]
        if not any(is_at_kink(network, sample) for sample in samples):
            return computed_point(network, parameters, samples)


def computed_point(network, parameters, samples):
    """The backward pass of each sample, the gradients of the batch, and the update."""
    rate, decay = number(network.rate), number(network.decay)
    gradients = [backward(network, sample) for sample in samples]
    shared = {"loss": network.reduced([sample["loss"] for sample in samples]), "rate": rate, **parameters}
    for name, value in parameters.items():
        gradient = combined(lambda *values: network.reduced(values), *[each[f"d{name}"] for each in gradients])
        shared[f"d{name}"] = gradient
        if network.is_updated:
            update = combined(lambda g, v: -rate * (g + decay * v), gradient, value)
            shared[f"u{name}"], shared[name] = update, combined(lambda v, u: v + u, value, update)
    return Point(network, samples, shared, parameters)
