#!/usr/bin/env python3
"""The rooms stand on each other as doc/architecture.md says.

Its table has a row a room: name, promise, what it stands on.  Each include of another room's header
must be named there, each room that is named must be above in the table, and be used."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from tap import case, main  # noqa: E402

HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
INCLUDE = re.compile(r'\s*#\s*include\s+"([^"/]+)/[^"]+"')


def table():
    """Room -> the rooms it may stand on, in the table's order."""
    rooms = {}
    with open(os.path.join(HOME, "doc", "architecture.md"), encoding="utf-8") as f:
        for line in f:
            cells = [c.strip() for c in line.strip().strip("|").split("|")]
            if len(cells) != 3 or not re.fullmatch("`[a-z]+`", cells[0]):
                continue
            words = re.findall(r"\w+", cells[2])
            rooms[cells[0].strip("`")] = list(rooms) if words == ["everything"] else words
    return rooms


def includes():
    """(file, room it is of, room of a header it includes), generated headers aside."""
    for folder, _, names in sorted(os.walk(os.path.join(HOME, "src"))):
        for name in sorted(names):
            if not name.endswith((".c", ".h")):
                continue
            path = os.path.relpath(os.path.join(folder, name), os.path.join(HOME, "src"))
            with open(os.path.join(folder, name), encoding="utf-8") as f:
                for line in f:
                    m = INCLUDE.match(line)
                    if m:
                        yield path, path.split(os.sep)[0], m.group(1)


@case
def every_room_is_told(_):
    """each folder of src is a row of the table, each row a folder"""
    folders = {n for n in os.listdir(os.path.join(HOME, "src")) if os.path.isdir(os.path.join(HOME, "src", n))}
    rooms = set(table())
    assert folders == rooms, f"not told: {sorted(folders - rooms)}; not there: {sorted(rooms - folders)}"


@case
def downward(_):
    """a room includes only headers of the rooms it is said to stand on"""
    rooms = table()
    wrong = [f"{path} includes {other}/" for path, room, other in includes() if other not in rooms[room] + [room]]
    assert not wrong, "\n".join(wrong)


@case
def never_round(_):
    """a room stands only on rooms above it in the table"""
    rooms = table()
    order = list(rooms)
    wrong = [f"{room} on {other}" for room in rooms for other in rooms[room]
             if other in order and order.index(other) >= order.index(room)]
    assert not wrong, "\n".join(wrong)


@case
def used(_):
    """a room uses the rooms it is said to stand on"""
    uses = {(room, other) for _, room, other in includes()}
    wrong = [f"{room} uses nothing of {other}" for room, others in table().items()
             for other in others if other in table() and room != "cli" and (room, other) not in uses]
    assert not wrong, "\n".join(wrong)


main()
