//! The rows of the contacts export that are no leads: notaries, lawyers, banks and tradesmen the agency works with.

use super::clock::{DAY, FIRST_DAY, HOUR, LAST_DAY, instant, iso};
use super::identity::plain;
use super::owner::OWNERS;
use super::random::Random;
use super::record::CONTACT_COLUMNS;
use super::story::Event;

const PARTNERS: [(&str, &str, &str, &str); 15] = [
    (
        "Notary",
        "Amparo",
        "Villar Cano",
        "Notaría Villar, Marbella",
    ),
    ("Notary", "Eusebio", "Roldán", "Notaría Roldán & Asociados"),
    (
        "Lawyer",
        "Beatriz",
        "Cuesta Mora",
        "Cuesta Mora Abogados, S.L.P.",
    ),
    ("Lawyer", "Henk", "Oosterling", "Oosterling Legal, Estepona"),
    (
        "Lawyer",
        "Paul",
        "Greenhalgh",
        "Greenhalgh & Daughters, Solicitors",
    ),
    (
        "Bank",
        "Rosario",
        "Tejada",
        "Mortgage desk, Fuengirola branch",
    ),
    (
        "Bank",
        "Nils",
        "Overgaard",
        "Mortgage broker \"Nordic Home\"",
    ),
    (
        "Supplier",
        "Paco",
        "Morales",
        "Reformas Morales, kitchens and baths",
    ),
    ("Supplier", "Inma", "Carrillo", "Home staging"),
    ("Supplier", "Dave", "Tunstall", "Tunstall Pools, Mijas"),
    ("Supplier", "Loreto", "Vidal", "Photography and drone video"),
    ("Surveyor", "Ignacio", "Prieto", "Tasaciones Prieto"),
    (
        "Developer",
        "Cayetana",
        "Robles",
        "Promociones Costa Alta, sales office",
    ),
    (
        "Developer",
        "Jan-Willem",
        "Kets",
        "Kets Development B.V., Breda",
    ),
    (
        "Translator",
        "Oksana",
        "Melnyk",
        "Sworn translator, ES/EN/UA",
    ),
];

/// The partners' rows, `C-20001` and on, and a few events with each.
pub fn partners(random: &mut Random) -> Vec<(Vec<String>, Vec<Event>)> {
    PARTNERS
        .iter()
        .zip(20_001..)
        .map(|(partner, number)| {
            let owner = random.pick(&OWNERS).email;
            let row = row(partner, number, owner, random);
            let events = (0..random.skewed(0, 9))
                .map(|_| Event {
                    at: instant(
                        random.between(FIRST_DAY, LAST_DAY - 2),
                        9 * HOUR + random.below(9 * HOUR),
                    ),
                    name: kind(random),
                    listing: None,
                    path: String::new(),
                    campaign: String::new(),
                    agent: owner,
                })
                .collect();
            (row, events)
        })
        .collect()
}

fn kind(random: &mut Random) -> &'static str {
    random.likely(&[
        ("Call Made", 5),
        ("Email Sent", 4),
        ("Email Reply", 2),
        ("Note Added", 1),
    ])
}

fn row(
    (role, first, last, company): &(&str, &str, &str, &str),
    number: i64,
    owner: &str,
    random: &mut Random,
) -> Vec<String> {
    let created = instant(
        FIRST_DAY - random.between(30, 1_500),
        9 * HOUR + random.below(DAY / 3),
    );
    CONTACT_COLUMNS
        .iter()
        .map(|column| match *column {
            "contact_id" => format!("C-{number}"),
            "type" => "contact".to_owned(),
            "status" => "Active".to_owned(),
            "owner_email" => owner.to_owned(),
            "language" => "es".to_owned(),
            "first_name" => (*first).to_owned(),
            "last_name" => (*last).to_owned(),
            "email" => format!("{}@{}.example", plain(first), plain(last)),
            "phone" => format!("+346005550{:03}", number - 20_000),
            "additional_information" => (*company).to_owned(),
            "tags" => (*role).to_owned(),
            "created_at" => iso(created),
            _ => String::new(),
        })
        .collect()
}
