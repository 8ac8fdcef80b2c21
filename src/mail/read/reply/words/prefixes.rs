//! How subjects begin: answers and mail passed on, by language. What means one thing here and another there is in
//! neither list: `VS` (Finnish: answer; Danish: passed on), `R` and `I` stand only with their language's other word.

use super::Row;

/// An answer.
pub(super) const REPLY: &[Row] = &[
    ("en", "re|reply"),
    ("ru", "на|ha|отв|ответ|отв.|re[2]"),
    ("uk", "відп|відповідь"),
    ("de", "aw|antwort"),
    ("fr", "rép|rep"),
    ("es", "resp"),
    ("pt", "res"),
    ("it", "r|rif"),
    ("nl", "antw"),
    ("pl", "odp"),
    ("cs", "odpověď"),
    ("hr", "odg"),
    ("sv", "sv"),
    ("lt", "ats"),
    ("hu", "vá|válasz"),
    ("tr", "ynt|cvp|yan"),
    ("el", "απ|σχετ"),
    ("he", "השב|תשובה"),
    ("ar", "رد"),
    ("ja", "返信"),
    ("zh", "回复|回覆|答复|答覆"),
    ("ko", "회신|답장"),
    ("vi", "tl|trả lời"),
    ("id", "bls|balas"),
];

/// Passed on.
pub(super) const FORWARD: &[Row] = &[
    ("en", "fwd|fw|forward|forwarded"),
    (
        "ru",
        "пер|пересл|переслано|перенаправлено|переслать|пересылка|пд|перенапр",
    ),
    ("uk", "пересилання|переслано|прсл"),
    ("de", "wg|weitergeleitet|wtr"),
    ("fr", "tr|transf"),
    ("es", "rv|reenv|renv"),
    ("pt", "enc|encam"),
    ("it", "i|inoltra"),
    ("nl", "doorst|dst"),
    ("pl", "pd"),
    ("cs", "přep|předání"),
    ("hr", "proslijeđeno|prosl"),
    ("no", "videresend"),
    ("sv", "vb"),
    ("fi", "vl"),
    ("lt", "pers"),
    ("hu", "továbbítás|tovább"),
    ("ro", "redir|redir.|trm"),
    ("tr", "ilt|ynl"),
    ("el", "πρθ|προωθ"),
    ("he", "הועבר|העברה"),
    ("ar", "إعادة توجيه|توجيه"),
    ("ja", "転送"),
    ("zh", "转发|轉寄|轉發"),
    ("ko", "전달"),
    ("vi", "ct|chuyển tiếp"),
    ("id", "trs|teruskan"),
];
