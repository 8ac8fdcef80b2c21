//! How much work and stack a mail may cost: reading is linear in what is read, and needs next to no stack.

use std::{hint::black_box, thread};

use okno::mail::read::{Limits, read};

use super::{nasty, processor::spent};

/// The stack reading is proved to need at most, with this unoptimised code. The reader's threads have far more.
const STACK_BYTES: usize = 256 << 10;

#[test]
fn no_mail_needs_more_than_a_small_stack() {
    let small = thread::Builder::new().stack_size(STACK_BYTES);
    let all_read = small.spawn(|| {
        for nasty in nasty::all() {
            black_box(read(&nasty.mail(16_000), &Limits::default()));
        }
    });
    all_read.unwrap().join().unwrap();
}

/// Four times the mail may cost eight times the work, and no more: twice that would be a square.
#[test]
fn the_work_grows_with_the_mail_and_no_faster() {
    let mut slow = Vec::new();
    for nasty in nasty::all() {
        let work = |bytes| {
            let mail = nasty.mail(bytes);
            let spent = spent(|| {
                black_box(read(&mail, &Limits::default()));
            });
            spent.unwrap().as_secs_f64()
        };
        let (less, more) = (work(4_000), work(16_000));
        if more > less * 8.0 + 0.1 {
            slow.push(format!("{}: {less:.3} s, then {more:.3} s", nasty.name));
        }
    }
    assert!(slow.is_empty(), "\n{}", slow.join("\n"));
}
