"""Checking a draft: each finding from a planted one, none where there is none, each with what it rests on."""
import json
import os
import subprocess
import sys
import tempfile

program = os.path.abspath(sys.argv[1])
count = 0
head = """# Draft

```truce
agreement "Draft"
  signed 2025-03-01; in force from 2025-03-02 00:00; time zone Europe/Kyiv.
party north "North". party south "South".
event fire (by party), verb fires, fired, firing.
event report (by party), verb reports, reported, reporting.
event convoy (by party), verb convoys, convoyed, convoying.
state neutral (of party).
"""


def ok(condition, name, note=""):
    global count
    count += 1
    print(f"{'ok' if condition else 'not ok'} {count} - {name}")
    if not condition:
        for line in str(note)[:2000].splitlines():
            print(f"# {line}")


def findings(body):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "draft.md")
        open(path, "w").write(head + body + "```\n")
        done = subprocess.run([program, "talks", "check-draft", path, "--json"], capture_output=True, text=True)
        if done.returncode > 1:
            return [("error", done.stderr)]
        return [(o["finding"], o["provisions"], o) for o in map(json.loads, done.stdout.splitlines()) if o["finding"] != "gap"]


def expect(body, kind, provisions, name):
    found = findings(body)
    ok([f[:2] for f in found] == [(kind, provisions)], name, found)
    return found


CASES = [
    ("provision quiet: each party must not fire.\nprovision salute: north must fire within 2 days after entry into force.\n",
     "contradiction", ["salute", "quiet"], "a duty within a prohibition"),
    ("provision first: each party must not fire until 2025-03-05 00:00.\nprovision second: from 2025-03-05 00:00, each party must not fire.\n"
     "provision third: each party must not convoy.\nprovision salute: north must fire within 9 days after entry into force.\n",
     "contradiction", ["salute", "first", "second"], "two prohibitions that only together leave no second"),
    ("provision quiet: each party must not fire.\nprovision unless_told: north may fire only if south has reported.\n",
     "permission against prohibition", ["unless_told", "quiet"], "a permission that yields"),
    ("provision mutual: north must report within 2 days after south convoys.\nprovision answer: south must convoy within 2 days after "
     "north reports.\n", "waits for itself", ["mutual", "answer"], "duties that wait for each other"),
]
for case in CASES:
    found = expect(*case)
    if case[1] == "contradiction" and found and len(found[0]) > 2:
        timeline = found[0][2]["timeline"]
        ok("2025-03-0" in timeline and "violates" in timeline and "is violated" in timeline, "with a concrete timeline", timeline)

# A duty that can never be violated or met by its dates is refused as the draft is read.
for body, name in (("provision late: each party must not fire before 2025-01-01 00:00.\n", "a time that is over before it begins"),
                   ("provision early: north must report by 2025-02-01.\n", "a deadline before entry into force")):
    found = findings(body)
    ok(found and found[0][0] == "error" and "contradictory-dates" in found[0][1], name, found)

NONE = [
    ("provision quiet: each party must not fire until 2025-03-05 00:00.\nprovision salute: north must fire within 9 days after entry into "
     "force.\n", "a second is left"),
    ("provision quiet: south must not fire.\nprovision salute: north must fire within 2 days after entry into force.\n", "another bearer"),
    ("provision quiet: each party must not fire.\nprovision unless_told: despite quiet, north may fire only if south has reported.\n",
     "an exception that says so"),
    ("provision quiet: each party must not fire while south has not reported.\nprovision salute: north must fire within 2 days after entry "
     "into force.\n", "what hangs on an event is taken as open"),
]
for body, name in NONE:
    ok(findings(body) == [], "nothing found: " + name, findings(body))
print(f"1..{count}")
