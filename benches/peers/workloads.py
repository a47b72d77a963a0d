"""The files that all read: made by the `workload` example when they are not there yet, and kept for the next time."""

import os
import shutil
import subprocess
from dataclasses import dataclass

EVENT_FILES = {"csv": "events.csv", "ndjson": "events.ndjson", "gzip": "events.csv.gz"}


@dataclass(frozen=True)
class Workload:
    """What is read: its size, how contacts are known, how events are sorted and written, and for which model."""

    contacts: int
    events: int
    ids: str
    order: str
    format: str
    model: str

    def title(self):
        return f"{short(self.contacts)} contacts, {short(self.events)} events"

    def folder(self, under):
        columns = {"small": "usual", "full": "more"}[self.model]
        return os.path.join(under, f"{self.contacts}x{self.events}-{self.ids}-{self.order}-{columns}")

    def files(self, under):
        """Where its contacts and its events are."""
        folder = self.folder(under)
        return os.path.join(folder, "contacts.csv"), os.path.join(folder, EVENT_FILES[self.format])

    def make(self, under, generator):
        """Writes what is not there yet. A file takes its name when it is whole."""
        if all(os.path.exists(file) for file in self.files(under)):
            return
        folder = self.folder(under)
        os.makedirs(folder, exist_ok=True)
        if self.format == "gzip":
            plain = Workload(self.contacts, self.events, self.ids, self.order, "csv", self.model)
            plain.make(under, generator)
            events = self.files(under)[1]
            with open(events + ".part", "wb") as part:
                subprocess.run(["gzip", "-1", "-c", plain.files(under)[1]], stdout=part, check=True)
            os.replace(events + ".part", events)
            return
        part = os.path.join(folder, "part")
        shutil.rmtree(part, ignore_errors=True)
        columns = {"small": "usual", "full": "more"}[self.model]
        words = {
            "contacts": self.contacts, "events": self.events, "ids": self.ids, "order": self.order, "format": self.format,
            "columns": columns, "seed": 1,
        }
        subprocess.run([generator, *(f for name, value in words.items() for f in (f"--{name}", str(value))), part], check=True)
        for file in os.listdir(part):
            os.replace(os.path.join(part, file), os.path.join(folder, file))
        os.rmdir(part)


def short(number):
    """`20k`, `1M`."""
    for unit, letter in ((1_000_000, "M"), (1_000, "k")):
        if number and number % unit == 0:
            return f"{number // unit}{letter}"
    return str(number)


def size(text):
    """Contacts and events of `100kx2M`."""
    def number(part):
        unit = {"k": 1_000, "m": 1_000_000}.get(part[-1:].lower(), 1)
        return int(part[:-1] if unit > 1 else part) * unit

    contacts, events = text.lower().split("x")
    return number(contacts), number(events)
