//! A button that was pressed: the subject says it all, and the text nothing else.

use super::{
    arrival::Arrival,
    command::{
        Command, HELPED_CODE, OneWord, folded, is_helped, read_agent_mail, read_one_word,
        read_verdict, read_wish, score,
    },
    decision::Given,
    subject::button_in,
    token::Presented,
};
use crate::model::ticket::Ticket;

impl Arrival {
    /// Whether its subject is a button's.
    #[must_use]
    pub fn is_button(&self) -> bool {
        let subject = self.reading.message.subject.as_deref().unwrap_or("");
        button_in(subject).is_some()
    }

    /// Whose button this mail is, and what it says; nothing where the text says anything else.
    #[must_use]
    pub fn pressed(&self, given: &Given<'_>) -> Presented {
        let subject = self.reading.message.subject.as_deref().unwrap_or("");
        let Some((ticket, token, word)) = button_in(subject) else {
            return Presented::Nothing;
        };
        let text = self.new_text().trim();
        let signature = self.reading.message.signature.as_deref().map(str::trim);
        let says_no_more = text.is_empty()
            || folded(text) == folded(word)
            || Some(text) == signature
            // What the command needs is written behind it.
            || is_same_command(text, word)
            // Below a mark there may be a few words.
            || read_verdict(text).is_some_and(|said| Some(said.word) == read_one_word(word));
        let whats = whats(word).into_iter().filter(|_| says_no_more);
        let keyring = given.keyring();
        let presented = whats.map(|what| keyring.pressed(ticket, token, what, self.at));
        presented.max().unwrap_or(Presented::Nothing)
    }

    /// What exactly a button says that is good, as a code: one word may mean several things.
    #[must_use]
    pub fn pressed_code(&self, given: &Given<'_>) -> Option<&'static str> {
        let word = self.pressed_word(given)?;
        let subject = self.reading.message.subject.as_deref()?;
        let (ticket, token, _) = button_in(subject)?;
        let keyring = given.keyring();
        let is_good = |what: &&str| {
            let presented = keyring.pressed(ticket, token, what, self.at);
            matches!(presented, Presented::Valid(_))
        };
        whats(&word).into_iter().find(is_good)
    }

    /// Whether it answers the question whether its author would recommend us, whatever it says.
    #[must_use]
    pub fn answers_nps(&self, ticket: &Ticket, given: &Given<'_>) -> bool {
        let asked = ticket.nps.as_ref().and_then(|nps| nps.asked_in.as_ref());
        let is_code = |code: &str| score::CODES.contains(&code);
        asked.is_some()
            && (self.newest_of_ours(given.key) == asked
                || self.pressed_code(given).is_some_and(is_code))
    }

    /// The word of a button that is good.
    #[must_use]
    pub fn pressed_word(&self, given: &Given<'_>) -> Option<String> {
        let is_good = matches!(self.pressed(given), Presented::Valid(_));
        let subject = self.reading.message.subject.as_deref()?;
        let (_, _, word) = button_in(subject).filter(|_| is_good)?;
        Some(word.to_owned())
    }
}

/// What a word may mean, as codes: an agent's command, a requester's wish, what they say of a resolution or of
/// an article.
fn whats(word: &str) -> Vec<&'static str> {
    let commands = read_agent_mail(word).commands;
    let verb = match commands.as_slice() {
        [only] => Some(only.verb.code()),
        [] | [..] => None,
    };
    let wish = read_wish(word).map(|asked| asked.wish.code());
    let verdict = read_one_word(word).map(OneWord::code);
    let helped = is_helped(word).then_some(HELPED_CODE);
    let said = verdict.into_iter().chain(helped);
    let said = said.chain(score::code_of(word));
    verb.into_iter().chain(wish).chain(said).collect()
}

/// Whether a text is nothing but the button's command, with what belongs to it.
fn is_same_command(text: &str, word: &str) -> bool {
    let (said, meant) = (read_agent_mail(text), read_agent_mail(word));
    let verb = |commands: &[Command]| match commands {
        [only] => Some(only.verb),
        [] | [..] => None,
    };
    let meant = verb(&meant.commands);
    meant.is_some()
        && verb(&said.commands) == meant
        && said.answer.trim().is_empty()
        && said.note.is_none()
}
