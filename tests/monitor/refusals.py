#!/usr/bin/env python3
"""Golden refusals of formulas: what is said, with its caret, and that what is proposed is accepted.

usage: refusals.py TRUCE REFUSALS.  TAP.  refusals.txt holds, for each formula, `## ` and the formula, what `truce monitor -check`
says, and `-> ` and the formula mended as it was told.  REFUSALS=write makes the middle anew."""
import os
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
from tap import case, equal, main, run  # noqa: E402

TRUCE, PATH = sys.argv[1], pathlib.Path(sys.argv[2])
SIG = "fire(int,int)\nconsent(int)\nhalt()\nnote(string,int)\nlevel(int,float)\n"


def check(folder, formula):
    folder = pathlib.Path(folder)
    (folder / "sig").write_text(SIG)
    (folder / "formula").write_text(formula)
    r = run(TRUCE, "monitor", "-sig", folder / "sig", "-formula", folder / "formula", "-check")
    return r.code, r.err.replace(str(folder) + "/", "")


def cases():
    """(formula, what is said, mended)"""
    for text in PATH.read_text().split("## ")[1:]:
        head, rest = text.split("\n", 1)
        said, mended = rest.rsplit("-> ", 1)
        yield head, said, mended.strip()


if os.environ.get("REFUSALS") == "write":
    with tempfile.TemporaryDirectory() as where:
        new = "".join("## %s\n%s-> %s\n\n" % (formula, check(where, formula)[1], mended)
                      for formula, _, mended in cases())
    PATH.write_text(new)

for formula, said, mended in cases():
    def refused(folder, formula=formula, said=said, mended=mended):
        equal(check(folder, formula), (1, said), "refusal")
        equal(check(folder, mended), (0, ""), "what is proposed: " + mended)
    refused.__doc__ = formula
    case(refused)

main()
