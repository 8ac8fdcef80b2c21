//! An agent makes a draft article of a resolution; the head of the queue is asked, and one word of theirs puts it into the
//! knowledge base. Nothing of it goes to the requester, whatever the head answers.

use super::{NotDone, Said, hold_whole};
use crate::desk::{
    arrival::Arrival,
    command::{OneWord, Verb, read_agent_mail, read_one_word},
    draft::TicketDraft,
    notify::Sending,
    order::Order,
    own_words::{OwnWords, own_words},
    reason::Reason,
    worklist::{ItemKind, ListItem},
};
use crate::model::{
    duty::ListTime,
    event::{EventData, Private},
    ids::{AgentName, PersonId, QueueName},
    outgoing::{ArticleLetter, AutoSubmitted, Body, Class},
    ticket::Side,
};

/// How long a title may be, in letters: as `kb` reads it.
const TITLE_MAX: usize = 120;

/// How much of a draft a list shows, in letters.
const LISTED_MAX: usize = 400;

/// The folder of the knowledge base that okno writes into.
const OWN_FOLDER: &str = "okno";

/// A draft of what this mail resolves, or of what resolved the ticket lately.
pub(super) fn propose(
    ticket: &mut TicketDraft<'_, '_>,
    (arrival, said): (&Arrival, &Said<'_>),
) -> Result<(), NotDone> {
    let queue = ticket.queue().ok_or(Reason::NoQueue)?;
    if queue.confidential {
        return Err(Reason::NoArticleHere.into());
    }
    if !ticket.given.policy.has_knowledge {
        return Err(Reason::NoKnowledge.into());
    }
    let head = ticket.deciding(queue).ok_or(Reason::NoHead)?;
    let text = resolution(ticket, said).ok_or(Reason::NothingToDraft)?;
    let known = ticket.snapshot();
    let (number, subject) = (known.number, known.subject.as_str());
    let label = format!("{}-{number}", known.prefix);
    let title: String = match subject.is_empty() {
        true => label.clone(),
        false => subject.chars().take(TITLE_MAX).collect(),
    };
    let file = format!("{OWN_FOLDER}/{label}.md");
    let draft = Draft { title, text };
    let content = draft.content(&known.queue);
    let private = Private {
        person: Some(said.speaker.person),
        text: content.clone(),
    };
    let drafted = EventData::ArticleDrafted {
        agent: said.agent.clone(),
        file: file.clone(),
    };
    ticket.happened_privately(drafted, Reason::AgentCommand, Some(private));
    ticket.decision.orders.push(Order::KeepArticle {
        ticket: number,
        file,
        content,
    });
    let author = (arrival, said.speaker.person);
    let is_asked = ask(ticket, author, (&head, &said.agent), draft);
    is_asked.then_some(()).ok_or_else(|| Reason::NoHead.into())
}

/// A draft that was decided on, or replaced by another one, waits for a word again: whoever decides is asked as at first.
pub(super) fn ask_again(
    ticket: &mut TicketDraft<'_, '_>,
    author: (&Arrival, PersonId),
    content: Option<String>,
) {
    let Some(head) = ticket.deciding_head() else {
        return;
    };
    let number = ticket.snapshot().number;
    let Some(article) = ticket.snapshot().article.clone() else {
        return ticket.unlist_for_head(ItemKind::Draft);
    };
    let draft = content.as_deref().map(Draft::read).unwrap_or_default();
    if let Some(content) = content {
        ticket.decision.orders.push(Order::KeepArticle {
            ticket: number,
            file: article.file,
            content,
        });
    }
    ask(ticket, author, (&head, &article.agent), draft);
}

/// What a draft says.
#[derive(Debug, Default)]
struct Draft {
    title: String,
    text: String,
}

impl Draft {
    /// The file that may come of it.
    fn content(&self, queue: &QueueName) -> String {
        let Self { title, text } = self;
        format!("---\ntitle: {title}\nqueue: {queue}\n---\n{text}\n")
    }

    /// What that file says.
    fn read(content: &str) -> Self {
        let (head, text) = content.split_once("\n---\n").unwrap_or(("", content));
        let title = head.lines().find_map(|line| line.strip_prefix("title: "));
        Self {
            title: title.unwrap_or_default().to_owned(),
            text: text.trim_end().to_owned(),
        }
    }
}

/// Asks whoever decides for the queue; whether they could be asked.
fn ask(
    ticket: &mut TicketDraft<'_, '_>,
    author: (&Arrival, PersonId),
    (head, agent): (&AgentName, &AgentName),
    Draft { title, text }: Draft,
) -> bool {
    let facts = ticket.facts(ticket.staff_language());
    let (Some(facts), Some(person)) = (facts, ticket.agent_person(head)) else {
        return false;
    };
    let prefers = ticket.preferences_of(head);
    // Drafts wait for the list of the day, unless whoever decides wants no list, or each draft at once.
    if !prefers.drafts_at_once && prefers.list != ListTime::Never {
        let item = ListItem {
            number: ticket.snapshot().number.0,
            kind: ItemKind::Draft,
            words: beginning(&text),
        };
        ticket.list_for_head(item);
        return true;
    }
    ticket.unlist_for_head(ItemKind::Draft);
    let body = Body::ArticleDraft(ArticleLetter {
        ticket: facts,
        agent: ticket.agent_name(agent),
        title,
        text,
    });
    let key = format!("article:{}", author.0.raw);
    ticket.send(Sending {
        to: vec![person],
        auto_submitted: AutoSubmitted::Generated,
        side: Side::Agents,
        // An agent has just asked for it: no cap may swallow it.
        ..Sending::to_author(author, key, Class::Human, body)
    });
    true
}

/// What a line of the list has room for.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = line.chars().take(LISTED_MAX).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}

/// The words of the resolution; canned ones are in the folder already.
fn resolution(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> Option<String> {
    let own = |mail: &super::AgentMail| {
        let commands: Vec<&str> = mail
            .commands
            .iter()
            .map(|one| one.written.as_str())
            .collect();
        let lines = mail.answer.lines().filter(|line| !commands.contains(line));
        let text = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
        Some(text).filter(|text| !text.is_empty())
    };
    if said.mail.commands.iter().any(|one| one.verb == Verb::Done) {
        return own(&said.mail);
    }
    let known = ticket.snapshot();
    let last = ticket
        .world
        .last_answer(known.number)
        .filter(|_| !known.state.is_live());
    match own_words(last?) {
        OwnWords::Clear(words) => own(&read_agent_mail(&words)),
        OwnWords::None | OwnWords::Unclear | OwnWords::NotRead | OwnWords::MailAttached => None,
    }
}

/// Whether a mail answers the letter that asks for a word about a draft.
pub(super) fn is_answer(ticket: &TicketDraft<'_, '_>, arrival: &Arrival) -> bool {
    let newest = arrival.newest_of_ours(ticket.given.key);
    newest.is_some_and(|newest| ticket.snapshot().article_letters.contains(newest))
}

/// The head's word about it. Anything but one word stays inside, and its author hears so.
pub(super) fn answered(
    ticket: &mut TicketDraft<'_, '_>,
    arrival: &Arrival,
    said: &Said<'_>,
    words: &str,
) {
    if !ticket.is_decided_by(&said.agent) {
        return hold_whole(ticket, arrival, said, (Reason::NotInRole, "not_head"));
    }
    let newest = arrival.newest_of_ours(ticket.given.key);
    let article = ticket.snapshot().article.as_ref();
    if article.is_none_or(|article| article.asked_in.as_ref() != newest) {
        return hold_whole(ticket, arrival, said, (Reason::NoDraft, "draft_gone"));
    }
    ticket.decision.reason = Reason::AgentCommand;
    let commands: Vec<Verb> = said.mail.commands.iter().map(|one| one.verb).collect();
    let word = match commands.as_slice() {
        [Verb::Approve | Verb::Publish] => Some(OneWord::Confirmed),
        [Verb::Reject | Verb::Discard] => Some(OneWord::Returned),
        [..] => read_one_word(words),
    };
    match word {
        Some(OneWord::Confirmed) => publish(ticket, said),
        Some(OneWord::Returned) => discard(ticket, said),
        Some(OneWord::Rated(_)) | None => {
            hold_whole(ticket, arrival, said, (Reason::HeldUnclear, "article"));
        }
    }
}

/// The head says that the draft becomes an article.
pub(super) fn publish_listed(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
) -> Result<(), NotDone> {
    may_decide(ticket, said)?;
    publish(ticket, said);
    Ok(())
}

/// The head says that it does not.
pub(super) fn discard_listed(
    ticket: &mut TicketDraft<'_, '_>,
    said: &Said<'_>,
) -> Result<(), NotDone> {
    may_decide(ticket, said)?;
    discard(ticket, said);
    Ok(())
}

/// Whoever decides for the queue, and only where something is to be decided.
fn may_decide(ticket: &TicketDraft<'_, '_>, said: &Said<'_>) -> Result<(), NotDone> {
    if !ticket.is_decided_by(&said.agent) {
        return Err(Reason::NotInRole.into());
    }
    let article = ticket.snapshot().article.as_ref();
    article.map(|_| ()).ok_or_else(|| Reason::NoDraft.into())
}

fn publish(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) {
    let Some(article) = ticket.snapshot().article.clone() else {
        return;
    };
    let (agent, number) = (said.agent.clone(), ticket.snapshot().number);
    let file = article.file;
    let approved = EventData::ArticleApproved { agent, file };
    ticket.happened(approved, Reason::AgentCommand);
    let order = Order::ApproveArticle { ticket: number };
    ticket.decision.orders.push(order);
    is_decided(ticket, said);
}

fn discard(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) {
    let agent = said.agent.clone();
    ticket.happened(EventData::ArticleDismissed { agent }, Reason::AgentCommand);
    is_decided(ticket, said);
}

fn is_decided(ticket: &mut TicketDraft<'_, '_>, said: &Said<'_>) {
    let number = ticket.snapshot().number.0;
    let done = (said.agent.clone(), number, ItemKind::Draft);
    ticket.decision.list_items_done.push(done);
}
