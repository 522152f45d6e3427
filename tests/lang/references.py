#!/usr/bin/env python3
"""Every row, rule of scope and model sentence of the language has its case.

Comments in sentences.txt and refusals.txt name what a case is for: "row N" (the patterns), "scope N" (the rules of
scope), "sentence N" (the ten that must read and mean just one thing).  This counts them.  TAP.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from tap import case, equal, main  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
NOT_YET = {"sentence": {8}}  # told as refused in refusals.txt


def named(file):
    found = {}
    with open(os.path.join(HERE, file), encoding="utf-8") as f:
        for line in f:
            if line.startswith("# "):
                for what, number in re.findall(r"(row|scope|sentence) (\d+)", line):
                    found.setdefault(what, set()).add(int(number))
    return found


@case
def sentences(_):
    """each has a sentence with its reading"""
    found = named("sentences.txt")
    for what, last in (("row", 16), ("scope", 8), ("sentence", 10)):
        equal(set(range(1, last + 1)) - found[what], NOT_YET.get(what, set()), what)


@case
def refusals(_):
    """what cannot be said yet is told as refused"""
    equal(named("refusals.txt").get("sentence", set()), NOT_YET["sentence"])


if __name__ == "__main__":
    main()
