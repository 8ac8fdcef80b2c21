//! How servers say why, in the languages seen; lower case, first match wins. A cause stands before what it leads to: a
//! mail that waited too long for a full mailbox failed because that is full.

use super::Obstacle;

/// The first obstacle whose words stand in `said`.
pub(super) fn find(said: &str) -> Option<Obstacle> {
    let lower = said.to_lowercase();
    REASONS
        .iter()
        .find(|(_, words)| words.split('|').any(|words| lower.contains(words)))
        .map(|(obstacle, _)| *obstacle)
}

/// Phrases stand between bars.
const REASONS: &[(Obstacle, &str)] = &[
    (
        Obstacle::Loop,
        "too many hops|hop count|mail loop|routing loop|loops back to|loop detected|forwarding loop|\
         would loop|loop alert|зациклив|петля пересылки",
    ),
    (
        Obstacle::TooMany,
        "relay quota|sending quota|sending limit|rate limit|too many connections|throttl|frequency limited|\
         too quickly|at a rate|temporarily deferred|unexpected volume|too many recipients|greylist|graylist|\
         too many messages in|слишком много писем",
    ),
    (
        Obstacle::Full,
        "mailbox full|mailbox is full|inbox is full|full mailbox|folder is full|account is full|quota|\
         disk space|diskspace|out of storage|storage space|exceeded storage|storage allocation|mailbox size|\
         allowed size|not enough space|insufficient space|too many messages on the server|\
         number of messages in recipient|too much mail stored|mailbox has exceeded|mailbox exceeds|\
         zuviele mails|postfach ist voll|boîte pleine|boite pleine|buzón lleno|переполнен|ящик полон|\
         нет места в ящике|квот",
    ),
    (
        Obstacle::TooLarge,
        "message too large|message is too large|message too big|message is too big|size limit|size exceeds|\
         maximum message size|message length exceeds|exceeds the maximum|exceeded the maximum|\
         exceeds maximum|size=message|too large for|слишком больш|слишком велик|размер письма|\
         размер сообщения",
    ),
    (
        Obstacle::Spam,
        "spamassassin|blacklisted url|spam score|spam content",
    ),
    (
        Obstacle::Unproven,
        "dmarc|dkim|spf fail|spf check|spf record|(spf)|spf validation|unauthenticated|\
         sender policy framework|authentication checks|pass authentication",
    ),
    (
        Obstacle::NotResponsible,
        "relay access denied|relaying denied|relay denied|relay not permitted|unable to relay|\
         permitted to relay|cannot relay|to relay mail|relaying not allowed|does not relay|no relaying|\
         relaying is prohibited|relay is prohibited|allowed rcpthosts|relay through|open relay|\
         not a local domain|пересылка запрещена|релей запрещ",
    ),
    (
        Obstacle::ServerUnwanted,
        "blacklist|black list|blocklist|block list|blocked using|dnsbl|rbl server|spamhaus|spamcop|\
         banned sending ip|reputation|client host|sending ip|source ip|invalid ip|client ip|reverse dns|rdns|\
         ptr record|from servers without|server access|host network not allowed|adresse ip source|\
         чёрном списке|черном списке|your ip|ip address is|ip address sending|access from ip|blocked ip|\
         ip is blocked",
    ),
    (
        Obstacle::SenderUnwanted,
        "sender address rejected|sender rejected|sender verify|domain of sender|sender domain|bad sender|\
         invalid sender|unroutable sender|sending address not accepted|sending to/from an address|\
         адрес отправителя",
    ),
    (
        Obstacle::BadFile,
        "virus|infected|malware|executable file|вирус|вложени|with attachments|attachment type|\
         blocked attachment|attachment was|dangerous attach|unsafe attach|prohibited attach|\
         potential security",
    ),
    (
        Obstacle::Spam,
        "spam|unsolicited|junk mail|bulk email|bulk mail|ube, id|content rejected|content filter|reklam|спам|\
         рекламн",
    ),
    (
        Obstacle::Closed,
        "not authorized to send|not allowed to send|not permitted to send|permission to post|\
         permission to send|only accepts|not accepting mail from|not accepting messages from|isn't accepting|\
         sender not allowed|recipient preferences|not pre-approved|approved sender|members only|\
         restrictions on who|delivery restrictions|domain filter|нет прав на отправку|\
         нет разрешения на отправку|не разрешено отправлять",
    ),
    (
        Obstacle::TakesNoMail,
        "null mx|nullmx|doesn't receive email|does not accept mail|not accept email|does not receive mail|\
         no smtp service",
    ),
    (
        Obstacle::Moved,
        "no longer on server|has moved|address has changed|email address changed|has a new address|\
         no longer works here|больше не работает|адрес изменился|адрес изменён",
    ),
    (
        Obstacle::SwitchedOff,
        "disabled|deactivated|suspended|frozen|inactive|discontinued|account is locked|account expired|\
         account has expired|mailbox is blocked|user is blocked|been closed|currently suspended|\
         not activated|ha expirado|отключён|отключен|заблокирован|заморожен|деактивирован",
    ),
    (
        Obstacle::BadAddress,
        "malformed address|bad destination mailbox|address syntax|syntax error in|illegal address|\
         bad address syntax|domain syntax|неверный формат адреса",
    ),
    (
        Obstacle::NoSuchMailbox,
        "user unknown|unknown user|no such user|unknown recipient|recipient unknown|unknown local user|\
         unknown local part|unknown mailbox|mailbox unknown|no mailbox|no such mailbox|no such recipient|\
         no such account|no such address|no such local user|nosuchuser|mailbox not found|user not found|\
         recipient not found|recipientnotfound|recipnotfound|address not found|account not found|\
         not a known user|not a valid mailbox|not a valid user|not a valid recipient|isn't a valid|\
         no valid recipients|invalid recipient|invalid address|invalid mailbox|invalid user|\
         invalid final delivery|unknown or illegal|nonexistent user|nonexistent mailbox|non-existent|\
         user doesn't|user does not|address does not exist|recipient does not exist|account does not exist|\
         account that you tried|mailbox does not exist|does not exist on this system|does not exist here|\
         doesn't exist|mailbox unavailable|mailbox not available|mailbox is unavailable|not listed in|\
         not found in domino|not unique|name is not recognized|not a registered|addressee unknown|\
         wrong or no longer valid|no longer valid|unknown address|destinataire inconnu|utilisateur inconnu|\
         destinataire invalide|n'existe pas|no existe|não existe|nie istnieje|existiert nicht|\
         unbekannter empfänger|empfänger unbekannt|non esiste|不存在|見つかりません|не существует|не найден|\
         такого адреса нет|нет такого|неизвестный пользователь|неизвестный получатель|несуществующ|\
         не знайдено|не існує|> does not exist|] does not exist|no account by that name|not our customer|\
         not known here",
    ),
    (
        Obstacle::NoSuchDomain,
        "host unknown|unknown host|host not found|domain not found|no such domain|no such host|unrouteable|\
         unroutable|name not found|nxdomain|name service error|no mx record|no relevant answers|\
         mail exchanger or ip|any host named|find a gateway|dns lookup failure|dns error|\
         domain is not reachable|bad destination system|host name lookup|host/domain name|nameserver|\
         does not exist|домен не|сервер с таким именем",
    ),
    (
        Obstacle::Unreachable,
        "timed out|connection refused|no route to host|network is unreachable|connect to|not reachable|\
         not responding|establish an smtp|could not connect|unable to connect|not accepting connections|did not accept our requests|\
         connection reset|lost connection|network error|socket error|no answer from host|нет связи|\
         не отвечает|время ожидания",
    ),
    (
        Obstacle::ServerFull,
        "insufficient system|system storage|mail system full|no space left",
    ),
    (
        Obstacle::Expired,
        "expired|timeout exceeded|queue too long|giving up|too old|delivery attempts|attempts:|\
         multiple retries|allowed queue period|was aborted after|delivery time|срок доставки|\
         попытки прекращены|истекло",
    ),
    (
        Obstacle::BadForm,
        "header error|8-bit data|duplicate header|line too long|line limit|rfc 5322|rfc 2822|bare lf|\
         addresses in from|mime error|malformed mime|invalid mime|protocol violation",
    ),
    (
        Obstacle::Busy,
        "try again later|try later|temporary failure|temporarily|попробуйте позже",
    ),
    (Obstacle::Rules, "policy|policies|violation"),
    (
        Obstacle::NoSuchMailbox,
        "address rejected|recipient rejected",
    ),
    (
        Obstacle::Rules,
        "denied|prohibited|not accepted|not allowed|blocked|refused|rejected|отклонено|запрещ",
    ),
];
