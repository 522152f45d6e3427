"""No command of talks writes a position anywhere that it was not told to: every file that it opens to write, makes, renames or removes is looked
at (strace), in a folder of its own with a home, a cache and a temporary folder that stay empty; and all of it works where nothing can be written."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

from ok import ok, plan

talks, agreement, root = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
strace = shutil.which("strace")
if strace and subprocess.run([strace, "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode:
    strace = None  # not allowed to trace here
WRITES = re.compile(r'\b(?:open|openat|creat)\((?:[^,"]*, )?"([^"]*)", ([^)]*)\)|\b(?:rename|renameat2?|unlink|unlinkat|mkdir|mkdirat|link|linkat|symlink|'
                    r'symlinkat|truncate|mknod|mknodat)\((.*)\) += 0')
HARMLESS = ("/dev/null", "/dev/tty")


def written(program, words, folder, **options):
    """The files that the command opened to write, made, renamed or removed; and what it answered."""
    home = os.path.join(folder, "home")
    log = os.path.join(folder, "log")
    os.makedirs(home, exist_ok=True)
    environment = {**os.environ, "HOME": home, "XDG_CACHE_HOME": home, "XDG_CONFIG_HOME": home, "TMPDIR": home}
    environment.pop("LD_PRELOAD", None)
    environment["ASAN_OPTIONS"] = "detect_leaks=0"
    tracer = [strace, "-f", "-qq", "-e", "trace=%file", "-o", log] if strace else []
    done = subprocess.run([*tracer, program, *words], capture_output=True, text=True, env=environment, cwd=os.path.join(folder, "work"), **options)
    paths = []
    for line in open(log) if strace else []:
        m = WRITES.search(line)
        if not m or " = -1 " in line:
            continue
        if m.group(1) is None:
            paths.append(m.group(3))
        elif re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE", m.group(2)) or "creat(" in line:
            paths.append(m.group(1))
    if os.listdir(home):
        paths.append("home: " + str(os.listdir(home)))
    return [p for p in paths if p not in HARMLESS], done


def tree(folder):
    return {os.path.join(d, f): open(os.path.join(d, f), "rb").read() for d, _, files in os.walk(folder) for f in files}


with tempfile.TemporaryDirectory() as folder:
    work = os.path.join(folder, "work")
    shutil.copytree(os.path.join(root, "examples", "thirty-days"), work)
    article = os.path.join(root, "tests", "talks", "golden", "press", "en.txt")
    shutil.copy(article, os.path.join(work, "article.txt"))
    open(os.path.join(work, "key"), "w").write("a passphrase for the test\n")
    before = tree(work)
    VIEWS = [["matrix"], ["conflicts"], ["concessions"], ["packages"], ["sequence"], ["authority"], ["conflicts", "--json"],
             ["matrix", "--as-of", "2025-03-13"], ["check"], ["explain"], ["fmt"]]
    READS = [[v[0], "talks.md", *v[1:]] for v in VIEWS] + [
        ["who-accepts", "talks.md", "draft.md"], ["what-if", "talks.md", "--without", "grushko_no_contingents"],
        ["what-if", "talks.md", "--with", 'statement later: macron refuses that status is neutral; in "R"; original not available.'],
        ["check-draft", "draft.md"], ["compare", "draft.md", "agreement.md"], ["quotes", "article.txt"], ["quotes", "--json", "article.txt"]]
    if not strace:
        print("# strace is not installed: what is left behind is looked at, not what is opened")
    for words in READS:
        paths, done = written(talks, ["talks", *words], folder)
        ok(done.returncode < 2 and paths == [] and tree(work) == before, f"{' '.join(words[:2])} writes nothing", (done.returncode, paths, done.stderr))
    for words in (["check", "talks.md"], ["explain", "talks.md"], ["fmt", "--check", "talks.md"], ["fmt", "--print", "talks.md"]):
        paths, done = written(agreement, words, folder)
        ok(done.returncode < 2 and paths == [] and tree(work) == before, f"truce {' '.join(words)} writes nothing", (done.returncode, paths, done.stderr))

    # Where it is told to, there and nowhere else.
    TOLD = [(["page", "talks.md", "--html", "page.html"], "page.html"), (["conflicts", "talks.md", "--html", "c.html"], "c.html"),
            (["what-if", "talks.md", "--without", "grushko_no_contingents", "--html", "w.html"], "w.html"),
            (["seal", "talks.md", "--output", "sealed", "--passphrase-file", "key"], "sealed"),
            (["unseal", "sealed", "--output", "opened.md", "--passphrase-file", "key"], "opened.md"),
            (["quotes", "article.txt", "--output", "skeleton.md"], "skeleton.md"), (["check-draft", "draft.md", "--witness", "witness"], "witness"),
            (["compare", "draft.md", "agreement.md", "--witness", "behaviour"], "behaviour")]
    for words, name in TOLD:
        had = tree(work)
        paths, done = written(talks, ["talks", *words], folder)
        now = tree(work)
        fresh = {os.path.relpath(p, work) for p in now if p not in had}
        beside = [p for p in paths if name not in p]
        kept = all(now.get(p) == had[p] for p in had)
        ok(done.returncode < 2 and fresh and all(f.split("/")[0] == name for f in fresh) and kept and beside == [] and (paths or not strace),
           f"{words[0]} writes {name} and nothing else", (done.returncode, fresh, beside, done.stderr))
    ok(tree(work)[os.path.join(work, "opened.md")] == before[os.path.join(work, "talks.md")], "what was sealed is opened again")

    # Where nothing can be written, what is not told to write works, and what is fails and leaves nothing.
    if os.geteuid() != 0:
        for path, dirs, files in os.walk(folder):
            os.chmod(path, 0o555)
        for words in READS:
            done = subprocess.run([talks, "talks", *words], capture_output=True, cwd=work)
            ok(done.returncode < 2, f"{' '.join(words[:2])} works in a folder that cannot be written", done.stderr)
        for path, dirs, files in os.walk(folder):
            os.chmod(path, 0o755)
plan()
