//! Reports in prose of providers, of firms and their gateways, and of programs of all sorts.

use super::*;

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
    let late = "\"deliveryDelay\":{\"delayedRecipients\":[{\"emailAddress\":\"olga@uni.test\"}]}";
    check(
        &json("DeliveryDelay", late),
        "delay. ours@desk.test: delayed olga@uni.test 4.0.0: ?",
    );
    check(&json("Complaint", "\"complaint\":{}"), "FeedbackReport");
    let pasted = json("Bounce", failed).replace("x-amz-sns-message-id", "x-mailer");
    check(&pasted, "Human");
}
