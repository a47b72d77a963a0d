//! Names, addresses, numbers and notes. Mail addresses use the domains that RFC 2606 sets aside; numbers are those that the
//! regulators of the United Kingdom, France and Sweden set aside for fiction, and Spanish ones with a digit too many to be dialled.

use std::collections::BTreeSet;

use super::lead::Lead;
use super::market::Market;
use super::random::Random;

/// Who a contact is, as typed in.
pub struct Identity {
    /// Title.
    pub salutation: String,
    /// First name.
    pub first: String,
    /// Last name.
    pub last: String,
    /// Mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// City they live in.
    pub city: String,
    /// Street and number.
    pub street: String,
    /// What someone noted.
    pub note: String,
}

/// Hands out identities; no mail address and no telephone number twice.
#[derive(Default)]
pub struct Register {
    taken: BTreeSet<String>,
}

impl Register {
    /// An identity for a lead.
    pub fn lead(&mut self, lead: &Lead, random: &mut Random) -> Identity {
        let market = lead.market;
        let person = random.likely(&[(0usize, 48), (1, 40), (2, 12)]);
        let (man, woman) = (*random.pick(market.men), *random.pick(market.women));
        let mut first = match person {
            0 => man.to_owned(),
            1 => woman.to_owned(),
            _ => format!("{man} & {woman}"),
        };
        let mut last = (*random.pick(market.last)).to_owned();
        let email = if random.chance(45) && !lead.dead_mail {
            String::new()
        } else {
            self.email(if person == 1 { woman } else { man }, &last, random)
        };
        match random.below(1000) {
            0..12 => last = last.to_uppercase(),
            12..22 => first = first.to_lowercase(),
            22..34 => first = String::new(),
            _ => {}
        }
        let lives = random.chance(620);
        let street = format!("{} {}", random.pick(market.streets), random.skewed(1, 180));
        Identity {
            salutation: if random.chance(700) {
                market.salutations[person].to_owned()
            } else {
                String::new()
            },
            phone: self.phone(market, random),
            city: if lives {
                (*random.pick(market.cities)).to_owned()
            } else {
                String::new()
            },
            street: if lives && random.chance(550) {
                street
            } else {
                String::new()
            },
            note: note(market, &last, random),
            first,
            last,
            email,
        }
    }

    fn email(&mut self, first: &str, last: &str, random: &mut Random) -> String {
        let (first, last) = (plain(first), plain(last));
        let domain = random.likely(&[
            ("example.com", 52),
            ("example.org", 22),
            ("example.net", 18),
            ("mail.example", 8),
        ]);
        let initial: String = first.chars().take(1).collect();
        let name = match random.below(4) {
            0 => format!("{first}{last}"),
            1 => format!("{initial}.{last}"),
            _ => format!("{first}.{last}"),
        };
        if random.chance(14) {
            // Typed from a business card, and not quite an address.
            return match random.below(3) {
                0 => format!("{name}.{domain}"),
                1 => format!("{name}@"),
                _ => format!("{name} @{domain}"),
            };
        }
        let mut email = format!("{name}@{domain}");
        while !self.taken.insert(email.clone()) {
            email = format!("{name}{}@{domain}", random.between(2, 89));
        }
        if random.chance(20) {
            email = email.to_uppercase();
        }
        email
    }

    fn phone(&mut self, market: &Market, random: &mut Random) -> String {
        if random.chance(110) {
            let odd = ["no phone", "see email", "n/a"];
            return if random.chance(60) {
                (*random.pick(&odd)).to_owned()
            } else {
                String::new()
            };
        }
        loop {
            let phone = match market.phones {
                Some((prefix, from, to)) if random.chance(600) => {
                    format!("{prefix}{}", random.between(from, to))
                }
                _ => format!("+346005550{}", random.between(100, 999)),
            };
            if self.taken.insert(phone.clone()) {
                return phone;
            }
        }
    }
}

/// The letters of a name that a mail address takes.
pub fn plain(name: &str) -> String {
    let mut plain = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'a'..='z' => plain.push(letter),
            'á' | 'à' | 'ä' | 'â' | 'å' | 'ą' => plain.push('a'),
            'é' | 'è' | 'ë' | 'ê' | 'ę' => plain.push('e'),
            'í' | 'î' | 'ï' => plain.push('i'),
            'ó' | 'ò' | 'ö' | 'ô' | 'ø' => plain.push('o'),
            'ú' | 'ü' | 'û' => plain.push('u'),
            'ñ' | 'ń' => plain.push('n'),
            'ł' => plain.push('l'),
            'ś' => plain.push('s'),
            'ź' | 'ż' => plain.push('z'),
            'ß' => plain.push_str("ss"),
            _ => {}
        }
    }
    plain
}

fn note(market: &Market, last: &str, random: &mut Random) -> String {
    if !random.chance(330) {
        return String::new();
    }
    let city = *random.pick(market.cities);
    match random.below(16) {
        0..3 => format!("Company: {last} {}, {city}", market.company),
        3 => format!("Prefers WhatsApp, not before 6 pm ({city} time)"),
        4 => "Wants a \"proper\" garden, no communal pool".to_owned(),
        5 => format!("Met at the property fair in {city}.\nAsked for floor plans."),
        6 => "Partner decides; call both".to_owned(),
        7 => "Has to sell own house first".to_owned(),
        8 => "- no ground floor\n- max. 10 min. walk to the beach".to_owned(),
        9 => "Flies in every second month, viewings on Saturdays only".to_owned(),
        10 => "Mortgage approved in principle".to_owned(),
        11 => "Two dogs; needs a terrace".to_owned(),
        12 => format!("Recommended by neighbours from {city}"),
        13 => "Speaks some Spanish".to_owned(),
        14 => "Sends friends & family our way".to_owned(),
        _ => "Asked about community fees, IBI and rental licence".to_owned(),
    }
}
