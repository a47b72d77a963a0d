"""Snowflake as fakesnow plays it: sqlglot turns its queries into DuckDB's, and DuckDB answers."""

import fakesnow

from with_duckdb import quoted

TYPES = {
    "number": "NUMBER(18, 6)",
    "integer": "NUMBER(19, 0)",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP_TZ",
    "local-timestamp": "TIMESTAMP_NTZ",
    "date": "DATE",
}


class Engine:
    dialect = "snowflake"

    def __enter__(self):
        self.patch = fakesnow.patch()
        self.patch.__enter__()
        import snowflake.connector

        self.connection = snowflake.connector.connect(database="hotlist", schema="public")
        return self

    def __exit__(self, *_):
        self.patch.__exit__(None, None, None)

    def load(self, name, table):
        cursor = self.connection.cursor()
        columns = ", ".join(f"{quoted(column)} {TYPES.get(table.types.get(column), 'TEXT')}" for column in table.columns)
        cursor.execute(f"CREATE OR REPLACE TABLE {quoted(name)} ({columns})")
        rows = ", ".join(f"({', '.join(map(literal, row))})" for row in table.staged())
        cursor.execute(f"INSERT INTO {quoted(name)} VALUES {rows}")

    def rows(self, query):
        cursor = self.connection.cursor()
        cursor.execute(query)
        # Names without quotes are upper-case there.
        return [column.name.lower() for column in cursor.description], cursor.fetchall()


def literal(cell):
    return "NULL" if cell is None else "'" + cell.replace("\\", "\\\\").replace("'", "''") + "'"
