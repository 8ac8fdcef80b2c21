//! `explain`, and the mails that nobody was answered for.

use super::house::{House, REQUEST};

const NEWSLETTER: &str = "From: News <news@shop.test>
To: it@uni.test
Subject: Sale
Precedence: bulk
List-Unsubscribe: <mailto:off@shop.test>
Message-ID: <sale@shop.test>

Buy.
";

#[test]
fn a_ticket_is_explained_however_it_is_named() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0).says(&["Mails received: 1"]);
    let whole = house.okno(&["explain", "1001"]).with(0).says(&[
        "]: The printer is silent",
        "State: new",
        "Queue: IT support",
        "Requester: Olga Smirnova <olga@uni.test>",
        "mail:1",
        "written by a person",
        "Belongs to no ticket: a new one was opened.",
        "olga@uni.test acknowledgement: sent",
        "anna@uni.test card: sent",
    ]);
    let tag = whole
        .out
        .split_once('[')
        .and_then(|(_, rest)| rest.split_once(']'))
        .unwrap()
        .0
        .to_owned();
    for name in ["IT-1001", &tag, &format!("[{tag}]")] {
        let again = house.okno(&["explain", name]).with(0);
        assert_eq!(again.out, whole.out, "{name}");
    }
    house
        .okno(&["explain", "1002"])
        .with(1)
        .says(&["There is no ticket 1002"]);
}

#[test]
fn a_mail_is_found_by_its_id_also_one_that_belongs_to_no_ticket() {
    let house = House::new();
    house.receives(REQUEST);
    house.receives(NEWSLETTER);
    house.okno(&["drain"]).with(0);
    for id in ["request@uni.test", "<request@uni.test>"] {
        house.okno(&["explain", id]).with(0).says(&[
            "Subject: The printer is silent",
            "a new one was opened",
            "okno explain 1001",
        ]);
    }
    let aside = house.okno(&["explain", "sale@shop.test"]).with(0).says(&[
        "From: News <news@shop.test>",
        "mass mail",
        "Mass mail: put aside.",
    ]);
    assert!(!aside.out.contains("1001"));
    let listed = house
        .okno(&["quarantine", "list", "--aside"])
        .with(0)
        .says(&["mailbox it", "Mass mail: put aside."]);
    let name = listed.out.split(' ').next().unwrap().to_owned();
    let same = house.okno(&["explain", &name]).with(0);
    assert_eq!(same.out, aside.out);
    house
        .okno(&["quarantine", "show", &name])
        .with(0)
        .says(&["    Precedence: bulk"]);
    let raw = house.okno(&["quarantine", "show", "--raw", &name]).with(0);
    assert_eq!(raw.out, NEWSLETTER.replace('\n', "\r\n"));
    house
        .okno(&["explain", "nobody@uni.test"])
        .with(1)
        .says(&["There is no mail with this Message-ID"]);
    house
        .okno(&["explain", "mail:77"])
        .with(1)
        .says(&["mail:77"]);
}

#[test]
fn our_own_mail_leads_to_its_ticket() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0);
    let acknowledgement = house.sent_to("olga@uni.test").pop().unwrap();
    let id = acknowledgement
        .lines()
        .find_map(|line| line.strip_prefix("Message-ID: "))
        .unwrap();
    house.okno(&["explain", id.trim()]).with(0).says(&[
        "was sent from here",
        "ticket 1001",
        "State: new",
    ]);
}

#[test]
fn mails_without_an_author_are_one_person_not_a_quarantine() {
    let house = House::new();
    for n in 1..=2 {
        house.receives(&format!("To: it@uni.test\nSubject: scan {n}\n\ntext\n"));
        house.okno(&["drain"]).with(0).says(&["Mails received: 1"]);
    }
    house
        .okno(&["quarantine", "list"])
        .with(0)
        .says(&["The quarantine is empty."]);
    house.okno(&["explain", "1002"]).with(0).says(&["scan 2"]);
}

#[test]
fn everybody_of_a_crowd_in_cc_is_one_person() {
    let house = House::new();
    let crowd: Vec<String> = (1..=60).map(|n| format!("p{n}@uni.test")).collect();
    for n in 1..=2 {
        // Those who are not counted come first: the agent, and ourselves.
        let cc = format!("anna@uni.test, it@uni.test, {}", crowd.join(",\n "));
        house.receives(&format!(
            "From: olga@uni.test\nTo: it@uni.test\nCc: {cc}\nSubject: all {n}\nMessage-ID: <crowd{n}@uni.test>\n\ntext {n}\n"
        ));
        house.okno(&["drain"]).with(0);
    }
    house
        .okno(&["quarantine", "list"])
        .with(0)
        .says(&["The quarantine is empty."]);
    house.okno(&["explain", "1002"]).with(0).says(&["all 2"]);
}

#[test]
fn addresses_tell_by_which_of_them_requests_come() {
    let house = House::new();
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0).says(&["Mails received: 1"]);
    house.okno(&["addresses", "--days", "7"]).with(0).says(&[
        "Tickets of so many days: 7: 1",
        "by the mailboxes' own addresses: 1 (100 %)",
    ]);
}

#[test]
fn of_several_tickets_that_a_mail_names_one_is_its_place_and_the_rest_is_told() {
    let house = House::new();
    house.receives(REQUEST);
    let other = REQUEST.replace("The printer is silent", "The door is locked");
    house.receives(&other.replace("<request@", "<door@"));
    house.okno(&["drain"]).with(0).says(&["Mails received: 2"]);
    let tag = |number: &str| {
        let told = house.okno(&["explain", number]).with(0).out;
        let tag = told
            .split_once('[')
            .and_then(|(_, rest)| rest.split_once(']'));
        tag.unwrap().0.to_owned()
    };
    let (printer, door) = (tag("1001"), tag("1002"));
    house.receives(&format!(
        "From: olga@uni.test\nTo: it@uni.test\nSubject: Re: [{door}] [{printer}]\nMessage-ID: <tags@uni.test>\n\nBoth, please.\n"
    ));
    house.receives(&format!(
        "From: olga@uni.test\nTo: it@uni.test\nSubject: Re: [{door}] The door is locked\nIn-Reply-To: <request@uni.test>\n\
         Message-ID: <bridge@uni.test>\n\nIt prints now.\n"
    ));
    house.okno(&["drain"]).with(0);
    house.okno(&["explain", "tags@uni.test"]).with(0).says(&[
        "points to ticket 1002, the requester's side. By the ticket tag in the subject.",
        "names another ticket as well, 1001. By the ticket tag in the subject.",
    ]);
    house.okno(&["explain", "bridge@uni.test"]).with(0).says(&[
        "points to ticket 1001, the requester's side. By a reference to a mail of this conversation.",
        "names another ticket as well, 1002. By the ticket tag in the subject.",
    ]);
    // Most mails name one ticket at most.
    let plain = house.okno(&["explain", "request@uni.test"]).with(0);
    assert!(!plain.out.contains("another ticket"), "{}", plain.out);
}
