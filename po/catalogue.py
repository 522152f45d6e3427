#!/usr/bin/env python3
"""The catalogues of what truce says in other languages than English.

usage: catalogue.py update            write po/truce.pot and bring every po/*.po to it, keeping translations
       catalogue.py check             say what is missing, stale, or lost a slot; exit 1 when something is
       catalogue.py compile OUT PO…   the C tables that src/lang/say.c reads

The templates stand in the sources as literals in say(…), said(…), say_n(…), not_as(…) and N_(…); src/lang/say.h
tells how they are written.  Only what the C sources say through these is translated."""
import ast
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CALLS = ("say", "said", "say_n", "not_as", "N_")
OTHERS = re.compile(r"[A-Za-z_]\w*")
TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|[A-Za-z_]\w*|#define[^\n]*(?:\\\n[^\n]*)*|\s+|.', re.S)
SLOT = re.compile(r"\{([a-z_]+)(?::([a-z0-9_]+))?\}")


def unescape(literal):
    return ast.literal_eval(literal) if "\\" in literal else literal[1:-1]


def tokens(text):
    line = 1
    for m in TOKEN.finditer(text):
        t = m.group()
        if not (t.isspace() or t.startswith(("/*", "//", "#define"))):
            yield t, line
        line += t.count("\n")


def in_source(text):
    """(msgid, plural or None, line) of each template of a C source."""
    toks, found, calls, i = list(tokens(text)), [], [], 0
    while i < len(toks):
        t, line = toks[i]
        if t == "(":
            name = toks[i - 1][0] if i and OTHERS.fullmatch(toks[i - 1][0]) else None
            # Grouping parentheses belong to the call around them; another function's do not.
            calls.append(([name, []] if name else [calls[-1][0] if calls else None, None]))
        elif t == ")" and calls:
            name, texts = calls.pop()
            if name in CALLS and texts:
                if name == "say_n":
                    if len(texts) != 2:
                        raise SystemExit("say_n takes two literals: %r" % texts)
                    found.append((texts[0][0], texts[1][0], texts[0][1]))
                else:
                    found.extend((s, None, at) for s, at in texts)
        elif t.startswith('"'):
            whole = unescape(t)
            while i + 1 < len(toks) and toks[i + 1][0].startswith('"'):
                i += 1
                whole += unescape(toks[i][0])
            for call in reversed(calls):
                if call[1] is not None:
                    if call[0] in CALLS:
                        call[1].append((whole, line))
                    break
        i += 1
    return found


def sources():
    """All templates: msgid -> (plural, references), in the order of the sources."""
    all_ = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "src", "lang", "*.c")) +
                       glob.glob(os.path.join(ROOT, "src", "plain", "*.c")) +
                       glob.glob(os.path.join(ROOT, "src", "cli", "*.c"))):
        with open(path, encoding="utf-8") as f:
            for msgid, plural, _ in in_source(f.read()):
                name = os.path.relpath(path, ROOT)
                was = all_.setdefault(msgid, [plural, []])
                if was[0] != plural:
                    raise SystemExit("%s: %r is said with a plural here, without one there" % (name, msgid))
                if name not in was[1]:
                    was[1].append(name)
    return all_


def read_po(path):
    """(header fields, {msgid: (plural, [msgstr…], fuzzy)}, [comments of translators by msgid])."""
    entries, comments = {}, {}
    entry, field, fuzzy, notes = {}, None, False, []

    def finish():
        if "msgid" in entry:
            strings = [entry[k] for k in sorted(entry) if k.startswith("msgstr")]
            if entry["msgid"] in entries:
                raise SystemExit("%s: twice: %r" % (path, entry["msgid"]))
            entries[entry["msgid"]] = (entry.get("msgid_plural"), strings, fuzzy)
            comments[entry["msgid"]] = notes

    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.strip()
            if line.startswith("#~"):
                continue
            if not line or line.startswith("#"):
                if "msgstr" in entry or "msgstr[0]" in entry:
                    finish()
                    entry, field, fuzzy, notes = {}, None, False, []
                if line.startswith("#,") and "fuzzy" in line:
                    fuzzy = True
                elif line.startswith("# ") or line == "#":
                    notes.append(line)
                continue
            m = re.match(r'(?:(msgid_plural|msgid|msgstr(?:\[\d\])?)\s+)?("(?:\\.|[^"\\])*")$', line)
            if not m:
                raise SystemExit("%s:%d: not a line of a PO file" % (path, number))
            if m.group(1) == "msgid" and ("msgstr" in entry or "msgstr[0]" in entry):
                finish()
                entry, fuzzy, notes = {}, False, []
            field = m.group(1) or field
            entry[field] = entry.get(field, "") + ast.literal_eval(m.group(2))
    finish()
    head = dict(l.split(": ", 1) for l in entries.pop("", ("", [""], 0))[1][0].split("\n") if ": " in l)
    return head, entries, comments


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def header_of(path):
    with open(path, encoding="utf-8") as f:
        return f.read().split("\n\n", 1)[0] + "\n"


def write_po(path, header, templates, entries, comments):
    plurals = int(re.search(r"nplurals=(\d)", header).group(1)) if re.search(r"nplurals=\d", header) else 2
    with open(path, "w", encoding="utf-8") as f:
        f.write(header)
        for msgid, (plural, refs) in templates.items():
            strings = entries.get(msgid, (None, [], False))[1] if entries.get(msgid, (plural,))[0] == plural else []
            f.write("\n")
            f.writelines(note + "\n" for note in comments.get(msgid, []))
            f.write("#: %s\nmsgid %s\n" % (" ".join(refs), quoted(msgid)))
            if plural is None:
                f.write("msgstr %s\n" % quoted(strings[0] if strings else ""))
                continue
            f.write("msgid_plural %s\n" % quoted(plural))
            for i in range(plurals):
                f.write("msgstr[%d] %s\n" % (i, quoted(strings[i] if i < len(strings) else "")))


def slots(text):
    return {m.group(1) for m in SLOT.finditer(text)}


def wrong_forms(text):
    """What is wrong with the brackets of a translation, or None."""
    depth = 0
    for m in re.finditer(r"\[|\]|\|([a-z0-9_]+:)?", text):
        t = m.group()
        depth += t == "["
        depth -= t == "]"
        if depth < 0 or (t.startswith("|") and (not m.group(1) or depth == 0)):
            return "a form is written [first|name:other]"
    return "a bracket is not closed" if depth else None


def faults(path, templates):
    """What is wrong with a catalogue, a line each."""
    head, entries, _ = read_po(path)
    m = re.search(r"nplurals=(\d)", head.get("Plural-Forms", ""))
    if not m:
        return ["no Plural-Forms in the header"]
    plurals, out = int(m.group(1)), []
    for msgid, (plural, _) in templates.items():
        if msgid not in entries or entries[msgid][0] != plural:
            out.append("missing: %r" % msgid)
            continue
        _, strings, fuzzy = entries[msgid]
        if fuzzy:
            out.append("fuzzy: %r" % msgid)
        if len(strings) != (1 if plural is None else plurals) or not all(strings):
            out.append("not translated: %r" % msgid)
            continue
        for s in strings:
            if slots(s) != slots(msgid):
                out.append("other slots than %r: %r" % (msgid, s))
            bare = SLOT.sub("", s)
            if "{" in bare or "}" in bare:
                out.append("a broken slot: %r" % s)
            if wrong_forms(s):
                out.append("%s: %r" % (wrong_forms(s), s))
    out.extend("stale: %r" % msgid for msgid in entries if msgid not in templates)
    return out


def paths():
    return sorted(glob.glob(os.path.join(ROOT, "po", "*.po")))


def update():
    templates = sources()
    pot = os.path.join(ROOT, "po", "truce.pot")
    write_po(pot, header_of(pot), templates, {}, {})
    for path in paths():
        _, entries, comments = read_po(path)
        write_po(path, header_of(path), templates, entries, comments)
        todo = faults(path, templates)
        print("%s: %d templates, %d to translate" % (os.path.relpath(path, ROOT), len(templates), len(todo)))
        print("".join("  %s\n" % t for t in todo), end="")


def check():
    """As TAP: the template file and each catalogue."""
    templates, bad = sources(), False
    pot = read_po(os.path.join(ROOT, "po", "truce.pot"))[1]
    todo = [("truce.pot", ["missing: %r" % t for t in templates if t not in pot] +
             ["stale: %r" % t for t in pot if t not in templates])]
    todo += [(os.path.basename(p), faults(p, templates)) for p in paths()]
    print("1..%d" % len(todo))
    for i, (name, found) in enumerate(todo, 1):
        print("%sok %d - po/%s says all %d templates" % ("not " if found else "", i, name, len(templates)))
        print("".join("# %s\n" % f for f in found), end="")
        bad = bad or bool(found)
    return 1 if bad else 0


def c_string(text):
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else "\\%03o" % b
                         for b in text.encode("utf-8")) + '"'


def compile_(out, files):
    with open(out, "w", encoding="ascii") as f:
        f.write('/* Made by po/catalogue.py; do not edit. */\n#include "lang/catalogue.h"\n')
        codes = []
        for path in files:
            code = os.path.basename(path)[:-3]
            head, entries, _ = read_po(path)
            m = re.fullmatch(r"nplurals=(\d); plural=([n0-9%=!<>&|?:() ]+);", head.get("Plural-Forms", ""))
            if not m:
                raise SystemExit("%s: no Plural-Forms that can be read" % path)
            whole = sorted(((k.encode(), v[1]) for k, v in entries.items()
                            if v[1] and all(v[1]) and not v[2]
                            and len(v[1]) == (1 if v[0] is None else int(m.group(1)))))
            codes.append((code, len(whole), m.group(1)))
            f.write("static unsigned long plural_%s(unsigned long n)\n{\n    return (unsigned long)(%s);\n}\n"
                    % (code, m.group(2)))
            for i, (_, strings) in enumerate(whole):
                f.write("static const char *const %s_%d[] = {%s};\n"
                        % (code, i, ", ".join(c_string(s) for s in strings)))
            f.write("static const struct catalogue_entry %s[] = {\n" % code)
            f.writelines("    {%s, %s_%d},\n" % (c_string(msgid.decode()), code, i)
                         for i, (msgid, _) in enumerate(whole))
            f.write("    {0, 0},\n};\n")
        f.write("const struct catalogue catalogues[] = {\n")
        f.writelines('    {"%s", %s, %d, %s, plural_%s},\n' % (c, c, n, p, c) for c, n, p in codes)
        f.write("};\nconst unsigned n_catalogues = %d;\n" % len(codes))


def main(words):
    if words == ["update"]:
        return update()
    if words == ["check"]:
        return check()
    if len(words) > 2 and words[0] == "compile":
        return compile_(words[1], words[2:])
    sys.stderr.write(__doc__ + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
