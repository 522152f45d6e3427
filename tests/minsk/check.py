#!/usr/bin/env python3
"""Compare the verdict lines of `truce run examples/minsk-ii --json` with the count by hand (count.py).

usage: check.py LINES.jsonl
"""
import json
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).parent
counted = json.loads(subprocess.run([sys.executable, str(here / "count.py")], capture_output=True,
                                    text=True, check=True).stdout)
with open(sys.argv[1], encoding="utf-8") as f:
    lines = [json.loads(line) for line in f]
wrong = []


def expect(what, got, wanted):
    if got != wanted:
        wrong.append("%s: %r, counted by hand %r" % (what, got, wanted))


ceasefire = [x for x in lines if x["provision"] == "ceasefire"]
expect("rows of the ceasefire", len(ceasefire), 6)
for reading, sources in (("one source", "1"), ("two independent sources", "2")):
    for row in (x for x in ceasefire if x["reading"] == reading):
        if row["subject"] == "all":
            expect(reading + ": verdict", row["verdict"], "violated")
            expect(reading + ": certain", row["certain"], counted[sources]["certain"])
            expect(reading + ": days violated", row["days"]["violated"], counted[sources]["certain_days"])
            expect(reading + ": attribution", row["attribution"]["state"], "not attributed")
            expect(reading + ": begins", row["from"], "2015-02-15T00:00:00+02:00")
            expect(reading + ": ends", row["to"], "2022-02-23T23:59:59+02:00")
        else:
            expect(row["subject"] + ": verdict", row["verdict"], "possibly violated")
            expect(row["subject"] + ": certain", row["certain"], 0)
for row in lines:
    if row["provision"] == "pullback":
        expect("weapons, " + row["subject"], row["verdict"], "unverified")
print("\n".join(wrong) if wrong else "the demo's verdicts agree with the count by hand (%d lines)" % len(lines))
sys.exit(1 if wrong else 0)
