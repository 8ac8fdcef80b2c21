//! What of several commands in one mail can be meant together.

use super::{AgentMail, Command, Verb};

impl AgentMail {
    /// The commands as they are carried out: what a request is comes first, since nothing is said of it any more once it is
    /// solved; else as they are written.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Command> {
        let mut commands: Vec<&Command> = self.commands.iter().collect();
        commands.sort_by_key(|command| !says_what_it_is(command));
        commands
    }

    /// The other commands of this mail that contradict one of them: both say what becomes of the same thing, and not the
    /// same. None of them is then carried out, for nobody knows which was meant.
    pub fn against<'m>(&'m self, command: &'m Command) -> impl Iterator<Item = &'m Command> {
        self.commands
            .iter()
            .filter(move |other| contradict(command, other))
    }
}

const fn says_what_it_is(command: &Command) -> bool {
    matches!(
        command.verb,
        Verb::Class
            | Verb::Priority
            | Verb::Category
            | Verb::Cause
            | Verb::Repeat
            | Verb::NotRepeat
    )
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
