//! An agent, as far as decisions go.

use serde::{Deserialize, Serialize};

use crate::model::address::Address;

/// An agent, as far as decisions go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentPolicy {
    /// The name requesters see.
    pub name: String,
    /// Where cards go, and the address commands come from.
    pub address: Address,
    /// Further addresses the agent writes from.
    pub aliases: Vec<Address>,
    /// The line that ends the agent's mails from a shared mailbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}
