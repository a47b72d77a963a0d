"""DuckDB: one statement of SQL over the files, run by its Python package."""

import duckdb

import job
import points
from job import AS_OF, SMALL


def main(todo):
    connection = duckdb.connect()
    connection.execute(f"SET threads = {todo.threads}")
    if todo.query:
        connection.execute(f"CREATE VIEW contacts AS FROM {contacts(todo)}")
        connection.execute(f"CREATE VIEW events AS FROM {events(todo)}")
        query = todo.query
    else:
        query = {"small": small, "full": full}[todo.model](todo)
    connection.execute(f"COPY ({query}) TO '{todo.output}' (HEADER)")


def div(amount, by):
    return f"{amount} // {by}"


def contacts(todo):
    """The contacts' file as a table."""
    typed = {"property_details.price_max": "BIGINT", "created": "DATE", "employees": "BIGINT"}
    return f"read_csv('{todo.contacts}', header = true, columns = {schema(todo, 'contacts', typed)})"


def events(todo):
    """The events' file as a table."""
    columns = schema(todo, "events", {"timestamp": "TIMESTAMP", "amount": "DECIMAL(9, 2)"})
    if todo.format == "ndjson":
        return f"read_json('{todo.events}', format = 'newline_delimited', columns = {columns})"
    return f"read_csv('{todo.events}', header = true, columns = {columns})"


def schema(todo, of, typed):
    if todo.number_ids:
        typed["contact_id"] = "BIGINT"
    return todo.types(of, typed, "VARCHAR")


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


def small(todo):
    """`small.toml`."""
    weight = "CAST(round(1000000 * power(0.5, age / {half_life}.0)) AS BIGINT)"
    sums = [
        f"sum(CASE WHEN event = '{event}' THEN {weight.format(half_life=half_life)} END) AS s{number}"
        for number, (event, half_life, _) in enumerate(SMALL)
    ]
    return f"""
        WITH e AS (
            SELECT contact_id, event, timestamp, DATE '{AS_OF}' - CAST(timestamp AS DATE) AS age
            FROM {events(todo)}
            WHERE timestamp < TIMESTAMP '{AS_OF}' + INTERVAL 1 DAY
        ),
        signals AS (SELECT contact_id, max(timestamp) AS last_event, {", ".join(sums)} FROM e GROUP BY contact_id),
        totals AS (
            SELECT contact_id, last_event, {points.small(div)} AS total
            FROM (SELECT contact_id FROM {contacts(todo)}) LEFT JOIN signals USING (contact_id)
        ),
        {ranked(points.small_temperature())}
    """




def full(todo):
    """`full.toml`."""
    return f"""
        WITH e AS MATERIALIZED (
            SELECT contact_id, event, timestamp AS ts, CAST(timestamp AS DATE) AS day,
                DATE '{AS_OF}' - CAST(timestamp AS DATE) AS age, property_id, CAST(amount * 100 AS BIGINT) AS cents, page
            FROM {events(todo)}
            WHERE timestamp < TIMESTAMP '{AS_OF}' + INTERVAL 1 DAY
        ),
        plain AS (
            SELECT contact_id, max(ts) AS last_event,
                count(*) FILTER (event = 'Email Clicked' AND age < 90) AS clicks,
                sum((2000000 * (90 - age) + 90) // 180) FILTER (event = 'Email Sent' AND age < 90) AS sent,
                count(*) FILTER (event = 'Website Visit' AND age < 90 AND page LIKE '/pricing%') AS pricing,
                count(DISTINCT property_id) FILTER (event IN ('Property Viewed', 'Property Saved') AND age < 60) AS homes,
                sum(cents) FILTER (event IN ('Information Requested', 'Viewing Requested')) AS asked_cents,
                max(cents) FILTER (event = 'Property Viewed' AND age < 120) AS dearest_cents,
                min(cents) FILTER (event = 'Property Viewed' AND age < 120) AS cheapest_cents,
                count(*) FILTER (event = 'Viewing Requested' AND age < 120) AS viewings,
                count(DISTINCT day) FILTER (event IN ('Email Opened', 'Email Clicked', 'Website Visit', 'Property Viewed',
                    'Property Saved') AND age < 90) AS active,
                min(age) FILTER (event IN ('Email Clicked', 'Website Visit', 'Property Saved', 'Email Reply',
                    'WhatsApp Reply')) AS quiet,
                max(age) FILTER (event IN ('Website Visit', 'Property Viewed', 'Information Requested')) AS known
            FROM e GROUP BY contact_id
        ),
        newest AS (
            SELECT contact_id, event, age, cents, row_number() OVER (
                PARTITION BY contact_id, event, CASE event WHEN 'Email Opened' THEN day
                    WHEN 'Website Visit' THEN date_trunc('week', day) ELSE date_trunc('month', day) END
                ORDER BY ts DESC, cents DESC
            ) AS nth
            FROM e
            WHERE event = 'Email Opened' AND age < 90 OR event IN ('Website Visit', 'Property Viewed')
                OR event = 'Property Saved' AND cents IS NOT NULL
        ),
        limited AS (
            SELECT contact_id,
                sum(CAST(round(1000000 * power(0.5, age / 30.0)) AS BIGINT)) FILTER (event = 'Email Opened' AND nth <= 3) AS opens,
                sum(greatest(100000, 1000000 - 150000 * (CASE WHEN age < 45 THEN 0 ELSE 1 + (age - 45) // 30 END)))
                    FILTER (event = 'Website Visit' AND nth <= 3) AS visits,
                sum(CAST(round(1000000 * power(0.5, age / 60.0)) AS BIGINT)) FILTER (event = 'Property Viewed' AND nth <= 4) AS views,
                sum((2 * cents * CAST(round(1000000 * power(0.5, age / 45.0)) AS BIGINT) + 100) // 200)
                    FILTER (event = 'Property Saved' AND nth <= 2) AS saved
            FROM newest GROUP BY contact_id
        ),
        sides AS (
            SELECT contact_id, ts, event IN ('Email Sent', 'Call Made') AS asks,
                lead(event IN ('Email Sent', 'Call Made')) OVER following AS next_asks, lead(ts) OVER following AS next_at
            FROM e
            WHERE event IN ('Email Sent', 'Call Made', 'Email Reply', 'WhatsApp Reply') AND age < 150
            WINDOW following AS (PARTITION BY contact_id ORDER BY ts, event IN ('Email Reply', 'WhatsApp Reply'))
        ),
        answers AS (
            SELECT contact_id, quantile_disc(minutes, 0.5) AS answer, min(minutes) AS best_answer, arg_max(minutes, ts) AS last_answer
            FROM (SELECT contact_id, ts, date_diff('second', ts, next_at) // 60 AS minutes FROM sides WHERE asks AND NOT next_asks)
            GROUP BY contact_id
        ),
        leads AS (
            SELECT contact_id, name, email, owner_email, "lead.source" AS source,
                CASE budget_confirmed WHEN 'yes' THEN TRUE WHEN 'no' THEN FALSE END AS confirmed,
                "property_details.price_max" AS budget, "timing.timeline_max" AS timeline, "property_details.type" AS home,
                "property_details.location" AS place, "lead.status" AS status, tags, employees, country,
                DATE '{AS_OF}' - created AS created_age,
                {tag("property_details.location", "Estepona")} AS in_estepona,
                {tag("tags", "Sea view")} AS sea_view, {tag("tags", "Investor")} AS investor,
                {tag("tags", "Golf")} AS golf, {tag("tags", "Warm Lead")} AS warm_lead,
                regexp_full_match(regexp_replace(phone, '[ ./()-]', '', 'g'), '([+]|00)?[0-9]{{7,15}}') AS phone_is_one,
                regexp_matches(phone, '[02468]$') AS phone_is_even,
                regexp_full_match(email, '[A-Za-z0-9.!#$%&''*+/=?^_{{|}}~-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][A-Za-z]{{2,24}}')
                    AS email_is_one,
                length(name) AS name_length
            FROM {contacts(todo)}
            WHERE type = 'lead'
        ),
        {points.signals_and_totals(div)},
        {ranked(points.full_temperature())}
    """


def tag(column, wanted):
    """Whether one of the values in a cell is the wanted one."""
    return f"""regexp_matches("{column}", '(^|[,;]) *{wanted} *($|[,;])')"""


if __name__ == "__main__":
    main(job.read())
