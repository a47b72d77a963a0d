"""SQLite as Python has it, with Python's regular expressions for `REGEXP`."""

import functools
import re
import sqlite3


TYPES = {"number": "NUMERIC", "integer": "NUMERIC", "boolean": "NUMERIC"}


class Engine:
    dialect = "sqlite"

    def __enter__(self):
        self.connection = sqlite3.connect(":memory:")
        self.connection.create_function("regexp", 2, regexp, deterministic=True)
        return self

    def __exit__(self, *_):
        self.connection.close()

    def load(self, name, table):
        columns = ", ".join(f"{quoted(column)} {TYPES.get(table.types.get(column), 'TEXT')}" for column in table.columns)
        booleans = [table.types.get(column) == "boolean" for column in table.columns]
        rows = [
            [cell == "true" if cell and is_boolean else cell for cell, is_boolean in zip(row, booleans)]
            for row in table.staged()
        ]
        places = ", ".join("?" * len(table.columns))
        self.connection.execute(f"DROP TABLE IF EXISTS {name}")
        self.connection.execute(f"CREATE TABLE {name} ({columns})")
        self.connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)

    def rows(self, query):
        answer = self.connection.execute(query)
        return [column[0] for column in answer.description], answer.fetchall()


@functools.cache
def compiled(pattern):
    return re.compile(pattern)


def regexp(pattern, text):
    return None if text is None else bool(compiled(pattern).search(text))


def quoted(name):
    return '"' + name.replace('"', '""') + '"'
