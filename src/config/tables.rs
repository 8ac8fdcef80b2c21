//! The tables of the file that have names: mailboxes and agents; and `smtp`.

use std::time::Duration;

use super::{
    distribution,
    file::Reader,
    hours,
    problems::{At, Spot},
    relays::CONNECTIONS_DEFAULT,
    secrets::{Kept, password},
    section::{Section, flag},
    values::{self, StartFrom},
    written::{Agent, Mailbox, Place, Server, Smtp, Way, Zone},
};
use crate::{
    desk::policy::ListMail,
    model::{
        account::{Security, ServerAction},
        address::Address,
    },
};

const POLL_DEFAULT: Duration = Duration::from_secs(60);
const POLL_MAX: Duration = Duration::from_secs(24 * 3600);

impl Reader<'_> {
    /// Reads `[mailbox.NAME]`.
    pub(super) fn mailbox(&mut self, mut section: Section<'_>, zone: &Zone) -> Mailbox {
        section.need("address", "address = \"it@uni.test\"");
        section.need(
            "mode",
            "mode = \"observe\", \"acknowledge\" or \"full\"; it is never assumed",
        );
        let address = section.parsed(self.notes, "address", values::address);
        let mode = section.parsed(self.notes, "mode", values::mode);
        let aliases = self.addresses(&mut section, "aliases");
        let former = self.addresses(&mut section, "former");
        let dry_run = section.parsed(self.notes, "dry_run", values::address);
        let sent = section.parsed(self.notes, "sent", |words| Ok(values::sent(words)));
        let append_sent = flag(&mut section, self.notes, "append_sent").filter(|at| at.value);
        let plus_addresses = flag(&mut section, self.notes, "plus_addresses");
        let queue = section.text(self.notes, "queue");
        let list_mail = section.parsed(self.notes, "list_mail", values::list_mail);
        let on_full = section.parsed(self.notes, "on_full", values::on_full);
        let in_cc = section.parsed(self.notes, "cc", values::in_cc);
        let automatic = self.automatic(&mut section);
        let start_from = section
            .read(self.notes, "start_from", |value| {
                values::start_from(value, &zone.1)
            })
            .map_or(StartFrom::Now, |at| at.value);
        let poll = section.parsed(self.notes, "poll", |words| {
            values::duration(words).and_then(|poll| {
                (poll <= POLL_MAX)
                    .then_some(poll)
                    .ok_or_else(|| "at most 24 h".to_owned())
            })
        });
        let source = self.place(&mut section);
        self.check_sent((sent.as_ref(), append_sent.as_ref()), source.as_ref());
        let mailbox = Mailbox {
            spot: section.spot.clone(),
            address,
            aliases,
            former,
            dry_run,
            sent,
            on_full: on_full.map(|at| at.value).unwrap_or_default(),
            append_sent: append_sent.is_some(),
            plus_addresses: plus_addresses.is_some_and(|at| at.value),
            mode,
            queue,
            list_mail: list_mail.map_or(ListMail::Aside, |at| at.value),
            automatic,
            in_cc: in_cc.map(|at| at.value).unwrap_or_default(),
            start_from,
            poll: poll.map_or(POLL_DEFAULT, |at| at.value),
            source,
        };
        section.finish(self.notes);
        mailbox
    }

    fn place(&mut self, section: &mut Section<'_>) -> Option<Place> {
        if let Some(maildir) = section.text(self.notes, "maildir") {
            for key in [
                "server", "port", "security", "user", "password", "folders", "after",
            ] {
                if let Some(stray) = section.value(key) {
                    self.notes.problem(
                        &stray.spot,
                        "belongs to a mailbox on a server; this one is a `maildir`",
                    );
                }
            }
            return Some(Place::Maildir(self.base.join(maildir.value)));
        }
        section.need("server", "server = \"mail.uni.test\"");
        section.need(
            "password",
            "password = { file = \"/etc/okno/it.password\" }",
        );
        let host = section.parsed(self.notes, "server", values::host);
        let security = self.security(section, host.as_ref());
        let port = self.port(section);
        let user = section.text(self.notes, "user").map(|at| at.value);
        let fetched = |kept: Kept<'_>| self.secrets.of_mail_server(kept);
        let password = password(section, self.notes, self.base, fetched)
            .ok()
            .flatten();
        let folders = section.list(self.notes, "folders", |words| Ok(values::folder(words)));
        if let Some(empty) = folders.as_ref().filter(|at| at.value.is_empty()) {
            self.notes
                .problem(&empty.spot, "the list is empty; write [\"INBOX\"]");
        }
        let folders = folders.map_or_else(|| vec!["INBOX".to_owned()], |at| at.value);
        let after = self.after(section, &folders);
        let security = security.unwrap_or(Security::Tls);
        Some(Place::Server(Server {
            host: host?.value,
            port: port.unwrap_or(match security {
                Security::Tls => 993,
                Security::StartTls | Security::None => 143,
            }),
            security,
            user,
            password: password?,
            folders,
            after,
        }))
    }

    fn after(&mut self, section: &mut Section<'_>, folders: &[String]) -> Option<At<ServerAction>> {
        let mut after = section.section(self.notes, "after")?;
        let target = after.parsed(self.notes, "move", |words| {
            let target = values::folder(words);
            if folders.contains(&target) {
                return Err(
                    "mail cannot be moved into a folder that is watched: it would be taken again"
                        .to_owned(),
                );
            }
            Ok(ServerAction::Move(target))
        });
        let keyword = after.parsed(self.notes, "keyword", values::keyword);
        let spot = after.spot.clone();
        let is_one = after.len() == 1;
        after.finish(self.notes);
        if !is_one {
            self.notes.problem(
                &spot,
                "one action is expected: { move = \"Folder\" } or { keyword = \"$OknoDone\" }",
            );
        }
        let action = target.or(keyword)?;
        Some(At {
            value: action.value,
            spot,
        })
    }

    /// Reads `[agent.NAME]`.
    pub(super) fn agent(&mut self, mut section: Section<'_>) -> Agent {
        section.need("name", "name = \"Анна Петрова\", the name requesters see");
        section.need("address", "address = \"anna@uni.test\"");
        let agent = Agent {
            name: section.text(self.notes, "name"),
            address: section.parsed(self.notes, "address", values::address),
            aliases: self.addresses(&mut section, "aliases"),
            signature: section.text(self.notes, "signature").map(|at| at.value),
            hours: section.parsed(self.notes, "hours", hours::parse),
            calendar: section.text(self.notes, "calendar"),
            zone: section
                .parsed(self.notes, "time_zone", values::zone)
                .map(|at| at.value),
            max_active: distribution::max_active(&mut section, self.notes),
        };
        section.finish(self.notes);
        agent
    }

    /// Reads a table `smtp`.
    pub(super) fn smtp(&mut self, mut section: Section<'_>) -> Option<Smtp> {
        let spot = section.spot.clone();
        let way = self.way(&mut section);
        section.finish(self.notes);
        Some(Smtp { spot, way: way? })
    }

    fn way(&mut self, section: &mut Section<'_>) -> Option<Way> {
        if let Some(path) = section.text(self.notes, "maildir") {
            for key in [
                "server",
                "port",
                "security",
                "user",
                "password",
                "connections",
            ] {
                if let Some(stray) = section.value(key) {
                    self.notes
                        .problem(&stray.spot, "belongs to a `server`; this is a `maildir`");
                }
            }
            return Some(Way::Maildir(self.base.join(path.value)));
        }
        section.need("server", "server = \"smtp.uni.test\"");
        let host = section.parsed(self.notes, "server", values::host);
        let security = self
            .security(section, host.as_ref())
            .unwrap_or(Security::Tls);
        let port = self.port(section).unwrap_or(match security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::None => 25,
        });
        let user = section.text(self.notes, "user");
        let fetched = |kept: Kept<'_>| self.secrets.of_mail_server(kept);
        let password = password(section, self.notes, self.base, fetched).ok()?;
        let connections = section
            .number(self.notes, "connections", 1..=50)
            .map_or(CONNECTIONS_DEFAULT, |at| at.value);
        if let (Some(user), None) = (&user, &password) {
            self.notes.problem(
                &user.spot,
                "a user needs a password; write password = { file = \"/etc/okno/smtp.password\" }",
            );
        }
        Some(Way::Server {
            host: host?.value,
            port,
            security,
            user: user.map(|at| at.value),
            password,
            connections,
        })
    }

    fn security(
        &mut self,
        section: &mut Section<'_>,
        host: Option<&At<String>>,
    ) -> Option<Security> {
        let security = section.parsed(self.notes, "security", values::security)?;
        if security.value == Security::None
            && host.is_some_and(|host| !values::is_loopback(&host.value))
        {
            self.notes.problem(
                &security.spot,
                "passwords and mail would cross the network readable by all: \"none\" is for servers on this machine \
                 only; write \"tls\" or \"starttls\"",
            );
        }
        Some(security.value)
    }

    fn port(&mut self, section: &mut Section<'_>) -> Option<u16> {
        let port = section.number(self.notes, "port", 1..=65_535)?;
        u16::try_from(port.value).ok()
    }

    fn addresses(&mut self, section: &mut Section<'_>, key: &'static str) -> Vec<At<Address>> {
        let Some(At { value, spot }) = section.list(self.notes, key, values::address) else {
            return Vec::new();
        };
        let at = |value| At {
            value,
            spot: Spot::clone(&spot),
        };
        value.into_iter().map(at).collect()
    }
}
