//! Which system an export comes from, told by headers that no other writes together.

use super::survey::Survey;
use super::words::folded;

/// A system's export of one kind.
struct Shape {
    /// What it is called in messages.
    name: &'static str,
    /// Headers that must all be there; the order makes no difference.
    headers: &'static [&'static str],
}

/// Known shapes, one row each; the first that fits is taken.
const SHAPES: [Shape; 19] = [
    shape("HubSpot contacts", &["Record ID", "Lifecycle Stage"]),
    shape("HubSpot contacts", &["Record ID", "Contact owner"]),
    shape(
        "HubSpot contacts",
        &["Original Source", "Became a Lead Date"],
    ),
    shape("HubSpot contacts", &["hs_object_id"]),
    shape(
        "HubSpot e-mail events",
        &["recipient", "type", "created", "emailCampaignId"],
    ),
    shape(
        "HubSpot e-mail events",
        &["recipient", "type", "created", "appId"],
    ),
    shape(
        "Salesforce leads",
        &["Lead ID", "Lead Owner", "Lead Status"],
    ),
    shape("Salesforce leads", &["LeadSource", "IsConverted"]),
    shape("Salesforce leads", &["LeadSource", "OwnerId", "LastName"]),
    shape("Salesforce tasks", &["WhoId", "ActivityDate"]),
    shape("Pipedrive persons", &["Person - ID", "Person - Name"]),
    shape("Pipedrive deals", &["Deal - ID", "Deal - Title"]),
    shape(
        "Pipedrive activities",
        &["Activity - ID", "Activity - Type"],
    ),
    shape("Mailchimp audience", &["Email Address", "MEMBER_RATING"]),
    shape("Mailchimp audience", &["LEID", "EUID"]),
    shape("Marketo activities", &["marketoGUID", "activityTypeId"]),
    shape(
        "Tesoro leads",
        &["owner_email", "lead.source", "lead.status"],
    ),
    shape(
        "Tesoro leads",
        &["timing.looking_to", "timing.timeline_max"],
    ),
    shape(
        "Zoho leads",
        &["Lead Owner", "Lead Status", "Email Opt Out"],
    ),
];

const fn shape(name: &'static str, headers: &'static [&'static str]) -> Shape {
    Shape { name, headers }
}

/// The name of the shape that an export has, if it is a known one.
pub(super) fn recognise(survey: &Survey) -> Option<&'static str> {
    let there: Vec<String> = survey.columns.iter().map(|c| folded(&c.snake)).collect();
    let has = |header: &str| there.contains(&folded(&crate::value::snake_case(header)));
    let fits = |shape: &&Shape| shape.headers.iter().all(|header| has(header));
    SHAPES.iter().find(fits).map(|shape| shape.name)
}
