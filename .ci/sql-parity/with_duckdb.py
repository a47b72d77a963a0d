"""DuckDB in this process."""

import duckdb

TYPES = {
    "number": "DECIMAL(18, 6)",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMPTZ",
    "local-timestamp": "TIMESTAMP",
    "date": "DATE",
}


class Engine:
    dialect = "duckdb"

    def __enter__(self):
        self.connection = duckdb.connect()
        # No answer may depend on the zone of the session.
        self.connection.execute("SET TimeZone = 'America/New_York'")
        return self

    def __exit__(self, *_):
        self.connection.close()

    def load(self, name, table):
        columns = ", ".join(f"{quoted(column)} {TYPES.get(table.types.get(column), 'VARCHAR')}" for column in table.columns)
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        # One statement for each row would take longer than the queries.
        rows = ", ".join(f"({', '.join(map(literal, row))})" for row in table.staged())
        if rows:
            self.connection.execute(f"INSERT INTO {name} VALUES {rows}")

    def rows(self, query):
        answer = self.connection.execute(query)
        return [column[0] for column in answer.description], answer.fetchall()


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def literal(cell):
    return "NULL" if cell is None else "'" + cell.replace("'", "''") + "'"
