"""Spark by PySpark: the query as it is, and its rows as a data frame.

    spark-submit spark.py QUERY.sql FOLDER      reads contacts.csv and events.csv here, writes FOLDER/ranked.csv

Where the data is in tables already, leave the two views out and name the tables when the query is written:
`hotlist sql --contacts-table crm.contacts --events-table crm.events …`.
"""

import csv
import sys
from pathlib import Path

from pyspark.sql import SparkSession

query, folder = sys.argv[1:]
here = Path(__file__).resolve().parent
# Without these Spark gives up on models with many steps, or plans them for minutes.
settings = {
    "spark.sql.analyzer.maxIterations": "1000",
    "spark.sql.optimizer.dynamicPartitionPruning.enabled": "false",
    "spark.sql.optimizer.runtime.bloomFilter.enabled": "false",
}
spark = SparkSession.builder.appName("hotlist").config(map=settings).getOrCreate()
for table in ("contacts", "events"):
    export = spark.read.options(header=True, multiLine=True, escape='"').csv(str(here / f"{table}.csv"))
    export.createOrReplaceTempView(table)
ranked = spark.sql(Path(query).read_text(encoding="utf-8").rstrip().removesuffix(";"))

# In the order of the list, a part at a time, so that it need not fit into memory here.
with open(Path(folder) / "ranked.csv", "w", encoding="utf-8", newline="") as file:
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(ranked.columns)
    lines.writerows(ranked.toLocalIterator())
spark.stop()
