//! The month of a queue that no list pays by. Its head may say why figures are what they are, as the head of a list does: what they
//! say is kept as of a list of that queue alone, by which nobody is paid.

use std::borrow::Cow;

use crate::{
    desk::policy::{PayDay, PayrollPolicy, Policy},
    model::{
        ids::{PayrollName, QueueName},
        scoring::KNOWN,
    },
};

/// How the name of such a list begins. No list of the configuration has a colon in its name.
const OF_QUEUE: &str = "queue:";

/// The number under which its letters go: there is no draft.
pub const MONTH_NUMBER: u32 = 1;

/// An indicator of ours that no payroll program knows.
const NPS: &str = "NPS";

/// The list of a queue.
#[must_use]
pub fn list_of_queue(queue: &QueueName) -> PayrollName {
    PayrollName(format!("{OF_QUEUE}{queue}"))
}

/// The queue whose list it is; `None`: it is one of the configuration.
#[must_use]
pub fn queue_of_list(list: &PayrollName) -> Option<QueueName> {
    list.as_str().strip_prefix(OF_QUEUE).map(QueueName::from)
}

/// A list of the configuration, or that of a queue for which somebody decides.
#[must_use]
pub fn list_named<'p>(policy: &'p Policy, name: &PayrollName) -> Option<Cow<'p, PayrollPolicy>> {
    let configured = policy.payrolls.get(name).map(Cow::Borrowed);
    configured.or_else(|| {
        let queue_name = queue_of_list(name)?;
        let queue = policy.queues.get(&queue_name)?;
        Some(Cow::Owned(PayrollPolicy {
            title: queue.title.clone(),
            queues: vec![queue_name],
            to: Vec::new(),
            first: String::new(),
            day: PayDay::Working(1),
            format: String::new(),
            columns: queue.language,
            language: queue.language,
            approver: Some(queue.head.clone()?),
            deputy: None,
            charts: false,
            outside: Vec::new(),
        }))
    })
}

/// The codes by which reasons are named in a list.
#[must_use]
pub fn codes_of(list: &PayrollPolicy) -> Vec<String> {
    let known = KNOWN.iter().map(|known| known.code);
    let outside = list.outside.iter().map(String::as_str);
    let all = known.chain([NPS]).chain(outside);
    all.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_a_queue_is_none_of_the_configuration() {
        let it = QueueName::from("it");
        let list = list_of_queue(&it);
        assert_eq!(queue_of_list(&list), Some(it));
        assert_eq!(queue_of_list(&PayrollName::from("it")), None);
        let mut policy = crate::desk::fixture::policy();
        assert!(list_named(&policy, &list).is_none(), "nobody decides");
        let queue = policy.queues.get_mut(&QueueName::from("it")).unwrap();
        queue.head = Some("anna".into());
        let found = list_named(&policy, &list).unwrap();
        assert_eq!(found.parts(&policy).len(), 1);
        assert!(codes_of(&found).iter().any(|code| code == "SLA_STD"));
    }
}
