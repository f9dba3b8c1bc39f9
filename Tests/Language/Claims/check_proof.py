#!/usr/bin/env python3
"""Checks certificates that the command `proof` of backstep wrote: python3 check_proof.py FILE...

It knows nothing of neural networks. A certificate holds, for each line of a derivation, both sides as one program of single
operations in the field of p = 2^61 - 1 numbers, worked out at random points. Every number of it is redone here: what was drawn
from the seed, each operation with its value and the degrees of the fraction that it is, the laws by which a value of exp, log,
a root or a comparison was found, the equality of both sides in every outcome of the comparisons, and the bound on the chance of
that where the sides are different. `help proof` of backstep describes the form; this was written from that, and shares no code
with the program. It ends with 0 where all certificates are right, with 1 where one is not, and 2 where one cannot be read.
"""

import json
import sys
import zlib

P = 2**61 - 1
TEXTS = ("about", "network", "claim", "holds", "formulas", "name")
DRAWING = ("drawn", "function drawn", "exp drawn", "log drawn", "above drawn")


class Wrong(Exception):
    """Something in a certificate that is not right."""


def need(holds, message):
    if not holds:
        raise Wrong(message)


def whole(number, least, most):
    need(type(number) is int and least <= number <= most, f"{number!r} is no whole number from {least} to {most}")
    return number


def digits(text):
    need(type(text) is str and len(text) < 30, "a whole number in digits was expected")
    need(str(int(text)) == text, f"{text!r} is not written as a whole number is")
    return int(text)


def fields(part, required, optional=()):
    need(type(part) is dict, "an object was expected")
    for key in list(part) + list(required):
        need(key in part and (key in required or key in optional), f"{key} is missing, or not expected")
    return part


def once(pairs):
    need(len(dict(pairs)) == len(pairs), "a key stands there twice")
    return dict(pairs)


def texts(part, isText=False):
    """All texts that no number depends on, in order."""
    if type(part) is dict:
        return [text for key, value in part.items() for text in texts(value, key in TEXTS)]
    if type(part) is list:
        return [text for value in part for text in texts(value, isText)]
    return [part] if isText and type(part) is str else []


def numbers_of(seed, stream):
    """SplitMix64, the upper 61 bits of each output."""
    mask, state = 2**64 - 1, seed

    def output():
        nonlocal state
        state = z = (state + 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    state = output() ^ (stream * 0xD1B54A32D192ED03 & mask)
    while True:
        number = output() >> 3
        if number != P:
            yield number


# A number is its value and the degrees of numerator and denominator.
def add(a, b):
    return ((a[0] + b[0]) % P, max(a[1] + b[2], b[1] + a[2]), a[2] + b[2])


def times(a, b):
    return (a[0] * b[0] % P, a[1] + b[1], a[2] + b[2])


def negative(a):
    return (-a[0] % P, a[1], a[2])


def inverse(a):
    need(a[0] != 0, "a division by 0")
    return (pow(a[0], P - 2, P), a[2], a[1])


class Point:
    def __init__(self, part, seed, number):
        fields(part, ("steps", "patterns", "degree", "looked", "argument"), ("stream", "multiples"))
        self.steps, self.results, self.uses = part["steps"], [None], [0]
        self.functions, self.powers, self.exponents = {}, {0: 1}, {1: 0}
        self.looked, self.argument, self.cited, self.kinds = 0, 0, 0, 4
        stream, self.draws = part.get("stream"), "stream" in part
        need(not self.draws or whole(stream, 1, 18) - number in (0, 6, 12) and seed is not None, "a wrong stream")
        self.numbers = numbers_of(seed, stream) if self.draws else None
        for place, step in enumerate(self.steps):
            try:
                self.redo(fields(step, ("step", "value", "degrees", "uses"), ("name", "fraction", "of", "from")))
            except Wrong as wrong:
                raise Wrong(f"step {place + 1}: {wrong}") from None
        need(self.draws == any(step["step"] in DRAWING for step in self.steps), "a stream, and nothing drawn")
        for row in part.get("multiples", []):
            difference, gate = self.use(fields(row, ("difference", "gate", "fraction"))["difference"]), self.use(row["gate"])
            self.multiple(difference, gate, row["fraction"])
            self.look(difference)
        self.degree = self.compare(part["patterns"])
        for place, step in enumerate(self.steps):
            need(whole(step["uses"], 0, 2**31) == self.uses[place + 1], f"step {place + 1} is used {self.uses[place + 1]} times")
        for key in ("degree", "looked", "argument"):
            need(whole(part[key], 0, 2**41) == getattr(self, key), f"{key} is {getattr(self, key)}")
        relations, n, c = self.kinds * self.looked**2, self.looked, self.cited
        relations += (c + 1) * (2 * n) ** (c + 1) if c >= 2 else 0
        self.exponent = (4 * max(self.degree + self.argument * relations, 1)).bit_length() - 61

    def use(self, row):
        row = whole(row, 1, len(self.results) - 1)
        self.uses[row] += 1
        return self.results[row]

    def draw(self):
        need(self.draws, "nothing can be drawn without a stream")
        return (next(self.numbers), 1, 0)

    def look(self, *numbers, isNew=True):
        self.looked += isNew
        self.argument = max([self.argument] + [number[1] + number[2] for number in numbers])

    def multiple(self, difference, gate, fraction):
        """Whether a difference is a multiple of another one below 0."""
        self.kinds = 4_000_000
        above, below = map(digits, fraction)
        need(1 <= abs(above) <= 1000 and 1 <= below <= 1000 and gate[0] != 0, "a factor is out of range")
        need((below * difference[0] - above * gate[0]) % P == 0, "it is not so many times the other")
        return above < 0

    def redo(self, step):
        kind, name, rows = step["step"], step.get("name"), step.get("from", [])
        need(type(rows) is list and type(step.get("of", [])) is list, "a list was expected")
        of = [self.use(row) for row in step.get("of", [])]
        for row in rows:
            self.use(abs(whole(row, -P, P)))
        need(("fraction" in step) == (kind in ("number", "above again")), "a fraction is missing or too much")
        need((type(name) is str) == (kind in ("drawn", "function drawn", "function again", "root by law")), "a name")
        need(not rows or kind.endswith(("law", "again", "squared")), "it refers to other steps")
        counts = {"number": (0,), "drawn": (0,), "function drawn": (1, 2), "function again": (1, 2)}
        counts.update({"+": (2,), "-": (2,), "*": (2,), "power": (2,), "root squared": (2,)})
        need(len(of) in counts.get(kind, (1,)), "so many operands are not expected")
        cited = self.steps[rows[0] - 1] if len(rows) == 1 and rows[0] > 0 else {"step": "none", "of": [0]}
        looks = kind not in ("number", "drawn", "+", "-", "*", "negate", "invert")
        if kind == "number":
            above, below = map(digits, step["fraction"])
            need(abs(above) < P and 0 < below < P, "a fraction is out of range")
            result = (above * pow(below, P - 2, P) % P, 0, 0)
        elif kind == "drawn":
            result = self.draw()
        elif kind in ("+", "-"):
            result = add(of[0], of[1] if kind == "+" else negative(of[1]))
        elif kind == "*":
            result, looks = times(*of), of[0][0] == of[1][0]
        elif kind in ("negate", "invert"):
            result = negative(of[0]) if kind == "negate" else inverse(of[0])
        elif kind == "power":
            exponent = of[1][0]
            need(exponent <= 2**20 and self.steps[step["of"][1] - 1]["step"] == "number", "no whole power")
            result = (pow(of[0][0], exponent, P), of[0][1] * exponent, of[0][2] * exponent)
        elif kind == "zero":
            result = (int(of[0][0] == 0), 0, 0)
        elif kind in ("function drawn", "function again"):
            key = (name, *(number[0] for number in of))
            need((key in self.functions) == (kind != "function drawn"), "a function is drawn once for each argument")
            if kind == "function drawn":
                self.functions[key] = len(self.results)
            result = self.draw() if kind == "function drawn" else self.results[self.functions[key]]
            need(rows == ([] if kind == "function drawn" else [self.functions[key]]), "it was drawn at another step")
        elif kind == "root by law":
            result = (digits(step["value"]), of[0][1], of[0][2])
            need(0 <= result[0] < 2**30 and result[0] ** 2 == of[0][0], "it is not the root")
        elif kind == "root squared":
            need(cited["step"].startswith("function") and cited.get("name") == "sqrt", "no root")
            need(of[0][0] == of[1][0] == self.results[rows[0]][0], "it is not the root times itself")
            result = self.results[cited["of"][0]]
        elif kind in ("exp drawn", "exp by law", "log drawn", "log by law"):
            result = self.pair(kind, of[0], rows)
        elif kind == "above drawn":
            need(of[0][0] != 0, "a difference that is 0 is not above it")
            self.kinds, result = 4_000_000, self.draw()
        elif kind == "above again":
            need(cited["step"] == "above drawn", "no comparison that was drawn")
            below = self.multiple(of[0], self.results[cited["of"][0]], step["fraction"])
            result = add((1, 0, 0), negative(self.results[rows[0]])) if below else self.results[rows[0]]
        else:
            raise Wrong(f"{kind} is no step")
        if looks:
            self.look(result, *of)
            self.cited = max(self.cited, len(rows))
        need(max(result[1:]) < 2**40, "its degree is too high")
        need(digits(step["value"]) == result[0], f"its value is {result[0]}")
        need([whole(degree, 0, 2**40) for degree in step["degrees"]] == list(result[1:]), f"its degrees are {result[1:]}")
        self.results.append(result)
        self.uses.append(0)

    def pair(self, kind, operand, rows):
        """An exponent by its power or the other way round: drawn, or by the law of exponents."""
        isExp = kind.startswith("exp")
        exponent, power = (0, 0, 0), (1, 0, 0)
        for row in rows:
            step = self.steps[abs(row) - 1]
            need(step["step"][:4] in ("exp ", "log "), "it refers to what is neither exponential nor logarithm")
            one, other = self.results[step["of"][0]], self.results[abs(row)]
            e, b = (one, other) if step["step"].startswith("exp") else (other, one)
            exponent = add(exponent, e if row > 0 else negative(e))
            power = times(power, b if row > 0 else inverse(b))
        if kind.endswith("drawn"):
            result = self.draw()
            while isExp and result[0] == 0:
                result = self.draw()
        else:
            result = power if isExp else exponent
            need((exponent if isExp else power)[0] == operand[0], "what it refers to does not make its argument")
        e, b = (operand[0], result[0]) if isExp else (result[0], operand[0])
        need(b != 0 and self.powers.get(e, b) == b and self.exponents.get(b, e) == e, "another value of the same argument")
        turned = pow(b, P - 2, P)
        self.powers.update({e: b, -e % P: turned})
        self.exponents.update({b: e, turned: -e % P})
        return result

    def compare(self, patterns):
        """Whether both sides are equal in every outcome; the largest degree of their differences."""
        beginning, gates, degrees = [], set(), []
        for pattern in patterns:
            outcomes = fields(pattern, ("outcomes", "sides"))["outcomes"]
            need(beginning is not None and outcomes[: len(beginning)] == beginning, "not the next outcome")
            need(all(whole(one, 0, 1) == 1 for _, one in outcomes[len(beginning) :]), "not the next outcome")
            need(len({gate for gate, _ in outcomes}) == len(outcomes), "a comparison is met twice")
            for gate, _ in outcomes:
                need(self.use(gate)[0] != 0, "a comparison of what is 0")
                gates.add(gate)
            above = [place for place, (_, one) in enumerate(outcomes) if one == 1]
            beginning = outcomes[: above[-1]] + [[outcomes[above[-1]][0], 0]] if above else None
            for left, right in pattern["sides"]:
                a, b = self.use(left), self.use(right)
                need(a[0] == b[0], f"the sides differ, steps {left} and {right}")
                degrees.append(max(a[1] + b[2], b[1] + a[2]))
        need(beginning is None and degrees, "outcomes of comparisons are missing, or nothing is compared")
        if gates:
            self.kinds, self.looked = 4_000_000, self.looked + len(gates)
            self.look(*(self.results[gate] for gate in gates), isNew=False)
        return max(degrees)


def check(certificate):
    fields(certificate, ("certificate", "about", "modulus", "network", "lines", "texts"), ("seed",))
    need(whole(certificate["certificate"], 1, 1) and digits(certificate["modulus"]) == P, "version or modulus")
    need(whole(certificate["texts"], 0, 2**32) == zlib.crc32("\n".join(texts(certificate)).encode()), "the sum of the texts")
    seed, draws, worst = certificate.get("seed"), False, -9999
    need("seed" not in certificate or whole(seed, 0, 2**31 - 1) == seed, "the seed")
    for number, line in enumerate(certificate["lines"]):
        exponent = 0
        need(2 <= len(fields(line, ("claim", "holds", "formulas", "points", "exponent"))["points"]) <= 6, "2 to 6 points")
        for place, part in enumerate(line["points"]):
            try:
                point = Point(part, seed, place + 1)
            except Wrong as wrong:
                raise Wrong(f"line {number + 1}, point {place + 1}: {wrong}") from None
            exponent, draws = exponent + point.exponent, draws or point.draws
        need(whole(line["exponent"], -366, 0) == exponent < -64, f"line {number + 1}: the exponent is {exponent}")
        worst = max(worst, exponent)
    need(certificate["lines"] and draws == ("seed" in certificate), "no line, or a seed and nothing drawn")
    return f"{len(certificate['lines'])} lines, below 2^{worst}"


def main(files):
    status = 0
    for file in files:
        try:
            with open(file, encoding="utf-8") as text:
                print(f"ok      {file}: {check(json.load(text, object_pairs_hook=once))}")
        except OSError as error:
            status = 2
            print(f"FAILED  {file}: {error}")
        except Exception as error:  # A file that is no certificate may go wrong in any way, and is none.
            status = max(status, 1)
            print(f"FAILED  {file}: {error or type(error).__name__}")
    return status if files else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
