"""ClickHouse, as chdb has it in this process."""

import json

import chdb

TYPES = {
    "number": "Decimal(18, 6)",
    "integer": "Int64",
    "boolean": "Bool",
    "timestamp": "DateTime64(6, 'UTC')",
    "local-timestamp": "DateTime64(6, 'UTC')",
    "date": "Date32",
}


class Engine:
    dialect = "clickhouse"

    def __enter__(self):
        self.connection = chdb.connect(":memory:")
        self.connection.query("SET session_timezone = 'Asia/Tokyo'")
        self.connection.query("SET date_time_input_format = 'best_effort'")
        return self

    def __exit__(self, *_):
        self.connection.close()

    def load(self, name, table):
        columns = ", ".join(
            f"{quoted(column)} Nullable({TYPES.get(table.types.get(column), 'String')})" for column in table.columns)
        booleans = [table.types.get(column) == "boolean" for column in table.columns]
        rows = "\n".join(
            json.dumps({
                column: cell == "true" if cell and is_boolean else cell
                for column, is_boolean, cell in zip(table.columns, booleans, row)
            })
            for row in table.staged()
        )
        self.connection.query(f"DROP TABLE IF EXISTS {name}")
        self.connection.query(f"CREATE TABLE {name} ({columns}) ENGINE = Memory")
        self.connection.query(f"INSERT INTO {name} FORMAT JSONEachRow {rows}")

    def rows(self, query):
        try:
            answer = str(self.connection.query(query, "JSONCompactEachRowWithNames"))
        except Exception:
            # What there was of the answer before it failed is handed out with the next one.
            self.connection.query("SELECT 1")
            raise
        columns, *rows = map(json.loads, answer.strip("\n").split("\n"))
        return columns, rows


def quoted(name):
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
