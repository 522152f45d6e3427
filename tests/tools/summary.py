#!/usr/bin/env python3
"""Sum the TAP lines of Meson test logs: `N passed, N failed[, N skipped]` is the last line.

usage: summary.py BUILD_FOLDER…

A program that ends badly without a failed line of its own (a crash, a timeout, a sanitizer's report)
counts as one failure.
"""
import json
import pathlib
import sys


def count(test):
    passed = failed = skipped = 0
    for line in test.get("stdout", "").splitlines():
        line = line.strip()
        if line.startswith("not ok"):
            failed += 1
        elif line.startswith("ok"):
            if "# skip" in line.lower():
                skipped += 1
            else:
                passed += 1
    if test["result"] not in ("OK", "SKIP") and failed == 0:
        failed = 1
    if test["result"] == "OK" and passed + skipped == 0:
        passed = 1
    if test["result"] == "SKIP" and skipped == 0:
        skipped = 1
    return passed, failed, skipped


def main():
    total = [0, 0, 0]
    for folder in sys.argv[1:]:
        log = pathlib.Path(folder) / "meson-logs" / "testlog.json"
        for name in sorted(log.parent.glob("testlog*.json")):
            for line in name.read_text(encoding="utf-8", errors="replace").splitlines():
                test = json.loads(line)
                counts = count(test)
                total = [a + b for a, b in zip(total, counts)]
                if counts[1]:
                    print("failed: %s (%s)" % (test["name"], test["result"]))
    passed, failed, skipped = total
    print("%d passed, %d failed%s" % (passed, failed, ", %d skipped" % skipped if skipped else ""))
    return 1 if failed or not passed else 0


sys.exit(main())
