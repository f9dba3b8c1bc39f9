#!/usr/bin/env python3
"""Checks certificates that the command `proof` of backstep wrote: python3 check_proof.py FILE...

It knows nothing of neural networks. A certificate holds, for each line of a derivation, both sides as one program of
single operations in the field of p = 2^61 - 1 numbers, worked out at random points. Every number is redone here: what
the seed draws, each operation's value and its degrees as a fraction, the laws by which values of functions were found,
the equality of both sides in every outcome of the comparisons, and the bound on the chance of that where they differ.
It was written from what `help proof` says and shares no code with the program. It ends with 0 where all certificates
are right, with 1 where one is not, with 2 where one cannot be read.
"""
import json, math, sys, zlib

P = 2**61 - 1
OPERANDS = {"number": 0, "+": 2, "-": 2, "*": 2, "power": 2, "root squared": 2, "negate": 1, "invert": 1, "zero": 1}
at = {}  # what is looked at
def need(holds, message):
    if not holds:
        raise ValueError(message)
def whole(number, least, most):
    need(type(number) is int and least <= number <= most, f"{number!r} is no whole number from {least} to {most}")
    return number
def digits(text):
    need(type(text) is str and len(text) < 30 and str(int(text)) == text, f"{text!r} is no whole number in digits")
    return int(text)
def fields(part, required, optional=""):
    names = set(required.split())
    need(type(part) is dict and names <= set(part) <= names | set(optional.split()), f"{names} were expected")
    return part

def texts(part):
    """All texts that are no numbers, in order."""
    if type(part) is str:
        return [] if set(part) <= set("-0123456789") else [part]
    parts = part.values() if type(part) is dict else part if type(part) is list else []
    return [text for each in parts for text in texts(each)]

def outputs(state):
    """What SplitMix64 gives."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) % 2**64
        z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        yield z ^ (z >> 31)

# A number is its value, and the degrees of numerator and denominator that it has as a fraction of what was drawn.
def add(a, b): return ((a[0] + b[0]) % P, max(a[1] + b[2], b[1] + a[2]), a[2] + b[2])
def negative(a): return (-a[0] % P, a[1], a[2])
def times(a, b): return (a[0] * b[0] % P, a[1] + b[1], a[2] + b[2])
def inverse(a): return (need(a[0], "a division by 0") or pow(a[0], P - 2, P), a[2], a[1])
def subtract(a, b): return add(a, negative(b))
def isZero(a): return (int(a[0] == 0), 0, 0)

ARITHMETIC = {"+": add, "-": subtract, "*": times, "negate": negative, "invert": inverse, "zero": isZero}

class Point:
    """A point of the field, its steps one after another, and what the bound there is made of."""
    def __init__(self, part, seed, number):
        fields(part, "steps patterns degree looked argument", "stream")
        self.steps, self.results, self.uses = part["steps"], [None], [0]
        self.functions, self.powers, self.exponents = {}, {0: 1}, {1: 0}
        self.looked, self.argument, self.cited, self.draws = 0, 0, 0, 0
        if "stream" in part:
            need(whole(part["stream"], 1, 18) - number in (0, 6, 12), "the stream is another point's")
            start = next(outputs(whole(seed, 0, 2**31 - 1))) ^ part["stream"] * 0xD1B54A32D192ED03 % 2**64
            self.numbers = (output >> 3 for output in outputs(start) if output >> 3 != P)
        for count, step in enumerate(self.steps):
            at["step"] = count + 1
            self.redo(fields(step, "step value degrees uses", "name fraction of from"))
        at.pop("step", None)
        need(("stream" in part) == (self.draws > 0), "there is a stream just where something is drawn")
        self.degree, hasComparisons = self.compare(part["patterns"])
        need(self.uses[1:] == [whole(step["uses"], 0, 2**31) for step in self.steps], "a step has other uses")
        for key in ("degree", "looked", "argument"):
            need(whole(part[key], 0, 2**41) == getattr(self, key), f"{key} is {getattr(self, key)}")
        more = (self.cited + 1) * (2 * self.looked) ** (self.cited + 1) if self.cited >= 2 else 0
        pairs = self.looked**2 * (4_000_000 if hasComparisons else 4)
        self.exponent = (4 * max(self.degree + self.argument * (pairs + more), 1)).bit_length() - 61

    def use(self, row):
        self.uses[whole(row, 1, len(self.results) - 1)] += 1
        return self.results[row]
    def draw(self):
        self.draws += 1
        return (next(self.numbers), 1, 0)
    def look(self, *looked):
        self.looked += 1
        self.argument = max([self.argument] + [number[1] + number[2] for number in looked])

    def redo(self, step):
        kind, name, rows = step["step"], step.get("name"), step.get("from", [])
        of, cited = [self.use(row) for row in step.get("of", [])], [self.use(abs(row)) for row in rows]
        isFunction, isLooked = kind in ("drawn", "again", "law"), len(of) > 0
        need(isFunction and len(of) <= 2 or OPERANDS[kind] == len(of), f"{kind} has other operands")
        need(("fraction" in step) == (kind == "number") and ("name" in step) == isFunction, "a part is not expected")
        need(not rows or kind in ("again", "law", "root squared"), "no other steps were expected")
        key = (name, *(number[0] for number in of))
        if kind == "number":
            above, below = map(digits, step["fraction"])
            need(abs(above) < P and 0 < below < P and math.gcd(above, below) == 1, "it is no fraction in lowest terms")
            result = (above * pow(below, P - 2, P) % P, 0, 0)
        elif kind in ARITHMETIC:
            result, isLooked = ARITHMETIC[kind](*of), kind == "zero" or kind == "*" and of[0][0] == of[1][0]
        elif kind == "power":
            base, (exponent, _, _) = of
            need(exponent <= 2**20 and self.steps[step["of"][1] - 1]["step"] == "number", "no whole power")
            result = (pow(base[0], exponent, P), base[1] * exponent, base[2] * exponent)
        elif kind == "drawn":
            need(not of or key not in self.functions, "it was drawn before")
            self.functions[key], result = len(self.results), self.draw()
            while name == "exp" and of and result[0] == 0:
                result = self.draw()
        elif kind == "again":
            need(rows == [self.functions[key]], "it was drawn at another step")
            result = cited[0]
        elif kind == "law":
            result = self.law(name, of[0], rows)
        else:
            root = self.steps[abs(rows[0]) - 1]
            need(rows[0] > 0 and len(rows) == 1 and root.get("name") == "sqrt", "it refers to no root")
            need(of[0][0] == of[1][0] == cited[0][0], "it is no root times itself")
            result = self.results[root["of"][0]]
        if isFunction and of and name in ("exp", "log") and kind != "again":
            self.keep(*(of[0][0], result[0]) if name == "exp" else (result[0], of[0][0]))
        if isLooked:
            self.look(result, *of)
            self.cited = max(self.cited, len(rows))
        need(max(result[1:]) < 2**40 and digits(step["value"]) == result[0], f"its value is {result[0]}")
        need([whole(degree, 0, 2**40) for degree in step["degrees"]] == [*result[1:]], f"its degrees are {result[1:]}")
        self.results.append(result)
        self.uses.append(0)

    def law(self, name, operand, rows):
        """The value of exp or log by others: where exponents are added, powers are multiplied."""
        need(name in ("exp", "log"), "only exp and log have this law")
        exponent, power = (0, 0, 0), (1, 0, 0)
        for row in rows:
            step = self.steps[abs(row) - 1]
            need(step.get("name") in ("exp", "log"), "it refers to what is no value of exp or log")
            e, b = [self.results[step["of"][0]], self.results[abs(row)]][:: 1 if step["name"] == "exp" else -1]
            exponent, power = add(exponent, e if row > 0 else negative(e)), times(power, b if row > 0 else inverse(b))
        need((exponent, power)[name == "log"][0] == operand[0], "those that it is made of do not make its argument")
        return (power, exponent)[name == "log"]

    def keep(self, exponent, power):
        """Keeps an exponent and its power, each of which has one other."""
        need(power != 0, "a power is 0")
        for e, b in ((exponent, power), (-exponent % P, pow(power, P - 2, P))):
            isSame = self.powers.setdefault(e, b) == b and self.exponents.setdefault(b, e) == e
            need(isSame, "it has another value at the same argument")

    def compare(self, patterns):
        """The largest degree of a difference of the sides, equal in every outcome; whether there are comparisons."""
        beginning, gates, degrees = [], set(), []
        for pattern in patterns:
            outcomes = fields(pattern, "outcomes sides")["outcomes"]
            wanted = beginning + [[gate, 1] for gate, _ in outcomes[len(beginning) :]]
            need(outcomes == wanted and len(dict(outcomes)) == len(outcomes), "this is not the next outcome")
            need(all([self.use(gate)[0] for gate, _ in outcomes]), "a comparison of what is 0 has one outcome")
            gates.update(dict(outcomes))
            above = [place for place, (_, isAbove) in enumerate(outcomes) if isAbove]
            beginning = outcomes[: above[-1]] + [[outcomes[above[-1]][0], 0]] if above else None
            for left, right in pattern["sides"]:
                a, b = self.use(left), self.use(right)
                need(a[0] == b[0], f"the sides differ, steps {left} and {right}")
                degrees.append(subtract(a, b)[1])
        need(beginning is None and degrees, "outcomes of comparisons are missing, or nothing is compared")
        [self.look(self.results[gate]) for gate in gates]
        return max(degrees), gates or any(name == ">" for name, *of in self.functions if of)

def check(certificate):
    fields(certificate, "certificate about modulus network lines texts", "seed")
    need(whole(certificate["certificate"], 1, 1) and digits(certificate["modulus"]) == P, "another version or modulus")
    found, draws, exponents = zlib.crc32("\n".join(texts(certificate)).encode()), 0, []
    need(whole(certificate["texts"], 0, 2**32) == found, f"the sum of the texts is {found}")
    for line in certificate["lines"]:
        points, at["line"] = [], len(exponents) + 1
        for part in fields(line, "claim holds formulas points exponent")["points"]:
            at["point"] = len(points) + 1
            points.append(Point(part, certificate.get("seed"), at["point"]))
        exponents.append(sum(point.exponent for point in points))
        draws += sum(point.draws for point in points)
        need(2 <= len(points) <= 6 and exponents[-1] < -64, "there are 2 to 6 points, and a chance below 2^-64")
        need(whole(line["exponent"], -366, 0) == exponents[-1], f"its exponent is {exponents[-1]}")
    need(exponents and (draws > 0) == ("seed" in certificate), "there is no line, or a seed and nothing drawn")
    return f"{len(exponents)} line{'s' * (len(exponents) != 1)}, below 2^{max(exponents)}"

def main(files):
    status = 0 if files else 2
    for file in files:
        at.clear()
        try:
            print(f"ok      {file}: {check(json.loads(open(file, encoding='utf-8').read()))}")
        except Exception as error:  # What is no certificate may go wrong in any way.
            status = max(status, 2 if isinstance(error, OSError) else 1)
            print(f"FAILED  {file}: {' '.join(f'{name} {number},' for name, number in at.items())} {error}")
    return status
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
