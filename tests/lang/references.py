#!/usr/bin/env python3
"""Every row, rule of scope and model sentence of the language has its case.

Comments in sentences.txt name what a case is for: "row N" (the patterns), "scope N" (the rules of
scope), "sentence N" (the ten that must read and mean just one thing).  This counts them.  TAP.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from tap import case, equal, main  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


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
        equal(set(range(1, last + 1)) - found[what], set(), what)


# What the language refuses, by the code of its finding; `day n` without day 1 stands in tests/cli/findings.txt.
REFUSED = """pronoun modality mixed-and-or second-act passive ban-with-deadline vague-time no-unit share-without-baseline
gap-without-measure no-holidays phrase-order circle ambiguous-how""".split()


@case
def refusals(_):
    """each has a sentence with what is said of it, and so has each word of the table in refuse.c"""
    with open(os.path.join(HERE, "refusals.txt"), encoding="utf-8") as f:
        text = f.read()
    equal([code for code in REFUSED if "[%s]" % code not in text], [])
    with open(os.path.join(HERE, "..", "..", "src", "lang", "refuse.c"), encoding="utf-8") as f:
        words = re.findall(r'^    \{"([^"]+)",', f.read(), re.M)
    equal(len(words) > 40, True)
    equal([w for w in words if not re.search("^> .*%s" % re.escape(w), text, re.M)], [])


if __name__ == "__main__":
    main()
