//! What the label of a charset means, misspelt ones too.

use encoding_rs::{Encoding, X_USER_DEFINED};

/// Charsets that are not plain bytes to characters, and so are unknown to `encoding_rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// None, an unknown one, or one that promises nothing about 8-bit bytes.
    Nothing,
    /// One of the encodings of the web.
    Known(&'static Encoding),
    /// RFC 2152.
    Utf7,
    /// RFC 1843: `~{` to `~}`.
    Hz,
    /// RFC 1557 and 1922: shift out to shift in.
    ShiftedKorean,
    ShiftedChinese,
}

impl Label {
    /// Reads a label as written.
    pub(super) fn read(written: &str) -> Self {
        let word = written
            .trim()
            .trim_matches(['"', '\'', '=', ';', ',', ' ', '<', '>']);
        let word = word.split(['*', ';', ',', '(']).next().unwrap_or_default();
        let word = word.trim().to_ascii_lowercase();
        if matches!(
            word.as_str(),
            "" | "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso646-us" | "ansi_x3.110-1983"
        ) {
            return Self::Nothing;
        }
        known(&word).unwrap_or_else(|| misspelt(&word))
    }
}

fn known(label: &str) -> Option<Label> {
    let found = Encoding::for_label_no_replacement(label.as_bytes())?;
    (found != X_USER_DEFINED).then_some(Label::Known(found))
}

/// `cp-1251`, `Win1251`, `x-koi8r`, `iso8859_5`, `uft-8`, `utf8mb4`, `ibm-866` ...
fn misspelt(label: &str) -> Label {
    let squeezed: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
    let squeezed = squeezed
        .strip_prefix("3d") // quoted-printable left in
        .or_else(|| squeezed.strip_prefix('x'))
        .unwrap_or(&squeezed);
    let digits: String = squeezed.chars().filter(char::is_ascii_digit).collect();
    let starts = |words: &[&str]| words.iter().any(|word| squeezed.starts_with(word));
    let has = |words: &[&str]| words.iter().any(|word| squeezed.contains(word));
    let name = if starts(&["utf7", "unicode11utf7", "unicode20utf7"]) {
        return Label::Utf7;
    } else if starts(&["hzgb", "hz"]) {
        return Label::Hz;
    } else if has(&["2022kr"]) {
        return Label::ShiftedKorean;
    } else if has(&["2022cn"]) {
        return Label::ShiftedChinese;
    } else if starts(&["utf16be", "ucs2be"]) {
        "utf-16be".to_owned()
    } else if starts(&["utf16", "ucs2", "iso10646ucs2"]) {
        "utf-16le".to_owned()
    } else if starts(&["utf8", "uft8", "ut8", "unicode11utf8"]) {
        "utf-8".to_owned()
    } else if starts(&["koi8"]) {
        if has(&["u"]) { "koi8-u" } else { "koi8-r" }.to_owned()
    } else if starts(&["iso8859"]) {
        let number: String = digits.chars().skip(4).collect();
        format!("iso-8859-{number}")
    } else if starts(&["latin"]) {
        format!("latin{digits}")
    } else if has(&["maccyr", "macukr"]) || digits == "10007" {
        "x-mac-cyrillic".to_owned()
    } else if starts(&["macroman", "macos"]) {
        "macintosh".to_owned()
    } else if (starts(&["win", "cp", "ms", "ansi", "ibm"]) || squeezed == digits)
        && (digits.len() == 4 && digits.starts_with("125") || digits == "874")
    {
        format!("windows-{digits}")
    } else if digits == "866" || has(&["cp866", "ibm866", "dos866"]) {
        "ibm866".to_owned()
    } else if starts(&["gb", "isogb", "csgb"]) || digits == "936" {
        "gb18030".to_owned()
    } else if has(&["sjis", "shiftjis", "mskanji"]) || digits == "932" {
        "shift_jis".to_owned()
    } else if has(&["2022jp"]) || squeezed == "jis" {
        "iso-2022-jp".to_owned()
    } else if starts(&["eucj"]) {
        "euc-jp".to_owned()
    } else if starts(&["ksc", "euck", "korean", "uhc", "wansung"]) || digits == "949" {
        "euc-kr".to_owned()
    } else if has(&["big5"]) || digits == "950" {
        "big5".to_owned()
    } else if starts(&["tis"]) {
        "windows-874".to_owned()
    } else {
        return Label::Nothing;
    };
    known(&name).unwrap_or(Label::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, name: &str) {
        let read = Label::read(written);
        let found = if let Label::Known(encoding) = read {
            encoding.name().to_owned()
        } else {
            format!("{read:?}")
        };
        assert_eq!(found, name, "{written}");
    }

    #[test]
    fn labels_are_known() {
        check("utf-8", "UTF-8");
        check("\"KOI8-R\"", "KOI8-R");
        check("ks_c_5601-1987", "EUC-KR");
        check("iso-8859-1", "windows-1252");
        check("ISO-2022-JP", "ISO-2022-JP");
        check("x-mac-cyrillic", "x-mac-cyrillic");
        check("us-ascii", "Nothing");
        check("utf-8*ru", "UTF-8");
        check("unicode-1-1-utf-7", "Utf7");
        check("hz-gb-2312", "Hz");
        check("iso-2022-kr", "ShiftedKorean");
        check("ISO-2022-CN-EXT", "ShiftedChinese");
    }

    #[test]
    fn misspelt_labels_are_understood() {
        check("uft-8", "UTF-8");
        check("UTF8MB4", "UTF-8");
        check("utf_8", "UTF-8");
        check("unicode-1-1-utf-8", "UTF-8");
        check("3D\"utf-8\"", "UTF-8");
        check("cp-1251", "windows-1251");
        check("Win1251", "windows-1251");
        check("windows 1251", "windows-1251");
        check("1251", "windows-1251");
        check("cp1251;", "windows-1251");
        check("koi8r", "KOI8-R");
        check("koi8-ru", "KOI8-U");
        check("x-koi8u", "KOI8-U");
        check("cp866", "IBM866");
        check("ibm-866", "IBM866");
        check("iso8859_5", "ISO-8859-5");
        check("iso-8859-5-windows", "ISO-8859-5");
        check("latin-1", "windows-1252");
        check("mac-cyrillic", "x-mac-cyrillic");
        check("iso-gb2312", "gb18030");
        check("cp936", "gb18030");
        check("ms_kanji", "Shift_JIS");
        check("cp949", "EUC-KR");
        check("Big5-HKSCS-2004", "Big5");
        check("ucs-2", "UTF-16LE");
    }

    #[test]
    fn what_promises_nothing_is_nothing() {
        for label in [
            "",
            "8bit",
            "unknown-8bit",
            "x-unknown",
            "default",
            "x-user-defined",
            "iso-8859-99",
        ] {
            check(label, "Nothing");
        }
    }
}
