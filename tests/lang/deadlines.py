#!/usr/bin/env python3
"""The deadlines that truce explain computes, against the standard library's own time zones.

usage: deadlines.py TRUCE-AGREEMENT

Sentences with days of the agreement, D-day plus n, months, leap days, working days with holidays and weekends, hours,
before and after points, in zones whose clocks go forward, back, and change their offset; fixed ones and random ones.
The oracle is written from doc/semantics.md, Time: the instant of a wall-clock reading is the first at which the clock
shows it or a later one."""
import calendar
import datetime as dt
import json
import os
import random
import sys
from zoneinfo import ZoneInfo

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from tap import case, equal, main, run  # noqa: E402

TRUCE = os.path.abspath(sys.argv[1])
UTC = dt.timezone.utc
SECOND = dt.timedelta(seconds=1)


# ---- the oracle ----

def clock(zone, at):
    """What the wall clock shows."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def instant(zone, local):
    """The first instant at which the clock shows `local` or a later reading: no offset is beyond a day."""
    lo, hi = local.replace(tzinfo=UTC) - dt.timedelta(days=1), local.replace(tzinfo=UTC) + dt.timedelta(days=1)
    # offsets change at few instants: look from change to change
    best, step, at = None, dt.timedelta(minutes=15), lo
    while at < hi:
        end = at + step
        if clock(zone, at) >= local:
            best = at
            break
        if clock(zone, end - SECOND) >= local or clock(zone, end) >= local:
            a, b = at, end  # the first in (a, b]
            while b - a > SECOND:
                mid = a + (b - a) // 2
                mid = mid.replace(microsecond=0)
                a, b = (a, mid) if clock(zone, mid) >= local else (mid, b)
            best = b
            break
        at = end
    return best


def day_end(zone, day):
    return instant(zone, dt.datetime.combine(day + dt.timedelta(days=1), dt.time())) - SECOND


def add_months(local, n):
    month = local.month - 1 + n
    year, month = local.year + month // 12, month % 12 + 1
    return local.replace(year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1]))


def works(day, holidays, weekend):
    return day.weekday() not in weekend and day not in holidays


def add_workdays(local, n, holidays, weekend):
    day = local.date()
    if not works(day, holidays, weekend):  # counted from the end of the working day before
        local = dt.datetime.combine(day, dt.time(23, 59, 59))
    while n > 0:
        day += dt.timedelta(days=1)
        n -= works(day, holidays, weekend)
    return dt.datetime.combine(day, local.time())


def later(zone, at, kind, n, holidays=(), weekend=(5, 6)):
    if kind == "hours":
        return at + dt.timedelta(hours=n)
    local = clock(zone, at)
    if kind == "days":
        local += dt.timedelta(days=n)
    elif kind == "months":
        local = add_months(local, n)
    else:
        local = add_workdays(local, n, holidays, weekend)
    return instant(zone, local)


# ---- what truce says ----

def deadlines(folder, zone, sentences, day_one="2020-01-01", extra="holidays are none"):
    """The deadline of each sentence, by truce explain."""
    text = ["# T", "", "```truce",
            f'agreement "T" signed 2010-01-01; in force from 2010-01-01 00:00; time zone {zone}; day 1 is {day_one};',
            f"  {extra}.", "party north.", "event notice (by party), verb notify."]
    text += [f"provision p{i}: north must notify {s}." for i, s in enumerate(sentences)] + ["```", ""]
    path = os.path.join(folder, "t.md")
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(text))
    done = run(TRUCE, "explain", "--json", path)
    equal(done.code, 0, done.err)
    found = {}
    for line in done.out.splitlines():
        x = json.loads(line)
        if "provision" in x:
            found[x["provision"]] = [d["at"] for d in x["dates"] if d["name"] == "deadline"]
    return [dt.datetime.fromisoformat(found[f"p{i}"][0].replace("Z", "+00:00")) for i in range(len(sentences))]


def check(folder, zone, wanted, **head):
    """wanted: sentence -> the deadline as the clock shows it, with its offset."""
    got = deadlines(folder, zone, list(wanted), **head)
    for (sentence, want), at in zip(wanted.items(), got):
        equal(at.astimezone(ZoneInfo(zone)).isoformat(), want, f"{zone}: {sentence}")


# ---- fixed ----

@case
def kyiv(folder):
    """Kyiv: a skipped hour, a doubled hour, days of 23 and of 25 hours."""
    check(folder, "Europe/Kyiv", {
        "within 2 days after 2020-03-27 03:30": "2020-03-29T04:00:00+03:00",  # 03:30 is skipped: the first after it
        "within 48 hours after 2020-03-27 03:30": "2020-03-29T04:30:00+03:00",
        "within 1 day after 2020-10-24 03:30": "2020-10-25T03:30:00+03:00",  # doubled: the first
        "within 24 hours after 2020-10-24 03:30": "2020-10-25T03:30:00+03:00",
        "within 25 hours after 2020-10-24 03:30": "2020-10-25T03:30:00+02:00",
        "within 2 days after 2020-10-24": "2020-10-26T23:59:59+02:00",
        "by day 90": "2020-03-30T23:59:59+03:00",
        "by the end of day 89": "2020-03-29T23:59:59+03:00",
        "by D-day plus 5": "2020-01-06T23:59:59+02:00",
        "by 3 days before 2020-03-31 03:30": "2020-03-28T03:30:00+02:00",
    })


@case
def months_and_leap_days(folder):
    """Months keep the day or take the last one; 29 February comes and goes."""
    check(folder, "America/Bogota", {
        "within 1 month after 2020-01-31 12:00": "2020-02-29T12:00:00-05:00",
        "within 1 month after 2021-01-31 12:00": "2021-02-28T12:00:00-05:00",
        "within 1 year after 2020-02-29 12:00": "2021-02-28T12:00:00-05:00",
        "within 4 years after 2020-02-29 12:00": "2024-02-29T12:00:00-05:00",
        "within 6 months after 2020-08-31 12:00": "2021-02-28T12:00:00-05:00",
        "by 6 months before 2020-08-31 12:00": "2020-02-29T12:00:00-05:00",
        "within 60 days after 2020-01-01": "2020-03-01T23:59:59-05:00",
    })


@case
def working_days(folder):
    """Working days leave out the weekend and the holidays; a weekend may be Friday and Saturday."""
    check(folder, "Asia/Baku", {
        "within 3 working days after 2020-03-19 12:00": "2020-03-30T12:00:00+04:00",
        "within 1 working day after 2020-03-21 12:00": "2020-03-26T23:59:59+04:00",
        "by 2 working days before 2020-03-26 12:00": "2020-03-18T12:00:00+04:00",
    }, extra="holidays 2020-03-20, 2020-03-23, 2020-03-24, 2020-03-25")
    check(folder, "Asia/Aden", {
        "within 2 working days after 2020-03-19 12:00": "2020-03-23T12:00:00+03:00",
        "within 1 working day after 2020-03-20 12:00": "2020-03-22T23:59:59+03:00",
    }, extra="holidays are none; weekend is Friday and Saturday")


@case
def offsets_change(folder):
    """Juba went from +03:00 to +02:00 in the last hour of January 2021; Baku gave up summer time in 2016."""
    check(folder, "Africa/Juba", {
        "by day 397": "2021-01-31T23:59:59+02:00",
        "within 1 day after 2021-01-31 12:00": "2021-02-01T12:00:00+02:00",
        "within 24 hours after 2021-01-31 12:00": "2021-02-01T11:00:00+02:00",
        "within 1 day after 2021-01-30 23:30": "2021-01-31T23:30:00+03:00",
    })
    check(folder, "Asia/Baku", {
        "within 1 day after 2015-03-28 04:30": "2015-03-29T05:00:00+05:00",
        "within 1 day after 2016-03-26 04:30": "2016-03-27T04:30:00+04:00",
    })


# ---- random ----

ZONES = ["Europe/Kyiv", "Africa/Juba", "Asia/Baku", "America/Bogota", "America/Sao_Paulo", "Asia/Tehran"]


def random_sentence(rng, zone, holidays, weekend):
    """A sentence, and the deadline by the oracle."""
    z = ZoneInfo(zone)
    near = rng.choice([dt.datetime(2014, 3, 30), dt.datetime(2015, 10, 25), dt.datetime(2017, 10, 15),
                       dt.datetime(2021, 1, 31), dt.datetime(2016, 2, 28), dt.datetime(2020, 3, 21)])
    local = near + dt.timedelta(days=rng.randint(-4, 3), hours=rng.choice([0, 2, 3, 4, 12, 23]),
                                minutes=rng.choice([0, 30, 59]))
    kind = rng.choice(["hours", "days", "months", "working days"])
    n = rng.randint(1, 40 if kind == "hours" else 12)
    unit = kind if n > 1 else kind[:-1]
    if rng.random() < .3:
        day = local.date()
        return (f"within {n} {unit} after {day}", later(z, day_end(z, day), kind, n, holidays, weekend))
    return (f"within {n} {unit} after {local:%Y-%m-%d %H:%M}",
            later(z, instant(z, local), kind, n, holidays, weekend))


@case
def random_deadlines(folder):
    """Random deadlines are the oracle's, in six zones."""
    rng = random.Random(20150215)
    for zone in ZONES:
        holidays = {dt.date(2015, 10, 26), dt.date(2016, 2, 29), dt.date(2020, 3, 23), dt.date(2021, 2, 1)}
        weekend = rng.choice([(5, 6), (4, 5), (6,)])
        names = {(5, 6): "Saturday and Sunday", (4, 5): "Friday and Saturday", (6,): "Sunday"}[weekend]
        head = "holidays " + ", ".join(str(d) for d in sorted(holidays)) + f"; weekend is {names}"
        wanted = [random_sentence(rng, zone, holidays, weekend) for _ in range(60)]
        got = deadlines(folder, zone, [s for s, _ in wanted], extra=head)
        for (sentence, want), at in zip(wanted, got):
            equal(at.astimezone(UTC).isoformat(), want.astimezone(UTC).isoformat(), f"{zone}, {names}: {sentence}")


main()
