//! A small made-up list of leads with the names that tests need, nasty ones among them.

use std::borrow::Cow;

use super::{Available, Columns, Context, Format, Settings, write};
use crate::rank::{Entry, HeldBack, Lead, Origin};
use crate::value::{Instant, Points, Zone, is_format_character};

/// 2026-10-30T10:00:00Z.
const LAST_EVENT: Instant = Instant::from_micros(1_793_354_400_000_000);

/// Output as the golden files hold it: characters without a shape by their number, so that no editor trips over
/// them.
pub(super) fn visible(text: &str) -> String {
    let mut visible = String::new();
    for c in text.chars() {
        if c != '\n' && (c.is_control() || is_format_character(c)) {
            visible.extend(c.escape_unicode());
        } else {
            visible.push(c);
        }
    }
    visible
}

/// These leads in a format, with the columns of a run that can fill all of them.
pub(super) fn written(format: Format, leads: &[Lead<'_>]) -> String {
    let zone = Zone::utc();
    let mut out = Vec::new();
    let settings = Settings::default();
    write(format, &columns(&zone), settings, leads, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Holds output against a golden file of this folder; `UPDATE=1` rewrites it, and the difference is to be read.
#[track_caller]
pub(super) fn assert_agreed(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/output/golden")
        .join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let agreed = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text, agreed);
}

pub(super) fn context(zone: &Zone) -> Context<'_> {
    Context {
        as_of: "2026-11-01T23:59:59Z".into(),
        model: "Demo 2026.11".into(),
        zone,
        temperature_tags: vec!["Hot Lead", "Warm Lead"],
    }
}

/// The columns of a run that can fill all of them.
pub(super) fn columns(zone: &Zone) -> Columns<'_> {
    let available = Available {
        name: true,
        email: true,
        owner: true,
        source: true,
        tag: true,
        action: true,
        checklist: true,
        last_event: true,
        stage: true,
        grade: true,
        route: true,
        assigned_to: true,
        next_step: true,
        overrides: true,
        previous: true,
        tags: true,
        groups: vec!["engagement", "fit"],
    };
    Columns::of_run(&available, context(zone))
}

pub(super) fn entry(
    origin: Origin<'static>,
    label: &'static str,
    points: Points,
) -> Entry<'static> {
    Entry {
        origin,
        label: Cow::Borrowed(label),
        points,
    }
}

/// A lead of which nothing is known but its id.
pub(super) fn bare_lead() -> Lead<'static> {
    Lead {
        rank: Some(1),
        id: "c-1",
        temperature: "cold",
        computed_temperature: "cold",
        ..Lead::nobody()
    }
}

/// A hot lead with a quiet name, a warm one that is held back, and names from the wild.
pub(super) fn leads() -> Vec<Lead<'static>> {
    let hot = Lead {
        rank: Some(1),
        id: "0017",
        name: Some("Anna de Vries".into()),
        email: Some("anna@example.com"),
        owner: Some("Bram"),
        source: Some("Referral"),
        score: Points::whole(85),
        temperature: "hot",
        tag: Some("Hot Lead"),
        color: Some("red"),
        action: Some("Call today, prepare an offer"),
        checklist: vec![("budget", true), ("urgency", false)],
        missing: vec!["Wants to move soon"],
        stage: Some("SQL"),
        grade: Some("A1".to_owned()),
        route: Some("Coast"),
        assigned_to: Some("=bram"),
        computed_temperature: "warm",
        overrides: vec!["temperature hot until 2026-12-01 by anna: =1+1".to_owned()],
        previous_score: Some(Points::whole(70)),
        tags_before: Some("vip; Warm Lead"),
        held_back: Vec::new(),
        last_event: Some(LAST_EVENT),
        groups: vec![
            ("engagement", Points::whole(40)),
            ("fit", Points::from_thousandths(45_125)),
        ],
        ledger: vec![
            entry(
                Origin::Rule("viewing"),
                "Requested a viewing",
                Points::whole(42),
            ),
            entry(
                Origin::Group("engagement"),
                "Bounds of engagement",
                Points::whole(-2),
            ),
            entry(
                Origin::Rule("budget"),
                "Budget confirmed",
                Points::from_thousandths(45_125),
            ),
            entry(Origin::Score, "Rounding", Points::from_thousandths(-125)),
        ],
        ..bare_lead()
    };
    let held = Lead {
        rank: Some(2),
        id: "=HYPERLINK(\"http://x.example\",\"me\")",
        name: Some("=1+1".into()),
        email: Some("+a@example.com"),
        owner: Some("-Søn; -1"),
        source: Some("a\n=b"),
        score: Points::whole(80),
        temperature: "warm",
        tag: Some("Warm Lead"),
        color: Some("orange"),
        action: None,
        held_back: vec![HeldBack {
            from: "hot",
            missing: vec!["Budget confirmed"],
        }],
        groups: vec![
            ("engagement", Points::whole(-3)),
            ("fit", Points::whole(83)),
        ],
        ledger: vec![
            entry(Origin::Rule("fit"), "=Fits", Points::whole(83)),
            entry(Origin::Rule("left"), "Unsubscribed", Points::whole(-3)),
        ],
        ..hot.clone()
    };
    let named = |rank, id, name: &'static str| Lead {
        rank: Some(rank),
        id,
        name: Some(name.into()),
        ..bare_lead()
    };
    vec![
        hot,
        held,
        named(3, "esc", "\u{1b}[31mred\u{7}"),
        named(4, "bidi", "gpj.\u{202e}exe"),
        named(5, "cjk", "李小龍 | 東京都千代田区丸の内一丁目"),
        named(6, "emoji", "👩‍👩‍👧 ❤\u{fe0f} `*_[x](y)_*`"),
        named(7, "quotes", "Ann \"O'Neil\", \r\nline\ttwo\\"),
        named(8, "tail", "x;-1"),
        Lead {
            rank: Some(9),
            id: "",
            name: Some("".into()),
            ..bare_lead()
        },
    ]
}
