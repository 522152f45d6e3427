#!/usr/bin/env python3
"""`truce monitor -explain`: golden trees, as text and JSON; what may be asked for; wrong uses.

usage: explain.py TRUCE.  TAP."""
import json
import pathlib
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
from tap import case, equal, has, lacks, main, run  # noqa: E402

TRUCE = sys.argv[1]
SIG = "fire(int,int)\nconsent(int)\nincident(int)\nnotify(int)\nhalt()\n"
LOG = """@0 consent (7) fire (3,1)
@10 fire (7,1) (7,2)
@20 incident (5) halt ()
@25 fire (8,1)
@60 fire (7,3)
@61 notify (5)
"""


def monitor(folder, formula, *options, log=LOG, sig=SIG):
    folder = pathlib.Path(folder)
    (folder / "sig").write_text(sig)
    (folder / "formula").write_text(formula)
    (folder / "log").write_text(log)
    return run(TRUCE, "monitor", "-sig", folder / "sig", "-formula", folder / "formula", "-log", folder / "log",
               *options)


def tree(folder, formula, *options, **more):
    """What stands behind the verdict lines."""
    r = monitor(folder, formula, *options, **more)
    equal(r.code, 0, "exit")
    equal(r.err, "", "standard error")
    return "".join(line + "\n" for line in r.out.splitlines() if line.startswith("    "))


@case
def absence(folder):
    """An absence over a window"""
    equal(tree(folder, "fire(z,p) AND NOT ONCE[0,20] consent(z)", "-explain", "3"), """\
    fire(z, p) AND NOT (ONCE[0,20] consent(z)) holds at @25 (time point 3) for z = 8, p = 1, since all of it does:
      fact fire(8,1) at @25 (time point 3)
      ONCE[0,20] consent(z) fails at @25 (time point 3) for z = 8:
        no fact consent(8) from @10 (time point 1) to @25 (time point 3)
""")


@case
def clock(folder):
    """On the clock, at a second within the interval"""
    r = monitor(folder, "ONCE[0,5] consent(z)", "-clock", "-explain", "3")
    equal(r.out, """\
[0,5] (7)
    ONCE[0,5] consent(z) holds at @3 for z = 7:
      fact consent(7) at @0
""")


@case
def since(folder):
    """A witness, and a stretch without interruption"""
    equal(tree(folder, "fire(z,p) AND (NOT halt() SINCE consent(z))", "-explain", "1 (7,1)"), """\
    fire(z, p) AND (NOT halt() SINCE consent(z)) holds at @10 (time point 1) for z = 7, p = 1, since all of it does:
      fact fire(7,1) at @10 (time point 1)
      NOT halt() SINCE consent(z) holds at @10 (time point 1) for z = 7:
        fact consent(7) at @0 (time point 0)
        no fact halt() at @10 (time point 1)
""")


@case
def future(folder):
    """What has not followed up to the window's end"""
    equal(tree(folder, "incident(i) AND NOT EVENTUALLY[0,30] notify(i)", "-explain", "first"), """\
    incident(i) AND NOT (EVENTUALLY[0,30] notify(i)) holds at @20 (time point 2) for i = 5, since all of it does:
      fact incident(5) at @20 (time point 2)
      EVENTUALLY[0,30] notify(i) fails at @20 (time point 2) for i = 5:
        no fact notify(5) from @20 (time point 2) to @25 (time point 3)
""")


@case
def count(folder):
    """A count: each tuple, and no other"""
    equal(tree(folder, "(n <- CNT p; z (ONCE[0,100] fire(z,p))) AND n > 2", "-explain", "@60"), """\
    (n <- CNT p; z (ONCE[0,100] fire(z, p))) AND (n > 2) holds at @60 (time point 4) for n = 3, z = 7, since all of it does:
      n <- CNT p; z (ONCE[0,100] fire(z, p)) holds at @60 (time point 4) for n = 3, z = 7, counting all there is:
        for p = 1:
          ONCE[0,100] fire(z, p) holds at @60 (time point 4) for z = 7, p = 1:
            fact fire(7,1) at @10 (time point 1)
        for p = 2:
          ONCE[0,100] fire(z, p) holds at @60 (time point 4) for z = 7, p = 2:
            fact fire(7,2) at @10 (time point 1)
        for p = 3:
          ONCE[0,100] fire(z, p) holds at @60 (time point 4) for z = 7, p = 3:
            fact fire(7,3) at @60 (time point 4)
        for no other p:
          ONCE[0,100] fire(z, p) fails at @60 (time point 4) for z = 7:
            no other fact fire(7,_) from @0 (time point 0) to @60 (time point 4)
      n > 2 is true with n = 3
""")


@case
def walk(folder):
    """A regular expression that matches"""
    equal(tree(folder, "MATCHP[0,100] (consent(z)? . (.)* . halt()? .)", "-explain", "3"), """\
    MATCHP[0,100] (((((consent(z)? .) (.*)) .) halt()?) .) holds at @25 (time point 3) for z = 7, by a walk from @0 (time point 0) to @25 (time point 3):
      fact consent(7) at @0 (time point 0)
      fact halt() at @20 (time point 2)
""")


@case
def no_walk(folder):
    """A regular expression that does not match"""
    equal(tree(folder, "consent(z) AND NOT MATCHF[0,30] (. fire(z,9)?)", "-explain", "0"), """\
    consent(z) AND NOT (MATCHF[0,30] (. fire(z, 9)?)) holds at @0 (time point 0) for z = 7, since all of it does:
      fact consent(7) at @0 (time point 0)
      MATCHF[0,30] (. fire(z, 9)?) fails at @0 (time point 0) for z = 7, since no walk avoids these:
        no fact fire(7,9) at @10 (time point 1)
""")


@case
def definition(folder):
    """What LET defines is explained by its definition"""
    equal(tree(folder, "LET bad(z) = (EXISTS p. fire(z,p)) AND NOT ONCE[0,20] consent(z) IN ONCE[0,5] bad(z)",
               "--explain=3"), """\
    ONCE[0,5] bad(z) holds at @25 (time point 3) for z = 8:
      bad(z) holds at @25 (time point 3) for z = 8:
        (EXISTS p. fire(z, p)) AND NOT (ONCE[0,20] consent(z)) holds at @25 (time point 3) for z = 8, since all of it does:
          EXISTS p. fire(z, p) holds at @25 (time point 3) for z = 8, with p = 1:
            fact fire(8,1) at @25 (time point 3)
          ONCE[0,20] consent(z) fails at @25 (time point 3) for z = 8:
            no fact consent(8) from @10 (time point 1) to @25 (time point 3)
""")


@case
def as_json(folder):
    """The same as JSON, one object behind the verdict's"""
    r = monitor(folder, "fire(z,p) AND NOT ONCE[0,20] consent(z)", "-json", "-explain", "3")
    verdicts = [json.loads(line) for line in r.out.splitlines()]
    equal([list(v) for v in verdicts if "explanation" in v], [["explanation"]])
    at = next(i for i, v in enumerate(verdicts) if "explanation" in v)
    equal(verdicts[at - 1], {"time": 25, "point": 3, "tuples": [[8, 1]]})
    top = verdicts[at]["explanation"]
    place = {"point": 3, "time": 25}
    equal({k: top[k] for k in top if k != "because"},
          {"rule": "all", "holds": True, "formula": "fire(z, p) AND NOT (ONCE[0,20] consent(z))", "from": place,
           "to": place, "values": {"z": 8, "p": 1}})
    equal(top["because"][0], {"rule": "fact", "holds": True, "formula": "fire(8,1)", "from": place, "to": place,
                              "values": {"z": 8, "p": 1}})
    leaf = top["because"][1]["because"][0]["because"][0]
    equal(leaf, {"rule": "absent", "holds": False, "formula": "consent(8)", "from": {"point": 1, "time": 10},
                 "to": place, "values": {"z": 8}})


@case
def which(folder):
    """A time-point, a time-stamp, the first line, one tuple, all"""
    formula = "fire(z,p)"
    for asked, trees in (("1", 2), ("@10", 2), ("first", 1), ("1 (7,2)", 1), (" 1 ( 7, 2 ) ", 1), ("all", 5),
                         ("all (7,1)", 1)):
        r = monitor(folder, formula, "-explain", asked)
        equal((r.code, r.err), (0, ""), asked)
        equal(r.out.count("    fact"), trees, asked)
    for spelled in (["-explain", "1"], ["--explain", "1"], ["-explain=1"], ["--explain=1"]):
        equal(monitor(folder, formula, *spelled).out.count("    fact"), 2, str(spelled))


@case
def nothing(folder):
    """A time-point without a verdict is told"""
    r = monitor(folder, "fire(z,p)", "-explain", "2")
    equal(r.code, 0)
    lacks(r.out, "    ")
    equal(r.err, 'warning: nothing was explained: there is no verdict for "2" [nothing-to-explain]\n'
                 "       = name a time-point that has a verdict, or say `first`\n")


@case
def incomplete(folder):
    """What cannot be explained in full is told"""
    log = "".join("@%d fire (1,1)\n" % i for i in range(5000)) + "@5000 halt ()\n"
    r = monitor(folder, "halt() AND NOT MATCHP[0,5000] (consent(1)? (.)*)", "-explain", "first", log=log)
    equal(r.code, 0)
    has(r.out, "not explained: ")
    has(r.err, "warning: 1 of 1 explanations is incomplete [not-explained]\n")


@case
def wrong(folder):
    """Wrong uses"""
    r = monitor(folder, "fire(z,p)", "-explain", "soon")
    equal((r.code, r.out), (2, ""))
    equal(r.err, "truce monitor: -explain takes a time-point, @ and a time-stamp, `first` or `all`, not \"soon\"\n"
                 "try: truce help monitor\n")
    r = monitor(folder, "fire(z,p)", "-explain")
    equal(r.code, 2)
    has(r.err, "what is to be explained should follow \"-explain\"")
    r = monitor(folder, "fire(z,p)", "-explian", "1")
    equal(r.code, 2)
    has(r.err, "did you mean -explain?")
    r = monitor(folder, "fire(z,p)", "-clock=yes")
    equal(r.code, 2)
    has(r.err, "nothing should follow in \"-clock=yes\"")


def long_log(seed, points):
    rng = random.Random(seed)
    lines, now = ["# a comment @9 fire (1,1)\n"], 0
    for _ in range(points):
        now += rng.randrange(0, 4)
        zone, unit = rng.randrange(6), rng.randrange(4)
        kind = rng.random()
        event = ("consent (%d)" % zone if kind < 0.01 else "notify (%d)" % zone if kind < 0.02 else
                 "incident (%d)" % zone if kind < 0.025 else "fire (%d,%d)" % (zone, unit))
        lines.append("@%d %s%s" % (now, event, rng.choice([";", "\n", "\n", " # @7 halt ()\n"])))
    return "".join(lines) + "\n", now


@case
def again(folder):
    """A file, read again, and a pipe, kept, give the same trees"""
    log, last = long_log(3, 20000)
    formulas = ("incident(z) AND NOT ONCE[0,300] consent(z)",
                "incident(z) AND (NOT notify(z) SINCE consent(z))",
                "incident(z) AND (n <- CNT p; z (ONCE[0,60] fire(z,p))) AND n >= 2",
                "incident(z) AND EVENTUALLY[0,200] (notify(z) AND PREVIOUS (EXISTS y, p. fire(y,p)))")
    trees = 0
    for formula in formulas:
        for options in ([], ["-clock"]):
            if options and "PREVIOUS" in formula:
                continue
            for asked in ("all", "first", "@%d" % (last // 2)):
                r = monitor(folder, formula, *options, "-explain", asked, log=log)
                piped = run("sh", "-c", 'cat "$1/log" | "$0" monitor -sig "$1/sig" -formula "$1/formula" $2 '
                            '-explain "$3"', TRUCE, folder, " ".join(options), asked)
                equal((piped.code, piped.out == r.out, piped.err), (0, True, r.err), formula + " " + asked)
                equal(r.code, 0)
                lacks(r.err, "incomplete")
                trees += r.out.count("\n    incident") + r.out.count("\n    EXISTS")
    assert trees > 300, trees


@case
def few_facts(folder):
    """The tree of one tuple, for which only facts with its values are read, is the one that stands among those of all"""
    log, last = long_log(5, 20000)
    log += "@%d incident (0)(1)(2)\n@%d incident (3)(4)(5)\n" % (last, last)
    formulas = ("incident(z) AND NOT ONCE[0,20] (EXISTS p. fire(z,p) AND p > 2)",
                "incident(z) AND (EXISTS z. ONCE[0,50] fire(z,3))",
                "LET quiet(x) = NOT notify(x) SINCE[0,900] (EXISTS p. fire(x,p)) IN incident(z) AND ONCE[0,9] quiet(z)",
                "incident(z) AND (m <- MAX p; z (ONCE[0,60] fire(z,p))) AND ONCE[0,3] fire(y,1)",
                "incident(z) AND NOT notify(z) AND EVENTUALLY[0,400] fire(z,2)")
    trees = 0
    for formula in formulas:
        every = monitor(folder, formula, "-explain", "all", log=log).out.splitlines(keepends=True)
        heads = [k for k, line in enumerate(every) if not line.startswith("    ")] + [len(every)]
        assert len(heads) > 5, formula
        for begin, end in list(zip(heads, heads[1:]))[::25] + [(heads[-2], heads[-1])]:
            point = every[begin].split("point ")[1].split(")")[0]
            tuples = every[begin].split(": ")[1].split()
            ones = [tree(folder, formula, "-explain", "%s %s" % (point, t), log=log) for t in tuples]
            equal("".join(ones), "".join(every[begin + 1:end]), formula + " at " + point)
            trees += len(ones)
        there = [k for k in range(len(heads) - 1) if every[heads[k]].startswith("@%d " % last)]
        equal(tree(folder, formula, "-explain", "@%d" % last, log=log) if there else "",
              "".join("".join(every[heads[k] + 1:heads[k + 1]]) for k in there), formula)
    assert trees > 20, trees


@case
def standard_input(folder):
    """A file as standard input is read again too, from where it began"""
    log = "skipped\n" + LOG
    r = monitor(folder, "fire(z,p) AND NOT ONCE[0,20] consent(z)", "-explain", "3")
    pathlib.Path(folder, "log").write_text(log)
    there = run("sh", "-c", '{ read skipped; "$0" monitor -sig "$1/sig" -formula "$1/formula" -explain 3; } < "$1/log"',
                TRUCE, folder)
    equal((there.code, there.out, there.err), (0, r.out, ""))


main()
