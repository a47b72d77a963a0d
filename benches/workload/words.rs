//! What the cells of a workload say.

/// Sixteen, so that a byte falls on each as often; the frequent ones stand twice or more.
pub const EVENTS: [&str; 16] = [
    "Email Sent",
    "Email Sent",
    "Email Opened",
    "Email Opened",
    "Email Clicked",
    "Website Visit",
    "Website Visit",
    "Property Viewed",
    "Property Viewed",
    "Property Viewed",
    "Property Saved",
    "Information Requested",
    "Viewing Requested",
    "Call Made",
    "Email Reply",
    "WhatsApp Reply",
];

pub const FIRST_NAMES: [&str; 8] = [
    "Anna", "Björn", "Carmen", "Dirk", "Élodie", "Fiona", "Günter", "Håkan",
];

pub const LAST_NAMES: [&str; 8] = [
    "Visser",
    "O'Shea",
    "Muñoz",
    "Lindqvist",
    "Böhm",
    "Garnier",
    "Whitworth",
    "de Vries",
];

pub const OWNERS: [&str; 5] = [
    "tom.hadley@agency.example",
    "joost.verweij@agency.example",
    "katrin.vogt@agency.example",
    "ingela.lund@agency.example",
    "marta.soler@agency.example",
];

pub const SOURCES: [&str; 6] = [
    "Portals",
    "Website",
    "Referral",
    "Social Media",
    "Email Campaign",
    "Incoming Call",
];

pub const HOMES: [&str; 4] = ["Apartment", "Villa", "Townhouse", ""];

pub const PLACES: [&str; 6] = [
    "Marbella",
    "Estepona",
    "Mijas",
    "Fuengirola",
    "\"Marbella, Estepona\"",
    "",
];

/// Only with `--columns more`.
pub const COUNTRIES: [&str; 6] = ["ES", "NL", "DE", "GB", "SE", ""];

/// Only with `--columns more`.
pub const PAGES: [&str; 8] = [
    "/",
    "/homes",
    "/homes/new",
    "/pricing",
    "/pricing/fees",
    "/contact",
    "/blog/moving-to-the-coast",
    "/blog/Taxes",
];
