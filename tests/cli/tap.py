"""Tests of commands: a script calls `case(name)` functions and prints TAP."""
import os
import subprocess
import sys
import tempfile
import traceback

CASES = []


def case(f):
    """Register a test; its first line of documentation is its name."""
    CASES.append(f)
    return f


class Skip(Exception):
    """Raised by a test that cannot run here."""


class Result:
    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr


def run(*words, env=None, cwd=None, text=True, timeout=120):
    """Run a command with no terminal; its exit code, standard output and standard error."""
    full = dict(os.environ, LC_ALL="C.UTF-8", **(env or {}))
    full.pop("COLUMNS", None)
    if env:
        full.update(env)
    done = subprocess.run([str(w) for w in words], capture_output=True, text=text, env=full, cwd=cwd,
                          timeout=timeout, check=False, **({"errors": "replace"} if text else {}))
    return Result(done)


def equal(got, want, what=""):
    assert got == want, f"{what}: got {got!r}, want {want!r}"


def has(text, part):
    assert part in text, f"no {part!r} in {text[:2000]!r}"


def lacks(text, part):
    assert part not in text, f"{part!r} stands in {text[:2000]!r}"


def main():
    """Run all cases, each in a fresh folder given to it; exit 1 when one failed."""
    print(f"1..{len(CASES)}")
    failed = False
    for i, f in enumerate(CASES, 1):
        name = (f.__doc__ or f.__name__).strip().splitlines()[0]
        try:
            with tempfile.TemporaryDirectory() as folder:
                f(folder)
            print(f"ok {i} - {name}")
        except Skip as why:
            print(f"ok {i} - {name} # SKIP {why}")
        except Exception:  # every failure of a test is told as one
            failed = True
            print(f"not ok {i} - {name}")
            for line in traceback.format_exc().splitlines():
                print("#", line)
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
