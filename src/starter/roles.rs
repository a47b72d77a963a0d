//! Which column of the contacts is which: by the words of its header in several languages, and by what it holds.

use std::collections::BTreeMap;

use super::dates::Form;
use super::facts::Facts;
use super::numbers::Decimals;
use super::survey::{Column, Survey};
use super::words::{Stems, any};
use crate::value::{folded, snake_case};

/// What a column of contacts is to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Id,
    Email,
    Phone,
    FirstName,
    LastName,
    Name,
    Owner,
    Source,
    Company,
    JobTitle,
    Employees,
    Revenue,
    BudgetConfirmed,
    Budget,
    Timeline,
    Urgency,
    Rating,
    /// What kind of contact a row is, leads among others.
    Kind,
    /// The record is deleted in the system it comes from.
    Deleted,
    OptOut,
    Bounced,
    LastActivity,
    Created,
    /// What the lead is looking for.
    Wanted,
    /// Where.
    Location,
    Tags,
}

/// How a role is recognised.
struct Known {
    role: Role,
    /// The name the column gets in the model.
    name: &'static str,
    /// Usual headers, the best first.
    headers: &'static [&'static str],
    /// Words of other headers.
    words: &'static [Stems],
    /// Words of headers that are something else.
    not: &'static [Stems],
    /// Whether the cells fit.
    fits: fn(&Facts, Decimals) -> bool,
}

/// Roles in the order in which they choose their columns.
#[rustfmt::skip]
const KNOWN: [Known; 25] = [
    Known {
        role: Role::Email,
        name: "email",
        headers: &[
            "email", "email_address", "e_mail", "primary_email", "person_email_work", "work_email",
            "mail", "e_mail_address", "emailadres", "e_mailadres", "correo_electronico", "correo",
            "adresse_e_mail", "courriel", "indirizzo_email", "person_email_home", "person_email_other",
        ],
        words: &[&["mail"], &["*mail"], &["correo"]],
        not: &[&["owner"], &["agent"], &["assign"], &["rep$"], &["user"], &["manager"], &["eigenaar"], &["besitzer"]],
        fits: |facts, _| facts.is_share(facts.emails, 50),
    },
    Known {
        role: Role::Phone,
        name: "phone",
        headers: &[
            "phone", "phone_number", "mobile_phone", "mobile_phone_number", "mobile", "telephone", "tel",
            "person_phone_work", "person_phone_mobile", "telefoon", "telefoonnummer", "mobiel", "telefon",
            "telefonnummer", "handy", "telefono", "movil", "portable", "cellulare", "cell",
        ],
        words: &[&["phone"], &["*telefo"], &["mobil"]],
        not: &[&["owner"], &["agent"], &["assign"]],
        fits: |facts, _| facts.is_share(facts.phones, 50) && !facts.are_most(facts.times.recognised()),
    },
    Known {
        role: Role::FirstName,
        name: "first_name",
        headers: &["first_name", "firstname", "given_name", "person_first_name", "voornaam", "vorname", "prenom"],
        words: &[],
        not: &[],
        fits: is_text,
    },
    Known {
        role: Role::LastName,
        name: "last_name",
        headers: &[
            "last_name", "lastname", "surname", "family_name", "person_last_name", "achternaam", "nachname",
            "apellidos", "apellido", "nom_de_famille", "cognome",
        ],
        words: &[],
        not: &[],
        fits: is_text,
    },
    Known {
        role: Role::Name,
        name: "name",
        headers: &[
            "name", "full_name", "contact_name", "person_name", "display_name", "lead_name", "naam",
            "volledige_naam", "nombre_completo", "nombre", "nom_complet", "nom", "nome",
        ],
        words: &[],
        not: &[],
        fits: is_text,
    },
    Known {
        role: Role::Owner,
        name: "owner",
        headers: &[
            "owner", "owner_email", "contact_owner", "lead_owner", "person_owner", "assigned_to", "account_owner",
            "owner_name", "sales_rep", "agent", "agent_email", "adviseur", "eigenaar", "betreuer", "besitzer",
            "propietario", "responsable", "comercial", "proprietaire", "owner_id",
        ],
        words: &[],
        not: &[],
        fits: is_known,
    },
    Known {
        role: Role::Source,
        name: "source",
        headers: &[
            "source", "lead.source", "lead_source", "original_source", "latest_source", "first_source",
            "person_source", "utm_source", "acquisition_channel", "channel", "origin", "bron", "herkomst", "quelle",
            "herkunft", "fuente", "origen", "provenance", "canal", "kanaal",
        ],
        words: &[],
        not: &[],
        fits: |facts, _| facts.holds_choices(60) && !facts.are_most(facts.numbers.all()),
    },
    Known {
        role: Role::Company,
        name: "company",
        headers: &[
            "company", "company_name", "company_account", "associated_company", "organization", "organisation",
            "organization_name", "person_organization", "person_organization_name", "account_name", "business_name",
            "employer", "bedrijf", "bedrijfsnaam", "firma", "unternehmen", "empresa", "societe", "entreprise", "azienda",
        ],
        words: &[],
        not: &[],
        fits: is_text,
    },
    Known {
        role: Role::JobTitle,
        name: "job_title",
        headers: &[
            "job_title", "jobtitle", "person_job_title", "title", "position", "job", "functie", "functietitel",
            "cargo", "puesto", "poste", "fonction", "ruolo",
        ],
        words: &[],
        not: &[],
        fits: |facts, decimals| is_text(facts, decimals) && facts.sample.values().any(|value| value.chars().count() > 5),
    },
    Known {
        role: Role::Employees,
        name: "employees",
        headers: &[
            "number_of_employees", "employees", "employee_count", "company_size", "no_of_employees",
            "aantal_medewerkers", "mitarbeiter", "anzahl_mitarbeiter", "empleados", "effectif",
        ],
        words: &[],
        not: &[],
        fits: |facts, decimals| decimals.reads(facts),
    },
    Known {
        role: Role::Revenue,
        name: "revenue",
        headers: &["annual_revenue", "revenue", "turnover", "omzet", "jaaromzet", "jahresumsatz", "umsatz", "facturacion", "chiffre_d_affaires"],
        words: &[],
        not: &[],
        fits: |facts, decimals| decimals.reads(facts),
    },
    Known {
        role: Role::BudgetConfirmed,
        name: "budget_confirmed",
        headers: &["budget_confirmed", "budget_approved"],
        words: &[
            &["*budget", "confirm"], &["*budget", "approv"], &["*budget", "bevestig"], &["*budget", "bestatig"],
            &["presupuesto", "confirm"],
        ],
        not: &[],
        fits: |facts, _| facts.holds_yes_no(),
    },
    Known {
        role: Role::Budget,
        name: "budget",
        headers: &[
            "budget", "budget_max", "max_budget", "maximum_budget", "price_max", "maximum_price", "max_price",
            "property_details.price_max", "budget_amount", "presupuesto", "presupuesto_maximo", "precio_maximo",
            "budget_bis", "kaufpreis", "prix_max", "offer_amount", "quote_amount", "offertebedrag", "lead_value",
            "opportunity_amount", "deal_amount", "amount", "deal_value", "value",
        ],
        words: &[&["*budget"], &["price", "max"], &["presupuesto"], &["offer", "amount"], &["quote", "amount"]],
        not: &[&["min"], &["confirm"], &["date"], &["currency"]],
        fits: |facts, decimals| decimals.reads(facts),
    },
    Known {
        role: Role::Timeline,
        name: "timeline",
        headers: &[
            "timeline", "timeline_max", "timing.timeline_max", "timeframe", "time_frame", "purchase_timeline",
            "buying_timeframe", "purchase_timeframe", "moving_date_range", "termijn", "zeitrahmen", "zeitraum", "plazo", "delai",
        ],
        words: &[&["timeline"], &["timeframe"]],
        not: &[&["min"]],
        fits: |facts, _| facts.holds_choices(40),
    },
    Known {
        role: Role::Urgency,
        name: "urgency",
        headers: &["urgency", "lead.urgency", "priority", "urgentie", "prioriteit", "dringlichkeit", "urgencia", "urgence"],
        words: &[],
        not: &[],
        fits: |facts, _| facts.holds_choices(10),
    },
    Known {
        role: Role::Rating,
        name: "rating",
        headers: &["rating", "lead_rating"],
        words: &[],
        not: &[],
        fits: |facts, _| facts.holds_choices(10) && !facts.holds_numbers(),
    },
    Known {
        role: Role::Kind,
        name: "kind",
        headers: &["type", "record_type", "contact_type", "kind"],
        words: &[],
        not: &[],
        fits: |facts, _| {
            let values = facts.values.counts();
            values.is_some_and(|values| {
                (2..=10).contains(&values.len()) && values.keys().any(|value| value.eq_ignore_ascii_case("lead"))
            })
        },
    },
    Known {
        role: Role::Deleted,
        name: "is_deleted",
        headers: &["is_deleted", "deleted", "fivetran_deleted"],
        words: &[],
        not: &[],
        fits: |facts, _| facts.holds_yes_no(),
    },
    Known {
        role: Role::OptOut,
        name: "opted_out",
        headers: &[
            "unsubscribed", "unsubscribed_from_all_email", "email_opt_out", "has_opted_out_of_email", "opt_out",
            "opted_out", "do_not_contact", "do_not_email", "dnd", "uitgeschreven", "afgemeld", "abgemeldet",
            "unsub_time", "desabonne",
        ],
        words: &[&["unsubscribed"], &["opt", "out"], &["opted", "out"], &["uitgeschreven"], &["abgemeldet"]],
        not: &[&["date", "became"], &["number"], &["count"]],
        fits: |facts, _| facts.holds_yes_no() || Form::of(facts).is_some(),
    },
    Known {
        role: Role::Bounced,
        name: "bounced",
        headers: &["email_hard_bounce_reason", "email_bounced_date", "hard_bounced", "email_bounced", "bounced", "invalid_email_address", "bounce_reason"],
        words: &[&["hard", "bounce"]],
        not: &[],
        fits: |facts, _| facts.holds_yes_no() || !facts.holds_numbers(),
    },
    Known {
        role: Role::LastActivity,
        name: "last_activity",
        headers: &[
            "last_activity_date", "last_engagement_date", "last_activity", "person_last_activity_date",
            "last_contacted", "last_seen", "last_contact", "last_contact_date", "laatste_contact", "laatste_activiteit",
            "letzte_aktivitat", "letzter_kontakt", "ultima_actividad", "ultimo_contacto", "derniere_activite", "last_change",
        ],
        words: &[],
        not: &[],
        fits: is_date,
    },
    Known {
        role: Role::Created,
        name: "created",
        headers: &[
            "create_date", "created_date", "created_at", "created_time", "created", "date_created", "date_added",
            "person_created", "optin_time", "aanmaakdatum", "erstellt_am", "fecha_de_creacion", "date_de_creation",
        ],
        words: &[],
        not: &[],
        fits: is_date,
    },
    Known {
        role: Role::Wanted,
        name: "wanted",
        headers: &[
            "property_details.type", "property_type", "home_type", "house_type", "product_interest",
            "product_of_interest", "interest", "interests", "interesses", "interessen", "woningtype", "objektart",
            "tipo_de_propiedad", "type_de_bien",
        ],
        words: &[],
        not: &[],
        fits: is_text,
    },
    Known {
        role: Role::Location,
        name: "location",
        headers: &["property_details.location", "preferred_location", "desired_location", "location", "preferred_area", "area", "region", "ubicacion"],
        words: &[],
        not: &[],
        fits: is_text,
    },
    Known {
        role: Role::Tags,
        name: "tags",
        headers: &["tags", "labels", "person_labels", "tag", "label", "etiquetas", "schlagworte", "etiquettes"],
        words: &[],
        not: &[],
        fits: is_text,
    },
];

fn is_known(facts: &Facts, _: Decimals) -> bool {
    !facts.is_empty()
}

fn is_text(facts: &Facts, _: Decimals) -> bool {
    !facts.is_empty() && !facts.holds_numbers() && !facts.are_most(facts.times.recognised())
}

fn is_date(facts: &Facts, _: Decimals) -> bool {
    facts.are_most(facts.times.recognised())
}

/// Usual headers of a contact's id, the best first: those that a run finds by itself, then those of other languages.
#[rustfmt::skip]
const IDS: [&str; 22] = [
    "contact_id", "lead_id", "person_id", "record_id", "marketo_guid", "leid", "id", "customer_id", "client_id",
    "crm_id", "hs_object_id", "mql_id", "contact_no", "klantnummer", "klant_id", "kundennummer", "kunden_id",
    "id_cliente", "id_contacto", "numero_client", "email", "email_address",
];

/// Counters of what a lead did, that an export carries with the contact: words of the header, and what is counted, by
/// the name of the event type it would be.
const COUNTERS: [(&[Stems], &str); 9] = [
    (&[&["pageview"], &["page", "view"]], "page_view"),
    (
        &[&["session"], &["visit"], &["number", "visits"]],
        "page_view",
    ),
    (
        &[
            &["form", "submission"],
            &["form", "submit"],
            &["conversion"],
        ],
        "form_submit",
    ),
    (
        &[&["email", "open"], &["emails", "opened"], &["opens$"]],
        "email_open",
    ),
    (
        &[&["email", "click"], &["emails", "clicked"], &["clicks$"]],
        "email_click",
    ),
    (
        &[&["email", "repl"], &["emails", "replied"], &["replies$"]],
        "reply",
    ),
    (&[&["download"]], "download"),
    (&[&["meeting"], &["afspraken"], &["termine"]], "meeting"),
    (&[&["member", "rating"]], "email_open"),
];

/// Words of headers that count something else, or when it was.
#[rustfmt::skip]
const NO_COUNTERS: [Stems; 8] = [
    &["date"], &["last"], &["bounce"], &["deliver"], &["sent"], &["rate$"], &["average"], &["id$"],
];

/// Words for what speaks for a lead, in headers of columns of yes and no.
#[rustfmt::skip]
const GOOD_SIGNS: [Stems; 26] = [
    &["confirm"], &["request"], &["interested"], &["ready"], &["approv"], &["verif"], &["visited"], &["booked"],
    &["subscribed$"], &["bevestigd"], &["aangevraagd"], &["bezocht"], &["geinteresseerd"], &["bestatigt"],
    &["angefragt"], &["besucht"], &["interessiert"], &["solicit"], &["interesad"], &["visitado"], &["demande"],
    &["visite$"], &["vip$"], &["qualified"], &["trial"], &["preapproved"],
];

/// The columns of contacts that a model can be made of.
#[derive(Debug, Default)]
pub(super) struct Roles {
    columns: BTreeMap<Role, usize>,
    /// Columns that count what a lead did, and as what.
    pub counters: Vec<(usize, &'static str)>,
    /// Columns of yes and no whose yes speaks for a lead.
    pub good_signs: Vec<usize>,
    /// Other columns of yes and no.
    pub other_flags: Vec<usize>,
}

impl Roles {
    /// Finds the roles of the columns of contacts. There is always an id, unless no column could be one.
    pub(super) fn find(survey: &Survey, decimals: Decimals) -> Self {
        let mut roles = Self::default();
        let names: Vec<String> = survey.columns.iter().map(|c| c.folded.clone()).collect();
        // The id first; an address can be the id as well as the address.
        if let Some(id) = find_id(survey, &names) {
            roles.columns.insert(Role::Id, id);
        }
        let mut taken: Vec<usize> = roles.columns.values().copied().collect();
        taken.retain(|column| {
            !survey.columns[*column]
                .facts
                .are_most(survey.columns[*column].facts.emails)
        });
        for known in &KNOWN {
            let free = (0..survey.columns.len()).filter(|column| !taken.contains(column));
            let ranked = free.filter_map(|column| {
                let Column { facts, words, .. } = &survey.columns[column];
                let rank = known.rank(&names[column], words)?;
                (known.fits)(facts, decimals).then_some((rank, column))
            });
            if let Some((_, column)) = ranked.min() {
                roles.columns.insert(known.role, column);
                taken.push(column);
            }
        }
        roles.find_by_content(survey, &mut taken);
        roles.find_counters(survey, decimals, &mut taken);
        roles.find_flags(survey, &taken);
        roles
    }

    /// The column of a role.
    pub(super) fn get(&self, role: Role) -> Option<usize> {
        self.columns.get(&role).copied()
    }

    /// All roles found, each with its column.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Role, usize)> + '_ {
        self.columns.iter().map(|(role, column)| (*role, *column))
    }

    /// Addresses and telephone numbers are told whatever their headers say.
    fn find_by_content(&mut self, survey: &Survey, taken: &mut Vec<usize>) {
        let is_email: fn(&Facts) -> bool = |facts| facts.is_share(facts.emails, 80);
        let is_phone: fn(&Facts) -> bool = |facts| {
            facts.is_share(facts.spelt_phones, 60) && !facts.are_most(facts.times.recognised())
        };
        for (role, holds) in [(Role::Email, is_email), (Role::Phone, is_phone)] {
            if self.columns.contains_key(&role) {
                continue;
            }
            let others = KNOWN
                .iter()
                .filter(|known| known.role == role)
                .flat_map(|known| known.not);
            let others: Vec<Stems> = others.copied().collect();
            let found = (0..survey.columns.len()).find(|column| {
                let Column { facts, words, .. } = &survey.columns[*column];
                !taken.contains(column) && holds(facts) && !any(&others, words)
            });
            if let Some(column) = found {
                self.columns.insert(role, column);
                taken.push(column);
            }
        }
    }

    fn find_counters(&mut self, survey: &Survey, decimals: Decimals, taken: &mut Vec<usize>) {
        for (number, column) in survey.columns.iter().enumerate() {
            let Column { facts, words, .. } = column;
            if taken.contains(&number)
                || !facts.holds_numbers()
                || !decimals.reads(facts)
                || any(&NO_COUNTERS, words)
            {
                continue;
            }
            let counted = COUNTERS.iter().find(|(sets, _)| any(sets, words));
            if let Some((_, kind)) = counted
                && self.counters.iter().all(|(_, other)| other != kind)
            {
                self.counters.push((number, kind));
                taken.push(number);
            }
        }
    }

    fn find_flags(&mut self, survey: &Survey, taken: &[usize]) {
        for (number, column) in survey.columns.iter().enumerate() {
            if taken.contains(&number) || !column.facts.holds_yes_no() {
                continue;
            }
            if any(&GOOD_SIGNS, &column.words) {
                self.good_signs.push(number);
            } else {
                self.other_flags.push(number);
            }
        }
    }
}

impl Known {
    /// How well a header fits, the best being 0.
    fn rank(&self, folded_header: &str, words: &[String]) -> Option<usize> {
        let usual = self
            .headers
            .iter()
            .position(|header| folded(header) == folded_header);
        let by_words = || any(self.words, words).then_some(self.headers.len());
        if usual.is_none() && any(self.not, words) {
            return None;
        }
        usual.or_else(by_words)
    }
}

/// The name that a role's column gets in a model.
pub(super) fn name(role: Role) -> &'static str {
    let known = KNOWN.iter().find(|known| known.role == role);
    known.map_or("id", |known| known.name)
}

/// The column of the contacts' ids: a usual header whose cells are all different, else one that says it is an id, else
/// the first column whose cells are all different, else a usual header; the refusal of its rows says what is wrong.
fn find_id(survey: &Survey, names: &[String]) -> Option<usize> {
    let usual: Vec<usize> = IDS
        .iter()
        .filter_map(|id| {
            names
                .iter()
                .position(|name| *name == folded(&snake_case(id)))
        })
        .collect();
    let names_rows = |column: &usize| survey.columns[*column].facts.names_rows();
    let is_everywhere = |column: &usize| survey.columns[*column].is_everywhere;
    let candidates = usual.iter().copied().filter(is_everywhere);
    candidates
        .clone()
        .find(names_rows)
        .or_else(|| {
            candidates
                .clone()
                .find(|column| names[*column].ends_with("id"))
        })
        .or_else(|| {
            let all = 0..survey.columns.len();
            all.filter(is_everywhere)
                .find(|column| names_rows(column) && !survey.columns[*column].words.is_empty())
        })
        .or_else(|| candidates.clone().next())
}
