//! Character references of HTML: the names mail uses, and numbers.

/// The names of U+00A0 to U+00FF, in order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 \
    sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml \
    Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml \
    times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil \
    egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash \
    ugrave uacute ucirc uuml yacute thorn yuml";

/// Other names.
const OTHERS: [(&str, char); 34] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("bull", '•'),
    ("trade", '™'),
    ("euro", '€'),
    ("permil", '‰'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("larr", '←'),
    ("rarr", '→'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("check", '✓'),
];

/// What the numbers 128 to 159 mean in HTML: windows-1252.
const WINDOWS: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// The character that `text` (it starts with `&`) names, and how many bytes name it.
pub(super) fn read(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let length = body
        .bytes()
        .take(32)
        .position(|b| !(b.is_ascii_alphanumeric() || b == b'#'))
        .unwrap_or_else(|| body.len().min(32));
    let name = body.get(..length)?;
    let has_end = body.get(length..)?.starts_with(';');
    let used = length
        .saturating_add(1)
        .saturating_add(usize::from(has_end));
    let found = if let Some(number) = name.strip_prefix('#') {
        numbered(number)?
    } else if has_end || matches!(name, "nbsp" | "amp" | "lt" | "gt" | "quot") {
        named(name)?
    } else {
        return None;
    };
    Some((found, used))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let Some(at) = code
        .checked_sub(128)
        .and_then(|at| usize::try_from(at).ok())
        && let Some(found) = WINDOWS.get(at)
    {
        return Some(*found);
    }
    char::from_u32(code).filter(|c| *c != '\0')
}

fn named(name: &str) -> Option<char> {
    if let Some((_, found)) = OTHERS.iter().find(|(n, _)| *n == name) {
        return Some(*found);
    }
    let at = LATIN.split_ascii_whitespace().position(|n| n == name)?;
    char::from_u32(u32::try_from(at).ok()?.saturating_add(0xA0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, read_as: Option<(char, usize)>) {
        assert_eq!(read(text), read_as, "{text}");
    }

    #[test]
    fn references_are_read() {
        check("&amp;b", Some(('&', 5)));
        check("&nbsp", Some(('\u{A0}', 5)));
        check("&yuml;", Some(('ÿ', 6)));
        check("&#1055;", Some(('П', 7)));
        check("&#x41F;", Some(('П', 7)));
        check("&#150;", Some(('–', 6)));
        check("&copy=1", None);
        check("&#0;", None);
        check("& b", None);
    }
}
