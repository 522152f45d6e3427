"""The manual page and the completions name every command of talks with the options that its usage tells."""
import os
import re
import shutil
import subprocess
import sys

from ok import ok, plan

program, root = os.path.abspath(sys.argv[1]), sys.argv[2]


def read(*path):
    return open(os.path.join(root, *path), encoding="utf-8").read()


help_ = subprocess.run([program, "talks", "--help"], capture_output=True, text=True)
commands = re.findall(r"^  ([a-z-]+) ", help_.stdout, re.M)
ok(help_.returncode == 0 and len(commands) == 17, "help lists the commands", help_.stdout)

# The manual page as roff: an entry begins with .TP and a bold command.
manual = read("doc", "man", "truce-talks.1").replace("\\-", "-")
entries = {re.match(r"\\fB([a-z-]+)\\fR", e).group(1): e for e in manual.split(".TP\n")[1:] if re.match(r"\\fB[a-z]", e)}
bash, zsh, fish = read("completions", "truce.bash"), read("completions", "_truce"), read("completions", "truce.fish")
for command in commands:
    done = subprocess.run([program, "talks", command], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    usage = done.stderr[done.stderr.find("usage:"):]
    options = set(re.findall(r"--[a-z][a-z-]*", usage))
    told = set(re.findall(r"--[a-z][a-z-]*", entries.get(command, "").split(".SH")[0].splitlines()[0] if command in entries else ""))
    ok(done.returncode == 2 and usage and told == options, f"the manual tells the options of {command}", (told, options))
    described = manual[manual.index(".SH OPTIONS"):] + entries.get(command, "")
    ok(all(o in described for o in options), f"and what they do: {command}", options)
    ok(all(re.search(rf"[ |']{command}[ |')\n]", c) for c in (bash, zsh, fish)), f"completions know {command}")
    if command != "compare":
        script = f"source {root}/completions/truce.bash; COMP_WORDS=(truce talks {command} --); COMP_CWORD=3; _truce; echo ${{COMPREPLY[@]}}"
    else:
        script = f"source {root}/completions/truce.bash; COMP_WORDS=(truce compare --); COMP_CWORD=2; _truce; echo ${{COMPREPLY[@]}}"
    offered = set(subprocess.run(["bash", "-c", script], capture_output=True, text=True).stdout.split())
    ok(offered == options, f"bash completes the options of {command}", (offered, options))
    ok(all(f"{o}[" in zsh for o in options) and all(f"-l {o[2:]} " in fish for o in options), f"zsh and fish too: {command}", options)
if shutil.which("man"):
    done = subprocess.run(["man", "--warnings", "-l", os.path.join(root, "doc", "man", "truce-talks.1")], capture_output=True, text=True,
                          env={**os.environ, "MANWIDTH": "100"})
    ok(done.returncode == 0 and "warning" not in done.stderr, "the manual page is well made", done.stderr)
plan()
