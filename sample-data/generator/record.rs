//! What the CRM knows of a lead: the truth as far as it was told and typed in, with the gaps and slips of real records.

use super::clock::{FIRST_DAY, LAST_DAY, iso, iso_day, local_day};
use super::identity::Identity;
use super::lead::Lead;
use super::random::Random;
use super::story::{Outcome, Story};

/// The columns of the contacts export, in order.
pub const CONTACT_COLUMNS: [&str; 31] = [
    "contact_id",
    "type",
    "status",
    "owner_email",
    "salutation",
    "language",
    "first_name",
    "last_name",
    "email",
    "phone",
    "additional_information",
    "tags",
    "address.city",
    "address.street",
    "lead.source",
    "lead.portal",
    "lead.status",
    "lead.stage",
    "lead.urgency",
    "property_details.type",
    "property_details.location",
    "property_details.price_min",
    "property_details.price_max",
    "property_details.bedrooms",
    "budget_confirmed",
    "timing.looking_to",
    "timing.timeline_max",
    "created_at",
    "outcome",
    "closed_at",
    "deal_value",
];

/// A lead's row, in the order of [`CONTACT_COLUMNS`].
pub fn lead_row(id: String, story: &Story, who: &Identity, random: &mut Random) -> Vec<String> {
    let lead = story.lead;
    // What was learned, in permille: talk and candour find it out, the owner types it in.
    let told = (lead.candour + lead.intent * 4 / 10 + 160 * story.answers + 130 * story.viewings)
        .min(1000);
    let known = told * lead.owner.records / 1000;
    let talked = story.answers + story.viewings > 0;
    let timeline = if random.chance(known * if talked { 1150 } else { 800 } / 1000) {
        timeline(lead, random)
    } else {
        ""
    };
    let budget = budget_confirmed(lead, known, talked, random);
    let knows_price = budget == "yes" || random.chance(350 + known * 6 / 10);
    let (lowest, highest) = if knows_price {
        prices(lead, random)
    } else {
        Default::default()
    };
    let (outcome, closed_at, value) = match story.outcome {
        Outcome::Open => ("open", String::new(), String::new()),
        Outcome::Won { day, value } => ("won", iso_day(day), value.to_string()),
        Outcome::Lost { day } => ("lost", iso_day(day), String::new()),
    };
    let mut blank_or = |share: i64, cell: String| {
        if random.chance(share) {
            cell
        } else {
            String::new()
        }
    };
    let owner = blank_or(975, lead.owner.email.to_owned());
    let bedrooms = blank_or(known * 8 / 10, lead.bedrooms.to_string());
    let kind = blank_or(400 + known / 2, lead.kind.name.to_owned());
    let looking_to = blank_or(450 + known / 2, lead.archetype.wants.to_owned());
    let location = blank_or(350 + known * 6 / 10, location(lead));
    vec![
        id,
        "lead".to_owned(),
        record_status(story, random).to_owned(),
        owner,
        who.salutation.clone(),
        lead.market.language.to_owned(),
        who.first.clone(),
        who.last.clone(),
        who.email.clone(),
        who.phone.clone(),
        who.note.clone(),
        tags(story, random),
        who.city.clone(),
        who.street.clone(),
        lead.source.name.to_owned(),
        lead.portal.to_owned(),
        lead_status(story, random).to_owned(),
        stage(story, random).to_owned(),
        urgency(lead, timeline, random).to_owned(),
        kind,
        location,
        lowest,
        highest,
        bedrooms,
        budget.to_owned(),
        looking_to,
        timeline.to_owned(),
        iso(lead.came),
        outcome.to_owned(),
        closed_at,
        value,
    ]
}

fn timeline(lead: &Lead, random: &mut Random) -> &'static str {
    let said = lead.intent + random.bell(-160, 160);
    let weights: [i64; 6] = match said {
        760.. => [34, 38, 20, 6, 2, 0],
        560..760 => [12, 28, 33, 18, 9, 0],
        330..560 => [2, 9, 24, 32, 27, 6],
        _ => [0, 2, 8, 18, 34, 38],
    };
    let names = [
        "now",
        "1 month",
        "3 months",
        "6 months",
        "12 months",
        "no plans",
    ];
    let choices: Vec<(&str, i64)> = names.into_iter().zip(weights).collect();
    random.likely(&choices)
}

fn budget_confirmed(lead: &Lead, known: i64, talked: bool, random: &mut Random) -> &'static str {
    let asked = if talked { known } else { known / 6 };
    if !random.chance(asked) {
        if random.chance(250) { "no" } else { "" }
    } else if random.chance(lead.means * 7 / 10 + lead.intent * 6 / 10 - 60) {
        "yes"
    } else {
        "no"
    }
}

fn prices(lead: &Lead, random: &mut Random) -> (String, String) {
    let ceiling = lead.ceiling;
    let highest = match random.below(1000) {
        // A few type it as they would say it.
        0..8 => format!("€{},{:03}", ceiling / 1000, ceiling % 1000),
        8..18 if ceiling < 1_000_000 => format!("{},{:03}", ceiling / 1000, ceiling % 1000),
        _ => ceiling.to_string(),
    };
    let lowest = if random.chance(480) {
        (ceiling * random.between(45, 80) / 100 / 10_000 * 10_000).to_string()
    } else {
        String::new()
    };
    (lowest, highest)
}

fn location(lead: &Lead) -> String {
    let names: Vec<&str> = lead.towns.iter().map(|town| town.name).collect();
    names.join(", ")
}

fn urgency(lead: &Lead, timeline: &str, random: &mut Random) -> &'static str {
    let felt = match timeline {
        "now" | "1 month" => 720,
        "3 months" => 500,
        "" => lead.intent / 2 + 50,
        _ => 230,
    } + random.bell(-220, 220);
    match felt {
        _ if timeline.is_empty() && random.chance(600) => "",
        620.. => "high",
        380..620 => "medium",
        _ => "low",
    }
}

fn lead_status(story: &Story, random: &mut Random) -> &'static str {
    let typed_in = random.chance(story.lead.owner.records);
    match story.outcome {
        Outcome::Won { .. } => "Converted",
        Outcome::Lost { .. } if typed_in => "Lost",
        _ if story.touches == 0 || (!typed_in && random.chance(400)) => "New",
        _ if typed_in && (story.deal.is_some() || story.viewings > 0 || story.answers > 2) => {
            "Qualified"
        }
        _ => "Contacted",
    }
}

fn stage(story: &Story, random: &mut Random) -> &'static str {
    match story.outcome {
        Outcome::Won { .. } => "Won",
        Outcome::Lost { .. } => "Lost",
        Outcome::Open if story.deal.is_some() => "Negotiating",
        Outcome::Open if story.viewings > 0 && random.chance(story.lead.owner.records) => "Viewing",
        Outcome::Open if random.chance(700) => "Prospect",
        Outcome::Open => "",
    }
}

fn record_status(story: &Story, random: &mut Random) -> &'static str {
    match story.outcome {
        Outcome::Lost { day } if LAST_DAY - day > 120 && random.chance(600) => "Archived",
        Outcome::Lost { .. } if random.chance(300) => "Inactive",
        _ => "Active",
    }
}

fn tags(story: &Story, random: &mut Random) -> String {
    let lead = story.lead;
    let mut tags: Vec<&str> = Vec::new();
    if !lead.archetype.tag.is_empty() && random.chance(650) {
        tags.push(lead.archetype.tag);
    }
    let wishes = [
        "Sea view",
        "Golf",
        "Pets",
        "First line beach",
        "Parking",
        "Lift",
        "Pool",
        "Mortgage",
        "VIP",
        "Furnished",
        "Key ready",
    ];
    for _ in 0..random.skewed(0, 5) {
        let wish = *random.pick(&wishes);
        if !tags.contains(&wish) {
            tags.push(wish);
        }
    }
    // The temperature someone set by hand in summer and nobody took off since.
    if random.chance(330) && local_day(lead.came) < FIRST_DAY + 120 {
        let then = lead.intent + random.bell(-300, 300);
        let tag = match then {
            740.. => "Hot Lead",
            430..740 => "Warm Lead",
            _ => "Cold Lead",
        };
        let place = random.index(tags.len() + 1);
        tags.insert(place, tag);
    }
    tags.join(", ")
}
