#!/usr/bin/env python3
"""Write down how each sentence is read, for people to read and for test_sentences to hold.

usage: make_sentences.py TRUCE-AGREEMENT < sentences.txt > new.txt: keeps the sentences (lines "> …") and
the comments, renews what stands below them.  Read the difference before you keep it."""
import json
import os
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, "sentences-head.md"), encoding="utf-8") as f:
    head = f.read()
for line in sys.stdin:
    if line.startswith("# "):
        print(line, end="")
    if not line.startswith("> "):
        continue
    with tempfile.NamedTemporaryFile("w", suffix=".md", encoding="utf-8") as f:
        f.write(head + line[2:] + "```\n")
        f.flush()
        run = subprocess.run([sys.argv[1], "explain", "--json", f.name], capture_output=True, text=True)
    print(line, end="")
    if run.returncode:
        sys.exit(run.stderr)
    found = [json.loads(x) for x in run.stdout.splitlines()]
    for x in found:
        if "provision" in x:
            print("= " + x["read_as"])
            if x["not_read_as"]:
                print("not " + x["not_read_as"])
    for x in found:
        if "in_force" in x:
            print("= " + x["read_as"])
