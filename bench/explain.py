#!/usr/bin/env python3
"""What explaining one verdict adds to a run of `truce monitor`: bench/explain.py [EVENTS [ROUNDS]].

For each workload of bench/gen.py the verdict in the middle of the output is explained (all tuples of its
time-point, and only the first of them).  Plain and explaining runs alternate; printed are the medians of the CPU seconds
(user and system), and what was added; the target is 1/100 of the run or 10 ms, whichever is larger."""
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

import gen

TRUCE = pathlib.Path(__file__).resolve().parent.parent / "build" / "truce"


def cpu(command, out):
    child = subprocess.Popen([str(word) for word in command], stdout=out)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit("%s: exit %d" % (" ".join(map(str, command)), child.returncode))
    return usage.ru_utime + usage.ru_stime


def middle(path):
    """The time-point in the middle of the output, and its first tuple."""
    lines = 0
    with open(path, "rb") as out:
        lines = sum(1 for _ in out)
    with open(path, encoding="ascii") as out:
        for number, line in enumerate(out):
            if number == lines // 2:
                point, first = re.match(r"@\d+ \(time point (\d+)\): (\(\S*\))", line).groups()
                return point, "%s %s" % (point, first)
    sys.exit("no verdict to explain")


def measure(workload, events, rounds, folder):
    gen.write(workload, events, folder)
    plain = [TRUCE, "monitor", "-sig", folder / "sig", "-formula", folder / "formula", "-log", folder / "log"]
    with open(folder / "out", "wb") as out:
        cpu(plain, out)
    which = middle(folder / "out")
    times = [[], [], []]
    with open(os.devnull, "wb") as null:
        for _ in range(rounds):
            times[0].append(cpu(plain, null))
            for kind in range(2):
                times[1 + kind].append(cpu(plain + ["-explain", which[kind]], null))
    run, point, one = (statistics.median(t) for t in times)
    print("explain %-10s run %.3f s   time-point %+6.1f ms   one tuple %+6.1f ms   allowed %5.1f ms"
          % (workload, run, (point - run) * 1e3, (one - run) * 1e3, max(10, run * 10)), flush=True)


def main():
    events = int(float(sys.argv[1])) if len(sys.argv) > 1 else 10**6
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    for workload in gen.WORKLOADS:
        with tempfile.TemporaryDirectory() as folder:
            measure(workload, events, rounds, pathlib.Path(folder))


if __name__ == "__main__":
    main()
