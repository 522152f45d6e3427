#!/usr/bin/env python3
"""The example of the library prints what the library promises; only public symbols are visible.

It is short, and builds as a program of one's own does: with what pkg-config says.

usage: test_example.py EXAMPLE LIBRARY SOURCE PKG-CONFIG-FOLDER
"""
import os
import shutil
import subprocess
import sys
import tempfile

EXPECTED = """after the log:
  zone 7, from @1000 to @1000: fired without consent
  zone 7, from @4000 to @4000: fired without consent
why, at @4000:
fire(z) AND NOT (ONCE[0,21600] consent(z)) holds at @4000 for z = 7, since all of it does:
  fact fire(7) at @4000
  ONCE[0,21600] consent(z) fails at @4000 for z = 7:
    no fact consent(7) from @1000 to @4000
after a late report: zone 7 had consented at @900:
  zone 7, from @1000 to @1000: no longer so
  zone 7, from @4000 to @4000: no longer so
after its correction: that was zone 8:
  zone 7, from @1000 to @1000: fired without consent
  zone 7, from @4000 to @4000: fired without consent
refused: it lies before the watermark: what stood there is settled
"""

count = 0


def check(ok, name):
    global count
    count += 1
    print("%s %d - %s" % ("ok" if ok else "not ok", count, name))


example = subprocess.run([sys.argv[1]], capture_output=True, text=True)
check(example.returncode == 0, "the example ends well")
check(example.stdout == EXPECTED, "late and corrected facts change verdicts")
symbols = subprocess.run(["nm", "-D", "--defined-only", sys.argv[2]], capture_output=True, text=True)
PUBLIC = {"truce_open", "truce_close", "truce_column", "truce_feed", "truce_add", "truce_retract", "truce_correct",
          "truce_advance", "truce_next_change", "truce_explain", "truce_facts", "truce_message"}
names = [line.split()[-1] for line in symbols.stdout.splitlines()]
foreign = [n for n in names if not n.startswith("truce_") and not n.startswith("__") and n not in
           ("_init", "_fini", "_edata", "_end", "__bss_start")]
public = {n for n in names if n.startswith("truce_")}
check(public == PUBLIC, "what the header declares is visible: %s" % " ".join(sorted(public ^ PUBLIC)))
check(not foreign, "nothing else is: %s" % " ".join(foreign))

with open(sys.argv[3], encoding="utf-8") as source:
    lines = len(source.readlines())
check(lines < 60, "the example has %d lines" % lines)
if shutil.which("pkg-config") and shutil.which("cc"):
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "truce"], capture_output=True, text=True,
                           env=dict(os.environ, PKG_CONFIG_PATH=sys.argv[4]))
    with tempfile.TemporaryDirectory() as folder:
        program = os.path.join(folder, "program")
        sanitizers = ["-fsanitize=" + kind for kind in ("address", "thread") if kind.encode() in
                      subprocess.run(["ldd", sys.argv[2]], capture_output=True).stdout.replace(b"asan", b"address")
                      .replace(b"tsan", b"thread")]
        built = subprocess.run(["cc", sys.argv[3], "-o", program, *flags.stdout.split(), *sanitizers,
                                "-Wl,-rpath," + os.path.dirname(os.path.abspath(sys.argv[2]))],
                               capture_output=True, text=True)
        check(flags.returncode == 0 and built.returncode == 0,
              "it builds with pkg-config's flags: %s%s" % (flags.stderr, built.stderr.replace("\n", " ")))
        own = subprocess.run([program], capture_output=True, text=True)
        check(own.stdout == EXPECTED, "and says the same")
print("1..%d" % count)
