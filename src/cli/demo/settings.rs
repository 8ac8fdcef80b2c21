//! The demo's configuration file: one that a person could have written.

use super::{
    cast::{ACCOUNTS, ADMINISTRATOR, ANNA, BORIS, IT, VERA},
    forms::FORM,
    town::Town,
};

/// The text of `okno.toml`.
pub(super) fn text(town: &Town) -> String {
    let (port, authority) = (town.smtp_port(), town.authority());
    let (it, accounts) = (town.source(IT), town.source(ACCOUNTS));
    let agents: String = [("anna", &ANNA), ("boris", &BORIS), ("vera", &VERA)]
        .iter()
        .map(|(key, agent)| {
            format!(
                "\n[agent.{key}]\nname = \"{}\"\naddress = \"{}\"\n",
                agent.name, agent.address
            )
        })
        .collect();
    format!(
        r#"# Written by "okno demo". Every key and what it means: okno.example.toml
administrator = "{ADMINISTRATOR}"
language = "ru"
time_zone = "Europe/Moscow"
data = "data"
{authority}
# Two mailboxes. "full": agents get cards, their replies go to the requesters. "beginning": the
# demo's mailboxes are new, so nothing in them is older than the desk. In real ones it starts with what comes next.
[mailbox.it]
address = "{IT}"
mode = "full"
start_from = "beginning"
{it}
[mailbox.buh]
address = "{ACCOUNTS}"
mode = "full"
start_from = "beginning"
{accounts}
# Two queues, each with its team, its hours and a promise.
[queue.it]
title = "ИТ-поддержка"
agents = ["anna", "boris"]
distribution = "self" # both get each card; without this line they would get them in turn
hours = "пн-пт 09:00-18:00"
classes = "default" # what okno promises by class of request; "okno check" says what that is

[queue.buh]
title = "Бухгалтерия"
agents = ["vera"]
distribution = "self"
hours = "пн-чт 09:00-18:00, пт 09:00-16:45"
target = "16 h"
{agents}{FORM}
# Where mail goes out: the demo's own SMTP server, on this machine.
[smtp]
server = "127.0.0.1"
port = {port}
security = "none"
"#
    )
}
