"""Writes cases of random networks whose gradients were made wrong, and says of each which slips are in it.

    python3 make.py FOLDER SEED COUNT AT_ONCE

By one slip: COUNT networks for each name; by several at once: COUNT sets of names. A line of JSON for each case gives its
seed, its slips, fewer ones that give the same numbers, the line that loads it, and that line with all that a case does not tell
by itself.
"""
import json
import os
import sys

import numpy as np

import sessions
from slips import OF_TWO_ITERATIONS, SLIPS, Faulty


def sets(names, count, at_once, seed):
    """Names to make slips of, each with the seed of its network."""
    if at_once == 1:
        return [([name], seed + place * 1000 + run) for place, name in enumerate(SLIPS) if name in names
                for run in range(count)]
    rng = np.random.default_rng(seed)
    found = []
    while len(found) < count:
        wanted = [names[place] for place in rng.choice(len(names), at_once, replace=False)]
        found.append((wanted, seed + 50000 + len(found) * 1000))
    return found


def main():
    folder, seed, count, at_once = sys.argv[1], *map(int, sys.argv[2:5])
    names = [name for name in SLIPS if name not in OF_TWO_ITERATIONS]
    for wanted, own in sets(names, count, at_once, seed):
        try:
            faulty = Faulty(own, wanted)
        except ValueError:
            continue
        in_columns = own % 2 == 1
        path = os.path.join(folder, f"case-{at_once}-{own}.npz")
        np.savez(path, **sessions.arrays(faulty.wrong, faulty.X, faulty.Y, in_columns, True))
        lines = [sessions.loading(path, faulty.network, in_columns, says_all) for says_all in (False, True)]
        slips = [str(slip) for slip in faulty.slips]
        print(json.dumps({
            "seed": own, "names": wanted, "slips": slips, "fewer": faulty.fewer(), "line": lines[0], "full": lines[1]}))


if __name__ == "__main__":
    main()
