"""ClickHouse, as chdb has it in a Python process: SQL over the files.

ClickHouse takes a `WITH` apart into every place that names it, so the full model puts the events into a table in memory first, where
DuckDB is told `MATERIALIZED`.
"""

import os

import chdb

import job
import points
from job import AS_OF, SMALL


def main(todo):
    connection = chdb.connect(":memory:")
    settings = {
        "max_threads": todo.threads,
        "session_timezone": "'UTC'",
        "date_time_input_format": "'best_effort'",
        "join_use_nulls": 1,
        "engine_file_truncate_on_insert": 1,
    }
    for name, value in settings.items():
        connection.query(f"SET {name} = {value}")
    if todo.query:
        form = "JSONEachRow" if todo.format == "ndjson" else "CSVWithNames"
        before = [
            f"CREATE VIEW contacts AS SELECT * FROM {table(todo.contacts, 'CSVWithNames', todo.types('contacts', {}, 'String'))}",
            f"CREATE VIEW events AS SELECT * FROM {table(todo.events, form, todo.types('events', {}, 'String'))}",
        ]
        query = todo.query
    else:
        before, query = {"small": small, "full": full}[todo.model](todo)
    for statement in before:
        connection.query(statement)
    output = os.path.abspath(todo.output)
    connection.query(f"INSERT INTO FUNCTION file('{output}', 'CSVWithNames') {query}")
    connection.close()


def div(amount, by):
    return f"intDiv({amount}, {by})"


def table(path, form, columns):
    schema = ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
    return f"file('{os.path.abspath(path)}', '{form}', '{schema}')"


def id_type(todo):
    return "Int64" if todo.number_ids else "String"


def events(todo, columns):
    """The events' file as a table of these columns and the three that every model reads."""
    columns = {"contact_id": id_type(todo), "event": "String", "timestamp": "DateTime"} | columns
    return table(todo.events, "JSONEachRow" if todo.format == "ndjson" else "CSVWithNames", columns)


def ranked(totals, temperature):
    """The four columns, of the totals."""
    return f"""
        SELECT rank, contact_id, score, {temperature} AS temperature
        FROM (
            SELECT *, row_number() OVER (ORDER BY total DESC, last_event DESC NULLS LAST, contact_id) AS rank,
                {points.score(div)} AS score
            FROM ({totals})
        )
        ORDER BY rank
    """


def small(todo):
    """`small.toml`."""
    sums = [
        f"sumIf(toInt64(round(1000000 * pow(0.5, age / {half_life}))), event = '{event}') AS s{number}"
        for number, (event, half_life, _) in enumerate(SMALL)
    ]
    totals = f"""
        SELECT contact_id, last_event, {points.small(div)} AS total
        FROM {table(todo.contacts, "CSVWithNames", {"contact_id": id_type(todo)})} AS contacts
        LEFT JOIN (
            SELECT contact_id, max(timestamp) AS last_event, {", ".join(sums)}
            FROM (
                SELECT contact_id, event, timestamp, toDate('{AS_OF}') - toDate(timestamp) AS age
                FROM {events(todo, {})}
                WHERE timestamp < toDateTime('{AS_OF} 00:00:00') + INTERVAL 1 DAY
            )
            GROUP BY contact_id
        ) AS signals USING (contact_id)
    """
    return [], ranked(totals, points.small_temperature())


def full(todo):
    """`full.toml`."""
    columns = {
        "property_id": "Nullable(String)",
        "amount": "Nullable(Decimal(9, 2))",
        "page": "Nullable(String)",
    }
    text = "Nullable(String)"
    contact_columns = dict.fromkeys(job.CONTACT_COLUMNS["full"], text) | {
        "contact_id": id_type(todo),
        "property_details.price_max": "Nullable(Int64)",
        "created": "Nullable(Date)",
        "employees": "Nullable(Int64)",
    }
    before = f"""
        CREATE TEMPORARY TABLE e ENGINE = Memory AS
        SELECT contact_id, event, timestamp AS ts, toDate(timestamp) AS day, toDate('{AS_OF}') - toDate(timestamp) AS age,
            property_id, toInt64(amount * 100) AS cents, page
        FROM {events(todo, columns)}
        WHERE timestamp < toDateTime('{AS_OF} 00:00:00') + INTERVAL 1 DAY
    """
    query = f"""
        WITH plain AS (
            SELECT contact_id, max(ts) AS last_event,
                toInt64(countIf(event = 'Email Clicked' AND age < 90)) AS clicks,
                sumIf(intDiv(2000000 * (90 - age) + 90, 180), event = 'Email Sent' AND age < 90) AS sent,
                toInt64(countIf(event = 'Website Visit' AND age < 90 AND page LIKE '/pricing%')) AS pricing,
                toInt64(uniqExactIf(property_id, event IN ('Property Viewed', 'Property Saved') AND age < 60)) AS homes,
                sumIf(cents, event IN ('Information Requested', 'Viewing Requested')) AS asked_cents,
                maxIf(cents, event = 'Property Viewed' AND age < 120) AS dearest_cents,
                minIf(cents, event = 'Property Viewed' AND age < 120) AS cheapest_cents,
                toInt64(countIf(event = 'Viewing Requested' AND age < 120)) AS viewings,
                toInt64(uniqExactIf(day, event IN ('Email Opened', 'Email Clicked', 'Website Visit', 'Property Viewed',
                    'Property Saved') AND age < 90)) AS active,
                minOrNullIf(age, event IN ('Email Clicked', 'Website Visit', 'Property Saved', 'Email Reply',
                    'WhatsApp Reply')) AS quiet,
                maxOrNullIf(age, event IN ('Website Visit', 'Property Viewed', 'Information Requested')) AS known
            FROM e GROUP BY contact_id
        ),
        newest AS (
            SELECT contact_id, event, age, cents, row_number() OVER (
                PARTITION BY contact_id, event, CASE event WHEN 'Email Opened' THEN day
                    WHEN 'Website Visit' THEN toMonday(day) ELSE toStartOfMonth(day) END
                ORDER BY ts DESC, cents DESC
            ) AS nth
            FROM e
            WHERE event = 'Email Opened' AND age < 90 OR event IN ('Website Visit', 'Property Viewed')
                OR event = 'Property Saved' AND cents IS NOT NULL
        ),
        limited AS (
            SELECT contact_id,
                sumIf(toInt64(round(1000000 * pow(0.5, age / 30))), event = 'Email Opened' AND nth <= 3) AS opens,
                sumIf(greatest(100000, 1000000 - 150000 * (CASE WHEN age < 45 THEN 0 ELSE 1 + intDiv(age - 45, 30) END)),
                    event = 'Website Visit' AND nth <= 3) AS visits,
                sumIf(toInt64(round(1000000 * pow(0.5, age / 60))), event = 'Property Viewed' AND nth <= 4) AS views,
                sumIf(intDiv(2 * cents * toInt64(round(1000000 * pow(0.5, age / 45))) + 100, 200),
                    event = 'Property Saved' AND nth <= 2) AS saved
            FROM newest GROUP BY contact_id
        ),
        sides AS (
            SELECT contact_id, ts, event IN ('Email Sent', 'Call Made') AS asks,
                lead(toNullable(event IN ('Email Sent', 'Call Made'))) OVER following AS next_asks, lead(ts) OVER following AS next_ts
            FROM e
            WHERE event IN ('Email Sent', 'Call Made', 'Email Reply', 'WhatsApp Reply') AND age < 150
            WINDOW following AS (PARTITION BY contact_id ORDER BY ts, event IN ('Email Reply', 'WhatsApp Reply'))
        ),
        answers AS (
            SELECT contact_id, quantileExactLow(0.5)(minutes) AS answer, min(minutes) AS best_answer,
                argMax(minutes, ts) AS last_answer
            FROM (
                SELECT contact_id, ts, intDiv(dateDiff('second', ts, next_ts), 60) AS minutes
                FROM sides WHERE asks AND NOT next_asks
            )
            GROUP BY contact_id
        ),
        leads AS (
            SELECT contact_id, name, email, owner_email, `lead.source` AS source,
                CASE budget_confirmed WHEN 'yes' THEN TRUE WHEN 'no' THEN FALSE END AS confirmed,
                `property_details.price_max` AS budget, `timing.timeline_max` AS timeline, `property_details.type` AS home,
                `property_details.location` AS place, `lead.status` AS status, tags, employees, country,
                toDate('{AS_OF}') - created AS created_age,
                {tag("property_details.location", "Estepona")} AS in_estepona,
                {tag("tags", "Sea view")} AS sea_view, {tag("tags", "Investor")} AS investor,
                {tag("tags", "Golf")} AS golf, {tag("tags", "Warm Lead")} AS warm_lead,
                match(replaceRegexpAll(phone, '[ ./()-]', ''), '^([+]|00)?[0-9]{{7,15}}$') AS phone_is_one,
                match(phone, '[02468]$') AS phone_is_even,
                match(email, '^[A-Za-z0-9.!#$%&''*+/=?^_{{|}}~-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][A-Za-z]{{2,24}}$')
                    AS email_is_one,
                lengthUTF8(name) AS name_length
            FROM {table(todo.contacts, "CSVWithNames", contact_columns)}
            WHERE type = 'lead'
        ),
        signals AS (
            SELECT contact_id, email, owner_email, source, confirmed, budget, timeline, home, place, status, tags, employees, country,
                created_age, in_estepona, sea_view, investor, golf, warm_lead, phone_is_one, phone_is_even, email_is_one, name_length,
                last_event, dearest_cents, cheapest_cents, quiet, known, answer, best_answer, last_answer,
                {points.COUNTED}
            FROM leads LEFT JOIN plain USING (contact_id) LEFT JOIN limited USING (contact_id) LEFT JOIN answers USING (contact_id)
        )
        SELECT contact_id, last_event, {points.BUDGET_WILL_DO} AS budget_will_do, {points.full(div)} AS total FROM signals
    """
    return [before], ranked(query, points.full_temperature())


def tag(column, wanted):
    """Whether one of the values in a cell is the wanted one."""
    return f"match(`{column}`, '(^|[,;]) *{wanted} *($|[,;])')"


if __name__ == "__main__":
    main(job.read())
