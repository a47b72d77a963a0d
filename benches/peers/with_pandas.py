"""pandas: what people do in a notebook, with the columns chosen and typed as they should be. One thread, for pandas has no more."""

import numpy as np
import pandas as pd

import job
from job import AS_OF, SMALL


def main(todo):
    if todo.model == "full":
        raise SystemExit("the full model is not written for pandas")
    small(todo).to_csv(todo.output, index=False)


def id_type(todo):
    return "int64" if todo.number_ids else "str"


def events(todo):
    """The events up to as-of, with their ages in days."""
    columns = ["contact_id", "event", "timestamp"]
    if todo.format == "ndjson":
        e = pd.read_json(todo.events, lines=True, dtype=False)[columns].astype({"contact_id": id_type(todo), "event": "category"})
    else:
        e = pd.read_csv(todo.events, usecols=columns, dtype={"contact_id": id_type(todo), "event": "category"})
    e["timestamp"] = pd.to_datetime(e["timestamp"], format="%Y-%m-%dT%H:%M:%SZ")
    midnight = pd.Timestamp(AS_OF) + pd.Timedelta(days=1)
    e = e[e["timestamp"] < midnight]
    return e.assign(age=(pd.Timestamp(AS_OF) - e["timestamp"].dt.normalize()).dt.days)


def half_away(amount, by):
    """Rounded half away from zero, for amounts that are never negative."""
    return (2 * amount + by) // (2 * by)


def small(todo):
    """`small.toml`."""
    e = events(todo)
    total = 0
    last_event = e.groupby("contact_id")["timestamp"].max()
    for event, half_life, points in SMALL:
        some = e[e["event"] == event]
        weights = np.rint(1_000_000 * 0.5 ** (some["age"] / half_life)).astype("int64")
        signal = weights.groupby(some["contact_id"]).sum().reindex(last_event.index, fill_value=0)
        total = total + half_away(signal * points, 1_000_000)
    leads = pd.read_csv(todo.contacts, usecols=["contact_id"], dtype={"contact_id": id_type(todo)})
    leads = leads.join(pd.DataFrame({"total": total.clip(0, 100_000), "last_event": last_event}), on="contact_id")
    leads["total"] = leads["total"].fillna(0).astype("int64")
    order = {"total": False, "last_event": False, "contact_id": True}
    leads = leads.sort_values(list(order), ascending=list(order.values()), na_position="last", ignore_index=True)
    leads["rank"] = leads.index + 1
    leads["score"] = half_away(leads["total"], 1000)
    leads["temperature"] = np.select([leads["score"] >= 80, leads["score"] >= 50], ["hot", "warm"], "cold")
    return leads[["rank", "contact_id", "score", "temperature"]]


if __name__ == "__main__":
    main(job.read())
