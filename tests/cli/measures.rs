//! What each measure comes to, worked out by hand for a handful of events.

use crate::scene::{Scene, column};

/// The value of a signal of one contact as of the end of 2026-11-01 in Amsterdam, a Sunday; `events` are
/// `time,kind,cell` lines. It is read from a rule that gives one point for each unit, to three decimals.
#[track_caller]
fn value(signal: &str, events: &[&str]) -> String {
    let model = format!(
        "timezone = \"Europe/Amsterdam\"\n\
         [signals]\ns = {{ {signal} }}\n\
         [[rules]]\nname = \"S\"\nsignal = \"s\"\npoints = 1\n\
         [score]\nmin = -100000\nmax = 100000\ndecimals = 3\n\
         [temperatures]\nall = {{ from = -100000 }}\n"
    );
    let mut rows = "contact_id,timestamp,event,cell\n".to_owned();
    for event in events {
        rows.push_str(&format!("A,{event}\n"));
    }
    let scene = Scene::small()
        .with("model.toml", model)
        .with("contacts.csv", "contact_id\nA\n")
        .with("events.csv", rows);
    column(&scene.score("").output(), "score").concat()
}

#[test]
fn a_window_of_30_days_holds_ages_0_to_29() {
    let ages = [
        "2026-11-01 23:59:59,x,",
        "2026-10-03 00:00,x,",
        "2026-10-02 23:59:59,x,",
    ];
    assert_eq!(value("event = 'x', within = '30 days'", &ages), "2");
    assert_eq!(value("event = 'x', within = '1 day'", &ages), "1");
}

#[test]
fn days_are_those_of_the_models_zone() {
    // 23:30 in London is half past midnight of the next day in Amsterdam; the clocks changed on 25 October.
    let events = ["2026-10-02T22:30:00Z,x,", "2026-10-02T21:30:00Z,x,"];
    assert_eq!(value("event = 'x', within = '30 days'", &events), "1");
}

#[test]
fn only_events_of_the_type_and_the_condition_count() {
    let events = [
        "2026-10-30,x,a",
        "2026-10-30,x,b",
        "2026-10-30,y,a",
        "2026-10-30,x,",
    ];
    assert_eq!(value("event = 'x', where = \"cell = 'a'\"", &events), "1");
    assert_eq!(
        value("event = ['x', 'y'], where = \"cell = 'a'\"", &events),
        "2"
    );
    assert_eq!(value("event = 'x', where = \"cell <> 'a'\"", &events), "1");
}

#[test]
fn a_limit_counts_by_calendar_day_week_from_monday_and_month() {
    let events = [
        "2026-10-25 10:00,x,",
        "2026-10-26 10:00,x,",
        "2026-10-26 11:00,x,",
        "2026-10-31 12:00,x,",
        "2026-11-01 10:00,x,",
    ];
    assert_eq!(
        value("event = 'x', limit = { per = 'day', max = 1 }", &events),
        "4"
    );
    assert_eq!(
        value("event = 'x', limit = { per = 'week', max = 1 }", &events),
        "2"
    );
    assert_eq!(
        value("event = 'x', limit = { per = 'week', max = 3 }", &events),
        "4"
    );
    assert_eq!(
        value("event = 'x', limit = { per = 'month', max = 2 }", &events),
        "3"
    );
}

#[test]
fn decayed_events_count_by_their_weight_and_a_limit_takes_the_newest() {
    let events = ["2026-11-01,x,", "2026-10-02,x,", "2026-10-30,x,"];
    assert_eq!(
        value("event = 'x', decay = { half_life = '30 days' }", &events),
        "2.455"
    );
    assert_eq!(
        value("event = 'x', decay = { linear = '60 days' }", &events),
        "2.467"
    );
    let newest = "event = 'x', decay = { linear = '60 days' }, limit = { per = 'month', max = 1 }";
    assert_eq!(value(newest, &events), "1.967");
}

#[test]
fn distinct_counts_values_and_not_blanks() {
    let events = [
        "2026-10-30,x,a",
        "2026-10-30,x,b",
        "2026-10-31,x,a",
        "2026-10-31,x,",
        "2026-10-31,x,A",
    ];
    assert_eq!(
        value("event = 'x', measure = 'distinct', of = 'cell'", &events),
        "3"
    );
}

#[test]
fn sums_skip_what_is_no_number_and_a_limit_prefers_the_larger_at_one_instant() {
    let events = [
        "2026-10-30 10:00,x,1.5",
        "2026-10-30 10:00,x,10",
        "2026-10-30 09:00,x,100",
        "2026-10-30 11:00,x,lots",
        "2026-10-30 11:00,x,",
    ];
    assert_eq!(
        value("event = 'x', measure = 'sum', of = 'cell'", &events),
        "111.5"
    );
    let limited = "event = 'x', measure = 'sum', of = 'cell', limit = { per = 'day', max = 1 }";
    assert_eq!(value(limited, &events), "10");
    let decayed = "event = 'x', measure = 'sum', of = 'cell', decay = { linear = '4 days' }";
    assert_eq!(value(decayed, &events), "55.75");
}

#[test]
fn the_largest_and_smallest_value_are_taken() {
    let events = [
        "2026-10-30,x,5",
        "2026-10-30,x,-7.25",
        "2026-10-30,x,n/a",
        "2026-10-30,y,99",
    ];
    assert_eq!(
        value("event = 'x', measure = 'max', of = 'cell'", &events),
        "5"
    );
    assert_eq!(
        value("event = 'x', measure = 'min', of = 'cell'", &events),
        "-7.25"
    );
}

#[test]
fn days_are_counted_once_and_from_the_newest_and_the_oldest() {
    let events = [
        "2026-10-30 00:00,x,",
        "2026-10-30 23:59,x,",
        "2026-10-20,x,",
        "2026-10-31,y,",
    ];
    assert_eq!(value("event = 'x', measure = 'active_days'", &events), "2");
    assert_eq!(
        value("event = 'x', measure = 'days_since_last'", &events),
        "2"
    );
    assert_eq!(
        value("event = 'x', measure = 'days_since_first'", &events),
        "12"
    );
    assert_eq!(
        value("event = ['x', 'y'], measure = 'days_since_last'", &events),
        "1"
    );
}

#[test]
fn a_response_is_the_first_answer_before_the_next_question_in_whole_minutes() {
    let events = [
        "2026-10-28 10:00:00,ask,",
        "2026-10-28 10:30:59,reply,",
        "2026-10-28 10:40:00,reply,",
        "2026-10-29 11:00:00,ask,",
        "2026-10-29 12:00:00,ask,",
        "2026-10-29 12:10:00,reply,",
        "2026-10-30 09:00:00,ask,",
        "2026-10-30 10:05:00,reply,",
        "2026-10-31 09:00:00,ask,",
        "2026-10-31 09:20:00,reply,",
    ];
    let taken = |take: &str| {
        value(
            &format!("measure = 'response', from = 'ask', to = 'reply', take = '{take}'"),
            &events,
        )
    };
    assert_eq!(taken("fastest"), "10");
    assert_eq!(
        taken("median"),
        "20",
        "of 10, 20, 30 and 65 the lower of the middle two"
    );
    assert_eq!(taken("latest"), "20");
    assert_eq!(taken("slowest"), "65");
}

#[test]
fn an_answer_at_the_same_instant_is_an_answer_and_one_before_is_none() {
    let response = "measure = 'response', from = 'ask', to = 'reply'";
    let events = [
        "2026-10-28 09:00,reply,",
        "2026-10-28 10:00,ask,",
        "2026-10-28 10:00,reply,",
        "2026-10-28 11:00,reply,",
    ];
    assert_eq!(value(response, &events), "0");
    assert_eq!(
        value(
            response,
            &[
                "2026-10-28 09:00,reply,",
                "2026-10-28 10:00,ask,",
                "2026-10-28 10:07,reply,"
            ]
        ),
        "7"
    );
    let windowed = "measure = 'response', from = 'ask', to = 'reply', within = '2 days'";
    assert_eq!(
        value(
            windowed,
            &[
                "2026-10-30 23:50,ask,",
                "2026-10-31 00:10,reply,",
                "2026-10-31 08:00,ask,",
                "2026-10-31 08:05,reply,"
            ]
        ),
        "5"
    );
}

#[test]
fn without_events_counts_are_0_and_ages_are_unknown() {
    for measure in [
        "",
        ", measure = 'distinct', of = 'cell'",
        ", measure = 'active_days'",
        ", measure = 'days_since_last'",
    ] {
        assert_eq!(
            value(&format!("event = 'x'{measure}"), &["2026-10-30,y,"]),
            "0",
            "{measure}"
        );
    }
}
