//! The report on response: how soon we answer, at which hour and on which day, and whether the quick win more.

use super::answering::{self, Answering, METHOD, Outcome, WANTED, outcome};
use super::by_column::{ByColumn, share_with_interval};
use super::facts::Facts;
use super::table::{Cell, Chart, Column, Document, Part, Table, Unit};
use crate::engine::Wait;
use crate::value::{Instant, Number, Zone};

const WEEKDAYS: [(&str, &str); 7] = [
    ("monday", "Monday"),
    ("tuesday", "Tuesday"),
    ("wednesday", "Wednesday"),
    ("thursday", "Thursday"),
    ("friday", "Friday"),
    ("saturday", "Saturday"),
    ("sunday", "Sunday"),
];

/// The first of the weekdays that 1970-01-01 was: a Thursday.
const FIRST_WEEKDAY: i64 = 3;

const HOURS: usize = 24;
const MICROS_PER_SECOND: i64 = 1_000_000;

/// The times of first answers that are told apart: up to so many minutes, and what people read.
const SPEEDS: [(i64, &str); 6] = [
    (5, "within 5 minutes"),
    (15, "5 to 15 minutes"),
    (60, "15 to 60 minutes"),
    (240, "1 to 4 hours"),
    (1440, "4 to 24 hours"),
    (i64::MAX, "after 24 hours"),
];
const NEVER: &str = "never";

/// How soon questions were answered: all of them and the first of each lead, by the local hour and weekday at which they
/// were asked, and how many leads were won by how soon their first was answered.
pub fn response(facts: &Facts<'_>) -> Document {
    let title = "Response".to_owned();
    let as_of = facts.as_of.instant;
    if !facts.has_answers {
        let nothing = vec![overall(facts, as_of)];
        return facts.document("response", title, nothing, vec![WANTED.to_owned()]);
    }
    let waits: Vec<(&Wait, (usize, usize))> = facts
        .leads
        .iter()
        .flat_map(|lead| lead.waits)
        .map(|wait| (wait, local(wait.asked, &facts.model.zone)))
        .collect();
    let some = |is_meant: &dyn Fn(usize, usize) -> bool| {
        let meant = waits
            .iter()
            .filter(|(_, (day, hour))| is_meant(*day, *hour));
        Answering::of(meant.map(|(wait, _)| *wait), as_of)
    };
    let by_hour: Vec<Step> = (0..HOURS)
        .map(|hour| (hour_name(hour), some(&|_, of| of == hour)))
        .collect();
    let by_weekday: Vec<Step> = (0..7)
        .map(|day| (WEEKDAYS[day].1.to_owned(), some(&|of, _| of == day)))
        .collect();
    let mut cells: Vec<Vec<Vec<&Wait>>> = vec![vec![Vec::new(); WEEKDAYS.len()]; HOURS];
    for (wait, (day, hour)) in &waits {
        cells[*hour][*day].push(wait);
    }
    let cells: Vec<HourOfWeek> = (0..)
        .zip(cells)
        .map(|(hour, days)| {
            let days = days.into_iter().map(|waits| Answering::of(waits, as_of));
            (hour_name(hour), days.collect())
        })
        .collect();
    let mut tables = vec![
        overall(facts, as_of),
        steps(
            &by_hour,
            ("by_hour", "By hour of the day"),
            ("hour", "Hour"),
            "At which hour do leads ask, and when do they wait?",
        ),
        steps(
            &by_weekday,
            ("by_weekday", "By weekday"),
            ("weekday", "Day"),
            "On which day do leads ask, and when do they wait?",
        ),
        heat(&cells),
    ];
    let mut notes = vec![METHOD.to_owned()];
    notes.push(format!(
        "Hours and days are those at which the lead asked, on the clocks of {}.",
        facts.model.zone.name()
    ));
    if facts.has_outcome() {
        tables.push(won_by_speed(facts, as_of));
    } else {
        notes.extend(facts.without_wins());
    }
    facts.document("response", title, tables, notes)
}

/// An hour or a day, and how what was asked then was answered.
type Step = (String, Answering);

/// An hour, and how what was asked then was answered on each day of the week.
type HourOfWeek = (String, Vec<Answering>);

/// The weekday, Monday being 0, and the hour that local clocks show.
fn local(instant: Instant, zone: &Zone) -> (usize, usize) {
    let seconds =
        instant.micros().div_euclid(MICROS_PER_SECOND) + i64::from(zone.offset_seconds(instant));
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let weekday = (days + FIRST_WEEKDAY).rem_euclid(7);
    let small = |number: i64| usize::try_from(number).unwrap_or_default();
    (small(weekday), small(second / 3600))
}

fn hour_name(hour: usize) -> String {
    format!("{hour:02}")
}

/// All questions, and the first of each lead.
fn overall(facts: &Facts<'_>, as_of: Instant) -> Table {
    let leads = || facts.leads.iter();
    let rows: [Step; 2] = [
        (
            "all".to_owned(),
            Answering::of(leads().flat_map(|lead| lead.waits), as_of),
        ),
        (
            "first of a lead".to_owned(),
            Answering::of(leads().filter_map(|lead| lead.waits.first()), as_of),
        ),
    ];
    let mut table = ByColumn::new("response", "Response", "How soon do we answer?", &rows);
    table.add(
        Column::new("questions", "Questions", Unit::Text),
        |(name, _)| name.as_str().into(),
    );
    answering::add_columns(&mut table, |(_, answering)| answering);
    table.table(None)
}

fn steps(
    rows: &[Step],
    (name, title): (&'static str, &'static str),
    (column, heading): (&'static str, &'static str),
    question: &'static str,
) -> Table {
    let mut table = ByColumn::new(name, title, question, rows);
    table.add(Column::new(column, heading, Unit::Text), |(name, _)| {
        name.as_str().into()
    });
    table.add(Column::new("asked", "Asked", Unit::Count), |(_, all)| {
        all.asked().into()
    });
    table.add(
        Column::new("median", "Median", Unit::Minutes),
        |(_, all)| all.minutes(50),
    );
    table.add(
        Column::new("within_1h", "≤ 1 h", Unit::Share),
        |(_, all)| all.within(60),
    );
    table.add(Column::new("never", "Never", Unit::Count), |(_, all)| {
        all.never().into()
    });
    table.table(Some(Chart::Histogram {
        label: column,
        value: "asked",
    }))
}

/// The share answered within an hour, by hour and weekday.
fn heat(rows: &[HourOfWeek]) -> Table {
    let mut table = ByColumn::new(
        "by_weekday_and_hour",
        "Answered within an hour",
        "When in the week is nobody there to answer?",
        rows,
    );
    table.add(Column::new("hour", "Hour", Unit::Text), |(name, _)| {
        name.as_str().into()
    });
    for (place, (name, heading)) in WEEKDAYS.into_iter().enumerate() {
        table.add(Column::new(name, heading, Unit::Share), |(_, days)| {
            days[place].within(60)
        });
    }
    for (place, (name, heading)) in WEEKDAYS.into_iter().enumerate() {
        let column = Column::new(format!("{name}_asked"), heading, Unit::Count);
        table.add(column.part(Part::Hidden), |(_, days)| {
            days[place].asked().into()
        });
    }
    table.table(Some(Chart::Heat))
}

/// How many leads were won by how soon their first question was answered; those that still wait are left out.
fn won_by_speed(facts: &Facts<'_>, as_of: Instant) -> Table {
    let mut rows: Vec<(&str, u64, u64)> = SPEEDS.iter().map(|(_, name)| (*name, 0, 0)).collect();
    rows.push((NEVER, 0, 0));
    for lead in &facts.leads {
        let Some(first) = lead.waits.first() else {
            continue;
        };
        let place = match outcome(first, as_of) {
            Outcome::Waiting => continue,
            Outcome::Never => SPEEDS.len(),
            Outcome::Answered(micros) => {
                let is_over =
                    |(minutes, _): &(i64, &str)| micros > minutes.saturating_mul(60_000_000);
                SPEEDS.partition_point(is_over)
            }
        };
        rows[place].1 += 1;
        rows[place].2 += u64::from(lead.is_won);
    }
    let (all, won) = rows
        .iter()
        .fold((0, 0), |(all, won), row| (all + row.1, won + row.2));
    let mut table = ByColumn::new(
        "won_by_speed",
        "Won by how soon the first question was answered",
        "Do leads that are answered sooner become customers more often?",
        &rows,
    );
    table.add(
        Column::new("answered", "First answer", Unit::Text),
        |(name, _, _)| (*name).into(),
    );
    table.add(
        Column::new("leads", "Leads", Unit::Count),
        |(_, leads, _)| (*leads).into(),
    );
    table.add(Column::new("won", "Won", Unit::Count), |(_, _, won)| {
        (*won).into()
    });
    table.add_interval(
        Column::with_interval("won_rate", "Won of leads", Unit::Share),
        |(_, leads, won)| share_with_interval(*won, *leads),
    );
    let reference: Option<Number> = match Cell::share(won, all) {
        Cell::Number(number) => Some(number),
        _ => None,
    };
    let chart = Chart::Intervals {
        label: "answered",
        value: "won_rate",
        low: "won_rate_low",
        high: "won_rate_high",
        reference,
    };
    let note = "That quick answers go with wins does not show that they bring them: \
                who answers the best leads first has the same figures.";
    Table {
        notes: vec![note.to_owned()],
        ..table.table(Some(chart))
    }
}

#[cfg(test)]
mod tests {
    use super::super::facts::LeadFacts;
    use super::super::fixture::{assert_sound, column, facts, lead, table, wait, won};
    use super::*;

    fn asking(waits: Vec<Wait>) -> LeadFacts<'static> {
        LeadFacts {
            waits: Box::leak(waits.into_boxed_slice()),
            ..lead()
        }
    }

    fn report(leads: Vec<LeadFacts<'static>>) -> Document {
        let document = response(&facts(leads));
        assert_sound(&document);
        document
    }

    #[test]
    fn all_questions_and_the_first_ones_are_told_apart() {
        let document = report(vec![
            asking(vec![
                wait(9000, Some(10)),
                wait(8000, Some(100)),
                wait(50, None),
            ]),
            asking(vec![wait(7000, None)]),
            lead(),
        ]);
        let all = table(&document, "response");
        assert_eq!(column(all, "questions"), ["all", "first of a lead"]);
        assert_eq!(column(all, "asked"), ["4", "2"]);
        assert_eq!(column(all, "median"), ["100", "10"]);
        assert_eq!(column(all, "within_1h"), ["0.333333", "0.5"]);
        assert_eq!(column(all, "never"), ["1", "1"]);
        assert_eq!(column(all, "waiting"), ["1", "0"]);
    }

    #[test]
    fn hours_and_weekdays_are_local_ones() {
        // As-of is the last moment of Sunday, 1 November 2026; an hour before it is 22 o'clock, a day Saturday.
        let document = report(vec![asking(vec![
            wait(24 * 60 + 30, Some(90)),
            wait(61, Some(5)),
        ])]);
        let by_hour = column(table(&document, "by_hour"), "asked");
        let hours: Vec<usize> = (0..24).filter(|hour| by_hour[*hour] != "0").collect();
        assert_eq!(hours, [22, 23]);
        let by_day = column(table(&document, "by_weekday"), "asked");
        assert_eq!(by_day, ["0", "0", "0", "0", "0", "1", "1"]);
        let heat = table(&document, "by_weekday_and_hour");
        assert_eq!(column(heat, "hour").len(), 24);
        assert_eq!(column(heat, "saturday")[23], "0");
        assert_eq!(column(heat, "sunday")[22], "1");
        assert_eq!(column(heat, "sunday")[23], "");
    }

    #[test]
    fn the_clocks_of_the_zone_tell_the_hour_in_summer_and_winter() {
        let zone = Zone::named("Europe/Amsterdam").expect("a zone");
        let at = |seconds: i64| local(Instant::from_micros(seconds * MICROS_PER_SECOND), &zone);
        assert_eq!(at(0), (3, 1));
        // 2026-07-31T23:30:00Z is Saturday, half past one, in Amsterdam.
        assert_eq!(at(1_785_540_600), (5, 1));
    }

    #[test]
    fn wins_are_told_by_how_soon_the_first_question_was_answered() {
        let document = report(vec![
            won(asking(vec![wait(9000, Some(5))])),
            asking(vec![wait(9000, Some(6))]),
            won(asking(vec![wait(9000, Some(241)), wait(100, None)])),
            asking(vec![wait(9000, Some(2000))]),
            asking(vec![wait(9000, None)]),
            asking(vec![wait(100, None)]),
            won(lead()),
        ]);
        let speeds = table(&document, "won_by_speed");
        assert_eq!(
            column(speeds, "answered").last().map(String::as_str),
            Some("never")
        );
        assert_eq!(column(speeds, "leads"), ["1", "1", "0", "0", "1", "1", "1"]);
        assert_eq!(column(speeds, "won"), ["1", "0", "0", "0", "1", "0", "0"]);
        assert_eq!(
            column(speeds, "won_rate"),
            ["1", "0", "", "", "1", "0", "0"]
        );
    }

    #[test]
    fn without_an_outcome_nothing_is_said_of_wins() {
        let document = report(vec![asking(vec![wait(9000, Some(5))])]);
        assert!(
            document
                .tables
                .iter()
                .all(|table| table.name != "won_by_speed")
        );
        assert!(
            document
                .notes
                .iter()
                .any(|note| note.contains("[outcome] won"))
        );
    }

    #[test]
    fn without_answers_it_is_said_how_to_get_them() {
        let mut facts = facts(vec![lead()]);
        facts.has_answers = false;
        let document = response(&facts);
        assert_sound(&document);
        assert_eq!(document.tables.len(), 1);
        assert!(document.notes[0].contains("[answers] from = \"inquiry\", to = \"outreach\""));
    }
}
