"""Searches: what was planted is found and nothing invented, results come as they are found, limits and progress are told; each view as a page."""
import json
import os
import pty
import re
import subprocess
import sys
import tempfile

from ok import ok, plan

program, root = os.path.abspath(sys.argv[1]), sys.argv[2]
sys.path.insert(0, os.path.join(root, "bench"))
import talks  # noqa: E402

example = os.path.join(root, "examples", "thirty-days", "talks.md")


def lines(*words):
    done = subprocess.run([program, "talks", *words, "--json"], capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def names(objects, view):
    return [frozenset(s["id"] for s in o["statements"]) for o in objects if o["view"] == view]


def mountain(birds, before=""):
    """More birds than holes, each in one hole: no two sides of it can be told apart, and it takes long to see that it cannot be."""
    text = f'# M\n\n```truce\ntalks "M".\nspeaker a "A". speaker b "B".\n{before}'
    text += "".join(f"issue p{p} \"p\", any number: " + " ".join(f'- h{h} "h"' for h in range(birds - 1)) + ".\n" for p in range(birds))
    text += "".join(f"statement d{p}: a demands that " + " or ".join(f"p{p} is h{h}" for h in range(birds - 1)) +
                    '; in "R"; original not available.\n' for p in range(birds))
    return text + "".join(f'statement x{h}_{p}_{q}: a holds that p{p} is h{h} only if p{q} is not h{h}; in "R"; original not available.\n'
                          for h in range(birds - 1) for p in range(birds) for q in range(p)) + "```\n"


with tempfile.TemporaryDirectory() as folder:
    # The benchmark's corpus, and others of its kind.
    path = os.path.join(folder, "talks.md")
    for seed, size in ((1, 500), (2, 400), (3, 300)):
        text, planted, circles = talks.corpus(seed, statements=size)
        open(path, "w").write(text)
        found = names(lines("conflicts", path, "--seconds", "60"), "conflict")
        ok(set(found) == planted and len(found) == len(planted), f"planted conflicts, {size} statements: all, once, and no other",
           (planted - set(found), set(found) - planted))
        found = names(lines("sequence", path, "--seconds", "60"), "deadlock")
        ok(set(found) == circles and len(found) == len(circles), f"planted circles, {size} statements: all, once, and no other", found)

    # Conflicts are listed as they are found: the small one stands there while the mountain is still searched.
    path = os.path.join(folder, "mountain.md")
    open(path, "w").write(mountain(11, 'issue easy "easy": - y "y" - n "n".\nstatement yes: a demands that easy is y; in "R"; original not available.\n'
                                       'statement no: b refuses that easy is y; in "R"; original not available.\n'))
    running = subprocess.Popen([program, "talks", "conflicts", path, "--json", "--seconds", "6"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    first = json.loads(running.stdout.readline())
    early = running.poll() is None
    rest = running.stdout.read()
    ok(names([first], "conflict") == [frozenset({"yes", "no"})] and early, "a conflict is told while the search goes on", first)
    ok(running.wait() == 0 and "not_explored" in rest, "and at the end, what was not explored", rest[-500:])

    # A part with many results: as many as asked for, then a word on it; progress where somebody looks.
    path = os.path.join(folder, "many.md")
    text = '# M\n\n```truce\ntalks "M".\nspeaker a "A". speaker b "B".\nissue i "i": - y "y" - n "n".\n'
    text += "".join(f'statement d{k}: a demands that i is y; in "R"; original not available.\n'
                    f'statement r{k}: b refuses that i is y; in "R"; original not available.\n' for k in range(25))
    open(path, "w").write(text + "```\n")
    ok(len(names(lines("conflicts", path, "--seconds", "60"), "conflict")) == 625, "each demand against each refusal")
    done = subprocess.run([program, "talks", "conflicts", path, "--most", "50"], capture_output=True, text=True)
    ok("the number asked for was reached" in done.stdout and "results so far" not in done.stderr, "--most is told; no progress where nobody looks",
       done.stdout[-400:] + done.stderr)
    here, there = pty.openpty()
    subprocess.run([program, "talks", "conflicts", path, "--seconds", "60"], stdout=subprocess.DEVNULL, stderr=there)
    os.close(there)
    ok(re.search(rb"\d+ results so far", os.read(here, 4096)), "progress on a terminal")
    os.close(here)

    # Each view as a page that needs nothing else; the graph as SVG.
    for view in ("matrix", "conflicts", "concessions", "packages", "sequence", "authority"):
        page = os.path.join(folder, view + ".html")
        done = subprocess.run([program, "talks", view, example, "--html", page], capture_output=True, text=True)
        html = open(page).read()
        ids = re.findall(r'<h2 data-id="([a-z]+)"', html)
        ok(done.returncode == 0 and set(ids) == {view} and not re.search(r'(src|href)="(?!#)|https?://|url\((?!#)', html) and
           ("<svg" in html) == (view == "sequence"), f"{view} as a page", (ids, done.stderr))
    page = os.path.join(folder, "who.html")
    done = subprocess.run([program, "talks", "who-accepts", example, "draft.md", "--html", page], capture_output=True, text=True)
    ok(done.returncode == 0 and "accepted under a condition" in open(page).read(), "who-accepts as a page", done.stderr)
plan()
