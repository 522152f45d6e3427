#!/usr/bin/env python3
"""Make truce.tmLanguage.json from the word tables of the sources: truce_grammar.py [--check].

The openings of sentences stand in the tables of the parsers, so the grammar is made from them and
cannot fall behind: with --check, exit 1 when the file is not what the tables say."""
import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TARGET = os.path.join(ROOT, "editors", "truce.tmLanguage.json")


def table(path, begin):
    """The first string of each row of a table of C."""
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        text = f.read()
    start = text.rindex("\n", 0, text.index(begin))
    body = text[start:text.index("\n}", text.index(begin))]
    words = re.findall(r'^    \{"([^"]+)"', body, re.M)
    assert words, path
    return words


def reserved():
    """The words that no name may begin with."""
    with open(os.path.join(ROOT, "src/lang/names.c"), encoding="utf-8") as f:
        text = f.read()
    start = text.index("const words[]", text.index("bool word_reserved"))
    return re.findall(r'"([^"]+)"', text[start:text.index("};", start)])


def either(words):
    """A pattern of any of the words, the longest first; any blanks between two words."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(r"\s+".join(re.escape(p) for p in w.split()) for w in ordered) + ")"


def opening(words, scope):
    """Words that open a sentence: at the beginning of a line, or behind a full stop and a blank."""
    return {"name": scope, "match": r"(?i)(?:^(?: {2})?|(?<=\.\s))" + either(words) + r"(?![\w-])"}


def fence(language):
    """A fenced block of a language."""
    return {"name": f"markup.fenced_code.block.{language}", "contentName": f"meta.embedded.block.{language}",
            "begin": r"^(\s{0,3})(`{3,}|~{3,})\s*(" + language + r")\s*$", "end": r"^\s{0,3}\2\s*$",
            "beginCaptures": {"3": {"name": "fenced_code.block.language"}},
            "patterns": [{"include": "#" + language}]}


def grammar():
    agreement = table("src/lang/agreement.c", "statements[] = {")
    talks = table("src/talks/parse.c", "readers[] = {")
    mapping = table("src/intake/parse.c", "{\"reports from\"")
    return {
        "$comment": "Made by editors/truce_grammar.py from the word tables of the sources; do not edit.",
        "name": "truce", "scopeName": "markdown.truce.codeblock",
        "injectionSelector": "L:text.html.markdown", "fileTypes": [],
        "patterns": [{"include": "#fenced-truce"}, {"include": "#fenced-mapping"}],
        "repository": {
            "fenced-truce": fence("truce"), "fenced-mapping": fence("mapping"),
            "truce": {"patterns": [{"include": "#common"}, {"include": "#openings"}, {"include": "#words"}]},
            "mapping": {"patterns": [{"include": "#common"}, {"include": "#mapping-openings"}]},
            "openings": {"patterns": [opening(agreement + talks, "keyword.control.truce")]},
            "mapping-openings": {"patterns": [opening(mapping, "keyword.control.mapping.truce")]},
            "words": {"patterns": [{"name": "keyword.other.truce",
                                    "match": r"(?i)(?<![\w-])" + either(reserved()) + r"(?![\w-])"}]},
            "common": {"patterns": [
                {"name": "comment.line.number-sign.truce", "match": "#.*$"},
                {"name": "string.quoted.double.truce", "match": '"[^"\\n]*"|[“„][^”“\\n]*[”“]|«[^»\\n]*»'},
                {"name": "constant.other.date.truce",
                 "match": r"(?<![\w-])\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?"},
                {"name": "constant.other.time.truce", "match": r"(?<![\w:])\d{2}:\d{2}(?::\d{2})?"},
                {"name": "constant.numeric.truce", "match": r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?"}]},
        },
    }


def main():
    made = json.dumps(grammar(), indent=2, ensure_ascii=False) + "\n"
    if sys.argv[1:] == ["--check"]:
        with open(TARGET, encoding="utf-8") as f:
            same = f.read() == made
        if not same:
            print("editors/truce.tmLanguage.json is stale: run editors/truce_grammar.py", file=sys.stderr)
        sys.exit(0 if same else 1)
    with open(TARGET, "w", encoding="utf-8") as f:
        f.write(made)


if __name__ == "__main__":
    main()
