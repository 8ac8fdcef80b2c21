//! Challenges: a filter that asks whoever writes for the first time to prove to be human (TMDA and the like). All
//! lower case, phrases between bars.

use super::signs::Signs;

/// Subjects of challenges.
const SUBJECTS: &str = "please confirm your message|please confirm your email|confirm your email to|\
    requires verification verify|verification of your email is required|verification required|\
    message verification|sender verification|your message awaits your confirmation|\
    confirmation required|confirm delivery of your|challenge:|boxbe|подтвердите, что вы не робот|\
    подтвердите отправку письма|подтвердите отправку сообщения|требуется подтверждение отправителя|\
    подтвердите доставку письма|підтвердіть відправлення";

/// What a challenge asks.
const TEXTS: &str = "confirm that you are human|confirm you are human|prove you are human|prove that you are human|\
    prove you are a human|verify that you are human|verify you are human|you are not a robot|\
    not pre-approved|held until you confirm|will be held until|to release your message|\
    to have your message delivered|so that your message can be delivered|\
    must verify your email address before|confirm your address to deliver|challenge/response|\
    challenge-response|one-time confirmation|one-time verification|что вы не робот|что вы человек|\
    чтобы ваше письмо было доставлено|чтобы письмо было доставлено|для доставки вашего письма|\
    письмо задержано до подтверждения|що ви не робот";

/// How much of the text is looked at.
const TEXT_MAX: usize = 4000;

/// Whether a filter asks for a proof. Its words alone are not enough: people write about them.
pub(super) fn is_challenge(signs: &Signs<'_>) -> bool {
    if signs.headers.has("x-challenge-response") || signs.headers.has("x-boxtrapper-match") {
        return true;
    }
    let is_service = signs.is_answer()
        || signs.message.return_path.as_deref() == Some("")
        || signs.value("auto-submitted").starts_with("auto-")
        || signs.value("x-delivery-agent").starts_with("tmda")
        || signs.headers.has("x-tmda-fingerprint")
        || signs
            .senders()
            .any(|sender| super::refusals::is_no_reply(&sender));
    if !is_service {
        return false;
    }
    let subject = signs.subject();
    let text = signs.reply(TEXT_MAX);
    SUBJECTS.split('|').any(|words| subject.contains(words))
        || TEXTS.split('|').any(|words| text.contains(words))
}
