//! Where the signature begins: below the new text, told by a mark or by how such lines begin.

/// How the lines begin that phones and mail programs add by themselves.
const DEVICES: [&str; 36] = [
    "sent from my ",
    "sent from mail for windows",
    "sent from outlook",
    "sent from yahoo",
    "sent from a ",
    "sent from the ",
    "sent from proton",
    "sent with proton",
    "sent via ",
    "get outlook for ",
    "отправлено с ",
    "отправлено из ",
    "отправлено от ",
    "отправлено через",
    "отправлена из",
    "послано с ",
    "надіслано з ",
    "надіслано із ",
    "скачать outlook для",
    "получить outlook для",
    "von meinem ",
    "gesendet mit ",
    "gesendet von ",
    "envoyé de ",
    "envoyé depuis ",
    "envoyé à partir de",
    "enviado desde ",
    "enviado do ",
    "enviado de ",
    "inviato da ",
    "verzonden vanaf ",
    "verstuurd vanaf ",
    "wysłane z ",
    "skickat från ",
    "sendt fra ",
    "lähetetty ",
];

/// What such a line names, where it stands alone.
const PROGRAMS: [&str; 14] = [
    "iphone",
    "ipad",
    "android",
    "samsung",
    "galaxy",
    "xiaomi",
    "huawei",
    "outlook",
    "windows",
    "mail.ru",
    "gmail",
    "proton",
    "яндекс.поч",
    "яндекс поч",
];

/// How closings begin that a name follows.
const CLOSINGS: [&str; 5] = [
    "с уважением",
    "с наилучшими пожеланиями",
    "всего доброго,",
    "з повагою",
    "с уваж.",
];

/// The line at which the signature of the text in `lines` begins.
pub(super) fn begins(lines: &[&str]) -> Option<usize> {
    let first_words = lines.iter().position(|l| !l.trim().is_empty())?;
    (first_words..lines.len()).find(|at| *at > first_words && is_start(lines, *at))
}

/// Whether all that is written is a signature, or a line that a phone or a program adds by itself.
pub(super) fn is_all(lines: &[&str]) -> bool {
    let Some(first) = lines.iter().position(|l| !l.trim().is_empty()) else {
        return false;
    };
    let line = lines.get(first).map(|l| l.trim()).unwrap_or_default();
    let lower = line.to_lowercase();
    // `Отправлено с курьером` is an answer.
    let names_a_program = PROGRAMS.iter().any(|name| lower.contains(name));
    matches!(line, "--" | "—") || (names_a_program && is_start(lines, first))
}

fn is_start(lines: &[&str], at: usize) -> bool {
    let line = lines.get(at).copied().unwrap_or_default();
    let trimmed = line.trim();
    if matches!(trimmed, "--" | "—" | "-- —") || trimmed == "__" {
        return true;
    }
    // Only whether few lines are left matters: no line is counted again and again.
    let left = lines
        .iter()
        .skip(at)
        .take(100)
        .filter(|l| !l.trim().is_empty())
        .take(13)
        .count();
    let lower = trimmed
        .trim_start_matches(['*', '_', '<', '-', ' '])
        .to_lowercase();
    if trimmed.len() < 200 && DEVICES.iter().any(|start| lower.starts_with(start)) {
        return is_lonely(lines, at) || left <= 3;
    }
    if trimmed.len() >= 16 && trimmed.chars().all(|c| c == '_') {
        // The rule above a list's footer.
        return left <= 12;
    }
    trimmed.len() < 120 && left <= 10 && CLOSINGS.iter().any(|start| lower.starts_with(start))
}

/// Whether an empty line stands above.
fn is_lonely(lines: &[&str], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|above| lines.get(above))
        .is_none_or(|above| above.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, line: Option<usize>) {
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(begins(&lines), line, "{text}");
    }

    #[test]
    fn signatures_are_found() {
        check("text\n-- \nAnna", Some(1));
        check("text\n\nSent from my phone", Some(2));
        check("текст\n\nОтправлено с iPhone", Some(2));
        check("текст\n\nС уважением,\nАнна", Some(2));
        check("текст\n--\nс уважением, Анна", Some(1));
    }

    #[test]
    fn what_a_program_adds_alone_is_no_text() {
        for text in [
            "\nОтправлено с iPhone",
            "--\nАнна",
            "Получить Outlook для iOS<https://a.test>",
        ] {
            assert!(is_all(&text.lines().collect::<Vec<_>>()), "{text}");
        }
        for text in ["", "да", "Отправлено с курьером", "Sent via post"] {
            assert!(!is_all(&text.lines().collect::<Vec<_>>()), "{text}");
        }
    }

    #[test]
    fn text_is_none() {
        check("text", None);
        check("- one\n- two", None);
        check("-- \nonly this", None);
        check("С уважением, Анна", None);
        check("Sent from my phone", None);
    }
}
