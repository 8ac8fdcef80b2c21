//! Why a sender was believed as far as they were, in words.

use super::super::words::Words;
use crate::desk::trust::Ground;

/// The words of a stored ground; the code itself where this program does not know it.
pub(in crate::cli) fn ground<'c>(code: &'c str, words: &Words) -> &'c str {
    let known = WORDS.iter().find(|(ground, ..)| ground.code() == code);
    known.map_or(code, |(_, ru, en)| words.pick(ru, en))
}

/// Every ground in Russian and in English.
const WORDS: &[(Ground, &str, &str)] = &[
    (
        Ground::Dmarc,
        "подтверждён почтовым сервером (DMARC)",
        "proven by the mail server (DMARC)",
    ),
    (
        Ground::Dkim,
        "подтверждён подписью своего домена (DKIM)",
        "proven by the signature of the sender's domain (DKIM)",
    ),
    (
        Ground::Spf,
        "подтверждён: отправлено с сервера своего домена (SPF)",
        "proven: sent from a server of the sender's domain (SPF)",
    ),
    (
        Ground::Submission,
        "подтверждён: вошёл на наш сервер под своим паролем",
        "proven: logged in to a server of ours under their own password",
    ),
    (
        Ground::Internal,
        "подтверждён: принято нашим Exchange от своего сотрудника",
        "proven: our Exchange took it in from one of its own people",
    ),
    (
        Ground::NoServers,
        "не проверялся: наши серверы ничего не подтверждают",
        "not checked: our servers judge nothing",
    ),
    (
        Ground::NotJudged,
        "не проверен: отметки наших серверов в письме нет",
        "not checked: no judgement of our servers in the mail",
    ),
    (
        Ground::NotProven,
        "не подтверждён нашими серверами",
        "our servers do not confirm who it is",
    ),
    (
        Ground::OtherPassword,
        "письмо отправлено под чужим паролем: свой, но не доказано кто",
        "handed in under another's password: a colleague, but not proven who",
    ),
    (
        Ground::DmarcFailed,
        "проверка DMARC не прошла; домен отправителя на этом не настаивает",
        "DMARC failed; the sender's domain does not insist",
    ),
    (
        Ground::OddEnvelope,
        "адрес конверта необычен, отметкам серверов верить нельзя",
        "an odd envelope address: no judgement can be believed",
    ),
    (
        Ground::NoAuthor,
        "подозрителен: в From нет адреса",
        "suspicious: From names nobody",
    ),
    (
        Ground::SeveralAuthors,
        "подозрителен: в From несколько человек",
        "suspicious: From names several people",
    ),
    (
        Ground::DmarcRefused,
        "подозрителен: DMARC не прошла, домен просит такие письма не принимать",
        "suspicious: DMARC failed, and the domain wants such mail refused",
    ),
    (
        Ground::OwnDomainForged,
        "подозрителен: наш адрес, а письмо пришло со стороны",
        "suspicious: an address of ours, from outside",
    ),
    (
        Ground::OtherAddressInName,
        "подозрителен: в имени другой адрес",
        "suspicious: the name shows another address",
    ),
    (
        Ground::StaffNameOutside,
        "подозрителен: имя нашего сотрудника при чужом адресе",
        "suspicious: the name of one of our staff over another's address",
    ),
    (
        Ground::LookAlikeDomain,
        "подозрителен: домен похож на наш",
        "suspicious: the domain looks like ours",
    ),
    (
        Ground::MixedScripts,
        "подозрителен: в домене смешаны алфавиты",
        "suspicious: the domain mixes alphabets",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_has_words() {
        let named: Vec<Ground> = WORDS.iter().map(|(ground, ..)| *ground).collect();
        assert_eq!(named, Ground::ALL);
    }
}
