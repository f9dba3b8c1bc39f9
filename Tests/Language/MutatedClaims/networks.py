"""Random small networks, and the sessions that build them."""
from dataclasses import dataclass

from functions import ACTIVATIONS, KINKS_OF_LOSS, LOSSES, WITH_KINK


@dataclass
class Network:
    """Layers, a loss and how they are trained.

    Activations and kinds of bias are listed by layer, with nothing at 0, where `sizes` has the inputs.
    """

    sizes: list
    activations: list
    biases: list  # own for each unit, shared by the layer, or none
    loss: str
    batch: int
    takes_mean: bool  # over the samples; otherwise their sum
    rate: str
    decay: str
    is_updated: bool  # whether claims are made after the update

    def __post_init__(self):
        self.shapes = shapes(self)
        self.is_one_sample = self.batch == 1
        self.has_kinks = self.loss in KINKS_OF_LOSS or any(name in WITH_KINK for name in self.activations)

    @property
    def last(self):
        return len(self.sizes) - 1

    @property
    def layers(self):
        return range(1, len(self.sizes))

    @property
    def kinks(self):
        """The places in a forward pass where one formula changes into another."""
        of_layers = sum(self.sizes[l] for l in self.layers if self.activations[l] in WITH_KINK)
        return self.batch * (of_layers + KINKS_OF_LOSS.get(self.loss, 0) * self.sizes[-1])

    def reduced(self, values):
        """One number for the batch from one for each sample."""
        return sum(values) / (len(values) if self.takes_mean else 1)


def is_parameter(name):
    """Whether a quantity is a weight or a bias."""
    return name[0] in "wb"


def shapes(network):
    """The shape of every quantity: (), (units,) or (units, inputs)."""
    sizes = network.sizes
    found = {
        "x": (sizes[0],), "y": (sizes[-1],), "out": (sizes[-1],), "dx": (sizes[0],), "loss": (), "rate": ()}
    ways = ("", "d", "u") if network.is_updated else ("", "d")
    for l in network.layers:
        found.update({f"{name}{l}": (sizes[l],) for name in ("net", "a", "da", "delta")})
        found[f"J{l}"] = (sizes[l], sizes[l])
        found.update({f"{way}w{l}": (sizes[l], sizes[l - 1]) for way in ways})
        if network.biases[l] != "none":
            found.update({f"{way}b{l}": (sizes[l],) if network.biases[l] == "own" else () for way in ways})
    return found


def random_activations(rng, loss, sizes):
    """An activation for each layer; the outputs are what the loss can take."""
    names = [rng.choice(list(ACTIVATIONS) + ["sigmoid", "tanh", "softmax"]) for _ in sizes[1:]]
    if loss == "ce":
        names[-1] = rng.choice(["softmax", "softmax", "softmax", "sigmoid", "softplus"])
    if loss == "bce":
        names[-1] = rng.choice(["sigmoid", "sigmoid", "softmax" if sizes[-1] > 1 else "sigmoid"])
    return [None] + names


def any_network(rng):
    """A random network, however many kinks it has."""
    layers = rng.choices([1, 2, 3], [3, 6, 1])[0]
    largest = {1: 4, 2: 3, 3: 2}[layers]
    sizes = [rng.randint(1, largest) for _ in range(layers + 1)]
    if layers == 1 and rng.random() < 0.7:
        sizes[1] = rng.randint(2, 4)
    loss = rng.choice(list(LOSSES))
    return Network(
        sizes=sizes,
        activations=random_activations(rng, loss, sizes),
        biases=[None] + [rng.choice(["own", "own", "own", "shared", "none"]) for _ in range(layers)],
        loss=loss,
        batch=rng.choice([1, 1, 2]),
        takes_mean=rng.random() < 0.7,
        rate=rng.choice(["1", "0.5", "0.3"]),
        decay=rng.choice(["0", "0", "0", "0.1"]),
        is_updated=rng.random() < 0.3,
    )


def random_network(rng):
    """A random network with few kinks, as backstep goes through what may come of all of them together."""
    network = any_network(rng)
    while network.kinks > 4:
        network = any_network(rng)
    return network


def random_session(network, rng):
    """The lines that build a network, with random samples, and take it to where claims are made."""
    biases = {"own": "", "shared": " sharedbias", "none": " nobias"}
    lowest = 0.1 if network.loss in ("ce", "bce") else -1
    highest = 0.9 if network.loss in ("ce", "bce") else 1
    lines = [f"input {network.sizes[0]}"]
    for l in network.layers:
        lines.append(f"dense {network.sizes[l]} {network.activations[l]}{biases[network.biases[l]]}")
    lines += [
        f"loss {network.loss}",
        f"optimizer sgd rate={network.rate} weight-decay={network.decay}",
        f"reduction {'mean' if network.takes_mean else 'sum'}",
        f"batch {network.batch}",
        f"init normal std=0.7 seed={rng.randint(1, 999)}",
    ]
    for _ in range(network.batch):
        inputs = " ".join(f"{rng.uniform(-1, 1):.2f}" for _ in range(network.sizes[0]))
        targets = " ".join(f"{rng.uniform(lowest, highest):.2f}" for _ in range(network.sizes[-1]))
        lines.append(f"sample {inputs} -> {targets}")
    return lines + ["forward", "backward"] + (["update"] if network.is_updated else [])
