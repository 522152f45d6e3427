#!/usr/bin/env python3
"""Justifications and consents from reports to verdicts, through the commands; all reports are simulated.

usage: test_powers.py TRUCE-AGREEMENT SOURCE-ROOT
"""
import json
import os
import pathlib
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import case, equal, has, main, run  # noqa: E402

TRUCE = os.path.abspath(sys.argv[1])

AGREEMENT = """# A simulated agreement

## Article 1

The mission moves freely. North consents to a contingent.

```truce
agreement "A simulated agreement" signed 2025-02-27; in force from 2025-03-01 00:00 until 2025-04-01 00:00; time zone UTC.
party north. party south. body mission. third party isle.
event refusal (by party, of body), verb refuse access, refuses access, refused access, refusing access.
event deployment (by actor), verb deploy.
filed state consent (of party, written yes or no).
filed event withdrawal_of_consent (by party, written yes or no), verb withdraw consent.
ground mines "mines on the road".
provision access: each of north and south must not refuse access of mission.
provision plea: each party may justify access by mines, shown to mission within 24 hours.
provision guests: isle may deploy only while written consent of north stands.
north consents to isle; north may withdraw consent in writing, effective 72 hours after receipt.
```
"""

MAPPING = """# How the simulated reports are read

```mapping
reports from "reports.csv" are csv.
dates are year first.
time zone UTC.
note "The reports are simulated.".
each report is known by column "id".
the grade is seen.

each row where column "kind" is "refusal" is a refusal.
the time is column "when".
the actor is column "who".
of is column "to".
the record time is column "recorded".

each row where column "kind" is "mines" is a mines.
the time is column "when".
the actor is column "who".
step is column "step".
incident is column "incident".
to is column "to".
the record time is column "recorded".

each row where column "kind" is "deployment" is a deployment.
the time is column "when".
the actor is column "who".
the record time is column "recorded".

each row where column "kind" is "withdrawal" is a withdrawal_of_consent.
the time is column "when".
the actor is column "who".
written is column "step".
the record time is column "recorded".

each row where column "kind" is "coverage" is coverage.
the time is from column "when" to column "step".
the zone is everywhere.
it covers refusal and deployment.
it is by mission.
```
"""

REPORTS = """id,kind,when,who,to,step,incident,recorded
0,coverage,2025-02-01 00:00,,,2025-05-01 00:00,,
r1,refusal,2025-03-03 10:00,north,mission,,,2025-03-03 11:00
r2,refusal,2025-03-04 10:00,south,mission,,,2025-03-04 11:00
c1,mines,2025-03-03 12:00,north,mission,claimed,r1,2025-03-03 12:00
c2,mines,2025-03-04 09:00,north,mission,shown,r1,2025-03-04 09:00
c3,mines,2025-03-06 09:00,mission,north,accepted,r1,2025-03-06 09:00
d1,mines,2025-03-04 12:00,south,mission,claimed,r2,2025-03-04 12:00
w1,withdrawal,2025-03-10 00:00,north,,yes,,2025-03-10 06:00
e1,deployment,2025-03-13 05:59:59,isle,,,,2025-03-13 08:00
e2,deployment,2025-03-13 06:00:00,isle,,,,2025-03-13 08:00
"""


def mission(folder):
    for name, text in (("agreement.md", AGREEMENT), ("reports.mapping.md", MAPPING), ("reports.csv", REPORTS)):
        pathlib.Path(folder, name).write_text(text, encoding="utf-8")
    return folder


def rows(folder, *words):
    done = run(TRUCE, "run", mission(folder), "--json", *words)
    equal(done.code, 0, done.err)
    return {r["id"]: r for r in map(json.loads, done.out.splitlines())}


@case
def a_claim_is_told_and_an_accepted_one_excuses(folder):
    got = rows(folder, "--at", "2025-03-31T23:59:59Z")
    equal(got["access/north"]["verdict"], "excused")
    equal((got["access/south"]["verdict"], got["access/south"]["reasons"]), ("violated", ["justification"]))
    early = rows(folder, "--at", "2025-03-05T00:00:00Z")
    equal((early["access/north"]["verdict"], early["access/north"]["reasons"]), ("violated", ["justification"]))
    assert not [k for k in got if k.startswith("plea")], "a power to justify has no row"


@case
def why_tells_how_far_the_claim_has_come(folder):
    text = " ".join(run(TRUCE, "why", mission(folder), "access/north").out.split())
    has(text, 'the ground "mines on the road" is claimed, shown and accepted (to be shown to mission within 24 hours)')
    has(text, "c3")
    text = " ".join(run(TRUCE, "why", mission(folder), "access/south").out.split())
    has(text, 'the ground "mines on the road" is claimed, and not shown')


@case
def a_consent_of_the_agreement_ends_after_its_notice(folder):
    got = rows(folder, "--at", "2025-03-31T23:59:59Z")
    equal((got["guests/isle"]["verdict"], got["guests/isle"]["certain"]), ("violated", 1))
    text = " ".join(run(TRUCE, "why", mission(folder), "guests/isle").out.split())
    has(text, "e2")


@case
def explain_shows_both(folder):
    text = " ".join(run(TRUCE, "explain", pathlib.Path(mission(folder), "agreement.md"), "--formula").out.split())
    has(text, "north consents to: isle; no longer from 72 hours after the record of a")
    has(text, "what violates access is excused when P claims mines for it")
    has(text, 'what mines by north with step "claimed" refers to; filed')


@case
def the_page_says_so(folder):
    page = pathlib.Path(folder, "out.html")
    done = run(TRUCE, "run", mission(folder), "--html", page, "--at", "2025-03-31T23:59:59Z")
    equal(done.code, 0, done.err)
    has(page.read_text(encoding="utf-8"), "a justification for it is claimed and not decided")


@case
def diff_sees_changes_of_both(folder):
    old = pathlib.Path(mission(folder), "agreement.md")
    for was, now, told in [("effective 72 hours", "effective 48 hours", "48 hours after the record"),
                           ("shown to mission within 24", "shown to mission within 36", "plea"),
                           ("each party may justify", "north may justify", "plea")]:
        new = pathlib.Path(folder, "new.md")
        assert was in AGREEMENT
        new.write_text(AGREEMENT.replace(was, now), encoding="utf-8")
        done = run(TRUCE, "diff", old, new)
        equal(done.code, 1, done.out)
        has(" ".join(done.out.split()), told)


main()
