"""Claims, and whether they are true."""
import itertools
from dataclasses import dataclass, replace
from typing import Optional

from evaluation import value
from expressions import Expression, parsed
from faults import NotAClaim
from indices import compared_letters, extents
from matrices import elements, shape
from precision import APART, SAME, number

NORMALISED = " with y = y / sum(y)"
LARGEST = number("1e100")


@dataclass
class Claim:
    """Two sides, perhaps only where letters differ or agree, perhaps only for targets that sum to 1."""

    left: Expression
    right: Expression
    where: Optional[tuple] = None  # two letters and a sign
    is_normalised: bool = False

    def __str__(self):
        where = f" where {self.where[0]} {self.where[2]} {self.where[1]}" if self.where else ""
        return f"{self.left.text()} = {self.right.text()}{where}{NORMALISED if self.is_normalised else ''}"

    def with_side(self, is_left, side):
        return replace(self, left=side) if is_left else replace(self, right=side)

    def letters(self, network):
        """The letters of both sides, with how far they run."""
        return extents(self.right, network, extents(self.left, network))

    def is_true(self, network, points):
        """Whether both sides are equal at all points; raises NotAClaim where that can't be said."""
        letters = self.letters(network)
        compared = compared_letters(self.left) | compared_letters(self.right) | set((self.where or ())[:2])
        if compared - set(letters):
            raise NotAClaim("letter that indexes nothing")
        defined = 0
        for point in points:
            for places in itertools.product(*(range(1, size + 1) for size in letters.values())):
                for is_equal in self.comparisons(dict(zip(letters, places)), point):
                    if not is_equal:
                        return False
                    defined += 1
        if defined < 2:
            raise NotAClaim("undefined nearly everywhere")
        return True

    def comparisons(self, letters, point):
        """Whether elements are equal, for each pair that is defined; nothing where the condition fails."""
        if self.where:
            first, second, sign = self.where
            if (letters[first] == letters[second]) != (sign == "=="):
                return
        left, right = value(self.left, letters, point), value(self.right, letters, point)
        if shape(left) != shape(right):
            raise NotAClaim("sides of other shapes")
        for a, b in zip(elements(left), elements(right)):
            if are_defined(a, b):
                yield are_equal(a, b)


def are_defined(a, b):
    """Whether both numbers are defined, and of a size that 600 bits can compare."""
    return a - b == a - b and abs(a) <= LARGEST and abs(b) <= LARGEST


def are_equal(a, b):
    """Whether two numbers are equal but for rounding; raises NotAClaim where that is hard to tell."""
    difference, scale = abs(a - b), 1 + max(abs(a), abs(b))
    if SAME * scale < difference <= APART * scale:
        raise NotAClaim("too near to tell")
    return difference <= SAME * scale


def claim_of(text):
    """The claim that a text makes: LEFT = RIGHT where i != k with y = y / sum(y)."""
    equation, normalised, _ = text.partition(NORMALISED)
    equation, _, where = equation.partition(" where ")
    left, right = equation.split(" = ")
    letters = tuple(where.split(" != ")) + ("!=",) if where else None
    return Claim(parsed(left), parsed(right), letters, bool(normalised))
