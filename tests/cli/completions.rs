//! `hotlist completions`.

use std::process::{Command, Stdio};

use crate::scene::{Scene, outcome};

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// The names of the commands, as the help lists them.
pub fn commands() -> Vec<String> {
    let help = Scene::empty().run("--help").output();
    let list = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty());
    let names = list.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names
        .filter(|name| !name.is_empty() && *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_script_of_each_shell_names_every_command_and_its_flags() {
    let commands = commands();
    assert!(commands.len() >= 6, "{commands:?}");
    for shell in SHELLS {
        let script = Scene::empty().run(&format!("completions {shell}")).output();
        for word in commands.iter().map(String::as_str) {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
        for flag in ["allow-empty", "temperature", "quiet"] {
            assert!(script.contains(flag), "{shell} lacks {flag}");
        }
    }
}

#[test]
fn another_shell_is_refused_and_the_known_ones_are_named() {
    let refusal = Scene::empty().run("completions tcsh").refusal(2);
    for shell in SHELLS {
        assert!(refusal.contains(shell), "{refusal}");
    }
}

/// What bash offers for the last of these words, in a folder with the exports.
#[cfg(unix)]
fn offered(words: &[&str]) -> Vec<String> {
    let scene = Scene::small();
    let script = scene.run("completions bash").output();
    scene.write("hotlist.bash", script);
    let last = words.len() - 1;
    let (word, before) = (words[last], words[last - 1]);
    let ask = format!(
        "source hotlist.bash; COMP_WORDS=({}); COMP_CWORD={last}; COMP_LINE='{}'; COMP_POINT=${{#COMP_LINE}}; \
         _hotlist hotlist '{word}' '{before}' 2>complaints; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        words.join(" "),
    );
    let mut bash = Command::new("bash");
    bash.args(["-u", "-c", &ask])
        .current_dir(scene.path(""))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let run = outcome(&mut bash, b"");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    run.stdout.lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn bash_takes_the_script_and_offers_commands_flags_and_files() {
    assert_eq!(offered(&["hotlist", "sco"]), ["score"]);
    assert_eq!(offered(&["hotlist", "score", "--allow"]), ["--allow-empty"]);
    let events = offered(&["hotlist", "score", "contacts.csv", "-e", "ev"]);
    assert_eq!(events, ["events.csv"]);
    let models = offered(&["hotlist", "score", "contacts.csv", "--model", "mod"]);
    assert_eq!(models, ["model.toml"]);
}
