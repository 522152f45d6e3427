#!/usr/bin/env python3
"""Say which files are over 700 lines: one file holds one idea.  Exit 1 when there is one.

Functions are measured by clang-tidy (readability-function-size)."""
import subprocess
import sys

LIMIT = 700
names = subprocess.run(["git", "ls-files", "*.c", "*.h", "*.py"], capture_output=True, text=True, check=True)
long = 0
for name in names.stdout.split():
    with open(name, encoding="utf-8") as f:
        lines = sum(1 for _ in f)
    if lines > LIMIT:
        print("%s: %d lines (at most %d)" % (name, lines, LIMIT))
        long += 1
sys.exit(1 if long else 0)
