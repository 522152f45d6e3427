#!/usr/bin/env python3
"""The agreed verdicts through the command itself.

usage: oracle.py TRUCE DATA KIND [PART PARTS]

DATA/KIND holds one folder a case with sig, formula, log and expected (tests/data/oracle/README.md says where
they come from).  KIND `clock` runs with -clock, and its intervals are compared second by second.  TAP.
"""
import pathlib
import re
import subprocess
import sys

LINE = re.compile(r"@(-?\d+) \(time point (\d+)\): (.*)")
SPAN = re.compile(r"\[(-?\d+),(-?\d+)\] (.*)")
TUPLE = re.compile(r'\(((?:[^()"]|"(?:[^"\\]|\\.)*")*)\)')
VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|[^,"]+')


def value(text):
    """Floats by value, to six significant digits; -0 is 0."""
    if re.fullmatch(r"-?\d+", text):
        return int(text)
    if text.startswith('"'):
        return text
    number = float(text)
    return 0 if number == 0 else float("%.6g" % number)


def tuples(body):
    body = body.strip()
    if body == "true":
        return {()}
    return {tuple(value(v) for v in VALUE.findall(t)) for t in TUPLE.findall(body)}


def points(text):
    """(time-stamp, time-point) -> tuples"""
    found = {}
    for line in text.splitlines():
        match = LINE.fullmatch(line)
        if not match:
            raise ValueError("no verdict line: " + line)
        key = int(match.group(1)), int(match.group(2))
        if key in found:
            raise ValueError("a second line for time-point %d" % key[1])
        found[key] = tuples(match.group(3))
    return found


def seconds(text):
    """second -> tuples, from lines of intervals, which must be maximal"""
    found, ends = {}, set()
    for line in text.splitlines():
        match = SPAN.fullmatch(line)
        if not match:
            raise ValueError("no interval line: " + line)
        first, last = int(match.group(1)), int(match.group(2))
        for item in tuples(match.group(3)):
            for at in range(first, last + 1):
                if item in found.setdefault(at, set()):
                    raise ValueError("twice at %d: %s" % (at, line))
                found[at].add(item)
            ends.add((first, last, item))
    for first, last, item in ends:
        if item in found.get(last + 1, ()):
            raise ValueError("not maximal: [%d,%d] %r" % (first, last, item))
    return found


def check(truce, case, clock):
    command = [truce, "monitor", "-sig", case / "sig", "-formula", case / "formula", "-log", case / "log"]
    done = subprocess.run(command + (["-clock"] if clock else []), capture_output=True, text=True, check=False,
                          timeout=60)
    if done.returncode:
        return "exit %d: %s" % (done.returncode, done.stderr.strip())
    expected = points((case / "expected").read_text())
    try:
        got = seconds(done.stdout) if clock else points(done.stdout)
    except ValueError as error:
        return str(error)
    if clock:
        expected = {key[0]: held for key, held in expected.items()}
    if got == expected:
        return None
    wrong = sorted(key for key in expected.keys() | got.keys() if expected.get(key) != got.get(key))
    return "at %s: expected %s, got %s" % (wrong[0], expected.get(wrong[0]), got.get(wrong[0]))


def main():
    truce, data, kind = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), sys.argv[3]
    part, parts = (int(sys.argv[4]), int(sys.argv[5])) if len(sys.argv) > 5 else (0, 1)
    cases = sorted(p for p in (data / kind).iterdir() if p.is_dir())[part::parts]
    bad = 0
    print("1..%d" % len(cases))
    for number, case in enumerate(cases, 1):
        problem = check(truce, case, kind == "clock")
        bad += problem is not None
        print("%s %d - %s/%s" % ("not ok" if problem else "ok", number, kind, case.name), flush=True)
        if problem:
            print("# " + problem.replace("\n", "\n# "))
    return 1 if bad or not cases else 0


sys.exit(main())
