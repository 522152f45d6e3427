"""Tests that go on as a story does: `ok` for each thing that must be, `plan` at the end."""
count = 0


def ok(condition, name, note=""):
    """A line of TAP, and where it is not so the beginning of the note."""
    global count
    count += 1
    print(f"{'ok' if condition else 'not ok'} {count} - {name}")
    if not condition:
        for line in str(note)[:3000].splitlines():
            print(f"# {line}")


def plan():
    print(f"1..{count}")
