"""From an agreement's sentences and simulated reports to verdicts, through the command.

    rows = judged(truce, folder, sentences, [("fire", "2025-03-02 10:00", "north", {})], at="2025-03-05")
    rows["ceasefire/north"]["verdict"]

A report is (kind, time, who, attributes); of its attributes `to` ends a state or a span, `recorded` is the
time of its record, and `lat`, `lon` or `area` say where it was;
`to:` is an attribute that is called to.  What is observed is covered from 2025-01-01 to 2031-01-01 unless covered is
False.  The mapping is made from the reports."""
import csv
import json
import pathlib
from tap import equal, run

HEAD = """# T

## Article 1

```truce
agreement "Simulated" signed 2025-02-01; %s; time zone Europe/Kyiv%s.
party north. party south. body mission. body commission. guarantor hand.
"""
OWN = ("to", "recorded", "lat", "lon", "area")


def kinds_of(reports):
    found = {}
    for kind, _, _, more in reports:
        found.setdefault(kind, set()).update(k for k in more if k not in OWN)
    return found


def places(reports, kind):
    said = {k for x, _, _, more in reports if x == kind for k in more}
    point = 'the place is the point at latitude column "lat" and longitude column "lon".'
    return [point] * ("lat" in said) + ['the area is column "area".'] * ("area" in said)


def write_reports(folder, reports, zone="Europe/Kyiv", covered=True, observed=(), body="mission"):
    """The reports beside an agreement, as a table and the mapping that reads it."""
    found = kinds_of(reports)
    names = ["id", "kind", "when", "who"] + list(OWN) + sorted({a for attributes in found.values() for a in attributes})
    with open(folder / "reports.csv", "w", newline="", encoding="utf-8") as f:
        out = csv.DictWriter(f, names)
        out.writeheader()
        for i, (kind, when, who, more) in enumerate(reports):
            out.writerow({"id": i, "kind": kind, "when": when, "who": who, "to": when, "recorded": when, **more})
        if covered and observed:
            out.writerow({"id": "c", "kind": "coverage", "when": covered if covered is not True else "2025-01-01",
                          "to": "2031-01-01"})
    lines = ['reports from "reports.csv" are csv.', "dates are year first.", "time zone %s." % zone,
             'note "The reports are simulated.".', 'each report is known by column "id".',
             "the grade is seen."]
    for kind, attributes in found.items():
        spans = any(k == kind and "to" in more for k, _, _, more in reports)
        lines += ['each row where column "kind" is "%s" is a %s.' % (kind, kind),
                  'the time is from column "when" to column "to".' if spans
                  else 'the time is column "when".', 'the record time is column "recorded".']
        if any(k == kind and who for k, _, who, _ in reports):
            lines.append('the actor is column "who".')
        lines += places(reports, kind) + ['%s is column "%s".' % (a.rstrip(":"), a) for a in sorted(attributes)]
    if covered and observed:
        lines += ['each row where column "kind" is "coverage" is coverage.',
                  'the time is from column "when" to column "to".', "the zone is everywhere.",
                  "it covers %s." % " and ".join(observed), "it is by %s." % body]
    (folder / "reports.mapping.md").write_text(
        "# How the simulated reports are read\n\n```mapping\n" + "\n".join(lines) + "\n```\n",
        encoding="utf-8")


def write(folder, sentences, reports, term="in force from 2025-03-01 00:00 until 2026-03-01", head="", **more):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    (folder / "agreement.md").write_text(HEAD % (term, head) + sentences + "\n```\n", encoding="utf-8")
    write_reports(folder, reports, **more)
    return folder


def run_rows(truce, folder, at, to=None):
    done = run(truce, "run", str(folder), "--json", "--at", at, *(["--to", to] if to else []))
    equal(done.code, 0, done.err)
    rows = [json.loads(line) for line in done.out.splitlines() if line]
    return {x["id"]: x for x in rows if "verdict" in x}


def judged(truce, folder, sentences, reports, at, to=None, **more):
    return run_rows(truce, write(folder, sentences, reports, **more), at, to)
