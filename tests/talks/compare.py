"""Two drafts compared: who is bound more strictly by which, with a behaviour that the judge of `truce run` confirms on both."""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

from ok import ok, plan

program, judge = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
head = """# Draft

```truce
agreement "Draft"
  signed 2025-03-01; in force from 2025-03-02 00:00 until 2025-03-31; time zone Europe/Kyiv.
party north "North". party south "South".
event fire (by party), verb fires, fired, firing.
event report (by party), verb reports, reported, reporting.
event convoy (by party), verb convoys, convoyed, convoying.
event patrol (by actor), verb patrols, patrolled, patrolling.
body mission "Mission".
state neutrality (of party), status neutral.
zone area_a is all of areas "A oblast" and "B oblast".
zone area_b is all of areas "A oblast".
"""
BROKEN = {"violated", "overdue"}


def rows(folder, witness):
    words = [judge, "run", folder, "--json", "--at", witness["at"]] + (["--to", witness["to"]] if witness["to"] else [])
    done = subprocess.run(words, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()] if done.returncode == 0 else []


def compare(a, b, name, beside=(), words=()):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for letter, body in (("a", a), ("b", b)):
            paths.append(os.path.join(folder, letter + ".md"))
            open(paths[-1], "w").write(head + body + "```\n" if "```" not in body else body)
            for file in beside:
                shutil.copy(file, folder)
        done = subprocess.run([program, "compare", *paths, *words, "--json", "--witness", os.path.join(folder, "w")], capture_output=True, text=True)
        objects = [json.loads(line) for line in done.stdout.splitlines()]
        found = {o["actor"]: o for o in objects if o["view"] == "compare"}
        differs = any(o["stricter"] != "same" for o in found.values())  # not decided: null
        ok(done.returncode == (1 if differs else 0), f"{name}: exit code", done.stderr)
        for actor, o in found.items():
            for key, allowed, other in (("allowed_by_a_only", "A", "B"), ("allowed_by_b_only", "B", "A")):
                if not o[key]:
                    continue
                def bad(letter):
                    return {r["provision"] for r in rows(os.path.join(o[key]["folder"], letter), o[key])
                            if r["subject"] == actor and r["verdict"] in BROKEN}
                here, there = bad(allowed), bad(other)
                ok(not here and there == set(o[key]["broken"]), f"{name}: {actor}, {key}: replayed", (here, there, o[key]))
        return {a: o["stricter"] for a, o in found.items()}


CASES = [
    ("provision quiet: each party must not fire.\n", "provision quiet: each party must not fire until 2025-03-20 00:00.\n",
     {"north": "a", "south": "a"}, "for longer"),
    ("provision quiet: each party must not fire.\n", "provision silence: each party must not fire.\n", {"north": "same", "south": "same"}, "renamed"),
    ("provision quiet: north must not fire.\n", "provision quiet: each party must not fire.\n", {"north": "same", "south": "b"}, "one more bound"),
    ("provision tell: north must report within 2 days after south convoys.\n", "provision tell: north must report within 4 days after south convoys.\n",
     {"north": "a"}, "a longer deadline"),
    ("provision quiet: each party must not fire in area_a.\n", "provision quiet: each party must not fire in area_b.\n",
     {"north": "a", "south": "a"}, "a larger zone"),
    ("provision quiet: each party must not fire.\n", "provision still: each party must not convoy.\n", {"north": "both", "south": "both"},
     "each in something"),
    ("provision cap: each party must not fire more than 2 times in any 7 days.\n", "provision cap: each party must not fire more than 3 times in any "
     "7 days.\n", {"north": "a", "south": "a"}, "a cap"),
    ("provision quiet: each party must not fire.\nprovision back: despite quiet, north may fire only if south has fired.\n",
     "provision quiet: each party must not fire.\n", {"north": "b", "south": "same"}, "an exception"),
    ("provision st: north must be neutral.\n", "provision st: from 2025-03-10 00:00, north must be neutral.\n", {"north": "a"}, "a status, earlier"),
]
for a, b, expected, name in CASES:
    got = compare(a, b, name)
    ok(got == expected, name, got)

# Guarantees: a shorter time, a smaller count, another consequence.
for old, new, expected, name in [
        ("24 hours", "48 hours", {"mission": "a"}, "a guarantee with a longer time"),
        ("is violated,", "is violated 2 times in any 7 days by one party,", {"mission": "a"}, "a guarantee that needs more violations"),
        ("mission must patrol", "the other party must report", {"mission": "a", "north": "b", "south": "b"}, "another must answer")]:
    guarantee = "provision quiet: each party must not fire.\nprovision react: if quiet is violated, then mission must patrol within 24 hours.\n"
    got = compare(guarantee, guarantee.replace(old, new), name)
    ok({k: v for k, v in got.items() if v != "same"} == expected, name, got)

# Counts beyond what the moments hold are not decided, and not called the same.
got = compare("provision cap: each party must not fire more than 60 times in any 7 days.\n",
              "provision cap: each party must not fire more than 61 times in any 7 days.\n", "counts too large")
ok(got == {"north": None, "south": None}, "counts too large are not decided", got)

# Two versions of the example: what one allows and the other does not, in its own zone and behind its own entry into force.
example = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "thirty-days")
text = open(os.path.join(example, "agreement.md")).read()
got = compare(text, text.replace("must not fire in front_area", "must not fire"), "the example",
              [os.path.join(example, "zones.geojson")], ["--seconds", "100"])
ok(got.get("ukraine") == "b" and got.get("russia") == "b" and got.get("first_state") == "same", "two versions of the example", got)

# Random pairs: whatever is claimed, the judge confirms; and comparing the other way round tells the same.
chance = random.Random(7)


def sentence(i):
    who = chance.choice(["north", "south", "each party"])
    act = chance.choice(["fire", "convoy", "report"])
    other = chance.choice(["north", "south"])
    return chance.choice([
        f"provision p{i}: {who} must not {act}.\n",
        f"provision p{i}: {who} must not {act} until 2025-03-{chance.randint(5, 25):02} 00:00.\n",
        f"provision p{i}: {who} must {act} within {chance.randint(1, 5)} days after {other} convoys.\n",
        f"provision p{i}: {who} must {act} by 2025-03-{chance.randint(5, 25):02}.\n",
        f"provision p{i}: {who} must not {act} while {other} has not reported.\n",
        f"provision p{i}: {who} may {act} only if {other} has reported.\n",
    ])


MIRROR = {None: None, "a": "b", "b": "a", "same": "same", "both": "both"}
for trial in range(3):
    a, b = "".join(map(sentence, range(2))), "".join(map(sentence, range(2)))
    there = compare(a, b, f"random {trial}")
    back = compare(b, a, f"random {trial}, the other way")
    ok(back == {k: MIRROR[v] for k, v in there.items()}, f"random {trial}: both ways agree", (a, b, there, back))

done = subprocess.run([program, "compare", "/nonexistent"], capture_output=True, text=True)
ok(done.returncode == 2 and "two drafts" in done.stderr, "two drafts are needed")
done = subprocess.run([program, "compare", "/nonexistent", "/absent"], capture_output=True, text=True)
ok(done.returncode == 2 and done.stderr.count("cannot read") == 2, "neither can be read", done.stderr)
plan()
