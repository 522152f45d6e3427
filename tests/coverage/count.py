#!/usr/bin/env python3
"""The study of coverage, counted: doc/coverage/*.md against the table in doc/coverage.md.

usage: count.py TRUCE-AGREEMENT            check it: each file is read without an error, each kind of provision says
                                           whether it can be observed, and stands either with its sentence or with
                                           the reason why not; the table says what was counted
       count.py TRUCE-AGREEMENT update     write the table anew

A kind of provision is a heading of the third level.  Below it stands "Observable" or "Not observable", then a block
with the sentence, or "Not stated:" with the reason."""
import glob
import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(ROOT, "doc", "coverage.md")
BEGIN, END = "<!-- counted -->\n", "<!-- /counted -->"


def kinds_of(text):
    """(title, observable or None, has a sentence, reason or None) of each kind of provision."""
    for part in re.split(r"^### ", text, flags=re.M)[1:]:
        title, _, rest = part.partition("\n")
        blocks = re.findall(r"^```truce\n(.*?)^```", rest, flags=re.M | re.S)
        said = any(re.search(r"^\s*(provision|agreement is|article .* is) ", b, flags=re.M) for b in blocks)
        observable = True if rest.startswith("Observable") else False if rest.startswith("Not observable") else None
        reason = re.search(r"Not stated: (.+)|Not observable[^:]*: (.+)", rest)
        yield title, observable, said, reason and (reason.group(1) or reason.group(2))


def count(path):
    with open(path, encoding="utf-8") as f:
        text = f.read()
    kinds = list(kinds_of(text))
    faults = [t for t, o, s, r in kinds if o is None or (s and "Not stated" in (r or "")) or (not s and not r)]
    seen = [k for k in kinds if k[1]]
    return {"title": text.split("\n")[0].lstrip("# "), "kinds": len(kinds), "observable": len(seen),
            "said": sum(k[2] for k in seen), "faults": faults,
            "left": [(t, r) for t, o, s, r in kinds if not s]}


def table(rows):
    out = ["| agreement | kinds of provision | observable | stated | share |", "| --- | --- | --- | --- | --- |"]
    for name, r in rows:
        out.append("| [%s](coverage/%s) | %d | %d | %d | %d %% |" % (
            r["title"], name, r["kinds"], r["observable"], r["said"], round(100 * r["said"] / r["observable"])))
    n, o, s = (sum(r[k] for _, r in rows) for k in ("kinds", "observable", "said"))
    out += ["| all %d | %d | %d | %d | **%.1f %%** |" % (len(rows), n, o, s, 100 * s / o), "",
            "Not stated, with the reason:", ""]
    for _, r in rows:
        for t, why in r["left"]:
            out.append("- %s, %s: %s" % (r["title"].split(",")[0], re.sub(r"^\d+ ", "", t), why))
    return "\n".join(out) + "\n"


def main():
    rows = [(os.path.basename(p), count(p)) for p in sorted(glob.glob(os.path.join(ROOT, "doc", "coverage", "*.md")))]
    with open(PAGE, encoding="utf-8") as f:
        page = f.read()
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    new = head + BEGIN + table(rows) + END + tail
    if sys.argv[2:] == ["update"]:
        with open(PAGE, "w", encoding="utf-8") as f:
            f.write(new)
    tests = []
    for name, r in rows:
        run = subprocess.run([sys.argv[1], "check", "--json", os.path.join(ROOT, "doc", "coverage", name)],
                             capture_output=True, text=True)
        errors = [x for x in map(json.loads, run.stdout.splitlines()) if x.get("severity") == "error"]
        tests.append((run.returncode in (0, 1) and not errors, "%s is read without an error" % name, errors[:3]))
        tests.append((not r["faults"], "%s says of each kind whether it is observed and stated" % name, r["faults"]))
    tests.append((page == new or sys.argv[2:] == ["update"], "doc/coverage.md has the numbers", "run count.py … update"))
    seen, said = sum(r["observable"] for _, r in rows), sum(r["said"] for _, r in rows)
    tests.append((len(rows) >= 12 and said * 10 >= seen * 9, "nine in ten of what can be observed, in twelve or more", (said, seen)))
    print("1..%d" % len(tests))
    for i, (ok, what, why) in enumerate(tests, 1):
        print("%s %d - %s" % ("ok" if ok else "not ok", i, what))
        if not ok:
            print("# %s" % (why,))
    return 0 if all(t[0] for t in tests) else 1


sys.exit(main())
