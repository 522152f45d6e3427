#!/usr/bin/env python3
"""All benchmarks, one after the other: ./dev bench [PART [OPTION…]].

A part is a script of this folder with a `main` of its own; without a part, all run with their defaults (`explain` is
in `monitor`).
"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
HELPERS = {"run", "gen", "measure", "reports"}


def main():
    parts = sorted(p.stem for p in HERE.glob("*.py") if p.stem not in HELPERS)
    chosen, options = [p for p in parts if p != "explain"], []
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        if sys.argv[1] not in parts:
            sys.exit("bench: no part \"%s\"; there are: %s" % (sys.argv[1], " ".join(parts)))
        chosen, options = [sys.argv[1]], sys.argv[2:]
    elif len(sys.argv) > 1:
        sys.exit(__doc__.strip() + "\nparts: " + " ".join(parts))
    status = 0
    for part in chosen:
        print("== %s" % part, flush=True)
        status |= subprocess.run([sys.executable, HERE / (part + ".py")] + options, check=False).returncode
    return status


sys.exit(main())
