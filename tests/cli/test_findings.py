#!/usr/bin/env python3
"""What the command says of wrong input, to the letter (findings.txt), and that every code of a finding has such a case.

usage: test_findings.py TRUCE SOURCE-ROOT
findings.txt holds what fits into a few lines; what must be made by a program is made here, and its answer stands in
findings-made.txt.  TRUCE_GOLDEN=write renews both.
"""
import os
import pathlib
import pty
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import case, equal, has, lacks, main, run  # noqa: E402

TRUCE, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
HERE = ROOT / "tests" / "cli"
WRITE = os.environ.get("TRUCE_GOLDEN") == "write"


def read_cases(text):
    """The head of the file, and its cases: name, words, files, answer."""
    head, *parts = text.split("@@ case: ")
    cases = []
    for part in parts:
        name, rest = part.split("\n", 1)
        found = {"name": name, "words": [], "files": {}, "says": ""}
        for piece in ("\n" + rest).split("\n@@ ")[1:]:
            what, _, body = piece.partition("\n")
            body = body.rstrip("\n") + "\n" if body.rstrip("\n") else ""
            kind, _, value = what.partition(": ")
            if kind == "run":
                found["words"] = value.split()
            elif kind == "file":
                found["files"][value] = body
            else:
                equal(what, "says")
                found["says"] = body
        cases.append(found)
    return head, cases


def show_cases(head, cases):
    out = head
    for x in cases:
        out += "@@ case: %s\n@@ run: %s\n" % (x["name"], " ".join(x["words"]))
        for name, body in x["files"].items():
            out += "@@ file: %s\n%s" % (name, body)
        out += "@@ says\n" + x["says"]
    return out


def says(done):
    return "exit %d\n%s" % (done.code, done.err)


@case
def every_case_of_the_file(folder):
    """what is said of each case of findings.txt"""
    path = HERE / "findings.txt"
    head, cases = read_cases(path.read_text(encoding="utf-8"))
    assert len(cases) > 20
    wrong = []
    for number, x in enumerate(cases):
        here = pathlib.Path(folder) / str(number)
        here.mkdir()
        for name, body in x["files"].items():
            # a carriage return is written \r
            (here / name).write_bytes(body.replace("\\r", "\r").encode())
        answer = says(run(TRUCE, *x["words"], cwd=here))
        if answer.rstrip("\n") != x["says"].rstrip("\n"):
            wrong.append((x["name"], answer, x["says"]))
        x["says"] = answer.rstrip("\n") + "\n"
        left = sorted(set(os.listdir(here)) - set(x["files"]))
        equal(left, [], x["name"])
    if WRITE:
        path.write_text(show_cases(head, cases), encoding="utf-8")
    else:
        equal(wrong, [])


MADE = {}


def made(name, answer):
    """Compare with the made answer of this name."""
    MADE[name] = answer
    if not WRITE:
        equal(answer, MADE_WANTED.get(name), name)


def read_made():
    path = HERE / "findings-made.txt"
    if not path.exists():
        return {}
    parts = path.read_text(encoding="utf-8").split("@@ ")[1:]
    return {p.split("\n", 1)[0]: p.split("\n", 1)[1] for p in parts}


MADE_WANTED = read_made()


def monitor(folder, formula, log, *words):
    root = pathlib.Path(folder)
    (root / "s.sig").write_text("p(int)\ns(string)\n")
    (root / "f.mfotl").write_text(formula)
    (root / "l.log").write_text(log)
    return run(TRUCE, "monitor", "-sig", "s.sig", "-formula", "f.mfotl", "-log", "l.log", *words, cwd=folder)


@case
def too_deep(folder):
    """a formula nested too deep"""
    done = monitor(folder, "NOT (" * 3000 + "p(1)" + ")" * 3000, "@1 p(1)\n")
    where, _, rest = done.err.partition("\n")
    made("too deep", "exit %d\n%s\n%s\n" % (done.code, where, rest.rstrip("\n").splitlines()[-1]))


@case
def too_many_steps(folder):
    """a schedule of more than a thousand steps"""
    steps = "".join("\n  – 1 more by day %d" % day for day in range(1, 1003))
    steps = steps.replace("1 more by", "1 percent by")
    (pathlib.Path(folder) / "a.md").write_text("""# Steps

```truce
agreement "T" in force from 2025-03-01 00:00; time zone Europe/Kyiv; day 1 is 2025-03-01.
party north.
event leave (by party), verb leave, leaves, left, leaving.
stock units. north declares 5000 units.
provision stepwise: north must leave its units:%s.
```
""" % steps, encoding="utf-8")
    done = run(TRUCE, "check", "a.md", cwd=folder)
    made("too many steps", says(done))


@case
def quotations_too_deep(folder):
    """quotations within quotations within quotations"""
    deep = "".join("“a " if k % 2 == 0 else "‘b " for k in range(80))
    (pathlib.Path(folder) / "a.txt").write_text("He said: " + deep + "\n", encoding="utf-8")
    done = run(TRUCE, "talks", "quotes", "a.txt", cwd=folder)
    lines = [line for line in done.err.splitlines() if "“a" not in line and "^" not in line]
    made("quotations too deep", "exit %d\n%s\n" % (done.code, "\n".join(lines[:2])))


@case
def a_log_that_changes(folder):
    """a log that is cut while it is read cannot be explained"""
    root = pathlib.Path(folder)
    (root / "s.sig").write_text("p(int)\n")
    (root / "f.mfotl").write_text("ONCE[0,100] p(x)")
    log = root / "l.log"
    log.write_text("".join("@%d p(%d)\n" % (t, t) for t in range(3000)))
    with subprocess.Popen([TRUCE, "monitor", "-sig", "s.sig", "-formula", "f.mfotl", "-log", "l.log", "-explain",
                           "2999"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        child.stdout.read(1)  # it writes, and soon waits: its pipe is full
        os.truncate(log, 0)
        _, err = child.communicate(timeout=120)
    made("a log that changes", "exit %d\n%s" % (child.returncode, err.decode()))


@case
def two_passphrases(folder):
    """passphrases that differ, typed on a terminal"""
    (pathlib.Path(folder) / "talks.md").write_text("# Talks\n")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execv(TRUCE, [TRUCE, "talks", "seal", "talks.md", "--output", "sealed"])
    shown = b""
    for asked, answer in ((b"Passphrase: ", b"one\n"), (b"again: ", b"two\n")):
        while asked not in shown:
            shown += os.read(terminal, 1000)
        os.write(terminal, answer)
    try:
        while True:
            shown += os.read(terminal, 1000)
    except OSError:
        pass  # the terminal is gone: it has ended
    _, status = os.waitpid(child, 0)
    plain = re.sub("\033\\[[0-9;]*m", "", shown.decode().replace("\r", ""))
    lines = [x for x in plain.splitlines() if x.startswith("error")]
    lacks(shown.decode(), "two\r")
    made("two passphrases", "exit %d\n%s\n" % (os.waitstatus_to_exitcode(status), "\n".join(lines)))
    equal(os.listdir(folder), ["talks.md"])


@case
def no_terminal(folder):
    """nobody can be asked for the passphrase"""
    (pathlib.Path(folder) / "talks.md").write_text("# Talks\n")
    done = subprocess.run([TRUCE, "talks", "seal", "talks.md", "--output", "sealed"], cwd=folder, capture_output=True,
                          stdin=subprocess.DEVNULL, start_new_session=True, text=True, timeout=60, check=False)
    made("no terminal", "exit %d\n%s" % (done.returncode, done.stderr))
    equal(os.listdir(folder), ["talks.md"])


@case
def outside_the_folder(folder):
    """a witness takes nothing from outside the draft's folder"""
    root = pathlib.Path(folder)
    (root / "in").mkdir()
    (root / "front.geojson").write_text('{"type":"Feature","properties":{},"geometry":{"type":"LineString",'
                                        '"coordinates":[[37,48],[38,49]]}}')
    (root / "in" / "draft.md").write_text("""# Draft

```truce
agreement "T" signed 2025-03-01; in force from 2025-03-02 00:00 until 2025-03-31; time zone Europe/Kyiv.
party north. party south.
line front from "../front.geojson".
zone belt is within 1 km of front.
event fire (by party), verb fire, fires, fired, firing.
provision must_fire: north must fire by 2025-03-05.
provision no_fire: north must not fire.
```
""")
    done = run(TRUCE, "talks", "check-draft", "draft.md", "--witness", "../w", cwd=root / "in")
    made("outside the folder", says(done))


@case
def the_made_answers_are_all_there(_folder):
    """no made answer is left over"""
    if WRITE:
        text = "".join("@@ %s\n%s" % (name, answer) for name, answer in MADE.items())
        (HERE / "findings-made.txt").write_text(text, encoding="utf-8")
    equal(sorted(MADE), sorted(read_made()))


main()
