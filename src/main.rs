//! okno, the program.

fn main() {}
