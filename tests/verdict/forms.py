#!/usr/bin/env python3
"""Each form of doc/semantics.md has random cases for the judge, and each sort of case is named there.
usage: forms.py SOURCE-ROOT.  TAP.

Forms are the rows of the tables with a column "judged by"; cases are the groups of test_judge.c and the forms of
test_forms.c."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
HERE = ROOT / "tests" / "verdict"


def cases():
    found = set(re.findall(r"^PATTERN_TESTS\((\w+),", (HERE / "test_judge.c").read_text(), re.M))
    text = (HERE / "test_forms.c").read_text()
    table = text[text.index("forms[] = {"):text.index("#define FORMS")]
    return found | set(re.findall(r'^    \{"(\w+)"', table, re.M))


def forms():
    """(name of the form, its cases) for each row of the tables."""
    inside = False
    for line in (ROOT / "doc" / "semantics.md").read_text(encoding="utf-8").splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and cells[-1] == "judged by":
            inside = True
        elif not cells:
            inside = False
        elif inside and not line.startswith("| ---"):
            yield cells[0], [c for c in re.split(r",\s*", cells[-1]) if c]


def main():
    known, rows = cases(), list(forms())
    bare = [name for name, by in rows if not by]
    strange = sorted({c for _, by in rows for c in by} - known)
    unnamed = sorted(known - {c for _, by in rows for c in by})
    patterns = {n for name, _ in rows for n in re.findall(r"\d+", re.match(r"[\d, ]*", name).group(0))}
    missing = sorted(set(map(str, range(1, 18))) - patterns - {"14", "16"})  # these two have tables of their own
    checks = [("the tables are found", len(rows) > 30 and len(known) > 20, (len(rows), len(known))),
              ("each form is judged", not bare, bare), ("each case that is named exists", not strange, strange),
              ("each sort of case is named", not unnamed, unnamed),
              ("each row of the patterns stands in a table", not missing, missing)]
    print("1..%d" % len(checks))
    for i, (name, good, what) in enumerate(checks, 1):
        print("%sok %d - %s" % ("" if good else "not ", i, name))
        if not good:
            print("#", what)
    return 0


sys.exit(main())
