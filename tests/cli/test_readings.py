#!/usr/bin/env python3
"""Whether all readings of a term agree, and the right to suspend by notice, through the commands; all reports are simulated.

usage: test_readings.py TRUCE-AGREEMENT
"""
import os
import pathlib
import sys

sys.path.insert(0, os.path.dirname(__file__))
from judged import judged, write  # noqa: E402
from tap import case, equal, has, main, run  # noqa: E402

TRUCE = os.path.abspath(sys.argv[1])
AT = "2025-04-15"
EARLY, LATE = 'as "early" by north', 'as "late" by south'
SEEN = ["fire", "heavy_weapon"]


def words(*command):
    done = run(TRUCE, *command)
    equal(done.code, 0, done.err)
    return " ".join(done.out.split())


READ_DATE = """event fire (by party), verb fires, fired, firing.
date pause, disputed.
pause is read:
  – as "early" by north: 2025-03-10
  – as "late" by south: 2025-03-20.
provision ceasefire: from pause, each party must not fire.
"""


@case
def readings_that_agree_or_differ(folder):
    where = pathlib.Path(folder, "m")
    fire = [("fire", "2025-03-15 10:00", "north", {}), ("fire", "2025-03-25 10:00", "south", {})]
    got = judged(TRUCE, where, READ_DATE, fire, AT, to=AT, observed=["fire"])
    verdicts = {k: (x["verdict"], x["readings_agree"]) for k, x in got.items()}
    equal(verdicts, {"ceasefire/all/" + EARLY: ("violated", True), "ceasefire/all/" + LATE: ("violated", True),
                     "ceasefire/north/" + EARLY: ("violated", False), "ceasefire/north/" + LATE: ("complied", False),
                     "ceasefire/south/" + EARLY: ("violated", True), "ceasefire/south/" + LATE: ("violated", True)})
    text = words("run", where, "--at", AT, "--to", AT)
    has(text, "ceasefire: readings differ: north (violated: %s; complied: %s)" % (EARLY, LATE))
    text = words("why", where, "ceasefire/north/" + EARLY, "--at", AT, "--to", AT)
    has(text, "the readings differ: complied when read as %s" % LATE)
    has(words("why", where, "ceasefire/south/" + LATE, "--at", AT, "--to", AT), "all readings agree: violated")
    page = pathlib.Path(folder, "page.html")
    words("run", where, "--html", page, "--at", AT, "--to", AT)
    has(page.read_text(encoding="utf-8"), "readings differ: north (violated: ")


@case
def all_agree(folder):
    where = pathlib.Path(folder, "m")
    write(where, READ_DATE, [("fire", "2025-03-25 10:00", "north", {})], observed=["fire"])
    has(words("run", where, "--at", AT, "--to", AT), "ceasefire: all readings agree, though not on each day")
    write(where, READ_DATE.replace("2025-03-20", "2025-03-10"), [("fire", "2025-03-25 10:00", "north", {})],
          observed=["fire"])
    has(words("run", where, "--at", AT, "--to", AT), "ceasefire: all readings agree, on each day too")


@case
def nothing_is_read_in_several_ways(folder):
    where = pathlib.Path(folder, "m")
    got = judged(TRUCE, where, "event fire (by party), verb fires, fired, firing. provision ceasefire: each party must not fire.",
                 [("fire", "2025-03-25 10:00", "north", {})], AT, observed=["fire"])
    equal({x["readings_agree"] for x in got.values()}, {None})
    assert "readings" not in words("run", where, "--at", AT)


RIGHT = """event fire (by party), verb fires, fired, firing.
filed event notice (by party, provision text).
state heavy_weapon (of party), plural heavy weapons.
zone belt is area "Belt".
provision ceasefire: each party must not fire.
provision pullback: from 2025-04-01, each party must keep its heavy weapons out of belt.
provision suspension: if ceasefire is violated 3 times in any 168 hours by one party, then the other party may
  suspend pullback by notice until 168 hours, all of them covered, pass without violation; pullback then resumes
  with its unexpired time.
"""
SHOTS = [("fire", "2025-03-10 10:00", "north", {}), ("fire", "2025-03-11 10:00", "north", {}),
         ("fire", "2025-03-12 10:00", "north", {})]
GUN = [("heavy_weapon", "2025-03-20 00:00", "south", {"to": "2025-04-05 00:00", "area": "Belt"})]


@case
def the_right_to_suspend(folder):
    where = pathlib.Path(folder, "m")

    def pullback(*notices):
        got = judged(TRUCE, where, RIGHT, SHOTS + GUN + list(notices), AT, to=AT, observed=SEEN)
        assert not [k for k in got if k.startswith("suspension")], "a right has no row"
        return got["pullback/south"]["verdict"]

    def notice(when, who, what="pullback", recorded=None):
        return ("notice", when, who, {"provision": what, "recorded": recorded or when})

    equal(pullback(), "violated")
    equal(pullback(notice("2025-03-13 00:00", "south")), "complied")  # seven days later: from 8 April
    equal(pullback(notice("2025-03-13 00:00", "north")), "violated")
    has(words("why", where, "pullback/south", "--at", AT), "has no effect: the right to give it had not arisen")
    equal(pullback(notice("2025-03-13 00:00", "south", "ceasefire")), "violated")
    equal(pullback(notice("2025-03-12 00:00", "south")), "violated")
    equal(pullback(notice("2025-03-12 00:00", "south", recorded="2025-03-13 00:00")), "complied")
    has(words("explain", where / "agreement.md", "--formula"), "at the time of its record (where none is stated, at its own)")


main()
