//! Guards of a run that nobody watches: what they find ends with 1, and the list of before stays as it is.

use crate::scene::Scene;

/// A scene with an earlier list that must survive, and what it holds.
fn before() -> (Scene, String) {
    let scene = Scene::small();
    assert_eq!(scene.score("-o ranked.csv").code, 0);
    let list = scene.read("ranked.csv");
    (scene, list)
}

#[track_caller]
fn held_back(scene: &Scene, list: &str, flags: &str) -> String {
    let refusal = scene.score(&format!("-o ranked.csv {flags}")).refusal(1);
    assert_eq!(scene.read("ranked.csv"), list, "{flags}");
    assert!(refusal.contains("nothing was written"), "{refusal}");
    refusal
}

#[test]
fn too_few_contacts_hold_the_list_back() {
    let (scene, list) = before();
    let refusal = held_back(&scene, &list, "--min-contacts 4");
    assert!(
        refusal.starts_with("error[too-few-contacts]: 3 contacts, and --min-contacts asks for 4\n"),
        "{refusal}"
    );
    assert_eq!(scene.score("-o ranked.csv --min-contacts 3").code, 0);
}

#[test]
fn a_list_that_shrinks_too_much_holds_itself_back() {
    let (scene, list) = before();
    scene.write(
        "contacts.csv",
        "contact_id,name,email,budget\nA,Anna,a@example.com,1\n",
    );
    let refusal = held_back(&scene, &list, "--max-drop 60%");
    assert!(
        refusal.starts_with(
            "error[drop]: ranked.csv has 3 leads, and the new list has 1: --max-drop 60% does not allow that\n"
        ),
        "{refusal}"
    );
    assert_eq!(scene.score("-o ranked.csv --max-drop 67%").code, 0);
}

#[test]
fn the_drop_is_counted_in_every_list_that_can_be_read() {
    let scene = Scene::small();
    for name in ["ranked.tsv", "ranked.json", "ranked.ndjson", "ranked.xlsx"] {
        assert_eq!(scene.score(&format!("-o {name}")).code, 0);
        let list = std::fs::read(scene.path(name)).expect("there");
        for most in ["10%", "1"] {
            let refusal = scene
                .score(&format!("-o {name} --top 1 --max-drop {most}"))
                .refusal(1);
            assert!(
                refusal.contains(&format!("{name} has 3 leads")),
                "{refusal}"
            );
        }
        assert!(std::fs::read(scene.path(name)).expect("there") == list);
    }
}

#[test]
fn beside_a_list_that_can_be_counted_there_may_be_one_that_cannot() {
    let (scene, list) = before();
    let outputs = "-o ranked.md -o ranked.csv";
    assert_eq!(scene.score(outputs).code, 0);
    let run = scene.score(&format!("{outputs} --max-drop 10%"));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let refusal = scene
        .score(&format!("{outputs} --top 1 --max-drop 10%"))
        .refusal(1);
    assert!(refusal.contains("ranked.csv has 3 leads"), "{refusal}");
    assert_eq!(scene.read("ranked.csv"), list);
}

#[test]
fn without_a_list_that_can_be_counted_the_drop_is_refused_before_anything_is_read() {
    let scene = Scene::empty();
    for outputs in [
        "",
        "-o ranked.md",
        "-o ranked.html",
        "-o /dev/null --format csv",
    ] {
        let refusal = scene
            .run(&format!("score none.csv {outputs} --max-drop 10%"))
            .refusal(2);
        assert!(
            refusal.starts_with(
                "error[uncountable]: --max-drop has no output whose leads it can count\n"
            ),
            "{outputs}: {refusal}"
        );
        assert!(refusal.contains("-o ranked.csv"), "{refusal}");
    }
}

#[test]
fn an_old_file_that_is_no_list_is_said_to_be_unreadable() {
    let scene = Scene::small().with("ranked.csv", "%PDF-1.7\n");
    let refusal = scene.score("-o ranked.csv --max-drop 10%").refusal(65);
    assert_eq!(
        refusal.lines().last(),
        Some("hint: --max-drop cannot count its leads; run once without --max-drop")
    );
    assert!(
        refusal.contains(
            "error[unreadable-list]: the old list ranked.csv cannot be read: ranked.csv is a PDF document\n"
        ),
        "{refusal}"
    );
    assert_eq!(scene.read("ranked.csv"), "%PDF-1.7\n");
    assert_eq!(scene.score("-o ranked.csv").code, 0);
}

#[test]
fn from_an_old_list_without_leads_nothing_drops() {
    for name in [
        "ranked.csv",
        "ranked.tsv",
        "ranked.json",
        "ranked.ndjson",
        "ranked.xlsx",
    ] {
        let scene = Scene::small();
        let nobody = scene.score(&format!("-o {name} --top 0"));
        assert_eq!(nobody.code, 0, "{name}: {}", nobody.stderr);
        for _ in 0..2 {
            let run = scene.score(&format!("-o {name} --max-drop 0"));
            assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        }
        scene.write(name, "");
        let run = scene.score(&format!("-o {name} --max-drop 0"));
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
    }
}

#[test]
fn without_a_list_of_before_nothing_drops() {
    assert_eq!(Scene::small().score("-o ranked.csv --max-drop 0%").code, 0);
}

#[test]
fn each_finding_holds_the_list_back_and_a_limit_lets_it_pass() {
    let contacts = "contact_id,name,email,budget\nA,Anna,a@example.com,1\nA,Anna,a@example.com,1\n\
                    B,Bram,b@example.com,lots\nC,too,few\nD,Dora,d@example.com,2";
    let events = "contact_id,event,timestamp\nA,email_open,2026-10-30\nZ,email_open,2026-10-30\n\
                  A,email_open,2026-12-24\nA,fax,2026-10-30\n";
    for (finding, said, limit) in [
        ("orphans", "1 event of no contact in the export", "25%"),
        ("future", "1 event later than as-of", "1"),
        ("unused-types", "1 event of a type that no signal uses", "1"),
        ("repeats", "1 row that repeats another", "1"),
        ("rejected", "1 row that cannot be read", "12%"),
        (
            "unreadable-cells",
            "1 cell that a condition cannot read",
            "1",
        ),
        ("no-line-end", "1 file whose last line has no end", "1"),
    ] {
        let (scene, list) = before();
        scene.write("contacts.csv", contacts);
        scene.write("events.csv", events);
        let refusal = held_back(
            &scene,
            &list,
            &format!("--max-bad-rows 1 --fail-on {finding}"),
        );
        assert!(
            refusal.starts_with(&format!("error[guard]: {said}\n")),
            "{refusal}"
        );
        let passes = format!("--max-bad-rows 1 --fail-on {finding}={limit} -o ranked.csv");
        let run = scene.score(&passes);
        assert_eq!(run.code, 0, "{finding}: {}", run.stderr);
    }
}

#[test]
fn several_guards_are_said_at_once() {
    let (scene, list) = before();
    let refusal = held_back(
        &scene,
        &list,
        "--min-contacts 9 --fail-on future,orphans=0%",
    );
    assert!(refusal.contains("error[too-few-contacts]"), "{refusal}");
    assert!(
        refusal
            .contains("1 event of no contact in the export, and --fail-on orphans=0% allows fewer"),
        "{refusal}"
    );
}

#[test]
fn a_guard_that_is_none_is_a_usage_error() {
    let scene = Scene::small();
    let refusal = scene.score("--fail-on orphan").refusal(2);
    assert!(
        refusal.contains("hint: did you mean `orphans`?"),
        "{refusal}"
    );
    let refusal = scene.score("--fail-on everything").refusal(2);
    assert!(
        refusal.contains("`everything` is nothing that --fail-on can look for"),
        "{refusal}"
    );
    assert!(
        refusal.contains("hint: it can be orphans, future, "),
        "{refusal}"
    );
    let refusal = scene.score("--fail-on orphans=few").refusal(2);
    assert!(
        refusal.contains("`orphans=few` has no limit behind its `=`"),
        "{refusal}"
    );
    assert!(
        refusal.contains("hint: a number or a share: orphans=10 or orphans=5%"),
        "{refusal}"
    );
    for finding in ["unreadable-cells", "no-line-end"] {
        let refusal = scene.score(&format!("--fail-on {finding}=5%")).refusal(2);
        assert!(
            refusal.contains(&format!(
                "{finding} are no rows, so `5%` is no share of them"
            )),
            "{refusal}"
        );
        assert!(
            refusal.contains(&format!("hint: a number: {finding}=10\n")),
            "{refusal}"
        );
    }
    let refusal = scene.score("-o ranked.csv --max-drop much").refusal(2);
    assert!(
        refusal.contains("`much` is no limit for --max-drop"),
        "{refusal}"
    );
}
