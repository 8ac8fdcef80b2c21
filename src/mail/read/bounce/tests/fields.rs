//! Reports by the standard (RFC 3464), and those that nearly are.

use super::*;

#[test]
fn each_address_has_a_fate_of_its_own() {
    let status = "Final-Recipient: rfc822; olga@uni.test\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\nFinal-Recipient: rfc822; anna@uni.test\nAction: delivered\nStatus: 2.1.5\n\nFinal-Recipient: rfc822; boris@uni.test\nAction: delayed\nStatus: 4.4.1 (no answer)\n";
    check(
        &standard("", status),
        "ours@desk.test: failed olga@uni.test 5.1.1: 550 5.1.1 no such user\ndelayed boris@uni.test 4.4.1: ?",
    );
}

#[test]
fn what_arrived_or_went_on_is_no_bounce() {
    for action in ["delivered", "relayed", "expanded", "deliverable"] {
        let status =
            format!("Final-Recipient: rfc822; olga@uni.test\nAction: {action}\nStatus: 2.0.0\n");
        check(&standard("", &status), "AutoReply");
    }
}

#[test]
fn what_is_still_tried_is_a_delay() {
    let status = "Final-Recipient: rfc822; olga@uni.test\nAction: delayed\nStatus: 4.4.7\nWill-Retry-Until: Mon, 23 Nov 2026 10:00:00 +0300\n";
    let mail = standard("", status);
    check(
        &mail,
        "delay. ours@desk.test: delayed olga@uni.test 4.4.7: ?",
    );
    assert!(message(&mail).bounce.is_some_and(|b| b.temporary));
}

#[test]
fn the_address_we_wrote_to_is_kept() {
    let status = "Original-Recipient: rfc822;olga+2Bdesk@uni.test\nFinal-Recipient: rfc822;u17@store.test\nAction: failed\nStatus: 5.2.2\n";
    check(
        &standard("", status),
        "ours@desk.test: failed olga+desk@uni.test -> u17@store.test 5.2.2: ?",
    );
    let status = "Original-Recipient: rfc822;olga@uni.test\nFinal-Recipient: x400; /S=olga/O=uni/C=WW/\nAction: failed\nStatus: 5.1.1\n";
    check(
        &standard("", status),
        "ours@desk.test: failed olga@uni.test 5.1.1: ?",
    );
    let status = "Final-Recipient: utf-8; \\x{43E}\\x{43B}\\x{44F}@uni.test\nAction: failed\nStatus: 5.1.1\n";
    check(
        &standard("", status),
        "ours@desk.test: failed оля@uni.test 5.1.1: ?",
    );
}

#[test]
fn the_text_says_what_the_fields_leave_out() {
    let status = "Final-Recipient: rfc822; olga@uni.test\nAction: failed\nStatus: 5.0.0\n";
    check(
        &standard("olga@uni.test: 550 5.7.1 not on my list\n", status),
        "ours@desk.test: failed olga@uni.test 5.7.1: 550 5.7.1 not on my list",
    );
    let status = "Final-Recipient: rfc822; @mx.uni.test\nAction: failed\nStatus: 5.1.2\n";
    check(
        &standard("<olga@uni.test>\n    (reason: 550 Host unknown)\n", status),
        "ours@desk.test: failed olga@uni.test 5.1.2: 550 Host unknown",
    );
}

#[test]
fn which_mail_it_was_is_found_in_many_places() {
    let status = "Final-Recipient: rfc822; olga@uni.test\nAction: failed\nStatus: 5.1.1\n";
    let mail = standard("", status).replace("Message-ID: <ours@desk.test>\n", "");
    let with = |find: &str, put: &str| told(&mail.replace(find, put));
    let head = "failed olga@uni.test 5.1.1: ?";
    assert_eq!(told(&mail), head);
    let envelope = with(
        "Reporting-MTA",
        "Original-Envelope-Id: envelope@desk.test\nReporting-MTA",
    );
    assert_eq!(envelope, format!("envelope@desk.test: {head}"));
    let field = with(
        "Reporting-MTA",
        "X-Original-Message-ID: <field@desk.test>\nReporting-MTA",
    );
    assert_eq!(field, format!("field@desk.test: {head}"));
    let answered = with(
        "Subject: Report",
        "Subject: Report\nIn-Reply-To: <parent@desk.test>",
    );
    assert_eq!(answered, format!("parent@desk.test: {head}"));
    let referred = with(
        "Subject: Report",
        "Subject: Report\nReferences: <a@desk.test> <b@desk.test>",
    );
    assert_eq!(referred, format!("b@desk.test: {head}"));
    let own = with("Subject: x", "Message-ID: <report@mx.test>");
    assert_eq!(own, head, "the report's own id is not the one it is about");
}

#[test]
fn a_report_that_fell_into_the_text_is_read_there() {
    let body = "Your mail could not be delivered.\n\nReporting-MTA: dns; mx.test\n\nFinal-Recipient: RFC822; olga@uni.test\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 5.2.2\n over quota\n\nMessage-Id: <ours@desk.test>\nSubject: x\n";
    check(
        &prose("MAILER-DAEMON@mx.test", "Returned mail", body),
        "ours@desk.test: failed olga@uni.test 5.2.2: 552 5.2.2 over quota",
    );
}

#[test]
fn a_report_within_a_report_is_opened() {
    let status = "Final-Recipient: rfc822; olga@uni.test\nAction: failed\nStatus: 5.1.1\n";
    let inner = standard("", status);
    let mail = format!(
        "Return-Path: <>\nFrom: Mail Delivery Subsystem <daemon@mx.test>\nTo: it@desk.test\nSubject: Returned mail\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: text/plain\n\nSee below.\n--o\nContent-Type: message/rfc822\n\n{inner}\n--o--\n"
    );
    assert!(
        told(&mail).contains("failed olga@uni.test 5.1.1"),
        "{}",
        told(&mail)
    );
}

#[test]
fn a_filter_that_refuses_by_a_receipt_is_a_bounce() {
    let mail = "Return-Path: <>\nFrom: Mail Delivery Subsystem <postmaster@mx.test>\nTo: it@desk.test\nSubject: Automatically rejected mail\nAuto-Submitted: auto-replied (rejected)\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\nContent-Type: text/plain\n\nYour message to <olga@uni.test> was automatically rejected:\nNo mail on Sundays\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; olga@uni.test\nOriginal-Message-ID: <ours@desk.test>\nDisposition: automatic-action/MDN-sent-automatically; deleted\n--b--\n";
    check(
        mail,
        "ours@desk.test: failed olga@uni.test 5.7.1: Your message to <olga@uni.test> was automatically rejected: No mail on Sundays",
    );
}
