#!/bin/sh
# dbt with DuckDB: the query as a model of the project in `dbt/`, built with its tests. Wants `dbt` with dbt-duckdb.
#
#     ./dbt.sh [FOLDER]          builds in FOLDER, and writes FOLDER/ranked.csv
#
# EXPORTS and MODEL name other contacts.csv and events.csv, and another model.
set -eu
cd "$(dirname "$0")"
out=$(mkdir -p "${1:-out}" && cd "${1:-out}" && pwd)
exports=$(cd "${EXPORTS:-.}" && pwd)

cp -R dbt/. "$out"
# In a project of one's own this line is all: it writes models/ranked_leads.sql, .yml and a test.
hotlist sql --format dbt --dialect duckdb -m "${MODEL:-model.toml}" "$exports/contacts.csv" -e "$exports/events.csv" \
    --as-of-parameter as_of -o "$out"
cd "$out"
dbt build --profiles-dir . --vars "{exports: '$exports'}"
