#!/usr/bin/env python3
"""truce why: each verdict of the table once, in text and as JSON, to the letter.

usage: test_why.py TRUCE-AGREEMENT SOURCE-ROOT
The mission stands in tests/cli/why; the answers beside it.  TRUCE_GOLDEN=write makes them anew.
"""
import json
import os
import pathlib
import re
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import CASES, case, equal, has, main, run  # noqa: E402

TRUCE, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
HERE = ROOT / "tests" / "cli" / "why"
AT = ("--at", "2025-03-07T12:00")

# verdict: what is asked, and what the chain must reach: (kinds of steps, words)
VERDICTS = {
    "violated": (("silence", "south"), ("clause", "provision", "report"),
                 ("Neither side fires in the area", "fire f2 by south", "reports.csv:5", "meets the evidence rule")),
    "overdue": (("departure", "south"), ("clause", "provision", "absence"),
                ("Each side leaves within three days", "due by 2025-03-04T00:00:00+02:00", "100 % of this time was covered")),
    "possibly violated": (("silence", "south", "--day", "2025-03-05"), ("clause", "provision", "report"),
                          ("uncorroborated", "fire f3 by south", "does not meet the evidence rule")),
    "unverified": (("no_flights", "south"), ("clause", "provision"), ("The south does not fly", "no flight by south was reported")),
    "pending": (("ahead", "north"), ("clause", "provision"), ("2025-03-09T23:59:59+02:00",)),
    "waiting": (("after_leaving", "north"), ("clause", "provision"), ("its trigger has not come", "no leave by south was reported")),
    "excused": (("silence", "north", "--day", "2025-03-02"), ("clause", "provision", "report"),
                ("storm s1", "fire f1 by north", "the exception \"storm holds\"")),
    "complied": (("departure", "north"), ("clause", "provision"), ("leave l1 by north",)),
    "not in force": (("first_days", "mission", "--day", "2025-03-05"), ("clause", "provision"), ("until 2025-03-04",)),
}


def golden(name, text):
    path = HERE / name
    if os.environ.get("TRUCE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    equal(text.splitlines(), path.read_text(encoding="utf-8").splitlines(), name)


@case
def all_words_of_the_table(_folder):
    """the cases are the words that the program knows"""
    words = re.search(r"verdict_word.*?\{(.*?)\};", (ROOT / "src/verdict/words.c").read_text(), re.S).group(1)
    words = re.findall(r'"([^"]+)"', words.split("{")[-1])
    equal(sorted(VERDICTS), sorted(words))


@case
def rows_of_run(_folder):
    """the verdicts of all rows"""
    done = run(TRUCE, "run", ".", *AT, "--json", cwd=HERE)
    equal((done.code, done.err), (0, ""))
    got = [json.loads(line) for line in done.out.splitlines()]
    golden("rows.txt", "".join("%s: %s: %s\n" % (r["id"], r["verdict"], ", ".join(
        "%d %s" % (n, k) for k, n in r["days"].items() if n and k != "total")) for r in got))


@case
def time_before_a_date(_folder):
    """what was due by a date is looked for from the signature on, or from entry into force where none is stated"""
    done = run(TRUCE, "why", ".", "gone", "south", *AT, "--width", "100", cwd=HERE)
    equal((done.code, done.err), (0, ""))
    golden("by-a-date.txt", done.out)
    has(done.out, "from 2025-03-01T00:00:00+02:00 to 2025-03-05T23:59:59+02:00")


for verdict, (words, kinds, says) in VERDICTS.items():
    def one(_folder, verdict=verdict, words=words, kinds=kinds, says=says):
        text = run(TRUCE, "why", ".", *words, *AT, "--width", "100", cwd=HERE)
        equal((text.code, text.err), (0, ""))
        has(text.out.splitlines()[0], "%s, %s: %s" % (words[0], words[1], verdict))
        golden(verdict.replace(" ", "-") + ".txt", text.out)
        for part in says:
            has(" ".join(text.out.split()), part)
        done = run(TRUCE, "why", ".", *words, *AT, "--json", cwd=HERE)
        equal((done.code, done.err), (0, ""))
        lines = [json.loads(line) for line in done.out.splitlines()]
        equal([x["verdict"] for x in lines], [verdict])
        steps = [s["kind"] for s in lines[0]["steps"]]
        for kind in kinds:
            assert kind in steps, (kind, steps)
        golden(verdict.replace(" ", "-") + ".json", json.dumps(lines[0], indent=1, ensure_ascii=False) + "\n")
    one.__doc__ = "why it is " + verdict
    CASES.append(one)


main()
