//! A Maildir on a real disk.

use super::*;

fn maildir() -> (tempfile::TempDir, Maildir) {
    let folder = tempfile::tempdir().unwrap();
    let maildir = Maildir::new(&folder.path().join("anna"));
    (folder, maildir)
}

fn list(maildir: &Maildir) -> Vec<Entry> {
    let mut scan = maildir.scan().unwrap();
    let mut all = Vec::new();
    loop {
        let batch = scan.next_batch(2).unwrap();
        if batch.is_empty() {
            return all;
        }
        assert!(batch.len() <= 2);
        all.extend(batch);
    }
}

#[test]
fn what_is_delivered_is_listed_and_read() {
    let (_folder, maildir) = maildir();
    let keys: std::collections::BTreeSet<String> = (0..5)
        .map(|n| maildir.deliver(format!("mail {n}").as_bytes()).unwrap())
        .collect();
    let listed = list(&maildir);
    assert_eq!(listed.len(), 5);
    assert_eq!(
        listed
            .iter()
            .map(|entry| entry.key.clone())
            .collect::<std::collections::BTreeSet<_>>(),
        keys
    );
    for entry in &listed {
        let bytes = maildir.read(entry, 1_000).unwrap().unwrap();
        assert!(bytes.starts_with(b"mail "));
        assert_eq!(entry.size, 6);
        assert_eq!(maildir.read(entry, 3).unwrap().unwrap(), b"mai");
    }
    assert_eq!(fs::read_dir(maildir.path.join("tmp")).unwrap().count(), 0);
}

#[test]
fn a_mail_stays_itself_when_it_is_read_and_flagged() {
    let (_folder, maildir) = maildir();
    let key = maildir.deliver(b"hello").unwrap();
    let before = list(&maildir).remove(0);
    fs::rename(
        &before.path,
        maildir.path.join("cur").join(format!("{key}:2,S")),
    )
    .unwrap();
    let after = list(&maildir).remove(0);
    assert_eq!(after.key, before.key);
    assert_eq!(
        maildir.read(&before, 99).unwrap().unwrap(),
        b"hello",
        "found again by its key"
    );
    fs::remove_file(&after.path).unwrap();
    assert_eq!(maildir.read(&before, 99).unwrap(), None);
}

#[test]
fn hidden_files_and_folders_are_no_mails() {
    let (_folder, maildir) = maildir();
    let key = maildir.deliver(b"hello").unwrap();
    fs::write(maildir.path.join("new/.nfs0001"), "x").unwrap();
    fs::create_dir(maildir.path.join("cur/folder")).unwrap();
    let listed = list(&maildir);
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].key, key);
}

#[test]
fn a_missing_maildir_is_the_operators() {
    let (_folder, maildir) = maildir();
    let error = maildir.scan().unwrap_err();
    assert!(error.needs_operator());
    assert!(error.to_string().contains("anna/new"), "{error}");
}

#[test]
fn a_failed_delivery_leaves_nothing() {
    let (_folder, maildir) = maildir();
    maildir.deliver(b"hello").unwrap();
    fs::remove_dir_all(maildir.path.join("new")).unwrap();
    fs::write(maildir.path.join("new"), "a file in the way").unwrap();
    let error = maildir.deliver(b"lost?").unwrap_err();
    assert!(error.to_string().contains("new"), "{error}");
    assert_eq!(fs::read_dir(maildir.path.join("tmp")).unwrap().count(), 0);
}

#[test]
fn keys_are_the_unique_part() {
    assert_eq!(key("1700000000.M1P2.host"), "1700000000.M1P2.host");
    assert_eq!(
        key("1700000000.M1P2.host,S=99:2,RS"),
        "1700000000.M1P2.host,S=99"
    );
    assert_eq!(key("1700000000.M1P2.host;2,"), "1700000000.M1P2.host");
}
