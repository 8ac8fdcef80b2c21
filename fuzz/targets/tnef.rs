//! winmail.dat: with the signature before the bytes, or the bytes as they are; beside a text or alone.
#![no_main]

use data_encoding::BASE64_MIME;
use libfuzzer_sys::fuzz_target;
use okno_fuzz::{choice, mail, sound};

/// The signature of a TNEF stream (MS-OXTNEF 2.1.3.1) and a key.
const SIGNATURE: &[u8] = b"\x78\x9f\x3e\x22\x01\x00";

fuzz_target!(|bytes: &[u8]| {
    let (form, stream) = choice(bytes);
    let stream = if form & 1 == 0 {
        [SIGNATURE, stream].concat()
    } else {
        stream.to_vec()
    };
    let encoded = BASE64_MIME.encode(&stream);
    let part = "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n";
    let raw = if form & 2 == 0 {
        let body = format!("--b\nContent-Type: text/plain\n\ntext\n--b\n{part}\n{encoded}\n--b--\n");
        mail("Subject: a\nContent-Type: multipart/mixed; boundary=b\n", body.as_bytes())
    } else {
        mail(&format!("Subject: a\n{part}"), encoded.as_bytes())
    };
    sound(&raw);
});
