#!/usr/bin/env python3
"""A verdict is out as soon as it is settled; the ways a run can end.  usage: stream.py TRUCE.  TAP."""
import os
import pathlib
import select
import subprocess
import sys
import tempfile

TRUCE = sys.argv[1]
TESTS = []


def test(function):
    TESTS.append(function)
    return function


class Monitor:
    """`truce monitor` fed through a pipe."""

    def __init__(self, folder, formula, *options, sig="p(int)\nq(int)\nn()\ns(string)\n"):
        (folder / "sig").write_text(sig)
        (folder / "formula").write_text(formula)
        self.process = subprocess.Popen([TRUCE, "monitor", "-sig", folder / "sig", "-formula", folder / "formula",
                                         *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)

    def write(self, text):
        self.process.stdin.write(text.encode())
        self.process.stdin.flush()

    def line(self, wait=20.0):
        """The next line, or None when none comes."""
        out = self.process.stdout.fileno()
        got = b""
        while not got.endswith(b"\n"):
            if not select.select([out], [], [], wait)[0]:
                return None
            more = os.read(out, 1)
            if not more:
                return None
            got += more
        return got.decode().rstrip("\n")

    def end(self):
        out, err = self.process.communicate(timeout=60)
        return out.decode(), err.decode(), self.process.returncode


def equal(got, expected):
    if got != expected:
        raise AssertionError("got %r, expected %r" % (got, expected))


@test
def each_line_is_answered_before_the_next(folder):
    m = Monitor(folder, "p(x) AND NOT ONCE[0,10] q(x)")
    for i in range(20):
        m.write("@%d p(%d)\n" % (i, i))
        equal(m.line(), "@%d (time point %d): (%d)" % (i, i, i))
    equal(m.end(), ("", "", 0))


@test
def a_semicolon_ends_a_time_point(folder):
    m = Monitor(folder, "p(x)")
    m.write("@1 p(1) ;")
    equal(m.line(), "@1 (time point 0): (1)")
    m.write(" @2 p(2);")
    equal(m.line(), "@2 (time point 1): (2)")
    equal(m.end(), ("", "", 0))


@test
def strings_are_answered_too(folder):
    m = Monitor(folder, 's(x) AND x < "m"')
    for i, word in enumerate(["alpha", "zulu", "bravo"]):
        m.write('@%d s("%s")\n' % (i, word))
        if word < "m":
            equal(m.line(), '@%d (time point %d): ("%s")' % (i, i, word))
    equal(m.end(), ("", "", 0))


@test
def the_future_is_awaited(folder):
    m = Monitor(folder, "p(x) AND NOT EVENTUALLY[0,5] q(x)")
    m.write("@1 p(1)\n")
    equal(m.line(0.2), None)
    m.write("@6 q(2)\n")
    equal(m.line(0.2), None)
    m.write("@7 p(3)\n")
    equal(m.line(), "@1 (time point 0): (1)")
    equal(m.end(), ("@7 (time point 2): (3)\n", "", 0))


@test
def nonewlastts_leaves_it_open(folder):
    m = Monitor(folder, "p(x) AND NOT EVENTUALLY[0,5] q(x)", "-nonewlastts")
    m.write("@1 p(1)\n@7 p(3)\n")
    equal(m.end(), ("@1 (time point 0): (1)\n", "", 0))


@test
def clock_intervals_as_they_end(folder):
    m = Monitor(folder, "ONCE[0,3] p(x)", "-clock")
    m.write("@1 p(1)\n@2 p(2)\n@6 n()\n")
    equal(m.line(), "[1,4] (1)")
    equal(m.line(0.2), None)  # [2,5] might go on
    equal(m.end(), ("[2,5] (2)\n", "", 0))


@test
def clock_of_a_closed_formula(folder):
    m = Monitor(folder, "ONCE[0,3] n()", "-clock")
    m.write("@1 n()\n@3 n()\n@10 n()\n@11 p(1)\n")
    equal(m.end(), ("[1,6] true\n[10,11] true\n", "", 0))


@test
def verbose_prints_every_time_point(folder):
    m = Monitor(folder, "p(x)", "-verbose")
    m.write("@1 p(2)(1)\n@2\n@3 q(1)\n")
    equal(m.end(), ("The analyzed formula is:\n  p(x)\nThe sequence of free variables is: (x)\n"
                    "@1 (time point 0): ((1),(2))\n@2 (time point 1): ()\n@3 (time point 2): ()\n", "", 0))


@test
def verbose_of_a_closed_formula(folder):
    m = Monitor(folder, "NOT n()", "--verbose")
    m.write("@1 p(1)\n@2 n()\n")
    equal(m.end()[0].splitlines()[-2:], ["@1 (time point 0): true", "@2 (time point 1): false"])


@test
def many_batches_with_new_strings(folder):
    """Reading and evaluating overlap: under TSan this is what shows a race."""
    m = Monitor(folder, "c <- CNT i; w (ONCE[0,0] t(w,i))", sig="t(string,int)\n")
    (folder / "log").write_text("".join("@%d t(word%d,%d)\n" % (i, i, i) for i in range(20000)))
    with open(folder / "log") as log:
        done = subprocess.run(m.process.args, stdin=log, capture_output=True, text=True, check=False)
    m.end()
    equal((done.returncode, done.stderr), (0, ""))
    lines = done.stdout.splitlines()
    equal(len(lines), 20000)
    for i, line in enumerate(lines):
        equal(sorted(line.split(": ")[1].strip("()").split(",")), sorted(['"word%d"' % i, "1"]))


@test
def json_lines(folder):
    m = Monitor(folder, 's(x) AND ONCE p(y)', "-json")
    m.write('@1 p(7) s("a\\"b")\n')
    equal(m.end()[0], '{"time":1,"point":0,"tuples":[["a\\\\\\"b",7]]}\n')


@test
def verdicts_before_an_error_are_printed(folder):
    m = Monitor(folder, "p(x)")
    m.write("@1 p(1)\n@2 p(2)\n@3 p(3) p(x)\n@4 p(4)\n")
    out, err, status = m.end()
    equal(out, "@1 (time point 0): (1)\n@2 (time point 1): (2)\n")
    equal(status, 2)
    equal(err.splitlines()[0],
          'standard input:3:11: error: "x" is no int, and value 1 of p is one [wrong-type]')


@test
def a_reader_that_goes_away(folder):
    m = Monitor(folder, "p(x)")
    m.process.stdout.close()
    m.write("@1 p(1)\n@2 p(2)\n")
    m.process.stdin.flush()
    equal(m.process.wait(60) != 0, True)
    equal(m.process.stderr.read(), b"")


@test
def a_full_disk_is_told(folder):
    (folder / "sig").write_text("p(int)\n")
    (folder / "formula").write_text("p(x)")
    (folder / "log").write_text("@1 p(1)\n")
    with open("/dev/full", "w") as full:
        done = subprocess.run([TRUCE, "monitor", "-sig", folder / "sig", "-formula", folder / "formula", "-log",
                               folder / "log"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    equal(done.returncode, 3)
    equal(done.stderr, "error: cannot write standard output: No space left on device [cannot-write]\n")


@test
def check_says_whether(folder):
    m = Monitor(folder, "p(x) AND NOT q(x)", "-check")
    out, err, status = m.end()
    equal((err, status), ("", 0))
    equal(out.splitlines()[-1], "The analyzed formula is monitorable.")
    m = Monitor(folder, "NOT q(x)", "-check")
    out, err, status = m.end()
    equal(status, 1)
    equal(out.splitlines()[-1], "The analyzed formula is NOT monitorable.")
    equal("formula:1:" in err, True)


@test
def sigout_gives_the_types(folder):
    equal(Monitor(folder, "s(a) AND p(b)", "-sigout").end(), ("a: string, b: int\n", "", 0))


@test
def wrong_use(folder):
    def run(*words):
        done = subprocess.run([TRUCE, *words], capture_output=True, text=True, check=False)
        return done.stderr.splitlines()[0], done.returncode
    equal(run("monitor"), ("truce monitor: -sig and a file with the signature are needed", 2))
    equal(run("monitor", "-sgi", "x"), ('truce monitor: there is no option "-sgi"; did you mean -sig?', 2))
    equal(run("monitor", "-sig"), ('truce monitor: a file should follow "-sig"', 2))
    equal(run("monitr"), ('truce: there is no command "monitr"; did you mean "truce monitor"?', 2))
    missing = str(folder / "none")
    equal(run("monitor", "-sig", missing, "-formula", missing),
          ("error: cannot read %s: No such file or directory [cannot-read]" % missing, 2))


@test
def help_and_version(_folder):
    def run(*words):
        done = subprocess.run([TRUCE, *words], capture_output=True, text=True, check=False)
        equal(done.returncode, 0)
        return done.stdout.splitlines()[0]
    equal(run("help", "monitor"), "usage: truce monitor -sig FILE -formula FILE [-log FILE] [OPTION…]")
    equal(run("monitor", "--help"), run("help", "monitor"))
    equal(run("--version").split()[0], "truce")
    equal(run("--help"), "truce: agreements as formal texts, and what the record says about them")


def main():
    bad = 0
    print("1..%d" % len(TESTS))
    for number, function in enumerate(TESTS, 1):
        name = function.__name__.replace("_", " ")
        with tempfile.TemporaryDirectory() as folder:
            try:
                function(pathlib.Path(folder))
                print("ok %d - %s" % (number, name), flush=True)
            except (AssertionError, OSError, subprocess.SubprocessError) as error:
                bad += 1
                print("not ok %d - %s\n# %s" % (number, name, str(error).replace("\n", "\n# ")), flush=True)
    return 1 if bad else 0


sys.exit(main())
