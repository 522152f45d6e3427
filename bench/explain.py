#!/usr/bin/env python3
"""What explaining one verdict adds to a run of `truce monitor`.

usage: explain.py [--events N] [--least N] [--most N] [--workload W]… [--truce PATH]

For each workload of gen.py the verdict in the middle of the output is explained (`-explain "POINT (TUPLE)"`).  Plain and
explaining runs alternate, each first in turn; printed are the median of the seconds of the processor (user and system) of
plain runs and that of the differences pair by pair with the interval that holds the true median with 95 % (from order
statistics), what is allowed (1/100 of the run or 10 ms, whichever is larger), whether it is kept, of how many pairs, and
the lines of the tree.  Two runs of a program differ by more than an explanation takes, so pairs are added until the
interval lies on one side of what is allowed, or there are as many as --most (then: `open`).  `all tuples`: the same for
every tuple of that time-point, `of` how many, from the first pairs.
"""
import argparse
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import gen
from measure import table

TRUCE = pathlib.Path(__file__).resolve().parent.parent / "build" / "truce"
TUPLE = re.compile(r'\((?:[^()"]|"(?:[^"\\]|\\.)*")*\)')
HEAD = ["explaining one verdict", "run", "added", "95 %", "allowed", "within", "pairs", "lines", "all tuples", "of"]


def cpu(command, out):
    """Seconds of the processor that a command takes."""
    child = subprocess.Popen([str(word) for word in command], stdout=out)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit("%s: exit %d" % (" ".join(map(str, command)), child.returncode))
    return usage.ru_utime + usage.ru_stime


def middle(path):
    """The time-point in the middle of the output, and its tuples."""
    with open(path, "rb") as out:
        lines = sum(1 for _ in out)
    with open(path, encoding="ascii") as out:
        for number, line in enumerate(out):
            if number == lines // 2:
                point, rest = re.match(r"@\d+ \(time point (\d+)\): (.*)", line).groups()
                return point, TUPLE.findall(rest)
    sys.exit("no verdict to explain")


def interval(values):
    """Two of the values, between which the median of what they are drawn from lies with 95 %."""
    values, n = sorted(values), len(values)
    outside, k = 0.0, 0  # probability that fewer than k + 1 of n lie below the median
    while k < n // 2 and outside + math.comb(n, k) / 2 ** n <= 0.025:
        outside += math.comb(n, k) / 2 ** n
        k += 1
    return values[max(k - 1, 0)], values[n - max(k, 1)]


class Pairs:
    """Runs without and with an explanation, and how they differ."""

    def __init__(self, plain, more):
        self.commands = [plain, more]
        self.runs, self.added = [], []

    def once(self, null):
        seconds = [0.0, 0.0]
        first = len(self.added) % 2
        for which in (first, 1 - first):
            seconds[which] = cpu(self.commands[which], null)
        self.runs.append(seconds[0])
        self.added.append(seconds[1] - seconds[0])

    @property
    def allowed(self):
        return max(0.010, statistics.median(self.runs) / 100)

    @property
    def verdict(self):
        low, high = interval(self.added)
        return "yes" if high <= self.allowed else "NO" if low > self.allowed else "open"


def milliseconds(seconds):
    return "%+.1f" % (seconds * 1e3)


def explained(workload, folder, args):
    """A row of the table; the workload's files are in the folder."""
    plain = [args.truce, "monitor", "-sig", folder / "sig", "-formula", folder / "formula", "-log", folder / "log"]
    with open(folder / "out", "wb") as out:
        cpu(plain, out)
    point, tuples = middle(folder / "out")
    one = plain + ["-explain", "%s %s" % (point, tuples[0])]
    text = subprocess.run([str(w) for w in one], stdout=subprocess.PIPE, check=True).stdout
    (folder / "out").unlink()
    pairs, every = Pairs(plain, one), Pairs(plain, plain + ["-explain", point])
    with open(os.devnull, "wb") as null:
        while len(pairs.added) < args.least or (pairs.verdict == "open" and len(pairs.added) < args.most):
            pairs.once(null)
            if len(tuples) > 1 and len(every.added) < args.least:
                every.once(null)
    return [workload, "%.3f s" % statistics.median(pairs.runs), milliseconds(statistics.median(pairs.added)) + " ms",
            " … ".join(map(milliseconds, interval(pairs.added))), "%.1f ms" % (pairs.allowed * 1e3), pairs.verdict,
            str(len(pairs.added)), str(text.count(b"\n    ")),
            milliseconds(statistics.median(every.added)) + " ms" if every.added else "–", str(len(tuples))]


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--events", type=float, default=1e6)
    p.add_argument("--least", type=int, default=21)
    p.add_argument("--most", type=int, default=101)
    p.add_argument("--workload", action="append", choices=list(gen.WORKLOADS))
    p.add_argument("--truce", type=pathlib.Path, default=TRUCE)
    args = p.parse_args()
    rows = []
    for workload in args.workload or list(gen.WORKLOADS):
        with tempfile.TemporaryDirectory(prefix="truce-bench-") as folder:
            gen.write(workload, int(args.events), folder)
            rows.append(explained(workload, pathlib.Path(folder), args))
    table(HEAD, rows)


if __name__ == "__main__":
    main()
