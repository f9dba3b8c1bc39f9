"""One random edit of a claim."""
from collections import defaultdict
from dataclasses import replace

from changes import changes, is_of_forward_pass, of_quantity
from expressions import number, quantity
from rewritings import rewritings


class Site:
    """A place in a claim, and what is drawn for the edits there.

    `letters` are the claim's; `is_inside` says that the place is in a derivative or in a value before the update.
    """

    def __init__(self, expression, network, letters, is_inside):
        self.expression, self.network, self.letters, self.is_inside = expression, network, letters, is_inside

    def draw(self, rng):
        """Draws a quantity, a tiny number, a constant, a sign and a letter."""
        vectors = [
            name for name, shape in self.network.shapes.items()
            if len(shape) == 1 and (not self.is_inside or is_of_forward_pass(name))]
        name = rng.choice(vectors)
        self.quantity = quantity(name, rng.randint(1, self.network.shapes[name][0]))
        self.tiny = number(rng.choice(["1e-13", "1e-10", "1e-16", "3e-15"]))
        self.constant = number(str(rng.choice([2, 3, 0.5])))
        self.sign = rng.choice("+-")
        self.letter = rng.choice(self.letters) if self.letters else None
        return self


def edits(expression, network, letters, rng, is_inside=False):
    """Every edit at every place of an expression, as (kind, whole new expression)."""
    site = Site(expression, network, letters, is_inside).draw(rng)
    found = changes(site) + rewritings(site)
    for at, part in enumerate(expression.parts):
        if expression.operation == "derivative" and at == 1:
            below = of_quantity(Site(part, network, letters, True), is_denominator=True)
        else:
            below = edits(part, network, letters, rng, is_inside or expression.operation in ("derivative", "old"))
        before, after = expression.parts[:at], expression.parts[at + 1:]
        found += [(kind, expression.with_parts(*before, new, *after)) for kind, new in below]
    return found


def edited(claim, network, rng):
    """A kind of edit, and the claim after one of that kind; kinds are as likely as each other."""
    letters = sorted(claim.letters(network))
    is_left = rng.random() < 0.2
    found = defaultdict(list)
    for kind, new in edits(claim.left if is_left else claim.right, network, letters, rng):
        found[kind].append(claim.with_side(is_left, new))
    if claim.where:
        found["missing condition"].append(replace(claim, where=None))
        found["condition"].append(replace(claim, where=claim.where[:2] + ("==",)))
    if claim.is_normalised:
        found["missing condition"].append(replace(claim, is_normalised=False))
    kind = rng.choice(sorted(found))
    return kind, rng.choice(found[kind])
