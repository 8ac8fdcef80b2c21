//! How reports speak, in the languages seen: their subjects, their text, the line above the copy. All lower case,
//! phrases between bars.

/// Whether one of the phrases of `list` matches `text`.
pub(super) fn is_in(list: &str, text: &str, is_match: impl Fn(&str, &str) -> bool) -> bool {
    list.split('|').any(|words| is_match(text, words))
}

/// How the subjects of reports speak.
pub(super) const SUBJECTS: &str = "mail failed|returning to sender|non remis|メールエラー|配信不能|undelivered mail|undeliverable|undelivered|\
    delivery status notification|failure notice|returned mail|mail delivery fail|delivery failure|\
    delivery failed|delivery has failed|mail could not be delivered|could not be delivered|\
    non-delivery|nondelivery|non delivery|nondeliverable|mail system error|returned to sender|\
    mail returned|undeliver|delivery notification|message status|mail failure|error sending|\
    delivery report|delivery error|warning: could not send|warning: message|delayed|mail delivery|\
    не доставлено|недоставлен|не может быть доставлено|невозможно доставить|не удалось доставить|\
    ошибка доставки|уведомление о доставке|возвращено отправителю|unzustellbar|nicht zustellbar|\
    could not send mail|loop alert|message blocked|blocked message|email bounce notification|\
    message delivery has failed|error sending your mail|our bulk email filter|processing error|\
    delivery problem|failed to deliver|rejected mail|mail rejected|message rejected|non recapitabile|\
    onbestelbaar|no se puede entregar|no se pudo entregar|no entregado|não é possível entregar|\
    não foi possível entregar|nie można dostarczyć|nedoručiteln|nedoručen|kan inte levereras|\
    kan ikke leveres|teslim edilemedi|无法送达|无法投递|退信|未送达|зворотн|не вдалося доставити|сбой доставки|\
    доставка задерживается|сообщение не доставлено|отчет о недоставке|отчёт о недоставке|\
    возврат почты|mail undeliverable|considered unsolicited";

/// What the text of a report says.
pub(super) const PHRASES: &str = "no valid recipients|could not be reached|message not delivered|delivery problems|\
    did not receive this message|unable to deliver|failed recipient|is not a member of|are not member|\
    invalid final delivery|account is disabled|unknown host|failed addresses follow|送信できませんでした|\
    配信できません|this is the qmail-send program|could not be delivered|couldn't be delivered|\
    cannot be delivered|can't be delivered|was not delivered|not be delivered to|undeliverable|\
    did not reach the following recipient|had permanent fatal errors|had transient non-fatal errors|\
    permanent fatal error|delivery to the following recipient|delivery has failed|delivery failed|\
    failed to deliver|user unknown|unknown user|no such user|mailbox unavailable|mailbox full|\
    mailbox is full|recipient rejected|address rejected|recipient address rejected|does not exist|\
    returned to sender|returned to you|delivery to these recipients|no se ha podido entregar|\
    could not deliver|wasn't able to deliver|was unable to deliver|unable to be delivered|\
    not listed in|no mailbox|invalid recipient|over quota|quota exceeded|exceeded storage|\
    host unknown|host not found|unrouteable|unroutable|relay access denied|relaying denied|\
    retry timeout exceeded|message could not|mail could not|was undeliverable|not yet been delivered|\
    has not been delivered|delivery attempts will continue|will keep trying|не было доставлено|\
    не может быть доставлено|не удалось доставить|не доставлено|не существует|ящик переполнен|\
    пользователь не найден|has been returned because|did not reach the recipient|not a valid user|\
    message was not delivered|mail system at host|the postfix program at host|\
    not receive a copy of your message|did not receive your message|delivery to the following|\
    failed recipients|following address(es) failed|following address failed|following recipient(s)|\
    following recipients|following addresses had|error delivering your mail|\
    error occurred while trying to deliver|error has occurred while attempting to deliver|\
    was rejected and discarded|your message was rejected|your mail was rejected|\
    rejected by the recipient|unable to relay|undelivered message|had trouble delivering|\
    we were unable to deliver|i was unable to deliver|failed for the following|\
    original mail as follows|not accepting mail|has been blocked by|blocked by our|\
    message was blocked|has been postponed|could not find a gateway|delivery failure|\
    transcript of session follows|konnte nicht zugestellt|nicht zustellbar|konnte an folgende|\
    n'a pas pu être|n'a pas pu etre|non è stato possibile|no pudo ser entregado|no se pudo entregar|\
    não pôde ser entregue|nie mogła zostać dostarczona|не может быть отправлено|\
    не удалось выполнить доставку|не достигло|не было получено|не вдалося доставити|\
    не може бути доставлено|была отклонена|было отклонено|was automatically rejected";

/// What a delay notice says.
pub(super) const DELAYS: &str = "will continue to be attempted|delivery attempts will continue|will keep trying|\
    not yet been delivered|this is a warning message only|you do not need to resend|\
    not necessary to resend|still being tried|delivery will continue|has been delayed|is delayed|\
    will be retried|still undelivered after|transient non-fatal errors|доставка задерживается|\
    попытки доставки будут продолжены|повторять попытки|only a temporary failure|advisory-only|\
    will retry|message is delayed|delivery delayed|has been postponed|could not send mail for past|\
    could not send message for past|not able to be delivered yet|zustellung verzögert|\
    доставка задержана|ещё не доставлено|еще не доставлено|пока не доставлено|\
    попытки будут продолжены|доставка повторится";

/// What a report says that gives up, whatever else it says.
pub(super) const PERMANENT: &str = "permanent error|permanent fatal|permanent failure|given up|giving up|not going to try again|\
    окончательн";

/// Where the report ends and the copy of the original begins.
pub(super) const COPIES: &str = "below this line is a copy|this is a copy of the message|original message follows|\
    ----- original message|-----original message|--- original message|----- unsent message follows|\
    --- the header of the original message|message header follows|----- message header|\
    ----- unsent message|returned message follows|--- returned message|original message headers|\
    the original message was:|included is a copy|a copy of the original message|------ this is a copy|\
    headers of the original|received: from|received: by|return-path:|исходное сообщение|\
    your original message follows|original mail as follows|below is a copy|here is your returned mail|\
    first 50 lines of your original message|bounced e-mail:|message headers follow|\
    mail header follows|the attachment contains the original|--------returned mail|old message:|\
    start of returned message|your message reads|исходное письмо|текст исходного|текст письма|\
    копия вашего письма|заголовки исходного";

/// How lines begin whose addresses are senders, or none at all.
pub(super) const SENDERS: &str = "from:|reply-to:|sender:|return-path:|errors-to:|message-id:|in-reply-to:|references:|subject:|\
    date:|sent:|received:|x-|mail from:|envelope-from|reporting-mta:|remote-mta:|mime-version:|\
    content-|de :|de:|von:|da:|van:|от:|від:|отправитель:|тема:|дата:|差出人";

/// How lines begin that copy a list of recipients.
pub(super) const RECIPIENTS: &str =
    "to:|cc:|bcc:|an:|à :|a :|para:|aan:|do:|kopie:|кому:|копия:|копія:|宛先";

/// Words behind which stands somebody to turn to, or the sender.
pub(super) const CONTACTS: &str = "from|by|sender|contact|postmaster|administrator|admin|support|help|reply|отправителя|отправителем|\
    от|обратитесь|напишите|поддержки";

/// Words that lead to an address that failed.
pub(super) const LABELS: &str = "recipient|rcpt to|failed|undeliver|deliver|unknown user|user unknown|no such user|invalid|\
    addressed to|address|mailbox|account|error-for|message to|mail to|email to|e-mail to|letter to|\
    duplicated message-id in|sent to|not reach|получател|доставл|доставит|адресат|адрес|ящик|\
    destinatai|empfänger|destinatario";

/// How the line begins that says why.
pub(super) const REASONS: &str = "reason|technical details|diagnos|error:|error message|error below|the error|details|explanation|\
    remote host said|the response|additional information|for the following reason|причина|технические|\
    диагност|ошибка|ответ сервера|grund|raison|motivo";
