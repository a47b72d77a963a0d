//! The tables of channels: the main one has every figure for programs, and people get it in parts.

use super::super::by_column::{ByColumn, ColumnNames, ends, share_with_interval};
use super::super::statistics::{Interval, Prior, wilson};
use super::super::table::{Cell, Chart, Column, Part, Table, Unit};
use super::channel::Channel;
use crate::model::Model;
use crate::value::{Number, round_half_away};

/// The columns that are called the same whatever the model, and the words that would make such a name.
const FIXED: [&str; 21] = [
    "channel",
    "leads",
    "lead",
    "share",
    "won",
    "won_rate",
    "won_rate_low",
    "won_rate_high",
    "won_rate_shrunk",
    "won_rate_shrunk_low",
    "won_rate_shrunk_high",
    "close_rate",
    "close_rate_low",
    "close_rate_high",
    "days_to_won",
    "value",
    "spend",
    "cost_per_lead",
    "cost_per_won",
    "return",
    "return_rate",
];

/// What there is to show.
pub struct Shown<'c> {
    pub model: &'c Model,
    /// What the channels are values of.
    pub heading: &'c str,
    pub channels: &'c [Channel],
    /// All channels together.
    pub all: &'c Channel,
    /// What all tell of each; none where it is not known who was won.
    pub prior: Option<Prior>,
    pub has_spend: bool,
}

/// A row: a channel, and its win rate as it is to be compared.
struct Row<'c> {
    channel: &'c Channel,
    rate: Option<(f64, Interval)>,
}

/// How many leads of a channel took a step, and of how many.
type Counts = dyn Fn(&Channel) -> (u64, u64);

/// A step that leads take: the name and heading of its share, and how many took it of how many.
struct Step {
    column: String,
    heading: String,
    counts: Box<Counts>,
}

/// What is paid for: the name and heading of its cost, and how many there are.
struct Cost {
    column: String,
    heading: String,
    count: Box<dyn Fn(&Channel) -> u64>,
}

impl Step {
    fn new(
        column: impl Into<String>,
        heading: String,
        counts: impl Fn(&Channel) -> (u64, u64) + 'static,
    ) -> Self {
        Self {
            column: column.into(),
            heading,
            counts: Box::new(counts),
        }
    }
}

impl Cost {
    fn new(of: impl AsRef<str>, heading: &str, count: impl Fn(&Channel) -> u64 + 'static) -> Self {
        Self {
            column: format!("cost_per_{}", of.as_ref()),
            heading: format!("Per {heading}"),
            count: Box::new(count),
        }
    }
}

/// The tables, the main one first.
pub fn tables(shown: &Shown<'_>) -> Vec<Table> {
    let rows = rows(shown);
    let mut main = ByColumn::new(
        "channels",
        format!("Channels by {}", shown.heading),
        "Which channels bring leads that are won?",
        &rows,
    );
    let (steps, costs) = add_counts(&mut main, shown);
    for step in &steps {
        let columns = Column::with_interval(step.column.clone(), &step.heading, Unit::Share);
        main.add_interval(columns.map(hidden), |row| {
            let (came, of) = (step.counts)(row.channel);
            share_with_interval(came, of)
        });
    }
    if shown.prior.is_some() {
        add_outcome(&mut main, &rows);
    }
    if shown.has_spend {
        add_costs(&mut main, &costs);
    }
    let main = main.table(chart(shown));
    let conversion = conversion(&main, &steps);
    let costs = shown.has_spend.then(|| cost_table(&main, &costs));
    [Some(main), conversion, costs]
        .into_iter()
        .flatten()
        .collect()
}

/// The channels, and all of them as the last row.
fn rows<'c>(shown: &Shown<'c>) -> Vec<Row<'c>> {
    let rows = shown.channels.iter().map(|channel| {
        let prior = shown.prior.filter(|_| channel.leads > 0);
        let shrunk = prior.map(|prior| prior.shrink(channel.won, channel.leads));
        Row {
            channel,
            rate: shrunk.map(|shrunk| (shrunk.mean, shrunk.interval)),
        }
    });
    // All together is what the others are drawn towards.
    let all = Row {
        channel: shown.all,
        rate: shown
            .prior
            .map(|prior| prior.mean)
            .zip(wilson(shown.all.won, shown.all.leads)),
    };
    rows.chain([all]).collect()
}

/// How many leads there are, of each temperature and stage, and how many were won; the steps and costs that follow.
fn add_counts(main: &mut ByColumn<'_, Row<'_>>, shown: &Shown<'_>) -> (Vec<Step>, Vec<Cost>) {
    let count = |name: &str, heading: &str| Column::new(name.to_owned(), heading, Unit::Count);
    let mut names = ColumnNames::beside(&FIXED);
    let mut steps = Vec::new();
    let mut costs = vec![Cost::new("lead", "lead", |channel| channel.leads)];
    let mut of_hottest = None;
    main.add(Column::new("channel", shown.heading, Unit::Text), |row| {
        row.channel.name.as_str().into()
    });
    main.add(count("leads", "Leads"), |row| row.channel.leads.into());
    main.add(hidden(Column::new("share", "Share", Unit::Share)), |row| {
        Cell::share(row.channel.leads, shown.all.leads)
    });
    for (place, temperature) in shown.model.temperatures.iter().enumerate() {
        let name = names.give(&temperature.name, "temperature", &["*", "cost_per_*"]);
        let mut column = count(&name, &temperature.name);
        if place == 0 {
            let first = |channel: &Channel| channel.temperatures[0];
            of_hottest = Some(Cost::new(name, &temperature.name, first));
        } else {
            column = hidden(column);
        }
        main.add(column, |row| row.channel.temperatures[place].into());
    }
    let mut before = "leads".to_owned();
    for (place, stage) in shown.model.stages.iter().enumerate() {
        let forms = ["*", "*_rate", "*_rate_low", "*_rate_high", "cost_per_*"];
        let name = names.give(&stage.name, "stage", &forms);
        main.add(count(&name, &stage.name), |row| {
            row.channel.stages[place].into()
        });
        let heading = format!("{} of {before}", stage.name);
        steps.push(Step::new(format!("{name}_rate"), heading, move |channel| {
            let before = place.checked_sub(1).map(|before| channel.stages[before]);
            (channel.stages[place], before.unwrap_or(channel.leads))
        }));
        costs.push(Cost::new(name, &stage.name, move |channel| {
            channel.stages[place]
        }));
        before.clone_from(&stage.name);
    }
    costs.extend(of_hottest);
    if shown.prior.is_some() {
        main.add(count("won", "Won"), |row| row.channel.won.into());
        if !shown.model.stages.is_empty() {
            steps.push(Step::new(
                "close_rate",
                format!("won of {before}"),
                |channel| (channel.won, channel.stages.last().copied().unwrap_or(0)),
            ));
        }
        steps.push(Step::new(
            "won_rate",
            "won of leads".to_owned(),
            |channel| (channel.won, channel.leads),
        ));
        costs.push(Cost::new("won", "win", |channel| channel.won));
    }
    (steps, costs)
}

/// The win rate as it is to be compared, how long wins took and what they are worth.
fn add_outcome(main: &mut ByColumn<'_, Row<'_>>, rows: &[Row<'_>]) {
    let columns = Column::with_interval("won_rate_shrunk", "Win rate", Unit::Share);
    main.add_interval(columns, |row| {
        let mean = row
            .rate
            .map_or(Cell::Blank, |(mean, _)| Cell::rounded(mean, 6));
        let [low, high] = ends(row.rate.map(|(_, interval)| interval));
        [mean, low, high]
    });
    if rows.iter().any(|row| row.channel.days_to_won().is_some()) {
        main.add(Column::new("days_to_won", "Days", Unit::Days), |row| {
            row.channel.days_to_won().into()
        });
    }
    if rows.iter().any(|row| row.channel.value().is_some()) {
        main.add(Column::new("value", "Value", Unit::Money), |row| {
            row.channel.value().into()
        });
    }
}

/// What was spent, what that is for each lead and so on, and what came back for it.
fn add_costs(main: &mut ByColumn<'_, Row<'_>>, costs: &[Cost]) {
    main.add(hidden(Column::new("spend", "Spend", Unit::Money)), |row| {
        row.channel.spend.into()
    });
    for cost in costs {
        let column = Column::new(cost.column.clone(), &cost.heading, Unit::Money);
        main.add(hidden(column), |row| {
            let count = i64::try_from((cost.count)(row.channel)).unwrap_or(i64::MAX);
            let each = row
                .channel
                .spend
                .and_then(|spend| spend.over(Number::integer(count)));
            rounded(each, 2)
        });
    }
    if main.has("value") {
        main.add(
            hidden(Column::new("return", "Return", Unit::Plain)),
            |row| {
                let (value, spend) = (row.channel.value(), row.channel.spend);
                rounded(
                    value
                        .zip(spend)
                        .and_then(|(value, spend)| value.over(spend)),
                    2,
                )
            },
        );
    }
}

/// The shares of leads that took each step, for people.
fn conversion(main: &Table, steps: &[Step]) -> Option<Table> {
    let ends = steps.iter().flat_map(|step| {
        let name = &step.column;
        [
            (name.clone(), Part::Own),
            (format!("{name}_low"), Part::Low),
            (format!("{name}_high"), Part::High),
        ]
    });
    let columns = [("channel".to_owned(), Part::Own)].into_iter().chain(ends);
    (!steps.is_empty()).then(|| Table {
        name: "conversion".into(),
        title: "Conversion at each step".to_owned(),
        question: "At which step do leads of a channel get lost?".to_owned(),
        ..main.part_of(columns)
    })
}

/// What everything costs, for people.
fn cost_table(main: &Table, costs: &[Cost]) -> Table {
    let names = costs.iter().map(|cost| cost.column.as_str());
    let names = ["channel", "spend"]
        .into_iter()
        .chain(names)
        .chain(["return"]);
    Table {
        name: "costs".into(),
        title: "What channels cost".to_owned(),
        question: "What does a lead cost, and what a win?".to_owned(),
        ..main.part_of(names.map(|name| (name.to_owned(), Part::Own)))
    }
}

fn chart(shown: &Shown<'_>) -> Option<Chart> {
    let prior = shown.prior?;
    let (low, high) = ("won_rate_shrunk_low", "won_rate_shrunk_high");
    if shown.has_spend {
        return Some(Chart::Scatter {
            label: "channel",
            x: "cost_per_lead",
            y: "won_rate_shrunk",
            y_interval: Some((low, high)),
        });
    }
    let reference = match Cell::rounded(prior.mean, 4) {
        Cell::Number(number) => Some(number),
        _ => None,
    };
    Some(Chart::Intervals {
        label: "channel",
        value: "won_rate_shrunk",
        low,
        high,
        reference,
    })
}

fn hidden(column: Column) -> Column {
    column.part(Part::Hidden)
}

/// A number rounded half away from zero to a few decimals.
fn rounded(number: Option<Number>, decimals: u32) -> Cell {
    let step = 10_i128.pow(6 - decimals);
    let rounded = number.map(|number| round_half_away(number.millionths(), step) * step);
    rounded.map(Number::from_millionths).into()
}
