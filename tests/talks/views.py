"""The example gives by itself what it must; each view in text, JSON and HTML; sealing; and nothing written elsewhere."""
import json
import os
import re
import subprocess
import sys
import tempfile

from ok import ok, plan

program = os.path.abspath(sys.argv[1])
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
example = os.path.join(root, "examples", "thirty-days", "talks.md")
seen = {}


def run(*arguments, **options):
    """Run a view; of the example, which nothing here changes, each once."""
    fixed = example in arguments and "--html" not in arguments
    if fixed and arguments in seen:
        return seen[arguments]
    done = subprocess.run([program, "talks", *arguments], capture_output=True, text=True, **options)
    if fixed:
        seen[arguments] = done
    return done


def lines(*arguments):
    done = run(*arguments, "--json")
    return [json.loads(line) for line in done.stdout.splitlines()]


def ids(statements):
    return {s["id"] for s in statements}


# --- the example: where positions collide -----------------------------------------------------------------------------
conflicts = lines("conflicts", example)
ok(len(conflicts) == 3, "three conflicts", conflicts)
contingents = [c for c in conflicts if {"grushko_no_contingents", "flags_of_the_force"} <= ids(c["statements"])]
ok({"uk_offer", "france_offer"} == set().union(*(ids(c["statements"]) for c in contingents)) - {"grushko_no_contingents", "flags_of_the_force"},
   "the offers of contingents collide with the refusal", contingents)
ok(all(c["kind"].startswith("a refusal with a warning") and c["rests_on_assumption"] for c in contingents),
   "a refusal with a warning, by way of a labelled assumption")
refusal = next(s for s in contingents[0]["statements"] if s["id"] == "grushko_no_contingents")
ok(refusal["scope"] == "contingents under EU, NATO or national flags", "the refusal keeps its scope")
ok(refusal["words"].startswith("If they appear there, it means that they are deployed in the conflict zone"), "and its words")
host = next(c for c in conflicts if "macron_host_decides" in ids(c["statements"]))
ok(ids(host["statements"]) == {"macron_host_decides", "grushko_no_contingents"} and ids(host["warnings"]) == {"grushko_warning"},
   "the host decides, against the refusal and the warning", host)
ok(all({"statements", "issue", "why"} <= c.keys() and c["why"] for c in conflicts), "the shape of a conflict")

# --- the deadlock -----------------------------------------------------------------------------------------------------
sequence = lines("sequence", example)
deadlocks = [o for o in sequence if o["view"] == "deadlock"]
ok(len(deadlocks) == 1 and set(deadlocks[0]["cycle"]) == {"observers is unarmed", "agreement is concluded", "ceasefire is holding"},
   "the deadlock", deadlocks)
d = deadlocks[0]
ok(ids(d["statements"]) == {"grushko_observers", "holding_needs_observers", "ceasefire_first"}, "and what it rests on")
ok({s["id"] for s in d["statements"] if s["assumption"]} == {"holding_needs_observers", "ceasefire_first"}, "assumptions are labelled")
kinds = [c["kind"] for b in d["breaks"] for c in b["changes"]]
ok(sorted(set(kinds)) == ["interim guarantee", "simultaneous", "withdraw"] and len(d["breaks"]) == 7, "seven minimal ways to break it", kinds)
ok(all(b["order"] for b in d["breaks"]), "each with a feasible order")
for b in d["breaks"]:
    holds = {o["step"]: o["holds"] for o in b["order"]}
    changed = {s["id"] for c in b["changes"] for s in c["statements"]}
    for s, later, earlier in (("grushko_observers", "observers is unarmed", "agreement is concluded"),
                              ("holding_needs_observers", "ceasefire is holding", "observers is unarmed"),
                              ("ceasefire_first", "agreement is concluded", "ceasefire is holding")):
        if s not in changed and not holds[later] > holds[earlier]:
            ok(False, f"{s} is kept", b)
text = run("sequence", example).stdout
ok("ASSUMPTION, nobody's words [holding_needs_observers]" in text, "the text labels assumptions too")

# --- observers, the ceasefire -----------------------------------------------------------------------------------------
options = {(o["issue"], o["option"]): o for o in lines("matrix", example) if o["view"] == "option"}
unarmed = options["observers", "unarmed"]
ok(unarmed["refusal"] == [] and unarmed["acceptance"] == [] and len(unarmed["not_addressed"]) == 8,
   "unarmed observers: refused by no one, accepted by no one, mostly not addressed", unarmed)
matrix = run("matrix", example).stdout
ok("unarmed: refused by no one; accepted by no one; only after something else, says Alexander Grushko; not addressed by" in matrix,
   "and the text says so")
force = options["ceasefire", "in_force"]
ok(force["acceptance"] == ["Government of Ukraine"] and force["support in principle"] == ["Vladimir Putin"], "the thirty days", force)
cells = {(o["issue"], o["speaker"]): o for o in lines("matrix", example) if o["view"] == "matrix"}
ok(cells["ceasefire", "Government of Ukraine"]["position"] == "accepts in_force only if implementation is concurrent", "conditionally accepted")
ok("asks: who establishes violations along 2,000 km" in cells["ceasefire", "Vladimir Putin"]["position"], "with questions")
ok(cells["status", "Government of Ukraine"]["position"] == "not addressed", "silence is not addressed")
early = {(o["issue"], o["speaker"]): o for o in lines("matrix", example, "--as-of", "2025-03-12") if o["view"] == "matrix"}
ok(early["ceasefire", "Vladimir Putin"]["position"] == "not addressed", "as of an earlier day")

# --- the other views --------------------------------------------------------------------------------------------------
concessions = lines("concessions", example)
ok({frozenset(ids(c["statements"])) for c in concessions} ==
   {frozenset({"grushko_no_contingents"}), frozenset({"flags_of_the_force"}), frozenset({"uk_offer", "france_offer"})}, "concessions", concessions)
ok(all(c["weight"] is None for c in concessions) and "in no order" in run("concessions", example).stdout, "unordered, for nobody weighs")
packages = lines("packages", example)
ok("who has not addressed it has not accepted it" in run("packages", example).stdout, "silence on a package is no assent")
ok(len(packages[-1]["preferences_not_known"]) == 6 and "called better or fairer" in run("packages", example).stdout,
   "no preference is invented", packages[-1])
authority = lines("authority", example)
ok(authority[0]["decides"] == ["Ukraine"] and authority[0]["decides_not"] == ["Russia"], "authority", authority)
what = lines("what-if", example, "--without", "grushko_no_contingents")
ok(len(what) == 3 and all(o["change"] == "gone" for o in what), "what if", what)
what = run("what-if", example, "--with",
           'statement later: macron refuses that status is neutral; in "Radio"; original not available.')
ok("new:" in what.stdout and "Nothing was written." in what.stdout, "what if, with a sentence", what.stdout + what.stderr)
with tempfile.TemporaryDirectory() as folder:
    page = os.path.join(folder, "what.html")
    done = run("what-if", example, "--without", "grushko_no_contingents", "--html", page)
    html = open(page).read()
    ok(done.returncode == 0 and not done.stdout and "What if without grushko_no_contingents" in html and html.count("gone:") == 3 and
       "If they appear there" in html and "http" not in html, "what if, as a page", done.stderr)
ok(run("what-if", example, "--without", "nobody").returncode == 2, "what if: an unknown statement")

replies = {(o["provision"], o["side"]): o for o in lines("who-accepts", example, "draft.md")}
ok(replies["ceasefire", "Ukraine"]["answer"] == "accepted under a condition" and ids(replies["ceasefire", "Ukraine"]["statements"]) == {"ukraine_ceasefire"},
   "the draft's ceasefire: conditionally accepted by one side", replies)
ok(replies["ceasefire", "Russia"]["answer"] == "supported in principle" and "putin_lasting_peace" in ids(replies["ceasefire", "Russia"]["statements"]), "supported in principle by the other")
ok([replies["observers", s]["answer"] for s in ("Russia", "Ukraine", "France")] == ["only under a condition", "not addressed", "not addressed"], "observers")
ok(replies["status_of_ukraine", "Ukraine"]["answer"] == "not addressed", "silence on a demand is not addressed")

# --- indirect speech is never in quotation marks ------------------------------------------------------------------------
source = open(example).read()
reported = set(re.findall(r'indirect "([^"]*)"', source))
shown = "".join(run(view, example).stdout for view in ("conflicts", "concessions", "sequence", "matrix", "packages", "authority", "explain"))
quoted = set(re.findall(r'“([^”]*)”', shown))
ok(quoted and not quoted & reported, "no indirect speech in quotation marks", quoted & reported)

# --- preferences, weights, drafts in a small file ---------------------------------------------------------------------
small = """# Small

```truce
talks "Small".
side north "North". side south "South".
speaker anna "Anna" of north. speaker ivan "Ivan" of south.
issue status "status", exactly one: - neutral "neutral" - member "member".
issue line "line", exactly one: - old "old" - new "new".
issue watch "watch": - unarmed "unarmed observers".
statement a1: anna demands that status is member; in "R"; original "Member." in English; published 2025-01-01.
statement i1: ivan demands that status is neutral; in "R"; original "Neutral." in English; published 2025-01-02.
statement i2: ivan accepts that watch is unarmed only if status is neutral; in "R"; original not available; published 2025-01-03.
statement a2: anna could discuss that status is neutral; in "R"; original "Perhaps." in English; published 2025-01-09; supersedes a1.
preference p1: north prefers status is member to status is neutral, weight 3; declared by "Carla".
preference p2: north prefers line is old to line is new; declared by "Carla".
preference p3: south prefers status is neutral to status is member, weight 2; rests on i1.
preference p4: south prefers line is new to line is old, weight 2; declared by "Carla".
weight of a1 is 5; declared by "Carla".
weight of i1 is 2; declared by "Carla".
draft d "the draft" from "draft.md":
- watchers means watch is unarmed
- neutrality means status is neutral.
```
"""
draft = "# Draft\n\n## Article 1\n\n```truce\nprovision neutrality: north must be neutral.\n```\n\n## Article 2\n\n```truce\n" \
        "provision watchers: south may enter. provision other: north must leave.\n```\n"
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "small.md")
    open(path, "w").write(small)
    open(os.path.join(folder, "draft.md"), "w").write(draft)
    before = lines("conflicts", path, "--as-of", "2025-01-05")
    ok(len(before) == 1 and ids(before[0]["statements"]) == {"a1", "i1"}, "conflict before", before)
    ok(lines("conflicts", path) == [], "gone when superseded")
    drift = [o for o in lines("matrix", path) if o["view"] == "drift"]
    ok(len(drift) == 1 and drift[0]["from"]["id"] == "a1" and drift[0]["date"] == "2025-01-09", "drift", drift)
    weighed = lines("concessions", path, "--as-of", "2025-01-05")
    ok([c["weight"] for c in weighed] == [2, 5] and weighed[0]["weight_declared_by"] == "Carla", "ordered by declared weights", weighed)
    front = [o for o in lines("packages", path) if o["view"] == "pareto"]
    scores = sorted((o["scores"]["North"], o["scores"]["South"]) for o in front)
    ok(scores == [(-4, 4), (-2, 0), (2, 0), (4, -4)] or scores == [(-4, 4), (2, 0), (4, -4)], "Pareto front", scores)
    every = sorted(((3 if s else -3) + (1 if l else -1), (-2 if s else 2) + (-2 if l else 2)) for s in (0, 1) for l in (0, 1))
    expected = [x for x in every if not any(y != x and y[0] >= x[0] and y[1] >= x[1] for y in every)]
    ok(scores == sorted(set(expected)), "as by trying every outcome", (scores, expected))
    fair = [o["scores"] for o in front if o["max_min"]]
    best = max(min(x[0] / 4, x[1] / 4) for x in expected)
    ok(fair and all(min(f["North"] / 4, f["South"] / 4) == best for f in fair), "max-min", fair)
    replies = {(o["provision"], o["side"]): o for o in lines("who-accepts", path, "draft.md")}
    ok(replies["neutrality", "South"]["answer"] == "accepted" and replies["neutrality", "North"]["answer"] == "could be discussed", "who accepts", replies)
    ok(replies["watchers", "South"]["answer"] == "accepted under a condition" and replies["watchers", "North"]["answer"] == "not addressed", "on which words")
    ok(replies["other", "North"]["answer"] == "not addressed" and replies["other", "North"]["means"] is None, "what has no meaning in the talks")
    early = {(o["provision"], o["side"]): o for o in lines("who-accepts", path, "d", "--as-of", "2025-01-05")}
    ok(early["neutrality", "North"]["answer"] == "refused" and ids(early["neutrality", "North"]["statements"]) == {"a1"},
       "a demand for what excludes it refuses it", early["neutrality", "North"])
    ok(run("who-accepts", path, "absent.md").returncode == 2, "an unknown draft")

    # --- the page ------------------------------------------------------------------------------------------------------
    page = os.path.join(folder, "page.html")
    done = run("page", path, "--html", page)
    html = open(page).read()
    ok(done.returncode == 0 and not re.search(r'(src|href)="(?!#)|https?://|url\((?!#)', html), "the page needs nothing else", done.stderr)
    ok(html.count('class="day"') == 4 and 'data-day="2025-01-09"' in html and 'id="asof"' in html, "a state for each day")
    ok("The draft: the draft" in html, "the draft")
    nasty = small.replace('"Anna"', '"<script>alert(1)</script>"')
    open(path, "w").write(nasty)
    run("page", path, "--html", page)
    ok("<script>alert" not in open(page).read(), "what a user wrote is escaped")
    svg = run("sequence", example, "--html", page)
    ok("<svg" in open(page).read() and "knot dash" in open(page).read(), "the graph, deadlock and assumptions drawn", svg.stderr)

    # --- sealing -------------------------------------------------------------------------------------------------------
    key, wrong, sealed, opened = (os.path.join(folder, n) for n in ("key", "wrong", "sealed", "opened"))
    open(key, "w").write("correct horse\n")
    open(wrong, "w").write("incorrect horse\n")
    big = small.encode() + os.urandom(150000)
    open(path, "wb").write(big)
    done = run("seal", path, "--output", sealed, "--passphrase-file", key)
    data = open(sealed, "rb").read()
    ok(done.returncode == 0 and b"status" not in data and oct(os.stat(sealed).st_mode)[-3:] == "600", "sealed", done.stderr)
    ok(run("seal", path, "--output", sealed, "--passphrase-file", key).returncode == 2, "never over a file that is there")
    done = run("unseal", sealed, "--output", opened, "--passphrase-file", key)
    ok(done.returncode == 0 and open(opened, "rb").read() == big, "unsealed", done.stderr)
    os.remove(opened)

    def refuse(content, phrase, code, name):
        open(sealed, "wb").write(content)
        done = run("unseal", sealed, "--output", opened, "--passphrase-file", phrase)
        ok(done.returncode in (1, 2) and code in done.stderr and not os.path.exists(opened), name, done.stderr)

    refuse(data, wrong, "wrong-passphrase", "a wrong passphrase")
    refuse(data[:-1], key, "truncated", "cut by one byte")
    refuse(data[:70000], key, "truncated", "cut in the middle")
    refuse(data[:len(data) - 40000], key, "truncated", "cut at a record's middle")
    refuse(data[:30], key, "truncated", "cut in its head")
    refuse(data + b"x", key, "truncated", "with something added")
    refuse(data[:100000] + bytes([data[100000] ^ 1]) + data[100001:], key, "altered", "one bit altered")
    refuse(data[:20] + bytes([data[20] ^ 64]) + data[21:], key, "wrong-passphrase", "its head altered")
    refuse(b"# Talks\n", key, "not-sealed", "never sealed")
    ok(sorted(os.listdir(folder)) == ["draft.md", "key", "page.html", "sealed", "small.md", "wrong"], "nothing else was written", os.listdir(folder))

# --- mountains ---------------------------------------------------------------------------------------------------------
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "mountain.md")
    holes, birds = range(9), range(10)
    text = "# M\n\n```truce\ntalks \"M\".\nspeaker a \"A\".\n"
    text += "".join(f"issue p{p} \"p\", any number: " + " ".join(f'- h{h} "h"' for h in holes) + ".\n" for p in birds)
    text += "".join(f"statement d{p}: a demands that " + " or ".join(f"p{p} is h{h}" for h in holes) +
                    "; in \"R\"; original not available.\n" for p in birds)
    text += "".join(f"statement x{h}_{p}_{q}: a holds that p{p} is h{h} only if p{q} is not h{h}; in \"R\"; original not available.\n"
                    for h in holes for p in birds for q in range(p))
    open(path, "w").write(text + "```\n")
    done = run("conflicts", path, "--seconds", "1")
    ok(done.returncode == 0 and "not fully explored" in done.stdout and "No positions collide" not in done.stdout,
       "an unsatisfiable mountain: the limit says what was not explored", done.stdout[:500] + done.stderr)
    done = run("concessions", path, "--seconds", "1")
    ok("No way out was found in what was explored" in done.stdout and "nobody need concede" not in done.stdout and
       "not fully explored" in done.stdout, "nor that nobody need concede anything", done.stdout[:500])
    done = run("packages", path, "--seconds", "1")
    ok("There are 0" not in done.stdout and "not fully explored" in done.stdout, "nor that there are no packages", done.stdout[:800])
    page = os.path.join(folder, "mountain.html")
    done = run("page", path, "--html", page, "--seconds", "1")
    html = open(page).read()
    ok(done.returncode == 0 and "No collision was found in what was explored" in html and "not fully explored" in html, "nor the page", done.stderr)
    path = os.path.join(folder, "many.md")
    text = "# M\n\n```truce\ntalks \"M\".\nspeaker a \"A\".\nissue i \"I\", any number: " + " ".join(f'- o{k} "o"' for k in range(2000)) + ".\n"
    text += "".join(f"statement s{k}: a holds that i is o{k * 7919 % 2000} only after i is o{(k * 104729 + 1) % 2000}; in \"R\"; "
                    f"original not available.\n" for k in range(10000))
    open(path, "w").write(text + "```\n")
    done = run("sequence", path, "--seconds", "1", "--most", "20")
    ok(done.returncode == 0 and "not fully explored" in done.stdout, "ten thousand preconditions", done.stdout[-500:] + done.stderr)
plan()
