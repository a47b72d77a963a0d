"""Polars: lazy frames on its streaming engine. `POLARS_MAX_THREADS` must be set before it is imported."""

from datetime import date, datetime, timedelta

import polars as pl

import job
import points
from job import AS_OF, SMALL

TODAY = date.fromisoformat(AS_OF)
MIDNIGHT = datetime.combine(TODAY, datetime.min.time()) + timedelta(days=1)
"""The end of as-of's day."""


def main(todo):
    {"small": small, "full": full}[todo.model](todo).sink_csv(todo.output, engine="streaming")


def div(amount, by):
    return f"{amount} // {by}"


def contacts(todo):
    """The contacts' file."""
    typed = {"property_details.price_max": pl.Int64, "created": pl.Date, "employees": pl.Int64}
    return pl.scan_csv(todo.contacts, schema=schema(todo, "contacts", typed))


def events(todo):
    """The events' file, up to as-of, with ages in days."""
    typed = {"amount": pl.Decimal(9, 2)}
    if todo.format == "ndjson":
        lines = pl.scan_ndjson(todo.events, schema=schema(todo, "events", {"amount": pl.Float64}))
    else:
        lines = pl.scan_csv(todo.events, schema=schema(todo, "events", typed))
    return (
        lines.with_columns(ts=pl.col("timestamp").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us"))
        .filter(pl.col("ts") < MIDNIGHT)
        .with_columns(day=pl.col("ts").dt.date())
        .with_columns(age=(pl.lit(TODAY) - pl.col("day")).dt.total_days())
    )


def schema(todo, of, typed):
    typed["event"] = pl.Categorical
    if todo.number_ids:
        typed["contact_id"] = pl.Int64
    return todo.types(of, typed, pl.String)


def half_life(days):
    """The weights of a half-life, in millionths."""
    return (1_000_000 * pl.lit(0.5).pow(pl.col("age") / days)).round().cast(pl.Int64)


def is_any(*names):
    """Whether the event is one of these."""
    return pl.col("event") == names[0] if len(names) == 1 else pl.col("event").is_in(names)


def ranked(totals, temperature):
    """The four columns, of the totals."""
    return (
        totals.sort("total", "last_event", "contact_id", descending=[True, True, False], nulls_last=True)
        .with_row_index("rank", offset=1)
        .with_columns(score=pl.sql_expr(points.score(div)))
        .with_columns(temperature=pl.sql_expr(temperature))
        .select("rank", "contact_id", "score", "temperature")
    )


def small(todo):
    """`small.toml`."""
    sums = [
        pl.when(is_any(event)).then(f"w{half_life}").otherwise(0).sum().alias(f"s{number}")
        for number, (event, half_life, _) in enumerate(SMALL)
    ]
    signals = (
        events(todo)
        .with_columns(w30=half_life(30), w60=half_life(60))
        .group_by("contact_id")
        .agg(pl.col("ts").max().alias("last_event"), *sums)
    )
    totals = (
        contacts(todo)
        .select("contact_id")
        .join(signals, on="contact_id", how="left")
        .with_columns(total=pl.sql_expr(points.small(div)))
    )
    return ranked(totals, points.small_temperature())


def full(todo):
    """`full.toml`."""
    e = events(todo).with_columns(cents=(pl.col("amount") * 100).round().cast(pl.Int64))
    signals = leads(todo)
    for part in [plain(e), limited(e), answers(e)]:
        signals = signals.join(part, on="contact_id", how="left")
    nothing = ["opens", "clicks", "sent", "visits", "pricing", "views", "homes", "saved", "asked_cents", "viewings", "active"]
    totals = (
        signals.with_columns(pl.col(nothing).cast(pl.Int64).fill_null(0))
        .with_columns(total=pl.sql_expr(points.full(div)), budget_will_do=pl.sql_expr(points.BUDGET_WILL_DO))
        .select("contact_id", "last_event", "total", "budget_will_do")
    )
    return ranked(totals, points.full_temperature())


def plain(e):
    """The signals without limits, but for the answers."""
    age, cents = pl.col("age"), pl.col("cents")
    looked = is_any("Property Viewed") & (age < 120)
    return e.group_by("contact_id").agg(
        pl.col("ts").max().alias("last_event"),
        (is_any("Email Clicked") & (age < 90)).sum().alias("clicks"),
        ((2_000_000 * (90 - age) + 90) // 180).filter(is_any("Email Sent") & (age < 90)).sum().alias("sent"),
        (is_any("Website Visit") & (age < 90) & pl.col("page").str.starts_with("/pricing")).sum().alias("pricing"),
        pl.col("property_id").filter(is_any("Property Viewed", "Property Saved") & (age < 60)).drop_nulls().n_unique().alias("homes"),
        cents.filter(is_any("Information Requested", "Viewing Requested")).sum().alias("asked_cents"),
        cents.filter(looked).max().alias("dearest_cents"),
        cents.filter(looked).min().alias("cheapest_cents"),
        (is_any("Viewing Requested") & (age < 120)).sum().alias("viewings"),
        pl.col("day")
        .filter(is_any("Email Opened", "Email Clicked", "Website Visit", "Property Viewed", "Property Saved") & (age < 90))
        .n_unique()
        .alias("active"),
        age.filter(is_any("Email Clicked", "Website Visit", "Property Saved", "Email Reply", "WhatsApp Reply")).min().alias("quiet"),
        age.filter(is_any("Website Visit", "Property Viewed", "Information Requested")).max().alias("known"),
    )


def limited(e):
    """The signals with limits: the newest of each period are kept."""
    age, day = pl.col("age"), pl.col("day")
    opened, visited, viewed, saved = map(is_any, ["Email Opened", "Website Visit", "Property Viewed", "Property Saved"])
    newest = (
        e.filter((opened & (age < 90)) | visited | viewed | (saved & pl.col("cents").is_not_null()))
        .with_columns(
            period=pl.when(opened).then(day).when(visited).then(day.dt.truncate("1w")).otherwise(day.dt.truncate("1mo")),
            most=pl.when(saved).then(2).when(viewed).then(4).otherwise(3),
        )
        .sort("contact_id", "event", "period", "ts", "cents", descending=[False, False, False, True, True])
        .with_columns(nth=pl.int_range(1, pl.len() + 1).over("contact_id", "event", "period"))
        .filter(pl.col("nth") <= pl.col("most"))
    )
    drops = pl.when(age < 45).then(0).otherwise(1 + (age - 45) // 30)
    return newest.group_by("contact_id").agg(
        half_life(30).filter(opened).sum().alias("opens"),
        pl.max_horizontal(1_000_000 - 150_000 * drops, 100_000).filter(visited).sum().alias("visits"),
        half_life(60).filter(viewed).sum().alias("views"),
        ((2 * pl.col("cents") * half_life(45) + 100) // 200).filter(saved).sum().alias("saved"),
    )


def answers(e):
    """The signals of answers: a side that asks, followed by one that replies."""
    asks = is_any("Email Sent", "Call Made")
    replies = is_any("Email Reply", "WhatsApp Reply")
    sides = e.filter((asks | replies) & (pl.col("age") < 150)).select("contact_id", "ts", replies=replies)
    following = pl.col("contact_id", "ts", "replies").shift(-1).name.prefix("next_")
    return (
        sides.sort("contact_id", "ts", "replies")
        .with_columns(following)
        .filter(~pl.col("replies") & pl.col("next_replies") & (pl.col("next_contact_id") == pl.col("contact_id")))
        .select("contact_id", "ts", minutes=(pl.col("next_ts") - pl.col("ts")).dt.total_minutes())
        .group_by("contact_id")
        .agg(
            pl.col("minutes").quantile(0.5, "lower").cast(pl.Int64).alias("answer"),
            pl.col("minutes").min().alias("best_answer"),
            pl.col("minutes").sort_by("ts").last().alias("last_answer"),
        )
    )


def leads(todo):
    """The contacts that are leads, with what the conditions ask about their columns."""
    email = "^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][A-Za-z]{2,24}$"
    phone = pl.col("phone")
    return (
        contacts(todo)
        .filter(pl.col("type") == "lead")
        .select(
            "contact_id", "email", "owner_email", "tags", "employees", "country",
            source="lead.source",
            confirmed=pl.col("budget_confirmed").replace_strict({"yes": True, "no": False}, default=None, return_dtype=pl.Boolean),
            budget="property_details.price_max",
            timeline="timing.timeline_max",
            home="property_details.type",
            place="property_details.location",
            status="lead.status",
            created_age=(pl.lit(TODAY) - pl.col("created")).dt.total_days(),
            in_estepona=tag("property_details.location", "Estepona"),
            sea_view=tag("tags", "Sea view"),
            investor=tag("tags", "Investor"),
            golf=tag("tags", "Golf"),
            warm_lead=tag("tags", "Warm Lead"),
            phone_is_one=phone.str.replace_all("[ ./()-]", "").str.contains("^([+]|00)?[0-9]{7,15}$"),
            phone_is_even=phone.str.contains("[02468]$"),
            email_is_one=pl.col("email").str.contains(email),
            name_length=pl.col("name").str.len_chars(),
        )
    )


def tag(column, wanted):
    """Whether one of the values in a cell is the wanted one."""
    return pl.col(column).str.contains(f"(^|[,;]) *{wanted} *($|[,;])")


if __name__ == "__main__":
    main(job.read())
