"""What every peer is asked to do, read from its command line: the same words for all of them."""

import argparse
from dataclasses import dataclass

AS_OF = "2026-11-01"
"""The day that ages are counted to; events of it still count."""

CONTACT_COLUMNS = {
    "small": [
        "contact_id", "type", "name", "email", "owner_email", "lead.source", "budget_confirmed",
        "property_details.price_max", "timing.timeline_max", "property_details.type", "property_details.location",
        "phone", "lead.status", "tags",
    ],
}
CONTACT_COLUMNS["full"] = CONTACT_COLUMNS["small"] + ["created", "employees", "country"]

EVENT_COLUMNS = {"small": ["contact_id", "event", "timestamp", "property_id"]}
EVENT_COLUMNS["full"] = EVENT_COLUMNS["small"] + ["amount", "page"]

SMALL = [
    # event, half-life in days, points in thousandths
    ("Email Sent", 30, 500),
    ("Email Opened", 30, 1000),
    ("Email Clicked", 30, 3000),
    ("Website Visit", 30, 2000),
    ("Property Viewed", 30, 4000),
    ("Property Saved", 60, 6000),
    ("Email Reply", 60, 10000),
    ("Viewing Requested", 60, 15000),
]
"""small.toml, rule by rule."""


@dataclass
class Job:
    """One run: which model over which files, with how many threads."""

    model: str
    contacts: str
    events: str
    format: str
    number_ids: bool
    threads: int
    output: str
    query: str | None = None
    """A query that takes the place of the peer's own, over `contacts` and `events` as text."""

    def types(self, of, columns, text):
        """The schema of a file: each of its columns with its type, `text` where nothing else is said."""
        names = (CONTACT_COLUMNS if of == "contacts" else EVENT_COLUMNS)[self.model]
        if self.query:
            columns = {}
        return {name: columns.get(name, text) for name in names}


def text(path):
    """What a file holds."""
    with open(path, encoding="utf-8") as file:
        return file.read()


def read():
    """The job that the command line gives."""
    words = argparse.ArgumentParser()
    words.add_argument("--model", choices=["small", "full"], required=True)
    words.add_argument("--contacts", required=True)
    words.add_argument("--events", required=True)
    words.add_argument("--format", choices=["csv", "ndjson", "gzip"], required=True)
    words.add_argument("--number-ids", action="store_true", help="ids are numbers and may be read as such")
    words.add_argument("--threads", type=int, required=True)
    words.add_argument("--output", required=True)
    words.add_argument("--query", type=text, help="a file with a query to run in place of the peer's own")
    return Job(**vars(words.parse_args()))
