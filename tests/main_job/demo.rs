//! The newcomer's first command, whole: twice in a row in one folder, on Dovecot and on Maildirs.

use std::{fs, process::Command};

use okno::lab::Scratch;

fn play(options: &[&str]) {
    let scratch = Scratch::new("demo").unwrap();
    let folder = scratch.path().join("demo-data");
    for _ in 0..2 {
        let done = Command::new(env!("CARGO_BIN_EXE_okno"))
            .args(["demo", "--folder"])
            .arg(&folder)
            .args(options)
            .output()
            .unwrap();
        let told = String::from_utf8(done.stdout).unwrap();
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{told}\n{complaint}");
        assert_eq!(complaint, "");
        for words in [
            "Обращение зарегистрировано под номером IT-1001",
            "Срок решения",
            "Новое обращение",
            "зайду до обеда",
            "registered as BUH-1002",
            "Отв: ",
            "closed, rated 5 of 5",
            "okno explain 1001",
            "A month that people are paid by",
            "the accountants have the file",
        ] {
            let is_closed_now =
                words.starts_with("Обращение") && told.contains("Сейчас нерабочее время");
            assert!(
                told.contains(words) || is_closed_now,
                "no «{words}» in:\n{told}"
            );
        }
        let wide = told
            .lines()
            .find(|line| line.chars().count() > 80 && !line.contains(&*folder.to_string_lossy()));
        assert_eq!(wide, None);
        let copies = fs::read_dir(folder.join("mails")).unwrap().count();
        assert_eq!(copies, 31);
        // The file that people are paid by lies where the telling says.
        let files = fs::read_dir(folder.join("payroll")).unwrap().flatten();
        let paid = files.filter(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let is_csv = name.ends_with(".csv") && name.starts_with("pay_");
            is_csv
                && fs::read_to_string(file.path())
                    .unwrap()
                    .contains("УТ-00042")
        });
        assert_eq!(paid.count(), 1);
        let pids = fs::read_dir(folder.join("dovecot")).into_iter().flatten();
        let left = pids.flatten().any(|file| file.file_name() == "dovecot.pid");
        assert!(!left, "the demo's Dovecot is still there");
    }
}

#[test]
fn the_story_is_played_on_dovecot() {
    play(&[]);
}

#[test]
fn the_story_is_played_on_maildirs() {
    play(&["--maildirs"]);
}

#[test]
fn a_folder_with_something_else_in_it_is_left_alone() {
    let scratch = Scratch::new("demo").unwrap();
    let precious = scratch.path().join("data");
    fs::write(&precious, "precious").unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_okno"))
        .args(["demo", "--folder"])
        .arg(scratch.path())
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("--folder"));
    assert_eq!(fs::read_to_string(precious).unwrap(), "precious");
}
