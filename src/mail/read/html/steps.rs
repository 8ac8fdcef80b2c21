//! Counts the work of the pass, in tests only: how it grows with the input must not depend on what the input is.

#[cfg(not(test))]
pub(super) const fn add(_count: usize) {}

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

#[cfg(test)]
pub(super) fn add(count: usize) {
    STEPS.set(STEPS.get().saturating_add(count));
}

/// The steps `work` takes: bytes looked at, elements compared.
#[cfg(test)]
pub(super) fn of(work: impl FnOnce()) -> usize {
    STEPS.set(0);
    work();
    STEPS.get()
}
