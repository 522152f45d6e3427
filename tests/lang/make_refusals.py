#!/usr/bin/env python3
"""Write down what is said of each refused sentence, for people to read and for test_refusals to hold.

usage: make_refusals.py TRUCE-AGREEMENT < refusals.txt > new.txt: keeps the sentences (lines "> …"),
renews what stands below them.  Read the difference before you keep it."""
import json
import os
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "refusals-head.md"), encoding="utf-8") as f:
    head = f.read()
for line in sys.stdin:
    if line.startswith("# "):
        print(line, end="")
    if not line.startswith("> "):
        continue
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8") as f:
        f.write(head + line[2:] + "```\n")
        f.flush()
        run = subprocess.run([sys.argv[1], "check", "--json", f.name], capture_output=True, text=True)
    print(line, end="")
    for found in run.stdout.splitlines():
        x = json.loads(found)
        print("%s [%s]" % (x["what"], x["code"]))
        if x["fix"]:
            print("= " + x["fix"])
