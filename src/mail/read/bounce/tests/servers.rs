//! Reports in prose of mail servers: qmail, Exim, Postfix, Sendmail, Exchange, Notes.

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
