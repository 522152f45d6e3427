"""The language server on mappings beside an agreement, by a client over standard input and output."""
import os
import pathlib
import sys

PROGRAM, ROOT = sys.argv[1], sys.argv[2]
sys.path[:0] = [os.path.join(ROOT, "tests", "cli"), os.path.join(ROOT, "tests", "lsp")]
from client import Client, apply, cut, find  # noqa: E402
from tap import case, equal, has, lacks, main, run  # noqa: E402

AGREEMENT = """# A

```truce
agreement "A" in force from 2025-03-01 00:00 until 2025-03-30 24:00; time zone UTC.
party north "North". party south "South". body mission.
zone belt is area "Belt".
event fire (by party, weapon text), in a zone, verb fire, fires, fired, firing.
event return_fire is a fire, verb return fire, returns fire, returned fire, returning fire.
everything counts when verified by mission.
provision settling: mission may decide disputes.
provision quiet: each party must not fire in belt.
provision reply: each party must not return fire in belt.
```
"""
# The names stand here in other meanings as well: a column, a word of a cell, a text.
MAPPING = """# Ж: how the reports of fire are read

```mapping
reports from "fire.csv" are csv.
note "belt, fire and north".
each report is known by column "fire".
each row where column "kind" is "fire" is a fire.
the time is column "when".
the actor is column "north", written:
  – "north" is north
  – "s" is south.
weapon is column "weapon".

each row where column "kind" is "return" is a return fire.
the time is column "when".

each row where column "kind" is "coverage" is coverage.
the time is from column "when" to column "to".
the zone is belt.
it covers fire and return_fire.
it is by mission.
```
"""


def folder_of(folder, agreement=AGREEMENT, mapping=MAPPING):
    path = pathlib.Path(folder) / "the folder"
    path.mkdir()
    if agreement:
        (path / "agreement.md").write_text(agreement, encoding="utf-8")
    (path / "ж.mapping.md").write_text(mapping, encoding="utf-8")
    (path / "fire.csv").write_text("fire,kind,when,north,weapon,to\n1,fire,2025-03-02 10:00,north,gun,\n", encoding="utf-8")
    return path, (path / "agreement.md").as_uri(), (path / "ж.mapping.md").as_uri()


@case
def findings_of_a_mapping(folder):
    """A mapping has the findings that truce run has of it, against the agreement in its folder"""
    path, _about, uri = folder_of(folder)
    c = Client(PROGRAM)
    equal(c.open(uri, MAPPING)["diagnostics"], [])
    bad = MAPPING.replace("is a fire.", "is a fyre.").replace("the zone is belt", "the zone is bellt")
    found = c.change(uri, bad)["diagnostics"]
    equal([(d["code"], d["severity"], cut(bad, d["range"])) for d in found],
          [("unknown-name", 1, "fyre"), ("unknown-sentence", 1, "weapon"), ("unknown-name", 1, "bellt")])
    (path / "ж.mapping.md").write_text(bad, encoding="utf-8")
    told = run(PROGRAM, "run", path).err
    for d in found:
        has(told, d["message"].split("\n")[0])
    equal(c.leave(), 0)


@case
def the_agreement_that_is_open(folder):
    """What the editor holds of the agreement goes before its file; when it changes, its mappings are looked at again"""
    _path, about, uri = folder_of(folder)
    c = Client(PROGRAM)
    equal(c.open(about, AGREEMENT)["diagnostics"], [])
    equal(c.open(uri, MAPPING)["diagnostics"], [])
    equal(c.change(about, AGREEMENT.replace("belt", "strip"))["diagnostics"], [])
    shown = c.notice()["params"]
    equal((shown["uri"], [cut(MAPPING, d["range"]) for d in shown["diagnostics"]]), (uri, ["belt"]))
    c.change(about, AGREEMENT.replace("must not fire", "must not fira"))
    shown = c.notice()["params"]
    equal([(d["code"], d["severity"]) for d in shown["diagnostics"]], [("mapping-alone", 2)])
    has(shown["diagnostics"][0]["message"], "the agreement beside this mapping has errors")
    c.change(about, AGREEMENT)
    equal(c.notice()["params"], {"uri": uri, "diagnostics": []})
    equal(c.leave(), 0)


@case
def a_mapping_alone(folder):
    """Without an agreement beside it nothing is looked up, and that is said"""
    _path, _about, uri = folder_of(folder, agreement=None)
    c = Client(PROGRAM)
    for one in (uri, "untitled:Untitled-1.mapping.md"):
        found = c.open(one, MAPPING)["diagnostics"]
        equal([d["code"] for d in found], ["mapping-alone"])
        has(found[0]["message"], "no agreement stands beside this mapping")
        equal(c.at("definition", one, *find(MAPPING, "is a fire", inside=6))["result"], None)
        equal(c.at("rename", one, *find(MAPPING, "is a fire", inside=6), newName="x")["error"]["code"], -32803)
        equal(c.at("hover", one, *find(MAPPING, "is a fire", inside=6))["result"], None)
    equal(c.leave(), 0)


@case
def definition_in_the_agreement(folder):
    """Definition and hover: a name of the mapping leads to the agreement, open or not; a column and a text do not"""
    _path, about, uri = folder_of(folder)
    c = Client(PROGRAM)
    c.open(uri, MAPPING)
    for part, inside, name in [("is a fire.", 5, "fire"), ("zone is belt", 9, "belt"), ('"north" is north', 13, "north"),
                               ("is by mission", 8, "mission"), ("covers fire and return_fire", 20, "return_fire"),
                               ("a return fire.", 4, "return_fire")]:
        got = c.at("definition", uri, *find(MAPPING, part, inside=inside))["result"]
        equal((got["uri"], cut(AGREEMENT, got["range"])), (about, name), part)
        has(c.at("hover", uri, *find(MAPPING, part, inside=inside))["result"]["contents"]["value"], f"**{name}**")
    for part, inside in [('column "fire"', 9), ('is "fire"', 5), ('"belt, fire', 2), ("each row", 2), ('"north" is', 2)]:
        equal(c.at("definition", uri, *find(MAPPING, part, inside=inside))["result"], None, part)
    moved = "\n\n" + AGREEMENT
    c.open(about, moved)
    c.notice()  # of the mapping
    got = c.at("definition", uri, *find(MAPPING, "zone is belt", inside=9))["result"]
    equal(cut(moved, got["range"]), "belt")
    equal(c.leave(), 0)


@case
def definition_while_the_mapping_has_errors(folder):
    """Names before and behind a sentence that is wrong are found"""
    _path, _about, uri = folder_of(folder)
    bad = MAPPING.replace("the time is column", "the time column", 1)
    c = Client(PROGRAM)
    equal(len(c.open(uri, bad)["diagnostics"]), 1)
    for part, inside, name in [("is a fire.", 5, "fire"), ("zone is belt", 9, "belt")]:
        got = c.at("definition", uri, *find(bad, part, inside=inside))["result"]
        equal(cut(AGREEMENT, got["range"]), name)
    equal(c.leave(), 0)


@case
def renaming_in_both(folder):
    """Rename, asked for on either side: the agreement and the mappings change, names only, and the run is the same"""
    path, about, uri = folder_of(folder)
    before = run(PROGRAM, "run", path, "--json").out
    c = Client(PROGRAM)
    c.open(about, AGREEMENT)
    for old, new, agreement_at, mapping_at in [
            ("belt", "strip", find(AGREEMENT, "in belt", inside=4), find(MAPPING, "zone is belt", inside=9)),
            ("north", "the_north", find(AGREEMENT, "party north", inside=7), find(MAPPING, '"north" is north', inside=13)),
            ("return_fire", "answer", find(AGREEMENT, "event return_fire", inside=7), find(MAPPING, "a return fire.", inside=5))]:
        # the mapping is on the disk alone
        got = c.at("rename", about, *agreement_at, newName=new)["result"]["changes"]
        equal(sorted(got), sorted([about, uri]), old)
        one, two = apply(AGREEMENT, got[about]), apply(MAPPING, got[uri])
        c.open(uri, MAPPING)
        # and open in the editor, asked for there
        equal(c.at("rename", uri, *mapping_at, newName=new)["result"]["changes"], got, "the same from the mapping")
        c.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
        c.notice()
        (path / "agreement.md").write_text(one, encoding="utf-8")
        (path / "ж.mapping.md").write_text(two, encoding="utf-8")
        done = run(PROGRAM, "run", path, "--json")
        equal(done.out.replace(new, old), before, (old, done.err))
        for kept in ('column "north"', '– "north" is', 'is "fire"', '"belt, fire and north"', 'is "return"'):
            has(two, kept)
        (path / "agreement.md").write_text(AGREEMENT, encoding="utf-8")
        (path / "ж.mapping.md").write_text(MAPPING, encoding="utf-8")
    got = c.at("rename", about, *find(AGREEMENT, "provision quiet", inside=11), newName="silence")["result"]["changes"]
    equal(list(got), [about], "the mapping does not name it")
    equal(c.leave(), 0)


@case
def renaming_refused(folder):
    """What would no longer be understood is refused, on either side"""
    _path, about, uri = folder_of(folder)
    c = Client(PROGRAM)
    c.open(uri, MAPPING)

    def refused(at, name, why, of=uri):
        error = c.at("rename", of, *at, newName=name)["error"]
        equal(error["code"], -32803, name)
        has(error["message"], why)
    belt = find(MAPPING, "zone is belt", inside=9)
    refused(belt, "south", "taken")
    refused(belt, "must", "a word of the language")
    refused(find(MAPPING, "each row", inside=2), "x", "no declared name stands here")
    # in a mapping "everywhere" is no name of a zone
    refused(belt, "everywhere", "ж.mapping.md would no longer be understood")
    c.open(about, AGREEMENT)
    c.notice()
    refused(find(AGREEMENT, "zone belt", inside=5), "everywhere", "ж.mapping.md would no longer be understood", about)
    equal(c.leave(), 0)


def offered(c, uri, text, part):
    """What is offered where `part` ends, those that are wanted first."""
    c.change(uri, text)
    items = c.at("completion", uri, *find(text, part, inside=len(part)))["result"]
    items.sort(key=lambda i: i["sortText"])
    return [(i["label"], i["detail"]) for i in items]


@case
def completion_in_a_mapping(folder):
    """Completion: openings and attributes, kinds, actors, zones, grades and columns, each where it is asked for"""
    _path, about, uri = folder_of(folder)
    c = Client(PROGRAM)
    c.open(uri, MAPPING)
    begun = MAPPING.replace("weapon is column", "wea")
    got = offered(c, uri, begun, "– \"s\" is south.\nwea")
    equal(got[0], ("weapon", "attribute"))
    has(got, ("each row where", "opens a sentence"))
    lacks([label for label, _ in got], "by")
    got = offered(c, uri, MAPPING.replace("is a fire.", "is a f", 1), 'is "fire" is a f')
    equal([x for x in got if x[1] == "kind"], [("fire", "kind"), ("return_fire", "kind")])
    lacks(got, ("north", "actor"))
    actors = [("mission", "actor"), ("north", "actor"), ("south", "actor")]
    for old, new, part in [('"north" is north', '"north" is n', '"north" is n'), ("it is by mission", "it is by ", "it is by ")]:
        equal([x for x in offered(c, uri, MAPPING.replace(old, new, 1), part) if x[1] == "actor"], actors, part)
    equal(offered(c, uri, MAPPING.replace("zone is belt", "zone is b"), "zone is b"),
          [("belt", "zone"), ("everywhere", "a word of mappings")])
    has(offered(c, uri, MAPPING.replace("covers fire and return_fire", "covers fire and r"), "covers fire and r"),
        ("return_fire", "kind"))
    equal([x[0] for x in offered(c, uri, MAPPING.replace('time is column "when"', "time is column ", 1), "time is column ")],
          sorted('"%s"' % x for x in ("fire", "kind", "when", "north", "weapon", "to")))
    has(offered(c, uri, MAPPING.replace("the time is", "the grade is s", 1), "the grade is s"), ("seen", "a grade"))
    equal(offered(c, uri, "Ж\n" + MAPPING, "Ж"), [], "prose")
    c.change(uri, MAPPING)
    c.open(about, AGREEMENT.replace("must not fire", "must not fira"))
    c.notice()
    got = offered(c, uri, MAPPING.replace("is a fire.", "is a f", 1), 'is "fire" is a f')
    has(got, ("return_fire", "kind"))
    equal(c.leave(), 0)


@case
def completion_without_an_agreement(folder):
    """Alone, a mapping has its openings and no names"""
    _path, _about, uri = folder_of(folder, agreement=None)
    c = Client(PROGRAM)
    c.open(uri, MAPPING)
    has(offered(c, uri, MAPPING.replace("the zone is belt.", "the z"), "the z"), ("zone is", "opens a sentence"))
    equal(offered(c, uri, MAPPING.replace("is a fire.", "is a f", 1), 'is "fire" is a f'),
          [("coverage", "a word of mappings")])
    equal(c.leave(), 0)


@case
def renaming_beside_errors(folder):
    """Beside an agreement with errors elsewhere a renaming is whole or refused with the reason, on either side"""
    _path, about, uri = folder_of(folder)
    bad = AGREEMENT.replace("reply: each party must not return fire", "reply: each party must not return fira")
    c = Client(PROGRAM)
    c.open(about, bad)
    error = c.at("rename", about, *find(bad, "zone belt", inside=5), newName="strip")["error"]
    equal(error["code"], -32803)
    has(error["message"], "the agreement has errors, and ж.mapping.md may name it")
    got = c.at("rename", about, *find(bad, "provision quiet", inside=11), newName="silence")["result"]["changes"]
    equal(apply(bad, got[about]), bad.replace("quiet", "silence"), "the mapping cannot name it")
    c.open(uri, MAPPING)
    error = c.at("rename", uri, *find(MAPPING, "zone is belt", inside=9), newName="strip")["error"]
    equal(error["code"], -32803)
    has(error["message"], "the agreement beside this mapping has errors")
    equal(c.leave(), 0)


@case
def files_that_are_no_mappings_yet(folder):
    """Bytes that are no text, and no mapping at all, are met"""
    path, _about, uri = folder_of(folder)
    (path / "b.mapping.md").write_bytes(b"```mapping\n\xff\xfe\n```\n")
    c = Client(PROGRAM)
    c.open(uri, MAPPING)
    got = c.at("rename", uri, *find(MAPPING, "zone is belt", inside=9), newName="strip")["result"]["changes"]
    equal(len(got), 2, "the one that is no text is left alone")
    lacks(list(got), (path / "b.mapping.md").as_uri())
    equal([d["code"] for d in c.open((path / "c.mapping.md").as_uri(), "# Nothing\n")["diagnostics"]],
          ["mapping-incomplete", "mapping-incomplete"], "no block yet")
    equal([d["code"] for d in c.open((path / "d.mapping.md").as_uri(), "```mapping\n")["diagnostics"]], ["open-fence"])
    equal(c.leave(), 0)


main()
