"""DataFusion in this process, over Arrow tables."""

import datetime
from decimal import Decimal

import pyarrow
from datafusion import SessionConfig, SessionContext

TYPES = {
    "number": (pyarrow.decimal128(18, 6), Decimal),
    "integer": (pyarrow.int64(), int),
    "boolean": (pyarrow.bool_(), "true".__eq__),
    "timestamp": (pyarrow.timestamp("us", "UTC"), datetime.datetime.fromisoformat),
    "local-timestamp": (pyarrow.timestamp("us"), datetime.datetime.fromisoformat),
    "date": (pyarrow.date32(), datetime.date.fromisoformat),
}


class Engine:
    dialect = "datafusion"

    def __enter__(self):
        config = SessionConfig({"datafusion.execution.target_partitions": "1"})
        self.session = SessionContext(config)
        return self

    def __exit__(self, *_):
        pass

    def load(self, name, table):
        arrays, fields = [], []
        for column, cells in zip(table.columns, zip(*table.staged())):
            kind, read = TYPES.get(table.types.get(column), (pyarrow.string(), str))
            arrays.append(pyarrow.array([None if cell is None else read(cell) for cell in cells], kind))
            fields.append(pyarrow.field(column, kind))
        batch = pyarrow.record_batch(arrays, pyarrow.schema(fields))
        self.session.deregister_table(name)
        self.session.register_record_batches(name, [[batch]])

    def rows(self, query):
        answer = self.session.sql(query)
        columns = answer.schema().names
        rows = []
        for batch in answer.collect():
            rows += zip(*(column.to_pylist() for column in batch.columns))
        return columns, rows
