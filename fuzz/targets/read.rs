//! A whole mail.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    okno_fuzz::sound(raw);
});
