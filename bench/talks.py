#!/usr/bin/env python3
"""500 statements on 60 issues with planted conflicts and deadlocks: every view timed; all planted ones found, none invented.

usage: bench/talks.py [build/truce-talks]   (exit 1 when a planted conflict is missed or one is invented)"""
import json
import os
import random
import subprocess
import sys
import tempfile
import time

program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/truce-talks")
VIEWS = ("matrix", "conflicts", "concessions", "packages", "sequence", "authority")


def corpus(seed=1, issues=60, statements=500, speakers=12):
    """A file, the conflicts planted in it and the circles planted in it, each a set of names of statements."""
    r = random.Random(seed)
    out = ["# Bench", "", "```truce", 'talks "Bench".']
    out += [f'side side{k} "Side {k}".' for k in range(speakers)]
    out += [f'speaker speaker{k} "Speaker {k}" of side{k}.' for k in range(speakers)]
    out += [f'issue i{k} "issue {k}": - a "A" - b "B" - c "C" - d "D".' for k in range(issues)]
    made, planted, circles, lines = 0, set(), set(), []

    def state(text):
        nonlocal made
        name = f"s{made}"
        made += 1
        lines.append(f'statement {name}: speaker{r.randrange(speakers)} {text}; in "R"; said 2025-03-{r.randrange(1, 29):02}; '
                     f'original "Words {made}." in English.')
        return name

    for k in range(0, 40):  # pairs: a demand or offer and a refusal, or two demands
        option = r.choice("ab")
        one = state(f"{r.choice(['demands', 'offers'])} that i{k} is {option}")
        if k % 2:
            planted.add(frozenset({one, state(f"refuses that i{k} is {option}")}))
        else:
            planted.add(frozenset({one, state(f"demands that i{k} is {'ab'[option == 'a']}")}))
    for k in range(40, 55, 3):  # chains over three issues: a, a only if b, b only if c, not c
        planted.add(frozenset({state(f"demands that i{k} is a"), state(f"holds that i{k} is a only if i{k + 1} is b"),
                               state(f"holds that i{k + 1} is b only if i{k + 2} is c"), state(f"refuses that i{k + 2} is c")}))
    for k in range(0, 60, 12):  # circles of three preconditions on options that collide with nothing
        names = [state(f"holds that i{k + m} is d only after i{k + (m + 1) % 3} is d") for m in range(3)]
        circles.add(frozenset(names))
    while made < statements:  # what binds nothing, or wants what nobody refuses
        k = r.randrange(issues)
        state(r.choice([f"could discuss that i{k} is {r.choice('abc')}", f"supports in principle that i{k} is {r.choice('abc')}",
                        f'asks "what of it" on i{k}', f"refuses that i{r.randrange(55, 60)} is b",
                        f"warns that if i{k} is a, then \"so\""]))
    r.shuffle(lines)
    return "\n".join(out + lines + ["```", ""]), planted, circles


def main():
    text, planted, circles = corpus()
    worst, good = 0.0, True
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "talks.md")
        open(path, "w").write(text)
        for view in VIEWS + ("check", "page"):
            start, before = time.monotonic(), os.times()
            extra = ["--html", os.path.join(folder, "page.html")] if view == "page" else [] if view == "check" else ["--json"]
            done = subprocess.run([program, view, path, *extra], capture_output=True, text=True)
            took, after = time.monotonic() - start, os.times()
            cpu = after.children_user + after.children_system - before.children_user - before.children_system
            if view in VIEWS or view == "page":
                worst = max(worst, took)
            if view == "page" and "Not fully explored" in open(os.path.join(folder, "page.html")).read():
                print("             earlier days not fully explored within the page's limit of a second; the page says so")
            print(f"{view:12} {took:6.2f} s, of the processor {cpu:.2f} s" + ("" if done.returncode < 2 else f"   exit {done.returncode}: {done.stderr[:200]}"))
            good = good and done.returncode < 2
            objects = [json.loads(line) for line in done.stdout.splitlines()] if view in VIEWS else []
            if view == "conflicts":
                found = [frozenset(s["id"] for s in o["statements"]) for o in objects if o["view"] == "conflict"]
                good = report("conflicts", found, planted) and good
            if view == "sequence":
                found = [frozenset(s["id"] for s in o["statements"]) for o in objects if o["view"] == "deadlock"]
                good = report("deadlocks", found, circles) and good
    print(f"slowest view {worst:.2f} s (target: under 2 s)")
    sys.exit(0 if good else 1)


def report(what, found, planted):
    missed, invented = planted - set(found), set(found) - planted
    print(f"             {what}: {len(planted)} planted, {len(found)} found, {len(missed)} missed, {len(invented)} invented")
    return not missed and not invented and len(found) == len(set(found))


if __name__ == "__main__":
    main()
