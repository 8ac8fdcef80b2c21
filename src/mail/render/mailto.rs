//! `mailto:` links (RFC 6068) that carry a command in their subject.

/// The longest link, in bytes: Windows and Outlook on the web refuse links of about 2000.
const BYTES_MAX: usize = 1500;

/// A link that opens a new mail. Everything but letters, digits and `-._~` is percent-encoded UTF-8 (a space is
/// `%20`, never `+`, which mail programs would show); line ends become `%0D%0A`. What is too long loses the end of
/// its body, then of its subject, so that the link still works.
pub(super) fn link(to: &str, subject: &str, body: &str) -> String {
    let mut link = String::from("mailto:");
    let (local, domain) = to.rsplit_once('@').unwrap_or((to, ""));
    encode(local, &mut link, BYTES_MAX);
    link.push('@');
    encode(domain, &mut link, BYTES_MAX);
    link.push_str("?subject=");
    encode(subject, &mut link, BYTES_MAX);
    if !body.is_empty() && link.len() < BYTES_MAX.saturating_sub("&body=".len()) {
        link.push_str("&body=");
        encode(body, &mut link, BYTES_MAX);
    }
    link
}

/// A link with this body, or with the shorter one where it would be too long; of that as many whole lines as fit: half a
/// line would be a wrong one.
pub(super) fn fitting(to: &str, subject: &str, (body, short): (&str, &str)) -> String {
    let is_whole = |body: &str| {
        let mut own = String::new();
        encode(body, &mut own, usize::MAX);
        let bare = link(to, subject, "").len();
        let length = bare
            .saturating_add("&body=".len())
            .saturating_add(own.len());
        length <= BYTES_MAX
    };
    if is_whole(body) {
        return link(to, subject, body);
    }
    let lines: Vec<&str> = short.lines().collect();
    let most = (0..=lines.len()).rev();
    let fits = most
        .filter_map(|count| lines.get(..count))
        .map(|lines| lines.join("\n"))
        .find(|body| is_whole(body));
    link(to, subject, &fits.unwrap_or_default())
}

/// Adds `words` to `link` up to the first character that would make it longer than `bytes_max`.
fn encode(words: &str, link: &mut String, bytes_max: usize) {
    let unified = words.replace("\r\n", "\n").replace('\r', "\n");
    for c in unified.chars() {
        let mut piece = String::new();
        if c == '\n' {
            piece.push_str("%0D%0A");
        } else if c.is_ascii_alphanumeric() || "-._~".contains(c) {
            piece.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                piece.push_str(&format!("%{byte:02X}"));
            }
        }
        if link.len().saturating_add(piece.len()) > bytes_max {
            return;
        }
        link.push_str(&piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_in_the_subject() {
        assert_eq!(
            link("it@uni.test", "Re: [IT-1042-K7Q4] да", ""),
            "mailto:it@uni.test?subject=Re%3A%20%5BIT-1042-K7Q4%5D%20%D0%B4%D0%B0"
        );
    }

    #[test]
    fn line_ends_and_odd_addresses() {
        assert_eq!(
            link("a+b&c@uni.test", "1+1", "one\ntwo\r\nthree"),
            "mailto:a%2Bb%26c@uni.test?subject=1%2B1&body=one%0D%0Atwo%0D%0Athree"
        );
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn every_link_is_short_and_plain(to in "[ -~]{0,80}@[a-z.]{1,60}", subject in "\\PC{0,400}", body in "\\PC{0,400}") {
            let link = link(&to, &subject, &body);
            proptest::prop_assert!(link.len() <= BYTES_MAX, "{}", link.len());
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~%@:?=&".contains(c);
            proptest::prop_assert!(link.chars().all(is_plain), "{link}");
            proptest::prop_assert_eq!(link.matches('?').count(), 1);
        }
    }

    #[test]
    fn a_body_of_lines_is_cut_between_them() {
        let long: Vec<String> = (0..9).map(|n| format!("{n} {}", "ы".repeat(40))).collect();
        let short = "one: \ntwo: ";
        let link = fitting("it@uni.test", "x", (&long.join("\n"), short));
        assert!(link.ends_with("&body=one%3A%20%0D%0Atwo%3A%20"), "{link}");
        let link = fitting("it@uni.test", "x", (&long.join("\n"), &long.join("\n")));
        assert!(
            link.len() <= BYTES_MAX && link.ends_with("%D1%8B"),
            "{link}"
        );
        assert_eq!(link.matches("%0D%0A").count(), 4, "{link}");
        let link = fitting("it@uni.test", "x", ("a: ", ""));
        assert!(link.ends_with("&body=a%3A%20"), "{link}");
    }

    #[test]
    fn a_long_link_is_cut_between_characters() {
        let cut = link("it@uni.test", &"ы".repeat(2000), "never");
        assert!(cut.len() <= BYTES_MAX, "{}", cut.len());
        assert!(cut.ends_with("%D1%8B"), "{cut}");
    }
}
