#!/bin/sh
# PostgreSQL: the exports are loaded as text, the list is a table. Where the server is, PGHOST, PGDATABASE and their like
# say.
#
#     ./postgres.sh [FOLDER]     writes FOLDER/ranked.csv
set -eu
cd "$(dirname "$0")"
out=$(mkdir -p "${1:-out}" && cd "${1:-out}" && pwd)

# A table with a column of text for each header, filled from the export.
stage() {
    columns=$(head -n 1 "$1.csv" | tr -d '\r"' | sed 's/[^,]*/"&" text/g')
    printf 'CREATE TEMPORARY TABLE %s (%s);\n' "$1" "$columns"
    printf "\\\\copy %s FROM '%s/%s.csv' WITH (FORMAT csv, HEADER)\n" "$1" "$PWD" "$1"
}

hotlist sql --dialect postgres -m model.toml contacts.csv -e events.csv --as-of 2026-11-01 -o "$out/score.sql"
{
    stage contacts
    stage events
    printf 'ANALYZE contacts;\nANALYZE events;\n'
    printf 'CREATE TEMPORARY TABLE ranked AS\n'
    cat "$out/score.sql"
    printf "\\\\copy (SELECT * FROM ranked ORDER BY rank NULLS LAST, contact_id COLLATE \"C\") TO '%s/ranked.csv' WITH (FORMAT csv, HEADER)\n" "$out"
} >"$out/job.sql"
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --file "$out/job.sql"
