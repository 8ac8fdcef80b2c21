//! Who may do what: one table of every act against the role it takes, the side it is said on, and how far the sender
//! must be believed. Everybody who lets somebody do something asks [`may`]; nobody compares roles or trust otherwise.
//!
//! A refusal says what was missing, so that it can be told, and where only trust was missing, made good.

use super::reason::Reason;
use crate::model::{
    event::{Role, Trust},
    ticket::Side,
};

/// What somebody may want to do by mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Say something in the ticket; the agents hear of it.
    Write,
    /// Show, by answering it, that a mail from our mailbox has answered them that okno never saw.
    ShowAnswer,
    /// Let somebody in To or Cc read along.
    AddPeople,
    /// Say that all is well.
    Confirm,
    /// Say that it is not.
    Return,
    /// Say how well.
    Rate,
    /// Take part no more.
    Leave,
    /// Take the request back.
    Withdraw,
    /// Say that it cannot wait.
    Hurry,
    /// Choose the language one is written to in.
    ChooseLanguage,
    /// Read what was written in it so far.
    ReadHistory,
    /// Look for what was written in other tickets of one's queues, and for what else the requester has asked there.
    Search,
    /// Have words of one's own sent to the requester, under the queue's name.
    Answer,
    /// Have answered the requester from one's own address already.
    AnswerDirectly,
    /// Bring somebody's request, which is theirs from then on.
    Bring,
    /// Write something down for the agents alone.
    Note,
    /// Become responsible.
    Take,
    /// Say that it is done.
    Resolve,
    /// Make a ticket of a mail that was shown for information.
    MakeTicket,
    /// Change the ticket otherwise: class, deadline, queue, people, and what else commands do.
    Change,
    /// Say whether another day than the promised one counts.
    Decide,
    /// Change how the queue works: who serves it, how it distributes.
    ChangeQueue,
    /// Approve the figures that people are paid by.
    ApprovePay,
}

impl Act {
    /// Every act there is.
    pub const ALL: [Self; 23] = [
        Self::Write,
        Self::ShowAnswer,
        Self::AddPeople,
        Self::Confirm,
        Self::Return,
        Self::Rate,
        Self::Leave,
        Self::Withdraw,
        Self::Hurry,
        Self::ChooseLanguage,
        Self::ReadHistory,
        Self::Search,
        Self::Answer,
        Self::AnswerDirectly,
        Self::Bring,
        Self::Note,
        Self::Take,
        Self::Resolve,
        Self::MakeTicket,
        Self::Change,
        Self::Decide,
        Self::ChangeQueue,
        Self::ApprovePay,
    ];
}

/// As whom somebody asks to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// In which capacity.
    pub role: Role,
    /// How far they are believed.
    pub trust: Trust,
    /// The side of the conversation it is said on.
    pub side: Side,
    /// Whether they serve the queue it is about.
    pub serves_queue: bool,
    /// Whether it is said in answer to a mail of ours that they, or they among others, were sent in this conversation with
    /// a requester. Whoever only knows the number, or the ids of the agents' mails, has not had our mail.
    pub has_our_mail: bool,
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Not in this capacity, however far they are believed.
    NotInRole,
    /// Another queue's agents do this.
    NotOfQueue,
    /// It is said in answer to mails of the other side.
    OtherSide,
    /// They are not believed enough.
    TooLittleTrust {
        /// How far they must be.
        needed: Trust,
    },
}

impl Refusal {
    /// The reason that is stored and told.
    #[must_use]
    pub const fn reason(self) -> Reason {
        match self {
            Self::NotInRole => Reason::NotInRole,
            Self::NotOfQueue => Reason::NotOfQueue,
            Self::OtherSide | Self::TooLittleTrust { .. } => Reason::NotTrusted,
        }
    }
}

/// Where an act may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// On either side.
    Anywhere,
    /// In answer to a mail of ours; of somebody who is believed as one who has it, anywhere.
    InAnswer,
    /// In answer to a mail that only the agents got.
    AgentsSide,
}

use Act::{
    AddPeople, Answer, AnswerDirectly, ApprovePay, Bring, Change, ChangeQueue, ChooseLanguage,
    Confirm, Decide, Hurry, Leave, MakeTicket, Note, Rate, ReadHistory, Resolve, Return, Search,
    ShowAnswer, Take, Withdraw, Write,
};
use Place::{AgentsSide, Anywhere, InAnswer};
use Role::{Agent, Collaborator, Head, Requester};
use Trust::{Claimed, Proven, Suspicious, Token};

/// What work on a ticket is made of, whoever does it.
const WORK: &[Act] = &[
    Answer,
    Note,
    Take,
    Resolve,
    MakeTicket,
    Change,
    ReadHistory,
    Search,
];

/// Who, what, where, and how far believed at least. What is not here is nobody's to do.
const TABLE: &[(Role, &[Act], Place, Trust)] = &[
    // A person who wrote to us goes on writing, whatever a mail server thinks of it: the agents see the warning.
    (Requester, &[Write, Return], Anywhere, Suspicious),
    (Collaborator, &[Write], Anywhere, Suspicious),
    // A From line and a number from a subject end no clock, give no mark and send nobody away.
    (Requester, &[Confirm, Rate, Leave], InAnswer, Claimed),
    (Collaborator, &[Leave], InAnswer, Claimed),
    // Who reads along is decided by somebody who has our mail or is proven, not by a From line and a number.
    (
        Requester,
        &[AddPeople, Withdraw, Hurry, ChooseLanguage, ReadHistory],
        Anywhere,
        Token,
    ),
    (Collaborator, &[AddPeople], Anywhere, Token),
    (Requester, &[ShowAnswer], Anywhere, Claimed),
    (Collaborator, &[ShowAnswer], Anywhere, Claimed),
    // From alone proves nothing: words that go out under the queue's name need an answer to a mail that the agents
    // alone were sent.
    (Agent, WORK, AgentsSide, Token),
    (Head, WORK, AgentsSide, Token),
    // Nothing goes out, but the ticket counts as answered, and by whom. Somebody is told that their request is here.
    (Agent, &[AnswerDirectly, Bring], Anywhere, Token),
    (Head, &[AnswerDirectly, Bring], Anywhere, Token),
    // Figures that people are paid by follow from it.
    (Head, &[Decide], AgentsSide, Proven),
    (Head, &[ChangeQueue, ApprovePay], Anywhere, Proven),
];

/// Whether somebody may do this.
///
/// # Errors
/// What is missing: the queue before the role, the role before the side, the side before trust.
pub fn may(act: Act, standing: Standing) -> Result<(), Refusal> {
    if standing.role == Agent && !standing.serves_queue {
        return Err(Refusal::NotOfQueue);
    }
    let mut rules = TABLE
        .iter()
        .filter(|(role, acts, ..)| *role == standing.role && acts.contains(&act));
    let Some((_, _, place, needed)) = rules.next() else {
        return Err(Refusal::NotInRole);
    };
    if *place == AgentsSide && standing.side != Side::Agents {
        return Err(Refusal::OtherSide);
    }
    if *place == InAnswer && !standing.has_our_mail && standing.trust < Token {
        return Err(Refusal::TooLittleTrust { needed: Token });
    }
    if standing.trust < *needed {
        return Err(Refusal::TooLittleTrust { needed: *needed });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUSTS: [Trust; 4] = [Suspicious, Claimed, Token, Proven];

    fn standings() -> impl Iterator<Item = Standing> {
        let sides = [Side::Requester, Side::Agents];
        let places = Role::ALL
            .into_iter()
            .flat_map(move |role| sides.map(|side| (role, side)));
        let ways = [false, true].map(|has_our_mail| TRUSTS.map(|trust| (has_our_mail, trust)));
        places.flat_map(move |(role, side)| {
            let ways = ways.into_iter().flatten();
            ways.map(move |(has_our_mail, trust)| Standing {
                role,
                trust,
                side,
                serves_queue: true,
                has_our_mail,
            })
        })
    }

    /// `+`: may. Else what is missing: the role, the side, trust.
    const fn letter(answer: Result<(), Refusal>) -> char {
        match answer {
            Ok(()) => '+',
            Err(Refusal::NotInRole) => '.',
            Err(Refusal::NotOfQueue) => 'q',
            Err(Refusal::OtherSide) => 's',
            Err(Refusal::TooLittleTrust { .. }) => 't',
        }
    }

    #[test]
    fn the_whole_table() {
        let mut table =
            "suspicious, claimed, token, proven, without and with our mail: + may, . role, s side, t trust\n".to_owned();
        for act in Act::ALL {
            let standings: Vec<Standing> = standings().collect();
            for eight in standings.chunks(2 * TRUSTS.len()) {
                let letters = |four: &[Standing]| -> String {
                    four.iter()
                        .map(|standing| letter(may(act, *standing)))
                        .collect()
                };
                let (without, with) = eight.split_at(TRUSTS.len());
                let (without, with) = (letters(without), letters(with));
                let (act, role) = (format!("{act:?}"), eight[0].role.code());
                let side = format!("{:?}", eight[0].side);
                table.push_str(&format!("{act:<16}{role:<13}{side:<10}{without} {with}\n"));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn more_trust_never_takes_anything_away() {
        for (act, standing) in Act::ALL
            .into_iter()
            .flat_map(|act| standings().map(move |standing| (act, standing)))
        {
            let more = TRUSTS.into_iter().filter(|trust| *trust > standing.trust);
            for trust in more {
                let better = Standing { trust, ..standing };
                let is_kept = may(act, standing).is_err() || may(act, better).is_ok();
                assert!(is_kept, "{act:?} {standing:?} {trust:?}");
            }
        }
    }

    #[test]
    fn each_act_of_a_role_stands_in_the_table_once() {
        for (act, role) in Act::ALL
            .into_iter()
            .flat_map(|act| Role::ALL.map(|role| (act, role)))
        {
            let rules = TABLE
                .iter()
                .filter(|(of, acts, ..)| *of == role && acts.contains(&act));
            assert!(rules.count() <= 1, "{act:?} {role:?}");
        }
    }

    #[test]
    fn an_agent_of_another_queue_does_nothing() {
        for (act, standing) in Act::ALL
            .into_iter()
            .flat_map(|act| standings().map(move |standing| (act, standing)))
            .filter(|(_, standing)| standing.role == Agent)
        {
            let elsewhere = Standing {
                serves_queue: false,
                ..standing
            };
            assert_eq!(may(act, elsewhere), Err(Refusal::NotOfQueue), "{act:?}");
        }
    }
}
