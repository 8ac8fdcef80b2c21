//! Mails that nobody wants: each ends somewhere with a reason, and the next mail passes.

use okno::{
    model::ids::RawId,
    store::{history, journal, work},
};

use crate::{
    ground::{DESK, Ground, drain, with_db},
    mails,
};

fn bad() -> Vec<(&'static str, Vec<u8>)> {
    let head = "From: bad@somewhere.test\nTo: it@uni.test\nSubject: Bad\n";
    let mut nested = String::from(head) + "MIME-Version: 1.0\n";
    for depth in 0..2_000 {
        nested.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=\"b{depth}\"\n\n--b{depth}\n"
        ));
    }
    let mut with_nul = format!("{head}\nthe paper\0is in the tray\n").into_bytes();
    with_nul.extend(b"\0\0\0\n");
    vec![
        ("empty", Vec::new()),
        ("of 30 MB", mails::generated(9_999, DESK, 30_000_000)),
        (
            "without From",
            b"To: it@uni.test\nSubject: Who am I\n\nHelp.\n".to_vec(),
        ),
        ("with NUL", with_nul),
        (
            "of 8 bits without a charset",
            [
                head.as_bytes(),
                b"\n\xcf\xf0\xe8\xed\xf2\xe5\xf0 \xed\xe5 \xef\xe5\xf7\xe0\xf2\xe0\xe5\xf2\n",
            ]
            .concat(),
        ),
        ("nested 2,000 deep", nested.into_bytes()),
        (
            "no mail at all",
            (0..=255_u8).rev().cycle().take(5_000).collect(),
        ),
    ]
}

#[test]
fn each_ends_with_a_reason_and_the_next_mail_passes() {
    let ground = Ground::new("bad");
    let bad = bad();
    for (number, (_, mail)) in bad.iter().enumerate() {
        ground.receives(mail);
        ground.receives(&mails::generated(number, DESK, 0));
    }
    let config = ground.configure(&mails::config(&ground.dovecot, ground.door.port(), DESK));
    drain(&config);
    for (number, (name, _)) in bad.iter().enumerate() {
        let answers = ground.sent_to(&mails::sender(number));
        assert_eq!(answers.len(), 1, "the mail after the one {name}");
    }
    with_db(&config, async |db| {
        let quarantined = work::quarantined(db, 100).await.unwrap();
        for raw in (1..=bad.len() as i64 * 2).map(RawId) {
            let mail = journal::raw(db, raw).await.unwrap();
            let decisions = history::decisions_on(db, "mail", &raw.to_string())
                .await
                .unwrap();
            let is_decided = decisions.iter().any(|decision| !decision.reason.is_empty());
            let is_quarantined = quarantined
                .iter()
                .any(|work| work.raw == Some(raw) && !work.problem.is_empty());
            assert!(
                is_decided || is_quarantined,
                "raw mail {raw} of {} bytes is nowhere",
                mail.size
            );
        }
        assert_eq!(work::count(db).await.unwrap(), 0, "work is left undone");
    });
}
