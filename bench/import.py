#!/usr/bin/env python3
"""Import with verdicts beside `sqlite3 .import` of the same file: bench/import.py [N] [ROUNDS].

Two workloads: the case of examples/minsk-ii and N simulated reports (bench/reports.py).  Prints the
medians of the wall times, their ratio (target: at most 5) and the peak memory of truce."""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TRUCE = HERE.parent / "build" / "truce"


def timed(command):
    """Wall seconds and peak memory in MB of a command that must not fail to run."""
    start = time.monotonic()
    with open(os.devnull, "wb") as null:
        child = subprocess.Popen(command, stdout=null)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit("%s: exit %d" % (" ".join(map(str, command)), child.returncode))
    return time.monotonic() - start, usage.ru_maxrss / 1024


def measure(name, folder, csv, rounds):
    ours, theirs, memory = [], [], 0
    for _ in range(rounds):
        seconds, mb = timed([TRUCE, "run", folder, "--json"])
        ours.append(seconds)
        memory = max(memory, mb)
        with tempfile.TemporaryDirectory() as scratch:
            base = os.path.join(scratch, "x.db")
            theirs.append(timed(["sqlite3", base, ".mode csv", ".import '%s' reports" % csv])[0])
    a, b = statistics.median(ours), statistics.median(theirs)
    print("import %-12s truce %8.3f s   sqlite3 .import %8.3f s   ratio %6.2f   peak %6.0f MB"
          % (name, a, b, a / b, memory), flush=True)


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    case = HERE.parent / "examples" / "minsk-ii"
    measure("minsk-ii", case, case / "ucdp-ged-ukraine.csv", rounds)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, HERE / "reports.py", folder, str(n)], check=True)
        measure("simulated", folder, os.path.join(folder, "reports.csv"), rounds)


main()
