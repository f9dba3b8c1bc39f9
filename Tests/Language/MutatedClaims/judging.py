"""The claims about one random network, judged here and by backstep."""
import random
from collections import Counter
from dataclasses import dataclass

from edits import edited
from faults import NotAClaim
from networks import random_network, random_session
from points import random_point
from templates import true_claims
from verdicts import verdicts

ORIGINAL = "no edit"


@dataclass
class Judged:
    """A claim, what was done to which, whether it is true, and what backstep says of it."""

    claim: str
    edit: str
    source: str
    is_true: bool
    verdict: str = ""
    error: str = ""

    @property
    def result(self):
        return f"{'true' if self.is_true else 'false'}, {self.verdict}"

    @property
    def is_wrong(self):
        return self.result in ("false, proved", "true, refuted")


class Work:
    """The claims about one random network."""

    def __init__(self, seed, count, binary):
        self.rng = random.Random(seed)
        self.network = random_network(self.rng)
        self.session = random_session(self.network, self.rng)
        self.points = self.random_points()
        self.left_out = Counter()
        self.judged = []
        sources = true_claims(self.network)
        self.add_originals(sources, min(len(sources), max(3, count // 8)))
        self.add_edited(sources, count)
        for judged, answer in zip(self.judged, verdicts(binary, self.session, [each.claim for each in self.judged])):
            judged.verdict, judged.error = answer

    def random_points(self):
        """Points for any targets and for those that sum to 1; where there are kinks, more, and also near those."""
        near = [False] * 12 + [True] * 8 if self.network.has_kinks else [False] * 3
        return {
            sum_to_1: [random_point(self.network, self.rng, sum_to_1, is_near) for is_near in near]
            for sum_to_1 in (False, True)}

    def is_true(self, claim):
        return claim.is_true(self.network, self.points[claim.is_normalised])

    def add_originals(self, sources, count):
        """Some claims as they are, which show that both sides see them alike."""
        for claim in self.rng.sample(sources, count):
            try:
                is_true = self.is_true(claim)
            except NotAClaim:
                continue
            if not is_true:
                raise ValueError("\n".join(self.session) + f"\na template that is not true: {claim}")
            self.judged.append(Judged(str(claim), ORIGINAL, str(claim), True))

    def add_edited(self, sources, count):
        """Claims with one edit each, none of them twice, until there are as many as wanted."""
        seen = set()
        for _ in range(10 * count):
            if len(self.judged) >= count:
                break
            source = self.rng.choice(sources)
            try:
                edit, claim = edited(source, self.network, self.rng)
                if str(claim) not in seen:
                    seen.add(str(claim))
                    self.judged.append(Judged(str(claim), edit, str(source), self.is_true(claim)))
            except NotAClaim as reason:
                self.left_out[str(reason)] += 1


def work(arguments):
    """One network's claims, for another process."""
    done = Work(*arguments)
    return done.session, done.judged, done.left_out
