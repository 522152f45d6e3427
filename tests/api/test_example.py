#!/usr/bin/env python3
"""The example of the library prints what the library promises; only public symbols are visible.

usage: test_example.py EXAMPLE LIBRARY
"""
import subprocess
import sys

EXPECTED = """after the log:
  zone 7, from @1000 to @1000: fired without consent
  zone 7, from @4000 to @4000: fired without consent
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
names = [line.split()[-1] for line in symbols.stdout.splitlines()]
foreign = [n for n in names if not n.startswith("truce_") and not n.startswith("__") and n not in
           ("_init", "_fini", "_edata", "_end", "__bss_start")]
check("truce_open" in names, "truce_open is visible")
check(not foreign, "nothing but truce_… is visible: %s" % " ".join(foreign))
print("1..%d" % count)
