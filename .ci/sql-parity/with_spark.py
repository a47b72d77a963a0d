"""Spark on this machine alone: one session for all cases."""

import datetime
import os
import shutil
from decimal import Decimal

from pyspark.sql import SparkSession
from pyspark.sql import types as spark

from cases import Missing

TYPES = {
    "number": (spark.DecimalType(18, 6), Decimal),
    "integer": (spark.LongType(), int),
    "boolean": (spark.BooleanType(), "true".__eq__),
    "timestamp": (spark.TimestampType(), datetime.datetime.fromisoformat),
    "local-timestamp": (spark.TimestampNTZType(), datetime.datetime.fromisoformat),
    "date": (spark.DateType(), datetime.date.fromisoformat),
}
STAGED = (spark.StringType(), str)

# What docs/warehouse.md advises: more steps than Spark takes at first, and no search, of which the time doubles with each
# step, for the table that a column comes from.
TO_PLAN = {
    "spark.sql.analyzer.maxIterations": "1000",
    "spark.sql.optimizer.dynamicPartitionPruning.enabled": "false",
    "spark.sql.optimizer.runtime.bloomFilter.enabled": "false",
}

# To compile a step takes longer than to run it over a handful of rows.
FOR_FEW_ROWS = {
    "spark.sql.adaptive.enabled": "false",
    # Steps are put where they are used before the query is looked at and not after, which takes half the time.
    "spark.sql.legacy.ctePrecedencePolicy": "LEGACY",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


class Engine:
    dialect = "spark"

    def __enter__(self):
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            raise Missing("there is no Java")
        self.session = (
            SparkSession.builder.master("local[2]")
            .config("spark.driver.memory", "3g")
            .config("spark.sql.session.timeZone", "America/Santiago")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.log.level", "OFF")
            .config("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
            .config(map=TO_PLAN)
            .config(map=FOR_FEW_ROWS)
            .getOrCreate()
        )
        return self

    def __exit__(self, *_):
        self.session.stop()

    def load(self, name, table):
        kinds = [TYPES.get(table.types.get(column), STAGED) for column in table.columns]
        schema = spark.StructType([spark.StructField(column, kind) for column, (kind, _) in zip(table.columns, kinds)])
        rows = [
            [None if cell is None else read(cell) for cell, (_, read) in zip(row, kinds)]
            for row in table.staged()
        ]
        self.session.createDataFrame(rows, schema).createOrReplaceTempView(name)

    def rows(self, query):
        answer = self.session.sql(query)
        return answer.columns, answer.collect()
