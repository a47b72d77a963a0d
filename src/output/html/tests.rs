//! The page as a whole: what is in it, what is not, and how large it is.

use proptest::prelude::*;
use serde_json::Value;

use super::sample::{documents, temperatures};
use super::*;
use crate::output::columns::{Cell, Sentences};
use crate::output::{Format, sample as leads_sample};
use crate::rank::{Entry, HeldBack, Origin};
use crate::value::{Points, Zone, is_unseen};

fn written(leads: &[Lead<'_>]) -> String {
    leads_sample::written(Format::Html, leads)
}

fn page_of_documents() -> String {
    let mut out = Vec::new();
    let mut documents = documents();
    documents[0].temperatures = temperatures();
    documents_page(&documents, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn data(page: &str) -> Value {
    let start = "<script type=\"application/json\" id=\"data\">";
    let (_, rest) = page.split_once(start).expect("data");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(json).expect("JSON")
}

/// The texts of a field, one for each lead.
fn texts(data: &Value, name: &str) -> Vec<String> {
    let fields = data["fields"].as_array().unwrap();
    values(fields.iter().find(|field| field["name"] == name).unwrap())
}

fn values(field: &Value) -> Vec<String> {
    // Of the same text for all, one is enough to compare.
    let same = vec![Value::from(0)];
    let values = field["values"].as_array().unwrap_or(&same).iter();
    values
        .map(|value| match field.get("texts") {
            Some(texts) => {
                let place = usize::try_from(value.as_u64().unwrap()).unwrap();
                texts[place].as_str().unwrap().to_owned()
            }
            None => value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned),
        })
        .collect()
}

/// The ledger of each lead: label, points, and whether it is a reason.
fn ledgers(data: &Value) -> Vec<Vec<(String, Points, bool)>> {
    let labels = data["labels"].as_array().unwrap();
    let entry = regex::Regex::new("([a-z])([-0-9.]+)(!?)").unwrap();
    let ledgers = data["ledger"].as_str().unwrap().split(';');
    ledgers
        .map(|ledger| {
            let entries = entry.captures_iter(ledger);
            entries
                .map(|found| {
                    // The samples have fewer labels than there are small letters.
                    let label = &labels[usize::from(found[1].as_bytes()[0] - b'a')];
                    let points = Points::parse(&found[2]).unwrap();
                    (
                        label[1].as_str().unwrap().to_owned(),
                        points,
                        !found[3].is_empty(),
                    )
                })
                .collect()
        })
        .collect()
}

/// The page without what is the same in every page.
fn without_style_and_script(page: &str) -> String {
    let policy = page.split("content=\"default-src").nth(1).unwrap();
    let policy = policy.split('"').next().unwrap();
    page.replace(STYLE, "…")
        .replace(SCRIPT, "…")
        .replace(policy, " …")
}

#[test]
fn the_page_of_nasty_names_is_written_as_agreed() {
    let page = without_style_and_script(&written(&leads_sample::leads()));
    leads_sample::assert_agreed("ranked.html", &leads_sample::visible(&page));
}

#[test]
fn the_page_of_every_chart_is_written_as_agreed() {
    let page = page_of_documents();
    leads_sample::assert_agreed("charts.html", &page);
}

/// What would load, send or run something.
#[track_caller]
fn assert_closed(page: &str) {
    let markup = page.replace(SCRIPT, "").replace(STYLE, "");
    for piece in markup.split(" href=\"").skip(1) {
        assert!(piece.starts_with('#'), "{}", &piece[..piece.len().min(60)]);
    }
    for attribute in [
        " src=\"",
        " srcset=\"",
        " action=\"",
        " style=\"",
        " onclick=\"",
        " xlink:href=\"",
    ] {
        assert!(!markup.contains(attribute), "{attribute}");
    }
    let own = format!("{STYLE}{SCRIPT}");
    for word in [
        "http:",
        "https:",
        "url(",
        "@import",
        "innerHTML",
        "insertAdjacentHTML",
        "eval(",
    ] {
        assert!(!own.contains(word), "{word}");
    }
    assert_eq!(
        markup.matches("<script").count(),
        markup.matches("</script>").count()
    );
    assert!(markup.matches("<script").count() <= 2);
    assert_eq!(page.matches("<style").count(), 1);
    assert!(page.contains("default-src 'none'"));
    for element in [
        "<link",
        "<img",
        "<iframe",
        "<object",
        "<base",
        "<form action",
    ] {
        assert!(!markup.contains(element), "{element}");
    }
}

#[test]
fn a_page_loads_nothing_and_leads_nowhere() {
    assert_closed(&written(&leads_sample::leads()));
    assert_closed(&page_of_documents());
    assert_closed(&written(&[]));
}

#[test]
fn the_policy_names_the_hash_of_what_stands_in_the_page() {
    let page = written(&leads_sample::leads());
    let style = page.split("<style>").nth(1).unwrap();
    let style = style.split("</style>").next().unwrap();
    let script = page.rsplit("<script>").next().unwrap();
    let script = script.split("</script>").next().unwrap();
    let policy = seal::policy(style, script).replace('\'', "&#39;");
    let found = page.replace('\'', "&#39;");
    assert!(found.contains(&policy), "{policy}");
}

#[test]
fn the_figures_of_the_data_are_those_of_the_leads() {
    let leads = leads_sample::leads();
    let data = data(&written(&leads));
    assert_eq!(data["leads"], leads.len());
    assert_eq!(texts(&data, "rank")[..2], ["1", "2"]);
    let ledgers = ledgers(&data);
    assert_eq!(ledgers.len(), leads.len());
    for (lead, ledger) in leads.iter().zip(ledgers) {
        let wanted = lead.ledger.iter();
        let wanted: Vec<(String, Points)> = wanted
            .map(|entry| (entry.label.to_string(), entry.points))
            .collect();
        let found = ledger.iter();
        let found: Vec<(String, Points)> = found
            .map(|(label, points, _)| (label.clone(), *points))
            .collect();
        assert_eq!(found, wanted);
        let sum: Points = found.iter().map(|(_, points)| *points).sum();
        assert_eq!(sum, lead.score);
    }
}

#[test]
fn what_holds_a_lead_and_what_raised_it_is_the_reasons_of_every_format() {
    let leads = leads_sample::leads();
    let data = data(&written(&leads));
    let circumstances = values(&data["circumstances"]);
    for ((lead, mut ledger), circumstances) in leads.iter().zip(ledgers(&data)).zip(circumstances) {
        ledger.retain(|(_, _, is_reason)| *is_reason);
        ledger.sort_by_key(|(_, points, _)| std::cmp::Reverse(*points));
        let rules = ledger
            .iter()
            .map(|(label, points, _)| format!("{label} {}", points.signed()));
        let said: Vec<String> = std::iter::once(circumstances)
            .filter(|text| !text.is_empty())
            .chain(rules)
            .collect();
        let reasons = Cell::Sentences(Sentences::Reasons(lead));
        let reasons = reasons.text().into_owned();
        assert_eq!(said.join("; "), reasons);
    }
}

#[test]
fn a_checklist_knows_the_labels_that_some_lead_lacks() {
    let data = data(&written(&leads_sample::leads()));
    let fields = data["fields"].as_array().unwrap();
    let checklist = fields.iter().find(|field| field["name"] == "checklist");
    let items = &checklist.unwrap()["items"];
    assert_eq!(items[0], "budget");
    assert_eq!(items[1], "Wants to move soon");
    assert_eq!(texts(&data, "checklist")[0], "10");
}

#[test]
fn the_first_hundred_leads_stand_in_the_page_without_its_script() {
    let one = |rank| Lead {
        rank: Some(rank),
        name: Some(format!("Lead number {rank}.").into()),
        ..leads_sample::bare_lead()
    };
    let leads: Vec<Lead<'_>> = (1..=250).map(one).collect();
    let page = written(&leads);
    let (static_page, _) = page.split_once("<script type").unwrap();
    assert!(static_page.contains("Lead number 100."));
    assert!(!static_page.contains("Lead number 101."));
    assert!(static_page.contains("<noscript>"));
    assert_eq!(data(&page)["leads"], 250);
}

#[test]
fn a_list_of_nobody_is_a_page() {
    let page = written(&[]);
    assert_eq!(data(&page)["leads"], 0);
    assert!(page.ends_with("</html>\n"));
}

#[test]
fn columns_that_were_not_picked_are_nowhere_in_the_page() {
    let zone = Zone::utc();
    let columns = leads_sample::columns(&zone)
        .pick(["rank", "score"])
        .unwrap();
    let mut out = Vec::new();
    let mut exporter = Html::new(&columns, Vec::new());
    for lead in leads_sample::leads() {
        exporter.lead(&lead, &mut out).unwrap();
    }
    exporter.finish(&mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(!page.contains("Anna de Vries") && !page.contains("0017"));
    assert!(page.contains("Requested a viewing"));
}

#[test]
fn sections_that_are_handed_in_stand_before_the_list() {
    let zone = Zone::utc();
    let columns = leads_sample::columns(&zone);
    let mut out = Vec::new();
    let mut exporter = Html::new(&columns, documents());
    exporter.begin(&mut out).unwrap();
    for lead in leads_sample::leads() {
        exporter.lead(&lead, &mut out).unwrap();
    }
    let summary = exporter.finish(&mut out).unwrap();
    assert_eq!(summary.leads, 9);
    let page = String::from_utf8(out).unwrap();
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(place("id=\"section-1\"") < place("id=\"section-2\""));
    assert!(place("id=\"section-2\"") < place("id=\"list\""));
    assert!(!page.contains("At a glance"));
    assert_closed(&page);
}

#[test]
fn a_table_of_very_many_rows_is_cut_and_says_so() {
    let mut document = documents().pop().unwrap();
    let mut table = document.tables.pop().unwrap();
    let row = table.rows.pop().unwrap();
    table.rows = vec![row; 1500];
    document.tables = vec![table];
    let mut out = Vec::new();
    documents_page(&[document], &mut out).unwrap();
    let page = String::from_utf8(out).unwrap();
    assert!(page.contains("The first 1000 of 1500 rows."));
    assert_eq!(page.matches("<th scope=\"row\"").count(), 1000);
}

#[test]
fn every_id_of_a_page_is_there_once_and_every_reference_leads_to_one() {
    for page in [page_of_documents(), written(&leads_sample::leads())] {
        let markup = page.replace(SCRIPT, "");
        let mut ids: Vec<&str> = markup
            .split(" id=\"")
            .skip(1)
            .map(|piece| piece.split('"').next().unwrap())
            .collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for mark in [" href=\"#", " aria-labelledby=\""] {
            for piece in markup.split(mark).skip(1) {
                for id in piece.split('"').next().unwrap().split(' ') {
                    assert!(ids.contains(&id), "{id}");
                }
            }
        }
    }
}

/// Leads as a real list has them: eight rules with fractions of points, names, addresses, a checklist.
fn many(count: u64) -> Vec<Lead<'static>> {
    let text = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    let rules: Vec<&'static str> = (0..40)
        .map(|rule| text(format!("Rule number {rule} of the model")))
        .collect();
    let owners: Vec<&'static str> = (0..40)
        .map(|owner| text(format!("Owner Number {owner}")))
        .collect();
    let mut random: u64 = 1;
    let mut next = move |most: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (random >> 33) % most
    };
    let place = |number: u64| usize::try_from(number).expect("small");
    let mut lead = |rank| {
        let mut ledger: Vec<Entry<'static>> = (0..8)
            .map(|_| {
                let rule = rules[place(next(40))];
                let points = i64::try_from(next(20_000)).expect("small");
                leads_sample::entry(Origin::Rule("rule"), rule, Points::from_thousandths(points))
            })
            .collect();
        ledger.push(leads_sample::entry(
            Origin::Score,
            "Rounding",
            Points::from_thousandths(-125),
        ));
        let temperature = ["hot", "warm", "cold"][place(next(3))];
        let missing = ["Wants to move soon", "Budget confirmed", "Has signed"];
        let held = next(3);
        Lead {
            rank: Some(rank),
            id: text(format!("L-{}", 100_000 + rank)),
            name: Some(format!("First{rank} van Lastname{}", next(9000)).into()),
            email: Some(text(format!("first{rank}.lastname@example.com"))),
            owner: Some(owners[place(next(40))]),
            source: Some(["Website", "Referral", "Trade fair"][place(next(3))]),
            score: ledger.iter().map(|entry| entry.points).sum(),
            temperature,
            computed_temperature: temperature,
            tag: Some("Some Lead"),
            stage: Some(["MQL", "SQL"][place(next(2))]),
            checklist: vec![
                ("soon", held != 0),
                ("budget", held != 1),
                ("signed", held != 2),
            ],
            missing: vec![missing[place(held)]],
            held_back: vec![HeldBack {
                from: "hot",
                missing: vec![missing[place(held)]],
            }],
            last_event: Some(crate::value::Instant::from_micros(
                1_793_354_400_000_000 - i64::try_from(next(9_000_000_000)).expect("small") * 1000,
            )),
            ledger,
            ..leads_sample::bare_lead()
        }
    };
    (1..=count).map(&mut lead).collect()
}

#[test]
fn ten_thousand_leads_with_their_ledgers_are_less_than_two_megabytes() {
    let page = written(&many(10_000));
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
    let data = data(&page);
    assert_eq!(data["ledger"].as_str().unwrap().split(';').count(), 10_000);
}

#[test]
fn the_same_leads_are_the_same_bytes() {
    assert_eq!(written(&many(300)), written(&many(300)));
}

proptest! {
    #[test]
    fn no_name_ends_an_element_or_reaches_the_reader_raw(name in any::<String>(), label in any::<String>()) {
        let hostile = format!("{name}</script><script>alert(1)</script><!--\" '\u{202e}\u{2028}");
        let leads = [Lead {
            name: Some(hostile.clone().into()),
            ledger: vec![Entry {
                origin: Origin::Rule("r"),
                label: format!("{label}</td><b>").into(),
                points: Points::whole(3),
            }],
            ..leads_sample::bare_lead()
        }];
        let page = written(&leads);
        assert_closed(&page);
        prop_assert!(!page.contains("<script>alert"));
        prop_assert!(!page.contains("<b>") || page.matches("<b>").count() == written(&[leads_sample::bare_lead()]).matches("<b>").count());
        prop_assert!(!page.contains(|c: char| c != '\n' && is_unseen(c)));
        let data = data(&page);
        prop_assert_eq!(&texts(&data, "name")[0], &readable(hostile.trim()));
        let label = format!("{label}</td><b>");
        prop_assert_eq!(data["labels"][0][1].as_str().unwrap(), readable(&label));
    }
}
