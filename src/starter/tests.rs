//! Exports in, models out: whatever an export holds, the model fitted to it is one, and binds to it.

use std::io::Cursor;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::plan::{AsOf, Plan};
use crate::run::case::{Verdict, try_all};
use crate::run::{Inputs, run};
use crate::value::Zone;

fn opened(name: &str, text: &str) -> Opened {
    Opened::stream(name.to_owned(), Cursor::new(text.as_bytes().to_vec()))
}

fn fitted(
    contacts: &str,
    events: Option<&str>,
    date_order: Option<DateOrder>,
) -> Result<Starter, Report> {
    fit(Exports {
        contacts: vec![opened("contacts.csv", contacts)],
        events: events
            .map(|text| opened("events.csv", text))
            .into_iter()
            .collect(),
        options: Options::default(),
        date_order,
        progress: &|_| {},
    })
}

/// The model fitted to exports that it must be possible to fit one to; its own tests have passed.
fn model(contacts: &str, events: Option<&str>) -> (String, Model) {
    let starter = fitted(contacts, events, None).unwrap_or_else(|report| panic!("{report}"));
    let model = Model::parse("m.toml", &starter.text)
        .unwrap_or_else(|report| panic!("{report}\n{}", starter.text));
    let verdicts = try_all(&model).unwrap_or_else(|report| panic!("{report}\n{}", starter.text));
    assert!(verdicts.len() >= 2, "{}", starter.text);
    for verdict in verdicts {
        assert!(verdict.passed(), "{verdict:?}\n{}", starter.text);
    }
    (starter.text, model)
}

/// What a run of the fitted model on the same exports gives: the number of leads, or a refusal.
fn scored(contacts: &str, events: Option<&str>) -> Result<usize, Report> {
    let (_, model) = model(contacts, events);
    let zone = Arc::new(Zone::utc());
    let plan = Plan::new(
        Arc::new(model),
        AsOf::read("2026-11-01", &zone).expect("a day"),
    );
    let run = run(
        &plan,
        Inputs {
            contacts: vec![opened("contacts.csv", contacts)],
            events: events
                .map(|text| opened("events.csv", text))
                .into_iter()
                .collect(),
            ..Inputs::default()
        },
    )?;
    Ok(run.ranking.len())
}

/// Cells as CSV has them.
fn line<T: AsRef<str>>(cells: &[T]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| format!("\"{}\"", cell.as_ref().replace('"', "\"\"")))
        .collect();
    format!("{}\n", quoted.join(","))
}

#[test]
fn an_id_and_an_address_are_enough_for_a_model() {
    let (text, _) = model("id,email\n1,anna@example.com\n2,\n", None);
    assert!(text.contains("is_email(email)"), "{text}");
    assert!(text.contains("requires = [\"reachable\"]"), "{text}");
}

#[test]
fn an_export_of_which_nothing_is_known_has_a_model_to_edit() {
    let (text, _) = model("contact_id,zzz\n1,a\n2,b\n", None);
    assert!(text.contains("No column was recognised"), "{text}");
}

#[test]
fn dates_that_do_not_tell_their_order_are_read_by_no_rule() {
    let contacts = "id,Last Activity Date\n1,03/05/2026\n2,04/05/2026\n";
    let (text, _) = model(contacts, None);
    assert!(text.contains("# date_order = \"day-first\""), "{text}");
    assert!(!text.contains("days_since"), "{text}");
    let told = fitted(contacts, None, Some(DateOrder::MonthFirst))
        .expect("a model")
        .text;
    assert!(told.contains("\ndate_order = \"month-first\""), "{told}");
    assert!(told.contains("days_since(last_activity)"), "{told}");
}

#[test]
fn times_of_events_that_do_not_tell_their_order_are_refused_until_it_is_said() {
    let contacts = "id\n1\n2\n";
    let events = "contact_id,event,date\n1,Call,03/05/2026\n2,Call,04/05/2026\n";
    let report = fitted(contacts, Some(events), None).expect_err("refused");
    assert_eq!(
        (report.kind, report.diagnostics[0].code),
        (Kind::Data, "ambiguous-dates")
    );
    assert!(
        report.diagnostics[0]
            .hint
            .as_deref()
            .is_some_and(|hint| hint.contains("--date-order"))
    );
    let told = fitted(contacts, Some(events), Some(DateOrder::DayFirst))
        .expect("a model")
        .text;
    assert!(told.contains("date_order  = \"day-first\""), "{told}");
}

#[test]
fn amounts_whose_decimal_sign_is_not_told_are_not_read() {
    let (text, _) = model("id,Budget\n1,250.000\n2,300.000\n", None);
    assert!(text.contains("# decimal  = \",\""), "{text}");
    assert!(!text.contains("column = \"budget\""), "{text}");
    let (text, _) = model("id;Budget;Korting\n1;250.000;7,5%\n2;300.000;5%\n", None);
    assert!(text.contains("\ndecimal    = \",\""), "{text}");
    assert!(text.contains("{ from = 250000"), "{text}");
}

#[test]
fn exports_in_another_language_are_understood() {
    let contacts = "Klantnummer;Naam;Adviseur;Offertebedrag;Showroom bezocht;E-mailadres;Termijn\n\
        00417;Fenna Groot;Wil;€ 27.850,00;ja;fenna@mail.example;binnen 1 maand\n\
        00418;Sjoerd Blauw;Wil;12.499,99;nee;sjoerd@mail.example;3 maanden\n\
        00419;Lieve Bos;Mo;12.500,00;;lieve@mail.example;-\n";
    let events = "Klantnummer;Activiteit;Datum\n\
        00417;Offerte geopend;01-11-2026 09:30\n\
        00417;Mail verstuurd;20-10-2026 20:15\n\
        00418;Teruggebeld;22-10-2026 20:15\n";
    let (text, model) = model(contacts, Some(events));
    assert_eq!(
        model.contacts.cells.decimal,
        crate::value::DecimalSign::Comma
    );
    for part in [
        "id         = \"Klantnummer\"",
        "contact     = \"Klantnummer\"",
        "document_opened = \"Offerte geopend\"",
        "outreach        = \"Mail verstuurd\"",
        "\"binnen 1 maand\" = ",
        "when   = \"showroom_bezocht\"",
        "blank      = [\"-\"]",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(
        scored(contacts, Some(events)).map_err(|report| report.to_string()),
        Ok(3)
    );
}

#[test]
fn events_without_a_type_a_time_or_a_contact_are_refused_with_all_that_is_missing() {
    let report = fitted("id\n1\n", Some("x,y\na,b\n"), None).expect_err("refused");
    assert_eq!(report.kind, Kind::Data);
    assert_eq!(report.diagnostics.len(), 3, "{report}");
}

#[test]
fn contacts_of_whom_no_column_is_an_id_are_refused() {
    let report = fitted(
        "city,town\nDelft,a\nDelft,a\nGouda,a\nGouda,b\n",
        None,
        None,
    )
    .expect_err("refused");
    assert!(
        report.to_string().contains("could be the contact's id"),
        "{report}"
    );
}

#[test]
fn headers_that_would_be_part_of_the_model_are_quoted() {
    let hostile = [
        "id",
        "a\"]\n[[rules]]\nname = \"x",
        "=cmd|' /C calc'!A0",
        "# comment",
        "email\"\"",
        "Email",
        "E-mail",
        "score",
        "temperature",
        "and",
        "opens",
        "budget\\",
        "Budget",
        "\u{202e}budget",
    ];
    let mut contacts = line(&hostile);
    for row in 0..3 {
        let cells: Vec<String> = (0..hostile.len())
            .map(|column| match column {
                0 => format!("C{row}"),
                4..=6 => format!("a{row}@example.com"),
                11.. => (row * 1000 + 500).to_string(),
                _ => "'; \"\"\" [x]\\".to_owned(),
            })
            .collect();
        contacts.push_str(&line(&cells));
    }
    assert_eq!(
        scored(&contacts, None).map_err(|report| report.to_string()),
        Ok(3)
    );
}

#[test]
fn a_thousand_columns_are_no_trouble() {
    let headers: Vec<String> = (0..1_000)
        .map(|number| format!("Column {number}"))
        .collect();
    let mut contacts = format!("contact_id,{}", line(&headers));
    for row in 0..3 {
        let cells: Vec<String> = (0..1_000)
            .map(|number| (row * number % 7).to_string())
            .collect();
        contacts.push_str(&format!("{row},{}", line(&cells)));
    }
    assert_eq!(
        scored(&contacts, None).map_err(|report| report.to_string()),
        Ok(3)
    );
}

#[test]
fn a_column_that_one_of_several_files_lacks_is_optional() {
    let starter = fit(Exports {
        contacts: vec![
            opened("one.csv", "id,Budget\n1,100\n2,200\n"),
            opened("two.csv", "id,E-mail\n3,anna@example.com\n"),
        ],
        events: Vec::new(),
        options: Options::default(),
        date_order: None,
        progress: &|_| {},
    })
    .expect("a model");
    assert!(starter.text.contains("optional   = ["), "{}", starter.text);
}

#[test]
fn nothing_of_a_person_stands_in_the_model() {
    let contacts = "id,Full Name,Email,Phone,Location,Company\n\
        1,Anna Wit,anna.wit@mail.example,+31 20 555 01 01,Kerkstraat 7,Wit BV\n\
        2,Bram Rood,bram@mail.example,+31 20 555 01 02,Dorpsplein 3,\n";
    let (text, _) = model(contacts, None);
    for cell in [
        "Wit",
        "Rood",
        "bram",
        "555 01 02",
        "Kerkstraat",
        "Dorpsplein",
    ] {
        assert!(!text.contains(cell), "{cell}\n{text}");
    }
}

/// Headers of all kinds: usual ones, hostile ones and any text.
fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Email",
            "E-mail",
            "Phone",
            "Budget",
            "budget confirmed",
            "Lead Source",
            "Timeline",
            "Last Activity Date",
            "Number of Pageviews",
            "Unsubscribed",
            "type",
            "Rating",
            "opens",
            "score",
            "Annual Revenue",
            "Urgency",
            "is_deleted",
            "Job title",
            "Company",
            "event",
            "timestamp",
            "Created",
            "interest",
            "tags",
            "replies",
            "id",
        ])
        .prop_map(str::to_owned),
        "[a-z\"'=#\\[\\]{}.,;\\\\ \n\tà\u{202e}]{0,12}",
        any::<String>(),
    ]
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        prop::sample::select(vec![
            "yes",
            "no",
            "ja",
            "lead",
            "1 month",
            "high",
            "hot",
            "a@b.example",
            "+31 20 555 01 01",
            "2026-10-01",
            "03/05/2026",
            "25/12/2026",
            "1.234",
            "1,5",
            "12",
            "Referral",
            "N/A",
            "OPEN",
            "Done",
            "To do",
            "x, y",
        ])
        .prop_map(str::to_owned),
        "[a-z\"'=#\n\\\\ ]{0,10}",
        any::<String>(),
    ]
}

/// An export with a first column whose cells are all different.
fn export(first: &'static str) -> impl Strategy<Value = String> {
    (1_usize..9, 1_usize..6).prop_flat_map(move |(width, height)| {
        let headers = prop::collection::vec(header(), width);
        let rows = prop::collection::vec(prop::collection::vec(cell(), width), height);
        (headers, rows).prop_map(move |(headers, rows)| {
            let mut text = format!("{first},{}", line(&headers));
            for (number, row) in rows.iter().enumerate() {
                text.push_str(&format!("K{number},{}", line(row)));
            }
            text
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_model_is_fitted_to_any_contacts_and_binds_to_them(contacts in export("contact_id")) {
        match fitted(&contacts, None, None) {
            Ok(starter) => {
                let model = Model::parse("m.toml", &starter.text);
                prop_assert!(model.is_ok(), "{}", starter.text);
                for verdict in try_all(&model.expect("just so")).expect("tests that run") {
                    prop_assert!(verdict.passed(), "{:?}\n{}", verdict, starter.text);
                }
            }
            // The export itself may be beyond reading, the model never.
            Err(report) => prop_assert_eq!(report.kind, Kind::Data, "{}", report),
        }
    }

    #[test]
    fn a_model_is_fitted_to_any_events_and_binds_to_them(
        contacts in export("contact_id"),
        headers in prop::collection::vec(header(), 2),
        rows in prop::collection::vec((cell(), cell(), cell()), 1..6),
    ) {
        let mut events = format!("contact_id,timestamp,event,{}", line(&headers));
        for (number, (kind, one, other)) in rows.iter().enumerate() {
            let [id, time] = [format!("K{number}"), format!("2026-10-0{}T10:00:00Z", number + 1)];
            events.push_str(&line(&[&id, &time, kind, one, other]));
        }
        match fitted(&contacts, Some(&events), None) {
            Ok(starter) => {
                let model = Model::parse("m.toml", &starter.text).expect("a model");
                prop_assert!(try_all(&model).expect("tests that run").iter().all(Verdict::passed));
            }
            Err(report) => prop_assert_eq!(report.kind, Kind::Data, "{}", report),
        }
    }
}
