#!/bin/sh
# BigQuery: load as text, look at what it will cost, run, take the list out. Wants `bq` and a data set:
#
#     DATASET=leads BUCKET=gs://my-bucket/leads ./bigquery.sh
set -eu
cd "$(dirname "$0")"
: "${DATASET:?the data set to load into}" "${BUCKET:?where the list goes}"

# Text in every column: names that BigQuery does not allow are written with _.
for table in contacts events; do
    schema=$(head -n 1 "$table.csv" | tr -d '\r"' | tr '.' '_' | sed 's/,/:STRING,/g; s/$/:STRING/')
    bq load --replace --source_format=CSV --skip_leading_rows=1 --allow_quoted_newlines \
        "$DATASET.$table" "$table.csv" "$schema"
done

hotlist sql --dialect bigquery -m model.toml --as-of 2026-11-01 \
    --contacts-table "$DATASET.contacts" --events-table "$DATASET.events" \
    --column source=lead_source --column budget=property_details_price_max --column timeline=timing_timeline_max \
    -o score.sql
# Says how many bytes would be read, and costs nothing.
bq query --use_legacy_sql=false --dry_run <score.sql
bq query --use_legacy_sql=false --replace --destination_table="$DATASET.ranked" --max_rows=0 <score.sql
bq extract --destination_format=CSV "$DATASET.ranked" "$BUCKET/ranked-*.csv"
