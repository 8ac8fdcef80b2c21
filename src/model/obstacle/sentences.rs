//! The plain words of each obstacle: what happened, then what to do.

use super::Obstacle;

/// The same in both languages.
pub(super) struct Sentence {
    pub(super) ru: &'static str,
    pub(super) en: &'static str,
}

pub(super) const fn of(obstacle: Obstacle) -> Sentence {
    match obstacle {
        Obstacle::NoSuchMailbox => NO_SUCH_MAILBOX,
        Obstacle::Moved => MOVED,
        Obstacle::BadAddress => BAD_ADDRESS,
        Obstacle::NoSuchDomain => NO_SUCH_DOMAIN,
        Obstacle::TakesNoMail => TAKES_NO_MAIL,
        Obstacle::SwitchedOff => SWITCHED_OFF,
        Obstacle::Full => FULL,
        Obstacle::ServerFull => SERVER_FULL,
        Obstacle::TooLarge => TOO_LARGE,
        Obstacle::Unreachable => UNREACHABLE,
        Obstacle::Expired => EXPIRED,
        Obstacle::Loop => LOOP,
        Obstacle::BadForm => BAD_FORM,
        Obstacle::BadFile => BAD_FILE,
        Obstacle::Spam => SPAM,
        Obstacle::Unproven => UNPROVEN,
        Obstacle::Closed => CLOSED,
        Obstacle::NotResponsible => NOT_RESPONSIBLE,
        Obstacle::SenderUnwanted => SENDER_UNWANTED,
        Obstacle::ServerUnwanted => SERVER_UNWANTED,
        Obstacle::TooMany => TOO_MANY,
        Obstacle::Rules => RULES,
        Obstacle::Busy => BUSY,
        Obstacle::Refused => REFUSED,
        Obstacle::Unsaid => UNSAID,
    }
}

const NO_SUCH_MAILBOX: Sentence = Sentence {
    ru: "Такого адреса нет. Проверьте, нет ли в нём опечатки.",
    en: "There is no such address. Check it for a slip.",
};

const MOVED: Sentence = Sentence {
    ru: "Этим адресом больше не пользуются. Узнайте у человека новый адрес.",
    en: "This address is no longer in use. Ask the person for the new one.",
};

const BAD_ADDRESS: Sentence = Sentence {
    ru: "Адрес написан с ошибкой. Проверьте, нет ли в нём лишнего пробела, запятой или русской буквы вместо латинской.",
    en: "The address is not written as an address is. Check it for a stray space, a comma or a letter of another alphabet.",
};

const NO_SUCH_DOMAIN: Sentence = Sentence {
    ru: "Почтового сервера с таким именем нет. Проверьте часть адреса после @.",
    en: "There is no mail server of that name. Check the part of the address after the @.",
};

const TAKES_NO_MAIL: Sentence = Sentence {
    ru: "По этому адресу почту не принимают. Проверьте адрес или свяжитесь с человеком иначе.",
    en: "No mail is taken at this address. Check it or reach the person in another way.",
};

const SWITCHED_OFF: Sentence = Sentence {
    ru: "Почтовый ящик отключён и писем не принимает. Свяжитесь с человеком иначе.",
    en: "The mailbox is switched off and takes no mail. Reach the person in another way.",
};

const FULL: Sentence = Sentence {
    ru: "Почтовый ящик получателя переполнен. Попробуйте позже или свяжитесь с человеком иначе.",
    en: "The mailbox is full. Try again later or reach the person in another way.",
};

const SERVER_FULL: Sentence = Sentence {
    ru: "На сервере получателя кончилось место. Отправьте письмо ещё раз позже.",
    en: "The other server has no room left. Send the mail again later.",
};

const TOO_LARGE: Sentence = Sentence {
    ru: "Письмо слишком велико для сервера получателя. Отправьте его без вложений или с файлами поменьше.",
    en: "The mail is too large for the other server. Send it without attachments or with smaller files.",
};

const UNREACHABLE: Sentence = Sentence {
    ru: "С сервером получателя долго не было связи. Проверьте часть адреса после @ и отправьте письмо ещё раз позже.",
    en: "The other server could not be reached for a long time. Check the part of the address after the @ and send the mail again later.",
};

const EXPIRED: Sentence = Sentence {
    ru: "Письмо долго не удавалось передать, и попытки прекращены. Отправьте его ещё раз позже или свяжитесь с человеком иначе.",
    en: "The mail could not be passed on for a long time and is no longer tried. Send it again later or reach the person in another way.",
};

const LOOP: Sentence = Sentence {
    ru: "Письмо ходило по кругу: у получателя неверно настроена пересылка. Свяжитесь с человеком иначе и скажите ему об этом.",
    en: "The mail went round in a circle: a forwarding at the other side is set up wrong. Reach the person in another way and tell them.",
};

const BAD_FORM: Sentence = Sentence {
    ru: "Сервер получателя не понял, как устроено письмо. Отправьте простой текст без вложений.",
    en: "The other server did not understand how the mail is made. Send plain text without attachments.",
};

const BAD_FILE: Sentence = Sentence {
    ru: "Сервер получателя не пропустил вложение. Отправьте письмо без него или передайте файл иначе.",
    en: "The other server did not let an attachment through. Send the mail without it or hand the file over in another way.",
};

const SPAM: Sentence = Sentence {
    ru: "Сервер получателя принял письмо за рекламу. Отправьте его ещё раз короче, без ссылок и вложений, или свяжитесь с человеком иначе.",
    en: "The other server took the mail for advertising. Send it again shorter, without links and attachments, or reach the person in another way.",
};

const UNPROVEN: Sentence = Sentence {
    ru: "Сервер получателя не поверил, что письмо пришло от нас. Покажите его ответ ниже администратору почты: исправить это может он.",
    en: "The other server did not believe that the mail comes from us. Show its words below to your mail administrator, who can correct that.",
};

const CLOSED: Sentence = Sentence {
    ru: "Этот адрес принимает письма не от всех, и наших среди них нет. Попросите получателя разрешить их или свяжитесь с ним иначе.",
    en: "This address takes mail from some people only, and we are not among them. Ask the person to let us in or reach them in another way.",
};

const NOT_RESPONSIBLE: Sentence = Sentence {
    ru: "Сервер, на который попало письмо, не отвечает за такой адрес. Проверьте часть адреса после @.",
    en: "The server that got the mail does not answer for such an address. Check the part of the address after the @.",
};

const SENDER_UNWANTED: Sentence = Sentence {
    ru: "Сервер получателя не принимает писем с нашего адреса. Покажите его ответ ниже администратору почты.",
    en: "The other server takes no mail from our address. Show its words below to your mail administrator.",
};

const SERVER_UNWANTED: Sentence = Sentence {
    ru: "Сервер получателя не принимает писем с нашего сервера. Покажите его ответ ниже администратору почты.",
    en: "The other server takes no mail from our server. Show its words below to your mail administrator.",
};

const TOO_MANY: Sentence = Sentence {
    ru: "Сервер получателя не успевает принимать столько писем. Отправьте письмо ещё раз позже.",
    en: "The other server cannot take so many mails at once. Send the mail again later.",
};

const RULES: Sentence = Sentence {
    ru: "Сервер получателя отказался принять письмо по своим правилам. Пусть администратор почты посмотрит на его ответ ниже.",
    en: "The other server refused the mail by its rules. Let your mail administrator see its words below.",
};

const BUSY: Sentence = Sentence {
    ru: "Сервер получателя долго не мог принять письмо. Отправьте его ещё раз позже.",
    en: "The other server could not take the mail for a long time. Send it again later.",
};

const REFUSED: Sentence = Sentence {
    ru: "Сервер получателя отказался принять письмо. Прочтите его ответ ниже и свяжитесь с человеком иначе.",
    en: "The other server refused the mail. Read its words below and reach the person in another way.",
};

const UNSAID: Sentence = Sentence {
    ru: "Почему, сервер получателя не сказал. Проверьте адрес или свяжитесь с человеком иначе.",
    en: "The other server did not say why. Check the address or reach the person in another way.",
};
