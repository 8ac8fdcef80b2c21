//! Mails of people and lists about bounces: none of them is one.

use super::*;

fn person(subject: &str, body: &str) -> String {
    format!(
        "Return-Path: <olga@uni.test>\nFrom: Olga <olga@uni.test>\nTo: it@desk.test\nSubject: {subject}\nMessage-ID: <1@uni.test>\nUser-Agent: Mail\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    )
}

#[test]
fn people_write_about_bounces() {
    check(
        &person(
            "Не удалось доставить письмо",
            "Здравствуйте! Пишу anna@uni.test, а в ответ: 550 5.1.1 User unknown. Помогите.",
        ),
        "Human",
    );
    check(
        &person(
            "Undeliverable: Report",
            "Hello, my mail could not be delivered: mailbox full. What can I do?",
        ),
        "Human",
    );
    check(
        &person(
            "Delivery Status Notification (Failure)",
            "I get this since Monday, the following address failed: anna@uni.test",
        ),
        "Human",
    );
    check(
        &person(
            "Mail delayed",
            "My mail is delayed, delivery attempts will continue, they say.",
        ),
        "Human",
    );
}

#[test]
fn people_quote_and_forward_them() {
    let report = "Hi. This is the qmail-send program at mx.test.\nI'm afraid I wasn't able to deliver your message.\n\n<anna@uni.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n";
    let quoted: String = report.lines().map(|line| format!("> {line}\n")).collect();
    check(
        &person("Re: failure notice", &format!("What is this?\n\n{quoted}")),
        "Human",
    );
    check(
        &person(
            "Fwd: Undelivered Mail Returned to Sender",
            &format!(
                "See below.\n\n---------- Forwarded message ----------\nFrom: Mail Delivery System <MAILER-DAEMON@mx.test>\nSubject: Undelivered Mail Returned to Sender\n\n{report}"
            ),
        ),
        "Human",
    );
    let status = "Final-Recipient: rfc822; anna@uni.test\nAction: failed\nStatus: 5.1.1\n";
    let forwarded = standard("Look at this", status)
        .replace("Return-Path: <>", "Return-Path: <olga@uni.test>")
        .replace("MAILER-DAEMON@mx.test", "Olga <olga@uni.test>")
        .replace("Subject: Report", "Subject: Fwd: Undelivered Mail")
        .replace(
            "multipart/report; report-type=delivery-status",
            "multipart/mixed",
        );
    check(&forwarded, "Human");
    check(
        &person(
            "Пересылаю",
            "Reporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; anna@uni.test\nAction: failed\nStatus: 5.1.1\n",
        ),
        "Human",
    );
}

#[test]
fn lists_talk_about_them() {
    let mail = person(
        "Undelivered Mail Returned to Sender",
        "The following address failed: anna@uni.test. Does anybody know why?",
    )
    .replace("User-Agent: Mail", "List-Id: <talk.lists.test>");
    check(&mail, "List");
}

#[test]
fn a_postmaster_may_be_a_person() {
    let mail = person("Плановые работы", "Завтра почта не работает с 9 до 10.")
        .replace("Olga <olga@", "Boris <postmaster@");
    check(&mail, "Human");
}
