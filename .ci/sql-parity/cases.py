"""Cases as `cargo test --test sql_parity -- --ignored write_cases` writes them: tables, queries, and what must come out."""

import csv
import os
from decimal import Decimal

TABLES = ("contacts", "events", "previous", "overrides")
ANSWERS = ("list", "ledger")


class Missing(Exception):
    """What an engine needs is not here."""


class Table:
    """An export: columns, rows of texts, and the types of the columns that have one."""

    def __init__(self, columns, rows, types):
        self.columns, self.rows, self.types = columns, rows, types

    def staged(self):
        """The rows as they are loaded; what is blank is NULL in every other row, and in columns of a type."""
        typed = [name in self.types for name in self.columns]
        for number, row in enumerate(self.rows):
            yield [cell if cell or not (number % 2 == 0 or of_type) else None for cell, of_type in zip(row, typed)]


class Case:
    """A folder."""

    def __init__(self, folder):
        self.folder, self.name = folder, os.path.basename(folder)
        types = {}
        for table, column, kind in read(os.path.join(folder, "types.csv"))[1]:
            types.setdefault(table, {})[column] = kind
        self.is_typed = bool(types)
        self.tables = {}
        for name in TABLES:
            path = os.path.join(folder, name + ".csv")
            if os.path.exists(path):
                self.tables[name] = Table(*read(path), types.get(name, {}))

    @property
    def is_example(self):
        """Whether it is one that the project has, rather than a generated one."""
        return not self.name.startswith(("case-", "spoiled-"))

    @property
    def may_be_refused(self):
        """Whether the queries may fail, and say why."""
        return os.path.exists(os.path.join(self.folder, "refused.txt"))

    @property
    def has_answers(self):
        """Whether there is what may come out; else the queries must fail."""
        return os.path.exists(os.path.join(self.folder, "list.csv"))

    def query(self, dialect, answer):
        with open(os.path.join(self.folder, f"{dialect}.{answer}.sql"), encoding="utf-8") as file:
            return file.read()

    def difference(self, answer, columns, rows):
        """Where rows are other than those expected, in words; None if they are the same or nothing is expected."""
        if not self.has_answers:
            return None
        expected_columns, expected = read(os.path.join(self.folder, answer + ".csv"))
        if list(columns) != expected_columns:
            return f"columns {list(columns)}, expected {expected_columns}"
        rows = [[text(cell) for cell in row] for row in rows]
        for number, (row, other) in enumerate(zip(expected, rows), 1):
            for column, cell, found in zip(expected_columns, row, other):
                if cell != found:
                    return f"row {number} ({' '.join(row[:3])}) {column}: expected {cell!r}, found {found!r}"
        return None if len(rows) == len(expected) else f"{len(expected)} rows expected, {len(rows)} found"


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        columns, *rows = csv.reader(file)
    return columns, rows


def text(cell):
    """A cell of an answer; a number is whole or NULL, whatever type the engine has for it."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, (int, str)) and not isinstance(cell, bool):
        return str(cell)
    return f"{cell!r}, which is neither a whole number nor a text"


def all_of(folder):
    """Every case of a folder: the examples, then what was generated, in the order of names."""
    every = [Case(os.path.join(folder, name)) for name in sorted(os.listdir(folder))]
    return sorted(every, key=lambda case: not case.is_example)
