"""Whether two programs gave the same answer: every row of it, byte for byte.

One difference of writing is taken away first: ClickHouse puts quotes around texts. No cell of these outputs holds a quote, a comma or
a line end, so that nothing else goes with them. Files are read by lines, never whole: memory that this process takes would be
counted with that of the programs it starts.
"""

import hashlib
from itertools import zip_longest


def lines(path):
    """The lines of an output, without the quotes."""
    with open(path, "rb") as file:
        for line in file:
            yield line.rstrip(b"\r\n").replace(b'"', b"")


def compare(ours, theirs):
    """The number of rows of ours, the number of rows that differ, and the first pair that does."""
    rows, different, first = -1, 0, None
    for one, other in zip_longest(lines(ours), lines(theirs)):
        rows += one is not None
        if one != other:
            different += 1
            first = first or (shown(one), shown(other))
    return rows, different, first


def shown(line):
    return "no row" if line is None else line.decode(errors="replace")


def digest(path):
    """What is the same for the same bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
