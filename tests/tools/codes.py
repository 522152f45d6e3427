#!/usr/bin/env python3
"""Every code of a finding that the C sources can make has a golden case.  usage: codes.py SOURCE-ROOT [--list].  TAP.

The codes are read off the sources: the argument of diag_add and diag_errno that is the code, and that of every
function or macro that hands on a parameter of its own named `code`.  Where a code comes out of a table (x->code), the
file's table is read: a structure with a member `code`, and the literals in that place of its rows; likewise where a
function whose name ends in _code tells it.

A golden case is `[code]` in a file of findings that a test compares to the letter, or the code as a literal, in
brackets or before a colon, in a test program.  A code without one, and a call whose code cannot be read off, fail.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
LITERAL = r'"(?:\\.|[^"\\])*"'
CODE = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"')
# Handed-on codes: function -> which argument is the code.
EMITTERS = {"diag_add": 2, "diag_errno": 1}


def plain(text):
    """The text with comments blanked."""
    def keep(m):
        s = m.group(0)
        return s if s[0] in "\"'" else re.sub(r"[^\n]", " ", s)
    return re.sub(LITERAL + r"|'(?:\\.|[^'\\])*'|/\*.*?\*/|//[^\n]*", keep, text, flags=re.S)


def arguments(text, at):
    """What stands between the bracket at `at` and its partner, split at commas."""
    depth, out, now = 0, [], ""
    token = re.compile(LITERAL + r"|'(?:\\.|[^'\\])*'|.", re.S)
    while at < len(text):
        t = token.match(text, at).group(0)
        at += len(t)
        depth += t in "([{"
        if t in ")]}" and len(t) == 1:
            depth -= 1
            if not depth:
                return out + [now.strip()]
        if t == "," and depth == 1:
            out.append(now.strip())
            now = ""
        elif depth > 1 or t not in "([{":
            now += t
    return out


def is_parameter(x):
    return re.fullmatch(r"(const char \*)?\(?code\)?", x) is not None


def find_emitters(files):
    """Functions and macros of which a parameter named `code` goes on to one that is known; and which file has its own."""
    own = {}
    for path, text in files.items():
        for m in re.finditer(r"^(?:#define |[a-z][\w \*]*?[ \*]|)(\w+)\(([^;{}()]*)\)", text, re.M):
            given = arguments(text, m.end(1))
            at = [k for k, x in enumerate(given) if is_parameter(x)]
            own.setdefault((path, m.group(1)), at[0] if at else None)
            if at and path.name not in ("diag.c", "diag.h") and m.group(1) != "language_name":
                EMITTERS[m.group(1)] = at[0]
    return own


def table_codes(text):
    """Literals in the place of `code` in the rows of a structure that has such a member."""
    found = []
    for m in re.finditer(r"\{\s*const char ([^;{}]*\bcode\b[^;{}]*);\s*\}\s*(\w+)\[\w*\]\s*=\s*\{", text):
        place = [x.strip(" *") for x in m.group(1).split(",")].index("code")
        for row in re.finditer(r"\{", " " + text[m.end():text.index("};", m.end())]):
            cells = arguments(text, m.end() - 1 + row.start())
            found += [CODE.fullmatch(cells[place]).group(1)]
    return found


def find_codes():
    files = {p: plain(p.read_text(encoding="utf-8")) for p in sorted((ROOT / "src").rglob("*.[ch]"))}
    own = find_emitters(files)
    codes, unread = {}, []
    for path, text in files.items():
        tables = None
        for m in re.finditer(r"(?<![>.\w])(\w+)\(", text):
            name = m.group(1)
            if name not in EMITTERS or own.get((path, name), 0) is None:
                continue  # another function of the same name
            given = arguments(text, m.end() - 1)
            code = given[EMITTERS[name]] if EMITTERS[name] < len(given) else ""
            literals = CODE.findall(code)
            if is_parameter(code):
                continue  # a declaration, or handed on
            if re.search(r"(->|\.)code$", code):
                tables = tables if tables is not None else table_codes(text)
                literals = tables
                if not tables and "const struct diag *" + code.split("->")[0] in text:
                    continue  # a finding handed on as it is
            teller = re.match(r"(\w+_code)\(", code)  # a function that reads a table beside it
            if teller:
                literals = [c for t in files.values() if re.search(r"^const char \*%s\(" % teller.group(1), t, re.M)
                            for c in table_codes(t)]
            if not literals:
                unread.append("%s: %s(%s)" % (path.relative_to(ROOT), name, code))
            for c in literals:
                codes.setdefault(c, set()).add(str(path.relative_to(ROOT)))
    return codes, unread


def find_cases():
    """By code: where a golden case stands."""
    cases = {}
    tests = ROOT / "tests"
    for path in sorted(tests.rglob("*")):
        if path.suffix in (".txt", ".expected"):
            pattern = r"\[([a-z0-9]+(?:-[a-z0-9]+)*)\]"
        elif path.suffix in (".c", ".py") and path.parent.name != "tools":
            pattern = r'"([a-z0-9]+(?:-[a-z0-9]+)*)(?:"|: )|\[([a-z0-9]+(?:-[a-z0-9]+)*)\]|([a-z0-9]+(?:-[a-z0-9]+)*): '
        else:
            continue
        for m in re.finditer(pattern, path.read_text(encoding="utf-8", errors="replace")):
            code = next(x for x in m.groups() if x)
            cases.setdefault(code, str(path.relative_to(ROOT)))
    return cases


def main():
    codes, unread = find_codes()
    cases = find_cases()
    if "--list" in sys.argv:
        for code in sorted(codes):
            print("%-28s %-40s %s" % (code, " ".join(sorted(codes[code])), cases.get(code, "-")))
        return 0
    print("1..%d" % (len(codes) + 2))
    failed = len(codes) < 200  # the reading itself would be broken
    print("%s 1 - the codes are read off the sources: %d" % ("not ok" if failed else "ok", len(codes)))
    print("%s 2 - every call says its code" % ("not ok" if unread else "ok"))
    for line in unread:
        print("# " + line)
    for number, code in enumerate(sorted(codes), 3):
        there = code in cases
        print("%s %d - %s" % ("ok" if there else "not ok", number, code))
        if not there:
            print("# made in %s, and no golden case" % " ".join(sorted(codes[code])))
            failed = True
    return 1 if failed or unread else 0


sys.exit(main())
