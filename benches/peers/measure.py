"""What one run of a program costs: wall time, time of the processors and memory, with those of its children."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import partial

# A forked child begins with the memory this process has now; one of `vfork` with the most it ever had.
subprocess._USE_VFORK = False


@dataclass
class Cost:
    """Seconds, seconds, and megabytes (of 10^6 bytes): the largest that any one process of the run held."""

    wall: float
    cpu: float
    peak: float


class Failed(Exception):
    """The program ended badly: how, and the last that it said."""


def run(command, folder, env=None, pipe=None, limit=None):
    """Runs a command in a folder, for at most `limit` seconds; the file `pipe` comes to its standard input through `cat`."""
    said = os.path.join(folder, "said")
    with open(said, "wb") as out:
        began = time.perf_counter()
        source = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE) if pipe else None
        stdin = source.stdout if source else subprocess.DEVNULL
        child = subprocess.Popen(command, stdin=stdin, stdout=out, stderr=out, env=env, cwd=folder, start_new_session=True)
        end = partial(os.killpg, child.pid, signal.SIGKILL)  # with the processes it started
        if source:
            source.stdout.close()
        timer = threading.Timer(limit, end) if limit else None
        if timer:
            timer.start()
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            end()
            raise
        finally:
            wall = time.perf_counter() - began
            if timer:
                timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        if source:
            source.wait()
    if child.returncode != 0:
        how = f"exit code {child.returncode}" if child.returncode > 0 else f"killed by signal {-child.returncode}"
        with open(said, errors="replace") as out:
            lines = [line.strip() for line in out if line.strip()]
        raise Failed(": ".join([how, *(line[:200] for line in lines[-1:])]))
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)
