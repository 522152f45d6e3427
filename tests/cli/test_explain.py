#!/usr/bin/env python3
"""truce explain: every pattern in four languages, as text, Markdown, a page, JSON and a calendar.

usage: test_explain.py TRUCE-AGREEMENT SOURCE-ROOT
The golden texts stand in tests/cli/explain; TRUCE_GOLDEN=write makes them anew.
"""
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.dirname(__file__))
from tap import case, equal, has, lacks, main, run  # noqa: E402

TRUCE, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
HERE = ROOT / "tests" / "cli" / "explain"
EVERY = HERE / "every.md"
LANGUAGES = ("en", "uk", "ru", "fr")
HEAD = """# T

```truce
agreement "%s" in force from 2025-03-01 00:00%s; time zone Europe/Kyiv; day 1 is 2025-03-01%s.
party north. party south.
event fire (by party), verb fires, fired, firing.
event move (by party), verb moves, moved, moving.
%s
```
"""


def explain(*words, code=0, **more):
    done = run(TRUCE, "explain", *words, **more)
    equal(done.code, code, done.err)
    return done.out


def golden(name, text):
    path = HERE / name
    if os.environ.get("TRUCE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    equal(text.splitlines(), path.read_text(encoding="utf-8").splitlines(), name)


def small(folder, sentences, title="T", until="", more=""):
    path = pathlib.Path(folder) / "a.md"
    path.write_text(HEAD % (title, until, more, sentences), encoding="utf-8")
    return path


@case
def in_four_languages(folder):
    """every pattern reads as the golden texts have it, in four languages"""
    for code in LANGUAGES:
        text = explain("--lang", code, EVERY)
        golden("every.%s.txt" % code, text)
        rest = re.sub(r"ONCE\[[^]]*\]", "", text)  # of formulas as they are written
        assert "{" not in rest and "[" not in rest and "|gen" not in rest, code
        assert not re.search("[\ue000-\uf8ff\ufffd]", text), code
    equal(explain(EVERY), explain("--lang", "en", EVERY))


@case
def deadlines_and_matrix(folder):
    """deadlines and who owes what to whom, in four languages"""
    for code in LANGUAGES:
        golden("deadlines.%s.txt" % code, explain("--lang=" + code, "--deadlines", EVERY))
        golden("matrix.%s.txt" % code, explain("--lang=" + code, "--matrix", EVERY))


@case
def markdown(folder):
    """Markdown as the golden texts have it; users' marks are made plain"""
    for code in ("en", "uk"):
        golden("every.%s.expected-md" % code, explain("--lang", code, "--markdown", "-", EVERY))
    path = small(folder, "provision a_b: north must not fire.", "*bold* <b>")
    text = explain("--markdown", "-", path)
    has(text, r"# \*bold\* \<b\>")
    has(text, r"provision a\_b")


@case
def any_width(folder):
    """tables fit any width"""
    for view in ("--matrix", "--deadlines"):
        for width in (20, 33, 60, 80, 120, 300):
            for line in explain(view, "--lang", "uk", "--width", width, EVERY).splitlines():
                shown = sum(unicodedata.combining(c) == 0 for c in line)
                assert shown <= width, (view, width, line)


@case
def authentic_or_not(folder):
    """a translation is labelled unless the agreement says that the language is authentic"""
    plain = small(folder, "provision p: north must not fire.")
    has(explain("--lang", "fr", plain), "Cette traduction ne fait pas foi")
    lacks(explain(plain), "authentic")
    both = small(folder, "provision p: north must not fire.", more="; authentic in Ukrainian and French")
    for code in ("uk", "fr"):
        text = explain("--lang", code, both)
        lacks(text, "не є автентичним")
        lacks(text, "ne fait pas foi")
        head = json.loads(explain("--lang", code, "--json", both).splitlines()[0])
        equal((head["authentic"], head["language"]), (True, code))
    has(explain("--lang", "ru", both), "не является аутентичным")
    for view in ("--html", "--markdown", "--ics"):
        has(explain("--lang", "ru", view, "-", EVERY).replace("\r\n ", ""), "не является аутентичным")


class Page(html.parser.HTMLParser):
    VOID = ("meta", "br", "hr", "link", "img")

    def __init__(self):
        super().__init__()
        self.open, self.text, self.outside = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)
        self.outside += [v for k, v in attrs if k in ("src", "href") and v and not v.startswith("#")]
        assert tag not in ("script", "img", "iframe"), tag

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, tag

    def handle_data(self, data):
        if self.open and self.open[-1] != "style":
            self.text.append(data)


@case
def page(folder):
    """the page is whole, needs nothing from outside, and escapes what users wrote"""
    path = small(folder, 'note "<img src=x onerror=alert(1)>".\nprovision p: north must not fire.',
                 title="</title><script>alert(2)</script> שלום")
    for source, code in ((EVERY, "uk"), (path, "en")):
        out = pathlib.Path(folder) / "p.html"
        equal(explain("--lang", code, "--html", out, source), "")
        text = out.read_text(encoding="utf-8")
        parsed = Page()
        parsed.feed(text)
        parsed.close()
        equal((parsed.open, parsed.outside), ([], []))
        has(text, '<html lang="%s"' % code)
        has(text, "prefers-color-scheme: dark")
        has(text, "@media print")
        has(text, 'dir="auto"')
    has("".join(parsed.text), "<img src=x onerror=alert(1)>")
    clauses = explain("--html", "-", EVERY)
    assert clauses.index("Article 1") < clauses.index("Article 2") < clauses.index('id="deadlines"')


@case
def json_lines(folder):
    """JSON has the agreement, then each provision with all that is known of it"""
    lines = [json.loads(x) for x in explain("--json", EVERY).splitlines()]
    equal(lines[0]["agreement"], "Every pattern")
    equal((lines[0]["from"], lines[0]["until"]), ("2025-03-01T00:00:00+02:00", "2025-06-30T23:59:59+03:00"))
    by = {x["provision"]: x for x in lines if "provision" in x}
    text = EVERY.read_text(encoding="utf-8")
    wanted = re.findall(r"^provision (\w+)(?:.*?)(?=^provision|^```)", text, re.M | re.S)
    equal(len(by), len(wanted) + text.count("otherwise") + text.count("```formula"))  # one in two versions
    equal([x["pattern"] for x in by.values()].count("duty"), 12)
    equal(by["handed"]["dates"],
          [{"name": "deadline", "at": "2025-03-14T23:59:59+02:00", "reading": 'as "counted by north" by north'},
           {"name": "deadline", "at": "2025-03-16T23:59:59+02:00", "reading": 'as "counted by south" by south'}])
    equal(by["patrols"]["every"], "7 days")
    equal(by["jointly"]["together"], True)
    equal(by["told"]["depends_on"], ["ceasefire"])
    equal(by["told"]["deadline_depends_on_an_event"], True)
    has(by["ceasefire"]["text"], "Nobody fires")
    equal(len([x for x in lines if "in_force" in x]), 3)
    rows = [json.loads(x) for x in explain("--matrix", "--json", EVERY).splitlines()]
    equal([(r["who"], r["to"], r["to_is_stated"], r["verified_by"], r["filed"])
           for r in rows if r["provision"] == "ahead"],
          [(["north"], ["mission"], True, [], True), (["south"], ["mission"], True, [], True)])
    equal([(r["to"], r["to_is_stated"], r["verified_by"]) for r in rows if r["provision"] == "ceasefire"],
          [(["south"], False, ["mission"]), (["north"], False, ["mission"])])
    due = [json.loads(x) for x in explain("--deadlines", "--json", EVERY).splitlines()]
    dated = [x["at"] for x in due if x["at"]]
    equal(dated, sorted(dated))
    equal({x["provision"] for x in due if not x["at"]}, 
          {"ahead", "after_fire", "told", "react", "react_otherwise", "between", "back", "accounts", "chain",
           "chain_otherwise", "chain_of_other", "chain_of_other_otherwise"})


READER = """
import icalendar, json, sys
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
assert not calendar.errors
events = []
for e in calendar.walk("VEVENT"):
    assert not e.errors, e.errors
    events.append([str(e["UID"]), e["DTSTART"].dt.isoformat(), str(e["SUMMARY"]), str(e["DESCRIPTION"]),
                   e["DTSTAMP"].dt.isoformat()])
print(json.dumps(events))
"""


def events(*words):
    """What a reader that is not ours finds in the calendar (Debian: python3-icalendar)."""
    env = dict(os.environ, SOURCE_DATE_EPOCH="1740000000")
    raw = subprocess.run([TRUCE, "explain", "--ics", "-", *map(str, words)], capture_output=True, env=env,
                         check=True).stdout
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line and b"\r" not in line, line
        line.decode("utf-8")
    for python in (sys.executable, "/usr/bin/python3"):
        read = subprocess.run([python, "-c", READER], input=raw, capture_output=True, check=False)
        if b"No module named" not in read.stderr:
            break
    equal(read.returncode, 0, read.stderr)
    return json.loads(read.stdout)


@case
def calendar(folder):
    """a calendar that another program reads: UTC, a disputed date once for each reading"""
    found = events(EVERY)
    equal({e[4] for e in found}, {"2025-02-19T21:20:00+00:00"})
    equal(len({e[0] for e in found}), len(found))
    handed = [e for e in found if "handed" in e[2]]
    equal([e[1] for e in handed], ["2025-03-14T21:59:59+00:00", "2025-03-16T21:59:59+00:00"])
    has(handed[0][2], "counted by north")
    has(handed[1][2], "counted by south")
    patrols = [e[1] for e in found if e[2].startswith("Deadline: patrols")]
    equal(len(patrols), 17)  # 122 days, by 7
    equal((patrols[3], patrols[4]), ("2025-03-28T21:59:59+00:00", "2025-04-04T20:59:59+00:00"))  # summer time between
    for code in LANGUAGES[1:]:
        equal([e[:2] for e in events("--lang", code, EVERY)], [e[:2] for e in found], code)


@case
def calendar_escapes(folder):
    """a calendar keeps commas, semicolons, backslashes and any script, and a UID while the date moves"""
    title = "Ä, ö; ü " + "угода про все " * 9
    one = events(small(folder, "provision p: north must move by 2025-03-09.", title))
    two = events(small(folder, "provision p: north must move by 2025-04-09.", title))
    other = events(small(folder, "provision q: north must move by 2025-04-09.", title))
    equal(one[0][0], two[0][0])
    assert one[0][1] != two[0][1] and other[0][0] != two[0][0]
    has(one[0][3], "north must move by 2025-03-09\n")
    long = events(small(folder, "provision p: north must move every 2 days."))
    equal(len(long), 183)
    has(long[0][3], "The series goes on")


@case
def wrong_uses(folder):
    """wrong uses are told, with how it is used"""
    cases = [
        (("--lang", "de", EVERY), "--lang is en, uk, ru or fr"),
        (("--lang", EVERY), "which agreement?"),
        (("--matrix", "--deadlines", EVERY), "exclude one another"),
        (("--formula", "--json", EVERY), "--formula is no JSON"),
        (("--html", "-", "--ics", "-", EVERY), "only one thing can go to standard output"),
        (("--html", "-", "--json", EVERY), "only one thing can go to standard output"),
        (("--width", "7", "--matrix", EVERY), "--width is a number of columns"),
        (("--ical", EVERY), "--ical"),
        ((), "which agreement?"),
    ]
    for words, told in cases:
        done = run(TRUCE, "explain", *words)
        equal((done.code, done.out), (2, ""), words)
        has(done.err, told)
        has(done.err, "usage: truce explain")
    equal(run(TRUCE, "explain", "--help").code, 0)
    done = run(TRUCE, "explain", pathlib.Path(folder) / "none.md")
    equal(done.code, 2)
    done = run(TRUCE, "explain", "--html", pathlib.Path(folder) / "no" / "x.html", EVERY)
    equal(done.code, 3)
    bad = small(folder, "provision p: north must run.")
    equal(run(TRUCE, "explain", bad).code, 1)


main()
