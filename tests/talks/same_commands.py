"""`truce check`, `fmt` and `explain` know a file of talks by its first sentence, with the options and exit codes they have for agreements."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

from ok import ok, plan

program, root = os.path.abspath(sys.argv[1]), sys.argv[2]
example = os.path.join(root, "examples", "thirty-days", "talks.md")
golden = os.path.join(root, "tests", "talks", "golden")


def run(*words, **options):
    return subprocess.run([program, *words], capture_output=True, text=True, **options)


done = run("check", example)
ok(done.returncode == 0 and "found word for word" in done.stdout, "check proves quotations", done.stderr)
done = run("check", "-", input=open(os.path.join(golden, "unknown-issue.md")).read())
ok(done.returncode == 1 and "stattus" in done.stderr and "errors" in done.stderr, "check from standard input", done.stderr)
done = run("check", "--json", os.path.join(golden, "misquotation.md"))
ok(done.returncode == 1 and all("code" in json.loads(line) for line in done.stdout.splitlines()) and done.stdout, "check --json", done.stdout)
ok(run("check", "/nonexistent").returncode == 2, "check of nothing")
# What asks for an agreement says so once, and what to ask instead.
agreement = os.path.join(root, "examples", "thirty-days", "agreement.md")
for words in (["diff", example, example], ["diff", agreement, example], ["run", example], ["why", example, "p"]):
    done = run(*words)
    ok(done.returncode == 2 and done.stderr.count("error:") == 1 and "[file-of-talks]" in done.stderr and
       "truce talks matrix TALKS.md --as-of DATE" in " ".join(done.stderr.split()), f"{words[0]} of a file of talks", done.stderr + done.stdout)
done = run("explain", example)
ok(done.returncode == 0 and "read as: every outcome with" in done.stdout, "explain", done.stderr)
statements = [json.loads(line) for line in run("explain", "--json", example).stdout.splitlines()]
ok(len(statements) > 20 and all(o["read_as"] and o["statement"]["id"] for o in statements), "explain --json")
done = run("explain", "--formula", example)
ok(done.returncode == 0 and "no formulas" in done.stderr, "talks have no formulas, and it is said", done.stderr)
ok(run("explain", os.path.join(golden, "several.md")).returncode == 1, "explain of errors")
ok(run("fmt", "--check", example).returncode == 0, "fmt --check: laid out")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "untidy.md")
    open(path, "w").write("# T\n\n```truce\ntalks   \"T\" .\nside  north \"North\".\n```\n")
    ok(run("fmt", "--check", path).returncode == 1, "fmt --check: not laid out")
    printed = run("fmt", "--print", path).stdout
    ok('talks "T".\nside north "North".' in printed and "talks   " in open(path).read(), "fmt --print writes nothing", printed)
    ok(run("fmt", path).returncode == 0 and open(path).read() == printed, "fmt in place")
    shutil.copy(os.path.join(golden, "several.md"), path)
    before = open(path).read()
    ok(run("fmt", path).returncode == 2 and open(path).read() == before, "what cannot be read is left alone")
plan()
