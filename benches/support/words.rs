//! Words of generated mails, and chance that always falls the same way.

/// Sentences people write to a service desk.
pub(crate) const RUSSIAN: &[&str] = &[
    "Добрый день!",
    "Не получается войти в систему учёта: пишет, что пароль устарел, а сменить его негде.",
    "В аудитории 312 не включается проектор, завтра в девять там лекция.",
    "Просьба выдать справку об обучении для военкомата, нужна до конца недели.",
    "Принтер на третьем этаже печатает пустые листы, картридж меняли в понедельник.",
    "На кафедре четыре новых сотрудника, им нужны учётные записи и пропуска.",
    "Со вчерашнего вечера не открывается сайт приёмной комиссии.",
    "Подскажите, пожалуйста, кому отнести заявление на отпуск?",
    "Скриншот прилагаю, но на нём видно только часть окна.",
    "Перезагружать пробовали дважды, не помогло.",
    "Заранее спасибо, извините за беспокойство.",
];

/// The same in English.
pub(crate) const ENGLISH: &[&str] = &[
    "Good morning,",
    "I cannot connect to the wireless network in the library since this morning.",
    "The lift in building C stopped between two floors, nobody is inside.",
    "Could you please extend my access to the laboratory until the end of June?",
    "My contract says the first of March and the payslip says the first of April.",
    "The projector in room 204 shows everything in green.",
    "We expect thirty visitors on Thursday and need a guest network for them.",
    "I have tried another cable and another socket, with the same result.",
    "The form asks for a number that I was never given.",
    "There is no hurry, but it would be good to know before the conference.",
    "Thank you very much in advance!",
];

/// Chance that repeats itself (`SplitMix64`).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or(0)
    }

    /// So many bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..count.div_ceil(8))
            .flat_map(|_| self.next().to_le_bytes())
            .collect();
        bytes.truncate(count);
        bytes
    }

    /// So many bytes of sentences, or a little more.
    pub(crate) fn words(&mut self, sentences: &[&str], bytes: usize) -> String {
        let mut words = String::new();
        while words.len() < bytes {
            let count = u64::try_from(sentences.len()).unwrap_or(1);
            let which = usize::try_from(self.below(count)).unwrap_or(0);
            words.push_str(sentences.get(which).copied().unwrap_or_default());
            words.push_str(if self.below(4) == 0 { "\r\n" } else { " " });
        }
        words.push_str("\r\n");
        words
    }
}

/// RFC 2047, in pieces that keep the length of a line.
pub(crate) fn encoded_word(words: &str) -> String {
    if words.is_ascii() {
        return words.to_owned();
    }
    let letters: Vec<char> = words.chars().collect();
    let pieces: Vec<String> = letters
        .chunks(15)
        .map(|piece| {
            let piece: String = piece.iter().collect();
            let encoded = data_encoding::BASE64.encode(piece.as_bytes());
            format!("=?UTF-8?B?{encoded}?=")
        })
        .collect();
    pieces.join("\r\n ")
}
