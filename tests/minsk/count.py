#!/usr/bin/env python3
"""Count the events of examples/minsk-ii by hand: csv and zoneinfo, no code of truce.

Prints one JSON object.  What is counted, for the state-based events of the three dyads:

  certain      events in one of the two regions whose days lie wholly in the period, by the number of
               different offices that reported them: "1" at least one, "2" at least two
  certain_days local days on which such an event certainly fell: those of one day only
  possible     events that may be violations and are not certain: no region is named, the days
               straddle an edge of the period, or (for "2") one office only
  possible_days  local days that a certain or possible event may have fallen on, less certain_days
  undecided_places  events without a region, whose days meet the period
  straddle_start    events in the two regions, or without a region, whose days straddle the start
  outside           events in another region
"""
import csv
import datetime
import json
import os
import sys

START = datetime.date(2015, 2, 15)  # 00:00 in Kyiv: the first whole day
END = datetime.date(2022, 2, 23)    # 24:00: the last whole day
DYADS = {"Government of Ukraine - DPR", "Government of Ukraine - LPR",
         "Government of Ukraine - United Armed Forces of Novorossiya"}
REGIONS = {"donetsk oblast", "luhansk oblast"}


def date_of(text):
    """The dates are month first, some with a time of day, which is midnight."""
    month, day, year = text.split()[0].split("/")
    return datetime.date(int(year), int(month), int(day))


def rows(path):
    with open(path, encoding="windows-1252", newline="") as f:
        for r in csv.DictReader(f):
            if r["type_of_violence"] != "1" or r["dyad_name"] not in DYADS:
                continue
            offices = {o.strip() for o in r["source_office"].split(";") if o.strip()}
            yield (date_of(r["date_start"]), date_of(r["date_end"]), r["adm_1"].strip().lower(),
                   max(1, len(offices)))


def days(first, last):
    first, last = max(first, START), min(last, END)
    return {first + datetime.timedelta(n) for n in range((last - first).days + 1)}


def count(path):
    events = list(rows(path))
    out = {"events": len(events), "total_days": (END - START).days + 1}
    meets = [e for e in events if e[1] >= START and e[0] <= END]
    out["meet_period"] = len(meets)
    out["outside"] = sum(1 for e in meets if e[2] and e[2] not in REGIONS)
    relevant = [e for e in meets if not e[2] or e[2] in REGIONS]
    out["undecided_places"] = sum(1 for e in relevant if not e[2])
    out["straddle_start"] = sum(1 for e in relevant if e[0] < START)
    out["straddle_end"] = sum(1 for e in relevant if e[1] > END)
    for need in (1, 2):
        certain = [e for e in relevant
                   if e[2] and e[0] >= START and e[1] <= END and e[3] >= need]
        sure = {e[0] for e in certain if e[0] == e[1]}
        may = set()
        for e in relevant:
            may |= days(e[0], e[1])
        out[str(need)] = {"certain": len(certain), "possible": len(relevant) - len(certain),
                          "certain_days": len(sure), "possible_days": len(may - sure)}
    return out


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    data = os.path.join(here, "..", "..", "examples", "minsk-ii", "ucdp-ged-ukraine.csv")
    print(json.dumps(count(sys.argv[1] if len(sys.argv) > 1 else data), indent=1))
