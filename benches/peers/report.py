"""Figures as Markdown tables, and as they were measured."""

import csv
import json
import os
import platform
from statistics import median

from workloads import short


def machine():
    """What this was measured on."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo") as cpus:
            model = next(line.split(":", 1)[1].strip() for line in cpus if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} {platform.release()}"


def heading(workload, threads):
    return (
        f"\n## {workload.title()}: {workload.format}, {workload.ids} ids, {workload.order} order, {workload.model} model, "
        f"{threads} {'thread' if threads == 1 else 'threads'}\n"
    )


def rows(cells):
    """A Markdown table of these rows, the first being its head."""
    yield "| " + " | ".join(cells[0]) + " |"
    yield "|---" + "|--:" * (len(cells[0]) - 1) + "|"
    for row in cells[1:]:
        yield "| " + " | ".join(row) + " |"


def comparison(contestants, costs, agreement, missing):
    """One workload: medians, and for each of the counted rounds what hotlist took of what the other took in the same round."""
    cells = [["", "wall s", "CPU s", "peak MB", "of its wall time", "of its CPU time", "of its memory", "answer"]]
    ours = costs["hotlist"]
    for one in contestants:
        theirs = costs.get(one.key)
        if not theirs:
            continue
        medians = [f"{median(getattr(cost, what) for cost in theirs):.{digits}f}" for what, digits in PARTS]
        ratios = ["", "", ""] if one.key == "hotlist" else [ratio(ours, theirs, what) for what, _ in PARTS]
        cells.append([one.title, *medians, *ratios, agreement.get(one.key, "")])
    cells += [[title, *[""] * 6, why] for title, why in missing]
    return rows(cells)


PARTS = [("wall", 2), ("cpu", 2), ("peak", 0)]


def ratio(ours, theirs, what):
    """hotlist's share of the other's, round by round: the median, the least and the most."""
    shares = [getattr(one, what) / max(getattr(other, what), 1e-9) for one, other in zip(ours, theirs)]
    return f"{median(shares):.2f} ({min(shares):.2f}–{max(shares):.2f})"


def start_up(contestants, costs):
    """The same over one contact and one event."""
    cells = [["one contact, one event", "wall ms", "CPU ms", "peak MB"]]
    for one in contestants:
        if costs.get(one.key):
            wall, cpu, peak = (median(getattr(cost, what) for cost in costs[one.key]) for what, _ in PARTS)
            cells.append([one.title, f"{1000 * wall:.0f}", f"{1000 * cpu:.0f}", f"{peak:.0f}"])
    return rows(cells)


def growth(cases):
    """hotlist alone over all that was measured: how it grows with the size and with the threads."""
    cells = [["", "threads", "wall s", "CPU s", "peak MB", "events/s", "CPU ns for each event", "bytes for each contact"]]
    for workload, threads, title, costs in cases:
        wall, cpu, peak = (median(getattr(cost, what) for cost in costs) for what, _ in PARTS)
        name = f"{title}: {workload.title()}, {workload.format}, {workload.ids}, {workload.order}, {workload.model}"
        cells.append([
            name, str(threads), f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}", short_rate(workload.events / wall),
            f"{1e9 * cpu / max(workload.events, 1):.0f}", f"{1e6 * peak / workload.contacts:.0f}",
        ])
    return rows(cells)


def short_rate(rate):
    return f"{rate / 1e6:.1f}M"


def write_raw(path, measured):
    """Every run as it was measured, the warm-up as round 0: JSON, or CSV."""
    with open(path, "w", newline="") as file:
        if path.endswith(".json"):
            json.dump(measured, file, indent=1)
        else:
            writer = csv.DictWriter(file, measured[0].keys())
            writer.writeheader()
            writer.writerows(measured)
