//! What the people should be told before a mailbox changes its mode: drafts of letters, for the administrator to date, to
//! change and to send. okno itself sends none of them.

use crate::{
    config::Config,
    desk::policy::{MailboxPolicy, Mode, QueuePolicy},
    model::{distribution::Method, ids::MailboxName, language::Language},
};

/// The letters for every mailbox as it is configured, in the configuration's language.
#[must_use]
pub(super) fn letters(config: &Config) -> String {
    let language = config.policy.language;
    let mailboxes = config.policy.mailboxes.iter();
    let queue = |mailbox: &MailboxPolicy| config.policy.queues.get(&mailbox.queue);
    let drafts = mailboxes
        .filter_map(|(name, mailbox)| Some((name, mailbox, queue(mailbox)?)))
        .flat_map(|(name, mailbox, queue)| {
            let about = About {
                config,
                name,
                mailbox,
                queue,
            };
            about.drafts(language)
        });
    drafts.collect::<Vec<_>>().join("\n\n")
}

/// What a letter is about.
struct About<'a> {
    config: &'a Config,
    name: &'a MailboxName,
    mailbox: &'a MailboxPolicy,
    queue: &'a QueuePolicy,
}

impl About<'_> {
    fn drafts(&self, language: Language) -> Vec<String> {
        let (name, mode) = (self.name, self.mailbox.mode.code());
        let head = |ru: &str, en: &str| match language {
            Language::Ru => format!("======== Ящик {name}, режим {mode}: {ru}"),
            Language::En => format!("======== Mailbox {name}, mode {mode}: {en}"),
        };
        match self.mailbox.mode {
            Mode::Observe => vec![head(
                "никому ничего не отправляется, и сообщать пока не о чем.",
                "nobody is sent anything, so there is nothing to tell anybody yet.",
            )],
            Mode::Acknowledge | Mode::Full => vec![
                format!(
                    "{}\n\n{}",
                    head("письмо сотрудникам", "a letter to the agents"),
                    self.to_agents(language)
                ),
                format!(
                    "{}\n\n{}",
                    head("письмо тем, кто обращается", "a letter to those who write"),
                    self.to_requesters(language)
                ),
            ],
        }
    }

    fn to_agents(&self, language: Language) -> String {
        let (address, title) = (&self.mailbox.address, &self.queue.title);
        let administrator = &self.config.policy.administrator;
        let mut lines = match language {
            Language::Ru => vec![
                format!("Тема: {title}: как теперь отвечать на письма"),
                String::new(),
                format!("Коллеги! С [дата] письма на {address} принимает программа okno."),
            ],
            Language::En => vec![
                format!("Subject: {title}: how mail is answered from now on"),
                String::new(),
                format!(
                    "Colleagues, from [date] on, mail to {address} is received by a program called okno."
                ),
            ],
        };
        lines.extend(self.habits(language));
        lines.push(match language {
            Language::Ru => {
                format!("Если что-то непонятно или пошло не так, напишите: {administrator}.")
            }
            Language::En => {
                format!("If anything is unclear or goes wrong, write to {administrator}.")
            }
        });
        lines.join("\n")
    }

    fn habits(&self, language: Language) -> Vec<String> {
        let is_full = self.mailbox.mode == Mode::Full;
        let (ru, en): (&[&str], &[&str]) = match is_full {
            false => (
                &[
                    "На каждое новое письмо автор получает подтверждение с номером обращения. Больше ничего не меняется:",
                    "читайте общий ящик и отвечайте из него, как раньше. Номер в теме письма не удаляйте.",
                ],
                &[
                    "Every new request is confirmed to its author with a number. Nothing else changes: read the",
                    "shared mailbox and answer from it as before. Leave the number in the subject.",
                ],
            ),
            true => (
                &[
                    "- Ответьте на это письмо: ответ уйдёт заявителю от имени отдела. Пишите выше цитаты.",
                    "- Слово «решено» на отдельной строке: вопрос решён; заявителя спросят, так ли это.",
                    "- Строка «заметка: …»: текст увидят только коллеги.",
                    "Обычный автоответ об отпуске okno узнаёт и заявителю не пересылает.",
                ],
                &[
                    "- Reply to it: the reply goes to the requester in the department's name. Write above the quote.",
                    "- The word \"done\" alone on a line: it is solved; the requester is asked whether that is so.",
                    "- A line \"note: ...\": only colleagues see the text.",
                    "An ordinary out-of-office reply is recognised and not passed on to the requester.",
                ],
            ),
        };
        let words = match language {
            Language::Ru => ru,
            Language::En => en,
        };
        let given = if is_full { self.given(language) } else { &[] };
        let words = given.iter().chain(words);
        let mut lines: Vec<String> = words.map(|line| (*line).to_owned()).collect();
        if self.mailbox.sent.is_some() {
            lines.push(match language {
                Language::Ru => {
                    "Ответ, написанный прямо из общего ящика, тоже учитывается.".to_owned()
                }
                Language::En => {
                    "An answer written straight from the shared mailbox counts, too.".to_owned()
                }
            });
        }
        lines
    }

    /// Who is sent a new request, as the queue shares them out.
    const fn given(&self, language: Language) -> &'static [&'static str] {
        match (self.queue.distribution.method, language) {
            (Method::Turn, Language::Ru) => {
                &["Каждое новое обращение придёт отдельным письмом одному из вас, по очереди."]
            }
            (Method::Turn, Language::En) => {
                &["Every new request comes as a mail of its own to one of you, in turn."]
            }
            (Method::Least, Language::Ru) => &[
                "Каждое новое обращение придёт отдельным письмом тому из вас, у кого их меньше всего в работе.",
            ],
            (Method::Least, Language::En) => &[
                "Every new request comes as a mail of its own to whoever of you has the fewest in progress.",
            ],
            (Method::Curator, Language::Ru) => &[
                "Каждое новое обращение придёт отдельным письмом тому из вас, за кем закреплён заявитель.",
            ],
            (Method::Curator, Language::En) => &[
                "Every new request comes as a mail of its own to whoever of you looks after its author.",
            ],
            (Method::Manual, Language::Ru) => &[
                "Кто ведёт новое обращение, решает руководитель очереди; этому сотруднику оно придёт отдельным письмом.",
            ],
            (Method::Manual, Language::En) => &[
                "The head of the queue decides whose a new request is; it comes to that agent as a mail of its own.",
            ],
            (Method::Own, Language::Ru) => &[
                "Каждое новое обращение придёт отдельным письмом каждому из вас.",
                "- Слово «взять» на отдельной строке ответа: обращение ведёте вы, коллеги узнают об этом.",
            ],
            (Method::Own, Language::En) => &[
                "Every new request comes to each of you as a mail of its own.",
                "- The word \"take\" alone on a line of a reply: the request is yours, and your colleagues hear of it.",
            ],
        }
    }

    fn to_requesters(&self, language: Language) -> String {
        let (address, title) = (&self.mailbox.address, &self.queue.title);
        let mut lines = match language {
            Language::Ru => vec![
                format!("Тема: {title}: пишите, как и раньше, на {address}"),
                String::new(),
                format!("С [дата] на новое письмо на {address} вы получите подтверждение с номером обращения."),
                "Хотите что-то добавить — просто ответьте на него; номер в теме сохраните.".to_owned(),
            ],
            Language::En => vec![
                format!("Subject: {title}: go on writing to {address}"),
                String::new(),
                format!("From [date] on, a new mail to {address} is confirmed with a number."),
                "To add something, just reply to the confirmation and leave the number in the subject.".to_owned(),
            ],
        };
        if self.mailbox.mode == Mode::Full {
            lines.push(match language {
                Language::Ru => "Когда вопрос решён, вас спросят, так ли это: ответьте «да», «нет» или оценкой от 1 до 5.".to_owned(),
                Language::En => "Once it is solved you are asked whether that is so: answer \"yes\", \"no\", or 1 to 5.".to_owned(),
            });
        }
        let former: Vec<&str> = self.mailbox.former.iter().map(|old| old.as_str()).collect();
        if !former.is_empty() {
            let former = former.join(", ");
            lines.push(match language {
                Language::Ru => {
                    format!("Прежний адрес пока работает ({former}), но лучше пишите на {address}.")
                }
                Language::En => format!(
                    "The former address still works ({former}), but better write to {address}."
                ),
            });
        }
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn written(language: &str) -> String {
        let mut config = super::super::tests::config(language);
        if let Some(it) = config.policy.mailboxes.get_mut(&"it".into()) {
            it.sent = Some("Sent".to_owned());
            it.former = it.aliases.clone();
        }
        letters(&config)
    }

    #[test]
    fn they_are_written_in_russian() {
        insta::assert_snapshot!(written("ru"));
    }

    #[test]
    fn they_are_written_in_english() {
        insta::assert_snapshot!(written("en"));
    }

    #[test]
    fn where_only_confirmations_go_out_agents_work_as_before() {
        let mut config = super::super::tests::config("en");
        for mailbox in config.policy.mailboxes.values_mut() {
            mailbox.mode = Mode::Acknowledge;
        }
        let letters = letters(&config);
        assert!(letters.contains("answer from it as before"), "{letters}");
        assert!(!letters.contains("take"), "{letters}");
        assert!(!letters.contains("from 1 to 5"), "{letters}");
    }
}
