#!/usr/bin/env python3
"""What the documents print and name is so.  usage: test_documents.py TRUCE SOURCE-ROOT"""
import os
import pathlib
import re
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import case, equal, has, main, run  # noqa: E402

TRUCE, ROOT = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "doc").glob("*.md")), *sorted((ROOT / "examples").glob("*/README.md"))]


def blocks(text):
    """The indented blocks, without their indentation."""
    found = re.findall(r"(?:^    .*\n(?:\n(?=    ))?)+", text, flags=re.M)
    return [re.sub(r"^    ", "", b, flags=re.M) for b in found]


def words(text):
    return " ".join(text.split())


@case
def the_demo(folder):
    """README: each line of the demo is printed as it stands there, in this order"""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = next(b for b in blocks(text) if b.startswith("Package of Measures"))
    printed = run(TRUCE, "run", "examples/minsk-ii", cwd=ROOT).out.splitlines()
    at = 0
    for line in shown.splitlines():
        if line.strip() == "…":
            continue
        assert line in printed[at:], line
        at += printed[at:].index(line) + 1
    assert len(shown.splitlines()) > 12
    found = re.search(r"so ([\d,]+) violations are certain", text).group(1)
    has("\n".join(printed), f" {found} ")


@case
def sentences_of_the_readme(folder):
    """README: its sentences stand in the example"""
    block = next(b for b in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if b.startswith("party ukraine"))
    example = words((ROOT / "examples/minsk-ii/agreement.md").read_text(encoding="utf-8"))
    for sentence in re.split(r"(?<=\.)\n", block.strip()):
        has(example, words(sentence))


@case
def the_tutorial(folder):
    """doc/language.md: the tutorial's ten sentences are an agreement, read as it says, and refused as it says"""
    text = (ROOT / "doc/language.md").read_text(encoding="utf-8")
    text = text[text.index("## Tutorial: a ceasefire"):text.index("## Tutorial: quantities")]
    code, answers = [], []
    for block in blocks(text):
        (answers if block.startswith(("read as", "agreement.md")) else code).append(block)
    equal((len(code), len(answers)), (6, 2))
    path = pathlib.Path(folder) / "agreement.md"
    path.write_text("# T\n\n```truce\n" + "\n".join(code) + "```\n", encoding="utf-8")
    done = run(TRUCE, "check", path)
    equal((done.code, done.err), (0, ""), done.out)
    has(words(run(TRUCE, "explain", path).out), words(answers[0]))
    wrong = path.read_text(encoding="utf-8").replace("provision pullback", "provision still: sout must not fire.\nprovision pullback")
    path.write_text(wrong, encoding="utf-8")
    what, fix = answers[1].splitlines()
    done = run(TRUCE, "check", path)
    equal(done.code, 1)
    has(done.err, what.split(": ", 1)[1])
    has(done.err, fix.strip())


@case
def links(folder):
    """every file that a document names with a link is there, and every document has its link in the README"""
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (document.parent / target).exists(), (document.name, target)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for document in sorted((ROOT / "doc").glob("*.md")):
        has(readme, f"(doc/{document.name})")


@case
def commands(folder):
    """every command, option and verb that a document names is there"""
    every = "\n".join(d.read_text(encoding="utf-8") for d in DOCUMENTS)
    usage = run(TRUCE, "--help").out
    for command in sorted(set(re.findall(r"`truce ([a-z]+)[ `]", every))):
        assert re.search(rf"\b{command}\b", usage), command
    verbs = run(ROOT / "dev").out
    for verb in sorted(set(re.findall(r"\./dev ([a-z]+)", every))):
        assert re.search(rf"^  {verb} ", verbs, flags=re.M), verb
    for command, option in sorted(set(re.findall(r"`truce ([a-z]+)[^`\n]*? (--[a-z-]+)[^`]*`", every))):
        if command != "talks":  # each of its commands has its own usage
            done = run(TRUCE, command, "--help")
            assert option in done.out + done.err, (command, option)


main()
