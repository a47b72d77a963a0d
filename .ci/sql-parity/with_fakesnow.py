"""Snowflake as fakesnow plays it: its tables and types, and its queries as sqlglot and fakesnow turn them into DuckDB's."""

import fakesnow
import sqlglot
from fakesnow import transforms
from sqlglot import exp

from with_duckdb import quoted

TYPES = {
    "number": "NUMBER(18, 6)",
    "integer": "NUMBER(19, 0)",
    "boolean": "BOOLEAN",
    "timestamp": "TIMESTAMP_TZ",
    "local-timestamp": "TIMESTAMP_NTZ",
    "date": "DATE",
}


BIGINT = exp.DataType.build("BIGINT")


def wide(tree):
    """A whole number that something is made of has 32 bits in DuckDB, and 38 digits in Snowflake."""
    if isinstance(tree, exp.Literal) and tree.is_int and isinstance(tree.parent, (exp.Binary, exp.Neg, exp.If, exp.Case, exp.Alias)):
        if len(tree.this) < 19:
            return exp.Cast(this=tree.copy(), to=BIGINT.copy())
    return tree


# What fakesnow does to a query, of which most is for other statements. It also makes a TRIM forget its characters.
TURNS = (
    transforms.upper_case_unquoted_identifiers,
    transforms.values_columns,
    transforms.to_date,
    transforms.timestamp_offsets,
    transforms.to_decimal,
    transforms.integer_precision,
    transforms.dateadd_date_cast,
    wide,
)


class Engine:
    dialect = "snowflake"

    def __enter__(self):
        self.patch = fakesnow.patch()
        self.patch.__enter__()
        import snowflake.connector

        self.connection = snowflake.connector.connect(database="hotlist", schema="public")
        self.duckdb = self.connection._duck_conn
        # DuckDB counts the bytes of a text by another name.
        self.duckdb.execute("CREATE MACRO octet_length(words) AS STRLEN(CAST(words AS VARCHAR))")
        return self

    def __exit__(self, *_):
        self.patch.__exit__(None, None, None)

    def load(self, name, table):
        cursor = self.connection.cursor()
        columns = ", ".join(f"{quoted(column)} {TYPES.get(table.types.get(column), 'TEXT')}" for column in table.columns)
        cursor.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        places = ", ".join("?" * len(table.columns))
        self.duckdb.executemany(f"INSERT INTO {name} VALUES ({places})", list(table.staged()))

    def rows(self, query):
        tree = sqlglot.parse_one(query, read="snowflake")
        for turn in TURNS:
            tree = tree.transform(turn, copy=False)
        answer = self.duckdb.execute(tree.sql(dialect="duckdb"))
        # Names without quotes are upper-case there.
        return [column[0].lower() for column in answer.description], answer.fetchall()
