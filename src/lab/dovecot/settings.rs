//! The configuration file of a private Dovecot 2.3.

use std::{fmt, path::Path};

use crate::lab::{certificate::Certificate, place::User};

/// Where it listens, on 127.0.0.1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ports {
    /// IMAP with STARTTLS.
    pub(super) imap: u16,
    /// IMAP over TLS.
    pub(super) imaps: u16,
    /// LMTP.
    pub(super) lmtp: u16,
}

/// What stands in `dovecot.conf`.
pub(super) struct Settings<'a> {
    /// Where all its files lie.
    pub(super) folder: &'a Path,
    /// Its three ports.
    pub(super) ports: Ports,
    /// For TLS.
    pub(super) certificate: &'a Certificate,
    /// Of every account.
    pub(super) password: &'a str,
    /// At once, in all and from one account.
    pub(super) connections_max: u16,
    /// Where an ordinary user starts it: the names of user and group.
    pub(super) names: Option<(String, String)>,
    /// Who owns the mails.
    pub(super) mail_owner: User,
}

impl Settings<'_> {
    /// What only root, or only an ordinary user, has to say.
    fn for_this_user(&self) -> String {
        match &self.names {
            // The mail processes run under another user and want to report to the statistics all the same.
            None => "service stats {\n  unix_listener stats-writer {\n    mode = 0666\n  }\n}\n"
                .to_owned(),
            Some((user, group)) => format!(
                "default_login_user = {user}\ndefault_internal_user = {user}\n\
                 default_internal_group = {group}\n\
                 service anvil {{\n  chroot =\n}}\nservice imap-login {{\n  chroot =\n}}\n"
            ),
        }
    }
}

impl fmt::Display for Settings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folder = self.folder.display();
        let Ports { imap, imaps, lmtp } = self.ports;
        let User { uid, gid } = self.mail_owner;
        let max = self.connections_max;
        let descriptors_max = max.saturating_mul(4).max(1000);
        write!(
            f,
            "# Written by okno for a private Dovecot; made anew at every start.
base_dir = {folder}/base
state_dir = {folder}/state
log_path = {folder}/dovecot.log
listen = 127.0.0.1
protocols = imap lmtp
auth_username_format = %Lu
first_valid_uid = {uid}
first_valid_gid = {gid}
mail_max_userip_connections = {max}
default_client_limit = {descriptors_max}
default_process_limit = {max}
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u allow_all_users=yes
}}
mail_location = maildir:~/Maildir
lda_mailbox_autocreate = yes
namespace inbox {{
  inbox = yes
  mailbox Junk {{
    special_use = \\Junk
    auto = create
  }}
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
}}
service imap-login {{
  service_count = 0
  client_limit = {descriptors_max}
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service imap {{
  process_limit = {max}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
",
            certificate = self.certificate.certificate.display(),
            key = self.certificate.key.display(),
            password = self.password,
        )?;
        f.write_str(&self.for_this_user())
    }
}
