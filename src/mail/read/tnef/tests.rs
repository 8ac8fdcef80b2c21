use encoding_rs::{WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;

use super::*;

/// A stream of these attributes: level, number, value.
fn stream(attributes: &[(u8, u32, Vec<u8>)]) -> Vec<u8> {
    let mut out = vec![0x78, 0x9F, 0x3E, 0x22, 1, 0];
    for (level, name, value) in attributes {
        out.push(*level);
        out.extend(name.to_le_bytes());
        out.extend(u32::try_from(value.len()).unwrap().to_le_bytes());
        out.extend(value);
        out.extend([0, 0]);
    }
    out
}

fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn long(number: u32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

fn sized(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap();
    [long(1), long(length), padded(bytes.to_vec())].concat()
}

/// A text in UTF-16, its end marked.
fn wide(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().chain([0]);
    units.flat_map(u16::to_le_bytes).collect()
}

fn unicode(id: u16, text: &str) -> Vec<u8> {
    [long(0x1F | u32::from(id) << 16), sized(&wide(text))].concat()
}

fn binary(id: u16, bytes: &[u8]) -> Vec<u8> {
    [long(0x102 | u32::from(id) << 16), sized(bytes)].concat()
}

fn number(id: u16, value: u32) -> Vec<u8> {
    [long(3 | u32::from(id) << 16), long(value)].concat()
}

fn time(id: u16, ticks: u64) -> Vec<u8> {
    let head = long(0x40 | u32::from(id) << 16);
    [head, ticks.to_le_bytes().to_vec()].concat()
}

fn properties(list: &[Vec<u8>]) -> Vec<u8> {
    let count = u32::try_from(list.len()).unwrap();
    [long(count), list.concat()].concat()
}

const CODE_PAGE: u32 = 0x0006_9007;
const CLASS: u32 = 0x0007_8008;
const SUBJECT: u32 = 0x0001_8004;
const BODY: u32 = 0x0002_800C;
const MESSAGE: u32 = 0x0006_9003;
const RENDERING: u32 = 0x0006_9002;
const TITLE: u32 = 0x0001_8010;
const DATA: u32 = 0x0006_800F;
const ATTACHMENT: u32 = 0x0006_9005;

fn opened(bytes: &[u8]) -> Opened {
    open(bytes, &Limits::default())
}

fn names(opened: &Opened) -> Vec<&str> {
    let files = opened.files.iter();
    files.map(|f| f.name.as_deref().unwrap_or("?")).collect()
}

fn code_page(number: u32) -> (u8, u32, Vec<u8>) {
    (1, CODE_PAGE, [long(number), long(0)].concat())
}

fn russian(text: &str) -> Vec<u8> {
    [&WINDOWS_1251.encode(text).0[..], &[0]].concat()
}

#[test]
fn text_and_files_are_read_in_their_code_page() {
    let bytes = stream(&[
        code_page(1251),
        (1, SUBJECT, russian("Смета")),
        (1, BODY, russian("Вот смета.\r\n")),
        (2, RENDERING, vec![0; 14]),
        (2, TITLE, russian("СМЕТА~1.XLS")),
        (2, DATA, b"one".to_vec()),
        (2, RENDERING, vec![0; 14]),
        (2, DATA, b"two".to_vec()),
        (2, TITLE, russian("второй.txt")),
        (
            2,
            ATTACHMENT,
            properties(&[
                unicode(0x3707, "Второй – длинное имя.txt"),
                unicode(0x370E, "text/Plain"),
                unicode(0x3712, "cid@uni.test"),
            ]),
        ),
    ]);
    let opened = opened(&bytes);
    assert_eq!(opened.subject.as_deref(), Some("Смета"));
    assert_eq!(opened.bodies.text, "Вот смета.\n");
    assert_eq!(names(&opened), ["СМЕТА~1.XLS", "Второй – длинное имя.txt"]);
    assert_eq!(opened.files[0].media_type, "application/vnd.ms-excel");
    assert_eq!(opened.files[1].media_type, "text/plain");
    assert!(opened.files[1].is_inline && !opened.files[0].is_inline);
    assert_eq!(&bytes[opened.files[0].range.clone()], b"one");
    assert_eq!(&bytes[opened.files[1].range.clone()], b"two");
    assert!(!opened.is_broken);
}

#[test]
fn of_the_texts_the_best_is_read() {
    let html = WINDOWS_1251.encode("<p>Привет</p>").0.into_owned();
    let rich = |source: &[u8]| {
        let size = u32::try_from(source.len()).unwrap();
        let body = [
            &long(size + 12),
            &long(size),
            &b"MELA"[..],
            &long(0),
            source,
        ];
        binary(0x1009, &body.concat())
    };
    let text = |list: &[Vec<u8>]| {
        let bytes = stream(&[(1, BODY, b"plain".to_vec()), (1, MESSAGE, properties(list))]);
        let bodies = opened(&bytes).bodies;
        (bodies.text, bodies.is_from_html)
    };
    assert_eq!(text(&[]), ("plain".to_owned(), false));
    assert_eq!(
        text(&[unicode(0x1000, "Всё сказано")]),
        ("Всё сказано".to_owned(), false)
    );
    assert_eq!(
        text(&[number(0x3FDE, 1251), binary(0x1013, &html)]),
        ("Привет".to_owned(), true)
    );
    assert_eq!(
        text(&[unicode(0x1013, "<b>Жирно</b>"), rich(b"{\\rtf1 no}")]),
        ("Жирно".to_owned(), true)
    );
    assert_eq!(
        text(&[rich(
            b"{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag <i>}Hi{\\*\\htmltag </i>}}"
        )]),
        ("Hi".to_owned(), true)
    );
    assert_eq!(text(&[rich(b"{\\rtf1 rich}")]), ("plain".to_owned(), false));
    let bytes = stream(&[(1, MESSAGE, properties(&[rich(b"{\\rtf1 rich}")]))]);
    assert_eq!(opened(&bytes).bodies.text, "rich");
}

#[test]
fn embedded_messages_are_opened() {
    let inner = stream(&[
        (1, SUBJECT, b"Inner\0".to_vec()),
        (1, BODY, b"Inner text".to_vec()),
        (
            1,
            MESSAGE,
            properties(&[
                unicode(0x0C1A, "Олег"),
                unicode(0x0C1F, "oleg@uni.test"),
                time(0x0039, 134_083_989_000_000_000),
            ]),
        ),
        (2, RENDERING, vec![0; 14]),
        (2, TITLE, b"deep.txt\0".to_vec()),
        (2, DATA, b"deep".to_vec()),
    ]);
    let object = [&[7; 16][..], &inner].concat();
    let embedded = properties(&[
        unicode(0x3001, "Inner"),
        number(0x3705, 5),
        [long(0x3701_000D), sized(&object)].concat(),
    ]);
    let bytes = stream(&[
        (1, BODY, b"Outer".to_vec()),
        (2, RENDERING, vec![0; 14]),
        (2, ATTACHMENT, embedded),
    ]);
    let opened = opened(&bytes);
    assert_eq!(opened.bodies.text, "Outer");
    assert_eq!(names(&opened), ["deep.txt"]);
    assert_eq!(&bytes[opened.files[0].range.clone()], b"deep");
    let [mail] = opened.mails.as_slice() else {
        panic!("{:?}", opened.mails);
    };
    assert_eq!(mail.text, "Inner text");
    assert_eq!(mail.names, ["deep.txt"]);
    assert_eq!(mail.message.subject.as_deref(), Some("Inner"));
    assert_eq!(mail.message.from.as_ref().unwrap().address, "oleg@uni.test");
    assert_eq!(mail.message.date.as_deref(), Some("2025-11-23T19:15:00Z"));
}

#[test]
fn meetings_are_understood() {
    let named = |set: u8, id: u32, value: Vec<u8>| {
        let mut set = [set, 0x20, 6, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46].to_vec();
        set.extend([long(0), long(id)].concat());
        let (head, value) = value.split_at(4);
        [head, &set, value].concat()
    };
    let list = [
        named(2, 0x8208, unicode(0x8001, "Ауд. 5")),
        named(2, 0x820D, time(0x8002, 134_083_989_000_000_000)),
        named(2, 0x820E, time(0x8003, 134_084_025_000_000_000)),
        unicode(0x0C1A, "Анна"),
        unicode(0x5D01, "anna@uni.test"),
    ];
    let meeting = |class: &str| {
        let bytes = stream(&[
            (1, CLASS, [class.as_bytes(), &[0]].concat()),
            (1, SUBJECT, b"Plan\0".to_vec()),
            (1, MESSAGE, properties(&list)),
        ]);
        opened(&bytes).meeting
    };
    let request = meeting("IPM.Microsoft Schedule.MtgReq").unwrap();
    assert_eq!(request.method.as_deref(), Some("request"));
    assert_eq!(request.summary.as_deref(), Some("Plan"));
    assert_eq!(request.start.as_deref(), Some("2025-11-23T19:15:00Z"));
    assert_eq!(request.end.as_deref(), Some("2025-11-23T20:15:00Z"));
    assert_eq!(request.location.as_deref(), Some("Ауд. 5"));
    assert_eq!(request.organizer.as_deref(), Some("anna@uni.test"));
    let reply = meeting("IPM.Schedule.Meeting.Resp.Pos").unwrap();
    assert_eq!(reply.method.as_deref(), Some("reply"));
    assert_eq!(reply.participants[0].answer.as_deref(), Some("accepted"));
    assert_eq!(meeting("IPM.Note"), None);
}

#[test]
fn what_is_broken_is_read_as_far_as_it_goes() {
    let bytes = stream(&[
        (1, BODY, WINDOWS_1252.encode("Été").0.into_owned()),
        (2, RENDERING, vec![0; 14]),
        (2, TITLE, b"a.txt\0".to_vec()),
        (2, DATA, b"content".to_vec()),
    ]);
    let whole = opened(&bytes);
    assert_eq!((whole.bodies.text.as_str(), whole.files.len()), ("Été", 1));
    for end in 0..bytes.len() - 2 {
        let cut = opened(&bytes[..end]);
        assert!(cut.files.iter().all(|file| file.range.end <= end));
        assert!(cut.is_broken || cut.files.len() < 2, "{end}");
    }
    assert!(opened(&bytes[..bytes.len() - 5]).is_broken);
    assert!(opened(b"no container").is_broken);
    assert!(opened(b"").is_broken);
    // Attributes and properties that claim more than is there.
    let claims = stream(&[(1, MESSAGE, [long(u32::MAX), long(0x1001_0001)].concat())]);
    assert!(opened(&claims).is_broken);
    let endless = stream(&[(1, MESSAGE, properties(&[vec![0xFF; 40]]))]);
    assert!(opened(&endless).is_broken);
}

#[test]
fn messages_within_messages_end_somewhere() {
    let mut inner = stream(&[(1, BODY, b"deepest".to_vec())]);
    for _ in 0..10 {
        let object = [&[7; 16][..], &inner].concat();
        let list = properties(&[
            number(0x3705, 5),
            [long(0x3701_000D), sized(&object)].concat(),
        ]);
        inner = stream(&[(2, RENDERING, vec![0; 14]), (2, ATTACHMENT, list)]);
    }
    let opened = opened(&inner);
    assert_eq!(opened.mails.len(), DEPTH_MAX);
    assert_eq!(opened.files.len(), 1);
    assert_eq!(opened.files[0].media_type, "application/ms-tnef");
}

fn any_stream() -> impl Strategy<Value = Vec<u8>> {
    let names = vec![
        CODE_PAGE, CLASS, SUBJECT, BODY, MESSAGE, RENDERING, TITLE, DATA, ATTACHMENT, 0,
    ];
    let bytes = || proptest::collection::vec(any::<u8>(), 0..40);
    let property = prop_oneof![
        (any::<u16>(), any::<u16>(), bytes()).prop_map(|(kind, id, rest)| {
            [long(u32::from(kind) | u32::from(id) << 16), rest].concat()
        }),
        proptest::sample::select(vec![
            number(0x3705, 5),
            number(0x3FDE, 65001),
            unicode(0x3707, "длинное имя.txt"),
            binary(0x1013, b"<p>HTML"),
            binary(0x1009, b"\x10\0\0\0\x03\0\0\0LZFu\0\0\0\0\xFF\xFF\xFF"),
            [long(0x3701_000D), sized(&stream(&[(1, BODY, vec![b'x'])]))].concat(),
            [long(0x1003_1003), long(u32::MAX)].concat(),
        ]),
    ];
    let list = (any::<u8>(), proptest::collection::vec(property, 0..8))
        .prop_map(|(count, list)| [long(u32::from(count)), list.concat()].concat());
    let value = prop_oneof![bytes(), list];
    let attribute = (0_u8..3, proptest::sample::select(names), value);
    let cut = any::<proptest::sample::Index>();
    (
        proptest::collection::vec(attribute, 0..12),
        cut,
        any::<bool>(),
    )
        .prop_map(|(attributes, cut, is_cut)| {
            let mut bytes = stream(&attributes);
            if is_cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            bytes
        })
}

proptest! {
    #[test]
    fn any_container_is_opened_within_its_bounds(bytes in any_stream()) {
        let opened = opened(&bytes);
        prop_assert!(opened.files.len() <= FILES_MAX);
        for file in &opened.files {
            prop_assert!(file.range.start <= file.range.end && file.range.end <= bytes.len());
        }
        prop_assert!(opened.bodies.text.len() <= bytes.len().saturating_mul(40).saturating_add(500));
    }

    #[test]
    fn any_bytes_are_opened(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let bytes = [&[0x78, 0x9F, 0x3E, 0x22, 1, 0][..], &bytes].concat();
        prop_assert!(opened(&bytes).files.len() <= FILES_MAX);
    }
}
