//! What people are paid in: a department as a whole, or a queue that is of none.

use super::Policy;
use crate::model::ids::{DepartmentName, QueueName};

/// What an employee has one row of figures in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// A configured department, with all its queues.
    Department(DepartmentName),
    /// A queue that is of no department.
    Queue(QueueName),
}

impl Policy {
    /// What the people of a queue are paid in. A queue that is not configured any more stands by itself.
    #[must_use]
    pub fn unit_of(&self, queue: &QueueName) -> Unit {
        let known = self.queues.get(queue);
        match known.and_then(|known| known.department.clone()) {
            Some(department) => Unit::Department(department),
            None => Unit::Queue(queue.clone()),
        }
    }

    /// How people call it.
    #[must_use]
    pub fn unit_title(&self, unit: &Unit) -> String {
        match unit {
            Unit::Department(name) => {
                let known = self.departments.get(name);
                known.map_or_else(|| name.to_string(), |known| known.title.clone())
            }
            Unit::Queue(name) => self.queue_title(name),
        }
    }

    /// How people call a queue.
    #[must_use]
    pub fn queue_title(&self, name: &QueueName) -> String {
        let known = self.queues.get(name);
        known.map_or_else(|| name.to_string(), |queue| queue.title.clone())
    }

    /// These queues, put together by what their people are paid in; in the order of the first of each.
    #[must_use]
    pub fn units<'q>(
        &self,
        queues: impl IntoIterator<Item = &'q QueueName>,
    ) -> Vec<(Unit, Vec<QueueName>)> {
        let mut found: Vec<(Unit, Vec<QueueName>)> = Vec::new();
        for queue in queues {
            let unit = self.unit_of(queue);
            match found.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, own)) => own.push(queue.clone()),
                None => found.push((unit, vec![queue.clone()])),
            }
        }
        found
    }
}
