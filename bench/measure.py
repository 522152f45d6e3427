"""Run programs and measure them: seconds (wall, or the processor's own) and peak memory, medians of
interleaved runs."""
import pathlib
import resource
import shutil
import statistics
import subprocess
import time

TIME = shutil.which("time") or "/usr/bin/time"


def processor():
    """Seconds of the processor that children took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Run:
    """One command, its measurements and what it wrote."""

    def __init__(self, name, command, output=None, cpu=False):
        self.name, self.command, self.output = name, [str(word) for word in command], output
        self.cpu = cpu  # count the processor's time, on a machine that others use too
        self.seconds, self.memory = [], []
        self.problem = None

    def once(self, folder):
        """Run it; `time` stands between, since the peak of a child counts what its parent held."""
        note = pathlib.Path(folder) / "time.txt"
        out = open(self.output, "wb") if self.output else subprocess.DEVNULL
        start, spent = time.monotonic(), processor()
        done = subprocess.run([TIME, "-q", "-f", "%M", "-o", note] + self.command, stdin=subprocess.DEVNULL,
                              stdout=out, stderr=subprocess.PIPE, check=False)
        self.seconds.append(processor() - spent if self.cpu else time.monotonic() - start)
        if self.output:
            out.close()
        if done.returncode:
            self.problem = "exit %d: %s" % (done.returncode, done.stderr.decode(errors="replace").strip()[-200:])
            return
        self.memory.append(int(note.read_text().split()[-1]) * 1024)

    @property
    def median(self):
        return statistics.median(self.seconds)

    @property
    def peak(self):
        return max(self.memory, default=0)


def interleave(runs, folder, repeat, patience=10.0):
    """Each in turn, `repeat` times; what takes longer than `patience` seconds runs once only."""
    for turn in range(repeat):
        for run in runs:
            if run.problem or (turn and run.seconds[0] > patience):
                continue
            run.once(folder)


def table(head, rows):
    """A table in Markdown, columns as wide as needed, the first to the left, the others to the right."""
    cells = [head] + rows
    widths = [max(len(row[k]) for row in cells) for k in range(len(head))]
    rule = ["-" * widths[0]] + ["-" * (w - 1) + ":" for w in widths[1:]]
    for row in [head, rule] + rows:
        print("| " + " | ".join(cell.ljust(widths[k]) if k == 0 else cell.rjust(widths[k])
                                for k, cell in enumerate(row)) + " |", flush=True)


def megabytes(size):
    return "%.1f MB" % (size / 1e6) if size else "–"


def ratio(a, b):
    return "%.2f" % (a / b) if a and b else "–"
