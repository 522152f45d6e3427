"""Checking a draft: each finding from a planted one, none where there is none; every witness is replayed by `truce run`."""
import json
import os
import subprocess
import sys
import tempfile

from ok import ok, plan

program, judge = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
head = """# Draft

```truce
agreement "Draft"
  signed 2025-03-01; in force from 2025-03-02 00:00 until 2025-03-31; time zone Europe/Kyiv.
party north "North". party south "South".
body mission "Mission".
event fire (by party, weapon text, deaths count), verb fires, fired, firing.
event report (by party), verb reports, reported, reporting.
event convoy (by party), verb convoys, convoyed, convoying.
event patrol (by actor), verb patrols, patrolled, patrolling.
event notice (by actor), verb notifies, notified, notifying.
state neutrality (of party), status neutral.
state gun (of party, caliber mm), plural guns.
zone area_a is all of areas "A oblast" and "B oblast".
"""


def verdicts(witness):
    words = [judge, "run", witness["folder"], "--json", "--at", witness["at"]] + (["--to", witness["to"]] if witness["to"] else [])
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        return None, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    worst = {}
    for row in rows:
        worst.setdefault(row["provision"], set()).add(row["verdict"])
    return worst, done.stderr


BROKEN = {"violated", "overdue"}


def replay(finding, name):
    """Each witness breaks just what it says, by the judge of `truce run`."""
    for witness in finding["witnesses"]:
        found, note = verdicts(witness)
        if found is None:
            ok(False, f"replay: {name}", note)
            continue
        wrong = [p for p in witness["broken"] if not found.get(p, set()) & BROKEN] + \
                [p for p in witness["not_broken"] if found.get(p, set()) & (BROKEN | {"possibly violated"})]
        ok(not wrong and "set aside" not in note, f"replay: {name}, {witness['broken']}",
           f"{wrong} {found}\n{note}\n{witness['timeline']}")
        ok(witness["simulated"] and "SIMULATED" in open(os.path.join(witness["folder"], "simulated.mapping.md")).read(),
           "and is labelled as simulated")


def findings(body, name, gaps=False):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "draft.md")
        open(path, "w").write(head + body + "```\n")
        done = subprocess.run([program, "talks", "check-draft", path, "--json", "--witness", os.path.join(folder, "w")],
                              capture_output=True, text=True)
        if done.returncode > 1:
            return [("error", done.stderr)]
        found = [o for o in map(json.loads, done.stdout.splitlines()) if o.get("finding")]
        for o in found:
            ok(o["witnesses"] and o["bound"]["moments"] > 1 and o["bound"]["horizon"], f"a witness and its bound: {name}, {o['finding']}", o)
            if o["finding"] != "gap":
                replay(o, name)
        if gaps:
            replay([o for o in found if o["finding"] == "gap"][0], "a gap")
        return [(o["finding"], o["provisions"], o) for o in found if o["finding"] != "gap"]


def expect(body, kind, provisions, name):
    found = findings(body, name)
    ok([f[:2] for f in found] == [(kind, provisions)], name, found)
    return found


CASES = [
    ("provision quiet: each party must not fire.\nprovision salute: north must fire within 2 days after entry into force.\n",
     "contradiction", ["salute", "quiet"], "a duty within a prohibition"),
    ("provision first: each party must not fire until 2025-03-05 00:00.\nprovision second: from 2025-03-05 00:00, each party must not fire.\n"
     "provision third: each party must not convoy.\nprovision salute: north must fire within 9 days after entry into force.\n",
     "contradiction", ["salute", "first", "second"], "two prohibitions that only together leave no second"),
    ("provision quiet: each party must not fire.\nprovision answer: north must fire within 2 days after south convoys.\n",
     "contradiction", ["answer", "quiet"], "a duty that, once it arises, is forbidden"),
    ("provision far: each party must not fire in area_a.\nprovision salute: north must fire in area_a within 2 days after entry into force.\n",
     "contradiction", ["salute", "far"], "in a zone"),
    ("provision big: each party must not fire with weapon \"mortar\".\nprovision salute: north must fire with weapon \"mortar\" within 2 days "
     "after entry into force.\n", "contradiction", ["salute", "big"], "with an attribute"),
    ("provision is_neutral: north must be neutral.\nprovision is_not: from 2025-03-10 00:00, north must not be neutral.\n",
     "contradiction", ["is_neutral", "is_not"], "a status and its contrary"),
    ("provision quiet: each party must not fire.\nprovision unless_told: north may fire only if south has reported.\n",
     "permission against prohibition", ["unless_told", "quiet"], "a permission that yields"),
    ("provision go: north may convoy only if south has reported.\nprovision tell: south may report only if north has convoyed.\n",
     "waits for itself", ["go", "tell"], "permissions that wait for each other"),
    ("provision go: north may convoy only if north has convoyed.\n", "waits for itself", ["go"], "a precondition that depends on itself"),
    ("provision ask: north must report at least 2 days before south convoys.\nprovision bid: south must convoy at least 2 days before "
     "north reports.\n", "deadline cycle", ["ask", "bid"], "each ahead of the other"),
    ("provision mutual: north must report within 2 days after south convoys.\nprovision answer: south must convoy within 2 days after "
     "north reports.\n", "waits for itself", ["mutual", "answer"], "duties that wait for each other"),
    ("provision odd: each party must not fire while north has reported and north has not reported.\n",
     "never violated", ["odd"], "a time that never is"),
]
for case in CASES:
    expect(*case)

# Consequences, and what nobody sees.
SEVERAL = [
    ("provision odd: each party must not fire while north has reported and north has not reported.\n"
     "provision then_stop: north must not convoy after odd is violated.\n",
     [("never violated", ["odd"]), ("never fires", ["then_stop"])], "a consequence of what can never be violated"),
    ("provision st: north must be neutral.\nprovision st2: north must not be neutral.\n"
     "provision act: south must report by 2025-03-20, if st is violated or st2 is violated.\n",
     [("contradiction", ["st", "st2"]), ("fires at once", ["act"])], "a consequence of what cannot be kept"),
    ("provision quiet: each party must not fire while north has reported and north has not reported.\n"
     "provision react: if quiet is violated 3 times in any 7 days by one party, then mission must patrol within 24 hours; otherwise mission "
     "must notify within 24 hours.\n",
     [("never violated", ["quiet"]), ("never fires", ["react"]), ("never fires", ["react_otherwise"])],
     "guarantees that follow what is never violated"),
    ("provision once: north must report by 2025-03-10.\nprovision react: if once is violated 3 times in any 7 days, then mission must patrol "
     "within 24 hours.\n", [("never fires", ["react"])], "a guarantee that asks for three violations of what is due once"),
    ("provision tell: each party must report every 7 days.\nprovision react: if tell is violated 3 times in any 7 days by one party, then "
     "mission must patrol within 24 hours.\n", [("never fires", ["react"])], "a guarantee that asks for more violations than its window holds"),
    ("provision last: north must report by 2025-03-30.\nprovision react: if last is violated, then mission must patrol within 14 days.\n",
     [("never fires", ["react"])], "a guarantee whose time ends behind the agreement"),
    ("provision react: if south has not reported, then mission must patrol within 24 hours.\n", [("fires at once", ["react"])],
     "a guarantee whose condition holds already when it enters into force"),
    ("provision quiet: each party must not fire.\nprovision hush: mission must not patrol.\nprovision react: if quiet is violated 3 times in "
     "any 7 days by one party, then mission must patrol within 24 hours; otherwise mission must notify within 24 hours.\n",
     [("contradiction", ["hush", "react"])], "a guarantee that, once it fires, is forbidden"),
    ("provision quiet: each party must not fire.\nprovision react: if quiet is violated, then mission must convoy within 24 hours.\n",
     [("never met", ["react"])], "a guarantee that its bearer cannot perform"),
    ("coverage of fire counts when by mission.\nprovision quiet: each party must not fire.\nprovision still: each party must not convoy.\n",
     [("unverifiable", ["still"])], "an act that no declared coverage sees"),
]
for body, expected, name in SEVERAL:
    found = findings(body, name)
    ok([f[:2] for f in found] == expected, name, found)

# What cannot be reasoned about is listed with the reason, and the others are checked all the same.
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "draft.md")
    open(path, "w").write(head + """event withdrawal (by party), verb withdraw, withdraws, withdrawn, withdrawing.
filed event inventory (by party, pieces count).
stock pieces_held, declared by inventory with pieces.
provision pullback: each party must withdraw:
  – half of its declared pieces_held by 2025-03-10, rounded up
  – all by 2025-03-20.
provision quiet: each party must not fire.
provision salute: north must fire within 2 days after entry into force.
```
""")
    done = subprocess.run([program, "talks", "check-draft", path, "--json"], capture_output=True, text=True)
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    ok(done.returncode == 1 and [o["provisions"] for o in objects if o.get("finding") == "contradiction"] == [["salute", "quiet"]],
       "the others are checked", done.stderr + done.stdout[:500])
    ok(objects and [o["provision"] for o in objects[-1]["not_reasoned_about"]] == ["pullback"] and
       "baseline" in objects[-1]["not_reasoned_about"][0]["why"], "a schedule is listed as not reasoned about", objects[-1:])
    text = subprocess.run([program, "talks", "check-draft", path], capture_output=True, text=True).stdout
    ok("Not reasoned about: pullback, for it counts against a baseline." in text, "in text too", text[-600:])

# A duty that can never be violated or met by its dates is refused as the draft is read.
for body, name in (("provision late: each party must not fire before 2025-01-01 00:00.\n", "a time that is over before it begins"),
                   ("provision early: north must report by 2025-02-01.\n", "a deadline before entry into force")):
    found = findings(body, name)
    ok(found and found[0][0] == "error" and "contradictory-dates" in found[0][1], name, found)

NONE = [
    ("provision quiet: each party must not fire until 2025-03-05 00:00.\nprovision salute: north must fire within 9 days after entry into "
     "force.\n", "a second is left"),
    ("provision quiet: south must not fire.\nprovision salute: north must fire within 2 days after entry into force.\n", "another bearer"),
    ("provision quiet: each party must not fire.\nprovision unless_told: despite quiet, north may fire only if south has reported.\n",
     "an exception that says so"),
    ("provision quiet: each party must not fire while south has not reported.\nprovision salute: north must fire within 2 days after entry "
     "into force.\n", "south can report first"),
    ("provision near: each party must not fire in area_a.\nprovision salute: north must fire within 2 days after entry into force.\n",
     "elsewhere is left"),
    ("provision cap: each party must not fire more than 2 times in any 7 days.\nprovision go: north may convoy only if south has reported.\n",
     "a cap, a permission"),
    ("provision quiet: each party must not fire.\nprovision react: if quiet is violated 3 times in any 7 days by one party, then mission must "
     "patrol within 24 hours; otherwise mission must notify within 24 hours.\nprovision answer: if quiet is violated, then the other party "
     "must report within 2 days.\n", "guarantees that fire and can be met"),
    ("provision cap: each party must not fire more than 50 times in any 7 days.\nprovision react: if cap is violated 40 times in any 7 days, "
     "then mission must patrol within 24 hours.\n", "counts beyond what the bounded world can hold"),
    ("provision react: if north has reported, then mission must patrol within 24 hours.\n", "a guarantee that follows a condition"),
    ("provision tell: north must report at least 2 days before south convoys.\nprovision guns_out: each party must keep its guns with caliber "
     "100 mm or more out of area_a.\n", "ahead, keep out"),
]
for body, name in NONE:
    found = findings(body, name)
    ok(found == [], "nothing found: " + name, found)
# Behind the horizon nothing is looked at: what falls due there is neither never violated nor never fired.
open_ended = "provision weekly: north must report every 7 days.\nprovision go: north must convoy by 2027-01-01.\n" \
    "provision react: if go is violated, then mission must patrol within 24 hours.\n"
head = head.replace(" until 2025-03-31", "")
found = findings(open_ended, "behind the horizon")
ok(found == [], "nothing found: behind the horizon", found)
head = head.replace("2025-03-02 00:00;", "2025-03-02 00:00 until 2025-03-31;")
found = findings("provision quiet: each party must not fire.\n", "gap", gaps=True)
ok(found == [], "only gaps", found)
plan()
