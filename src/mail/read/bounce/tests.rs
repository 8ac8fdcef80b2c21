//! One small report for each habit of a mail system: whom it names, why, about which mail.

use crate::{
    mail::read::{Limits, read},
    model::message::{IncomingMessage, Kind},
};

fn message(mail: &str) -> IncomingMessage {
    read(mail.as_bytes(), &Limits::default()).message
}

/// A report in prose from `from`, to whom our mails come back.
fn prose(from: &str, subject: &str, body: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: {from}\nTo: it@desk.test\nSubject: {subject}\nMessage-ID: <report@mx.test>\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    )
}

/// A report by the standard; `status` stands below the fields of the whole mail.
fn standard(text: &str, status: &str) -> String {
    format!(
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.test\nTo: it@desk.test\nSubject: Report\nMessage-ID: <report@mx.test>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\n{status}\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <ours@desk.test>\nTo: olga@uni.test\nSubject: x\n--b--\n"
    )
}

/// Everything a report tells, an address a line: `failed olga@uni.test 5.1.1: no such user`.
fn told(mail: &str) -> String {
    let message = message(mail);
    let is_delay = message.kind == Kind::DelayNotice;
    if message.kind != Kind::Bounce && !is_delay {
        return format!("{:?}", message.kind);
    }
    let mut told = if is_delay { "delay. " } else { "" }.to_owned();
    let bounce = message.bounce.unwrap_or_default();
    if let Some(id) = bounce.original_message_id {
        told.push_str(&format!("{id}: "));
    }
    let lines: Vec<String> = bounce
        .recipients
        .iter()
        .map(|one| {
            let original = one.original.as_ref();
            format!(
                "{} {}{} {}: {}",
                one.action.as_deref().unwrap_or("?"),
                original.map(|o| format!("{o} -> ")).unwrap_or_default(),
                one.address,
                one.status.as_deref().unwrap_or("?"),
                one.diagnostic.as_deref().unwrap_or("?"),
            )
        })
        .collect();
    told + &lines.join("\n")
}

#[track_caller]
fn check(mail: &str, expected: &str) {
    assert_eq!(told(mail), expected, "{mail}");
}

mod by_the_standard {
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
            let status = format!(
                "Final-Recipient: rfc822; olga@uni.test\nAction: {action}\nStatus: 2.0.0\n"
            );
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
}

mod by_text {
    use super::*;

    #[test]
    fn qmail() {
        let body = "Hi. This is the qmail-send program at mx.test.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<olga@uni.test>:\n192.0.2.1 does not like recipient.\nRemote host said: 552 mailbox full\nGiving up on 192.0.2.1.\n\n<anna@uni.test>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <it@desk.test>\nMessage-ID: <ours@desk.test>\n";
        check(
            &prose("MAILER-DAEMON@mx.test", "failure notice", body),
            "ours@desk.test: failed olga@uni.test 5.2.2: 192.0.2.1 does not like recipient. Remote host said: 552 mailbox full Giving up on 192.0.2.1.\nfailed anna@uni.test 5.1.1: Sorry, no mailbox here by that name. (#5.1.1)",
        );
    }

    #[test]
    fn exim() {
        let body = "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  olga@uni.test\n    host mx.uni.test [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<olga@uni.test>:\n    550-5.1.1 no such\n    550 5.1.1 mailbox\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <ours@desk.test>\n";
        check(
            &prose(
                "Mail Delivery System <Mailer-Daemon@mx.test>",
                "Mail delivery failed: returning message to sender",
                body,
            ),
            "ours@desk.test: failed olga@uni.test 5.1.1: host mx.uni.test [192.0.2.1] SMTP error from remote mail server after RCPT TO:<olga@uni.test>: 550-5.1.1 no such mailbox",
        );
        let body = "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nThe address to which the message has not yet been delivered is:\n\n  olga@uni.test\n    Delay reason: Connection timed out\n\nNo action is required on your part. Delivery attempts will continue for some time.\n";
        check(
            &prose(
                "Mailer-Daemon@mx.test",
                "Warning: message 1abc delayed 24 hours",
                body,
            ),
            "delay. delayed olga@uni.test 4.4.1: Delay reason: Connection timed out",
        );
    }

    #[test]
    fn postfix_and_zimbra() {
        let body = "This is the Postfix program at host mx.test.\n\nI'm sorry to have to inform you that your message could not be\nbe delivered to one or more recipients.\n\n\t\t\tThe Postfix program\n\n<olga@uni.test>: host mx.uni.test[192.0.2.1] said: 554 <olga@uni.test>: Relay\n    access denied (in reply to RCPT TO command)\n";
        check(
            &prose(
                "MAILER-DAEMON@mx.test (Mail Delivery System)",
                "Undelivered Mail Returned to Sender",
                body,
            ),
            "failed olga@uni.test 5.7.1: host mx.uni.test[192.0.2.1] said: 554 <olga@uni.test>: Relay access denied (in reply to RCPT TO command)",
        );
        let body = "This is the mail system at host mx.test.\n\n####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\nYour message could not be delivered for more than 4 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<olga@uni.test>: connect to mx.uni.test[192.0.2.1]:25: Connection timed out\n";
        check(
            &prose(
                "MAILER-DAEMON@mx.test",
                "Delayed Mail (still being retried)",
                body,
            ),
            "delay. delayed olga@uni.test 4.4.1: connect to mx.uni.test[192.0.2.1]:25: Connection timed out",
        );
    }

    #[test]
    fn sendmail_of_old() {
        let body = "The original message was received at Mon, 23 Nov 2026 10:00:00 +0300\nfrom desk.test [192.0.2.9]\n\n   ----- The following addresses had permanent fatal errors -----\n<o.ivanova@store.test>\n    (reason: 550 5.1.1 User unknown)\n    (expanded from: <olga@uni.test>)\n\n   ----- Transcript of session follows -----\n... while talking to store.test.:\n>>> RCPT To:<o.ivanova@store.test>\n<<< 550 5.1.1 User unknown\n550 <o.ivanova@store.test>... User unknown\n\n   ----- Message header follows -----\nMessage-Id: <ours@desk.test>\n";
        check(
            &prose(
                "Mail Delivery Subsystem <MAILER-DAEMON@mx.test>",
                "Returned mail: User unknown",
                body,
            ),
            "ours@desk.test: failed olga@uni.test -> o.ivanova@store.test 5.1.1: 550 5.1.1 User unknown",
        );
        let body = "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- The following addresses had transient non-fatal errors -----\n<olga@uni.test>\n\n   ----- Transcript of session follows -----\n451 <olga@uni.test>... uni.test: Name server timeout\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n";
        assert!(
            told(&prose(
                "MAILER-DAEMON@mx.test",
                "Warning: could not send message for past 4 hours",
                body
            ))
            .starts_with("delay. delayed olga@uni.test 4.")
        );
        let body = "   ----- Transcript of session follows -----\nWhile talking to mx.uni.test:\n>>> RCPT To:<olga@uni.test>\n<<< 550 <olga@uni.test>... User unknown\n550 <olga@uni.test>... User unknown\n\n   ----- Unsent message follows -----\nMessage-Id: <ours@desk.test>\n";
        assert!(
            told(&prose(
                "MAILER-DAEMON@mx.test",
                "Returned mail: User unknown",
                body
            ))
            .starts_with("ours@desk.test: failed olga@uni.test 5.1.1: ")
        );
    }

    #[test]
    fn exchange_of_all_ages() {
        let body = "Your message\n\n  To:      it-news@desk.test; anna@uni.test\n  Subject: x\n  Sent:    Mon, 23 Nov 2026 10:00:00 +0300\n\ndid not reach the following recipient(s):\n\nc=RU;a= ;p=UNI;o=Main;dda:SMTP=olga@uni.test; on Mon, 23 Nov 2026\n10:00:05 +0300\n    The recipient name is not recognized\n";
        check(
            &prose(
                "System Administrator <postmaster@uni.test>",
                "Undeliverable: x",
                body,
            ),
            "failed olga@uni.test 5.1.1: c=RU;a= ;p=UNI;o=Main;dda:SMTP=olga@uni.test; on Mon, 23 Nov 2026 10:00:05 +0300 The recipient name is not recognized",
        );
        let text = "Не удалось выполнить доставку следующим получателям или группам:\n\nolga@uni.test\nВведённый адрес электронной почты не найден.\n\nСведения для диагностики для администраторов:\n\nСервер: mx.uni.test\n\nolga@uni.test\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n";
        let status = "Final-recipient: RFC822; olga@uni.test\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp;550 5.1.1 RESOLVER.ADR.RecipNotFound; not found\n";
        let mail = standard(text, status).replace(
            "Subject: Report",
            "Subject: =?utf-8?b?0J3QtSDRg9C00LDQu9C+0YHRjCDQtNC+0YHRgtCw0LLQuNGC0Yw6?= x",
        );
        check(
            &mail,
            "ours@desk.test: failed olga@uni.test 5.1.1: 550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
        );
        check(
            &prose(
                "Системный администратор <postmaster@uni.test>",
                "Недоставлено: x",
                text,
            ),
            "failed olga@uni.test 5.1.1: Введённый адрес электронной почты не найден.",
        );
        let status = "Final-recipient: RFC822; IMCEASMTP-olga+40uni+2Etest@mail.test\nAction: failed\nStatus: 5.7.1\nX-Display-Name: olga\n";
        check(
            &standard("", status),
            "ours@desk.test: failed olga@uni.test 5.7.1: ?",
        );
    }

    #[test]
    fn notes_and_domino() {
        let body = "Your message\n\n  Subject: x\n\nwas not delivered to:\n\n  olga@uni.test\n\nbecause:\n\n  User olga (olga@uni.test) not listed in Domino Directory\n\n";
        check(
            &prose(
                "Postmaster@uni.test",
                "DELIVERY FAILURE: User olga (olga@uni.test) not listed in Domino Directory",
                body,
            ),
            "failed olga@uni.test 5.1.1: because: User olga (olga@uni.test) not listed in Domino Directory",
        );
        let body = "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nolga@uni.test\n\n------- Returned Message --------\nMessage-ID: <ours@desk.test>\n";
        check(
            &prose("postmaster@uni.test", "Undeliverable message", body),
            "ours@desk.test: failed olga@uni.test 5.1.1: User not listed in public Name & Address Book olga@uni.test",
        );
    }

    #[test]
    fn names_without_a_domain() {
        let body = "The message that you sent was undeliverable to the following:\n\tolga (user not found)\n\nPossibly truncated original message follows:\n";
        check(
            &prose(
                "Mailer-Daemon@uni.test",
                "Message status - undeliverable",
                body,
            ),
            "failed olga@uni.test 5.1.1: olga (user not found)",
        );
        let body = "Your mail to the following recipients could not be delivered because they are not accepting mail from it-news@desk.test:\n\tolga\n";
        assert!(
            told(&prose(
                "MAILER-DAEMON@uni.test",
                "Mail Delivery Problem",
                body
            ))
            .starts_with("failed olga@uni.test 5.7.1: ")
        );
    }

    #[test]
    fn russian_providers() {
        let body = "This message was created automatically by mail delivery software.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n  olga@uni.test\n    Почтовый ящик получателя переполнен.\n\n**********************\nЭто письмо создано автоматически, отвечать на него не нужно.\n";
        check(
            &prose(
                "mailer-daemon@corp.test",
                "Ваше сообщение не доставлено. Mail failure.",
                body,
            ),
            "failed olga@uni.test 5.2.2: Почтовый ящик получателя переполнен.",
        );
        let text = "Это письмо отправлено почтовым сервером mx.test.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может быть отправлено одному или нескольким адресатам. Технические подробности можно найти ниже.\n\n<olga@uni.test>: host mx.uni.test[192.0.2.1] said: 550 5.7.1 Спам отклонён (in reply to end of DATA command)\n";
        let status = "Final-Recipient: rfc822; olga@uni.test\nAction: failed\nStatus: 5.0.0\n";
        check(
            &standard(text, status),
            "ours@desk.test: failed olga@uni.test 5.7.1: host mx.uni.test[192.0.2.1] said: 550 5.7.1 Спам отклонён (in reply to end of DATA command)",
        );
        check(
            &prose("mailer-daemon@mx.test", "Недоставленное сообщение", text),
            "failed olga@uni.test 5.7.1: host mx.uni.test[192.0.2.1] said: 550 5.7.1 Спам отклонён (in reply to end of DATA command)",
        );
        let body = "Доставка письма задерживается.\n\nolga@uni.test\nсервер не отвечает\n\nПопытки доставки будут продолжены.\n";
        check(
            &prose(
                "Почтовая система <mailer@mx.test>",
                "Доставка задерживается: x",
                body,
            ),
            "delay. delayed olga@uni.test 4.4.1: сервер не отвечает",
        );
    }

    #[test]
    fn large_providers() {
        let body = "Sorry, we were unable to deliver your message to the following address.\n\n<olga@uni.test>:\nRemote host said: 554 delivery error: dd This user doesn't have a uni.test account (olga@uni.test) [0]\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <ours@desk.test>\n";
        check(
            &prose("MAILER-DAEMON@mail.test", "Failure Notice", body),
            "ours@desk.test: failed olga@uni.test 5.1.1: Remote host said: 554 delivery error: dd This user doesn't have a uni.test account (olga@uni.test) [0]",
        );
        let body = "Delivery to the following recipient failed permanently:\n\n     olga@uni.test\n\nTechnical details of permanent failure:\nWe tried to deliver your message, but it was rejected by the recipient domain. The error that the other server returned was:\n550 5.2.1 disabled\n\n----- Original message -----\n\nMessage-ID: <ours@desk.test>\n";
        check(
            &prose(
                "Mail Delivery Subsystem <mailer-daemon@mail.test>",
                "Delivery Status Notification (Failure)",
                body,
            ),
            "ours@desk.test: failed olga@uni.test 5.2.1: Technical details of permanent failure: We tried to deliver your message, but it was rejected by the recipient domain. The error that the other server returned was: 550 5.2.1 disabled",
        );
        let body = "Delivery to the following recipient has been delayed:\n\n     olga@uni.test\n\nMessage will be retried for 2 more day(s)\n";
        check(
            &prose(
                "mailer-daemon@mail.test",
                "Delivery Status Notification (Delay)",
                body,
            ),
            "delay. delayed olga@uni.test 4.0.0: Message will be retried for 2 more day(s)",
        );
    }

    #[test]
    fn servers_of_firms() {
        let body = "Failed to deliver to 'olga@uni.test'\nSMTP module(domain uni.test) reports:\n host mx.uni.test says:\n 550 5.7.1 refused\n";
        check(
            &prose("MAILER-DAEMON@mx.test", "Undeliverable mail: x", body),
            "failed olga@uni.test 5.7.1: Failed to deliver to 'olga@uni.test' SMTP module(domain uni.test) reports: host mx.uni.test says: 550 5.7.1 refused",
        );
        let body = "The following addresses did NOT receive a copy of your message:\n\n> olga@uni.test\n\n--- Session Transcript ---\n  >>> RCPT To:<olga@uni.test>\n  <<< 552 Message for <olga@uni.test> would exceed mailbox quota\n--- End Transcript ---\n";
        check(
            &prose("MDaemon@mx.test", "Permanent Delivery Failure", body),
            "failed olga@uni.test 5.2.2: >>> RCPT To:<olga@uni.test> <<< 552 Message for <olga@uni.test> would exceed mailbox quota",
        );
        let body = "Your message did not reach some or all of the intended recipients.\n\n   Sent: Mon, 23 Nov 2026 10:00:00 +0300\n   Subject: x\n\nThe following recipient(s) could not be reached:\n\nolga@uni.test\n   Error Type: SMTP\n   Remote server (192.0.2.1) issued an error.\n   hMailServer sent: RCPT TO:<olga@uni.test>\n   Remote server replied: 550 5.1.1 unknown\n";
        assert!(
            told(&prose(
                "mailer-daemon@mx.test",
                "Message undeliverable: x",
                body
            ))
            .starts_with("failed olga@uni.test 5.1.1: Error Type: SMTP")
        );
        let body = "MailEnable: Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\n\tRecipient: [SMTP:olga@uni.test]\n\tReason: Remote SMTP Server Returned: 550 no such user\n";
        assert!(
            told(&prose(
                "Postmaster <postmaster@mx.test>",
                "Message Delivery Failure",
                body
            ))
            .starts_with("failed olga@uni.test 5.1.1: ")
        );
        let body = "This is an automatically generated mail message from mailserver running at mx.test\n\nYour message could not be delivered to recipient:\n\nolga@uni.test\n\nReason: 550 5.1.1 User unknown\n";
        check(
            &prose("MAILER-DAEMON@mx.test", "Mail Delivery Failure: x", body),
            "failed olga@uni.test 5.1.1: Reason: 550 5.1.1 User unknown",
        );
        let body = "This is a delivery status notification from mx.test.\n\nThe original message was received on Mon, 23 Nov 2026\n\n UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<olga@uni.test>:\n    mx.uni.test [192.0.2.1]:\n>>> RCPT TO:<olga@uni.test>\n<<< 550 5.1.1 No such user\n";
        assert!(
            told(&prose(
                "\"Courier mail server at mx.test\" <@>",
                "NOTICE: mail delivery status.",
                body
            ))
            .contains("olga@uni.test 5.1.1: ")
        );
    }

    #[test]
    fn gateways() {
        let body = "****** Message from InterScan ******\n\nSent <<< RCPT TO:<olga@uni.test>\nReceived >>> 550 5.1.1 unknown user.\n\nUnable to deliver message to <olga@uni.test>.\n\n************************     End of message     **********************\n";
        assert!(
            told(&prose("imss@mx.test", "Mail could not be delivered", body))
                .starts_with("failed olga@uni.test 5.1.1: ")
        );
        let body = "This message has been blocked because it contains something.\n\nYour message to: olga@uni.test\nwas blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:\n\nSubject: x\n";
        assert!(
            told(&prose(
                "postmaster@mx.test",
                "**Message you sent blocked by our bulk email filter**",
                body
            ))
            .starts_with("failed olga@uni.test 5.7.1: ")
        );
        let body = "olga@uni.test\n-------server message\n550 olga@uni.test... No such user\n-------SMTP command\nRCPT TO:<olga@uni.test>\n-------original message\nMessage-ID: <ours@desk.test>\n";
        check(
            &prose("postmaster@mx.test", "failure notice", body),
            "ours@desk.test: failed olga@uni.test 5.1.1: 550 olga@uni.test... No such user",
        );
        let body = "An email that you attempted to send to the following address could not be delivered:\n\n-- olga@uni.test\n\nThe problem appears to be :\n-- Recipient email address is possibly incorrect\n\nAdditional information follows :\n-- 5.4.1 Recipient address rejected: Access denied.\n";
        let got = told(&prose(
            "MAILER-DAEMON@mx.test",
            "[Postmaster] Email Delivery Failure",
            body,
        ));
        assert!(got.starts_with("failed olga@uni.test 5.4.1: "), "{got}");
        let body = "We had trouble delivering your message. Full details follow:\n\nSubject: 'x'\n\n1 error(s):\n\nSMTP Server <mx.uni.test> rejected recipient <olga@uni.test>\n  (Error following RCPT command). It responded as follows: [550 5.1.1 User unknown]\n";
        let got = told(&prose(
            "postmaster@mx.test",
            "There was an error sending your mail",
            body,
        ));
        assert!(got.starts_with("failed olga@uni.test 5.1.1: "), "{got}");
        let body = "|------------------------- Message log follows: -------------------------|\n no valid recipients were found for this message\n|------------------------- Failed addresses follow: ---------------------|\n <olga@uni.test>\n   552 5.2.2 <olga@uni.test> Quota exceeded\n|------------------------- Message header follows: ----------------------|\nMessage-ID: <ours@desk.test>\n";
        check(
            &prose(
                "Mail Delivery System <Mailer-Daemon@mx.test>",
                "mail failed, returning to sender",
                body,
            ),
            "ours@desk.test: failed olga@uni.test 5.2.2: 552 5.2.2 <olga@uni.test> Quota exceeded",
        );
        let body = "Unable to deliver message to: <olga@uni.test>\nDelivery failed for the following reason:\nServer mx.uni.test[192.0.2.1] failed with: 550 <olga@uni.test> No such user here\n\nThis has been a permanent failure.  No further delivery attempts will be made.\n";
        let got = told(&prose(
            "MAILER-DAEMON@mx.test",
            "Message delivery has failed",
            body,
        ));
        assert!(got.starts_with("failed olga@uni.test 5.1.1: "), "{got}");
    }

    #[test]
    fn programs_of_all_sorts() {
        let body = "Hi. This is the mail server.\n\nError message below:\n550 - Requested action not taken: no such user here\n\nMessage details:\n  Subject: x\n  MAIL FROM: it@desk.test\n  RCPT TO: olga@uni.test\n  Size (in bytes): 1024\n";
        let got = told(&prose("postmaster@mx.test", "[BOUNCE]", body));
        assert!(got.starts_with("failed olga@uni.test 5.1.1: "), "{got}");
        let body = "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\nolga@uni.test: 550 5.2.2 <olga@uni.test>: full\n\n    Below is a copy of the original message:\n";
        check(
            &prose(
                "Mailer Daemon <MAILER-DAEMON@mx.test>",
                "Delivery status notification: error",
                body,
            ),
            "failed olga@uni.test 5.2.2: 550 5.2.2 <olga@uni.test>: full",
        );
        let body = "I'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\nIntended Recipients: <olga@uni.test>\nFailure Reason: 550 5.1.1 unknown\n\n--- Below this line is a copy of the message.\n";
        let got = told(&prose("MAILER-DAEMON@mx.test", "failure notice", body));
        assert!(got.starts_with("failed olga@uni.test 5.1.1: "), "{got}");
        let body = "This is the mail agent at mx.test.\n\nThere was an error delivering your mail to <postmaster@uni.test>.\n\nDNS lookup failure: host uni.test not found\n\nMessage headers follow.\n\nMessage-Id: <ours@desk.test>\n";
        check(
            &prose("MAILER-DAEMON <>", "Mail delivery failed", body),
            "ours@desk.test: failed postmaster@uni.test 5.1.2: There was an error delivering your mail to <postmaster@uni.test>. DNS lookup failure: host uni.test not found",
        );
        let body = "Unknown user: olga@uni.test\n\nRCPT TO generated following response:\n553 5.3.0 <olga@uni.test>... Addressee unknown\n\nOriginal message follows.\n";
        check(
            &prose("postmaster@mx.test", "Undeliverable Mail", body),
            "failed olga@uni.test 5.3.0: Unknown user: olga@uni.test RCPT TO generated following response: 553 5.3.0 <olga@uni.test>... Addressee unknown",
        );
        let body = "Your mail sent on: Mon, 23 Nov 2026\n     Could not be delivered to: <olga@uni.test>\n     As their mailbox is full.\n";
        let mail = prose("no-reply@mx.test", "Mail", body);
        check(&mail, "Human");
        let with_copy = mail
            .replace(
                "Content-Type: text/plain; charset=utf-8",
                "Content-Type: multipart/mixed; boundary=b",
            )
            .replace(
                "\n\nYour mail",
                "\n\n--b\nContent-Type: text/plain\n\nYour mail",
            )
            + "--b\nContent-Type: message/rfc822\n\nMessage-ID: <ours@desk.test>\nTo: olga@uni.test\n\nx\n--b--\n";
        check(
            &with_copy,
            "ours@desk.test: failed olga@uni.test 5.2.2: Could not be delivered to: <olga@uni.test> As their mailbox is full.",
        );
        let body = "   ----- The following addresses had delivery problems -----\nolga@uni.test\n\n   ----- Non-delivered information -----\nThe number of messages in recipient's mailbox exceeded the local limit.\n";
        check(
            &prose("postmaster@mx.test", "Returned mail: ", body),
            "failed olga@uni.test 5.2.2: The number of messages in recipient's mailbox exceeded the local limit.",
        );
    }

    #[test]
    fn a_service_that_writes_json() {
        let json = |kind: &str, list: &str| {
            format!(
                "From: no-reply@service.test\nTo: it@desk.test\nSubject: Notification\nx-amz-sns-message-id: 1\nContent-Type: text/plain\n\n{{\"notificationType\":\"{kind}\",{list},\"mail\":{{\"messageId\":\"0100-1\",\"headers\":[{{\"name\":\"Message-ID\",\"value\":\"<ours@desk.test>\"}}]}}}}\n\n--\nStop receiving these.\n"
            )
        };
        let failed = "\"bounce\":{\"bounceType\":\"Permanent\",\"bouncedRecipients\":[{\"emailAddress\":\"olga@uni.test\",\"action\":\"failed\",\"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 unknown\"}]}";
        check(
            &json("Bounce", failed),
            "ours@desk.test: failed olga@uni.test 5.1.1: 550 5.1.1 unknown",
        );
        let late =
            "\"deliveryDelay\":{\"delayedRecipients\":[{\"emailAddress\":\"olga@uni.test\"}]}";
        check(
            &json("DeliveryDelay", late),
            "delay. ours@desk.test: delayed olga@uni.test 4.0.0: ?",
        );
        check(&json("Complaint", "\"complaint\":{}"), "FeedbackReport");
        let pasted = json("Bounce", failed).replace("x-amz-sns-message-id", "x-mailer");
        check(&pasted, "Human");
    }
}

mod not_at_all {
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
}

mod without_end {
    use proptest::prelude::*;

    use super::*;
    use crate::mail::read::{
        bounce::{TEXT_MAX, codes, fields, named, page::Page, prose as by_text},
        bytes::shorten,
    };

    /// What holds of every mail: what is kept of it is bounded. (That the work is, too: `tests/read/work.rs`.)
    #[track_caller]
    fn sound(mail: &str) {
        let message = message(mail);
        let start: String = mail.chars().take(300).collect();
        let Some(bounce) = message.bounce else {
            return;
        };
        assert!(bounce.recipients.len() <= 200, "{start}");
        for one in &bounce.recipients {
            assert!(one.address.len() <= 2000, "{start}");
            let said = one.diagnostic.as_deref().unwrap_or_default();
            assert!(said.len() <= 1000 && !said.contains('\n'), "{start}");
            let status = one.status.as_deref().unwrap_or("5.0.0");
            assert!(
                status.split('.').count() == 3 && status.len() <= 7,
                "{status} {start}"
            );
        }
    }

    /// Every step on a text as long as it may be. (Whole mails so long are tried below: their other steps are not ours.)
    #[test]
    fn texts_of_a_hundred_thousand_lines_are_read() {
        for line in [
            "olga@uni.test\n",
            "<olga@uni.test>:\n550 5.1.1 no\n\n",
            "a@b.test c@d.test e@f.test\n",
            "550 5.1.1 <olga@uni.test>... User unknown\n",
            "Final-Recipient: rfc822; olga@uni.test\nAction: failed\n\n",
            "Final-Recipient: rfc822; olga@uni.test\n",
            " folded\n",
            "Message-ID:\n",
            "(expanded from: <olga@uni.test>)\n",
            "To: olga@uni.test,\n",
            "The following recipients:\nolga\n",
            "@@@@@@@@\n",
            "5.5.5.5.5.5.\n",
            "550-5.1.1 \n",
            ">>> \n",
            "----\n",
            "x",
        ] {
            let body = line.repeat(100_000);
            // As much of it as the reader hands over.
            let text = shorten(&body, TEXT_MAX);
            let above = by_text::above_copy(text);
            let page = Page::read(above);
            for address in ["olga@uni.test", "a@b.test", "nobody@uni.test"] {
                let said = page.told(address).unwrap_or_default();
                assert!(said.len() <= 1000, "{line:?}");
            }
            page.told_at_all();
            codes::best(&page.whole());
            named::bare(page.lines(), "uni.test");
            assert!(fields::read(body.as_bytes()).len() <= 1000, "{line:?}");
            fields::read_text(text);
            codes::status(None, text);
        }
    }

    #[test]
    fn mails_of_many_thousand_lines_are_read() {
        for line in ["olga@uni.test\n", "550 5.1.1 no\n", "{\"a\":[\n"] {
            let body = line.repeat(20_000);
            sound(&prose("MAILER-DAEMON@mx.test", "Undelivered Mail", &body));
            sound(&standard("x", &body));
            let notice = prose("no-reply@mx.test", "x", &body)
                .replace("Subject", "x-amz-sns-topic-arn: 1\nSubject");
            sound(&notice);
        }
    }

    #[test]
    fn many_addresses_each_get_their_words() {
        let body: String = (0..5_000)
            .map(|n| format!("<olga{n}@uni.test>:\n550 5.1.1 no such user\n\n"))
            .collect();
        sound(&prose("MAILER-DAEMON@mx.test", "failure notice", &body));
        let status: String = (0..5_000)
            .map(|n| {
                format!(
                    "Final-Recipient: rfc822; olga{n}@uni.test\nAction: failed\nStatus: 5.0.0\n\n"
                )
            })
            .collect();
        sound(&standard(&body, &status));
        let header: String = (0..50_000).map(|n| format!("olga{n}@uni.test, ")).collect();
        sound(
            &prose("MAILER-DAEMON@mx.test", "failure notice", "x").replace(
                "Subject",
                &format!("X-Failed-Recipients: {header}\nSubject"),
            ),
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn anything_like_a_report_is_read(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..80)) {
            let body = pieces.concat();
            sound(&prose("MAILER-DAEMON@mx.test", "Undelivered Mail Returned to Sender", &body));
            sound(&standard("x", &body));
            sound(&body);
        }

        #[test]
        fn any_words_around_an_address_are_read(before in ".{0,60}", after in ".{0,60}") {
            let body = format!("{before}olga@uni.test{after}\n{after}\n\n{before}");
            sound(&prose("MAILER-DAEMON@mx.test", "failure notice", &body));
            sound(&standard(&body, &format!("Final-Recipient: {before}; {after}\nStatus: {after}\nDiagnostic-Code: {before}\n")));
        }
    }

    /// What reports are made of.
    const PIECES: &[&str] = &[
        "Final-Recipient: ",
        "Original-Recipient: ",
        "X-Actual-Recipient: ",
        "Action: failed\n",
        "Action: delayed\n",
        "Action: ",
        "Status: 5.1.1\n",
        "Status: ",
        "Diagnostic-Code: smtp; ",
        "Original-Envelope-Id: ",
        "Message-ID: ",
        "Reporting-MTA: dns; mx.test\n",
        "rfc822; ",
        "x400; /RFC-822=",
        "utf-8; \\x{43E}",
        "IMCEASMTP-olga+40uni+2Etest@",
        "system;<>",
        "olga@uni.test",
        "<olga@uni.test>",
        "<anna@uni.test>:",
        "@",
        "(a)",
        "550 ",
        "550-5.1.1 ",
        "5.7.1",
        "4.4.",
        "#5.",
        "host mx.uni.test[192.0.2.1] said: ",
        "User unknown",
        "mailbox full",
        "ящик переполнен",
        "(reason: ",
        "(expanded from: ",
        "generated by ",
        "Hi. This is the qmail-send program\n",
        "could not be delivered\n",
        "did not reach the following recipient(s):\n",
        "The following addresses:\n",
        "Delivery attempts will continue\n",
        "   ----- Transcript of session follows -----\n",
        "--- Below this line is a copy of the message.\n",
        ">>> RCPT TO:",
        "<<< ",
        "Technical details: ",
        "To: ",
        "From: ",
        "> ",
        "* ",
        "-- ",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\t",
        ")",
        ">",
        ";",
        ":",
        "Анна",
        "\u{202E}",
        "\0",
        "{\"notificationType\":\"Bounce\"",
        "--b\n",
        "--b--\n",
        "Content-Type: message/delivery-status\n\n",
        "Content-Type: message/rfc822\n\n",
    ];
}
