//! What the types of an export's events are, by words in several languages, and what each is usually worth.

use super::survey::words;
use super::words::{Stems, any};
use crate::value::snake_case;

/// What becomes of a type in a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It gives points.
    Rule(&'static Scoring),
    /// We reached out: answers are measured from it.
    Outreach,
    /// The lead answered: it gives points, and answers are measured to it.
    Reply(&'static Scoring),
    /// The lead wants no more mail.
    Goodbye,
    /// Mail does not arrive.
    Bounce,
}

/// Where the points of a type count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Area {
    Engagement,
    Behaviour,
}

/// What a type is usually worth, as CRMs and their public handbooks have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scoring {
    /// The rule's name.
    pub rule: &'static str,
    /// The signal's name.
    pub signal: &'static str,
    pub area: Area,
    /// What the rule is worth beside others of its area.
    pub weight: u32,
    /// So many events give all of its points; one if it is asked whether there was any.
    pub full: u32,
    /// Days within which events count.
    pub within: u32,
    /// Days after which an event counts half.
    pub half_life: Option<u32>,
    /// Events of one day that count.
    pub per_day: Option<u32>,
    /// Headers of columns whose different values are counted instead of events, where there is one.
    pub distinct: &'static [&'static str],
}

/// A type that is recognised.
pub(super) struct Known {
    /// Its name in the model.
    pub name: &'static str,
    /// Words of its spellings.
    words: &'static [Stems],
    /// Whether they must stand alone.
    is_alone: bool,
    /// What becomes of it.
    pub use_for: Use,
}

/// Something that is measured over many events.
const fn counted(
    rule: &'static str,
    signal: &'static str,
    weight: u32,
    full: u32,
    per_day: u32,
) -> Scoring {
    Scoring {
        rule,
        signal,
        area: Area::Engagement,
        weight,
        full,
        within: 90,
        half_life: Some(30),
        per_day: Some(per_day),
        distinct: &[],
    }
}

/// Something that matters when it happens at all.
const fn once(rule: &'static str, signal: &'static str, weight: u32, within: u32) -> Scoring {
    Scoring {
        rule,
        signal,
        area: Area::Behaviour,
        weight,
        full: 1,
        within,
        half_life: None,
        per_day: None,
        distinct: &[],
    }
}

const PROPERTIES: Scoring = Scoring {
    distinct: &[
        "property_id",
        "listing_id",
        "home_id",
        "object_id",
        "unit_id",
        "reference",
        "property",
    ],
    within: 60,
    half_life: None,
    per_day: None,
    ..counted("Looks at properties", "homes", 12, 6, 1)
};

const PRODUCTS: Scoring = Scoring {
    distinct: &["product_id", "item_id", "sku", "product"],
    within: 60,
    half_life: None,
    per_day: None,
    ..counted("Looks at products", "products", 12, 6, 1)
};

const REPLIES: Scoring = Scoring {
    full: 3,
    ..once("Answers us", "replies", 9, 60)
};

/// Types, those of more particular words before those of fewer: the first whose words are there is taken.
#[rustfmt::skip]
const KNOWN: [Known; 29] = [
    known("unsubscribe", Use::Goodbye, &[
        &["unsub"], &["opt$", "out$"], &["optout"], &["spam"], &["complain"], &["afgemeld"], &["uitgeschreven"],
        &["abgemeldet"], &["abmeldung"], &["desuscri"], &["desinscri"], &["desabonn"],
    ]),
    known("bounce", Use::Bounce, &[
        &["*bounce"], &["dropped$"], &["undeliver"], &["rebot"], &["unzustellbar"],
    ]),
    known("reply", Use::Reply(&REPLIES), &[
        &["repl"], &["respon"], &["answer"], &["*antwoord"], &["*antwort"], &["respuesta"], &["reponse"], &["rispost"],
        &["teruggebeld"],
    ]),
    known("viewing_held", Use::Rule(&once("Came to a viewing", "viewings_held", 8, 90)), &[
        &["viewing", "complet"], &["viewing", "held"], &["viewing", "attend"], &["showing", "complet"],
    ]),
    known("viewing_requested", Use::Rule(&once("Requested a viewing", "viewings", 12, 90)), &[
        &["viewing", "request"], &["request", "viewing"], &["viewing", "book"], &["viewing", "schedul"], &["showing"],
        &["*bezichtiging"], &["*besichtigung"], &["solicit", "visita"], &["demande", "visite"],
    ]),
    known("property_view", Use::Rule(&PROPERTIES), &[
        &["propert", "view"], &["listing", "view"], &["woning", "bekeken"], &["objekt", "angesehen"],
        &["inmueble", "vist"], &["bien", "consult"],
    ]),
    known("product_view", Use::Rule(&PRODUCTS), &[&["product", "view"], &["view", "item"], &["item", "view"]]),
    known("saved", Use::Rule(&Scoring { half_life: None, ..counted("Saves what it likes", "saves", 6, 2, 3) }), &[
        &["saved"], &["save$"], &["favo"], &["wishlist"], &["shortlist"], &["bewaard"], &["gemerkt"], &["guardad"],
    ]),
    known("email_click", Use::Rule(&counted("Clicks in our emails", "clicks", 10, 3, 3)), &[
        &["click"], &["geklikt"], &["geklickt"], &["clic$"], &["clique"], &["link", "visit"],
    ]),
    known("attended", Use::Rule(&once("Came to an event", "attended", 10, 180)), &[
        &["attend"], &["webinar"], &["open$", "house"], &["open$", "day"], &["open$", "dag"], &["open$", "huis"],
        &["trade", "show"], &["teilgenommen"], &["bijgewoond"], &["asistio"],
    ]),
    known("email_open", Use::Rule(&counted("Opens our emails", "opens", 8, 5, 3)), &[
        &["*mail", "open"], &["*mail", "geopend"], &["*mail", "geoffnet"], &["*mail", "abiert"], &["*mail", "ouvert"],
        &["correo", "abiert"], &["opens$"], &["newsletter", "open"],
    ]),
    known(OUTREACH, Use::Outreach, &[
        &["*mail", "sent$"], &["*mail", "verstuurd"], &["*mail", "verzonden"], &["*mail", "gesendet"],
        &["correo", "enviad"], &["*mail", "envoye"], &["call$", "made"], &["outbound"], &["outreach"], &["gebeld"],
        &["whats", "sent$"], &["sms", "sent$"], &["message", "sent$"], &["sent$"],
    ]),
    known("viewing_requested", Use::Rule(&once("Requested a viewing", "viewings", 12, 90)), &[&["viewing"]]),
    known("inquiry", Use::Rule(&once("Asked us something", "inquiries", 8, 180)), &[
        &["inquir"], &["enquir"], &["information", "request"], &["request", "information"], &["info", "request"],
        &["contact", "request"], &["quote", "request"], &["request", "quote"], &["incoming"], &["inbound"],
        &["*aanvraag"], &["*anfrage"], &["consulta"], &["demande"], &["terugbelverzoek"], &["question"], &["chat"],
    ]),
    known("purchase", Use::Rule(&Scoring { within: 365, ..once("Has bought", "purchases", 12, 365) }), &[
        &["purchas"], &["order$"], &["order$", "placed"], &["bought"], &["besteld"], &["*bestelling"], &["*bestellung"], &["compra$"],
        &["achat"], &["*aankoop"], &["checkout", "complet"], &["deal", "won"],
    ]),
    known("cart", Use::Rule(&once("Filled a cart", "carts", 8, 30)), &[
        &["cart"], &["basket"], &["checkout"], &["winkelwagen"], &["*warenkorb"], &["carrito"], &["panier"],
    ]),
    known("registration", Use::Rule(&once("Signed up", "registrations", 8, 180)), &[
        &["regist"], &["sign$", "up$"], &["signup"], &["signed", "up$"], &["trial"], &["inschrijving"], &["ingeschreven"],
        &["anmeldung"], &["angemeldet"], &["inscripcion"], &["inscription"],
    ]),
    known("form_submit", Use::Rule(&once("Filled in a form", "forms", 10, 90)), &[
        &["form$"], &["forms$"], &["formulier"], &["formular"], &["formulaire"], &["submission"], &["submitted"],
    ]),
    known("meeting", Use::Rule(&once("Met us", "meetings", 12, 90)), &[
        &["meeting"], &["demo$"], &["demonstration"], &["appointment"], &["*afspraak"], &["termin$"], &["reunion"],
        &["cita$"], &["rendez"], &["lunch$"], &["visite$"], &["*gesprek"],
    ]),
    known("call", Use::Rule(&Scoring { full: 2, ..once("Spoke with us", "calls", 6, 60) }), &[
        &["call$"], &["calls$"], &["phone"], &["telefo"], &["anruf"], &["llamada"], &["appel"], &["telephone"],
    ]),
    known("download", Use::Rule(&Scoring { half_life: None, ..counted("Downloads what we offer", "downloads", 8, 2, 2) }), &[
        &["download"], &["whitepaper"], &["brochure"], &["ebook"], &["descarg"], &["telecharg"],
    ]),
    known("video_watched", Use::Rule(&counted("Watches our videos", "videos", 4, 2, 2)), &[&["video"]]),
    known("search", Use::Rule(&counted("Searches", "searches", 4, 4, 2)), &[
        &["search"], &["gezocht"], &["zoekopdracht"], &["gesucht"], &["suche$"], &["busqueda"], &["recherche"],
    ]),
    known("login", Use::Rule(&counted("Logs in", "logins", 6, 5, 1)), &[&["login"], &["log$", "in$"], &["logged", "in$"]]),
    known("page_view", Use::Rule(&counted("Visits the website", "visits", 10, 6, 5)), &[
        &["page", "view"], &["pageview"], &["page$"], &["view", "page"], &["website"], &["web$"], &["site$"],
        &["visit$"], &["visited"], &["session"], &["*bezoek"], &["*besuch"], &["pagina"], &["seite"], &["visita$"],
    ]),
    // Mailings opened: the word alone, for an offer opened is something else.
    alone("email_open", Use::Rule(&counted("Opens our emails", "opens", 8, 5, 3)), &[
        &["open$"], &["opened$"], &["geopend"], &["geoffnet"], &["abierto"], &["ouvert"],
    ]),
    known("document_opened", Use::Rule(&counted("Opens our offers", "offers", 10, 3, 2)), &[
        &["offer", "open"], &["quote", "open"], &["proposal", "view"], &["offerte", "geopend"], &["angebot"],
    ]),
    known("email", Use::Rule(&Scoring { full: 2, ..once("Exchanges emails", "emails", 5, 60) }), &[
        &["email$"], &["emails$"], &["mail$"], &["correo$"],
    ]),
    known("message", Use::Rule(&Scoring { full: 2, ..once("Exchanges messages", "messages", 5, 60) }), &[
        &["whatsapp"], &["sms$"], &["message"], &["linked"],
    ]),
];

/// Words of types that say nothing about the lead, whatever else they say: what a system did with a mail, and what
/// colleagues noted.
#[rustfmt::skip]
const NOTHING: [Stems; 14] = [
    &["delivered"], &["processed"], &["deferred"], &["status", "change"], &["statuschange"], &["note$"], &["notes$"],
    &["task$"], &["deadline"], &["print$"], &["forward$"], &["document", "upload"], &["*mail", "queued"],
    &["missed", "call"],
];

const fn known(name: &'static str, use_for: Use, words: &'static [Stems]) -> Known {
    Known {
        name,
        words,
        use_for,
        is_alone: false,
    }
}

const fn alone(name: &'static str, use_for: Use, words: &'static [Stems]) -> Known {
    Known {
        is_alone: true,
        ..known(name, use_for, words)
    }
}

/// The type that a spelling in an export stands for, if it is one of those known.
pub(super) fn recognise(spelling: &str) -> Option<&'static Known> {
    let words = words(&snake_case(spelling));
    if any(&NOTHING, &words) {
        return None;
    }
    let has_more = words.len() > 1;
    let fits = |known: &&Known| !(known.is_alone && has_more) && any(known.words, &words);
    KNOWN.iter().find(fits)
}

/// The names of all signals that types can give, which columns may not be called by.
pub(super) fn signal_names() -> impl Iterator<Item = &'static str> {
    let scored = KNOWN.iter().filter_map(|known| match known.use_for {
        Use::Rule(scoring) | Use::Reply(scoring) => Some(scoring.signal),
        Use::Outreach | Use::Goodbye | Use::Bounce => None,
    });
    scored.chain([ANSWER, GOODBYES, BOUNCES])
}

/// The type of what we send and whom we call.
pub(super) const OUTREACH: &str = "outreach";
/// The signal of how quickly a lead answers.
pub(super) const ANSWER: &str = "answer";
/// The signal of a lead that wants no more mail.
pub(super) const GOODBYES: &str = "goodbyes";
/// The signal of mail that does not arrive.
pub(super) const BOUNCES: &str = "bounces";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Model, templates};
    use crate::preset;

    #[test]
    fn spellings_of_several_systems_and_languages_are_recognised() {
        for (spelling, name) in [
            ("Email Opened", "email_open"),
            ("OPEN", "email_open"),
            ("E-mail geopend", "email_open"),
            ("E-Mail geöffnet", "email_open"),
            ("CLICK", "email_click"),
            ("Email Clicked", "email_click"),
            ("Viewed Page", "page_view"),
            ("Website Visit", "page_view"),
            ("$pageview", "page_view"),
            ("Property Viewed", "property_view"),
            ("Viewed Property", "property_view"),
            ("Saved Property", "saved"),
            ("Viewing Requested", "viewing_requested"),
            ("Viewing Completed", "viewing_held"),
            ("Bezichtiging aangevraagd", "viewing_requested"),
            ("Information Requested", "inquiry"),
            ("Incoming Call", "inquiry"),
            ("Call Made", "outreach"),
            ("Email Sent", "outreach"),
            ("SENT", "outreach"),
            ("Call", "call"),
            ("Email", "email"),
            ("Meeting", "meeting"),
            ("Email Reply", "reply"),
            ("Form Submitted", "form_submit"),
            ("Visited Open House", "attended"),
            ("Unsubscribed", "unsubscribe"),
            ("SPAMREPORT", "unsubscribe"),
            ("BOUNCE", "bounce"),
            ("Hard bounce", "bounce"),
            ("DROPPED", "bounce"),
            ("Offerte geopend", "document_opened"),
            ("Purchase", "purchase"),
        ] {
            assert_eq!(
                recognise(spelling).map(|known| known.name),
                Some(name),
                "{spelling}"
            );
        }
    }

    #[test]
    fn what_says_nothing_about_the_lead_is_not() {
        for spelling in [
            "DELIVERED",
            "Note Added",
            "Task",
            "Document Uploaded",
            "StatusChange",
            "",
            "xyz",
            "Deadline",
        ] {
            assert!(recognise(spelling).is_none(), "{spelling}");
        }
    }

    #[test]
    fn no_two_types_share_a_signal() {
        let mut signals: Vec<(&str, &str)> = Vec::new();
        for known in &KNOWN {
            if let Use::Rule(scoring) | Use::Reply(scoring) = known.use_for {
                signals.push((scoring.signal, known.name));
            }
        }
        signals.sort_unstable();
        signals.dedup();
        let names: Vec<&str> = signals.iter().map(|(signal, _)| *signal).collect();
        let mut different = names.clone();
        different.dedup();
        assert_eq!(names, different);
    }

    #[test]
    fn every_type_of_a_preset_has_a_name_of_a_built_in_model_or_one_of_these() {
        let mut names: Vec<String> = KNOWN.iter().map(|known| known.name.to_owned()).collect();
        for template in templates::ALL {
            let model = Model::parse(template.name, template.text).expect("a valid model");
            names.extend(model.events.types);
            names.extend(model.events.spellings.into_iter().map(|(name, _)| name));
        }
        for shape in preset::all().iter().flat_map(|preset| &preset.shapes) {
            for (name, _) in &shape.types {
                assert!(names.contains(name), "{}: {name}", shape.label());
            }
        }
    }
}
