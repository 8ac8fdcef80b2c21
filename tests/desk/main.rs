//! The house as a story: named people write mails, the stages are stepped by hand, the clock is turned by hand, and
//! every story ends with empty queues.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of tests: what goes wrong here fails the test"
)]

#[path = "../fake/clamd.rs"]
mod clamd;
#[path = "../support/clients.rs"]
mod composers;
mod desk;
mod letter;
#[path = "../support/minutes.rs"]
mod minutes;
#[path = "../support/twin.rs"]
mod twin;

mod absence;
mod adjusted;
mod alarms;
mod allowed;
mod answers;
mod apart;
mod away;
mod balances;
mod bounces;
mod brakes;
mod buttons;
mod chains;
mod challenges;
mod changing;
mod clients;
mod clocks;
mod commands;
mod contents;
mod conversation;
mod copies;
mod crossing;
mod departments;
mod deputies;
mod distribution;
mod erasing;
mod escalation;
mod faults;
mod figures;
mod first_road;
mod floods;
mod following;
mod form_counts;
mod formatted;
mod forms;
mod full;
mod group;
mod handover;
mod heads;
mod hostile;
mod in_force;
mod knowledge;
mod list_lines;
mod lists;
mod lists_gone;
mod lists_moved;
mod lists_shuffled;
mod loops;
mod machines;
mod matrix;
mod modes;
mod month;
mod mornings;
mod nested;
mod night;
mod nps;
mod one_conversation;
mod orders;
mod orders_over;
mod other_address;
mod outside;
mod overdue;
mod page;
mod participants;
mod parts;
mod past;
mod payroll;
mod payroll_answers;
mod payroll_basis;
mod payroll_closing;
mod payroll_late;
mod payroll_orders;
mod payroll_people;
mod payroll_sent;
mod people;
mod periods;
mod planned;
mod plus;
mod promises;
mod proven;
mod reasons;
mod reconciled;
mod recounting;
mod recovery;
mod rejudging;
mod repeats;
mod replay;
mod reports;
mod reviews;
mod reviews_missed;
mod room;
mod rules;
mod scanner;
mod searching;
mod solved;
mod splitting;
mod strangers;
mod successes;
mod taken_back;
mod terminal;
mod terminal_lists;
mod terminal_owed;
mod threading;
mod tokens;
mod trouble;
mod trust;
mod trying;
mod undoing;
mod unsaid;
mod urgency;
mod verdicts;
mod waiting;
mod whys;
mod wishes;
mod year;
