#!/usr/bin/env python3
"""A ban and duties in each window, from words to verdicts; all reports are simulated.

usage: test_windows.py TRUCE-AGREEMENT
"""
import os
import pathlib
import sys

sys.path.insert(0, os.path.dirname(__file__))
from judged import judged, write  # noqa: E402
from tap import case, equal, has, main, run  # noqa: E402

TRUCE = os.path.abspath(sys.argv[1])
HEAD = """zone west is area "West". zone east is area "East".
event fire (by party), in, from or into a zone, verb fires, fired, firing.
filed event confirmation (by party, window text), verb confirm, confirms, confirmed, confirming.
filed event passage_report (by body, window text), verb report, reports, reported, reporting.
window morning, in west, from 2025-03-10 10:00 until 2025-03-10 12:00, live when each party has confirmed.
window late_noon, in east, from 2025-03-10 14:00 until 2025-03-10 16:00, live when each party has confirmed.
"""
EACH = """provision quiet: in each window, each party must not fire in its zone.
provision confirmed: each party must confirm each window by 12 hours before each window opens.
provision told: mission must report each window within 6 hours after each window closes.
"""
# The same by hand, one by one.
BY_HAND = """provision quiet_morning: while morning is live, each party must not fire in west.
provision quiet_late_noon: while late_noon is live, each party must not fire in east.
provision confirmed_morning: each party must confirm with window "morning" by 12 hours before 2025-03-10 10:00.
provision confirmed_late_noon: each party must confirm with window "late noon" by 12 hours before 2025-03-10 14:00.
provision told_morning: mission must report with window "morning" within 6 hours after 2025-03-10 12:00.
provision told_late_noon: mission must report with window "late noon" within 6 hours after 2025-03-10 16:00.
"""
RECORD = [("confirmation", "2025-03-09 10:00", "north", {"window": "morning"}),
          ("confirmation", "2025-03-10 09:00", "south", {"window": "morning"}),
          ("confirmation", "2025-03-09 10:00", "north", {"window": "late noon"}),
          ("fire", "2025-03-10 11:00", "north", {"area": "West"}),
          ("fire", "2025-03-10 11:00", "south", {"area": "East"}),
          ("fire", "2025-03-10 15:00", "south", {"area": "East"}),
          ("passage_report", "2025-03-10 17:00", "mission", {"window": "morning"})]
AT = "2025-03-12"


def outcome(folder, sentences):
    got = judged(TRUCE, pathlib.Path(folder), HEAD + sentences, RECORD, AT, to=AT, observed=["fire"])
    return {k: (x["verdict"], x["certain"]) for k, x in got.items()}


@case
def each_opening_has_its_outcome(folder):
    got = outcome(folder, EACH)
    equal(got["quiet_morning/north"], ("violated", 1))
    equal(got["quiet_morning/south"], ("complied", 0))  # fired elsewhere: not into this window's road
    equal(got["quiet_late_noon/south"], ("waiting", 0))  # never live: south did not confirm it
    equal(got["confirmed_morning/north"], ("complied", 0))
    equal(got["confirmed_morning/south"], ("overdue", 1))  # an hour before, twelve were asked
    equal(got["confirmed_late_noon/north"], ("complied", 0))
    equal(got["confirmed_late_noon/south"], ("overdue", 1))
    equal(got["told_morning/mission"], ("complied", 0))
    equal(got["told_late_noon/mission"], ("overdue", 1))
    assert not [k for k in got if k.startswith("quiet/")]


@case
def it_means_the_same_as_one_by_one(folder):
    equal(outcome(folder + "/a", EACH), outcome(folder + "/b", BY_HAND))
    old = write(folder + "/a", HEAD + EACH, RECORD) / "agreement.md"
    new = write(folder + "/b", HEAD + BY_HAND, RECORD) / "agreement.md"
    done = run(TRUCE, "diff", str(old), str(new))
    equal((done.code, done.out.strip()), (0, "The two drafts mean the same."), done.out)


@case
def what_is_wrong_is_shown_as_written_out(folder):
    here = write(folder + "/m", HEAD + "provision quiet: in each window, each party must not fire in its zome.\n", [])
    done = run(TRUCE, "check", str(here))
    equal(done.code, 1)
    has(done.err, "agreement.md:14 (window morning):1:")
    has(done.err, "provision quiet_morning: while morning is live, each party must not fire in its zome.")


main()
