#!/usr/bin/env python3
"""The simulated disengagement: shares, lists, storage and movements in step, through the commands.

usage: test_schedules.py TRUCE-AGREEMENT SOURCE-ROOT
"""
import json
import os
import pathlib
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import case, equal, has, lacks, main, run  # noqa: E402

TRUCE, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
MISSION = ROOT / "examples" / "disengagement"


def rows(*words):
    done = run(TRUCE, "run", MISSION, "--json", *words)
    equal(done.code, 0, done.err)
    return {r["id"]: r for r in map(json.loads, done.out.splitlines())}


def why(row, *words):
    done = run(TRUCE, "why", MISSION, row, *words)
    assert done.code in (0, 1), done.err
    return " ".join(done.out.split())


@case
def verdicts_are_those_the_readme_tells(_folder):
    got = rows()
    wanted = {"pullback/south": "overdue", "pullback/north": "complied", "release_of_detainees/south": "unverified",
              "release_of_detainees/north": "complied", "storage/north": "violated", "storage/south": "unverified",
              "access/south": "violated", "access/north": "complied", "abreast/all": "violated",
              "parallel/all": "unverified"}
    equal({k: got[k]["verdict"] for k in wanted}, wanted)
    equal(got["parallel/all"]["reasons"], ["measure"])
    equal([k for k in got if k.startswith(("abreast", "parallel"))], ["abreast/all", "parallel/all"])
    equal(got["pullback/south"]["certain"], 2)
    equal(got["pullback/south"]["days"]["overdue"], 6)
    equal(got["storage/north"]["days"]["violated"], 1)


@case
def levels_say_what_is_done(_folder):
    early = rows("--at", "2025-03-04T12:00:00+02:00")
    equal(early["pullback/north"]["verdict"], "pending")
    equal(early["pullback/south"]["verdict"], "overdue")
    equal(early["pullback/north"]["next_deadline"], "2025-03-06T23:59:59+02:00")
    equal(early["pullback/south"]["level"]["value"] if isinstance(early["pullback/south"]["level"], dict)
          else early["pullback/south"]["level"], 1)


@case
def why_counts(_folder):
    text = why("pullback/south")
    has(text, "step 1 asks for 2 (1/2 of 4, rounded up); 1 done by then for certain")
    has(text, "step 2 asks for 4 (all of 4); 3 done by then for certain")
    text = why("release_of_detainees/south")
    has(text, "a number that is not on record")
    has(text, "no listing by south was reported")
    text = why("parallel/all")
    has(text, "does not say by what it would be measured")


@case
def why_tells_missing_from_no_access(_folder):
    has(why("storage/north"), "north depot holds 3 guns as declared; 2 found")
    text = why("storage/south")
    has(text, "south depot holds 2 guns as declared; nobody could look")
    lacks(text, "attributed")


@case
def explain_shows_formula_and_anchor(_folder):
    done = run(TRUCE, "explain", "--formula", MISSION / "agreement.md")
    equal(done.code, 0, done.err)
    for words in ("anchored at each deadline of", "at least k are needed for step id", "k of deployment demand j",
                  "too far apart, which the text does not measure", "simulated"):
        has(done.out, words)


main()
