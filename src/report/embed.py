#!/usr/bin/env python3
"""Make a C header that holds files as byte arrays: embed.py OUT NAME=FILE…"""
import sys

with open(sys.argv[1], "w", encoding="ascii") as out:
    out.write("/* Made by embed.py; do not edit. */\n#include <stddef.h>\n")
    for pair in sys.argv[2:]:
        name, path = pair.split("=", 1)
        data = open(path, "rb").read()
        out.write(f"static const char {name}[] = {{")
        out.write(",".join(str(b) if b < 128 else f"'\\x{b:x}'" for b in data))
        out.write(f"}};\nstatic const size_t {name}_size = sizeof {name};\n")
