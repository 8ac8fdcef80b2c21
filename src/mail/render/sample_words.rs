//! The words and values that samples are made of: one ticket, who asks, who answers, what they write.

use jiff::Timestamp;

use super::sample_codes::TICKET_STATES;
use crate::model::{
    address::Address,
    outgoing::{
        AgentLoad, Bringer, EarlierTicket, KindPart, PastTicket, ShownArticle, TicketFacts, When,
        Whom,
    },
};

/// What samples are made with.
pub(super) struct Maker<'a> {
    /// Whether the words are Russian.
    pub(super) is_russian: bool,
    /// The zone of all times.
    pub(super) zone: &'a str,
}

impl Maker<'_> {
    pub(super) fn say(&self, ru: &str, en: &str) -> String {
        if self.is_russian { ru } else { en }.to_owned()
    }

    /// 17 November 2026, 12:00 UTC, and so many hours.
    pub(super) fn when(&self, hours: i64) -> When {
        let second = hours.saturating_mul(3600).saturating_add(1_794_916_800);
        When {
            at: Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH),
            zone: self.zone.to_owned(),
        }
    }

    pub(super) fn ticket(&self) -> TicketFacts {
        TicketFacts {
            label: "IT-1042".to_owned(),
            tag: "[IT-1042-K7Q4]".to_owned(),
            subject: self.say("Не работает принтер", "The printer does not work"),
            queue: self.say("ИТ-поддержка", "IT support"),
            hours: Some(self.say("пн–пт 9:00–18:00", "Mon–Fri 9:00–18:00")),
            address: address("it@uni.test"),
            due: Some(self.when(0)),
            readers: vec!["dean@uni.test".to_owned()],
            form: None,
            kind: self.kind(),
            is_followed: false,
            is_question: false,
        }
    }

    /// Everything that a kind may have out of the ordinary.
    fn kind(&self) -> Vec<KindPart> {
        let part = |what: &str, word: &str| KindPart {
            what: what.to_owned(),
            word: word.to_owned(),
        };
        let words = self.say("принтеры", "printers");
        vec![
            part("class", "emergency"),
            part("priority", "high"),
            part("category", &words),
            part("tag", "214"),
        ]
    }

    pub(super) fn bare_ticket(&self) -> TicketFacts {
        TicketFacts {
            subject: String::new(),
            hours: None,
            due: None,
            readers: Vec::new(),
            kind: Vec::new(),
            ..self.ticket()
        }
    }

    /// What the same mail has opened in another queue.
    pub(super) fn sibling(&self) -> TicketFacts {
        TicketFacts {
            label: "BUH-1043".to_owned(),
            tag: "[BUH-1043-M3P8]".to_owned(),
            queue: self.say("Бухгалтерия", "Accounting"),
            hours: None,
            address: address("buh@uni.test"),
            due: Some(self.when(48)),
            ..self.ticket()
        }
    }

    /// What was asked before, and somebody answers for.
    pub(super) fn earlier(&self) -> EarlierTicket {
        EarlierTicket {
            label: "IT-1017".to_owned(),
            subject: self.say("Принтер печатает пустые листы", "Blank pages"),
            requester: self.requester(),
            opened: self.when(-120),
            is_live: false,
            assignee: Some(self.agent()),
            ways: vec!["link".to_owned()],
        }
    }

    /// The same without a subject, and nobody has taken it.
    pub(super) fn earlier_of_nobody(&self) -> EarlierTicket {
        EarlierTicket {
            label: "IT-1031".to_owned(),
            subject: String::new(),
            requester: "p.orlov@uni.test".to_owned(),
            is_live: true,
            assignee: None,
            ways: vec!["merge".to_owned(), "link".to_owned()],
            ..self.earlier()
        }
    }

    /// What the same requester has asked before, in every state.
    pub(super) fn past(&self) -> Vec<PastTicket> {
        let one = |state: &str| PastTicket {
            label: "IT-1009".to_owned(),
            subject: self.say("Не открывается почта", "Mail does not open"),
            opened: self.when(-480),
            state: state.to_owned(),
            agent: Some(self.agent()),
        };
        let bare = PastTicket {
            subject: String::new(),
            agent: None,
            ..one("new")
        };
        TICKET_STATES.map(one).into_iter().chain([bare]).collect()
    }

    pub(super) fn article(&self) -> ShownArticle {
        ShownArticle {
            name: self.say("пустые листы", "blank pages"),
            title: self.say("Принтер печатает пустые листы", "The printer prints blank pages"),
            text: self.say(
                "Снимите с картриджа защитную ленту.\nЕсли её нет, смените картридж.",
                "Take the protective tape off the cartridge.\nIf there is none, change the cartridge.",
            ),
            is_cut: true,
        }
    }

    pub(super) fn bare_article(&self) -> ShownArticle {
        ShownArticle {
            is_cut: false,
            ..self.article()
        }
    }

    pub(super) fn requester(&self) -> String {
        self.say("Мария Соколова", "Mary Falcon")
    }

    pub(super) fn whom(&self, is_reminder: bool) -> Whom {
        let load = |name: String, word: String, (active, is_away)| AgentLoad {
            name,
            active,
            is_away,
            word,
        };
        Whom {
            agents: vec![
                load(
                    self.agent(),
                    self.say("#назначить anna", "#assign anna"),
                    (2, false),
                ),
                load(
                    self.requester(),
                    self.say("#назначить vera", "#assign vera"),
                    (0, true),
                ),
            ],
            until: self.when(2),
            fallback: "turn".to_owned(),
            is_reminder,
        }
    }

    pub(super) fn bringer(&self, way: &str) -> Bringer {
        Bringer {
            way: way.to_owned(),
            agent: self.agent(),
            of: match way {
                "split" => "IT-1017".to_owned(),
                _ => String::new(),
            },
        }
    }

    pub(super) fn agent(&self) -> String {
        self.say("Анна Петрова", "Anna Peters")
    }

    pub(super) fn request(&self) -> String {
        self.say(
            "Здравствуйте!\n\nПринтер в аудитории 214 с утра печатает пустые листы.\nКартридж меняли в \
             пятницу. На занятии в 15:00 нужно раздать 30 листов с заданиями, поэтому хорошо бы \
             успеть до него.\n\nМария Соколова\nкафедра химии",
            "Hello,\n\nthe printer in room 214 has been printing blank pages since this morning.\nThe \
             cartridge was changed on Friday. I need 30 handouts for the class at 15:00, so it would be \
             good to have it back before then.\n\nMary Falcon\nDepartment of Chemistry",
        )
    }

    pub(super) fn answer(&self) -> String {
        self.say(
            "Мария, здравствуйте!\n\nС нового картриджа не была снята защитная лента. Теперь принтер \
             печатает, пробный лист лежит в лотке.\n\nС уважением,\nАнна",
            "Hello Mary,\n\nthe new cartridge still had its protective tape on. The printer works now; a \
             test page is in the tray.\n\nKind regards,\nAnna",
        )
    }
}

/// An address that is one; samples use no other.
pub(super) fn address(words: &str) -> Address {
    Address::parse(words).unwrap_or_else(|refused| unreachable!("{refused}"))
}
