#!/bin/sh
# Spark on a cluster, by `spark-sql -f`. Without SPARK_MASTER a cluster of three processes is started here, a master and
# two workers, as a rehearsal.
#
#     ./spark.sh [FOLDER]        writes FOLDER/ranked.csv
#
# EXPORTS and MODEL name other contacts.csv and events.csv, and another model. A cell may hold line breaks; exports of
# which none does are read by many tasks at once with LINE_BREAKS=false. MEMORY is what a worker may use.
set -eu
cd "$(dirname "$0")"
out=$(mkdir -p "${1:-out}" && cd "${1:-out}" && pwd)
exports=${EXPORTS:-$PWD}
memory=${MEMORY:-1g}

if [ -z "${SPARK_HOME:-}" ]; then
    SPARK_HOME=$(python3 -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
    export SPARK_HOME
fi

if [ -z "${SPARK_MASTER:-}" ]; then
    port=${SPARK_PORT:-7077}
    SPARK_MASTER=spark://127.0.0.1:$port
    class() { "$SPARK_HOME/bin/spark-class" "org.apache.spark.deploy.$@" >>"$out/cluster.log" 2>&1 & }
    class master.Master --host 127.0.0.1 --port "$port" --webui-port 0
    pids=$!
    for _ in 1 2; do
        class worker.Worker --host 127.0.0.1 --cores 1 --memory "$memory" --webui-port 0 -d "$out/work" "$SPARK_MASTER"
        pids="$pids $!"
    done
    # shellcheck disable=SC2086 # Several numbers.
    trap 'kill $pids 2>/dev/null; wait' EXIT
fi

# The exports stay as they are: text in every column.
stage() {
    printf "CREATE TEMPORARY VIEW %s USING csv OPTIONS (path '%s', header 'true', multiLine '%s', escape '\"');\n" \
        "$1" "$exports/$1.csv" "${LINE_BREAKS:-true}"
}

hotlist sql --dialect spark -m "${MODEL:-model.toml}" "$exports/contacts.csv" -e "$exports/events.csv" \
    --as-of 2026-11-01 -o "$out/score.sql"
{
    stage contacts
    stage events
    printf "INSERT OVERWRITE DIRECTORY '%s/ranked' USING csv OPTIONS (header 'true', escape '\"')\n" "$out"
    cat "$out/score.sql"
} >"$out/job.sql"
"$SPARK_HOME/bin/spark-sql" --master "$SPARK_MASTER" --executor-memory "$memory" --conf spark.ui.enabled=false \
    --conf spark.sql.analyzer.maxIterations=1000 --conf spark.sql.optimizer.dynamicPartitionPruning.enabled=false \
    --conf spark.sql.optimizer.runtime.bloomFilter.enabled=false \
    --conf spark.sql.catalogImplementation=in-memory --conf spark.sql.warehouse.dir="$out/warehouse" \
    -f "$out/job.sql" 2>"$out/spark.log" || { cat "$out/spark.log" >&2; exit 1; }

# The parts lie in the order of the list, each with a header.
awk 'FNR > 1 || NR == 1' "$out"/ranked/part-* >"$out/ranked.csv"
