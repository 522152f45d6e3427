#!/usr/bin/env python3
"""truce diff: layout, order, names and wording are no change; every other one is told.

usage: test_diff.py TRUCE-AGREEMENT SOURCE-ROOT
The golden texts stand in tests/cli/explain; TRUCE_GOLDEN=write makes them anew.
"""
import json
import os
import pathlib
import random
import re
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import case, equal, has, main, run  # noqa: E402

TRUCE, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
HERE = ROOT / "tests" / "cli" / "explain"
EVERY = HERE / "every.md"
TEXT = EVERY.read_text(encoding="utf-8")
BLOCK = re.compile(r"(```truce\n)(.*?)(```)", re.S)


def draft(folder, text, name="new.md"):
    path = pathlib.Path(folder) / name
    path.write_text(text, encoding="utf-8")
    return path


def diff(old, new, *words):
    return run(TRUCE, "diff", *words, old, new)


def same(old, new, what):
    done = diff(old, new)
    equal((done.code, done.out.strip()), (0, "The two drafts mean the same."), (what, done.err, done.out))


def changed(text, old, new):
    assert text.count(old) >= 1, old
    return text.replace(old, new, 1)


# What is changed in the text, and which change must be told: (what, name, aspect, direction).
MUTANTS = [
    ("until 2025-06-30", "until 2025-07-31", ("agreement", "Every pattern", "until", None)),
    ("in force from 2025-03-01 00:00", "in force from 2025-03-01 06:00", ("agreement", "Every pattern", "from", None)),
    ("time zone Europe/Kyiv", "time zone Europe/Warsaw", ("agreement", "Every pattern", "time zone", None)),
    ("day 1 is 2025-03-01", "day 1 is 2025-03-02", ("agreement", "Every pattern", "day 1", None)),
    ("day 1 is 2025-03-01.", "day 1 is 2025-03-01; reports may be late by 2 days.",
     ("agreement", "Every pattern", "reporting delay", None)),
    ("day 1 is 2025-03-01.", "day 1 is 2025-03-01; holidays 2025-05-01.", ("agreement", "Every pattern", "holidays", None)),
    ('"Monitoring mission"', '"Another mission"', ("party", "mission", "meaning", None)),
    ("body commission.", 'body commission. guarantor friend.', ("party", "friend", "new", None)),
    ("contact.geojson", "other.geojson", ("line", "contact", "meaning", None)),
    ("within 25 km", "within 30 km", ("zone", "belt", "meaning", None)),
    ('"East" and "West"', '"East" and "North"', ("zone", "area", "meaning", None)),
    ("deaths count)", "deaths count, injured count)", ("kind", "fire", "meaning", None)),
    ("in, from or into a zone", "in or from a zone", None),
    ("filed event notice", "event notice", ("kind", "notice", "meaning", None)),
    ("return_fire is a fire", "return_fire (by party)", ("kind", "return_fire", "meaning", None)),
    ("until 18:00", "until 20:00", ("kind", "silence", "meaning", None)),
    ('"counted by north" by north: the end of day 14', '"counted by north" by north: the end of day 13',
     ("date", "handover", "meaning", None)),
    ('"counted by south" by south: the end of day 16.', '"counted by south" by south: the end of day 16\n  – left open by both.',
     ("date", "handover", "meaning", None)),
    ("each of north and south must not fire", "north must not fire", ("provision", "ceasefire", "bearers", "looser")),
    (" unless silence holds", "", ("provision", "ceasefire", "unless", "stricter")),
    ("unless silence holds", "unless north is neutral", ("provision", "ceasefire", "unless", None)),
    ("must not fire from\n    or into area", "must not fire from area", ("provision", "ceasefire", "act", None)),
    ("provision ceasefire: from entry into force until expiry, ", "provision ceasefire: from entry into force until 2025-06-01, ",
     ("provision", "ceasefire", "frame", None)),
    ("while silence holds, north must not", "north must not", ("provision", "grave", "frame", "stricter")),
    ("between 2 and 5", "between 2 and 6", ("provision", "grave", "act", "stricter")),
    ("between 2 and 5", "between 3 and 5", ("provision", "grave", "act", "looser")),
    ('"mortar" or "tank"', '"mortar"', ("provision", "grave", "act", "looser")),
    ("last 2 hours", "last 3 hours", ("provision", "reply", "only", None)),
    ("violated 3 times", "violated 4 times", ("provision", "reply", "only", None)),
    ("despite ceasefire", "despite grave", ("provision", "reply", "despite", None)),
    ("7 days, all of them covered, pass", "6 days, all of them covered, pass", ("provision", "may_stop", "power", None)),
    ("until 7 days, all of them covered, pass", "until 7 days pass", ("provision", "may_stop", "power", None)),
    ("back_from_line then resumes with its unexpired time", "its deadlines stay", ("provision", "may_stop", "power", None)),
    ("hush is violated 3 times in any 7 days by one party, then the other", "hush is violated 2 times in any 7 days by one party, then the other",
     ("provision", "may_stop", "trigger", None)),
    ("south may suspend leave_line", "south may suspend after_fire", ("provision", "may_wait", "power", None)),
    ("then south may suspend leave_line", "then north may suspend leave_line", ("provision", "may_wait", "bearers", None)),
    ("more than 2 times", "more than 3 times", ("provision", "flights", "cap", "looser")),
    ("in any 7 days.\nprovision visits", "in any 14 days.\nprovision visits", ("provision", "flights", "cap", "stricter")),
    ("end of day 2.", "end of day 1.", ("provision", "begin_pullback", "deadline", "stricter")),
    ("within 2 days after entry", "within 3 days after entry", ("provision", "prompt", "deadline", "looser")),
    ("caliber 100 mm", "caliber 90 mm", ("provision", "pullback", "act", "stricter")),
    ("    out of belt", "    in belt", ("provision", "pullback", "side", None)),
    ("north must be neutral", "north must not be neutral", ("provision", "neutral", "side", None)),
    ("only if north has begun", "only if south has begun", ("provision", "lapsing", "only", None)),
    ("at least 48 hours", "at least 72 hours", ("provision", "ahead", "deadline", "stricter")),
    ("must patrol every 7 days", "must patrol every 6 days", ("provision", "patrols", "deadline", None)),
    ("after north has fired", "after south has fired", ("provision", "after_fire", "trigger", None)),
    ("within 24 hours", "within 12 hours", ("provision", "after_fire", "deadline", "stricter")),
    ("north and south together", "each of north and south", ("provision", "jointly", "together", None)),
    ("must notify mission by 2025", "must notify commission by 2025", ("provision", "jointly", "act", None)),
    ("after ceasefire is violated", "after grave is violated", ("provision", "told", "trigger", None)),
    ("objected within 2\n    days", "objected within 3\n    days", ("provision", "exercises", "only", None)),
    ("north declares 100 units", "north declares 90 units", ("stock", "units", "meaning", None)),
    ("south, out of 20", "south, out of 30", ("movement", "going", "meaning", None)),
    ("– half by day 30", "– a third by day 30", ("provision", "by_steps", "steps", None)),
    ("rounded up\n", "rounded down\n", ("provision", "by_steps", "steps", None)),
    ("at most 10 percent", "at most 20 percent", ("provision", "alike", "steps", None)),
    ("reported by 2 independent", "reported by 3 independent", ("kind", "pulled", "evidence", None)),
    ("coverage of fire counts when by mission", "coverage of fire counts when by commission",
     ("agreement", "Every pattern", "coverage", None)),
    ("holding 12 units", "holding 13 units", ("site", "depot", "meaning", None)),
    ("its verified units in depot", "its declared units in depot", ("provision", "stored", "steps", None)),
    ("within 8 km", "within 9 km", ("zone", "yards_for_south", "meaning", None)),
    ('"day 90"; visits', '"day 91"; visits', ("provision", "lapsing", "deadline", "looser")),
    ('in force from 2025-03-20: in lapsing, "day 60" is replaced by\n    "day 90"; visits is repealed; violations before 2025-03-20 stand',
     'in force from 2025-03-21: in lapsing, "day 60" is replaced by\n    "day 90"; visits is repealed; violations before 2025-03-21 stand', ("provision", "lapsing", "version", None)),
    ("visits is repealed; ", "", ("provision", "visits", "version", None)),
    ("agreed by each party, ", "agreed by north, ", ("amendment", "Every pattern", "new", None)),
    ("our own counsel", "your counsel", ("declaration", "Every pattern", "gone", None)),
    ("3 times in any 7 days by one party", "3 times in any 7 days", ("provision", "react", "trigger", None)),
    ("within\n    48 hours", "within\n    40 hours", ("provision", "react", "deadline", "stricter")),
    ("within 20 hours", "within 21 hours", ("provision", "react_otherwise", "deadline", "looser")),
    ("inform each other party within 2", "inform the other party within 2", ("provision", "between", "act", None)),
    ("otherwise\n    the party must inform", "otherwise\n    the other party must inform",
     ("provision", "chain_otherwise", "trigger", None)),
    ("in force for 60 days", "in force for 61 days", ("in force", "Every pattern", "new", None)),
    ("NOT ONCE[0,2h]", "NOT ONCE[0,3h]", ("provision", "surge", "formula", None)),
    ("reply is fire by the other party", "reply is fire by north", ("provision", "surge", "formula", None)),
    ('with roll "old"', 'with roll "new"', ("kind", "local_help", "meaning", None)),
    ("extended by 30 days", "extended by 60 days", ("in force", "Every pattern", "new", None)),
    ("suspended while north", "suspended while south", ("in force", "Every pattern", "gone", None)),
    ("provision neutral: north must be neutral.\n", "", ("provision", "neutral", "gone", "looser")),
]


def batches():
    """The mutants, some in one draft: of different names, and none of the whole agreement, so that no change hides
    or makes another's; those that make the draft wrong stand alone."""
    out = []
    for old, new, want in MUTANTS:
        last = out[-1] if out else None
        alone = want is None or want[0] in ("agreement", "in force", "amendment", "declaration") or not new
        if last and not alone and not last["alone"] and len(last["wants"]) < 5 and \
                want[1] not in [w[1] for w in last["wants"]] and last["text"].count(old) == TEXT.count(old):
            last["text"] = changed(last["text"], old, new)
            last["wants"].append(want)
        else:
            out.append({"text": changed(TEXT, old, new), "wants": [want], "alone": alone})
    return out


@case
def every_mutant(folder):
    """every change of a field is told, with what it is and which way it leans"""
    for number, batch in enumerate(batches()):
        path = draft(folder, batch["text"])
        done = diff(EVERY, path, "--json")
        if batch["wants"] == [None]:  # the drafts do not agree with themselves any more
            equal(done.code, 2)
            continue
        equal(done.code, 1, (batch["wants"], done.err))
        found = [json.loads(x) for x in done.out.splitlines()]
        for want in batch["wants"]:
            assert want in [(x["what"], x["name"], x["aspect"], x["direction"]) for x in found], (want, found)
        for x in found:
            assert x["sentence"] and (x["before"] or x["after"]), x
            assert (x["direction"] is None) == (x["for"] is None), x
        if number % 3:
            continue
        # The other way round: what was new is gone, what was stricter is looser.
        back = [json.loads(x) for x in diff(path, EVERY, "--json").out.splitlines()]
        turn = {"stricter": "looser", "looser": "stricter", None: None}
        turned = {(x["what"], x["aspect"], x["before"], x["after"], turn[x["direction"]]) for x in back}
        ends = {"new": "gone", "gone": "new"}
        for x in found:
            name = ends.get(x["aspect"], x["aspect"])
            assert (x["what"], name, x["after"], x["before"], x["direction"]) in turned, (x, back)


def shuffled(text, dice):
    """The blocks in another order, and the sentences of each in another order."""
    blocks = [m.group(2) for m in BLOCK.finditer(text)]

    def sentences(block):
        parts, now = [], ""
        for line in block.splitlines():
            now += line + "\n"
            if line.rstrip().endswith("."):
                parts.append(now)
                now = ""
        dice.shuffle(parts)
        return "".join(parts) + now
    blocks = [blocks[0]] + [sentences(b) for b in blocks[1:]]
    return BLOCK.sub(lambda m: m.group(1) + blocks.pop(0) + m.group(3), text)


@case
def layout_and_order(folder):
    """layout, order and prose never make a difference"""
    done = run(TRUCE, "fmt", "--print", EVERY)
    equal(done.code, 0, done.err)
    same(EVERY, draft(folder, done.out), "fmt")
    same(EVERY, EVERY, "itself")
    for seed in range(6):
        same(EVERY, draft(folder, shuffled(TEXT, random.Random(seed))), seed)
    same(EVERY, draft(folder, TEXT.replace("Nobody fires.", "Everybody holds fire.").replace("Article", "Section")), "prose")
    same(EVERY, draft(folder, TEXT.replace("Made up: nobody is meant.", "Made up.")), "note")


@case
def names_and_wording(folder):
    """a new name, another spelling of the same, or another order in a list is no difference"""
    for old, new in [("begin_pullback:", "start:"), ("belt", "strip"), ("ceasefire", "no_fire"), ("mission", "observers"),
                     ("handover", "change"), ("units", "pieces"), ("coming", "arrival"), ("contact", "front"),
                     ("pulled", "drawback")]:
        text = TEXT.replace(old, new).replace("Belt of", "Belt of")
        if old == "mission":
            text = TEXT.replace(" mission", " observers").replace("observers \"Monitoring observers\"", "observers \"Monitoring mission\"")
            text = text.replace('"Monitoring observers"', '"Monitoring mission"')
        if old == "contact":
            text = text.replace("front.geojson", "contact.geojson")
        same(EVERY, draft(folder, text), new)
    for old, new in [("every 7 days", "every 1 week"), ("25 km", "25000 m"), ("by the end of day 2.", "by 2025-03-02."),
                     ("each of north and south", "each of south and north"), ("– half by", "– 50 percent by"),
                     ('"mortar" or "tank"', '"tank" or "mortar"'), ('"East" and "West"', '"West" and "East"'),
                     ("in the last 2 hours", "in the last 120 minutes"), ("each party must begin withdrawal by", "each of north and south must begin withdrawal by"),
                     ("weapon text, deaths count", "deaths count, weapon text"),
                     ("before 2025-05-01, south", "until 2025-05-01, south")]:
        same(EVERY, draft(folder, changed(TEXT, old, new)), new)
    # Not the same, though it looks so: a day is no 24 hours, and a party without a label is its name.
    equal(diff(EVERY, draft(folder, changed(TEXT, "within 24 hours", "within 1 day"))).code, 1)
    equal(diff(EVERY, draft(folder, TEXT.replace("south", "east"))).code, 1)


def golden(name, text):
    path = HERE / name
    if os.environ.get("TRUCE_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    equal(text.splitlines(), path.read_text(encoding="utf-8").splitlines(), name)


@case
def in_four_languages(folder):
    """what changed, in four languages"""
    text = TEXT
    for old, new, want in MUTANTS:
        if want and text.count(old) and new not in ("", '"mortar"'):
            text = text.replace(old, new, 1)
    text = text.replace("provision patrols:", "provision rounds: commission must patrol every 10 days.\nprovision patrols:")
    path = draft(folder, text)
    for code in ("en", "uk", "ru", "fr"):
        done = diff(EVERY, path, "--lang", code)
        equal(done.code, 1, done.err)
        golden("diff.%s.txt" % code, done.out)
        assert "{" not in done.out and "|gen" not in done.out
    for line in diff(EVERY, path, "--width", "40").out.splitlines():
        assert len(line) <= 40, line


@case
def wrong_uses(folder):
    """wrong uses and unreadable drafts: exit 2"""
    for words, told in [((EVERY,), "which two drafts?"), ((EVERY, EVERY, EVERY), "which two drafts?"), ((), "which two drafts?"),
                        (("--lang", "xx", EVERY, EVERY), "--lang is"), (("--jsn", EVERY, EVERY), "--json"),
                        (("--width", "0", EVERY, EVERY), "--width is")]:
        done = run(TRUCE, "diff", *words)
        equal((done.code, done.out), (2, ""), words)
        has(done.err, told)
        has(done.err, "usage: truce diff")
    equal(run(TRUCE, "diff", "--help").code, 0)
    bad = draft(folder, TEXT.replace("must not fire from", "must not fire frm"), "bad.md")
    for old, new in [(EVERY, bad), (bad, EVERY), (EVERY, "none.md")]:
        done = diff(old, new)
        equal((done.code, done.out), (2, ""))
        has(done.err, "error")


main()
