#!/usr/bin/env python3
"""Sentences from the agreement's words to verdicts, through the command; all reports are simulated.

usage: test_sentences.py TRUCE-AGREEMENT
"""
import datetime
import os
import sys

sys.path.insert(0, os.path.dirname(__file__))
from judged import judged, write  # noqa: E402
from tap import case, equal, has, main, run  # noqa: E402

TRUCE = os.path.abspath(sys.argv[1])

FIRE = "event fire (by party), verb fires, fired, firing.\n"
NOTICE = "filed event notice (by actor, whom actor), verb notify, notifies, notified, notifying.\n"
MOVE = "event move (by party), verb move, moves, moved, moving.\n"


def verdict(rows, name):
    assert name in rows, "%s is none of %s" % (name, sorted(rows))
    return rows[name]["verdict"]


@case
def no_objection_within_a_time(folder):
    """may … only if no party has objected within 2 days after a notice: the time belongs to the objection"""
    text = (MOVE + NOTICE + "filed event objection (by party), verb objects, objected, objecting.\n"
            "provision x: south may move only if no party has objected within 2 days after south has notified.")
    told = ("notice", "2025-03-02 10:00", "south", {"whom": "mission"})
    seen = dict(at="2025-04-01", to="2025-03-31", observed=["move"])
    early = judged(TRUCE, folder + "/a", text, [told, ("move", "2025-03-03 10:00", "south", {})], **seen)
    equal(verdict(early, "x/south"), "violated")
    late = judged(TRUCE, folder + "/b", text, [told, ("move", "2025-03-05 10:00", "south", {})], **seen)
    equal(verdict(late, "x/south"), "complied")
    against = judged(TRUCE, folder + "/c", text, [
        told, ("objection", "2025-03-03 09:00", "north", {}), ("move", "2025-03-05 10:00", "south", {})], **seen)
    equal(verdict(against, "x/south"), "violated")


@case
def a_term_from_a_condition(folder):
    """in force for 30 days from when each party has signed: not before, not behind"""
    text = (FIRE + "filed event signing (by party), verb signs, signed, signing.\n"
            "agreement is in force%s from when each party has signed.\n"
            "provision ceasefire: each party must not fire.")
    signed = [("signing", "2025-03-01 10:00", "north", {}), ("signing", "2025-03-02 10:00", "south", {})]
    for i, (term, sentence) in enumerate([("for 30 days", text % ""), ("day 1 is 2025-03-01", text % " for 30 days")]):
        for k, (when, want) in enumerate([("2025-03-01 12:00", "complied"), ("2025-03-10 12:00", "violated"),
                                          ("2025-04-01 09:59:59", "violated"), ("2025-04-01 10:00", "complied")]):
            rows = judged(TRUCE, "%s/%d%d" % (folder, i, k), sentence, signed + [("fire", when, "north", {})],
                          at="2025-05-01", to="2025-04-30", term=term, observed=["fire"])
            equal(verdict(rows, "ceasefire/north"), want, when)


@case
def a_window_that_never_was_live(folder):
    """a ban while a window is live has asked nothing when it never was: waiting, not complied"""
    text = (FIRE + "zone yard is area \"A\".\n"
            "filed event confirmation (by party, window text), verb confirms, confirmed, confirming.\n"
            "window morning, in yard, from 2025-03-10 10:00 until 2025-03-10 12:00, live when each party has confirmed.\n"
            "provision calm: while morning is live, each party must not fire.")
    one = [("confirmation", "2025-03-10 09:00", "north", {"window": "morning"})]
    both = one + [("confirmation", "2025-03-10 09:30", "south", {"window": "morning"})]
    shots = [("fire", "2025-03-10 11:00", "north", {})]
    seen = dict(at="2025-04-01", to="2025-03-31", observed=["fire"])
    rows = judged(TRUCE, folder + "/a", text, one + shots, **seen)
    equal(verdict(rows, "calm/north"), "waiting")
    equal(rows["calm/all"]["days"]["waiting"], 31)
    equal(verdict(judged(TRUCE, folder + "/b", text, both + shots, **seen), "calm/north"), "violated")
    equal(verdict(judged(TRUCE, folder + "/c", text, both, **seen), "calm/north"), "complied")


REPORTING = (FIRE + "event report (by body), verb report, reports, reported, reporting.\n"
             "provision ceasefire: each party must not fire.\n"
             "provision reporting: mission must report each violation of ceasefire within 24 hours%s.")


@case
def each_violation_is_reported(folder):
    """must report each violation of a provision within a time: one duty for each violation"""
    shots = [("fire", "2025-03-02 10:00", "north", {}), ("fire", "2025-03-05 10:00", "south", {})]
    seen = dict(at="2025-04-01", to="2025-03-31", observed=["fire", "report"])
    one = judged(TRUCE, folder + "/a", REPORTING % "",
                 shots + [("report", "2025-03-02 20:00", "mission", {})], **seen)
    equal(verdict(one, "reporting/mission"), "overdue")
    equal(one["reporting/mission"]["certain"], 1)
    both = judged(TRUCE, folder + "/b", REPORTING % "", shots + [
        ("report", "2025-03-02 20:00", "mission", {}), ("report", "2025-03-06 10:00", "mission", {})], **seen)
    equal(verdict(both, "reporting/mission"), "complied")
    late = [("fire", "2025-03-02 10:00", "north", {"recorded": "2025-03-04 10:00"}),
            ("report", "2025-03-05 09:00", "mission", {})]
    equal(verdict(judged(TRUCE, folder + "/c", REPORTING % "", late, **seen), "reporting/mission"), "overdue")
    equal(verdict(judged(TRUCE, folder + "/d", REPORTING % " of its being verified", late, **seen),
                  "reporting/mission"), "complied")


@case
def an_act_towards_each(folder):
    """must notify each party: each is owed an act of its own"""
    text = NOTICE + "provision told: mission must notify each party by 2025-03-10."
    seen = dict(at="2025-04-01", to="2025-03-31")
    one = [("notice", "2025-03-05 10:00", "mission", {"whom": "north"})]
    both = one + [("notice", "2025-03-06 10:00", "mission", {"whom": "south"})]
    rows = judged(TRUCE, folder + "/a", text, one, **seen)
    equal(verdict(rows, "told/mission"), "overdue")
    equal((rows["told/mission"]["certain"], rows["told/mission"]["level"]), (1, 2))
    why = run(TRUCE, "why", folder + "/a", "told", "mission", "--at", "2025-04-01", "--to", "2025-03-31")
    has(why.out, "towards south")
    assert "towards north" not in why.out, why.out
    equal(verdict(judged(TRUCE, folder + "/b", text, both, **seen), "told/mission"), "complied")
    text = (NOTICE + FIRE + "provision told: each party must notify each other party within 2 days after mission has notified.\n"
            "provision then_hand: if told is violated, then hand must notify mission within 24 hours.")
    rows = judged(TRUCE, folder + "/c", text, [
        ("notice", "2025-03-05 10:00", "mission", {"whom": "mission"}),
        ("notice", "2025-03-06 10:00", "north", {"whom": "south"})], **seen)
    equal((verdict(rows, "told/north"), verdict(rows, "told/south")), ("complied", "overdue"))
    equal(verdict(rows, "then_hand/hand"), "overdue")


@case
def otherwise_the_party(folder):
    """otherwise the party must …: the one that violated, where the first duty binds no party"""
    text = (FIRE + NOTICE + "event meeting (by body), verb convene.\n"
            "provision ceasefire: each party must not fire.\n"
            "provision answer: if ceasefire is violated by one party, then commission must convene within 48 hours; "
            "otherwise the party must notify mission within 24 hours.\n"
            "provision counter: if ceasefire is violated by one party, then commission must convene within 48 hours; "
            "otherwise the other party must notify mission within 24 hours.")
    seen = dict(at="2025-04-01", to="2025-03-31", observed=["fire", "meeting"])
    shot = [("fire", "2025-03-02 10:00", "north", {})]
    rows = judged(TRUCE, folder + "/a", text, shot, **seen)
    equal(verdict(rows, "answer/commission"), "overdue")
    equal([verdict(rows, "answer_otherwise/" + p) for p in ("north", "south")], ["overdue", "waiting"])
    equal([verdict(rows, "counter_otherwise/" + p) for p in ("north", "south")], ["waiting", "overdue"])
    rows = judged(TRUCE, folder + "/b", text, shot + [("meeting", "2025-03-03 10:00", "commission", {})], **seen)
    equal([verdict(rows, "answer_otherwise/" + p) for p in ("north", "south")], ["waiting", "waiting"])


@case
def consequences_of_what_was_amended(folder):
    """what follows violations of a provision follows those of each of its versions"""
    text = (MOVE + NOTICE + "provision pull: each party must move by 2025-03-10.\n"
            "provision answer: if pull is violated, then commission must notify mission within 48 hours.\n"
            "amendment 1, agreed by each party, in force from 2025-03-05: in pull, \"2025-03-10\" is replaced by "
            "\"2025-03-20\"; violations before 2025-03-05 stand.")
    rows = judged(TRUCE, folder, text, [("notice", "2025-03-21 10:00", "commission", {"whom": "mission"})],
                  at="2025-04-01", to="2025-03-31", observed=["move"])
    equal(verdict(rows, "answer/commission/amendment 1"), "complied")
    equal(verdict(rows, "answer/commission"), "waiting")


@case
def consequences_of_a_deadline_that_moves(folder):
    """what follows a missed deadline that moved by a suspension is counted from where it moved to"""
    text = (MOVE + NOTICE + "filed state talk, plural talks.\n"
            "provision pull: north must move by 2025-03-10 12:00.\n"
            "pull is suspended while talk holds; its deadlines move by the time suspended.\n"
            "provision answer: if pull is violated, then commission must notify mission within 48 hours.")
    talk = [("talk", "2025-03-03 00:00", "", {"to": "2025-03-06 00:00"})]
    seen = dict(at="2025-04-01", to="2025-03-31", observed=["move"])
    for i, (when, want) in enumerate([("2025-03-14 12:00", "complied"), ("2025-03-16 12:00", "overdue"),
                                      ("2025-03-11 12:00", "overdue")]):
        rows = judged(TRUCE, "%s/%d" % (folder, i), text,
                      talk + [("notice", when, "commission", {"whom": "mission"})], **seen)
        equal(verdict(rows, "pull/north"), "overdue")
        equal(verdict(rows, "answer/commission"), want, when)


# When each is owed and the last second at which it is in time; clocks change on 30 March and 26 October 2025.
CALENDAR = [
    ("by day 2", "2025-03-02 23:59:59"),
    ("by D-day plus 1", "2025-03-02 23:59:59"),
    ("by the end of day 30", "2025-03-30 23:59:59"),
    ("within 2 days after 2025-03-29", "2025-03-31 23:59:59"),
    ("within 2 days after 2025-03-29 12:00", "2025-03-31 12:00:00"),
    ("within 48 hours after 2025-03-29 12:00", "2025-03-31 13:00:00"),
    ("within 2 days after 2025-10-25 12:00", "2025-10-27 12:00:00"),
    ("within 48 hours after 2025-10-25 12:00", "2025-10-27 11:00:00"),
    ("within 1 month after 2025-03-31", "2025-04-30 23:59:59"),
    ("within 1 month after 2028-01-31", "2028-02-29 23:59:59"),
    ("within 1 year after 2028-02-29", "2029-02-28 23:59:59"),
    ("within 3 working days after 2025-03-05", "2025-03-11 23:59:59"),
]


def second_later(text):
    moment = datetime.datetime.fromisoformat(text) + datetime.timedelta(seconds=1)
    return moment.isoformat(" ")


@case
def calendars(folder):
    """days of the agreement's zone, working days, D-day plus n, months, leap days, summer time: to the second"""
    text = "".join("event act_%d (by party), verb act_%d.\nprovision p%d: north must act_%d %s.\n" % (i, i, i, i, when)
                   for i, (when, _) in enumerate(CALENDAR))
    more = dict(term="in force from 2025-03-01 00:00 until 2030-01-01", at="2029-12-01", to="2029-11-30",
                head="; day 1 is 2025-03-01; holidays 2025-03-10", observed=["act_%d" % i for i in range(len(CALENDAR))])
    for late, want in ((False, "complied"), (True, "overdue")):
        acts = [("act_%d" % i, second_later(last) if late else last, "north", {}) for i, (_, last) in enumerate(CALENDAR)]
        rows = judged(TRUCE, "%s/%d" % (folder, late), text, acts, **more)
        for i, (when, _) in enumerate(CALENDAR):
            equal(verdict(rows, "p%d/north" % i), want, when)


@case
def an_exception_that_reads_what_it_excepts_from(folder):
    """despite ceasefire, … only if ceasefire is violated: its condition reads ceasefire without the exception"""
    text = (FIRE + "event return_fire is a fire, verb return fire, returns fire, returned fire, returning fire.\n"
            "provision ceasefire: each party must not fire.\n"
            "provision reply: despite ceasefire, each party may return fire only if ceasefire has been violated in the last "
            "2 hours.")
    rows = judged(TRUCE, folder, text, [
        ("fire", "2025-03-02 10:00", "north", {}), ("return_fire", "2025-03-02 11:00", "south", {}),
        ], at="2025-04-01", to="2025-03-31",
        observed=["fire", "return_fire"])
    equal((rows["ceasefire/south"]["certain"], rows["ceasefire/north"]["certain"]), (0, 1))


FORMULA = (FIRE + "state crew (of party), plural crews.\n```\n\n```formula\nformula surge: each party.\n"
           "shot is fire by the party.\nreply is fire by the other party.\n%s")


@case
def an_experts_formula(folder):
    """a formula over what the agreement declares: judged for each bearer, uncertain where its facts are"""
    anchored = FORMULA % "anchor shot.\nviolation: shot(id) AND NOT ONCE[0,2h] EXISTS x. reply(x)"
    seen = dict(at="2025-04-01", to="2025-03-31", observed=["fire"])
    shots = [("fire", "2025-03-02 10:00", "north", {}), ("fire", "2025-03-02 11:30", "south", {})]
    rows = judged(TRUCE, folder + "/a", anchored, shots, **seen)
    equal((verdict(rows, "surge/north"), verdict(rows, "surge/south")), ("violated", "complied"))
    equal(rows["surge/north"]["certain"], 1)
    late = shots + [("fire", "2025-03-02 12:00:01", "north", {"to": "2025-03-02 14:00"})]
    rows = judged(TRUCE, folder + "/b", anchored, late, **seen)
    equal((verdict(rows, "surge/north"), rows["surge/north"]["possible"]), ("violated", 1))
    equal(verdict(judged(TRUCE, folder + "/c", anchored, shots, at="2025-04-01", to="2025-03-31"), "surge/south"),
          "unverified")
    why = run(TRUCE, "why", folder + "/a", "surge", "north", "--at", "2025-04-01", "--to", "2025-03-31", "--proof")
    equal(why.code, 0, why.err)
    has(why.out, "NOT ONCE[0,2h] EXISTS x. reply(x)")
    watch = FORMULA % ("crews is crew of south.\nviolation: (EXISTS x. crews(x)) AND NOT ONCE[0,1d] EXISTS x. shot(x)")
    rows = judged(TRUCE, folder + "/d", watch, [
        ("crew", "2025-03-05 00:00", "south", {"to": "2025-03-07 00:00"})], at="2025-04-01", to="2025-03-31",
        observed=["fire", "crew"])
    equal((verdict(rows, "surge/north"), rows["surge/north"]["days"]["violated"]), ("violated", 3))


UNFIT = [
    ("anchor shot.\nviolation: shot(id) AND", "the formula ends where", "syntax"),
    ("anchor shot.\nviolation: shot(id) AND nothing(id)", "nothing", None),
    ("anchor shot.\nviolation: shot(id) AND shot(id, id)", "shot", None),
    ("anchor shot.\nviolation: shot(id) AND ONCE reply(x)", "one variable is free, of this formula 2 are", "formula-anchor"),
    ("violation: shot(id)", "a variable is free", "formula-anchor"),
    ("anchor shot.\nviolation: shot(3)", "write a variable", "formula-unfit"),
    ("anchor shot.\nviolation: shot(id) AND EXISTS n. (n <- CNT x ONCE reply(x)) AND n > 3", "counts and sums",
     "formula-unfit"),
    ("anchor shot.\nviolation: shot(id) AND EXISTS x. ONCE reply(x) AND x = id", "is not compared", "formula-unfit"),
    ("anchor shot.\nviolation: LET p(x) = reply(x) IN shot(id) AND NOT ONCE EXISTS y. p(y)", "LET has no place",
     "formula-unfit"),
    ("anchor shot.\nviolation: shot(id) AND tp(id)", "the number of a position", "formula-unfit"),
    ("violation: NOT EXISTS x. shot(x)", None, None),
    ("anchor shots.\nviolation: shot(id)", 'nothing is picked as "shots"', "unknown-name"),
    ("shot is fire.\nviolation: EXISTS x. shot(x)", '"shot" is picked twice', "twice"),
    ("gun is weapon.\nviolation: EXISTS x. shot(x)", "an event or a state is expected", "unknown-name"),
    ("anchor shot.", "violation:", "expected"),
    ("calm_now is calm.\nviolation: EXISTS x. shot(x)", "a state by definition", "formula-defined"),
]


@case
def formulas_that_cannot_stand(folder):
    """what is wrong with a formula is told in its place in the agreement"""
    for i, (text, what, code) in enumerate(UNFIT):
        head = "state calm. calm holds from when north has fired.\n"
        here = write("%s/%d" % (folder, i), head + FORMULA % text, [])
        done = run(TRUCE, "check", here)
        equal(done.code, 1 if what else 0, (text, done.err))
        if what:
            has(done.err, what)
            has(done.err, "agreement.md:")
        if code:
            has(done.err, "[%s]" % code)
    equal({c for _, _, c in UNFIT} >= {"formula-anchor", "formula-unfit", "formula-defined"}, True)


if __name__ == "__main__":
    main()
