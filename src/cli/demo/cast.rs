//! Who plays: the people of the story, each with the program they write mail in.

/// What a person writes mail in; each quotes in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Client {
    /// Outlook: text and HTML, the old mail below a line.
    Outlook,
    /// Thunderbird: plain text, `>` before every quoted line.
    Thunderbird,
    /// A telephone: short words, its advertisement, the old mail quoted.
    Phone,
}

/// A person with a mailbox.
#[derive(Debug)]
pub(super) struct Person {
    /// As other people's mail programs show it.
    pub(super) name: &'static str,
    /// For the telling.
    pub(super) short: &'static str,
    /// Where mail reaches them.
    pub(super) address: &'static str,
    /// What they write in.
    pub(super) client: Client,
    /// Whether they write Russian.
    pub(super) is_russian: bool,
}

/// The desk's two addresses.
pub(super) const IT: &str = "it@uni.test";
/// The accounting department's.
pub(super) const ACCOUNTS: &str = "buh@uni.test";

/// Asks about a printer.
pub(super) static MARIA: Person = Person {
    name: "Мария Лебедева",
    short: "Maria",
    address: "m.lebedeva@uni.test",
    client: Client::Outlook,
    is_russian: true,
};
/// Asks in English.
pub(super) static EMMA: Person = Person {
    name: "Emma Clark",
    short: "Emma",
    address: "emma.clark@partner.test",
    client: Client::Outlook,
    is_russian: false,
};
/// Answers for IT.
pub(super) static ANNA: Person = Person {
    name: "Анна Петрова",
    short: "Anna",
    address: "anna@uni.test",
    client: Client::Thunderbird,
    is_russian: true,
};
/// Answers for IT as well.
pub(super) static BORIS: Person = Person {
    name: "Борис Ким",
    short: "Boris",
    address: "boris@uni.test",
    client: Client::Outlook,
    is_russian: true,
};
/// Answers for the accounting department.
pub(super) static VERA: Person = Person {
    name: "Вера Соколова",
    short: "Vera",
    address: "vera@uni.test",
    client: Client::Thunderbird,
    is_russian: true,
};
/// Told when something needs a hand.
pub(super) const ADMINISTRATOR: &str = "admin@uni.test";

/// Everybody with a mailbox besides the desk and the administrator.
pub(super) static EVERYBODY: [&Person; 5] = [&MARIA, &EMMA, &ANNA, &BORIS, &VERA];
