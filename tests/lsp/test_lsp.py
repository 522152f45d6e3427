"""The language server, by a client that speaks the protocol over standard input and output."""
import os
import sys

PROGRAM, ROOT = sys.argv[1], sys.argv[2]
sys.path[:0] = [os.path.join(ROOT, "tests", "cli"), os.path.join(ROOT, "tests", "lsp")]
from client import Client, apply, cut, find  # noqa: E402
from tap import case, equal, has, lacks, main, run  # noqa: E402

URI = "file:///nowhere/a%20b/agreement.md"

# The clef takes two UTF-16 code units, the Cyrillic letters one, in UTF-8 four and two bytes.
TEXT = """# Перемир'я

```truce
agreement "𝄞 Test"
  in force from 2025-03-01 00:00 until 2025-03-30 24:00;
  time zone Europe/Kyiv;
  day 1 is 2025-03-01.
party північ "𝄞𝄞 North". party south "South".
zone belt is area "Belt".
event fire (by party), in a zone, verb fire, fires, fired, firing.
event withdrawal (by party), verb withdraw, withdraws, withdrawn, withdrawing.
body mission. everything counts when verified by mission.
provision settling: mission may decide disputes.

provision quiet: each party must not fire in belt.
provision leave: північ must withdraw by day 5.
```
"""
BAD = TEXT.replace("leave: північ must", "leave: північь must")
TALKS = """# Talks

```truce
talks "𝄞 Talks" as of 2025-03-20.
side north "North".
side south "South".
speaker анна "𝄞 Anna" of north. speaker ivan "Ivan" of south.
source radio "Radio".
issue line "the line":
- old "the old line"
- new "a new line".
issue post "the post":
- old "the old post"
- none "no post".
statement s1: анна demands that line is old;
  in "R";
  original "Here." in English.
statement s2: ivan refuses s1;
  in "R";
  original "No." in English;
  from radio.
statement s3: ivan accepts that post is not old only if line is not old;
  in "R";
  original not available;
  supersedes s2.
```
"""


def opened(text=TEXT, **options):
    c = Client(PROGRAM, **options)
    return c, c.open(URI, text)


@case
def the_life(_):
    """initialize, shutdown and exit; the exit codes"""
    c = Client(PROGRAM)
    for what in ("hover", "definition", "rename", "documentFormatting"):
        equal(c.capabilities[what + "Provider"], True, what)
    equal(c.capabilities["positionEncoding"], "utf-16")
    equal(c.leave(), 0)
    c = Client(PROGRAM)
    c.tell("exit", None)
    equal(c.end(), 1, "exit without shutdown")
    equal(Client(PROGRAM).end(), 1, "the stream ends")
    equal(run(PROGRAM, "lsp", "--help").code, 0)
    equal(run(PROGRAM, "lsp", "--nonsense").code, 2)


@case
def the_order_of_requests(_):
    """Nothing before initialize, nothing after shutdown, initialize once"""
    c = Client(PROGRAM, initialize=False)
    equal(c.ask("textDocument/hover", {})["error"]["code"], -32002)
    has(c.ask("initialize", {"capabilities": {}})["result"], "capabilities")
    equal(c.ask("initialize", {})["error"]["code"], -32600)
    equal(c.ask("no/such", {})["error"]["code"], -32601)
    c.tell("no/such", {})
    equal(c.ask("shutdown", None)["result"], None)
    equal(c.ask("textDocument/hover", {})["error"]["code"], -32600)
    c.tell("exit", None)
    equal(c.end(), 0)


@case
def findings_appear_and_vanish(_):
    """Diagnostics follow the text, with columns in UTF-16"""
    c, shown = opened()
    equal((shown["uri"], shown["version"], shown["diagnostics"]), (URI, 1, []))
    shown = c.change(URI, BAD)
    equal((shown["version"], len(shown["diagnostics"])), (2, 1))
    one = shown["diagnostics"][0]
    equal((one["code"], one["severity"], one["source"]), ("unknown-name", 1, "truce"))
    equal(cut(BAD, one["range"]), "північь")
    has(one["message"], "write: північ")
    equal(c.change(URI, TEXT, 3)["diagnostics"], [])
    c.tell("textDocument/didClose", {"textDocument": {"uri": URI}})
    equal(c.notice()["params"], {"uri": URI, "diagnostics": []})
    equal(c.at("hover", URI, 0, 0)["error"]["code"], -32602, "closed")
    equal(c.leave(), 0)


@case
def findings_of_drafting(_):
    """What a careful drafter would find: contradictions as warnings, gaps as hints; nothing that is silenced"""
    loose = TEXT.replace("zone belt", 'zone yard is area "Yard".\nzone belt')
    kept = loose.replace("provision quiet:", "not a finding: unused term of yard, because it is named on the map.\nprovision quiet:")
    c, shown = opened(loose)
    one, = shown["diagnostics"]
    equal((one["code"], one["severity"], one["source"]), ("unused-term", 4, "truce lint"))
    equal(cut(loose, one["range"]), "yard")
    for said in ("no sentence uses it.", "Somebody meant something by it", "leave the declaration out"):
        has(one["message"], said)
    idle = TEXT.replace("provision quiet:", "not a finding: no unit, because none is needed.\nprovision quiet:")
    one, = c.change(URI, idle, 2)["diagnostics"]
    equal((one["code"], one["severity"], cut(idle, one["range"])),
          ("idle-silence", 2, "not a finding: no unit, because none is needed"))
    # while the text has errors, nothing is said of its drafting
    equal([d["code"] for d in c.change(URI, loose.replace("must not fire", "must not fira"), 3)["diagnostics"]], ["unknown-verb"])
    equal(c.change(URI, kept, 4)["diagnostics"], [])
    begun = kept.replace("unused term of yard, because it", "")
    c.change(URI, begun, 5)
    labels = [i["label"] for i in c.at("completion", URI, *find(begun, "not a finding: ", inside=15))["result"]]
    for word in ("no deadline", "duty on another's consent", "vague word"):
        has(labels, word)
    lacks(labels, "idle silence")
    lacks(labels, "belt")
    equal(c.leave(), 0)


@case
def columns_behind_wide_characters(_):
    """What stands behind characters of two code units on one line is placed right"""
    text = TEXT.replace('party south "South".', 'parti south "South".')
    c, shown = opened(text)
    places = [cut(text, d["range"]) for d in shown["diagnostics"]]
    has(places, "parti")
    line, character = find(text, "parti")
    starts = [d["range"]["start"] for d in shown["diagnostics"] if cut(text, d["range"]) == "parti"]
    equal(starts[0], {"line": line, "character": character})
    c.leave()


@case
def hover_says_the_reading(_):
    """Hover: a provision's reading and dates; what a name is; nothing in prose"""
    c, _shown = opened()
    said = c.at("hover", URI, *find(TEXT, "must withdraw", inside=1))["result"]["contents"]["value"]
    has(said, "**leave**")
    has(said, "2025-03-05T23:59:59+02:00")
    has(said, "deadline")
    got = c.at("hover", URI, *find(TEXT, "in belt", inside=4))["result"]
    equal(cut(TEXT, got["range"]), "belt")
    has(got["contents"]["value"], 'zone belt is area "Belt".')
    got = c.at("hover", URI, *find(TEXT, "leave: північ", inside=9))["result"]
    equal(cut(TEXT, got["range"]), "північ")
    has(got["contents"]["value"], "actor")
    said = c.at("hover", URI, *find(TEXT, "quiet", inside=0))["result"]["contents"]["value"]
    has(said, "each fire by P in belt is one violation")
    equal(c.at("hover", URI, 0, 3)["result"], None)
    equal(c.at("hover", URI, 10**6, 10**6)["result"], None, "behind the end")
    c.leave()


@case
def hover_in_another_language(_):
    """The reading is in the language that the client asked for"""
    c, _shown = opened(initializationOptions={"language": "fr"})
    said = c.at("hover", URI, *find(TEXT, "must withdraw", inside=1))["result"]["contents"]["value"]
    lacks(said, "up to")
    has(said, "échéance")
    c.leave()


@case
def names_while_there_are_errors(_):
    """Definition and hover of names work in a text that has errors"""
    c, _shown = opened(BAD)
    got = c.at("definition", URI, *find(BAD, "in belt", inside=5))["result"]
    equal((got["uri"], cut(BAD, got["range"])), (URI, "belt"))
    equal(got["range"]["start"]["line"], find(BAD, "zone belt")[0])
    has(c.at("hover", URI, *find(BAD, "in belt", inside=5))["result"]["contents"]["value"], "zone")
    c.leave()


@case
def definition_of_names_and_verbs(_):
    """Definition: of a name, of a verb's form, of nothing"""
    c, _shown = opened()
    got = c.at("definition", URI, *find(TEXT, "leave: північ", inside=8))["result"]
    line, character = find(TEXT, "північ")
    equal(got["range"]["start"], {"line": line, "character": character})
    got = c.at("definition", URI, *find(TEXT, "must withdraw", inside=8))["result"]
    equal(cut(TEXT, got["range"]), "withdrawal")
    equal(c.at("definition", URI, *find(TEXT, "must withdraw", inside=1))["result"], None)
    c.leave()


@case
def completion_by_place(_):
    """Completion: openings of sentences, names, those that are wanted first, nothing in prose"""
    c, _shown = opened()
    labels = [i["label"] for i in c.at("completion", URI, *find(TEXT, "provision leave"))["result"]]
    for word in ("provision", "party", "zone", "filed event"):
        has(labels, word)
    lacks(labels, "belt")
    text = TEXT.replace("fire in belt.", "fire in be")
    c.change(URI, text)
    items = c.at("completion", URI, *find(text, "fire in be", inside=10))["result"]
    items.sort(key=lambda i: i["sortText"])
    equal((items[0]["label"], items[0]["detail"]), ("belt", "zone"))
    has([i["label"] for i in items], "північ")
    equal(c.at("completion", URI, 0, 2)["result"], [])
    c.leave()


@case
def renaming_everywhere(_):
    """Rename: every use changes, and the result is an agreement"""
    c, _shown = opened()
    got = c.at("rename", URI, *find(TEXT, "leave: північ", inside=8), newName="пів_ніч")["result"]
    text = apply(TEXT, got["changes"][URI])
    equal(text, TEXT.replace("північ", "пів_ніч"))
    equal(c.change(URI, text)["diagnostics"], [])
    got = c.at("rename", URI, *find(text, "belt"), newName="strip")["result"]
    equal(apply(text, got["changes"][URI]), text.replace("belt", "strip"))
    got = c.at("rename", URI, *find(text, "withdrawal"), newName="departure")["result"]
    equal(apply(text, got["changes"][URI]), text.replace("withdrawal", "departure"))
    c.leave()


@case
def renaming_refused(_):
    """Rename: a reserved word, a taken name, no name, and what breaks a sentence are refused"""
    c, _shown = opened()

    def refused(at, name, why):
        error = c.at("rename", URI, *at, newName=name)["error"]
        equal(error["code"], -32803, name)
        has(error["message"], why)
    belt = find(TEXT, "belt")
    refused(belt, "must", "a word of the language")
    refused(belt, "south", "taken")
    refused(belt, "a.b", "words")
    refused(belt, "", "words")
    refused(belt, " x", "blanks")
    refused(belt, "12", "words")
    refused(belt, '"x"', "words")
    refused(belt, "x # y", "words")
    refused((0, 3), "x", "no declared name")
    refused(belt, "north is", "no longer be understood")
    error = c.ask("textDocument/rename", {"textDocument": {"uri": URI}, "position": {"line": 1, "character": 1}})
    equal(error["error"]["code"], -32602)
    c.leave()


@case
def the_layout(_):
    """Formatting: one edit, then none; refused where the text has an open fence"""
    loose = TEXT.replace("provision leave:   ", "provision leave:").replace("each party must not", "each   party\n must not")
    c, _shown = opened(loose)
    edits = c.ask("textDocument/formatting", {"textDocument": {"uri": URI}})["result"]
    equal(len(edits), 1)
    text = apply(loose, edits)
    has(text, "provision quiet: each party must not fire in belt.")
    c.change(URI, text)
    equal(c.ask("textDocument/formatting", {"textDocument": {"uri": URI}})["result"], [])
    c.change(URI, TEXT.replace("belt.\nprovision", "belt.\n```truce\nprovision"))
    equal(c.ask("textDocument/formatting", {"textDocument": {"uri": URI}})["error"]["code"], -32803)
    c.leave()


@case
def two_documents(_):
    """Two documents do not touch each other"""
    c, _shown = opened()
    other = "file:///nowhere/other.md"
    equal(len(c.open(other, BAD)["diagnostics"]), 1)
    text = TEXT.replace("belt", "strip")
    equal(c.change(URI, text)["diagnostics"], [])
    got = c.at("definition", other, *find(BAD, "in belt", inside=4))["result"]
    equal((got["uri"], cut(BAD, got["range"])), (other, "belt"))
    got = c.at("definition", URI, *find(text, "in strip", inside=4))["result"]
    equal((got["uri"], cut(text, got["range"])), (URI, "strip"))
    c.tell("textDocument/didClose", {"textDocument": {"uri": other}})
    equal(c.notice()["params"]["uri"], other)
    has(c.at("hover", URI, *find(text, "in strip", inside=4))["result"]["contents"]["value"], "zone")
    c.leave()


@case
def files_of_talks(_):
    """A file of talks is checked and laid out as one"""
    c, shown = opened(TALKS)
    equal([d for d in shown["diagnostics"] if d["severity"] == 1], [])
    text = TALKS.replace("side north", "sid north")
    shown = c.change(URI, text)
    has([d["code"] for d in shown["diagnostics"]], "unknown-sentence")
    text = TALKS.replace("post is not old only", "post is not odl only")
    shown = c.change(URI, text)
    wrong = [d for d in shown["diagnostics"] if d["severity"] == 1]
    equal([(d["code"], cut(text, d["range"])) for d in wrong], [("option-not-in-issue", "odl")])
    has(wrong[0]["message"], "old")
    text = TALKS.replace("supersedes s2", "supersedes s3")
    has([d["code"] for d in c.change(URI, text)["diagnostics"]], "circular-supersession")
    loose = TALKS.replace('issue post "the post":', 'issue   post "the post" :')
    c.change(URI, loose)
    edits = c.ask("textDocument/formatting", {"textDocument": {"uri": URI}})["result"]
    laid = apply(loose, edits)
    has(laid, 'issue post "the post":\n- old "the old post"')
    c.change(URI, laid)
    equal(c.ask("textDocument/formatting", {"textDocument": {"uri": URI}})["result"], [])
    c.leave()


@case
def names_in_talks(_):
    """Definition and hover of sides, speakers, sources, issues, options and statements, errors or not"""
    for text in (TALKS, TALKS.replace("original not available", "original not availible")):
        c, _shown = opened(text)
        for use, inside, name, sort, said in [("s1: анна", 5, "анна", "speaker", "𝄞 Anna, of north"), ("of south", 4, "south", "side", "South"),
                                              ("from radio", 6, "radio", "source", "Radio"), ("demands that line", 14, "line", "issue", "- new: a new line"),
                                              ("post is not old", 13, "old", "option", "the old post, of the post"),
                                              ("line is old", 9, "old", "option", "the old line, of the line"),
                                              ("refuses s1", 9, "s1", "statement", "“Here.”"), ("supersedes s2", 12, "s2", "statement", "“No.”")]:
            at = find(text, use, inside=inside)
            got = c.at("definition", URI, *at)["result"]
            equal((got["uri"], cut(text, got["range"])), (URI, name), use)
            got = c.at("hover", URI, *at)["result"]
            equal(cut(text, got["range"]), name, use)
            has(got["contents"]["value"], f"**{name}**: {sort}")
            has(got["contents"]["value"].replace("of North", "of north"), said)
        line = find(text, "issue post")[0]
        equal(c.at("definition", URI, *find(text, "post is not old", inside=13))["result"]["range"]["start"]["line"], line + 1, "of its own issue")
        equal(c.at("definition", URI, *find(text, "demands", inside=1))["result"], None)
        c.leave()


@case
def completion_in_talks(_):
    """Completion: openings, speakers, what they do, issues, the issue's own options, fields, statements"""
    c, _shown = opened(TALKS)

    def offered(before):
        c.change(URI, TALKS[:-4] + before + "\n```\n")
        line = len(TALKS[:-4].splitlines()) + before.count("\n")
        items = c.at("completion", URI, line, len(before.splitlines()[-1]) if before else 0)["result"]
        items.sort(key=lambda i: i["sortText"])
        first = [i["label"] for i in items if i["sortText"][0] == "0"]
        return first, [i["label"] for i in items]
    equal(offered("")[0][:3], ["assumption", "dependency", "draft"])
    equal(set(offered("statement s4: ")[0]), {"анна", "ivan"})
    has(offered("statement s4: ivan ")[0], "holds that")
    equal(offered("statement s4: ivan ")[0].count("holds that"), 1)
    equal(set(offered("statement s4: ivan demands that ")[0]), {"line", "post"})
    equal(offered("statement s4: ivan demands that post is ")[0], ["none", "old"])
    equal(offered("statement s4: ivan demands that line is not ne")[0], ["new", "old"])
    has(offered("statement s4: ivan accepts ")[0], "s1")
    lacks(offered("statement s4: ivan accepts ")[0], "line")
    has(offered("statement s4: ivan refuses s1; ")[0], "supersedes")
    equal(offered("statement s4: ivan refuses s1; from ")[0], ["radio"])
    equal(offered("speaker olga \"Olga\" of ")[0], ["north", "south"])
    has(offered("speaker olga \"Olga\" of ")[1], "line")
    equal(c.at("completion", URI, 0, 2)["result"], [], "in prose")
    c.leave()


@case
def renaming_in_talks(_):
    """Rename: what is meant, not what is spelled alike; the result is a file of talks; refusals"""
    c, _shown = opened(TALKS)
    for use, inside, new, expected in [
            ("s1: анна", 5, "анна_2", TALKS.replace("анна", "анна_2")),
            ("line is old;", 9, "former", TALKS.replace('- old "the old line"', '- former "the old line"').replace("line is old", "line is former")
             .replace("line is not old", "line is not former")),
            ("refuses s1", 9, "first", TALKS.replace("s1", "first")),
            ("issue post", 7, "outpost", TALKS.replace("issue post", "issue outpost").replace("post is not old", "outpost is not old")),
            ("from radio", 6, "wireless", TALKS.replace("source radio", "source wireless").replace("from radio", "from wireless"))]:
        got = c.at("rename", URI, *find(TALKS, use, inside=inside), newName=new)["result"]
        text = apply(TALKS, got["changes"][URI])
        equal(text, expected, new)
        equal([d for d in c.change(URI, text)["diagnostics"] if d["severity"] == 1], [], new)
        c.change(URI, TALKS)

    def refused(use, inside, name, why):
        error = c.at("rename", URI, *find(TALKS, use, inside=inside), newName=name)["error"]
        equal(error["code"], -32803, name)
        has(error["message"], why)
    for name in ("", "two words", '"x"', "12", "x # y", "a.", " x"):
        refused("issue post", 7, name, "one word")
    refused("issue post", 7, "line", "no longer be understood")
    refused("issue post", 7, "north", "no longer be understood")
    refused("line is old;", 9, "new", "no longer be understood")
    refused("demands that", 1, "x", "no declared name")
    c.leave()


@case
def hover_in_talks(_):
    """Hover says how a statement of talks is read"""
    with open(os.path.join(ROOT, "src", "models", "talks.md"), encoding="utf-8") as f:
        text = f.read()
    c, shown = opened(text)
    equal(shown["diagnostics"], [])
    got = c.at("hover", URI, *find(text, "south_envoy demands", inside=13))["result"]
    has(cut(text, got["range"]), "south_envoy demands")
    has(got["contents"]["value"], "ceasefire")
    equal(c.at("hover", URI, 0, 1)["result"], None)
    c.leave()


@case
def wrong_messages(_):
    """Malformed messages are answered, and the next one is understood"""
    c = Client(PROGRAM)
    for data, code in [(b"Content-Length: 5\r\n\r\n{oops", -32700), (b"Content-Length: 2\r\n\r\n[]", -32600),
                       (b"Content-Length: 4\r\n\r\nnull", -32700), (b"Content-Length: 0\r\n\r\n", -32700),
                       (b"Content-Type: x\r\n\r\n", -32700), (b"no head\r\n\r\n", -32700), (b"\r\n", -32700),
                       (b"Content-Length: -4\r\n\r\n", -32700), (b"Content-Length: x\r\n\r\n", -32700),
                       (b"x\r\nContent-Length: 2\r\n\r\n{}", -32700), (b"x" * 5000 + b"\r\n\r\n", -32700),
                       (b"Content-Length: 3\r\n\r\n\"\xff\"", -32700),
                       (b'Content-Length: 9\r\n\r\n{"id":{}}', -32600), (b'Content-Length: 8\r\n\r\n{"id":1}', -32600)]:
        c.raw(data)
        equal(c.answer()["error"]["code"], code, data[:40])
        equal(c.ask("no/such", {})["error"]["code"], -32601, data[:40])
    c.raw(b"Content-Length: %d\r\n\r\n" % (17 << 20) + b" " * (17 << 20))
    has(c.answer()["error"]["message"], "longer")
    c.raw(b"Content-Length: 20000\r\n\r\n" + b"[" * 20000)
    equal(c.answer()["error"]["code"], -32700, "deep")
    equal(c.leave(), 0)


@case
def wrong_parameters(_):
    """Wrong parameters are refused, or told in the log where nobody waits for an answer"""
    c, _shown = opened()
    for params in (None, [], {}, {"textDocument": {}}, {"textDocument": {"uri": 1}}, {"textDocument": {"uri": URI}},
                   {"textDocument": {"uri": URI}, "position": {"line": -1, "character": 0}},
                   {"textDocument": {"uri": URI}, "position": {"line": "1", "character": 0}}):
        equal(c.ask("textDocument/hover", params)["error"]["code"], -32602, params)
    for method, params in [("didOpen", {}), ("didOpen", {"textDocument": {"uri": URI}}), ("didChange", {}),
                           ("didChange", {"textDocument": {"uri": URI}, "contentChanges": []}),
                           ("didChange", {"textDocument": {"uri": URI}, "contentChanges": [{"range": {}, "text": ""}]}),
                           ("didChange", {"textDocument": {"uri": "x"}, "contentChanges": [{"text": ""}]}),
                           ("didClose", {"textDocument": {"uri": "x"}})]:
        c.tell("textDocument/" + method, params)
        equal(c.notice()["method"], "window/logMessage", method)
    has(c.at("hover", URI, *find(TEXT, "in belt", inside=4))["result"]["contents"]["value"], "zone")
    c.leave()


@case
def cut_in_the_middle(_):
    """A stream that ends inside a message ends the server"""
    c = Client(PROGRAM)
    c.raw(b"Content-Length: 100\r\n\r\n{")
    equal(c.end(), 1)


main()
