#!/bin/sh
# Snowflake: stage the exports as text, run the query into a table, take the list out. Wants `snow` with a connection
# that names a database, a schema and a warehouse.
#
#     ./snowflake.sh [FOLDER]    writes FOLDER/ranked.csv
set -eu
cd "$(dirname "$0")"
out=$(mkdir -p "${1:-out}" && cd "${1:-out}" && pwd)

# A column of text for each header, under its very name.
stage() {
    columns=$(head -n 1 "$1.csv" | tr -d '\r"' | sed 's/[^,]*/"&" VARCHAR/g')
    printf 'CREATE OR REPLACE TEMPORARY TABLE %s (%s);\n' "$1" "$columns"
    printf "PUT 'file://%s/%s.csv' @~/hotlist OVERWRITE = TRUE;\n" "$PWD" "$1"
    printf "COPY INTO %s FROM '@~/hotlist/%s.csv.gz' FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1 FIELD_OPTIONALLY_ENCLOSED_BY = '\"');\n" "$1" "$1"
}

hotlist sql --dialect snowflake -m model.toml contacts.csv -e events.csv --as-of 2026-11-01 -o "$out/score.sql"
{
    stage contacts
    stage events
    printf 'CREATE OR REPLACE TABLE ranked AS\n'
    cat "$out/score.sql"
    printf "COPY INTO '@~/hotlist/ranked.csv' FROM (SELECT * FROM ranked ORDER BY \"rank\") SINGLE = TRUE OVERWRITE = TRUE HEADER = TRUE MAX_FILE_SIZE = 5000000000 FILE_FORMAT = (TYPE = CSV COMPRESSION = NONE FIELD_OPTIONALLY_ENCLOSED_BY = '\"' NULL_IF = ());\n"
    printf "GET '@~/hotlist/ranked.csv' 'file://%s/';\n" "$out"
} >"$out/job.sql"
snow sql --filename "$out/job.sql"
