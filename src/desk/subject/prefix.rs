//! Words that mail programs and filters put before a subject.

use std::sync::LazyLock;

use regex::Regex;

/// *Reply* and *forward* in the languages of mail programs, by alphabets. Those of one or two letters that are also
/// words (`на`, `r`, `i`) come off only before another prefix or a tag of ours.
const PREFIXES: &[&str] = &[
    // Western and northern Europe, Turkey, Indonesia, Vietnam
    "re|fwd?|aw|antw|antwort|wg|sv|svar|vs|vb|vl|rv|rif|tr|réf|rép|res|enc|doorst",
    "ynt|ilt|İlt|i̇lt|bls|trs|atb|trả lời|chuyển tiếp",
    // Middle and south-eastern Europe, the Baltic
    "odp|pd|vá|továbbítás|odg|proslj|răspuns|odpověď|předáno|ats|edas",
    "απ|σχετ|πρθ",
    // Cyrillic
    "отв|ответ|пд|пер|пересл|переслано|пересылка|перенапр|вн|вх|нв|відп|відповідь|пересил|адк|жауап|одг|отг|препр",
    // East Asia
    "回复|答复|转发|回覆|轉寄|返信|転送|답장|전달",
    // Semitic
    "رد|إعادة توجيه|תגובה|השב|הועבר",
];

/// A count of replies: `Re[2]:`, `Re(2):`, `Re^2:`, `Re*2:`.
const COUNT: &str = r"(?:\[\d{1,3}\]|\(\d{1,3}\)|[\^*]\d{1,3})?";

/// What filters write: mail from outside, mail that may be spam.
const MARKS: &[&str] = &[
    r"external(?:\s+(?:e-?mail|mail|sender|message|source))?",
    r"extern|externe|externo|esterno|ext",
    r"внешн(?:ее|яя|ий|его)(?:\s+(?:письмо|сообщение|почта|отправитель|адрес|источник))?",
    r"(?:suspected\s+|possible\s+|возможно[,:]?\s+)?(?:spam|спам)",
];

static PREFIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let (prefixes, marks) = (PREFIXES.join("|"), MARKS.join("|"));
    let pattern = format!(
        r"(?i)^\s*(?:(?:{prefixes})\.?\s*{COUNT}\s*[:：]|[\[({{][\s*!]*(?:{marks})[\s*!?]*[\])}}]\s*:?|(?:external|внешнее)\s*:|\*+\s*(?:spam|спам)\s*\*+)\s*"
    );
    Regex::new(&pattern).ok()
});

static RISKY_PREFIX: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?i)^\s*(?:r|i|на|ha)\s*{COUNT}\s*[:：]\s*")).ok());

/// What stands behind a prefix or a mark, if there is one.
pub(super) fn after_prefix(subject: &str) -> Option<&str> {
    after(&PREFIX, subject)
}

/// What stands behind a word that may be a prefix.
pub(super) fn after_risky_prefix(subject: &str) -> Option<&str> {
    after(&RISKY_PREFIX, subject)
}

fn after<'s>(pattern: &LazyLock<Option<Regex>>, subject: &'s str) -> Option<&'s str> {
    let found = pattern.as_ref()?.find(subject)?;
    subject.get(found.end()..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_are_patterns() {
        assert!(PREFIX.is_some() && RISKY_PREFIX.is_some());
    }
}
