#!/bin/sh
# DuckDB over Parquet: the exports are staged once, and every run reads only the columns that its query names.
#
#     ./duckdb.sh [FOLDER]       writes FOLDER/ranked.csv
set -eu
cd "$(dirname "$0")"
out=$(mkdir -p "${1:-out}" && cd "${1:-out}" && pwd)

# Text in every column, as it stands in the export.
for table in contacts events; do
    duckdb -c "COPY (FROM read_csv('$table.csv', all_varchar = true)) TO '$out/$table.parquet'"
done

hotlist sql --dialect duckdb -m model.toml contacts.csv -e events.csv --as-of 2026-11-01 -o "$out/score.sql"
{
    printf "CREATE VIEW contacts AS FROM '%s/contacts.parquet';\n" "$out"
    printf "CREATE VIEW events AS FROM '%s/events.parquet';\n" "$out"
    printf 'CREATE TABLE ranked AS\n'
    cat "$out/score.sql"
    printf "COPY ranked TO '%s/ranked.csv' (HEADER);\n" "$out"
    # The contacts and events behind the ten best, for `hotlist explain` and `hotlist report`.
    printf "COPY (FROM contacts WHERE contact_id IN (SELECT contact_id FROM ranked WHERE rank <= 10)) TO '%s/top-contacts.csv' (HEADER);\n" "$out"
    printf "COPY (FROM events WHERE contact_id IN (SELECT contact_id FROM ranked WHERE rank <= 10)) TO '%s/top-events.csv' (HEADER);\n" "$out"
} | duckdb -bail
