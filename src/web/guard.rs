//! Who has tried too often to get in: counted by address (IPv6 by the /64 that one customer has), forgotten after a minute, and
//! never more addresses than so many.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// So many failures in a window are let through.
const FAILURES_MAX: u32 = 10;

/// How long a window is.
pub const WINDOW: Duration = Duration::from_secs(60);

/// So many addresses are remembered. Beyond that the oldest is forgotten: whoever has so many cannot be stopped by counting.
const ADDRESSES_MAX: usize = 1024;

/// What is counted as one: who has an IPv6 address has all that share its first half.
fn counted(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V4(peer) => IpAddr::V4(peer),
        IpAddr::V6(peer) => IpAddr::V6(Ipv6Addr::from_bits(peer.to_bits() >> 64 << 64)),
    }
}

/// The failures of the last minute.
#[derive(Debug, Default)]
pub struct Guard {
    failures: Mutex<BTreeMap<IpAddr, (Duration, u32)>>,
}

impl Guard {
    /// Whether this address has failed too often lately. `now` is the time of a stopwatch.
    #[must_use]
    pub fn is_shut(&self, peer: IpAddr, now: Duration) -> bool {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.get(&counted(peer)).is_some_and(|(since, count)| {
            now.saturating_sub(*since) < WINDOW && *count >= FAILURES_MAX
        })
    }

    /// Counts a failure.
    pub fn failed(&self, peer: IpAddr, now: Duration) {
        let peer = counted(peer);
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= ADDRESSES_MAX && !failures.contains_key(&peer) {
            failures.retain(|_, (since, _)| now.saturating_sub(*since) < WINDOW);
            let oldest = failures.iter().min_by_key(|(_, (since, _))| *since);
            let oldest = oldest.map(|(peer, _)| *peer);
            if let Some(oldest) = oldest.filter(|_| failures.len() >= ADDRESSES_MAX) {
                failures.remove(&oldest);
            }
        }
        let entry = failures.entry(peer).or_insert((now, 0));
        if now.saturating_sub(entry.0) >= WINDOW {
            *entry = (now, 0);
        }
        entry.1 = entry.1.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn ten_failures_shut_for_a_minute_and_one_address_only() {
        let (guard, mallory) = (Guard::default(), IpAddr::from([192, 0, 2, 1]));
        for second in 0..9 {
            guard.failed(mallory, Duration::from_secs(second));
        }
        assert!(!guard.is_shut(mallory, Duration::from_secs(9)));
        guard.failed(mallory, Duration::from_secs(9));
        assert!(guard.is_shut(mallory, Duration::from_secs(59)));
        assert!(!guard.is_shut(IpAddr::from([192, 0, 2, 2]), Duration::from_secs(59)));
        assert!(!guard.is_shut(mallory, Duration::from_secs(60)));
    }

    #[test]
    fn a_customer_of_ipv6_is_one_however_many_addresses_it_has() {
        let guard = Guard::default();
        let address = |words: &str| -> IpAddr { words.parse().expect("an address") };
        for host in 1..=10 {
            let one = address(&format!("2001:db8:0:1::{host:x}"));
            assert!(!guard.is_shut(one, Duration::ZERO));
            guard.failed(one, Duration::ZERO);
        }
        assert!(guard.is_shut(address("2001:db8:0:1:ffff::1"), Duration::ZERO));
        assert!(!guard.is_shut(address("2001:db8:0:2::1"), Duration::ZERO));
        // An IPv4 address in IPv6 clothes is itself, and not all of IPv4.
        for _ in 0..10 {
            guard.failed(address("::ffff:192.0.2.1"), Duration::ZERO);
        }
        assert!(guard.is_shut(address("192.0.2.1"), Duration::ZERO));
        assert!(!guard.is_shut(address("::ffff:192.0.2.2"), Duration::ZERO));
    }

    #[test]
    fn it_never_remembers_more_than_so_many() {
        let guard = Guard::default();
        for n in 0..5_000_u32 {
            guard.failed(
                IpAddr::V4(Ipv4Addr::from_bits(n)),
                Duration::from_millis(u64::from(n)),
            );
        }
        let remembered = guard.failures.lock().expect("not poisoned").len();
        assert_eq!(remembered, ADDRESSES_MAX);
    }
}
