"""Packages, Pareto front and max-min points, compared with trying every outcome, on many small random files."""
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

from ok import ok, plan

program = os.path.abspath(sys.argv[1])


def atom(r, issues):
    i = r.randrange(len(issues))
    return i, r.choice("abc"[: issues[i][1]]), r.random() < 0.2


def holds(outcome, a):
    return ((a[0], a[1]) in outcome) != a[2]


def words(a):
    return f"i{a[0]} is {'not ' if a[2] else ''}{a[1]}"


def random_talks(r):
    """The text; the hard rules, the wishes and the preferences as functions of an outcome."""
    issues = [(r.choice(["", ", exactly one", ", any number"]), r.choice([2, 3])) for _ in range(r.choice([2, 3]))]
    out = ['# R', '', '```truce', 'talks "R".', 'side north "North". side south "South".',
           'speaker n "N" of north. speaker s "S" of south.']
    for k, (choice, n) in enumerate(issues):
        out.append(f'issue i{k} "issue {k}"{choice}: ' + " ".join(f'- {o} "{o}"' for o in "abc"[:n]) + ".")
    hard, wishes, preferences = [], {}, []
    for k in range(r.randrange(2, 8)):
        a, b, speaker = atom(r, issues), atom(r, issues), r.choice("ns")
        kind = r.choice(["demands", "demands", "offers", "accepts", "refuses", "red", "only"])
        if kind in ("demands", "offers", "accepts"):
            text = f"{speaker} {kind} that {words(a)}"
            wishes[f"s{k}"] = lambda o, a=a: holds(o, a)
        elif kind == "refuses":
            a = (a[0], a[1], False)
            text = f"{speaker} refuses that {words(a)}"
            hard.append(lambda o, a=a: not holds(o, a))
        elif kind == "red":
            text = f"{speaker} draws a red line that {words(a)}"
            hard.append(lambda o, a=a: holds(o, a))
        else:
            if a[:2] == b[:2]:
                continue
            text = f"{speaker} holds that {words(a)} only if {words(b)}"
            hard.append(lambda o, a=a, b=b: not holds(o, a) or holds(o, b))
        out.append(f'statement s{k}: {text}; in "R"; original not available.')
    for k in range(r.randrange(0, 4)):
        i = r.randrange(len(issues))
        better, worse = r.sample("abc"[: issues[i][1]], 2)
        side, weight = r.choice(["north", "south"]), r.randrange(1, 4)
        out.append(f'preference p{k}: {side} prefers i{i} is {better} to i{i} is {worse}, weight {weight}; declared by "Carla".')
        preferences.append((side, weight, (i, better), (i, worse)))
    out.append("```\n")

    outcomes = []
    spaces = []
    for k, (choice, n) in enumerate(issues):
        options = [(k, o) for o in "abc"[:n]]
        if "any" in choice:
            spaces.append([set(c) for m in range(n + 1) for c in itertools.combinations(options, m)])
        else:
            spaces.append([{o} for o in options] + ([] if "exactly" in choice else [set()]))
    for parts in itertools.product(*spaces):
        outcome = set().union(*parts)
        if all(h(outcome) for h in hard):
            outcomes.append(outcome)
    return "\n".join(out), outcomes, wishes, preferences


def by_hand(outcomes, wishes, preferences):
    unmet = {frozenset(w for w, f in wishes.items() if not f(o)) for o in outcomes}
    minimal = {u for u in unmet if not any(v < u for v in unmet)}
    sides = sorted({p[0] for p in preferences})

    def score(o):
        return tuple(sum(w * (((b in o) - (x in o))) for s, w, b, x in preferences if s == side) for side in sides)
    scores = {score(o) for o in outcomes}
    front = {x for x in scores if not any(y != x and all(a >= b for a, b in zip(y, x)) for y in scores)} if sides else set()
    weights = [sum(w for s, w, _, _ in preferences if s == side) for side in sides]
    worst = {x: min(a / w for a, w in zip(x, weights)) for x in front}
    fair = {x for x in front if worst[x] == max(worst.values())} if front else set()
    return minimal, sides, front, fair


r = random.Random(11)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "t.md")
    for trial in range(24):
        text, outcomes, wishes, preferences = random_talks(r)
        open(path, "w").write(text)
        done = subprocess.run([program, "talks", "packages", path, "--json"], capture_output=True, text=True)
        objects = [json.loads(line) for line in done.stdout.splitlines()]
        last = objects[-1] if objects else {}
        minimal, sides, front, fair = by_hand(outcomes, wishes, preferences)
        good = done.returncode == 0 and last.get("none") == (not outcomes)
        if good and outcomes:
            found = {frozenset(s["id"] for s in o["unmet"]) for o in objects if o["view"] == "package"}
            good = last["combinations"] == len(minimal) and (found == minimal or (len(minimal) > 16 and found <= minimal))
            names = [s.capitalize() for s in sides]
            points = {tuple(o["scores"][n] for n in names): o["max_min"] for o in objects if o["view"] == "pareto"}
            good = good and set(points) == front and {p for p, f in points.items() if f} == fair
        ok(good, f"random talks {trial}", (text, done.stdout, done.stderr, minimal, front, fair))

    # One package is no agreement, and it is said.
    open(path, "w").write('# O\n\n```truce\ntalks "O".\nside north "North".\nspeaker n "N" of north.\nissue i "I": - a "A" - b "B".\n'
                          'statement s: n demands that i is a; in "R"; original not available.\n```\n')
    text = subprocess.run([program, "talks", "packages", path], capture_output=True, text=True).stdout
    ok("There is 1 package." in text and "Only one does not mean agreed" in text and "preferences are not known" in text.lower(),
       "a single package is not misread", text)
    lines = subprocess.run([program, "talks", "packages", path, "--json"], capture_output=True, text=True).stdout.splitlines()
    ok("Only one does not mean agreed" in json.loads(lines[-1])["note"], "in JSON too", lines[-1])
plan()
