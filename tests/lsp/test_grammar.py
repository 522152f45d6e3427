"""The TextMate grammar: made from the sources' words, and it colours what it should."""
import json
import os
import re
import sys

ROOT, BUILT = sys.argv[1], sys.argv[2]
sys.path.insert(0, os.path.join(ROOT, "tests", "cli"))
from tap import case, equal, main, run  # noqa: E402

with open(os.path.join(ROOT, "editors", "truce.tmLanguage.json"), encoding="utf-8") as f:
    GRAMMAR = json.load(f)


def colours(language, line):
    """Words of a line with the rule that takes each: the first match from the left, as an editor does."""
    rules, at, got = [], 0, []
    queue = list(GRAMMAR["repository"][language]["patterns"])
    while queue:
        rule = queue.pop(0)
        if "include" in rule:
            queue[:0] = GRAMMAR["repository"][rule["include"][1:]]["patterns"]
        else:
            rules.append(rule)
    while True:
        found = [(m.start(), i, m) for i, r in enumerate(rules) if (m := re.compile(r["match"]).search(line, at))]
        if not found:
            return got
        _, i, m = min(found, key=lambda x: x[:2])
        got.append((m.group().strip(), rules[i]["name"]))
        at = m.end()


@case
def not_stale(_):
    """The grammar is what the word tables of the sources make of it"""
    done = run(sys.executable, os.path.join(ROOT, "editors", "truce_grammar.py"), "--check")
    equal((done.code, done.err), (0, ""))


@case
def a_sentence(_):
    """A sentence of an agreement: opening, words, dates, numbers, strings, comments"""
    equal(colours("truce", 'provision x: each party must leave by 2025-03-01 24:00, 3 "a # b". # end'),
          [("provision", "keyword.control.truce"), ("each", "keyword.other.truce"), ("party", "keyword.other.truce"),
           ("must", "keyword.other.truce"), ("by", "keyword.other.truce"),
           ("2025-03-01 24:00", "constant.other.date.truce"), ("3", "constant.numeric.truce"),
           ('"a # b"', "string.quoted.double.truce"), ("# end", "comment.line.number-sign.truce")])
    equal(colours("truce", "filed event notice."), [("filed event", "keyword.control.truce")])
    equal(colours("truce", "mustard partying third_party"), [])


@case
def talks_and_mappings(_):
    """Files of talks and mappings have their own openings"""
    equal(colours("truce", 'speaker a "A" of b.')[0], ("speaker", "keyword.control.truce"))
    equal(colours("mapping", 'reports from "x.csv" are csv.')[0], ("reports from", "keyword.control.mapping.truce"))
    equal(colours("mapping", "skip rows where x is empty.")[0], ("skip rows where", "keyword.control.mapping.truce"))


@case
def every_opening_is_known_to_the_language(_):
    """Each opening that the language server offers is coloured as one"""
    sys.path.insert(0, os.path.join(ROOT, "tests", "lsp"))
    from client import Client
    c = Client(BUILT)
    c.open("file:///a", "```truce\n\n```\n")
    offered = [i["label"] for i in c.at("completion", "file:///a", 1, 0)["result"]]
    c.leave()
    assert len(offered) > 30, offered
    for words in offered:
        equal(colours("truce", words + " x")[0], (words, "keyword.control.truce"))


@case
def fences(_):
    """The fences of both languages begin and end a block"""
    for language in ("truce", "mapping"):
        rule = GRAMMAR["repository"]["fenced-" + language]
        assert re.match(rule["begin"], "```" + language) and re.match(rule["begin"], "~~~~ " + language)
        assert not re.match(rule["begin"], "```" + language + "x") and not re.match(rule["begin"], "```c")
    equal(GRAMMAR["injectionSelector"], "L:text.html.markdown")


main()
