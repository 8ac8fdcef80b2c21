//! Our own mails, in tests/mail, each with what is read of it beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use super::sound::sound;

/// Each of our own mails, with its file.
pub(crate) fn mails() -> &'static [(PathBuf, Vec<u8>)] {
    static MAILS: OnceLock<Vec<(PathBuf, Vec<u8>)>> = OnceLock::new();
    MAILS.get_or_init(|| {
        let mut mails = Vec::new();
        walk(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail"),
            &mut mails,
        );
        mails.sort();
        mails
    })
}

fn walk(folder: &Path, mails: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, mails);
        } else if path.extension().is_some_and(|kind| kind == "eml") {
            let bytes = fs::read(&path).unwrap();
            mails.push((path, bytes));
        }
    }
}

#[test]
fn our_own_mails_are_read_as_written_beside_them() {
    let mails = mails();
    assert!(mails.len() >= 95, "only {} mails found", mails.len());
    for (path, raw) in mails {
        let reading = sound(raw);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let name = path.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| {
            insta::assert_snapshot!(name, serde_json::to_string_pretty(&reading).unwrap());
        });
    }
}
