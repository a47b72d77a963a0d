//! What advertising cost: a file of channels and amounts.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::small_file::{Refused, SmallFile, needed, optional};
use crate::diagnostic::Report;
use crate::input::{Opened, Options};
use crate::preset::{Kind, Shape};
use crate::value::{DecimalSign, Number, read_number, snake_case};

/// What a column of channels may be called where it is not called as the leads' own.
const CHANNELS: [&str; 10] = [
    "source",
    "channel",
    "campaign",
    "campaign_name",
    "utm_source",
    "utm_campaign",
    "portal",
    "medium",
    "platform",
    "origin",
];

/// What a column of amounts may be called.
const AMOUNTS: [&str; 9] = [
    "spend",
    "cost",
    "amount_spent",
    "amount",
    "costs",
    "total_spend",
    "total_cost",
    "ad_spend",
    "marketing_spend",
];

const CURRENCIES: [&str; 2] = ["currency", "currency_code"];

/// What was spent on each channel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spend {
    /// By the channel's name in small letters: the name as it first came, and the sum.
    channels: BTreeMap<String, (String, Number)>,
    /// The currency, where the file says it.
    pub currency: Option<String>,
}

impl Spend {
    /// Adds to what was spent on a channel; names that differ in blanks around them or in ASCII capitals are one.
    /// False, and without effect, where a sum is too large to be held.
    pub fn add(&mut self, channel: &str, amount: Number) -> bool {
        let known = self.channels.entry(key(channel));
        let sum = known.or_insert_with(|| (channel.trim().to_owned(), Number::ZERO));
        let added = sum.1.plus(amount);
        sum.1 = added.unwrap_or(sum.1);
        added.is_some()
    }

    /// What was spent on a channel, its name compared as [`Spend::add`] does.
    pub fn of(&self, channel: &str) -> Option<Number> {
        self.channels.get(&key(channel)).map(|(_, amount)| *amount)
    }

    /// The channels, each with what was spent on it, by name.
    pub fn channels(&self) -> impl Iterator<Item = (&str, Number)> {
        let channels = self.channels.values();
        channels.map(|(name, amount)| (name.as_str(), *amount))
    }

    /// What was spent on all; none where it is too large to be held.
    pub fn total(&self) -> Option<Number> {
        let mut amounts = self.channels.values().map(|(_, amount)| *amount);
        amounts.try_fold(Number::ZERO, Number::plus)
    }
}

/// Whether a row is called a total, as reports have it below the others: `Total`, `Grand total`, `Total: Campaigns`.
fn is_total(channel: &str) -> bool {
    let name = key(channel);
    ["total", "totals", "grand total"].contains(&name.as_str()) || name.starts_with("total:")
}

fn key(channel: &str) -> String {
    channel.trim().to_ascii_lowercase()
}

/// A row that names no channel, or calls it a total.
struct Total {
    line: u64,
    channel: String,
    amount: Number,
}

/// Reads a file of what was spent on the values of a column of leads, `breakdown`.
///
/// It needs a column of the channel, called as the leads' own or as exports of advertising call it, and one of money;
/// presets for spend know the headers of some exports. Rows of one channel add up. A row without a channel, or called a
/// total, is passed over if it holds the sum of all others, as reports of advertising have it.
///
/// # Errors
/// A column that is missing, and every row that cannot be read: without a channel, without an amount, with a negative
/// one, in another currency than rows before it.
pub fn read_spend(opened: Opened, options: &Options, breakdown: &str) -> Result<Spend, Report> {
    let options = Options {
        kinds: vec![Kind::Spend],
        ..options.clone()
    };
    let sign = if options.decimal_comma {
        DecimalSign::Comma
    } else {
        DecimalSign::Point
    };
    let file = SmallFile::begin(opened, "spend", &options)?;
    let shape = file.preset();
    let headers: Vec<Vec<String>> = file.headers().iter().map(|h| names_of(h, shape)).collect();
    let own = snake_case(breakdown);
    let last = own.rsplit('.').next().unwrap_or_default().to_owned();
    let channels = [own, last].into_iter().chain(CHANNELS.map(str::to_owned));
    let wanted = [
        needed(
            &channels
                .filter(|name| !name.is_empty())
                .collect::<Vec<String>>(),
        ),
        needed(&AMOUNTS),
        optional(&CURRENCIES),
    ];
    let spend = RefCell::new(Spend::default());
    let totals: RefCell<Vec<Total>> = RefCell::default();
    let columns = file.find_called(&headers, &wanted)?;
    let in_header = columns[1].and_then(|place| bracketed(&file.headers()[place]));
    let mut currencies = Currencies {
        code: in_header.map(|(_, currency)| currency.to_owned()),
        sign: None,
    };
    file.each_row_until(
        &columns,
        |line, cells| {
            let [channel, amount, currency] = cells else {
                return Err("a cell is missing".to_owned());
            };
            let amount = match *amount {
                // In exports of advertising a blank is nothing.
                "" if shape.is_some() => Number::ZERO,
                "" => return Err("its amount is blank; write 0 where nothing was spent".to_owned()),
                cell => {
                    let read = read_number(cell, sign).filter(|_| !cell.ends_with('%'));
                    read.ok_or_else(|| "its amount is no number".to_owned())?
                }
            };
            if amount < Number::ZERO {
                return Err("its amount is negative".to_owned());
            }
            currencies.take(cells[1], currency)?;
            if channel.is_empty() || is_total(channel) {
                totals.borrow_mut().push(Total {
                    line,
                    channel: (*channel).to_owned(),
                    amount,
                });
                return Ok(());
            }
            add(&mut spend.borrow_mut(), channel, amount)
        },
        || settle(&spend.borrow(), totals.take()),
    )?;
    let mut spend = spend.into_inner();
    spend.currency = currencies.code.or(currencies.sign.map(String::from));
    Ok(spend)
}

fn add(spend: &mut Spend, channel: &str, amount: Number) -> Result<(), String> {
    if spend.add(channel, amount) {
        Ok(())
    } else {
        Err("its amount makes the sum of the channel too large".to_owned())
    }
}

/// Passes over the totals, which must hold the sum of all other rows; parts of it, such as `Total: Search`, need not.
fn settle(spend: &Spend, totals: Vec<Total>) -> Refused {
    let sum = spend.total();
    let wrong = totals
        .into_iter()
        .filter(|total| Some(total.amount) != sum && !key(&total.channel).starts_with("total:"));
    let refused = wrong.map(|total| {
        let why = if total.channel.is_empty() {
            "it has no channel"
        } else {
            "it is called a total and is not the sum of the other rows: leave it out"
        };
        (total.line, why.to_owned())
    });
    refused.collect()
}

/// What the amounts are in, as far as rows say it.
struct Currencies {
    code: Option<String>,
    sign: Option<char>,
}

impl Currencies {
    /// Takes what a row says: beside its amount, and in a column of its own.
    fn take(&mut self, amount: &str, code: &str) -> Result<(), String> {
        if !code.is_empty() {
            let code = code.to_ascii_uppercase();
            match &self.code {
                Some(known) if *known != code => {
                    return Err("its currency is not that of the rows before it".to_owned());
                }
                _ => self.code = Some(code),
            }
        }
        let is_sign = |c: &char| !c.is_ascii_digit() && !c.is_whitespace() && !"+-.,".contains(*c);
        if let Some(sign) = amount.chars().find(is_sign) {
            let codes = match sign {
                '€' => &["EUR"][..],
                '£' => &["GBP"],
                '¥' => &["JPY", "CNY"],
                _ => &[],
            };
            let is_other = |code: &String| {
                code.len() == 3 && !codes.is_empty() && !codes.contains(&code.as_str())
                    || sign == '$' && ["EUR", "GBP", "JPY", "CHF"].contains(&code.as_str())
            };
            if self.code.as_ref().is_some_and(is_other) {
                return Err("its currency sign is not of the currency of the column".to_owned());
            }
            match self.sign {
                Some(known) if known != sign => {
                    return Err("its currency sign is not that of the rows before it".to_owned());
                }
                _ => self.sign = Some(sign),
            }
        }
        Ok(())
    }
}

/// A header before a currency in brackets, and the currency: `Amount spent (EUR)`.
fn bracketed(header: &str) -> Option<(&str, &str)> {
    let header = header.trim();
    let (before, currency) = [('(', ')'), ('[', ']')]
        .iter()
        .find_map(|(open, close)| header.strip_suffix(*close)?.rsplit_once(*open))?;
    let currency = currency.trim();
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_sign = currency.chars().count() == 1 && !currency.is_ascii();
    (is_code || is_sign || currency == "$").then_some((before.trim_end(), currency))
}

/// The names that a header goes by: its own, the one without a currency, and those that a known shape has for it.
fn names_of(header: &str, shape: Option<&Shape>) -> Vec<String> {
    let mut names = vec![snake_case(header)];
    names.extend(bracketed(header).map(|(before, _)| snake_case(before)));
    if let Some(shape) = shape {
        names.extend(shape.names_of(header).map(|(name, _)| name.to_owned()));
    }
    names
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn read_as(text: &str, breakdown: &str, options: &Options) -> Result<Spend, Report> {
        let bytes = Cursor::new(text.as_bytes().to_vec());
        read_spend(
            Opened::stream("spend.csv".to_owned(), bytes),
            options,
            breakdown,
        )
    }

    fn read(text: &str) -> Result<Spend, Report> {
        read_as(text, "source", &Options::default())
    }

    fn sums(spend: &Spend) -> Vec<(&str, String)> {
        let channels = spend.channels();
        channels
            .map(|(name, amount)| (name, amount.to_string()))
            .collect()
    }

    /// The code, the message and the list of a refusal.
    #[track_caller]
    fn refused(text: &str) -> (&'static str, String, Vec<String>) {
        let report = read(text).expect_err("refused");
        let diagnostic = report.diagnostics[0].clone();
        (diagnostic.code, diagnostic.message, diagnostic.list)
    }

    #[test]
    fn rows_of_one_channel_add_up_whatever_their_capitals() {
        let spend = read("source,spend\nPortals,100.10\n portals ,0.2\nWebsite,\"€ 1,000\"\n");
        let spend = spend.expect("readable");
        let wanted = [
            ("Portals", "100.3".to_owned()),
            ("Website", "1000".to_owned()),
        ];
        assert_eq!(sums(&spend), wanted);
        assert_eq!(spend.of("WEBSITE "), Number::parse("1000"));
        assert_eq!(spend.of("Fair"), None);
        assert_eq!(spend.currency.as_deref(), Some("€"));
        assert_eq!(spend.total(), Number::parse("1100.3"));
    }

    #[test]
    fn columns_are_found_by_the_leads_own_name_first_and_then_by_usual_ones() {
        let text = "Campaign,Portal,Cost\nSpring,Idealista,5\n";
        let by = |breakdown| {
            let spend = read_as(text, breakdown, &Options::default()).expect("readable");
            sums(&spend)[0].0.to_owned()
        };
        assert_eq!(by("lead.portal"), "Idealista");
        assert_eq!(by("portal"), "Idealista");
        assert_eq!(by("source"), "Spring");
    }

    #[test]
    fn a_currency_in_the_header_is_none_of_its_name() {
        for header in ["Amount spent (EUR)", "Cost [EUR]", "spend (EUR)"] {
            let spend = read(&format!("channel,{header}\nA,3\n")).expect("readable");
            assert_eq!(spend.currency.as_deref(), Some("EUR"), "{header}");
            assert_eq!(sums(&spend), [("A", "3".to_owned())]);
        }
    }

    #[test]
    fn exports_of_advertising_are_read_without_their_titles_and_totals() {
        let google = "Campaign report\nAll time\nDay,Campaign,Currency code,Cost,Impr.\n\
            2026-09-05,Villas,EUR,31.40,88\n2026-09-06,Villas,EUR,--,90\nTotal: Account,,EUR,31.40,178\n";
        let spend = read(google).expect("readable");
        assert_eq!(sums(&spend), [("Villas", "31.4".to_owned())]);
        assert_eq!(spend.currency.as_deref(), Some("EUR"));
        let meta = "Campaign name,Reporting starts,Reporting ends,Amount spent (EUR)\n\
            ,2026-09-01,2026-09-30,12.5\nVillas,2026-09-01,2026-09-30,10\nFlats,2026-09-01,2026-09-30,2.5\n";
        let spend = read_as(meta, "campaign", &Options::default()).expect("readable");
        let wanted = [("Flats", "2.5".to_owned()), ("Villas", "10".to_owned())];
        assert_eq!(sums(&spend), wanted);
    }

    #[test]
    fn json_and_decimal_commas_are_read() {
        let spend = read(r#"[{"channel": "A", "cost": 12.5}, {"channel": "B", "cost": "7"}]"#);
        assert_eq!(spend.expect("readable").total(), Number::parse("19.5"));
        let options = Options {
            decimal_comma: true,
            ..Options::default()
        };
        let spend = read_as("source;spend\nA;1.234,5\n", "source", &options);
        assert_eq!(spend.expect("readable").total(), Number::parse("1234.5"));
    }

    #[test]
    fn a_total_is_passed_over_only_where_it_is_the_sum_of_the_others() {
        let spend = read("source,spend\nA,1\nB,2\nTotal,3\n").expect("readable");
        assert_eq!(spend.total(), Number::parse("3"));
        let spend = read("source,spend\nA,1\nB,2\nTotal reach,9\n").expect("readable");
        assert_eq!(spend.of("total reach"), Number::parse("9"));
        let parts = "source,spend\nA,1\nB,2\nTotal: A,1\nTotal: B,2\nTotal: all,3\n";
        assert_eq!(read(parts).expect("readable").total(), Number::parse("3"));
        let solutions = read("source,spend\nA,100\nTotal Solutions,100\n").expect("readable");
        assert_eq!(solutions.total(), Number::parse("200"));
        let (_, _, list) = refused("source,spend\nA,33.33\nB,33.33\nTotal,66.67\n");
        assert_eq!(
            list,
            [
                "spend.csv:4: it is called a total and is not the sum of the other rows: leave it out"
            ]
        );
    }

    #[test]
    fn a_sign_of_another_currency_than_the_column_is_refused() {
        let (_, _, list) = refused("source,Spend (EUR)\nA,$100\n");
        assert_eq!(
            list,
            ["spend.csv:2: its currency sign is not of the currency of the column"]
        );
        let spend = read("source,Cost (EUR),Spend (USD)\nA,1,2\n").expect("readable");
        assert_eq!(spend.currency.as_deref(), Some("USD"));
        assert_eq!(spend.total(), Number::parse("2"));
    }

    #[test]
    fn rows_that_cannot_be_read_are_refused_with_their_lines() {
        let text = "source,spend,currency\nA,1,EUR\n,5,EUR\nB,,EUR\nC,many,EUR\nD,-1,EUR\nE,5%,EUR\nF,1,USD\n\
            G,€1,EUR\nH,$1,EUR\n";
        let (code, message, list) = refused(text);
        assert_eq!(
            (code, &*message),
            ("bad-rows", "7 rows of the spend cannot be used")
        );
        assert_eq!(
            list,
            [
                "spend.csv:3: it has no channel",
                "spend.csv:4: its amount is blank; write 0 where nothing was spent",
                "spend.csv:5: its amount is no number",
                "spend.csv:6: its amount is negative",
                "spend.csv:7: its amount is no number",
                "spend.csv:8: its currency is not that of the rows before it",
                "spend.csv:10: its currency sign is not of the currency of the column",
            ]
        );
    }

    #[test]
    fn a_currency_in_the_header_must_be_that_of_the_rows() {
        let (_, _, list) = refused("source,spend (EUR),currency\nA,1,usd\n");
        assert_eq!(
            list,
            ["spend.csv:2: its currency is not that of the rows before it"]
        );
    }

    #[test]
    fn a_sum_that_is_too_large_is_refused() {
        let (_, _, list) = refused("source,spend\nA,999999999999999999\nA,1\n");
        let wanted = "spend.csv:3: its amount makes the sum of the channel too large";
        assert_eq!(list, [wanted]);
    }

    #[test]
    fn a_file_without_channels_or_amounts_or_with_two_columns_of_them_is_refused() {
        let (code, message, _) = refused("name,spend\nA,1\n");
        let no_channel = "the spend spend.csv has no column `source`";
        assert_eq!((code, &*message), ("missing-column", no_channel));
        let (_, message, _) = refused("source,budget\nA,1\n");
        assert_eq!(message, "the spend spend.csv has no column `spend`");
        let (_, message, _) = refused("source,Amount spent (EUR),Amount spent (USD)\nA,1,2\n");
        let twice = "the spend spend.csv has the column `amount_spent` twice";
        assert_eq!(message, twice);
    }
}
