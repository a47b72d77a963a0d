//! Channels of a handful of leads, and the figures worked out by hand.

use super::super::facts::LeadFacts;
use super::super::fixture::{assert_sound, channel, column, facts, lead, number, of, table, won};
use super::super::table::{Chart, Document, Part};
use super::channels;
use crate::model::Model;
use crate::run::spend::Spend;

fn spend(of: &[(&str, &str)]) -> Spend {
    let mut spend = Spend::default();
    for (channel, amount) in of {
        assert!(spend.add(channel, number(amount)));
    }
    spend
}

fn report(leads: Vec<LeadFacts<'static>>, spend: Option<&Spend>) -> Document {
    let document = channels(&facts(leads), spend);
    assert_sound(&document);
    document
}

fn said(document: &Document, part: &str) -> bool {
    document.notes.iter().any(|note| note.contains(part))
}

/// Two stages and wins: three leads of a portal and two of the website, one without a source.
fn mixed() -> Vec<LeadFacts<'static>> {
    let at = |lead: LeadFacts<'static>, temperature, stage| LeadFacts {
        temperature,
        stage,
        ..lead
    };
    let paid = |lead: LeadFacts<'static>, days, value| LeadFacts {
        days: Some(number(days)),
        value: Some(number(value)),
        ..won(lead)
    };
    vec![
        at(of("Portal"), 0, Some(1)),
        at(of(" Portal "), 1, Some(0)),
        paid(at(of("Portal"), 2, None), "30", "1000.50"),
        paid(of("Website"), "10", "500"),
        paid(of("Website"), "-2", "0.25"),
        lead(),
    ]
}

#[test]
fn leads_are_counted_by_channel_with_all_as_the_last_row() {
    let document = report(mixed(), None);
    let main = &document.tables[0];
    let names = ["Portal", "Website", "(none)", "(all)"];
    assert_eq!(column(main, "channel"), names);
    for (name, wanted) in [
        ("leads", ["3", "2", "1", "6"]),
        ("share", ["0.5", "0.333333", "0.166667", "1"]),
        ("hot", ["1", "0", "0", "1"]),
        ("warm", ["1", "0", "0", "1"]),
        ("cold", ["1", "2", "1", "4"]),
        ("mql", ["3", "2", "0", "5"]),
        ("sql", ["2", "2", "0", "4"]),
        ("won", ["1", "2", "0", "3"]),
        ("mql_rate", ["1", "1", "0", "0.833333"]),
        ("sql_rate", ["0.666667", "1", "", "0.8"]),
        ("close_rate", ["0.5", "1", "", "0.75"]),
        ("won_rate", ["0.333333", "1", "0", "0.5"]),
        ("won_rate_low", ["0.061492", "0.34238", "0", "0.187616"]),
        ("days_to_won", ["30", "10", "", "10"]),
        ("value", ["1000.5", "500.25", "", "1500.75"]),
    ] {
        assert_eq!(column(main, name), wanted, "{name}");
    }
    assert!(main.column("spend").is_none());
    assert!(said(&document, "1 lead won before it began"));
    assert!(matches!(main.chart, Some(Chart::Intervals { .. })));
}

#[test]
fn people_get_the_steps_with_their_intervals_in_a_table_of_their_own() {
    let document = report(mixed(), None);
    let conversion = table(&document, "conversion");
    let own = conversion
        .columns
        .iter()
        .filter(|column| column.part == Part::Own);
    let headings: Vec<&str> = own.map(|column| column.heading.as_str()).collect();
    let wanted = [
        "source",
        "MQL of leads",
        "SQL of MQL",
        "won of SQL",
        "won of leads",
    ];
    assert_eq!(headings, wanted);
    let main = &document.tables[0];
    assert_eq!(
        column(conversion, "won_rate_high"),
        column(main, "won_rate_high")
    );
}

#[test]
fn costs_are_exact_and_spend_without_leads_has_a_row() {
    let spend = spend(&[("portal", "100"), ("Fair", "50"), ("(none)", "3")]);
    let document = report(mixed(), Some(&spend));
    let main = &document.tables[0];
    let names = ["Portal", "Website", "(none)", "Fair", "(all)"];
    assert_eq!(column(main, "channel"), names);
    for (name, wanted) in [
        ("leads", ["3", "2", "1", "0", "6"]),
        ("spend", ["100", "", "3", "50", "153"]),
        ("cost_per_lead", ["33.33", "", "3", "", "25.5"]),
        ("cost_per_mql", ["33.33", "", "", "", "30.6"]),
        ("cost_per_sql", ["50", "", "", "", "38.25"]),
        ("cost_per_hot", ["100", "", "", "", "153"]),
        ("cost_per_won", ["100", "", "", "", "51"]),
        ("return", ["10.01", "", "", "", "9.81"]),
        ("won_rate", ["0.333333", "1", "0", "", "0.5"]),
    ] {
        assert_eq!(column(main, name), wanted, "{name}");
    }
    assert_eq!(column(main, "won_rate_shrunk")[3], "");
    assert!(matches!(main.chart, Some(Chart::Scatter { .. })));
    assert_eq!(
        column(table(&document, "costs"), "cost_per_won"),
        column(main, "cost_per_won")
    );
    assert!(said(&document, "Spent on without any lead: Fair."));
    assert!(said(&document, "also those of channels without spend"));
}

#[test]
fn spend_goes_to_the_larger_of_two_channels_that_differ_in_capitals() {
    let leads = [channel("web", 2, 1), channel("Web", 3, 1)].concat();
    let document = report(leads, Some(&spend(&[("WEB", "6")])));
    assert_eq!(
        column(&document.tables[0], "channel"),
        ["Web", "web", "(all)"]
    );
    assert_eq!(column(&document.tables[0], "spend"), ["6", "", "6"]);
}

#[test]
fn names_that_no_lead_has_are_wondered_at() {
    let document = report(channel("Portal", 3, 1), Some(&spend(&[("Idealista", "6")])));
    assert!(said(&document, "No channel of the spend has a lead"));
    let document = report(channel("Portal", 3, 1), Some(&Spend::default()));
    assert!(said(&document, "The file of spend has no rows"));
}

#[test]
fn without_an_outcome_columns_of_wins_are_left_out_and_it_is_said_how_to_get_them() {
    let document = report(channel("Portal", 3, 0), None);
    let main = &document.tables[0];
    for name in [
        "won",
        "won_rate",
        "close_rate",
        "won_rate_shrunk",
        "value",
        "days_to_won",
    ] {
        assert!(main.column(name).is_none(), "{name}");
    }
    assert!(main.column("sql_rate").is_some());
    assert_eq!(main.chart, None);
    assert!(said(&document, "[outcome] won ="));
}

#[test]
fn a_small_channel_does_not_top_the_list_by_luck() {
    let leads = [
        channel("Website", 500, 75),
        channel("Portal", 500, 40),
        channel("Fair", 500, 20),
        channel("Friend", 2, 1),
    ]
    .concat();
    let document = report(leads, None);
    let rates = column(&document.tables[0], "won_rate_shrunk");
    let rates: Vec<f64> = rates
        .iter()
        .map(|rate| rate.parse().expect("a figure"))
        .collect();
    assert!(rates[3] < rates[2], "{rates:?}");
    assert!(said(&document, "Kleinman"));
}

#[test]
fn channels_that_differ_by_chance_are_as_good_as_the_whole() {
    let leads = [
        channel("A", 100, 10),
        channel("B", 100, 11),
        channel("C", 100, 9),
    ]
    .concat();
    let document = report(leads, Some(&spend(&[("A", "1000"), ("B", "10")])));
    assert_eq!(column(&document.tables[0], "won_rate_shrunk"), ["0.1"; 4]);
    assert!(said(&document, "differ no more than chance explains"));
    assert!(document.tables.iter().all(|table| table.name != "budget"));
}

fn three_channels() -> Vec<LeadFacts<'static>> {
    [
        channel("Website", 400, 80),
        channel("Portal", 400, 20),
        channel("Friends", 300, 45),
    ]
    .concat()
}

#[test]
fn a_shift_of_budget_is_suggested_where_the_data_carry_it() {
    let spend = spend(&[("Website", "4000"), ("Portal", "4000")]);
    let document = report(three_channels(), Some(&spend));
    let budget = table(&document, "budget");
    assert_eq!(column(budget, "from"), ["Portal"]);
    assert_eq!(column(budget, "to"), ["Website"]);
    assert_eq!(column(budget, "amount"), ["400"]);
    // 40 leads for the money, of which about a fifth is won in place of a twentieth.
    let wins: f64 = column(budget, "wins")[0].parse().expect("a figure");
    assert!((5.0..6.5).contains(&wins), "{wins}");
    let end = |name| column(budget, name)[0].parse::<f64>().expect("a figure");
    assert!(end("wins_low") > 3.0 && end("wins_high") < 9.0);
    assert!(end("probability") > 0.99);
    let first = &document.notes[0];
    assert!(
        first.starts_with("Suggestion: move 400, 10% of what Portal costs, to Website."),
        "{first}"
    );
    assert!(first.contains("takes for granted"), "{first}");
}

#[test]
fn no_more_is_moved_than_a_fifth_of_what_the_receiver_costs() {
    let spend = spend(&[("Website", "1000"), ("Portal", "4000")]);
    let document = report(three_channels(), Some(&spend));
    assert_eq!(column(table(&document, "budget"), "amount"), ["200"]);
    assert!(document.notes[0].contains("5% of what Portal costs"));
}

#[test]
fn a_shift_that_wins_more_of_less_worth_is_not_suggested() {
    let worth = |leads: Vec<LeadFacts<'static>>, value| {
        let leads = leads.into_iter();
        let leads = leads.map(move |lead| LeadFacts {
            value: Some(number(value)),
            ..lead
        });
        leads.collect::<Vec<LeadFacts>>()
    };
    let spend = spend(&[("Website", "4000"), ("Portal", "4000")]);
    let with = |of_website, of_portal| {
        let leads = [
            worth(channel("Website", 400, 80), of_website),
            worth(channel("Portal", 400, 20), of_portal),
            channel("Friends", 300, 45),
        ];
        report(leads.concat(), Some(&spend))
    };
    let document = with("100", "100");
    let value: f64 = column(table(&document, "budget"), "value")[0]
        .parse()
        .expect("a figure");
    assert!(value > 500.0, "{value}");
    assert!(document.notes[0].contains("worth"));
    let document = with("100", "900");
    assert!(document.tables.iter().all(|table| table.name != "budget"));
}

#[test]
fn where_no_shift_is_suggested_it_is_said_why() {
    let why = |leads: Vec<LeadFacts<'static>>, of: &[(&str, &str)]| {
        let document = report(leads, Some(&spend(of)));
        let note = document.notes[0].clone();
        let why = note.strip_prefix(
            "No other division of the budget is suggested, as the data cannot carry one: ",
        );
        why.map(str::to_owned).unwrap_or(note)
    };
    assert_eq!(
        why(three_channels(), &[("Portal", "10")]),
        "fewer than two channels have both spend and leads."
    );
    assert_eq!(
        why(
            [
                channel("A", 20, 10),
                channel("B", 20, 1),
                channel("C", 20, 0)
            ]
            .concat(),
            &[("A", "10"), ("B", "10")]
        ),
        "too few leads and wins of the channels with spend."
    );
    assert_eq!(
        why(
            three_channels(),
            &[("Website", "16000"), ("Portal", "4000")]
        ),
        "no channel surely wins more for its money than another."
    );
}

#[test]
fn without_spend_nothing_is_said_of_a_budget() {
    let document = report(three_channels(), None);
    assert!(!said(&document, "budget"));
}

#[test]
fn stages_called_like_figures_get_names_of_their_own() {
    let text = "[[rules]]\nname = \"P\"\nwhen = \"budget >= 1\"\npoints = 1\n\
        [stages]\nWon = \"score >= 1\"\nhot = \"score >= 2\"\n\"Café visit\" = \"score >= 3\"\n";
    let model = Model::parse("model.toml", text).expect("a model");
    let mut facts = facts(vec![won(of("A"))]);
    facts.model = &model;
    let document = channels(&facts, None);
    assert_sound(&document);
    for name in ["hot", "stage_won", "stage_hot", "cafe_visit", "won"] {
        assert!(document.tables[0].column(name).is_some(), "{name}");
    }
}

#[test]
fn of_very_many_values_it_is_said_how_much_the_first_hold() {
    let names: Vec<&'static str> = (0..60)
        .map(|number| &*Box::leak(format!("c{number:02}").into_boxed_str()))
        .collect();
    let document = report(names.into_iter().map(of).collect(), None);
    assert_eq!(document.tables[0].rows.len(), 61);
    assert!(said(
        &document,
        "There are 60 values; the first 50 have 50 of the 60 leads."
    ));
}

#[test]
fn nobody_at_all_is_a_report_as_well() {
    let document = report(Vec::new(), Some(&spend(&[("A", "1")])));
    assert_eq!(column(&document.tables[0], "channel"), ["A", "(all)"]);
}

#[test]
fn the_order_of_leads_changes_nothing() {
    let spend = spend(&[("Website", "4000"), ("Portal", "4000")]);
    let mut leads = three_channels();
    let one = report(leads.clone(), Some(&spend));
    leads.reverse();
    assert_eq!(one, report(leads, Some(&spend)));
}
