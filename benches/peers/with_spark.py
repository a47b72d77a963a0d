"""Spark, on this machine alone (`local[N]`): SQL over the files.

Spark writes a folder of parts; all rows are brought into one part, so that it is one file as with the others, and it is moved to
where it belongs.
"""

import glob
import os
import shutil

from pyspark.sql import SparkSession

import job
import points
from job import AS_OF, SMALL

MEMORY = "8g"
"""What the Java machine may take: its usual gigabyte is not enough for the larger sizes."""


def main(todo):
    spark = (
        SparkSession.builder.master(f"local[{todo.threads}]")
        .config("spark.driver.memory", os.environ.get("SPARK_MEMORY", MEMORY))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", 2 * todo.threads)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    tables(spark, todo)
    query = todo.query or {"small": small, "full": full}[todo.model]()
    parts = todo.output + ".parts"
    shutil.rmtree(parts, ignore_errors=True)
    spark.sql(query).coalesce(1).write.csv(parts, header=True)
    (part,) = glob.glob(parts + "/part-*.csv")
    os.replace(part, todo.output)
    shutil.rmtree(parts)
    end(spark)


def end(spark):
    """Waits until the Java machine is gone, so that its time and its memory are counted."""
    gateway = spark.sparkContext._gateway
    spark.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


def div(amount, by):
    return f"({amount}) div {by}"


def tables(spark, todo):
    """Both files, under the names `contacts` and `events`."""
    typed = {"property_details.price_max": "BIGINT", "created": "DATE", "employees": "BIGINT"}
    spark.read.csv(os.path.abspath(todo.contacts), schema=schema(todo, "contacts", typed), header=True).createTempView("contacts")
    columns = schema(todo, "events", {"timestamp": "TIMESTAMP", "amount": "DECIMAL(9, 2)"})
    path = os.path.abspath(todo.events)
    if todo.format == "ndjson":
        spark.read.json(path, schema=columns).createTempView("events")
    else:
        spark.read.csv(path, schema=columns, header=True).createTempView("events")


def schema(todo, of, typed):
    if todo.number_ids:
        typed["contact_id"] = "BIGINT"
    return ", ".join(f"`{name}` {kind}" for name, kind in todo.types(of, typed, "STRING").items())


def half_life(days):
    """The weights of a half-life, in millionths."""
    return f"CAST(round(1000000 * power(0.5D, age / {days}.0D)) AS BIGINT)"


def ranked(temperature):
    """The four columns, of `totals`."""
    return f"""
        scored AS (
            SELECT *, row_number() OVER (ORDER BY total DESC, last_event DESC NULLS LAST, contact_id) AS rank,
                {points.score(div)} AS score
            FROM totals
        )
        SELECT rank, contact_id, score, {temperature} AS temperature FROM scored ORDER BY rank
    """


def small():
    """`small.toml`."""
    sums = [
        f"sum(CASE WHEN event = '{event}' THEN {half_life(days)} END) AS s{number}"
        for number, (event, days, _) in enumerate(SMALL)
    ]
    return f"""
        WITH e AS (
            SELECT contact_id, event, timestamp, datediff(DATE '{AS_OF}', timestamp) AS age
            FROM events
            WHERE timestamp < TIMESTAMP '{AS_OF}' + INTERVAL 1 DAY
        ),
        signals AS (SELECT contact_id, max(timestamp) AS last_event, {", ".join(sums)} FROM e GROUP BY contact_id),
        totals AS (
            SELECT contact_id, last_event, {points.small(div)} AS total
            FROM (SELECT contact_id FROM contacts) LEFT JOIN signals USING (contact_id)
        ),
        {ranked(points.small_temperature())}
    """


def full():
    """`full.toml`."""
    return f"""
        WITH e AS (
            SELECT contact_id, event, timestamp AS ts, CAST(timestamp AS DATE) AS day,
                datediff(DATE '{AS_OF}', timestamp) AS age, property_id, CAST(amount * 100 AS BIGINT) AS cents, page
            FROM events
            WHERE timestamp < TIMESTAMP '{AS_OF}' + INTERVAL 1 DAY
        ),
        plain AS (
            SELECT contact_id, max(ts) AS last_event,
                count_if(event = 'Email Clicked' AND age < 90) AS clicks,
                sum((2000000L * (90 - age) + 90) div 180) FILTER (WHERE event = 'Email Sent' AND age < 90) AS sent,
                count_if(event = 'Website Visit' AND age < 90 AND page LIKE '/pricing%') AS pricing,
                count(DISTINCT CASE WHEN event IN ('Property Viewed', 'Property Saved') AND age < 60 THEN property_id END) AS homes,
                sum(cents) FILTER (WHERE event IN ('Information Requested', 'Viewing Requested')) AS asked_cents,
                max(cents) FILTER (WHERE event = 'Property Viewed' AND age < 120) AS dearest_cents,
                min(cents) FILTER (WHERE event = 'Property Viewed' AND age < 120) AS cheapest_cents,
                count_if(event = 'Viewing Requested' AND age < 120) AS viewings,
                count(DISTINCT CASE WHEN event IN ('Email Opened', 'Email Clicked', 'Website Visit', 'Property Viewed',
                    'Property Saved') AND age < 90 THEN day END) AS active,
                min(age) FILTER (WHERE event IN ('Email Clicked', 'Website Visit', 'Property Saved', 'Email Reply',
                    'WhatsApp Reply')) AS quiet,
                max(age) FILTER (WHERE event IN ('Website Visit', 'Property Viewed', 'Information Requested')) AS known
            FROM e GROUP BY contact_id
        ),
        newest AS (
            SELECT contact_id, event, age, cents, row_number() OVER (
                PARTITION BY contact_id, event, CASE event WHEN 'Email Opened' THEN day
                    WHEN 'Website Visit' THEN trunc(day, 'WEEK') ELSE trunc(day, 'MONTH') END
                ORDER BY ts DESC, cents DESC
            ) AS nth
            FROM e
            WHERE event = 'Email Opened' AND age < 90 OR event IN ('Website Visit', 'Property Viewed')
                OR event = 'Property Saved' AND cents IS NOT NULL
        ),
        limited AS (
            SELECT contact_id,
                sum({half_life(30)}) FILTER (WHERE event = 'Email Opened' AND nth <= 3) AS opens,
                sum(greatest(100000, 1000000 - 150000 * (CASE WHEN age < 45 THEN 0 ELSE 1 + (age - 45) div 30 END)))
                    FILTER (WHERE event = 'Website Visit' AND nth <= 3) AS visits,
                sum({half_life(60)}) FILTER (WHERE event = 'Property Viewed' AND nth <= 4) AS views,
                sum((2 * cents * {half_life(45)} + 100) div 200) FILTER (WHERE event = 'Property Saved' AND nth <= 2) AS saved
            FROM newest GROUP BY contact_id
        ),
        sides AS (
            SELECT contact_id, ts, event IN ('Email Sent', 'Call Made') AS asks,
                lead(event IN ('Email Sent', 'Call Made')) OVER following AS next_asks, lead(ts) OVER following AS next_ts
            FROM e
            WHERE event IN ('Email Sent', 'Call Made', 'Email Reply', 'WhatsApp Reply') AND age < 150
            WINDOW following AS (PARTITION BY contact_id ORDER BY ts, event IN ('Email Reply', 'WhatsApp Reply'))
        ),
        answers AS (
            SELECT contact_id, CAST(percentile_disc(0.5) WITHIN GROUP (ORDER BY minutes) AS BIGINT) AS answer,
                min(minutes) AS best_answer, max_by(minutes, ts) AS last_answer
            FROM (
                SELECT contact_id, ts, timestampdiff(MINUTE, ts, next_ts) AS minutes
                FROM sides WHERE asks AND NOT next_asks
            )
            GROUP BY contact_id
        ),
        leads AS (
            SELECT contact_id, email, owner_email, `lead.source` AS source,
                CASE budget_confirmed WHEN 'yes' THEN TRUE WHEN 'no' THEN FALSE END AS confirmed,
                `property_details.price_max` AS budget, `timing.timeline_max` AS timeline, `property_details.type` AS home,
                `property_details.location` AS place, `lead.status` AS status, tags, employees, country,
                datediff(DATE '{AS_OF}', created) AS created_age,
                {tag("property_details.location", "Estepona")} AS in_estepona,
                {tag("tags", "Sea view")} AS sea_view, {tag("tags", "Investor")} AS investor,
                {tag("tags", "Golf")} AS golf, {tag("tags", "Warm Lead")} AS warm_lead,
                regexp_replace(phone, '[ ./()-]', '') RLIKE '^([+]|00)?[0-9]{{7,15}}$' AS phone_is_one,
                phone RLIKE '[02468]$' AS phone_is_even,
                email RLIKE "^[A-Za-z0-9.!#$%&'*+/=?^_{{|}}~-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][A-Za-z]{{2,24}}$" AS email_is_one,
                char_length(name) AS name_length
            FROM contacts
            WHERE type = 'lead'
        ),
        {points.signals_and_totals(div)},
        {ranked(points.full_temperature())}
    """


def tag(column, wanted):
    """Whether one of the values in a cell is the wanted one."""
    return f"`{column}` RLIKE '(^|[,;]) *{wanted} *($|[,;])'"


if __name__ == "__main__":
    main(job.read())
