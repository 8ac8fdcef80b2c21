//! The words mail programs put around what they quote and forward, in the languages met in real mail.
//!
//! Lower case. One list a role, so that a header block is known in any language, mixed ones too.

/// What a line of a quoted header block is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mail::read) enum Key {
    From,
    To,
    Cc,
    Date,
    Subject,
    /// Known, of no interest: `Reply-To`, `Importance`, `Attachments`.
    Other,
}

const FROM: &str = "from|от|от кого|отправитель|від|від кого|відправник|von|absender|de|expéditeur|remitente|remetente|da|mittente|van|afzender|fra|från|avsändare|lähettäjä|od|nadawca|kimden|gönderen|feladó|odesílatel|odesláno od|odosielateľ|saatja|šalje|pošiljatelj|de la|expeditor|от кого|발신|보낸 사람|보낸사람|差出人|送信者|发件人|寄件者|發件人|寄件人|από|מאת|من|от:|ад|кімнен|дела";
const TO: &str = "to|кому|получатель|до|an|empfänger|à|pour|destinataire|a|para|destinatario|destinatário|aan|til|till|vastaanottaja|do|dla|adresat|kime|alıcı|címzett|komu|pro|príjemca|prima|primatelj|către|za|받는 사람|받는사람|宛先|送信先|收件人|收件者|προς|אל|إلى|кoму|saaja|adresát";
const CC: &str = "cc|копия|копія|kopie|kopie an|copie à|copie|copia|cópia|kopi|kopia|kopio|dw|bilgi|másolat|kópia|másolatot kap|koopia|cc:|참조|写し|抄送|副本|κοιν|kopija|copy|kopiya|bcc|скрытая копия";
const DATE: &str = "date|sent|дата|отправлено|дата отправки|надіслано|gesendet|datum|envoyé|envoyé le|message du|date :|enviado|enviado el|enviada|enviada em|enviado em|fecha|data|data:|inviato|verzonden|sendt|dato|skickat|datum:|lähetetty|päivämäärä|wysłano|data wysłania|tarih|gönderildi|gönderme tarihi|dátum|küldve|elküldve|odesláno|odoslané|saadetud|kuupäev|poslano|dată|trimis|날짜|보낸 날짜|보낸날짜|日付|日時|送信日時|发送时间|發送時間|寄件日期|日期|時間|时间|ημερομηνία|στάλθηκε|נשלח|تاريخ|жіберілді|datum odeslání|poslato|slanje";
const SUBJECT: &str = "subject|тема|предмет|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne|aihe|temat|konu|tárgy|předmět|predmet|naslov|teema|subiect|제목|件名|主题|主旨|主題|标题|θέμα|נושא|موضوع|тақырып|титул";
const OTHER: &str = "reply-to|ответить|antwort an|répondre à|responder a|importance|важность|priority|attachments|вложения|anlagen|organization|x-mailer|resent-from|message-id|required attendees";

/// What `name` (trimmed) says a header line is about.
pub(in crate::mail::read) fn key(name: &str) -> Option<Key> {
    if name.len() > 60 {
        return None;
    }
    let name = name.to_lowercase();
    let is_in = |list: &str| list.split('|').any(|word| word == name);
    [
        (FROM, Key::From),
        (TO, Key::To),
        (CC, Key::Cc),
        (DATE, Key::Date),
        (SUBJECT, Key::Subject),
        (OTHER, Key::Other),
    ]
    .into_iter()
    .find_map(|(list, key)| is_in(list).then_some(key))
}

/// What stands between dashes above a mail that is quoted whole.
const ORIGINAL: [&str; 40] = [
    "original message",
    "original appointment",
    "reply message",
    "исходное сообщение",
    "исходное письмо",
    "оригинальное сообщение",
    "изначальное сообщение",
    "первоначальное сообщение",
    "вихідне повідомлення",
    "оригінальне повідомлення",
    "ursprüngliche nachricht",
    "ursprungliche nachricht",
    "originalnachricht",
    "original-nachricht",
    "message d'origine",
    "message d’origine",
    "message original",
    "message initial",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "origineel bericht",
    "oprindelig meddelelse",
    "original meddelelse",
    "opprinnelig melding",
    "ursprungligt meddelande",
    "originalmeddelande",
    "originalmeldinger",
    "alkuperäinen viesti",
    "wiadomość oryginalna",
    "oryginalna wiadomość",
    "původní zpráva",
    "pôvodná správa",
    "eredeti üzenet",
    "orijinal mesaj",
    "özgün ileti",
    "原始邮件",
    "原始郵件",
    "元のメッセージ",
];

/// What stands above a forwarded mail.
const FORWARDED: [&str; 43] = [
    "forwarded message",
    "forwarded by",
    "begin forwarded message",
    "start of forwarded message",
    "пересылаемое сообщение",
    "пересланное сообщение",
    "пересылаемое письмо",
    "перенаправленное сообщение",
    "переадресованное сообщение",
    "начало переадресованного сообщения",
    "начало пересылаемого сообщения",
    "начало переадресованного письма",
    "переслане повідомлення",
    "початок листа, який пересилається",
    "початок переадресованого повідомлення",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "message transféré",
    "message transmis",
    "début du message réexpédié",
    "début du message transféré",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "mensagem encaminhada",
    "início da mensagem encaminhada",
    "início da mensagem reencaminhada",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "doorgestuurd bericht",
    "begin doorgestuurd bericht",
    "videresendt meddelelse",
    "start på videresendt besked",
    "start på videresendt e-post",
    "videresendt melding",
    "vidarebefordrat meddelande",
    "vidarebefordrat mejl",
    "edelleenlähetetty viesti",
    "välitetty viesti",
    "wiadomość przesłana dalej",
    "początek przekazanej wiadomości",
    "přeposlaná zpráva",
    "továbbított levél kezdete",
    "iletilen mesaj",
];

/// More of them, from smaller languages.
const FORWARDED_TOO: [&str; 30] = [
    "mensagem reencaminhada",
    "yönlendirilmiş mesaj",
    "i̇letilen ileti",
    "yönlendirilen mesaj",
    "i̇letilmiş mesaj",
    "preposlaný e-mail",
    "mesaj transmis",
    "prosleđena poruka",
    "posredovano sporočilo",
    "переправлене повідомлення",
    "пераасланае паведамленне",
    "doorgestuurde bericht",
    "začátek přeposílaného e-mailu",
    "začátek přeposlané zprávy",
    "začiatok preposlanej správy",
    "preposlaná správa",
    "továbbított üzenet",
    "i̇leti başlangıcı",
    "ileti̇ başlangici",
    "mesaj redirecționat",
    "începutul mesajului redirecționat",
    "proslijeđena poruka",
    "započni proslijeđenu poruku",
    "edasisaadetud kiri",
    "välitetty viesti alkaa",
    "转发邮件",
    "转发的邮件",
    "轉寄郵件",
    "転送メッセージ",
    "전달된 메시지",
];

/// What a mail program writes in one line: the announcing words, then a header block without line ends.
pub(in crate::mail::read) fn announced_on_one_line(line: &str) -> Option<&str> {
    let inner = line.trim_start_matches(['>', ' ']).strip_prefix("---")?;
    let inner = inner.trim_start_matches('-');
    let (words, after) = inner.split_once("---")?;
    let after = after.trim_start_matches('-').trim_start();
    let lower = words.trim().to_lowercase();
    let is_known = FORWARDED.contains(&lower.as_str()) || FORWARDED_TOO.contains(&lower.as_str());
    let has_field = after
        .split_once(':')
        .is_some_and(|(name, _)| name.len() <= 30 && !after.starts_with(':'));
    ((is_known || !words.trim().is_empty()) && has_field && after.contains('@')).then_some(after)
}

/// Whether `line` is only such words between dashes, underscores, stars or alone with a colon.
pub(in crate::mail::read) fn is_original_line(line: &str) -> bool {
    rule_words(line).is_some_and(|words| ORIGINAL.contains(&words.as_str()))
}

/// Whether `line` announces a forwarded mail.
pub(in crate::mail::read) fn is_forward_line(line: &str) -> bool {
    rule_words(line).is_some_and(|words| {
        FORWARDED.contains(&words.as_str())
            || FORWARDED_TOO.contains(&words.as_str())
            || words.starts_with("forwarded by ")
            || words.starts_with("forwarded message from ")
    })
}

/// The words of a line that consists of a rule with words, lower case; or of words and a colon.
fn rule_words(line: &str) -> Option<String> {
    let line = line.trim();
    if line.len() > 200 {
        return None;
    }
    let is_rule = |c: char| {
        matches!(
            c,
            '-' | '_' | '=' | '*' | '—' | '–' | '+' | ' ' | '\u{2500}'
        )
    };
    let inner = line.trim_matches(is_rule);
    let has_rule = line.starts_with(['-', '_', '=', '*', '—', '–', '+', '\u{2500}']);
    let has_colon = inner.ends_with([':', '：']);
    let words = inner.trim_end_matches([':', '：']).trim();
    (has_rule || has_colon).then(|| words.to_lowercase())
}

/// Verbs of an attribution (`On … X wrote:`).
pub(super) const WROTE: [&str; 48] = [
    "wrote",
    "writes",
    "written",
    "said",
    "написал",
    "написала",
    "написал(а)",
    "писал",
    "писала",
    "писал(а)",
    "пишет",
    "писали",
    "пишете",
    "написав",
    "написала",
    "написав(ла)",
    "пише",
    "напісаў",
    "schrieb",
    "schreibt",
    "a écrit",
    "écrit",
    "écrivait",
    "escribió",
    "escribio",
    "escreveu",
    "ha scritto",
    "scritto",
    "scrisse",
    "schreef",
    "geschreven",
    "skrev",
    "skrev følgende",
    "följande",
    "følgende",
    "kirjoitti",
    "napisał",
    "napisała",
    "napisał(a)",
    "pisze",
    "napsal",
    "napsal(a)",
    "napísal",
    "yazdı",
    "şunu yazdı",
    "írta",
    "a scris",
    "je napisao",
];

/// Verbs of scripts that put no space before them.
pub(super) const WROTE_EAST: [&str; 9] = [
    "写道",
    "寫道",
    "書きました",
    "のメール",
    "のメッセージ",
    "작성",
    "έγραψε",
    "כתב",
    "viết",
];

/// How an attribution of several lines begins.
pub(super) const OPENINGS: [&str; 26] = [
    "on ",
    "am ",
    "le ",
    "el ",
    "il ",
    "op ",
    "em ",
    "den ",
    "d. ",
    "dnia ",
    "w dniu ",
    "dne ",
    "dňa ",
    "вы писали",
    "вы написали",
    "в сообщении",
    "a(z) ",
    "në ",
    "pe ",
    "la data",
    "στις ",
    "på ",
    "vào ",
    "ngày ",
    "tarihinde",
    "---- on",
];
