"""Edits true claims about random networks, and looks whether backstep proves false ones or refutes true ones.

    python3 mutants.py COUNT SEED BINARY [PROCESSES] [--seconds S] [--each N]

The networks are small; each gives N claims, most of them with one random edit. Whether those are true is judged here,
by a forward and a backward pass and difference quotients in 600 bits at random points, and by `claim always` in
backstep. COUNT edited claims are judged, or as many as S seconds allow. The exit status is 1 if the two disagree.

Needs mpmath, or gmpy2, which is faster.
"""
import argparse
import itertools
import multiprocessing
import sys
import time
from collections import Counter, defaultdict

from judging import ORIGINAL, work
from precision import use_precision


class Summary:
    """What came of all claims."""

    def __init__(self):
        self.results, self.by_edit, self.left_out = Counter(), defaultdict(Counter), Counter()
        self.networks, self.told = 0, []

    def add(self, session, judged, left_out):
        """Counts one network's claims, and keeps those on which the two disagree, and errors."""
        self.networks += 1
        self.left_out.update(left_out)
        for each in judged:
            self.results[each.result] += 1
            self.by_edit[each.edit][each.result] += 1
            if each.is_wrong or each.verdict == "error":
                title = f"{each.result}: {each.edit}, of {each.source} {each.error}".rstrip()
                self.told.append("\n    ".join([title, *session, f"claim always {each.claim}"]))

    @property
    def edited(self):
        return sum(self.results.values()) - sum(self.by_edit[ORIGINAL].values())

    @property
    def wrong(self):
        return self.results["false, proved"] + self.results["true, refuted"]

    def show(self, seconds):
        """Prints the counts; what is wrong comes last, where it is not overlooked."""
        for edit, results in sorted(self.by_edit.items()):
            print(f"  {edit:27}", listed(results))
        print("edits that made no claim:", listed(self.left_out) or "none")
        print(*self.told, sep="\n", end="\n" if self.told else "")
        print(f"{self.edited} edited claims about {self.networks} networks in {seconds:.0f} s:", listed(self.results))
        print(f"false claims proved or true ones refuted: {self.wrong}")


def listed(counts):
    return "; ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="edited claims to judge")
    parser.add_argument("seed", type=int)
    parser.add_argument("binary", help="the path of backstep")
    parser.add_argument("processes", type=int, nargs="?", default=1)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this time")
    parser.add_argument("--each", type=int, default=50, help="claims about one network")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    start, summary = time.monotonic(), Summary()
    networks = ((given.seed * 1_000_000 + n, given.each, given.binary) for n in itertools.count())
    with multiprocessing.Pool(given.processes, initializer=use_precision) as pool:
        for done in pool.imap(work, itertools.islice(networks, given.count)):
            summary.add(*done)
            if summary.edited >= given.count or time.monotonic() - start > given.seconds:
                break
    summary.show(time.monotonic() - start)
    sys.exit(summary.wrong > 0)


if __name__ == "__main__":
    main()
