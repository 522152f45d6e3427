#!/usr/bin/env python3
"""Five sentences of real agreements, from their words to verdicts: how each is read (in full, against a golden
text), what `run` answers for reports made up by hand, and what `why` says of it.  All reports are simulated.

usage: test_five.py TRUCE-AGREEMENT        TRUCE_GOLDEN=write writes the golden texts anew
"""
import os
import pathlib
import shutil
import sys

sys.path.insert(0, os.path.dirname(__file__))
from judged import run_rows, write_reports  # noqa: E402
from tap import case, equal, has, lacks, main, run  # noqa: E402

TRUCE = os.path.abspath(sys.argv[1])
FIVE = pathlib.Path(__file__).resolve().parent / "five"


def reading(name):
    """`check` finds nothing wrong, and `explain` says what the golden text says."""
    done = run(TRUCE, "check", FIVE / (name + ".md"))
    equal((done.code, done.err), (0, ""))
    done = run(TRUCE, "explain", FIVE / (name + ".md"))
    equal(done.code, 0, done.err)
    golden = FIVE / (name + ".txt")
    if os.environ.get("TRUCE_GOLDEN") == "write":
        golden.write_text(done.out, encoding="utf-8")
    equal(done.out, golden.read_text(encoding="utf-8"))


class Judge:
    """One of the five with reports: its rows, and the chain of a row."""

    def __init__(self, name, folder, reports, at, to=None, **more):
        self.folder, self.period = pathlib.Path(folder), ["--at", at] + (["--to", to] if to else [])
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(FIVE / (name + ".md"), self.folder / "agreement.md")
        for drawn in FIVE.glob("*.geojson"):
            shutil.copy(drawn, self.folder)
        write_reports(self.folder, reports, **more)
        self.rows = run_rows(TRUCE, self.folder, at, to)

    def says(self, **wanted):
        equal({k: self.rows[k]["verdict"] for k in self.rows if k in wanted["rows"]}, wanted["rows"])

    def why(self, row, *words):
        done = run(TRUCE, "why", self.folder, row, *self.period)
        assert done.code in (0, 1), done.err
        text = " ".join(done.out.split())
        for w in words:
            has(text, w)
        return text


@case
def minsk_ii_article_2(folder):
    """Minsk II, article 2: a reference line for each side, and fourteen days whose beginning is disputed"""
    reading("minsk-2")
    more = dict(covered="2015-02-01", observed=["heavy_weapon", "withdrawal_begun"], body="smm")
    began = [("withdrawal_begun", "2015-02-16 10:00", "ukraine", {}),
             ("withdrawal_begun", "2015-02-15 10:00", "ordlo", {})]

    def gun(when, to, who, lon, caliber):
        return ("heavy_weapon", when, who, {"to": to, "lat": 48.0, "lon": lon, "caliber": caliber})
    first, second = "14 days from the ceasefire", "14 days from the beginning of the withdrawal"

    def rows(**verdicts):
        return {"pullback/%s/%s" % (who, label): v for who, pair in verdicts.items()
                for label, v in zip((first, second), pair)}
    # 37.7 east lies 15 km from the line of contact and 22 km from that of the memorandum; 38.2 lies 52 and 15 km.
    far = Judge("minsk-2", folder + "/a", began + [gun("2015-03-10 10:00", "2015-03-11 10:00", "ukraine", 38.2, 152),
                                                   gun("2015-03-10 10:00", "2015-03-11 10:00", "ordlo", 37.3, 152)],
                "2015-04-01", "2015-03-31", **more)
    far.says(rows=rows(ukraine=("complied", "complied"), ordlo=("complied", "complied")))
    far.says(rows={"begin_pullback/ukraine": "complied", "begin_pullback/ordlo": "complied"})
    near = Judge("minsk-2", folder + "/b", began + [gun("2015-03-10 10:00", "2015-03-11 10:00", "ukraine", 37.3, 152),
                                                    gun("2015-03-10 10:00", "2015-03-11 10:00", "ordlo", 38.2, 152)],
                 "2015-04-01", "2015-03-31", **more)
    near.says(rows=rows(ukraine=("violated", "violated"), ordlo=("violated", "violated")))
    small = Judge("minsk-2", folder + "/c", began + [gun("2015-03-10 10:00", "2015-03-11 10:00", "ukraine", 37.5, 82)],
                  "2015-04-01", "2015-03-31", **more)
    small.says(rows=rows(ukraine=("complied", "complied")))
    between = Judge("minsk-2", folder + "/d",
                    began[:1] + [gun("2015-03-02 10:00", "2015-03-02 12:00", "ukraine", 37.5, 152)],
                    "2015-04-01", "2015-03-31", **more)
    between.says(rows=rows(ukraine=("violated", "complied")))
    between.says(rows={"begin_pullback/ordlo": "overdue"})
    between.why("pullback/ukraine/" + first, "Article 2", first, "2015-03-02T10:00")


@case
def reply_after_coordination_failed(folder):
    """July 2020: fire is returned only once coordination has failed"""
    reading("reply")
    more = dict(covered="2020-07-01", observed=["fire"], body="coordination")
    shot = ("fire", "2020-08-01 10:00", "ordlo", {})
    failed = ("coordination_failure", "2020-08-01 11:00", "", {})
    asked = Judge("reply", folder + "/a", [shot, failed, ("return_fire", "2020-08-01 12:00", "ukraine", {})],
                  "2020-10-01", **more)
    asked.says(rows={"ceasefire/ukraine": "excused", "reply/ukraine": "complied", "ceasefire/ordlo": "violated"})
    asked.why("ceasefire/ukraine", "excused", "the exception", "coordination_failure 1, once, at 2020-08-01T11:00:00+03:00")
    for i, when in enumerate(["2020-08-01 10:30", "2020-08-01 13:00:01"]):
        early = Judge("reply", folder + "/b%d" % i, [shot, failed, ("return_fire", when, "ukraine", {})],
                      "2020-10-01", **more)
        early.says(rows={"ceasefire/ukraine": "violated", "reply/ukraine": "violated", "ceasefire/ordlo": "violated"})
    early.why("reply/ukraine", "coordination has failed in the last 2 hours", "2020-08-01T13:00:01")


@case
def minsk_ii_article_9(folder):
    """Minsk II, article 9: a date that lapses, blaming nobody, unless an election and another article come first"""
    reading("minsk-9")
    more = dict(covered="2015-02-01", observed=["local_election", "handover", "constitution", "law"], body="ukraine")
    elected = ("local_election", "2015-10-25 10:00", "", {})
    reforms = [("constitution", "2015-09-01 10:00", "ukraine", {}), ("law", "2015-09-15 10:00", "ukraine", {})]
    handed = ("handover", "2015-12-20 10:00", "ordlo", {"to:": "ukraine"})
    for i, kept in enumerate([[], [elected], reforms, [elected] + reforms[:1]]):
        lapsed = Judge("minsk-9", folder + "/lapsed%d" % i, kept, "2016-03-01", "2016-02-29", **more)
        lapsed.says(rows={"border/ordlo": "not in force", "border/all": "not in force"})
        equal((lapsed.rows["border/ordlo"]["reasons"], lapsed.rows["border/ordlo"]["certain"]), (["lapsed"], 0))
        equal(lapsed.rows["border/ordlo"]["attribution"], {"candidates": [], "unknown": False})
    text = lapsed.why("border/ordlo", "Article 9", "lapse")
    lacks(text, "overdue")
    missed = Judge("minsk-9", folder + "/missed", [elected] + reforms, "2016-03-01", "2016-02-29", **more)
    missed.says(rows={"border/ordlo": "overdue", "reform/ukraine": "complied", "special_status/ukraine": "complied"})
    equal(missed.rows["border/ordlo"]["certain"], 1)
    missed.why("border/ordlo", "2015-12-31T23:59:59")
    kept = Judge("minsk-9", folder + "/kept", [elected, handed] + reforms, "2016-03-01", "2016-02-29", **more)
    kept.says(rows={"border/ordlo": "complied"})
    ahead = Judge("minsk-9", folder + "/ahead", [elected], "2015-11-15", "2015-11-14", **more)
    ahead.says(rows={"border/ordlo": "waiting"})


@case
def hudaydah_local_security_forces(folder):
    """Hudaydah 2018: local security forces in accordance with Yemeni law, ambiguous on purpose"""
    reading("hudaydah")
    more = dict(covered="2018-12-01", observed=["other_force"], body="committee", zone="Asia/Aden")
    label = 'as "in accordance with Yemeni law: %s" by %s'
    later = label % ("the roll of 2014", "government")
    posts = label % ("those who hold the posts", "ansar_allah")

    def force(roll, area, when="2019-02-01 10:00", to="2019-02-02 10:00"):
        return ("other_force", when, "ansar_allah", {"to": to, "area": area, "roll": roll})

    def rows(first, second):
        return {"security/ansar_allah/" + later: first, "security/ansar_allah/" + posts: second}
    new = Judge("hudaydah", folder + "/a", [force("later", "Ports")], "2019-03-01", "2019-02-28", **more)
    new.says(rows=rows("violated", "complied"))
    new.why("security/ansar_allah/" + later, "Security", "the roll of 2014")
    old = Judge("hudaydah", folder + "/b", [force("2014", "Ports")], "2019-03-01", "2019-02-28", **more)
    old.says(rows=rows("complied", "violated"))
    away = Judge("hudaydah", folder + "/c", [force("2014", "Hills"), force("later", "Hills")], "2019-03-01", "2019-02-28",
                 **more)
    away.says(rows=rows("complied", "complied"))
    early = Judge("hudaydah", folder + "/d", [force("later", "Ports", "2018-12-20 10:00", "2018-12-21 10:00")],
                  "2019-03-01", "2019-02-28", **more)
    early.says(rows=rows("complied", "complied"))
    equal([r for r in new.rows if r.startswith("security/") and r.count("/") < 2], [])  # none is preferred


@case
def karabakh_article_4(folder):
    """Karabakh 2020, article 4: in step with a withdrawal; five years, renewed unless notice comes six months before"""
    reading("karabakh-4")
    more = dict(covered="2020-11-01", observed=["arrival", "departure", "obstruction"], body="peacekeepers", zone="Asia/Baku")

    def moves(kind, who, days):
        return [(kind, "2020-11-%02d 10:00" % d, who, {}) for d in days]
    step = Judge("karabakh-4", folder + "/a", moves("arrival", "peacekeepers", [11, 13, 15, 17])
                 + moves("departure", "armenia", [12, 14, 16, 18]), "2021-01-01", "2020-12-31", **more)
    step.says(rows={"parallel/all": "complied"})
    ahead = Judge("karabakh-4", folder + "/b", moves("arrival", "peacekeepers", [11, 13, 15, 17])
                  + moves("departure", "armenia", [16, 18, 19, 20]), "2021-01-01", "2020-12-31", **more)
    ahead.says(rows={"parallel/all": "violated"})
    equal(ahead.rows["parallel/all"]["days"]["violated"], 7)  # from the second arrival, the 13th, to the third departure
    blocked = ("obstruction", "2026-06-01 10:00", "azerbaijan", {})
    for i, (notice, want) in enumerate([(None, "violated"), ("2025-06-09 10:00", "violated"),  # five months before
                                        ("2025-05-10 00:00", "violated"),
                                        ("2025-05-09 12:00", "complied"), ("2025-04-09 10:00", "complied")]):  # seven
        told = [("notice", notice, "armenia", {})] if notice else []
        end = Judge("karabakh-4", folder + "/n%d" % i, [blocked] + told, "2026-12-31", "2026-12-30", **more)
        equal(end.rows["stay/azerbaijan"]["verdict"], want, notice)
        equal(end.rows["stay/azerbaijan"]["days"]["not_in_force"] > 400, want == "complied", notice)
    over = Judge("karabakh-4", folder + "/o", [("notice", "2025-04-09 10:00", "armenia", {}), blocked], "2026-12-31", **more)
    over.why("stay/azerbaijan", "Article 4")


if __name__ == "__main__":
    main()
