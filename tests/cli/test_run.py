#!/usr/bin/env python3
"""truce run and truce why, from the folder of the 2015 case to verdicts, and with bad input.

usage: test_run.py TRUCE-AGREEMENT SOURCE-ROOT
"""
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import Skip, case, equal, has, lacks, main, run  # noqa: E402

TRUCE, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
MINSK = ROOT / "examples" / "minsk-ii"

AGREEMENT = """# Small accord

```truce
agreement "Small accord"
  in force from 2025-03-01 00:00 until 2025-03-11 00:00; time zone Europe/Kyiv.
party north.
party south.
event fire (by party), verb fire, fires, fired, firing.
fire counts when reported by 1 independent source.
note "A declared reading.".
```

## Article 1

Nobody fires.

```truce
provision silence: each of north and south must not fire.
```
"""
MAPPING = """# Rows

```mapping
reports from "events.csv" are csv.
dates are year first.
time zone Europe/Kyiv.
each row is a fire.
each report is known by column "id".
the days are from column "day" to column "day".
the actors are one of columns "who", written:
  – "N" is north
  – "S" is south.
the grade is reported.
the sources are column "source", split at ";".
```
"""


def small(folder, rows, name="events.csv"):
    """A mission of two files and a table."""
    root = pathlib.Path(folder)
    (root / "agreement.md").write_text(AGREEMENT, encoding="utf-8")
    (root / "events.mapping.md").write_text(MAPPING, encoding="utf-8")
    data = rows if isinstance(rows, bytes) else rows.encode()
    (root / name).write_bytes(data)
    return root


ROWS = "id,day,who,source\n1,2025-03-02,N,Agency\n2,2025-02-31,N,Agency\n3,2025-03-04,S,Agency\n"


def verdicts(*words):
    done = run(TRUCE, "run", *words, "--json")
    equal(done.code, 0, done.err)
    return [json.loads(line) for line in done.out.splitlines()]


@case
def minsk_agrees_with_the_count_by_hand(folder):
    done = run(TRUCE, "run", MINSK, "--json")
    equal(done.code, 0, done.err)
    lines = pathlib.Path(folder) / "lines.jsonl"
    lines.write_text(done.out, encoding="utf-8")
    checked = subprocess.run([sys.executable, ROOT / "tests/minsk/check.py", lines], capture_output=True,
                             text=True, check=False)
    equal(checked.returncode, 0, checked.stdout + checked.stderr)
    for line in done.out.splitlines():
        row = json.loads(line)
        equal(sum(n for k, n in row["days"].items() if k != "total"), row["days"]["total"], "days")
        assert row["attribution"].get("state") != "attributed", row["id"]
        for name in ("id", "clause", "zone", "reading", "reasons", "certain", "possible", "coverage", "level",
                     "next_deadline", "as_of", "final"):
            assert name in row, name


@case
def table_names_its_caveats(_folder):
    done = run(TRUCE, "run", MINSK, "--width", "120")
    equal(done.code, 0, done.err)
    equal(done.err, "", "standard error")
    for words in ("declared reading", "lower bounds", "not attributed", "truce why"):
        has(done.out, words)
    lacks(done.out, "\033")
    assert max(len(line) for line in done.out.splitlines()) <= 120


@case
def csv_has_the_same_verdicts(_folder):
    rows = verdicts(MINSK)
    done = run(TRUCE, "run", MINSK, "--csv")
    table = list(csv.DictReader(io.StringIO(done.out)))
    equal([r["id"] for r in table], [r["id"] for r in rows])
    equal([int(r["certain"]) for r in table], [r["certain"] for r in rows])


@case
def page_is_written_whole(folder):
    page = pathlib.Path(folder) / "page.html"
    equal(run(TRUCE, "run", MINSK, "--html", page).code, 0)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>") and text.endswith("</html>\n")
    assert len(text) < 2_000_000
    has(text, "declared reading")
    equal(os.listdir(folder), ["page.html"])


@case
def page_on_a_full_disk_leaves_nothing(folder):
    if os.path.exists("/dev/full"):
        done = run(TRUCE, "run", MINSK, "--html", "/dev/full")
        equal(done.code, 3)
        has(done.err, "No space left")
    done = run(TRUCE, "run", MINSK, "--html", os.path.join(folder, "none", "page.html"))
    equal(done.code, 3)
    has(done.err, "cannot write")
    equal(os.listdir(folder), [])


@case
def standard_output_on_a_full_disk_is_a_fault(_folder):
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([TRUCE, "run", MINSK, "--json"], stdout=full, stderr=subprocess.PIPE, check=False)
    equal(done.returncode, 3)


@case
def rows_that_do_not_fit_are_set_aside(folder):
    root = small(folder, ROWS)
    rows = {r["id"]: r for r in verdicts(root)}
    equal(rows["silence/north"]["certain"], 1)
    equal(rows["silence/all"]["days"]["violated"], 2)
    done = run(TRUCE, "run", root, "--json", "--set-aside")
    has(done.err, "1 row set aside")
    has(done.err, "events.csv:3:")
    has(run(TRUCE, "run", root, "--set-aside").out, "events.csv:3:")


@case
def ten_megabytes_of_garbage_are_met(folder):
    garbage = bytes((i * 7919 + (i >> 8) * 31) & 0xFF for i in range(1 << 16)) * 160
    done = run(TRUCE, "run", small(folder, garbage), "--json")
    assert done.code in (0, 2), done.code
    assert done.err.strip(), "nothing is said"
    done = run(TRUCE, "run", small(folder, b"id,day,who,source\n" + garbage), "--json")
    assert done.code in (0, 2), done.code
    assert done.err.strip(), "nothing is said"


@case
def a_missing_column_is_told(folder):
    done = run(TRUCE, "run", small(folder, "id,who,source\n1,N,A\n"))
    equal(done.code, 2)
    has(done.err, "day")


@case
def what_cannot_be_read_is_told(folder):
    for path in (folder, os.path.join(folder, "nothing.md")):
        done = run(TRUCE, "run", path)
        equal(done.code, 2)
        has(done.err, "cannot-read" if "cannot-read" in done.err else "read")
        equal(done.out, "")
    root = small(folder, ROWS)
    os.remove(root / "events.csv")
    os.mkdir(root / "events.csv")
    equal(run(TRUCE, "run", root).code, 2)


@case
def no_permission_is_told(folder):
    root = small(folder, ROWS)
    os.chmod(root / "agreement.md", 0)
    if os.access(root / "agreement.md", os.R_OK):
        raise Skip("root reads everything")
    done = run(TRUCE, "run", root)
    equal(done.code, 2)
    has(done.err, "ermission")


@case
def wrong_use_is_told(folder):
    root = small(folder, ROWS)
    for words, says in (((), "which agreement"), ((root, "--jsn"), "did you mean --json?"),
                        ((root, "--json", "--csv"), "exclude one another"),
                        ((root, "--width", "3"), "--width"), ((root, "--from"), "needs a value"),
                        ((root, "--from", "2025-02-30"), "no date or time that exists"),
                        ((root, "--from", "2025-03-09", "--to", "2025-03-02"), "after --to"),
                        ((root, "--to", "2024-01-01"), "before the agreement")):
        done = run(TRUCE, "run", *words)
        equal(done.code, 2, f"{words}: {done.err}")
        has(done.err, says)
        equal(done.out, "")


@case
def a_period_is_whole_local_days(folder):
    row = verdicts(small(folder, ROWS), "--from", "2025-03-02", "--to", "2025-03-03")[0]
    equal(row["from"], "2025-03-02T00:00:00+02:00")
    equal(row["to"], "2025-03-03T23:59:59+02:00")
    equal(row["days"]["total"], 2)


@case
def what_comes_after_the_term_does_not_move_the_time(folder):
    root = small(folder, ROWS + "9,2025-03-20,S,Agency\n")
    for words, at in (((), "2025-03-10T23:59:59+02:00"), (("--to", "2025-03-03"), "2025-03-10T23:59:59+02:00"),
                      (("--at", "2025-03-25"), "2025-03-25T23:59:59+02:00")):
        has(run(TRUCE, "run", root, *words).out, f"  at       {at}; what happened later is unknown")
    small(folder, ROWS)
    has(run(TRUCE, "run", root, "--to", "2025-03-03").out, "  at       2025-03-04T23:59:59+02:00")
    equal([r["certain"] for r in verdicts(root)], [2, 1, 1])


@case
def why_goes_from_the_article_to_the_report(folder):
    root = small(folder, ROWS)
    done = run(TRUCE, "why", root, "silence", "north")
    equal(done.code, 0, done.err)
    for words in ("Article 1", "Nobody fires.", "violated", "events.csv:2", "Agency"):
        has(done.out, words)
    lines = run(TRUCE, "why", root, "silence", "--json").out.splitlines()
    kinds = [s["kind"] for s in json.loads(lines[0])["steps"]]
    for kind in ("clause", "provision", "verdict", "report"):
        assert kind in kinds, kinds
    has(run(TRUCE, "why", root, "silence", "south", "--day", "2025-03-03").out, "unverified")


@case
def why_suggests_names(folder):
    root = small(folder, ROWS)
    for words, says in ((("silense",), "did you mean silence?"), (("silence", "nort"), "did you mean north?"),
                        (("silence", "north", "--reading", "x"), "no reading is called")):
        done = run(TRUCE, "why", root, *words)
        equal(done.code, 2)
        has(done.err, says)


@case
def right_to_left_names_go_through(folder):
    root = small(folder, ROWS.replace(",S,", ",س,"))
    for name in ("agreement.md", "events.mapping.md"):
        text = (root / name).read_text(encoding="utf-8")
        text = text.replace("south", "الجنوب").replace('"S"', '"س"')
        (root / name).write_text(text, encoding="utf-8")
    subjects = {r["subject"]: r["certain"] for r in verdicts(root)}
    equal(subjects, {"all": 2, "north": 1, "الجنوب": 1})
    page = root / "page.html"
    equal(run(TRUCE, "run", root, "--html", page).code, 0)
    has(page.read_text(encoding="utf-8"), "<bdi>الجنوب</bdi>")


@case
def same_input_gives_the_same_bytes(folder):
    root = small(folder, ROWS)
    other = pathlib.Path(folder) / "copy"
    shutil.copytree(root, other)
    equal(run(TRUCE, "run", ".", "--json", cwd=root).out, run(TRUCE, "run", ".", "--json", cwd=other).out)


@case
def a_violation_is_proved(folder):
    root = small(folder, ROWS)
    done = run(TRUCE, "why", root, "silence", "north", "--proof")
    equal((done.code, done.err), (0, ""))
    has(done.out, "    – s0: in force from 2025-03-01T00:00:00+02:00 to 2025-03-10T23:59:59+02:00\n"
                  "    – s1: fire by north, by its number in the record\n"
                  "    – s1(id) AND s0() holds from 2025-03-02T00:00:00+02:00 to 2025-03-02T23:59:59+02:00 for id = 0,\n      "
                  "since all of it does:\n"
                  "      – fact s1(0) from 2025-03-02T00:00:00+02:00 to 2025-03-02T23:59:59+02:00\n"
                  "      – fact s0() from 2025-03-02T00:00:00+02:00 to 2025-03-02T23:59:59+02:00\n")
    lacks(run(TRUCE, "why", root, "silence", "north").out, "s1(id)")
    lines = json.loads(run(TRUCE, "why", root, "silence", "north", "--proof", "--json").out)
    equal([step["text"][:10] for step in lines["steps"] if step["kind"] == "proof"][:3],
          ["s0: in for", "s1: fire b", "s1(id) AND"])


main()
