//! What status codes mean (RFC 3463, the registry of RFC 5248, and the private ones of large providers).

use super::Obstacle;

/// Subject and detail: `1.1` of `5.1.1`.
fn detail(status: &str) -> Option<(&str, &str)> {
    let (_, rest) = status.split_once('.')?;
    let (subject, detail) = rest.split_once('.')?;
    Some((subject, detail))
}

/// The obstacle of a code that servers give for nothing else.
pub(super) fn precise(status: &str) -> Option<Obstacle> {
    Some(match detail(status)? {
        ("1", "1" | "4" | "351") => Obstacle::NoSuchMailbox,
        ("1", "2") => Obstacle::NoSuchDomain,
        ("1", "3") => Obstacle::BadAddress,
        ("1", "6") | ("7", "17" | "18") => Obstacle::Moved,
        ("1", "7" | "8") => Obstacle::SenderUnwanted,
        ("2", "2") => Obstacle::Full,
        ("2", "3") | ("3", "4") | ("7", "16") => Obstacle::TooLarge,
        ("3", "1") => Obstacle::ServerFull,
        ("4", "4" | "310") => Obstacle::NoSuchDomain,
        ("4", "6" | "14") => Obstacle::Loop,
        ("5", "3") => Obstacle::TooMany,
        ("7", "13") => Obstacle::SwitchedOff,
        ("7", "20" | "21" | "22" | "23" | "24" | "26" | "27" | "29" | "30" | "509" | "515") => {
            Obstacle::Unproven
        }
        ("7", "25" | "501" | "502" | "503" | "511" | "606" | "705") => Obstacle::ServerUnwanted,
        ("7", "123" | "124" | "129" | "133" | "134" | "135" | "136" | "193") => Obstacle::Closed,
        _ => return None,
    })
}

/// The obstacle of a code that servers give for this and that; asked where their words say nothing.
pub(super) fn vague(status: &str) -> Option<Obstacle> {
    let is_passing = status.starts_with('4');
    Some(match detail(status)? {
        ("1", "10") => Obstacle::TakesNoMail,
        ("1", _) => Obstacle::NoSuchMailbox,
        ("2", "1") => Obstacle::SwitchedOff,
        ("2", "4") => Obstacle::Closed,
        ("4", "7") => Obstacle::Expired,
        ("4", _) => Obstacle::Unreachable,
        ("6", _) => Obstacle::BadForm,
        ("7", _) if !is_passing => Obstacle::Rules,
        _ if is_passing => Obstacle::Busy,
        _ => return None,
    })
}
