#!/usr/bin/env python3
"""Write a folder with an agreement, a mapping and simulated reports: bench/reports.py FOLDER [N].

The reports are made up (seeded, the same each time) and say so.  They look like a busy mission's:
an id, a local time, a place with its accuracy, two possible actors, a source, a count of deaths."""
import os
import random
import sys

AGREEMENT = """# Simulated agreement

Everything here is made up to measure speed.

## Article 1

Neither party fires in the area or within ten kilometres of the line.

```truce
agreement "Simulated ceasefire"
  in force from 2020-01-01 00:00 until 2021-01-01 00:00; time zone Europe/Kyiv.

party north. party south. body mission.
line contact from "contact.geojson".
zone belt is within 10 km of contact.
event fire (by party, weapon text, deaths count), verb fire, fires, fired, firing.
fire counts when reported by 1 source.

provision ceasefire: each of north and south must not fire in belt.
```
"""

MAPPING = """# Simulated reports

```mapping
reports from "reports.csv" are csv in utf-8.
skip rows where column "kind" is not "fire".
each row is a fire.
each report is known by column "id".
the time is column "when".
the place is the point at latitude column "lat" and longitude column "lon", within column "accuracy" m.
the actors are one of columns "side_a" and "side_b", written: – "North" is north – "South" is south.
weapon is column "weapon".
deaths is column "deaths".
the grade is column "grade", written: – "seen" is seen – "reported" is reported.
the sources are column "source".
note "These reports are simulated.".
```
"""

LINE = """{"type":"Feature","properties":{"name":"contact","note":"simulated"},"geometry":
{"type":"LineString","coordinates":[[39.48,48.65],[38.93,48.74],[38.52,48.68],[38.36,48.49],[38.03,48.42],
[37.86,48.13],[37.73,48.07],[37.50,47.94],[37.68,47.75],[37.86,47.45],[37.78,47.15],[37.82,47.09]]}}
"""


def rows(n):
    r = random.Random(20250317)
    weapons = ["small arms", "mortar", "artillery", "grenade launcher", "undetermined"]
    for i in range(n):
        minute = r.randrange(366 * 1440)
        day = minute // 1440
        month, rest = 1, day
        for length in (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31):
            if rest < length:
                break
            rest -= length
            month += 1
        side = r.random()
        yield "%d,%s,2020-%02d-%02d %02d:%02d,%.5f,%.5f,%d,%s,%s,%s,%d,%s,%s\n" % (
            i, "fire" if r.random() < 0.95 else "other", month, rest + 1, minute // 60 % 24, minute % 60,
            47 + r.random() * 2, 37 + r.random() * 3, r.choice((0, 0, 100, 500, 2000)),
            "North" if side < 0.6 else "South", "South" if side < 0.3 else "", r.choice(weapons),
            r.randrange(3), "seen" if r.random() < 0.3 else "reported", "post %d" % r.randrange(200))


def main():
    folder, n = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    os.makedirs(folder, exist_ok=True)
    for name, text in (("agreement.md", AGREEMENT), ("reports.mapping.md", MAPPING),
                       ("contact.geojson", LINE)):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    with open(os.path.join(folder, "reports.csv"), "w", encoding="utf-8") as f:
        f.write("id,kind,when,lat,lon,accuracy,side_a,side_b,weapon,deaths,grade,source\n")
        f.writelines(rows(n))


if __name__ == "__main__":
    main()
