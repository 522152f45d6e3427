"""Files of talks: each bad input has a clear answer (golden files), good ones have one layout, quotations are proven."""
import os
import subprocess
import sys
import tempfile

from ok import ok, plan

program, room = os.path.abspath(sys.argv[1]), os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")
example = os.path.join(room, "..", "..", "..", "examples", "thirty-days", "talks.md")


def run(*arguments, cwd=room):
    return subprocess.run([program, "talks", *arguments], capture_output=True, cwd=cwd, text=True)


# What `check` answers to bad input, to the letter.  REGENERATE=1 writes the files anew, to be read by a person.
for name in sorted(f for f in os.listdir(room) if f.endswith(".md")):
    done = run("check", name)
    answer = f"exit {done.returncode}\n{done.stdout}{done.stderr}"
    path = os.path.join(room, name[:-3] + ".expected")
    if os.environ.get("REGENERATE"):
        open(path, "w").write(answer)
    expected = open(path).read() if os.path.exists(path) else ""
    ok(answer == expected, f"answer to {name}", answer)

# One layout, and the same a second time.
done = run("fmt", example)
ok(done.returncode == 0 and done.stdout == open(example).read(), "the example is in the one layout", done.stderr)
with tempfile.TemporaryDirectory() as folder:
    untidy = os.path.join(folder, "untidy.md")
    open(untidy, "w").write("""# Untidy

Prose   stays  as it is.

```truce
  talks   "Untidy" .   # the title
# about north
side north
   "North". speaker anna "Anna Berg" of north.
issue status "the status" : – neutral "neutral" – member "member of an alliance" .
statement s1: anna   demands that status is not member ;in "Radio"; original "No." in English;public
  ; grade A.


statement s2: anna holds that status is neutral, only if status is not member; original not available; in "Radio".
```
""")
    once = run("fmt", untidy)
    open(untidy, "w").write(once.stdout)
    twice = run("fmt", untidy)
    expected = """# Untidy

Prose   stays  as it is.

```truce
talks "Untidy". # the title
# about north
side north "North".
speaker anna "Anna Berg" of north.

issue status "the status":
- neutral "neutral"
- member "member of an alliance".

statement s1: anna demands that status is not member;
  in "Radio";
  original "No." in English;
  public; grade A.

statement s2: anna holds that status is neutral, only if status is not member;
  original not available;
  in "Radio".
```
"""
    ok(once.stdout == expected, "layout", once.stdout + once.stderr)
    ok(twice.stdout == once.stdout, "the layout is kept")

# Indirect speech is never in quotation marks; assumptions are called so.
done = run("explain", example)
ok("in indirect speech: a peacekeeping force to monitor a ceasefire" in done.stdout, "indirect speech is marked")
ok("“a peacekeeping force" not in done.stdout, "and not in quotation marks")
ok("ASSUMPTION, nobody's words" in done.stdout, "an assumption is called so")
ok("regards “these contingents” as “parties to the conflict”" in done.stdout, "direct words are in quotation marks")
ok("scope, as stated: contingents under EU, NATO or national flags" in done.stdout, "a refusal keeps its scope")

# An agreement is not a file of talks.
done = run("matrix", os.path.join(room, "..", "..", "..", "examples", "thirty-days", "agreement.md"))
ok(done.returncode == 2 and done.stderr.count("error:") == 1 and "[file-of-agreement]" in done.stderr and "check-draft" in done.stderr,
   "an agreement, where talks are asked for", done.stderr)

# Strange files.
with tempfile.TemporaryDirectory() as folder:
    def answer(data, *arguments):
        path = os.path.join(folder, "x.md")
        open(path, "wb").write(data)
        return run(*(arguments or ("check",)), path)
    ok(answer(b"").returncode == 1, "an empty file")
    ok("nul-byte" in answer(b"# A\n\n```truce\ntalks \"a\".\0\n```\n").stderr, "a NUL byte")
    ok("not-utf-8" in answer(b"# A\n\n```truce\ntalks \"\xff\".\n```\n").stderr, "not UTF-8")
    many = "# M\n\n```truce\ntalks \"M\".\nspeaker a \"A\".\nissue i \"I\", any number: " + \
        " ".join(f"- o{k}" for k in range(300)) + ".\n" + \
        "".join(f"statement s{k}: a holds that i is o{k % 300} only after i is o{(k * 7 + 1) % 300}; in \"R\"; "
                f"original not available.\n" for k in range(10000)) + "```\n"
    done = answer(many.encode())
    ok(done.returncode == 0 and "10000 statements" in done.stdout, "ten thousand preconditions are read", done.stderr[:300])
    ok(run("check", folder).returncode == 2, "a folder")
    ok(run("chek", example).returncode == 2, "a mistyped command")
    ok("did you mean \"check\"" in run("chek", example).stderr, "is answered with the nearest")
plan()
