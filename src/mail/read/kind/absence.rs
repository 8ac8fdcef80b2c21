//! How out-of-office notices and other automatic answers speak where no header says what they are. All lower case,
//! phrases between bars.

use super::signs::Signs;

/// What programs call their answer at the beginning of its subject, before a colon or in brackets.
const ANSWERS: &str = "automatic reply|auto reply|auto-reply|autoreply|auto response|auto-response|autoresponse|\
    autorespons|automated response|automated reply|automatic response|out of office autoreply|\
    vacation reply|vacation response|автоматический ответ|автоматична відповідь|аўтаматычны адказ|автоматты жауап|\
    автоматичен отговор|automatische antwort|autom. antwort|abwesenheitsnotiz|abwesenheitsmeldung|\
    réponse automatique|reponse automatique|message d'absence|respuesta automática|\
    respuesta automatica|risposta automatica|resposta automática|resposta automatica|\
    automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|automatická odpověď|\
    automatická odpoveď|automatisch antwoord|autosvar|automatiskt svar|automatisk svar|\
    automaattinen vastaus|otomatik yanıt|automatikus válasz|răspuns automat|αυτόματη απάντηση|\
    automatinis atsakymas|automātiska atbilde|automaatvastus|自动回复|自動回覆|自動応答|自動返信|不在通知|자동 회신";

/// What they call it, too: only before a colon, since people write such words when they ask about them.
const ABSENCES: &str = "out of office|out-of-office|out of the office|автоответ|авто-ответ|автоответчик|вне офиса|\
    отсутствует на рабочем месте|нет на рабочем месте|уведомление об отсутствии|автовідповідь|\
    відсутній на робочому місці|abwesenheit|absence du bureau|fuera de la oficina|fuori sede|\
    fuori ufficio|fora do escritório|ausência temporária|poza biurem|afwezigheid|frånvaro|fravær|\
    poissaolo|부재중";

/// How such subjects begin in words that people write as well.
const WORDS: &str = "vacation|отсутствую на рабочем месте|меня нет на|я в отпуске|нахожусь в отпуске|я у відпустці|\
    ich bin nicht im büro|je suis absent|i am out of|i'm out of|i am away|away from my mail";

/// What stands in the first lines of an out-of-office notice.
const TEXTS: &str = "i am out of the office|i'm out of the office|i am out of office|i'm out of office|\
    i am currently out of|i'm currently out of|i will be out of|i'll be out of|i am away from|\
    i am currently away|i'm currently away|i am on vacation|i'm on vacation|on annual leave|\
    on maternity leave|on parental leave|out of the office until|out of the office from|\
    limited access to my email|limited access to email|this is an automatic|this is an automated|\
    automatically generated|я в отпуске|нахожусь в отпуске|в отпуске до|в отпуске с|буду в отпуске|\
    в ежегодном отпуске|в декретном отпуске|нет на рабочем месте|отсутствую на рабочем месте|\
    отсутствует на рабочем месте|временно отсутству|буду отсутствовать|нахожусь в командировке|\
    нахожусь вне офиса|нахожусь на больничном|автоматический ответ|это автоответ|\
    автоматически сформирован|сформировано автоматически|создано автоматически|\
    отправлено автоматически|я в командировке|в командировке до|в командировке с|я на больничном|\
    на больничном до|больше не работаю в|не отвечайте на это|не нужно отвечать на|\
    отвечать на него не нужно|отвечать на это письмо не нужно|no longer work|no longer with the|\
    do not reply to this|don't reply to this|перебуваю у відпустці|я у відпустці|у відпустці до|\
    відсутній на робочому місці|відсутня на робочому місці|автоматична відповідь|\
    ich bin nicht im büro|ich bin derzeit nicht|ich bin zur zeit nicht|ich bin momentan nicht|\
    ich bin im urlaub|ich bin bis|derzeit nicht erreichbar|nicht im hause|bin ich wieder erreichbar|\
    automatische antwort|je suis absent|je suis actuellement absent|je suis en congé|je serai absent|\
    absent du bureau|absente du bureau|réponse automatique|message automatique|\
    estoy fuera de la oficina|fuera de la oficina|estoy de vacaciones|estaré ausente|\
    respuesta automática|sono fuori ufficio|sono in ferie|sarò assente|fuori sede|risposta automatica|\
    estou ausente|estou de férias|estarei ausente|fora do escritório|jestem na urlopie|\
    przebywam na urlopie|jestem nieobecn|poza biurem|odpowiedź automatyczna|ik ben afwezig|\
    ik ben met vakantie|niet aanwezig|jsem mimo kancelář|mám dovolenou|nejsem v kanceláři|\
    jag är på semester|jag är inte på kontoret|jeg er på ferie|jeg er ikke på kontoret|\
    ofis dışındayım|izindeyim|自動返信|自动回复";

/// Where a notice sends whoever cannot wait, and when it promises an answer.
const ELSEWHERE: &str = "по срочным|по всем вопросам|по неотложным|обращайтесь|обращаться|свяжитесь с|отвечу|замеща|\
    по возвращени|после возвращени|після повернення|термінов|звертайтесь|відповім|urgent|contact|i will respond|\
    i will reply|i'll reply|get back to you|my return|when i return|limited access|dringend|wenden sie sich|\
    vertret|urgence|urgente|pilnych|naléhav|brådskande|haster|acil";

/// What is said of people who have left, and of printers: a notice says whom to write to instead.
const LEFT: &str = "больше не работает в|больше не работает у";

/// Whom to write to instead, where somebody has left.
const INSTEAD: &str = "пишите|обращайтесь|обращаться|свяжитесь|адресуйте|направляйте";

/// How long a notice may be, and how much of it says what it is.
const NOTICE_MAX: usize = 2000;
const FIRST_LINES: usize = 4;

/// Lines of a text that says nothing else: a greeting and a sentence.
const LINES_OF_ALL: usize = 2;

/// Whether the subject is one that programs make: `Automatic reply: Printer`, `[AutoReply] Printer`.
pub(super) fn is_subject(subject: &str) -> bool {
    let subject = subject.trim_start();
    let opened = subject.strip_prefix(['[', '(', '【']).unwrap_or(subject);
    let follows = |labels: &str, is_end: fn(&str) -> bool| {
        let rests = labels
            .split('|')
            .filter_map(|label| opened.strip_prefix(label));
        rests.map(str::trim_start).any(is_end)
    };
    let is_marked = |rest: &str| rest.starts_with([':', '：', ']', ')', '】']);
    follows(ANSWERS, str::is_empty)
        || follows(ANSWERS, is_marked)
        || follows(ABSENCES, is_marked)
        || subject.strip_prefix("auto:").is_some_and(is_away)
}

/// Whether a subject says of somebody that he is away, as Notes does: `AUTO: Olga is out of the office`.
fn is_away(rest: &str) -> bool {
    [
        "out of",
        "absent",
        "away",
        "returning",
        "nicht",
        "отсутств",
        "re:",
    ]
    .iter()
    .any(|words| rest.contains(words))
}

/// Whether the subject may be that of an automatic answer: so only where something else says so, too. `Автоответ не
/// работает` is a request.
pub(super) fn is_maybe_subject(subject: &str) -> bool {
    let bare = subject.trim_start();
    let bare = bare.strip_prefix("re:").unwrap_or(bare).trim_start();
    ANSWERS
        .split('|')
        .chain(ABSENCES.split('|'))
        .chain(WORDS.split('|'))
        .any(|words| bare.starts_with(words))
}

/// Whether a mail without any header that says so is a notice of absence: it says so in its first lines, quotes
/// nothing and asks nothing. People quote; and who asks wants an answer. It answers a mail, or its subject speaks of
/// absence, too, and it says who answers meanwhile or when it will: a person who asks for leave says neither.
pub(super) fn is_text(signs: &Signs<'_>) -> bool {
    let Some(reply) = signs.message.reply.as_deref() else {
        return false;
    };
    let text = signs.message.text.as_deref().unwrap_or_default();
    let signature = signs.message.signature.as_deref().unwrap_or_default();
    let shown = reply
        .len()
        .saturating_add(signature.len())
        .saturating_add(80);
    let may_be = || signs.is_answer() || is_maybe_subject(&signs.subject());
    if reply.len() > NOTICE_MAX || text.len() > shown || reply.contains('?') || !may_be() {
        return false;
    }
    says_so(reply) && (signs.is_answer() || sends_elsewhere(reply))
}

/// Whether the new text speaks of its author's absence and of hardly anything else: short, asking nothing, in a line or
/// two, or saying who answers meanwhile. It may quote what it answers, as some programs do.
pub(super) fn is_wording(signs: &Signs<'_>) -> bool {
    let reply = signs.message.reply.as_deref().unwrap_or_default();
    let lines = reply.lines().filter(|line| !line.trim().is_empty()).count();
    reply.len() <= NOTICE_MAX
        && !reply.contains('?')
        && says_so(reply)
        && (lines <= LINES_OF_ALL || sends_elsewhere(reply) || is_text(signs))
}

/// Whether the first lines say so.
fn says_so(reply: &str) -> bool {
    let lines = reply.lines().map(str::trim).filter(|line| !line.is_empty());
    let first: Vec<&str> = lines.take(FIRST_LINES).collect();
    let first = first.join(" ").to_lowercase();
    let has = |phrases: &str| phrases.split('|').any(|words| first.contains(words));
    has(TEXTS) || has(LEFT) && has(INSTEAD)
}

fn sends_elsewhere(reply: &str) -> bool {
    let lower = reply.to_lowercase();
    ELSEWHERE.split('|').any(|words| lower.contains(words))
}
