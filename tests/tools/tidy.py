#!/usr/bin/env python3
"""clang-tidy over all C files, each only when it changed: tidy.py BUILD-FOLDER [FILE or FOLDER…].

BUILD-FOLDER/tidy/ keeps for each file that was found clean a hash of all that the answer depends on:
the file as preprocessed (comments kept, for they can silence a finding), the .clang-tidy files above it,
and the version of clang-tidy.  Findings are printed; exit 1 when there are any."""
import concurrent.futures
import hashlib
import json
import os
import shlex
import subprocess
import sys


def preprocessed(entry):
    """The file with its headers; empty when that fails, which clang-tidy then explains."""
    words, command = shlex.split(entry["command"]), []
    if os.path.basename(words[0]) == "ccache":
        words = words[1:]
    skip = False
    for word in words:
        if skip or word in ("-c", "-MD", "-o", "-MQ", "-MF"):
            skip = not skip and word in ("-o", "-MQ", "-MF")
            continue
        command.append(word)
    return subprocess.run(command + ["-E", "-CC"], cwd=entry["directory"], capture_output=True).stdout


def rules_of(name):
    """The .clang-tidy of each folder on the way down to the file."""
    text, parts = b"", name.split("/")
    for depth in range(len(parts)):
        path = os.path.join(*parts[:depth], ".clang-tidy")
        if os.path.exists(path):
            with open(path, "rb") as f:
                text += f.read()
    return text


def examine(folder, name, entry, rules):
    """"" when clean, else what clang-tidy said."""
    text = preprocessed(entry)
    key = hashlib.sha256(rules + text).hexdigest()
    stamp = os.path.join(folder, "tidy", name.replace("/", "-"))
    if text and os.path.exists(stamp):
        with open(stamp, encoding="ascii") as f:
            if f.read() == key:
                return ""
    run = subprocess.run(["clang-tidy", "-p", folder, "--quiet", "--warnings-as-errors=*", name],
                         capture_output=True, text=True)
    if run.returncode == 0 and not run.stdout.strip():
        with open(stamp, "w", encoding="ascii") as f:
            f.write(key)
        return ""
    return run.stdout if run.stdout.strip() else run.stderr or "clang-tidy failed"


def main():
    folder, wanted = sys.argv[1], sys.argv[2:]
    os.makedirs(os.path.join(folder, "tidy"), exist_ok=True)
    with open(os.path.join(folder, "compile_commands.json"), encoding="utf-8") as f:
        entries = {}
        for e in json.load(f):
            path = os.path.join(e["directory"], e["file"])
            entries[os.path.relpath(path)] = e
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    listed = subprocess.run(["git", "ls-files", "*.c"], capture_output=True, text=True, check=True)
    names = [n for n in listed.stdout.split()
             if not wanted or any(n == w or n.startswith(w.rstrip("/") + "/") for w in wanted)]
    unbuilt = [n for n in names if n not in entries]
    for name in unbuilt:
        print("%s: in no meson.build, so it cannot be examined" % name)
    names = [n for n in names if n in entries]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        jobs = [pool.submit(examine, folder, n, entries[n], rules_of(n) + version) for n in names]
        for done in concurrent.futures.as_completed(jobs):
            said = done.result()
            if said:
                failed += 1
                print(said.rstrip(), flush=True)
    if failed or unbuilt:
        print("clang-tidy: %d of %d files have findings" % (failed, len(names)))
    return 1 if failed or unbuilt else 0


if __name__ == "__main__":
    sys.exit(main())
