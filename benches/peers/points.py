"""From signals to a score, in SQL that all engines take: integers of thousandths, as the model language counts them.

The engines differ in how they read files, in their functions and in how they divide integers; what a signal is worth they are told
in the same words. The tables named here have one row for each contact: `small` the eight sums in millionths, `s0` to `s7`; `full`
the signals and the contact's columns, under the names in `full.toml`, with `_cents` and `_age` (days) where a unit must be said.
"""

from job import SMALL


def half_away(amount, by, div):
    """`amount / by` rounded half away from zero, for an amount that is never negative."""
    return div(f"(2 * ({amount}) + {by})", 2 * by)


def small(div):
    """The total of `small.toml`, over `signals`."""
    points = [half_away(f"coalesce(s{number}, 0) * {points}", 1_000_000, div) for number, (_, _, points) in enumerate(SMALL)]
    return f"least(100000, greatest(0, {' + '.join(points)}))"


def small_temperature():
    """The three temperatures that a model has which names none."""
    return "CASE WHEN score >= 80 THEN 'hot' WHEN score >= 50 THEN 'warm' ELSE 'cold' END"


def full_temperature():
    """As `full.toml` has it: no lead is hot whose budget is unknown or too small."""
    return "CASE WHEN score >= 60 AND budget_will_do THEN 'hot' WHEN score >= 35 THEN 'warm' ELSE 'cold' END"


BUDGET_WILL_DO = "CASE WHEN confirmed AND budget >= 150000 THEN TRUE ELSE FALSE END"
"""The checklist of `full.toml`."""


def at_most(amount, most):
    """No more than `most`."""
    return f"least({most}, {amount})"


def given(points, condition):
    """Points for a condition that is met; one that is NULL is not."""
    return f"CASE WHEN {condition} THEN {points} ELSE 0 END"


def mail(div):
    """The rules of the group `mail`."""
    def worth(signal, points):
        return half_away(f"{signal} * {points}", 1_000_000, div)

    return [
        at_most(worth("opens", 1500), 8000),
        at_most(f"clicks * 2250", 7000),
        f"0 - {at_most(worth('sent', 125), 3000)}",
    ]


def site(div):
    """The rules of the group `site`."""
    def worth(signal, points):
        return half_away(f"{signal} * {points}", 1_000_000, div)

    return [
        at_most(worth("visits", 1250), 8000),
        at_most("pricing * 2000", 6000),
        at_most(worth("views", 750), 7000),
        at_most("homes * 500", 5000),
        at_most(worth("saved", 2), 6000),
        at_most(half_away("asked_cents", 100, div), 6000),
        "CASE WHEN dearest_cents IS NULL THEN -1000 WHEN dearest_cents >= 400000 THEN 4000 "
        "WHEN dearest_cents >= 250050 THEN 2000 WHEN dearest_cents >= 100000 THEN 1000 ELSE 0 END",
        "CASE WHEN cheapest_cents <= 9999 THEN 2000 WHEN cheapest_cents <= 75000 THEN 1000 ELSE 0 END",
        "CASE WHEN active >= 12 THEN 6000 WHEN active >= 6 THEN 3000 WHEN active >= 3 THEN 1000 ELSE 0 END",
        given(2000, "homes >= 3 AND budget IS NOT NULL"),
        given(1500, "active >= 8 OR visits > 4500000"),
    ]


ANSWERING = [
    "CASE WHEN quiet IS NULL THEN -4000 WHEN quiet <= 3 THEN 6000 WHEN quiet <= 14 THEN 4000 WHEN quiet <= 30 THEN 1500 ELSE 0 END",
    at_most("coalesce(known, 0) * 15", 2000),
    "CASE WHEN answer <= 720 THEN 6000 WHEN answer <= 4320 THEN 4000 WHEN answer <= 20160 THEN 1000 ELSE 0 END",
    "CASE WHEN best_answer <= 90 THEN 5000 WHEN best_answer <= 1440 THEN 2500 ELSE 0 END",
    "CASE WHEN last_answer >= 64800 THEN -2000 WHEN last_answer >= 28800 THEN -1000 ELSE 0 END",
    given(2000, "answer <= 1440 AND best_answer < 600"),
    given(-2000, "quiet IS NULL OR answer IS NULL AND sent > 3000000"),
]
"""The rules of the group `answering`."""

FIT = [
    "CASE WHEN budget IS NULL THEN -1000 WHEN budget >= 500000 THEN 4000 WHEN budget >= 250000 THEN 2500 "
    "WHEN budget >= 100000 THEN 1000 ELSE 0 END",
    "CASE source WHEN 'Referral' THEN 5000 WHEN 'Website' THEN 3000 WHEN 'Portals' THEN 2000 "
    "WHEN 'Email Campaign' THEN 1000 ELSE 500 END",
    "CASE WHEN tags IS NULL THEN -500 ELSE 0 END",
    given(2000, "sea_view"),
    given(3000, "investor"),
    given(1500, "golf"),
    given(2000, "warm_lead"),
    at_most("coalesce(employees, 0) * 2", 2500),
    given(2000, "confirmed"),
    given(-1000, "NOT confirmed"),
    given(1500, "budget >= 150000"),
    given(1000, "budget BETWEEN 300000 AND 500000"),
    given(-500, "budget IS NULL"),
    given(2000, "confirmed AND budget >= 250000"),
    given(-500, "timeline IS NULL"),
    given(1000, "home = 'Villa'"),
    given(1000, "home IN ('Apartment', 'Townhouse') AND budget < 400000"),
    given(1500, "place LIKE '%Marbella%'"),
    given(500, "in_estepona"),
    given(500, "place IS NOT NULL AND home IS NOT NULL"),
    given(1000, "phone_is_one"),
    given(500, "email_is_one"),
    given(250, "owner_email LIKE 'tom.%'"),
    given(125, "owner_email LIKE 'katrin%' OR owner_email LIKE 'marta%'"),
    given(1500, "investor AND budget > 500000"),
    given(1000, "golf OR sea_view"),
    given(500, "country = 'ES'"),
    given(1000, "country IN ('NL', 'DE', 'SE') AND home = 'Villa'"),
    given(1000, "coalesce(employees, 0) >= 500"),
    given(1000, "CASE WHEN country = 'ES' THEN budget >= 200000 ELSE budget >= 350000 END"),
    given(250, "lower(source) = 'referral' AND name_length >= 12"),
    given(125, "phone_is_even"),
]
"""The rules of the group `fit`."""

UNGROUPED = [
    given(4000, "timeline IN ('now', '1 month')"),
    given(-3000, "timeline = 'no plans'"),
    given(250, "email LIKE '%7@example.com'"),
    given(3000, "status = 'Qualified'"),
    given(-2000, "status <> 'Qualified' AND status <> 'New'"),
    given(-8000, "status = 'Lost'"),
    given(1500, "created_age <= 30"),
    given(-1000, "created_age > 365"),
    given(5000, "viewings >= 2"),
    given(2000, "opens >= 2500000 AND clicks >= 1"),
    given(-4000, "quiet > 60"),
    given(1000, "asked_cents > 200000 AND dearest_cents >= 350000"),
]
"""The rules without a group."""


def full(div):
    """The total of `full.toml`, over the signals and columns of a contact."""
    def bounded(least, most, rules):
        return f"greatest({least}, least({most}, {' + '.join(rules)}))"

    groups = [
        bounded(-2000, 15000, mail(div)),
        bounded(-1000000, 28000, site(div)),
        bounded(-5000, 20000, ANSWERING),
        bounded(-2000, 25000, FIT),
        *UNGROUPED,
    ]
    return f"least(100000, greatest(0, {' + '.join(groups)}))"


def score(div):
    """The total as it is shown: whole points."""
    return half_away("total", 1000, div)


COUNTED = """coalesce(opens, 0) AS opens, coalesce(clicks, 0) AS clicks, coalesce(sent, 0) AS sent,
                coalesce(visits, 0) AS visits, coalesce(pricing, 0) AS pricing, coalesce(views, 0) AS views,
                coalesce(homes, 0) AS homes, coalesce(saved, 0) AS saved, coalesce(asked_cents, 0) AS asked_cents,
                coalesce(viewings, 0) AS viewings, coalesce(active, 0) AS active"""
"""What is nought for who has no such events."""


def signals_and_totals(div):
    """The full model's last steps before the ranking, for engines that join what they counted in the same way."""
    return f"""signals AS (
            SELECT leads.*, last_event, dearest_cents, cheapest_cents, quiet, known, answer, best_answer, last_answer,
                {COUNTED}
            FROM leads LEFT JOIN plain USING (contact_id) LEFT JOIN limited USING (contact_id) LEFT JOIN answers USING (contact_id)
        ),
        totals AS (
            SELECT contact_id, last_event, {BUDGET_WILL_DO} AS budget_will_do, {full(div)} AS total FROM signals
        )"""
