#!/usr/bin/env python3
"""The workloads of the monitor's benchmark: FOLDER/sig, FOLDER/formula and FOLDER/log.

usage: gen.py WORKLOAD EVENTS FOLDER [SEED]

One event a time-point, 0 to 10 seconds after the one before: a million events are 58 days of a busy
mission.  Low zones see more than high ones, as in incident reports.  The same seed (7 when none is
given) gives the same bytes on every machine, so that measurements can be compared.
"""
import heapq
import itertools
import multiprocessing
import os
import pathlib
import random
import sys

SIGNATURE = (
    "fire(int,int,int,int)",  # zone, party, weapon, id
    "incident(int)",
    "notify(int)",
    "consent(int)",
    "deploy(int,int)",
    "withdraw(int,int)",
    "R(int,int)",
    "S(int,int)",
    "T(int,int)",
)

ZONES, PARTIES, WEAPONS, UNITS, CORNERS = 60, 2, 200, 500, 40


def pick_zone(rng):
    return int(ZONES * rng.random() ** 1.2)


def mission(rng):
    """Fire in zones, and now and then a consent."""
    def event(_now, number):
        if rng.random() < 0.02:
            return "consent (%d)" % pick_zone(rng)
        return "fire (%d,%d,%d,%d)" % (pick_zone(rng), rng.randrange(PARTIES), rng.randrange(WEAPONS), number)
    return event


def responses(rng):
    """Incidents, nearly all of them notified within about two hours."""
    due = []  # (when, incident): notifications to come

    def event(now, number):
        if due and due[0][0] <= now:
            return "notify (%d)" % heapq.heappop(due)[1]
        if rng.random() < 0.97:
            heapq.heappush(due, (now + rng.randrange(60, 7500), number))
        return "incident (%d)" % number
    return event


def movements(rng):
    """Units come and go; rarely, a zone consents."""
    def event(_now, _number):
        kind = rng.random()
        if kind < 0.9:
            return "%s (%d,%d)" % ("deploy" if kind < 0.45 else "withdraw", rng.randrange(UNITS), pick_zone(rng))
        return "consent (%d)" % pick_zone(rng)
    return event


def edges(rng):
    """Three relations whose pairs may close to a triangle."""
    def event(_now, _number):
        relation = "RST"[rng.randrange(3)]
        return "%s (%d,%d)" % (relation, rng.randrange(CORNERS), rng.randrange(CORNERS))
    return event


# name -> (formula, who makes its events)
WORKLOADS = {
    "prohibit": ("fire(z,p,w,i) AND NOT ONCE[0,6h] consent(z)", mission),
    "count24h": ("(n <- CNT i; z,p (ONCE[0,24h] (EXISTS w. fire(z,p,w,i)))) AND n > 230", mission),
    "max1h": ("(m <- MAX w; z (ONCE[0,1h] (EXISTS p,i. fire(z,p,w,i)))) AND m > 198", mission),
    "nested": ("(EXISTS w,i. fire(z,p,w,i))"
               " AND (NOT consent(z) SINCE[0,24h] (EXISTS w,i. fire(z,p,w,i) AND w > 190))"
               " AND EVENTUALLY[1s,30m] (EXISTS q,w,i. fire(z,q,w,i) AND w > 195)", mission),
    "respond2h": ("incident(i) AND NOT EVENTUALLY[0,2h] notify(i)", responses),
    "triangle": ("(ONCE[0,60] R(a,b)) AND (ONCE[0,60] S(b,c)) AND (ONCE[0,60] T(c,a))", edges),
    "since": ("consent(z) AND ((NOT withdraw(u,z)) SINCE[1d,*) deploy(u,z))", movements),
}


def write_log(maker, events, path, seed=7):
    """A log of so many events.  A shorter one of the same maker is its beginning."""
    rng = random.Random(seed)
    event = maker(rng)
    now = 0
    with open(path, "w", encoding="ascii") as log:
        for number in range(events):
            now += rng.randrange(0, 11)
            log.write("@%d %s\n" % (now, event(now, number)))


def write_formula(workload, folder):
    """Signature and formula; give the folder."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sig").write_text("".join(line + "\n" for line in SIGNATURE))
    (folder / "formula").write_text(WORKLOADS[workload][0] + "\n")
    return folder


def write(workload, events, folder, seed=7):
    """Make the three files; give the folder."""
    folder = write_formula(workload, folder)
    write_log(WORKLOADS[workload][1], events, folder / "log", seed)
    return folder


class Logs:
    """Logs that workloads share, each event made once: the longest of each maker, and its beginnings."""

    def __init__(self, folder, workloads, events):
        self.folder, self.longest = pathlib.Path(folder), events
        makers = {WORKLOADS[w][1] for w in workloads}
        with multiprocessing.get_context("fork").Pool(min(2, os.cpu_count() or 1)) as pool:
            pool.starmap(write_log, [(maker, events, self.path(maker, events)) for maker in makers])

    def path(self, maker, events):
        return self.folder / ("%s-%d.log" % (maker.__name__, events))

    def give(self, workload, events, folder):
        """The workload's three files in the folder, the log as a link."""
        folder, maker = write_formula(workload, folder), WORKLOADS[workload][1]
        path = self.path(maker, events)
        if not path.exists():
            with open(self.path(maker, self.longest), "rb") as whole, open(path, "wb") as log:
                log.writelines(itertools.islice(whole, events))
        (folder / "log").unlink(missing_ok=True)
        (folder / "log").symlink_to(path)
        return folder


if __name__ == "__main__":
    if len(sys.argv) < 4 or sys.argv[1] not in WORKLOADS:
        sys.exit(__doc__.strip() + "\nworkloads: " + " ".join(WORKLOADS))
    write(sys.argv[1], int(float(sys.argv[2])), sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 7)
