#!/usr/bin/env python3
"""Examples with simulated reports: each is checked, explained and judged through the commands.

The wanted verdicts were worked out by hand from the agreement's text and the reports' rows; behind each
row that is not plain stands why.

usage: test_examples.py TRUCE-AGREEMENT SOURCE-ROOT
"""
import json
import os
import pathlib
import shutil
import sys

sys.path.insert(0, os.path.dirname(__file__))
from tap import case, equal, has, main, run  # noqa: E402

TRUCE, EXAMPLES = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]) / "examples"


def rows(name, *words):
    done = run(TRUCE, "run", EXAMPLES / name, "--json", *words)
    equal(done.code, 0, done.err)
    assert "set aside" not in done.err, done.err
    return {r["id"]: r for r in map(json.loads, done.out.splitlines())}


def reads_well(name, *words, warnings=0):
    """No finding but those meant, a reading for each provision, the one layout, and the label of what is made up."""
    text = EXAMPLES / name / "agreement.md"
    done = run(TRUCE, "check", text)
    equal(done.code, 0, done.out + done.err)
    has(done.out, f"; {warnings} warning" + ("" if warnings == 1 else "s"))
    equal(run(TRUCE, "fmt", "--check", text).code, 0, "layout")
    done = run(TRUCE, "explain", text)
    equal(done.code, 0, done.err)
    for word in words:
        has(" ".join(done.out.split()), word)
    shown = run(TRUCE, "run", EXAMPLES / name)
    equal(shown.code, 0, shown.err)
    has(shown.out, "The reports are simulated.")


def verdicts(name, wanted, *words):
    """All rows of bearers; `wanted` has a line for each, so a row too many is seen as well."""
    got = rows(name, *words)
    equal({k: r["verdict"] for k, r in got.items() if k.split("/")[1] != "all"}, wanted)
    return got


@case
def corridor_reads_well(_folder):
    reads_well("corridor", "each fire by P from or into west is one violation",
               "Simulated: the agreement, the parties, the roads and the reports are made up.")


@case
def corridor_has_an_outcome_for_each_window(_folder):
    got = verdicts("corridor", {
        # Announced by 20:00 the day before? South never confirmed dawn, and midday at 12:20 at the earliest.
        "confirm_morning/north": "complied", "confirm_morning/south": "complied",
        "confirm_noon/north": "complied", "confirm_noon/south": "complied",
        "confirm_evening/north": "complied", "confirm_evening/south": "complied",
        "confirm_dawn/north": "complied", "confirm_dawn/south": "overdue",
        "confirm_midday/north": "complied", "confirm_midday/south": "overdue",
        # Watched all the time; the fire at 10:30 came after the window.
        "quiet_morning/north": "complied", "quiet_morning/south": "complied",
        "free_morning/north": "complied", "free_morning/south": "complied",
        # South fired at 12:40, north stopped a convoy at 13:10, both seen.
        "quiet_noon/north": "complied", "quiet_noon/south": "violated",
        "free_noon/north": "violated", "free_noon/south": "complied",
        # Nobody watched, and one newspaper of one side alleges.
        "quiet_evening/north": "possibly violated", "quiet_evening/south": "unverified",
        "free_evening/north": "unverified", "free_evening/south": "unverified",
        # One side did not confirm: never live, whatever was seen.
        "quiet_dawn/north": "not in force", "quiet_dawn/south": "not in force",
        "free_dawn/north": "not in force", "free_dawn/south": "not in force",
        # Live from some second between 12:20 and 13:00; the fire was at 12:40.
        "quiet_midday/north": "possibly violated", "quiet_midday/south": "complied",
        "free_midday/north": "complied", "free_midday/south": "complied",
        # 08:40 and told at 10:05; 13:50 and never told; 13:30 and told at 18:00.
        "report_morning/agency": "complied", "report_noon/agency": "overdue",
        "report_midday/agency": "overdue"})
    equal(got["quiet_evening/north"]["reasons"], ["uncorroborated"])
    equal(got["quiet_evening/south"]["reasons"], ["coverage"])
    equal(got["quiet_midday/north"]["reasons"], ["time"])
    equal([got["quiet_noon/south"][k] for k in ("certain", "possible")], [1, 0])
    equal(got["quiet_morning/north"]["days"]["not_in_force"], 2)


@case
def corridor_before_and_after_a_confirmation(_folder):
    """Before the evening of 9 June nothing is overdue."""
    early = rows("corridor", "--at", "2025-06-09T15:30:00Z")
    equal(early["confirm_noon/north"]["verdict"], "complied")
    equal(early["confirm_noon/south"]["verdict"], "pending")
    equal(early["confirm_noon/south"]["next_deadline"], "2025-06-09T20:00:00Z")


@case
def thirty_days_reads_well(_folder):
    reads_well("thirty-days", "Made up: nobody agreed to this text, and every report is simulated.")


@case
def thirty_days_binds_from_both_acceptances(_folder):
    got = verdicts("thirty-days", {
        # Each: three certain fires within a week; before both had accepted none counts; one with a single
        # source and one by nobody known, after the extension, are possible.
        "ceasefire/ukraine": "violated", "ceasefire/russia": "violated",
        # 12 April came before the conclusion of 30 April, 2 May did not.
        "sequence/observers": "violated",
        "unarmed/observers": "unverified",
        # 6 April within the consent of 1 to 20 April; 25 April after it.
        "contingents/first_state": "complied", "contingents/second_state": "violated",
        # The third of 9 April was answered on 10 April, that of 18 April was not; the finding came within 24
        # hours after the 48, each explanation within 72.
        "guarantee/commission": "overdue", "guarantee_otherwise/observers": "complied",
        "answer/ukraine": "complied", "answer/russia": "complied"})
    for row in ("ceasefire/ukraine", "ceasefire/russia"):
        equal([got[row][k] for k in ("certain", "possible")], [3, 2], row)
    # A fire of which nobody knows whose it was may also be a stranger's.
    equal([got["ceasefire/all"][k] for k in ("certain", "possible")], [6, 3])
    equal(got["sequence/observers"]["certain"], 1)
    equal(got["guarantee/commission"]["certain"], 1)
    equal(got["unarmed/observers"]["reasons"], ["coverage"])


@case
def thirty_days_declarations_are_no_facts(_folder):
    """A demand about status is shown as its side's words, and no row judges it."""
    done = run(TRUCE, "explain", EXAMPLES / "thirty-days" / "agreement.md")
    has(" ".join(done.out.split()), "Ukraine's neutral status is part of the guarantees")
    equal([k for k in rows("thirty-days") if "neutral" in k or "status" in k], [])


@case
def thirty_days_before_the_answer(_folder):
    """Before the commission's 48 hours are over its duty is pending."""
    early = rows("thirty-days", "--at", "2025-04-19T12:00:00+03:00")
    equal(early["guarantee/commission"]["verdict"], "pending")
    equal(early["guarantee/commission"]["next_deadline"], "2025-04-20T10:00:00+03:00")
    equal(early["ceasefire/russia"]["certain"], 3)


@case
def laying_down_arms_reads_well(_folder):
    reads_well("laying-down-arms", "the reports and the number of arms are simulated")


@case
def laying_down_arms_step_by_step(_folder):
    got = verdicts("laying-down-arms", {
        "ceasefire/government": "possibly violated",  # one broadcast alleges it
        "ceasefire/farc": "complied",  # watched all the time
        "strip/government": "violated",  # a unit 550 m from the zone
        "list/farc": "complied",  # in the last hour of D+7, 8 December
        "munitions/farc": "unverified",  # neither reported nor watched
        "laying_down/farc": "overdue",
        "monthly/mechanism": "complied"})  # on the 20th of each of the six months
    # Of seven weapons: 3, 5 and 7 are asked for by 1 March, 31 March and 30 April. The third came on 1 March, the
    # fifth on 5 April, the seventh on 10 May: late on 31 March to 5 April and on 30 April to 10 May.
    equal(got["laying_down/farc"]["certain"], 2)
    equal(got["laying_down/farc"]["days"]["overdue"], 6 + 11)
    # The unit whose position is known to a kilometre only may have been in the strip.
    equal([got["strip/government"][k] for k in ("certain", "possible")], [1, 1])
    equal(rows("laying-down-arms", "--at", "2017-03-02T12:00:00-05:00")["laying_down/farc"]["verdict"], "pending")


@case
def local_forces_reads_well(_folder):
    reads_well("local-forces", "read in 2 ways, each by itself", "the reports are simulated")


@case
def local_forces_each_reading_by_itself(_folder):
    government, ansar_allah = ('as "whoever was enrolled later" by government',
                               'as "whoever is of the roll of 2014" by ansar_allah')
    got = verdicts("local-forces", {
        "ports_free/government": "complied",  # gone on 31 December, before the two weeks were over
        "ports_free/ansar_allah": "possibly violated",  # one side's broadcast
        # One force enrolled later, of the one; one of the old roll, of the other. Each breaks one reading.
        f"in_charge/government/{government}": "complied", f"in_charge/ansar_allah/{government}": "violated",
        f"in_charge/government/{ansar_allah}": "violated", f"in_charge/ansar_allah/{ansar_allah}": "complied",
        "weekly/committee": "overdue"})  # none from 8 to 14 January; five other weeks have one
    equal(got["weekly/committee"]["certain"], 1)
    equal(got[f"in_charge/ansar_allah/{government}"]["days"]["violated"], 11)  # 10 to 20 January
    equal(got[f"in_charge/government/{ansar_allah}"]["days"]["violated"], 4)  # 15 to 18 January
    equal(got["ports_free/government"]["days"]["not_in_force"], 14)  # 18 to 31 December


@case
def in_step_reads_well(_folder):
    """The one finding is the one meant: nothing says by what in parallel is measured."""
    reads_well("in-step", "the reports are simulated", warnings=1)


@case
def in_step_with_a_measure_and_without(_folder):
    got = verdicts("in-step", {
        "ceasefire/azerbaijan": "possibly violated", "ceasefire/armenia": "possibly violated",
        "traffic/azerbaijan": "unverified"}, "--at", "2025-12-01T00:00:00+03:00")
    equal(got["parallel/all"]["verdict"], "unverified")
    equal(got["parallel/all"]["reasons"], ["measure"])
    # Companies and columns take turns: never more than one of four ahead.
    equal(got["measured/all"]["verdict"], "complied")
    # A notice of 1 June 2025 is later than six months before 9 November: the fire of 20 November counts.
    equal([got["ceasefire/all"][k] for k in ("verdict", "certain")], ["violated", 2])


@case
def in_step_ends_by_notice_in_time(folder):
    """Had the notice come on 1 May, the term would have ended."""
    copy = pathlib.Path(folder) / "in-step"
    shutil.copytree(EXAMPLES / "in-step", copy)
    reports = (copy / "reports.csv").read_text(encoding="utf-8")
    (copy / "reports.csv").write_text(reports.replace("2025-06-01", "2025-05-01"), encoding="utf-8")
    got = rows(copy, "--at", "2025-12-01T00:00:00+03:00")
    equal([got["ceasefire/all"][k] for k in ("verdict", "certain", "possible")], ["violated", 1, 0])
    # 10 to 30 November and the second of 1 December.
    equal(got["ceasefire/all"]["days"]["not_in_force"], 22)


@case
def reply_reads_well(_folder):
    reads_well("reply", "the reports are simulated")


@case
def reply_only_after_coordination_failed(_folder):
    got = verdicts("reply", {
        "ceasefire/ukraine": "violated", "ceasefire/ordlo": "violated",
        "reply/ukraine": "violated", "reply/ordlo": "violated",
        "sky/ukraine": "unverified", "sky/ordlo": "unverified",  # drones were not watched
        "orders/ukraine": "complied", "orders/ordlo": "complied"})
    # Six incidents, three begun by each. On 28 and 29 July the reply came an hour after coordination failed: it
    # violates nothing. On 30 and 31 July nobody had tried, and on 1 August the failure lay 2 h 15 min back: three
    # replies without leave, which are fire as well. On 2 August the failure lay between 1 h 45 min and 2 h 10 min back.
    counts = {k: [got[k][x] for x in ("certain", "possible")] for k in got}
    equal(counts["reply/ukraine"], [2, 0])
    equal(counts["reply/ordlo"], [1, 1])
    equal(counts["ceasefire/ukraine"], [3 + 2, 0])
    equal(counts["ceasefire/ordlo"], [3 + 1, 1])
    equal(got["ceasefire/ukraine"]["days"]["excused"], 1)


main()
