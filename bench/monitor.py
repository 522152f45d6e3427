#!/usr/bin/env python3
"""`truce monitor` beside its peers and its floor: the table of doc/performance.md.

usage: monitor.py [--events N] [--repeat N] [--workload W]… [--growth LARGEST] [--no-growth] [--cpu]
                  [--corrections N] [--explain N] [--truce PATH] [--folder FOLDER]

PEERS=folder with `monpoly` and `staticmon-WORKLOAD` runs these too (on `since` at 10^5 events only: they
are quadratic there).  Prints four tables in Markdown, each with a line that tells how to read it: speed beside peers and
floor, growth from 10^5 to LARGEST (10^7) events, N corrections (1,000), one explanation (medians of at least N
pairs, 21).  Seconds are wall
time, medians of interleaved runs; --cpu counts the processor's instead, for a machine that others use too.  About ten
minutes with peers, half of that without, on two quiet processors; 2 GB in the folder for temporary files.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import explain
import gen
from measure import Run, interleave, megabytes, ratio, table

HERE = pathlib.Path(__file__).resolve().parent
SMALL = 100_000
UNBOUNDED = {"since"}  # a correction may reach to the end there


def truce_run(args, folder, output=None):
    return Run("truce", [args.truce, "monitor", "-sig", folder / "sig", "-formula", folder / "formula",
                         "-log", folder / "log"], output, args.cpu)


def peer_runs(args, workload, folder):
    """The peers that are there.  StaticMon wants its log in another hand."""
    runs = []
    monpoly = args.peers / "monpoly"
    if monpoly.exists():
        runs.append(Run("monpoly", [monpoly, "-sig", folder / "sig", "-formula", folder / "formula",
                                    "-log", folder / "log"], folder / "monpoly.out", args.cpu))
    static = args.peers / ("staticmon-" + workload)
    if static.exists():
        other = folder / "log.staticmon"
        if not other.exists():
            with open(folder / "log") as source, open(other, "w") as target:
                for line in source:
                    target.write(line.replace(" (", "(").rstrip("\n") + ";\n")
        runs.append(Run("staticmon", [static, "--log", other, "--vpath", folder / "staticmon.out"], cpu=args.cpu))
    return runs


LINE = re.compile(r"@(\d+)\.? \(time point (\d+)\): (.*)")
TUPLE = re.compile(r'\((?:[^()"]|"(?:[^"\\]|\\.)*")*\)')


def verdicts(path):
    """A verdict file as a set of (time-point, tuple), tuples in any order."""
    found = set()
    with open(path) as f:
        for line in f:
            match = LINE.match(line)
            if match:
                body = match.group(3)
                for item in TUPLE.findall(body) or [body.strip()]:
                    found.add(match.group(2) + item.replace(" ", ""))
    return found


def same_verdicts(folder, runs):
    """What to say of the peers' verdicts against ours."""
    others = [folder / (r.name + ".out") for r in runs if not r.problem and (folder / (r.name + ".out")).exists()]
    if not others:
        return "–"
    if all(subprocess.run(["cmp", "-s", folder / "truce.out", o], check=False).returncode == 0 for o in others):
        return "yes"
    ours = verdicts(folder / "truce.out")
    return "yes" if all(verdicts(o) == ours for o in others) else "NO"


def measure(workload, events, folder, args):
    args.logs.give(workload, events, folder)
    ours = truce_run(args, folder, folder / "truce.out")
    wc = Run("wc", ["wc", "-w", folder / "log"], cpu=args.cpu)
    peers = peer_runs(args, workload, folder) if args.peers else []
    ours.once(folder)  # so that there is an output to copy
    ours.seconds.clear()
    copy = Run("copy", ["cat", folder / "truce.out"], folder / "copy.out", args.cpu)
    interleave([ours, wc, copy] + peers, folder, args.repeat)
    for run in [ours] + peers:
        if run.problem:
            print("monitor.py: %s on %s: %s" % (run.name, workload, run.problem), file=sys.stderr)
    by_name = {run.name: run for run in peers if not run.problem}

    def against(name):
        return "%.2f s ÷%s" % (by_name[name].median, ratio(by_name[name].median, ours.median)) if name in by_name else "–"

    floor = wc.median + copy.median
    best = max([2 * wc.median / ours.median] + [m / ours.median / f for m, f in best_peer(by_name)])
    lines = subprocess.run(["wc", "-l", folder / "truce.out"], capture_output=True, text=True, check=False)
    return [workload, "%.0e" % events, "%.3f s" % ours.median, against("monpoly"), against("staticmon"),
            ratio(ours.median, wc.median), ratio(ours.median, floor), "met" if best >= 1 else "%.2f" % best,
            megabytes(ours.peak), megabytes(by_name["monpoly"].peak) if "monpoly" in by_name else "–",
            lines.stdout.split()[0], same_verdicts(folder, peers)]


def best_peer(by_name):
    """(seconds, how many times as fast we should be): five times the faster one where there is a StaticMon,
    twenty times MonPoly elsewhere."""
    if "staticmon" in by_name:
        return [(min(run.median for run in by_name.values()), 5)]
    return [(run.median, 20) for run in by_name.values()]


def correct(workload, args, folder):
    """What corrections cost in a history of so many facts."""
    program = args.truce.parent / "bench" / "bench-corrections"
    args.logs.give(workload, int(args.events), folder)
    done = subprocess.run([program, folder, str(args.corrections)], capture_output=True, text=True, check=False)
    if done.returncode:
        print("monitor.py: corrections of %s: %s" % (workload, done.stderr.strip()), file=sys.stderr)
        return [workload] + ["failed"] * 5
    found = json.loads(done.stdout)
    allowed = max(0.5, found["fresh"])  # ms: a thousandth of so many seconds
    return [workload, "%.2f s" % found["fresh"], "%.3f ms" % found["p50_ms"], "%.3f ms" % found["p99_ms"],
            "%.5f" % (found["p99_ms"] / 1e3 / found["fresh"]), "yes" if found["p99_ms"] <= allowed else "NO"]


def grow(workload, args, folder):
    """Seconds and peak memory at 10^5, 10^6, … events."""
    sizes = [SMALL]
    while sizes[-1] * 10 <= args.growth:
        sizes.append(sizes[-1] * 10)
    row, before = [workload], None
    for size in sizes:
        args.logs.give(workload, size, folder)
        run = truce_run(args, folder)
        interleave([run], folder, 3 if size < 10_000_000 else 1)
        if run.problem:
            print("monitor.py: %s: %s" % (workload, run.problem), file=sys.stderr)
            return row + ["failed"] * (2 * len(sizes) - len(row) + 1)
        row.append("%.3f s%s" % (run.median, " ×" + ratio(run.median, before) if before else ""))
        row.append(megabytes(run.peak))
        before = run.median
    return row


def parse():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--events", type=float, default=1e6)
    p.add_argument("--repeat", type=int, default=5)
    p.add_argument("--workload", action="append", choices=list(gen.WORKLOADS))
    p.add_argument("--growth", type=float, default=1e7)
    p.add_argument("--no-growth", action="store_true")
    p.add_argument("--cpu", action="store_true")
    p.add_argument("--corrections", type=int, default=1000)
    p.add_argument("--explain", type=int, default=21)
    p.add_argument("--truce", type=pathlib.Path, default=HERE.parent / "build" / "truce")
    p.add_argument("--folder", type=pathlib.Path)
    args = p.parse_args()
    args.peers = pathlib.Path(os.environ["PEERS"]) if os.environ.get("PEERS") else None
    args.workload = args.workload or list(gen.WORKLOADS)
    return args


def head(title, *lines):
    print("\n### %s\n\n%s\n" % (title, "\n".join(lines)), flush=True)


def speed(args, work):
    rows = []
    for workload in args.workload:
        events = min(int(args.events), SMALL) if workload == "since" and args.peers else int(args.events)
        rows.append(measure(workload, events, work / workload, args))
        if workload == "since" and args.peers and args.events > SMALL:
            peers, args.peers = args.peers, None
            rows.append(measure(workload, int(args.events), work / workload, args))
            args.peers = peers
        for name in (work / workload).iterdir():
            name.unlink()
    head("Speed",
         "Seconds; ÷: how many times as fast as the peer; ÷ `wc -w`: seconds beside those of `wc -w` on the same log; ÷ floor+: the",
         "same beside `wc -w` and the copying of as much output.  *target*: 5 × the best peer (20 × MonPoly where there is no StaticMon) or 2 ×",
         "`wc -w`, whichever is easier: met, or the share of it.  *same*: all gave the same verdicts.")
    table(["workload", "events", "truce", "MonPoly", "StaticMon", "÷ wc -w", "÷ floor+", "target", "peak",
           "MonPoly's", "lines", "same"], rows)


def growth(args, work):
    rows = [grow(w, args, work / w) for w in args.workload]
    head("Growth", "Seconds (× the size before) and peak memory as the log grows.")
    sizes = ["10^5", "10^6", "10^7", "10^8"]
    table(["growth"] + [h for s in sizes[:(len(rows[0]) - 1) // 2] for h in (s, "peak")], rows)


def corrections(args, work):
    rows = [correct(w, args, work / w) for w in args.workload if w not in UNBOUNDED]
    head("Corrections",
         "One of %d random corrections in a history of %.0e events, in process; *fresh*: evaluating the whole history through the" %
         (args.corrections, args.events), "same library; allowed: 1/1,000 of that or 0.5 ms, whichever is larger.")
    table(["one correction", "fresh", "p50", "p99", "p99 ÷ fresh", "within"], rows)


def explanations(args, work):
    rows = []
    for workload in args.workload:
        folder = args.logs.give(workload, int(args.events), work / workload)
        rows.append(explain.explained(workload, folder, argparse.Namespace(truce=args.truce, least=args.explain, most=5 * args.explain)))
    head("Explanations", "What `-explain \"POINT (TUPLE)\"` adds for the verdict in the middle of the output, seconds of the processor, median of the",
         "differences pair by pair, and the interval that holds the true one with 95 %; allowed: 1/100 of the run or 10 ms, whichever is larger;",
         "*pairs*: as many as it took to tell; *lines* of the tree; *all tuples*: those of that time-point together, *of* how many.")
    table(explain.HEAD, rows)


def main():
    args = parse()
    begun = time.monotonic()
    print("%d processors, load %.1f; seconds: %s; %s" %
          (os.cpu_count(), os.getloadavg()[0], "of the processor" if args.cpu else "wall",
           "peers: %s" % args.peers if args.peers else "no peers (PEERS=folder)"), flush=True)
    with tempfile.TemporaryDirectory(prefix="truce-bench-", dir=args.folder) as work:
        work = pathlib.Path(work)
        longest = int(args.events) if args.no_growth else max(int(args.events), int(args.growth))
        args.logs = gen.Logs(work, args.workload, longest)
        speed(args, work)
        if not args.no_growth:
            growth(args, work)
        if args.corrections:
            corrections(args, work)
        if args.explain:
            explanations(args, work)
    print("\nIn %.0f minutes." % ((time.monotonic() - begun) / 60))


if __name__ == "__main__":
    main()
