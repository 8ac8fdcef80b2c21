//! What of several commands in one mail can be meant together.

use super::{AgentMail, Command, Verb};

impl AgentMail {
    /// The other commands of this mail that contradict one of them: both say what becomes of the same thing, and not the
    /// same. None of them is then carried out, for nobody knows which was meant.
    pub fn against<'m>(&'m self, command: &'m Command) -> impl Iterator<Item = &'m Command> {
        self.commands
            .iter()
            .filter(move |other| contradict(command, other))
    }
}

fn contradict(one: &Command, other: &Command) -> bool {
    // What is taken back is what the last mail did: beside anything new nobody knows which is meant.
    if (one.verb == Verb::Undo) != (other.verb == Verb::Undo) {
        return true;
    }
    if one.verb == other.verb {
        // What is said of people and mails may be said of several.
        return one.verb.form().group.is_some() && one.argument != other.argument;
    }
    let groups = (one.verb.form().group, other.verb.form().group);
    matches!(groups, (Some(group), Some(same)) if group == same)
}
