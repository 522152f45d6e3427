#!/usr/bin/env python3
"""Confidential annexes: no output shows a word of them to one who may not read them; all is simulated.

usage: test_confidential.py TRUCE-AGREEMENT
"""
import os
import pathlib
import re
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import case, equal, has, lacks, main, run  # noqa: E402

TRUCE = os.path.abspath(sys.argv[1])

# Every word of the annexes that could give something away holds "canary".
PUBLIC = """# A simulated agreement

## Article 1

Nobody fires.

```truce
agreement "A simulated agreement" signed 2025-02-27; in force from 2025-03-01 00:00 until 2025-04-01 00:00; time zone UTC.
party north. party south. body mission.
event fire (by party), verb fires, fired, firing.
zone yard is area "Yard".
provision ceasefire: each party must not fire.
%s
```

"""
ANNEX = """## Annex B

Canaryprose: the store lies at Canarytown.

```truce
%s
third party canarystate "The canary guests".
zone canaryzone is area "Canarytown".
event canarymove (by actor), in a zone, verb canarymove, canarymoves, canarymoved, canarymoving.
provision canaryduty: each party must canarymove in canaryzone by 2025-03-10.
provision canaryreply: if ceasefire is violated by one party, then canarystate must canarymove within 24 hours.
date canaryday is 2025-03-20.
provision canarylate: canarystate must canarymove by canaryday.
note "A canary note.".
```

### Canarysub

```truce
provision canaryban: north must not canarymove before 2025-03-05.
```

"""
TAIL = """## Article 9

The mission patrols.

```truce
event patrol (by body), verb patrols, patrolled, patrolling.
provision patrols: mission must patrol every 7 days.
```
"""
TOLD = 'annex "Annex B", confidential to north and mission.'
HIDDEN = 'annex "Annex B", confidential to north and mission, and so is that it exists.'
MAPPING = """# %s

```mapping
reports from "%s" are csv.
dates are year first.
time zone UTC.
each report is known by column "id".
the grade is seen.
each row where column "kind" is "%s" is a %s.
the time is column "when".
the actor is column "who".
```
"""


def write(folder, told=TOLD, public="", annex=ANNEX, head=PUBLIC):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    (folder / "agreement.md").write_text(head % public + annex % told + TAIL, encoding="utf-8")
    (folder / "reports.csv").write_text("id,kind,when,who\n1,fire,2025-03-02 10:00,north\n", encoding="utf-8")
    (folder / "reports.mapping.md").write_text(MAPPING % ("Reports", "reports.csv", "fire", "fire"), encoding="utf-8")
    (folder / "b.csv").write_text("id,kind,when,who\nc,canarymove,2025-03-02 12:00,canarystate\n", encoding="utf-8")
    (folder / "b.confidential.mapping.md").write_text(
        MAPPING % ("Annex B: canary reports", "b.csv", "canarymove", "canarymove"), encoding="utf-8")
    return folder


def commands(folder, other):
    """Every command that shows an agreement or its verdicts, with where it writes."""
    plain = str(folder / "agreement.md")
    page, text, calendar = (str(folder / name) for name in ("x.html", "x.mdown", "x.ics"))
    yield ["explain", plain], None
    for option in ("--json", "--formula", "--deadlines", "--matrix"):
        yield ["explain", option, plain], None
    for lang in ("uk", "ru", "fr"):
        yield ["explain", "--lang", lang, plain], None
    yield ["explain", "--deadlines", "--json", plain], None
    yield ["explain", "--matrix", "--json", plain], None
    yield ["explain", "--html", page, "--markdown", text, "--ics", calendar, plain], (page, text, calendar)
    yield ["run", str(folder), "--no-colour"], None
    yield ["run", str(folder), "--json"], None
    yield ["run", str(folder), "--csv"], None
    yield ["run", str(folder), "--set-aside"], None
    yield ["run", str(folder), "--html", page], (page,)
    for provision in ("ceasefire", "patrols"):
        yield ["why", str(folder), provision], None
        yield ["why", str(folder), provision, "--json", "--proof"], None
    yield ["why", str(folder), "nothing"], None
    yield ["diff", plain, str(other)], None
    yield ["diff", "--json", str(other), plain], None


def shown(words, files, *more):
    done = run(TRUCE, *words, *more)
    parts = [done.out, done.err] + [pathlib.Path(f).read_text(encoding="utf-8") for f in files or ()]
    return done, "\n".join(parts)


@case
def nothing_is_shown(folder):
    """no output holds a word of an annex that its reader may not read"""
    for i, told in enumerate((TOLD, HIDDEN)):
        here = write("%s/%d" % (folder, i), told)
        other = here / "other.md"
        other.write_text((here / "agreement.md").read_text(encoding="utf-8").replace("2025-03-10", "2025-03-12")
                         .replace("every 7 days", "every 8 days"), encoding="utf-8")
        seen = 0
        for k, (words, files) in enumerate(commands(here, other)):
            if told is HIDDEN and k % 2:
                continue
            for more in ([], ["--reader", "south"])[:1 if k % 4 else 2]:
                done, text = shown(words, files, *more)
                assert done.code in (0, 1) or "nothing" in words, (words, text)
                lacks(text.lower(), "canary")
                if told is HIDDEN:
                    lacks(text, "Annex B")
                    lacks(text.lower(), "confidential")
            if told is TOLD:
                more = (["--include-confidential"], ["--reader", "north"], ["--reader", "mission"])[k % 3]
                seen += "canary" in shown(words, files, *more)[1].lower()
        assert seen >= 15 or told is HIDDEN, seen


@case
def that_it_exists(folder):
    """that an annex is confidential, and to whom, is told; unless that is confidential too"""
    here = write(folder + "/a")
    for words in (["explain", str(here / "agreement.md")], ["run", str(here)], ["run", str(here), "--html", "-"]):
        if words[-1] == "-":
            run(TRUCE, "run", str(here), "--html", str(here / "x.html"))
            text = (here / "x.html").read_text(encoding="utf-8")
        else:
            text = run(TRUCE, *words).out
        has(text, "Annex B is confidential to north and mission")
    # what follows keeps its line
    line = [i for i, x in enumerate((here / "agreement.md").read_text().splitlines(), 1) if "provision patrols" in x][0]
    has(run(TRUCE, "why", here, "patrols", "--json").out, '"line": %d' % line)


@case
def it_is_monitored(folder):
    """what stands in an annex is judged for those who may read it, and only for them"""
    here = write(folder)
    rows = re.findall(r'"id": "([^"]+)".*?"verdict": "([^"]+)"', run(TRUCE, "run", here, "--json", "--reader", "north").out)
    found = dict(rows)
    equal(found["ceasefire/north"], "violated")
    equal(found["canarylate/canarystate"], "complied")  # by a report of the annex's own mapping
    public = dict(re.findall(r'"id": "([^"]+)".*?"verdict": "([^"]+)"', run(TRUCE, "run", here, "--json").out))
    equal({k: v for k, v in found.items() if "canary" not in k}, public)
    done = run(TRUCE, "why", here, "canaryduty")
    equal(done.code, 2)
    lacks(done.err.replace('"canaryduty"', ""), "canary")
    has(run(TRUCE, "why", here, "canaryduty", "--include-confidential").out, "canary")
    done = run(TRUCE, "run", here, "--reader", "nobody")
    equal(done.code, 2)
    has(done.err, 'nobody in the agreement is called "nobody"')


REFUSED = [
    ("provision after_it: if canaryduty is violated, then mission must patrol within 24 hours.", "", "confidential-named",
     "without the confidential annex"),
    ("", "provision canaryexcuse: despite ceasefire, each party may fire only if north has fired.", "confidential-effect",
     "changes how what stands outside it is judged"),
    ("", "ceasefire is suspended while 2025-03-05 has come.", "confidential-effect", "changes how"),
    ("", "agreement is terminated when north has fired.", "confidential-effect", "changes how"),
    ("", "event canaryshot is a fire, verb canaryshoot.", "confidential-effect", "changes how"),
    ("", 'amendment 1, agreed by each party, in force from 2025-03-10: ceasefire is repealed; '
         'violations before 2025-03-10 stand.', "confidential-effect", "changes how"),
    ("", "provision canarypower: mission may excuse ceasefire.", "confidential-effect", "changes how"),
    ("", "ground canaryground. provision canaryplea: each party may justify ceasefire by canaryground, shown to mission "
         "within 24 hours.", "confidential-effect", "changes how"),
    ("", "fire counts when seen.", "confidential-effect", "changes what stands outside it"),
    ("", "party canaryparty.", "confidential-effect", "changes what stands outside it"),
    ("", "coverage of fire counts when by mission.", "confidential-effect", "changes what stands outside it"),
    ("filed state consent (of party).", "north consents to mission.", "confidential-effect", "changes how"),
    ('annex "Annex B", confidential to south.', "", "twice", "who may read this annex is stated twice"),
    ('annex "Annex C", confidential to south.', "", "unknown-article", 'no heading begins with "Annex C"'),
    ("annex.", "", "expected", "which annex is missing"),
    ('annex "Annex B".', "", "expected", '"confidential to" is missing'),
]


@case
def refusals(folder):
    """what would let an annex out, or let it change what all may read, is refused"""
    for i, (public, inside, code, what) in enumerate(REFUSED):
        here = write("%s/%d" % (folder, i), public=public, told=TOLD + "\n" + inside)
        if "annex" in public:
            here = write("%s/%d" % (folder, i), public=public, told="" if code != "twice" else TOLD)
        done = run(TRUCE, "check", here / "agreement.md")
        equal(done.code, 1, (public, inside, done.out, done.err))
        has(done.err, "[%s]" % code)
        has(done.err, what)
        if "annex" in public:
            continue
        for words in (["run", here], ["explain", here / "agreement.md"])[i % 4:]:  # errors are counted only
            done = run(TRUCE, *words)
            assert done.code in (1, 2), done.out
            lacks((done.out + done.err).lower(), "canary")
            has(done.err, "which are not shown here")
            has(done.err, "[confidential-errors]")
    here = write(folder + "/r", told='annex "Annex B", confidential to canarystate.')
    has(run(TRUCE, "check", here / "agreement.md").err, "[confidential-reader]")
    here = write(folder + "/h", told="", public=HIDDEN)
    has(run(TRUCE, "check", here / "agreement.md").err, "[confidential-told]")
    codes = {code for _, _, code, _ in REFUSED}
    assert codes >= {"confidential-named", "confidential-effect"}, codes


@case
def several(folder):
    """each reader gets the annexes that it may read"""
    more = ANNEX.replace("Annex B", "Annex C").replace("anary", "anarc").replace("Canarcsub", "Sub")
    text = (PUBLIC % "" + ANNEX % TOLD + more % 'annex C, confidential to each party.' + TAIL)
    path = pathlib.Path(folder) / "a.md"
    path.write_text(text, encoding="utf-8")
    equal(run(TRUCE, "check", path).code, 0, run(TRUCE, "check", path).err)
    for reader, b, c in (("north", True, True), ("south", False, True), ("mission", True, False)):
        out = run(TRUCE, "explain", "--reader", reader, path).out.lower()
        equal(("canary" in out, "canarc" in out), (b, c), reader)


if __name__ == "__main__":
    main()
