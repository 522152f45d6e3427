#!/usr/bin/env python3
"""Bad input, met well: one table.  usage: test_bad_input.py TRUCE SOURCE-ROOT

Each row: what is wrong, the files, the command, its exit, and what it must say (file:line:column or file:line, the
words, what would be right).  Beyond its row, each command says something, never crashes, writes nothing it was not asked
for, and gives no verdicts for what it could not read.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
from tap import CASES, Skip, case, equal, has, lacks, main, run  # noqa: E402

TRUCE = os.path.abspath(sys.argv[1])
FENCE = "`" * 3

HEAD = f"""# Accord

{FENCE}truce
agreement "Accord" in force from 2025-03-01 00:00 until 2025-03-11 00:00; time zone Europe/Kyiv.
party north. party south.
zone belt from "belt.geojson".
event fire (by party, deaths count), in a zone, verb fire, fires, fired, firing.
fire counts when reported by 1 independent source.
{FENCE}

## Article 1

{FENCE}truce
%s
{FENCE}
"""
QUIET = "provision quiet: each party must not fire in belt."
MAPPING = f"""# Rows

{FENCE}mapping
reports from "events.csv" are csv.
dates are year first.
time zone Europe/Kyiv.
each row is a fire.
each report is known by column "id".
the days are from column "day" to column "last".
the place is the point at latitude column "lat" and longitude column "lon".
the actors are one of columns "who", written: – "N" is north – "S" is south.
the grade is reported.
the sources are column "source", split at ";".
{FENCE}
"""
SHAPE = '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[%s]}}\n'
BELT = SHAPE % "[[37,48],[38,48],[38,49],[37,49],[37,48]]"
COLUMNS = "id,day,last,lat,lon,who,source\n"
GOOD = "1,2025-03-02,2025-03-02,48.5,37.5,N,Agency\n"


def files(provisions=QUIET, text=None, belt=BELT, mapping=MAPPING, csv=COLUMNS + GOOD):
    """A whole mission, one thing of which is wrong."""
    return {"agreement.md": HEAD % provisions if text is None else text, "belt.geojson": belt,
            "events.mapping.md": mapping, "events.csv": csv}


def write(folder, content):
    for name, body in content.items():
        (pathlib.Path(folder) / name).write_bytes(body if isinstance(body, bytes) else body.encode())


# (what is wrong, the files, [(command, exit, what standard error must hold)])
A = "agreement.md"
TABLE = [
    ("nothing: the same mission, right", files(),
     [("check " + A, 0, []), ("explain " + A, 0, []), ("run . --json", 0, [])]),
    ("a Markdown fence that is never closed", files(text=(HEAD % QUIET).rstrip("\n`") + "\n"),
     [(words, code, ["agreement.md:13:1: error: the block that opens here is never closed", "[open-fence]",
                     "    13 | ```truce\n       | ^^^^^^^^\n", "= put a line with ``` alone"])
      for words, code in (("check " + A, 1), ("explain " + A, 1), ("fmt " + A, 2), ("run .", 2), ("why . quiet", 2))]),
    ("a Markdown fence within a quotation", files(text=HEAD % QUIET + "\n> ```truce\n> party east.\n> ```\n"),
     [("check " + A, 1, ["agreement.md:17:1: error: a block inside a quotation", "[quoted-block]"])]),
    ("an unknown name, with the nearest", files("provision quiet: nort must not fire in bel."),
     [("check " + A, 1, ["agreement.md:14:18: error: unknown name \"nort\"", "[unknown-name]", "^^^^\n", "= write: north\n"]),
      ("run .", 2, ["agreement.md:14:18:", "= write: north\n"])]),
    ("an unknown zone, with the nearest", files("provision quiet: north must not fire in bellt."),
     [("check " + A, 1, ["agreement.md:14:41: error: unknown name \"bellt\"", "= write: belt\n"])]),
    ("a wrong unit", files("zone wide is within 25 kg of belt."),
     [("check " + A, 1, ["agreement.md:14:21: error: a length is expected; \"25 kg\" is a mass [wrong-unit]",
                         "                     ^^^^^\n", "= write: 25 km\n"])]),
    ("contradictory dates", files("provision quiet: from 2025-03-09 until 2025-03-02, each party must not fire."),
     [("check " + A, 1, ["agreement.md:14:", "the provision ends before it begins (2025-03-09T00:00:00+02:00, "
                         "2025-03-01T23:59:59+02:00) [contradictory-dates]", "= correct one of the two dates\n"]),
      ("run .", 2, ["[contradictory-dates]"])]),
    ("contradictory dates of the agreement", files(text=(HEAD % QUIET).replace("until 2025-03-11", "until 2025-02-11")),
     [("check " + A, 1, ["agreement.md:4:", "the agreement ends (2025-02-11T00:00:00+02:00) before it enters into force",
                         "[contradictory-dates]"])]),
    ("a zone that crosses itself", files(belt=SHAPE % "[[37,48],[38,49],[38,48],[37,49],[37,48]]"),
     [(words, code, ["belt.geojson:1:80: error: feature 1: the polygon is not one: Self-intersection near [37.5, 48.5] "
                     "[bad-polygon]", "= draw it so that its edges do not cross"])
      for words, code in (("check " + A, 1), ("run . --json", 2))]),
    ("GeoJSON with the latitude first, which no latitude is", files(
        belt=SHAPE % "[[48,137],[48,138],[49,138],[49,137],[48,137]]"),
     [(words, code, ["belt.geojson:1:80: error: feature 1: the second number, 137, is no latitude", "[latitude-first]",
                     "= [137, 48]: GeoJSON has the longitude first\n"])
      for words, code in (("check " + A, 1), ("run . --json", 2))]),
    ("GeoJSON with the latitude first, which could be one", files(belt=SHAPE % "[[48,37],[48,38],[49,38],[49,37],[48,37]]"),
     [("run . --json", 0, ["agreement.md:6:16: warning: \"belt.geojson\" lies far from all other places, and would not if "
                           "longitude and latitude were exchanged [latitude-first]"])]),
    ("a provision without bearer", files("provision quiet: must not fire in belt."),
     [("check " + A, 1, ["agreement.md:14:18: error: who must? the provision binds nobody [no-bearer]",
                         "= write: each party must"])]),
    ("a cyclic definition", files("state calm. calm holds from when peace holds. state peace. peace holds from when calm holds."),
     [("check " + A, 1, ["agreement.md:14:", "this definition rests on itself: calm → peace → calm [circle]",
                         "= leave out one of these steps\n"])]),
    ("zones that rest on one another", files("zone inner is outer without belt. zone outer is within 3 km of inner."),
     [("check " + A, 1, ["agreement.md:14:", "rests on itself: inner → outer → inner [circle]"])]),
    ("a NUL byte in the agreement", files(text=(HEAD % QUIET).replace("fire in belt", "fi\0re in belt")),
     [("check " + A, 1, ["agreement.md:14:", "a NUL byte", "[nul-byte]", "= save it again as plain text in UTF-8\n"]),
      ("run .", 2, ["[nul-byte]"])]),
    ("a NUL byte in a report", files(csv=COLUMNS + GOOD.replace("Agency", "Ag\0ency") + GOOD.replace("1,", "2,", 1)),
     [("run . --json --set-aside", 0, ["1 row set aside", "events.csv:2: it holds a NUL byte\n"])]),
    ("bytes that are no UTF-8 in the agreement", files(text=(HEAD % QUIET).encode().replace(b"fire in belt", b"f\xffre in belt")),
     [("check " + A, 1, ["agreement.md:14:", "the byte 0xFF here is not UTF-8 [not-utf-8]",
                         "= save the file with the encoding UTF-8\n"])]),
    ("bytes that are no UTF-8 in a report", files(csv=(COLUMNS + GOOD).encode().replace(b"Agency", b"Ag\xffncy")),
     [("run . --json --set-aside", 0, ["events.csv:2: column \"source\" holds a byte 0xff that utf-8 does not have\n"])]),
    ("right-to-left names", files(text=(HEAD % QUIET).replace("south", "الجنوب"), mapping=MAPPING.replace("south", "الجنوب")),
     [("check " + A, 0, []), ("explain " + A, 0, []), ("run . --json", 0, [])]),
    ("a right-to-left name that is misspelt", files("provision quiet: الجنب must not fire.",
                                                    mapping=MAPPING).copy() | {
        A: (HEAD % "provision quiet: الجنب must not fire.").replace("south", "الجنوب")},
     [("check " + A, 1, ["agreement.md:14:18: error: unknown name \"الجنب\"", "= write: الجنوب\n"])]),
    ("an invisible mark that turns the writing", files("provision quiet: each party must \u202enot fire in belt."),
     [("check " + A, 1, ["agreement.md:14:34: error: an invisible character (U+202E) [hidden-character]"])]),
    ("a CSV with a missing column", files(csv="id,day,last,lat,Lon,who,source\n" + GOOD),
     [("run . --json", 2, ["events.mapping.md:10:70: error: \"./events.csv\" has no column \"lon\" [missing-column]",
                           "= column \"Lon\"\n"])]),
    ("a CSV without anything like the column", files(csv="id,day,last,lat,who,source\n"),
     [("run . --json", 2, ["[missing-column]", "= one of its columns: \"id\", \"day\", \"last\", \"lat\", \"who\", \"source\"\n"])]),
    ("a heading in an encoding of its own", files(
        mapping=MAPPING.replace("are csv.", "are csv in windows-1251.").replace('columns "who"', 'columns "хто"'),
        csv=(COLUMNS.replace("who", "хто") + GOOD).encode("cp1251")), [("run . --json", 0, [])]),
    ("a heading in an encoding that nobody named", files(
        mapping=MAPPING.replace('columns "who"', 'columns "хто"'), csv=(COLUMNS.replace("who", "хто") + GOOD).encode("cp1251")),
     [("run . --json", 2, ["the heading of \"./events.csv\" holds a byte 0xf5 that utf-8 does not have [heading-encoding]",
                           "= the file's own encoding in the mapping, as in: are csv in windows-1252\n"])]),
    ("a quote never closed in a report", files(csv=COLUMNS + GOOD.replace("2025-03-02", "\"2025-03-02", 1) +
                                               GOOD.replace("1,", "2,", 1)),
     [("run . --json --set-aside", 0, ["1 row set aside", "events.csv:2: a quote is opened and never closed"])]),
    ("a quote never closed in the agreement", files("note \"A note.\nprovision quiet: each party must not fire in belt."),
     [("check " + A, 1, ["agreement.md:14:6: error: ", "[open-quote]"])]),
    ("31 February in the agreement", files("provision done: north must fire by 2025-02-31."),
     [("check " + A, 1, ["agreement.md:14:36: error: there is no date or time \"2025-02-31\" in the calendar [bad-date]"])]),
    ("31 February in a report", files(csv=COLUMNS + GOOD.replace("2025-03-02", "2025-02-31", 1)),
     [("run . --json --set-aside", 0, ["events.csv:2: column \"day\": \"2025-02-31\" is a date that does not exist\n"])]),
    ("31 February on the command line", files(),
     [("run . --at 2025-02-31", 2, ["--at: \"2025-02-31\" is no date or time that exists"])]),
    ("a longitude of 400 degrees in a report", files(csv=COLUMNS + GOOD.replace("37.5", "400")),
     [("run . --json --set-aside", 0, ["events.csv:2: longitude 400 does not exist (-180 to 180)\n"])]),
    ("a longitude of 400 degrees in a zone", files(belt=SHAPE % "[[37,48],[400,48],[400,49],[37,49],[37,48]]"),
     [(words, code, ["belt.geojson:1:88: error: ", "400", "[coordinate-out-of-range]"])
      for words, code in (("check " + A, 1), ("run . --json", 2))]),
    ("an event that ends before it starts", files(csv=COLUMNS + GOOD.replace("2025-03-02", "2025-03-05", 1)),
     [("run . --json --set-aside", 0, ["events.csv:2: it ends (2025-03-02T23:59:59+02:00) before it starts "
                                       "(2025-03-05T00:00:00+02:00)\n"])]),
    ("an empty agreement", files(text=""),
     [("check " + A, 1, ["agreement.md:1:1: error: "]), ("run .", 2, ["error: "])]),
    ("line ends of an old Macintosh in a CSV", files(csv=(COLUMNS + GOOD).replace("\n", "\r")),
     [("run . --json", 2, ["the lines of \"./events.csv\" end with carriage returns alone", "[carriage-returns]",
                           "= a copy made by: tr '\\r' '\\n' < ./events.csv\n"])]),
    ("line ends of Windows everywhere", {k: v.replace("\n", "\r\n") for k, v in files().items()},
     [("check " + A, 0, []), ("run . --json", 0, [])]),
]


def state_of(folder):
    return {p.relative_to(folder): (p.stat().st_size, p.stat().st_mtime_ns) for p in pathlib.Path(folder).rglob("*")}


def check_row(folder, content, commands):
    write(folder, content)
    before = state_of(folder)
    for words, code, says in commands:
        done = run(TRUCE, *words.split(), cwd=folder)
        equal(done.code, code, (words, done.err))
        for part in says:
            has(done.err, part)
        if code:
            assert done.err.strip(), "nothing is said"
            equal(done.out, "", words)  # no half answer
        elif not says:
            equal(done.err, "", words)
        if code == 0 and "--json" in words:
            equal(len(done.out.splitlines()), 3)
            for line in done.out.splitlines():
                json.loads(line)
        equal(state_of(folder), before, words)


for title, content, commands in TABLE:
    def row(folder, content=content, commands=commands):
        check_row(folder, content, commands)
    row.__doc__ = title
    CASES.append(row)


@case
def garbage(folder):
    """10 MB of garbage, as agreement, as zone, as mapping and as reports"""
    for seed in (1, 2):
        bits = bytearray(b"")
        state = seed * 0x9E3779B97F4A7C15 & (1 << 64) - 1
        while len(bits) < 1 << 16:
            state = (state * 6364136223846793005 + 1442695040888963407) & (1 << 64) - 1
            bits += state.to_bytes(8, "little")
        noise = bytes(bits) * 160  # 10 MB
        if seed == 2:  # printable, with line ends: read deeper into
            noise = bytes(10 if b < 8 else 32 + b % 95 for b in bits) * 160
        for name, words, codes in ((A, "check " + A, (1,)),
                                   ("belt.geojson", "run .", (2,)), ("events.mapping.md", "run .", (2,)),
                                   ("events.csv", "run . --json", (0, 2))):
            if seed == 2 and name not in (A, "events.csv"):
                continue
            write(folder, files() | {name: noise})
            before = state_of(folder)
            done = run(TRUCE, *words.split(), cwd=folder)
            assert done.code in codes, (name, words, done.code, done.err[:500])
            assert (done.err.strip() or words.startswith("fmt")) and len(done.err) < 100_000, (name, words, len(done.err))
            equal(state_of(folder), before)


@case
def many_clauses(folder):
    """an agreement of 10,000 clauses"""
    body = "".join(f"## Article {i}\n\nText {i}.\n\n{FENCE}truce\nprovision rule_{i}: {('north', 'south')[i % 2]} must not "
                   f"fire with deaths {i % 9 + 1} or more in belt.\n{FENCE}\n\n" for i in range(10000))
    write(folder, files(text=HEAD % "" + "\n" + body))
    done = run(TRUCE, "check", A, cwd=folder)
    equal((done.code, done.err), (0, ""))
    has(done.out, "10000 provisions, each with its reading (10000)")
    done = run(TRUCE, "run", ".", "--json", cwd=folder)
    equal(done.code, 0, done.err[:500])
    equal(len(done.out.splitlines()), 20000)
    wrong = body[:body.index("## Article 1000\n")].replace("must not fire", "must not fyre")
    write(folder, files(text=HEAD % "" + "\n" + wrong))
    done = run(TRUCE, "check", A, cwd=folder)
    equal(done.code, 1)
    has(done.err, "1000 errors")


@case
def folders(folder):
    """a file that is a directory"""
    for name, words, code in ((A, "check " + A, 2), (A, "run .", 2), ("belt.geojson", "run .", 2),
                              ("events.csv", "run .", 2), ("events.mapping.md", "run .", 2)):
        here = pathlib.Path(tempfile.mkdtemp(dir=folder))
        write(here, files())
        os.remove(here / name)
        os.mkdir(here / name)
        done = run(TRUCE, *words.split(), cwd=here)
        equal((done.code, done.out), (code, ""), (name, words, done.err))
        has(done.err, name)
        has(done.err, "Is a directory")
    write(folder, files())
    os.mkdir(os.path.join(folder, "page"))
    done = run(TRUCE, "run", ".", "--html", "page", cwd=folder)
    equal((done.code, done.out, os.listdir(os.path.join(folder, "page"))), (3, "", []))
    has(done.err, "cannot write page: Is a directory")


def nobody(folder, *words):
    """Run as a user without rights: as root, in the skin of another, with a copy of the program within reach."""
    if os.geteuid():
        return run(TRUCE, *words, cwd=folder)
    there = pathlib.Path(folder).parent / "bin"
    if not there.exists():
        there.mkdir()
        for name in ("truce", "truce-agreement"):
            shutil.copy(pathlib.Path(TRUCE).parent / name, there / name)
    os.chmod(there, 0o755)
    done = run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", there / "truce", *words, cwd=folder,
               env={"HOME": "/", "ASAN_OPTIONS": "detect_leaks=0"})
    if done.code == 127:
        raise Skip("no setpriv: " + done.err)
    return done


@case
def no_permission(folder):
    """no permission to read or to write, also when root runs the tests"""
    here = pathlib.Path(folder) / "mission"
    here.mkdir()
    os.chmod(folder, 0o755)
    for name, words, code in ((A, "check " + A, 2), (A, "run .", 2), ("belt.geojson", "run .", 2),
                              ("events.csv", "run .", 2), ("events.mapping.md", "run .", 2)):
        write(here, files())
        os.chmod(here, 0o755)
        os.chmod(here / name, 0)
        done = nobody(here, *words.split())
        os.chmod(here / name, 0o644)
        equal((done.code, done.out), (code, ""), (name, words, done.err))
        has(done.err, name + ": Permission denied")
    os.chmod(here, 0o555)
    for words in (("run", ".", "--html", "page.html"), ("fmt", A)):
        write_protected = nobody(here, *words)
        if words[0] == "fmt" and write_protected.code == 0:
            continue  # nothing to lay out
        equal((write_protected.code, write_protected.out), (3, ""), (words, write_protected.err))
        has(write_protected.err, "Permission denied")
    os.chmod(here, 0o755)
    equal(sorted(os.listdir(here)), sorted(files()))


FULL = r"""
set -e
mount -t tmpfs -o size=64k,mode=777 tmpfs "$1"
cd "$1"
set +e
"$2" run "$3" --html page.html >out 2>"$4"; echo $? >"$5"; ls -A >"$6"
echo old >page.html
"$2" run "$3" --html page.html >out 2>>"$4"; echo $? >>"$5"; cat page.html >>"$6"; ls -A >>"$6"
cd /; umount "$1"
"""


@case
def full_disk(folder):
    """a full disk while the page is written: a small file system, and nothing half written on it"""
    root = pathlib.Path(folder)
    for name in ("disk", "mission"):
        (root / name).mkdir()
    write(root / "mission", files(text=HEAD % QUIET + "A long text. " * 20000))
    (root / "full.sh").write_text(FULL)
    words = ["bash", root / "full.sh", root / "disk", TRUCE, root / "mission", root / "err", root / "code", root / "left"]
    done = run("unshare", "--mount", *words) if os.geteuid() == 0 else run("unshare", "-rm", *words)
    if not (root / "left").exists():
        raise Skip("no file system can be mounted here: " + done.err.strip())
    equal((root / "code").read_text(), "3\n3\n", (root / "err").read_text())
    has((root / "err").read_text(), "cannot write page.html: No space left on device")
    # Neither the page nor a part of it under another name; and what was there before stays as it was.
    equal((root / "left").read_text().split(), ["out", "old", "out", "page.html"])


@case
def full_device(folder):
    """a full device, and standard output that takes nothing"""
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    write(folder, files())
    done = run(TRUCE, "run", ".", "--html", "/dev/full", cwd=folder)
    equal((done.code, done.out), (3, ""))
    has(done.err, "cannot write /dev/full: No space left on device")
    for words in ("run . --json", "run . --csv", "run .", "why . quiet", "check " + A, "explain " + A, "fmt --print " + A):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([TRUCE, *words.split()], stdout=full, stderr=subprocess.PIPE, cwd=folder, check=False)
        equal(done.returncode, 3, words)
        has(done.stderr.decode(), "cannot write")
    equal(sorted(os.listdir(folder)), sorted(files()))
    lacks(" ".join(os.listdir(folder)), ".part")


main()
