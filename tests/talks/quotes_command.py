"""truce talks quotes, as a user runs it: JSON lines whose words can be found again, a skeleton that counts for nothing."""
import json
import os
import subprocess
import sys
import tempfile

from ok import ok, plan

program = sys.argv[1]


def run(*arguments):
    return subprocess.run([program, "talks", "quotes", *arguments], capture_output=True)


with tempfile.TemporaryDirectory() as folder:
    article = os.path.join(folder, "article.txt")
    text = ("\ufeffAlexander Grushko spoke.\r\n\r\n“We can talk,” he said, “about \"unarmed\" observers.”\r\n\r\n"
            "« Nous sommes prêts », a dit Emmanuel Macron.\r\n").encode()
    open(article, "wb").write(text)
    before = sorted(os.listdir(folder))
    done = run("--json", article)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    ok(done.returncode == 0, "exit code 0", done.stderr)
    ok(len(lines) == 4, "four spans", done.stdout)
    ok(all(text[o["offset"]:o["offset"] + o["length"]].decode() == o["words"] for o in lines), "words found again")
    ok([o["line"] for o in lines] == [3, 3, 3, 5], "lines", lines)
    ok(lines[0]["speaker"] == "Alexander Grushko" and lines[3]["speaker"] == "Emmanuel Macron", "speakers", lines)
    ok(lines[2]["speaker"] is None and lines[2]["words"] == "unarmed", "null when unsure", lines)
    ok(all(o["confirmed"] is False for o in lines), "nothing is confirmed")
    done = run(article)
    skeleton = done.stdout.decode()
    ok("proposed q1_1: grushko said;" in skeleton, "skeleton proposes", skeleton)
    ok('original "about ”unarmed” observers."' in skeleton, "quotes within words do not end them", skeleton)
    skeleton_file = os.path.join(folder, "skeleton.md")
    open(skeleton_file, "w").write(skeleton)
    checked = subprocess.run([program, "talks", "check", skeleton_file], capture_output=True)
    ok(checked.returncode == 0 and b"count for nothing" in checked.stdout + checked.stderr,
       "the skeleton is a file of talks that counts for nothing", checked.stderr)
    os.remove(skeleton_file)
    ok("\nstatement " not in skeleton, "skeleton states nothing")
    ok(sorted(os.listdir(folder)) == before, "nothing is written beside the article")
    done = run("--json", article, os.path.join(folder, "absent.txt"))
    ok(done.returncode == 2 and len(done.stdout.splitlines()) == 4, "an absent file is said, the other read")
    ok(run("--jsn", article).returncode == 2, "unknown option")
    ok(run().returncode == 2, "no article")

# Press style in four languages (invented names and texts): every span, speaker and ground, to the letter.  REGENERATE=1 writes them anew.
press = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden", "press")
for name in sorted(f for f in os.listdir(press) if f.endswith(".txt")):
    source = open(os.path.join(press, name), "rb").read()
    objects = [json.loads(line) for line in run("--json", os.path.join(press, name)).stdout.splitlines()]
    answer = "".join(f"{o['line']}:{o['offset']}+{o['length']} {o['kind']} {o['part']}/{o['parts']} depth {o['depth']} [{o['speaker']}] "
                     f"{o['words']}\n" for o in objects)
    path = os.path.join(press, name[:-4] + ".expected")
    if os.environ.get("REGENERATE"):
        open(path, "w").write(answer)
    ok(answer == open(path).read(), f"quotations of {name}", answer)
    ok(all(source[o["offset"]:o["offset"] + o["length"]].decode() == o["words"] for o in objects), f"bytes of {name}")
plan()
