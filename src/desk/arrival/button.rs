//! A button that was pressed: the subject says it all, and the text nothing else.

use super::Arrival;
use crate::desk::{
    command::{
        Command, HELPED_CODE, OneWord, folded, is_helped, read_agent_mail, read_one_word,
        read_verdict, read_wish,
    },
    decision::Given,
    subject::button_in,
    token::Presented,
};

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
