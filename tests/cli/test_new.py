"""truce new: models that check without a finding, and nothing written over."""
import os
import sys

from tap import case, equal, has, main, run

PROGRAM = sys.argv[1]
MODELS = {"ceasefire": "agreement.md", "corridor": "agreement.md", "withdrawal": "agreement.md", "talks": "talks.md"}


@case
def models_are_good(folder):
    """Each model checks without a finding and is laid out; it is commented"""
    for model, name in MODELS.items():
        place = os.path.join(folder, model)
        done = run(PROGRAM, "new", place, "--model", model)
        equal((done.code, done.err, os.listdir(place)), (0, "", [name]), model)
        path = os.path.join(place, name)
        has(done.out, path)
        done = run(PROGRAM, "check", path)
        equal((done.code, done.err), (0, ""), model)
        equal(run(PROGRAM, "fmt", "--check", path).code, 0, model)
        with open(path, encoding="utf-8") as f:
            has(f.read(), "\n# ")


@case
def the_first_model(folder):
    """Without a model it is a ceasefire, in a folder that may be there"""
    equal(run(PROGRAM, "new", folder).code, 0)
    with open(os.path.join(folder, "agreement.md"), encoding="utf-8") as f:
        has(f.read(), "# A ceasefire")


@case
def nothing_is_written_over(folder):
    """A file that is there stays as it is"""
    path = os.path.join(folder, "agreement.md")
    with open(path, "w", encoding="utf-8") as f:
        f.write("mine")
    done = run(PROGRAM, "new", folder)
    equal((done.code, done.out), (2, ""))
    has(done.err, "agreement.md: File exists")
    with open(path, encoding="utf-8") as f:
        equal(f.read(), "mine")


@case
def wrong_use(folder):
    """Wrong words are told"""
    for words, said in [(["new"], "which folder?"), (["new", "a", "b"], "one folder"),
                        (["new", os.path.join(folder, "x"), "--model", "ceasfire"], "did you mean ceasefire?"),
                        (["new", os.path.join(folder, "x", "y")], "No such file"),
                        (["new", "--modle", "x", "y"], "did you mean --model?")]:
        done = run(PROGRAM, *words)
        equal(done.code, 2, words)
        has(done.err, said)
    equal(os.listdir(folder), [])
    equal(run(PROGRAM, "new", "--help").code, 0)


main()
