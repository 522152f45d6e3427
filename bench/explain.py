#!/usr/bin/env python3
"""What explaining one verdict adds to a run of `truce monitor`.

usage: explain.py [--events N] [--repeat N] [--workload W]… [--truce PATH]

For each workload of gen.py the verdict in the middle of the output is explained (`-explain "POINT (TUPLE)"`).  Plain and
explaining runs alternate; printed are the medians of the seconds of the processor (user and system) and of the differences
pair by pair, what is allowed (1/100 of the run or 10 ms, whichever is larger), the ratio of the two, and the lines of the
tree.  `all tuples`: the same for every tuple of that time-point, `of` how many.
"""
import argparse
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
HEAD = ["explaining one verdict", "run", "added", "allowed", "ratio", "within", "lines", "all tuples", "of"]


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


def explained(workload, folder, repeat, truce):
    """A row of the table; the workload's files are in the folder."""
    plain = [truce, "monitor", "-sig", folder / "sig", "-formula", folder / "formula", "-log", folder / "log"]
    with open(folder / "out", "wb") as out:
        cpu(plain, out)
    point, tuples = middle(folder / "out")
    one = plain + ["-explain", "%s %s" % (point, tuples[0])]
    text = subprocess.run([str(w) for w in one], stdout=subprocess.PIPE, check=True).stdout
    (folder / "out").unlink()
    runs, added, all_added = [], [], []
    with open(os.devnull, "wb") as null:
        for _ in range(repeat):
            runs.append(cpu(plain, null))
            added.append(cpu(one, null) - runs[-1])
            if len(tuples) > 1:
                all_added.append(cpu(plain + ["-explain", point], null) - runs[-1])
    run, more = statistics.median(runs), statistics.median(added)
    allowed = max(0.010, run / 100)
    return [workload, "%.3f s" % run, "%+.1f ms" % (more * 1e3), "%.1f ms" % (allowed * 1e3), "%.2f" % (more / allowed),
            "yes" if more <= allowed else "NO", str(text.count(b"\n    ")),
            "%+.1f ms" % (statistics.median(all_added) * 1e3) if all_added else "–", str(len(tuples))]


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--events", type=float, default=1e6)
    p.add_argument("--repeat", type=int, default=11)
    p.add_argument("--workload", action="append", choices=list(gen.WORKLOADS))
    p.add_argument("--truce", type=pathlib.Path, default=TRUCE)
    args = p.parse_args()
    rows = []
    for workload in args.workload or list(gen.WORKLOADS):
        with tempfile.TemporaryDirectory(prefix="truce-bench-") as folder:
            gen.write(workload, int(args.events), folder)
            rows.append(explained(workload, pathlib.Path(folder), args.repeat, args.truce))
    table(HEAD, rows)


if __name__ == "__main__":
    main()
