//! The people directory at the terminal: checked, taken, confirmed, explained.

use std::fs;

use super::house::{House, REQUEST};

const CONFIGURED: &str = "[smtp]\nmaildir = \"out\"\n[directory]\nfile = \"people.csv\"\n";

fn house(rows: &[&str]) -> House {
    let house = House::with(CONFIGURED);
    save(&house, rows);
    house
}

fn save(house: &House, rows: &[&str]) {
    let text = format!(
        "e-mail;name;department;employee no.;curator\n{}\n",
        rows.join("\n")
    );
    fs::write(house.path("people.csv"), text).unwrap();
}

const OLGA: &str = "olga@uni.test olga@home.test;Olga Smirnova;Chemistry;0012;anna";
const BORIS: &str = "boris@uni.test;Boris Kim;IT;0013;piotr";

#[test]
fn check_reads_it_and_ends_badly_where_it_is_bad() {
    let house = house(&[OLGA, BORIS]);
    house.okno(&["check", "--offline"]).with(0).says(&[
        "People directory: ",
        "People: 2; shared mailboxes: 0; addresses: 3",
        "UTF-8, separated by \";\"",
        "addresses \"e-mail\"; name \"name\"; department \"department\"",
        "people.csv:3: the curator \"piotr\" is no agent of the configuration",
    ]);
    save(&house, &[OLGA, "olga@home.test;Boris Kim;IT;0012;"]);
    house.okno(&["check", "--offline"]).with(1).says(&[
        "The configuration is sound.",
        "people.csv: refused, what was known before stays",
        "people.csv:3: the address olga@home.test stands on line 2 already",
        "people.csv:3: the employee number 0012 stands on line 2 already",
    ]);
    fs::remove_file(house.path("people.csv")).unwrap();
    house
        .okno(&["check", "--offline"])
        .with(1)
        .says(&["people.csv: the file cannot be read: "]);
}

#[test]
fn a_person_and_the_directory_are_explained() {
    let house = house(&[OLGA, BORIS]);
    house.receives(REQUEST);
    house.okno(&["drain"]).with(0).says(&["Mails received: 1"]);
    for address in ["olga@home.test", "Olga@Uni.test"] {
        house.okno(&["explain", address]).with(0).says(&[
            "Olga Smirnova <olga@uni.test>",
            "Addresses: olga@uni.test, olga@home.test",
            "People directory: names them",
            "Department: Chemistry",
            "Employee number: 0012",
            "Curator: Anna Petrova",
            "listed: Olga Smirnova; olga@uni.test, olga@home.test; Chemistry; 0012; anna. So it stands in the people \
             directory now.",
        ]);
    }
    house
        .okno(&["explain", "boris@uni.test"])
        .with(0)
        .says(&["Curator: piotr (there is no such agent)"]);
    house
        .okno(&["explain", "nobody@uni.test"])
        .with(1)
        .says(&["nobody with this address"]);
    house.okno(&["explain", "directory"]).with(0).says(&[
        "people.csv",
        "directory taken: people 2, shared mailboxes 0, new or changed 2, gone 0. The people directory was read and taken.",
    ]);
    // The request was hers before anybody looked.
    house
        .okno(&["explain", "1001"])
        .with(0)
        .says(&["Requester: Olga Smirnova <olga@uni.test>"]);
}

#[test]
fn half_of_the_people_go_when_the_administrator_says_so() {
    let house = house(&[OLGA, BORIS]);
    house.okno(&["drain"]).with(0);
    save(&house, &[BORIS]);
    house.okno(&["drain"]).with(0);
    let told = house.sent_to("root@uni.test");
    assert!(told[0].contains("okno people accept"), "{}", told[0]);
    house.okno(&["explain", "directory"]).with(0).says(&[
        "directory refused: ",
        "people.csv: more than a fifth of the people would vanish, 1 of 2:",
        "Olga Smirnova <olga@uni.test>",
    ]);
    house
        .okno(&["people", "accept"])
        .with(0)
        .says(&["okno explain directory"]);
    house.okno(&["drain"]).with(0);
    house.okno(&["explain", "olga@uni.test"]).with(0).says(&[
        "People directory: does not name them any more",
        "unlisted. The person is no longer in the people directory; their history stays.",
    ]);
    assert_eq!(house.sent_to("root@uni.test").len(), 2, "it is over");
    // A file with mistakes is taken on nobody's word.
    save(&house, &["boris;Boris Kim;IT;0013;"]);
    house
        .okno(&["people", "accept"])
        .with(1)
        .says(&["people.csv:2: \"boris\" is not a mail address"]);
    house.configure("[smtp]\nmaildir = \"out\"\n");
    house
        .okno(&["people", "accept"])
        .with(1)
        .says(&["The configuration has no [directory]"]);
}
