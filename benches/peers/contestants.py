"""Who is run: hotlist, its peers, and the floors. Each is a command over the same two files."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))

PACKAGES = {
    "duckdb": ("DuckDB", "duckdb"),
    "clickhouse": ("ClickHouse (chdb)", "chdb"),
    "polars": ("Polars", "polars"),
    "spark": ("Spark local", "pyspark"),
    "pandas": ("pandas, one thread", "pandas"),
}
"""Peers, by the Python package they are in."""

QUERIES = {"duckdb-query": "duckdb", "clickhouse-query": "clickhouse", "spark-query": "spark"}
"""Peers that run what `hotlist sql` writes, over the same files as text."""

COLUMNS = "rank,contact_id,score,temperature"

FLOORS = {"wc": "`wc -l`, one thread", "csv": "records counted, csv", "simd-csv": "records counted, simd-csv"}

NAMES = ["other", "pipe", *PACKAGES, *QUERIES, *FLOORS]


@dataclass
class Contestant:
    """One that is run; `answers` says whether it writes a list that can be compared."""

    key: str
    title: str
    answers: bool = True


class Field:
    """The programs, and how each is called."""

    def __init__(self, options, hotlist, count):
        self.hotlist, self.count = hotlist, count
        self.other = options.other and os.path.abspath(options.other)
        self.python, self.number_ids = shutil.which(options.python), options.number_ids

    def contestants(self, wanted):
        """hotlist first; who cannot be run is said with the reason."""
        versions = self.versions()
        there, missing = [Contestant("hotlist", "hotlist")], {}
        for key in wanted:
            if key in PACKAGES or key in QUERIES:
                title, package = PACKAGES[QUERIES.get(key, key)]
                if versions.get(package):
                    written = ", `hotlist sql`" if key in QUERIES else ""
                    there.append(Contestant(key, f"{title} {versions[package]}{written}"))
                else:
                    missing[key] = f"there is no package {package} for {self.python}"
            elif key in FLOORS:
                there.append(Contestant(key, FLOORS[key], answers=False))
            elif key == "pipe":
                there.append(Contestant(key, "hotlist, events from a pipe"))
            elif self.other:
                there.append(Contestant(key, "the other hotlist"))
            else:
                missing[key] = "name it with --other"
        return there, missing

    def versions(self):
        ask = "import importlib.metadata as m, json; print(json.dumps({d.name: d.version for d in m.distributions()}))"
        return json.loads(subprocess.run([self.python, "-c", ask], capture_output=True, text=True, check=True).stdout)

    def why_not(self, key, workload):
        """Why this one has nothing to do with a workload, if so."""
        if key == "pandas" and workload.model == "full":
            return "the full model is not written for pandas"
        if key in ("csv", "simd-csv") and workload.format == "ndjson":
            return "it reads no NDJSON"
        return None

    def command(self, key, workload, files, threads, output):
        """The command, its environment and the file that is piped into it."""
        contacts, events = files
        if key in ("hotlist", "other", "pipe"):
            program = self.other if key == "other" else self.hotlist
            model = os.path.join(HERE, workload.model + ".toml")
            words = [
                program, "score", contacts, "-e", "-" if key == "pipe" else events, "-m", model, "--as-of", "2026-11-01", "-q",
                "--columns", COLUMNS, "--threads", str(threads), "-o", output,
            ]
            return words, None, events if key == "pipe" else None
        if key in ("csv", "simd-csv"):
            return [self.count, "--with", key, "--threads", str(threads), contacts, events], None, None
        if key == "wc":
            if workload.format == "gzip":
                return ["sh", "-c", 'wc -l "$0"; gzip -dc "$1" | wc -l', contacts, events], None, None
            return ["wc", "-l", contacts, events], None, None
        engine = QUERIES.get(key, key)
        words = [
            self.python, os.path.join(HERE, f"with_{engine}.py"), "--model", workload.model, "--contacts", contacts, "--events", events,
            "--format", workload.format, "--threads", str(threads), "--output", output,
        ]
        if key in QUERIES:
            query = output + ".sql"
            model = os.path.join(HERE, workload.model + ".toml")
            writes = [
                self.hotlist, "sql", "--dialect", engine, contacts, "-e", events, "-m", model, "--as-of", "2026-11-01", "-q",
                "--columns", COLUMNS, "-o", query,
            ]
            subprocess.run(writes, check=True)
            words += ["--query", query]
        elif self.number_ids and workload.ids == "numeric" and workload.format != "ndjson":  # there they are texts
            words.append("--number-ids")
        env = os.environ | {"POLARS_MAX_THREADS": str(threads), "OMP_NUM_THREADS": str(threads), "PYSPARK_PYTHON": self.python}
        return words, env, None
