//! Windows' numbers for charsets, as RTF and TNEF give them.

use encoding_rs::{Encoding, UTF_8, UTF_16LE, WINDOWS_1252};

/// The encoding of a code page; windows-1252 where the number says nothing.
pub(super) fn encoding(number: u32) -> &'static Encoding {
    let label = match number {
        866 => "ibm866",
        874 => "windows-874",
        932 => "shift_jis",
        936 => "gbk",
        949 => "euc-kr",
        950 => "big5",
        1200 => return UTF_16LE,
        1250 => "windows-1250",
        1251 => "windows-1251",
        1253 => "windows-1253",
        1254 => "windows-1254",
        1255 => "windows-1255",
        1256 => "windows-1256",
        1257 => "windows-1257",
        1258 => "windows-1258",
        10007 => "x-mac-cyrillic",
        20866 => "koi8-r",
        21866 => "koi8-u",
        28592 => "iso-8859-2",
        28595 => "iso-8859-5",
        28597 => "iso-8859-7",
        28599 => "windows-1254",
        28605 => "iso-8859-15",
        50220..=50222 => "iso-2022-jp",
        51932 => "euc-jp",
        51949 => "euc-kr",
        54936 => "gb18030",
        65001 => return UTF_8,
        _ => return WINDOWS_1252,
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

/// The code page of a font's charset (`\fcharset`, MS-WMF 2.1.1.5); `None` for the default one.
pub(super) const fn of_font(charset: u32) -> Option<u32> {
    Some(match charset {
        0 => 1252,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_known() {
        for number in [
            866, 874, 932, 936, 949, 950, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 10007,
            20866, 21866, 28592, 28595, 28597, 28599, 28605, 50220, 51932, 51949, 54936,
        ] {
            assert_ne!(encoding(number), WINDOWS_1252, "{number}");
        }
        assert_eq!(encoding(0), WINDOWS_1252);
        assert_eq!(
            of_font(204).map(encoding),
            of_font(204).map(|_| encoding(1251))
        );
    }
}
