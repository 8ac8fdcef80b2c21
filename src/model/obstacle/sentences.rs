//! The plain words of each obstacle: what happened, then what to do.

use super::Obstacle;

pub(super) const fn russian(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NoSuchMailbox => "Такого адреса нет. Проверьте, нет ли в нём опечатки.",
        Obstacle::Moved => "Этим адресом больше не пользуются. Узнайте у человека новый адрес.",
        Obstacle::BadAddress => {
            "Адрес написан с ошибкой. Проверьте, нет ли в нём лишнего пробела, запятой или русской буквы вместо латинской."
        }
        Obstacle::NoSuchDomain => {
            "Почтового сервера с таким именем нет. Проверьте часть адреса после @."
        }
        Obstacle::TakesNoMail => {
            "По этому адресу почту не принимают. Проверьте адрес или свяжитесь с человеком иначе."
        }
        Obstacle::SwitchedOff => {
            "Почтовый ящик отключён и писем не принимает. Свяжитесь с человеком иначе."
        }
        Obstacle::Full => {
            "Почтовый ящик получателя переполнен. Попробуйте позже или свяжитесь с человеком иначе."
        }
        Obstacle::ServerFull => {
            "На сервере получателя кончилось место. Отправьте письмо ещё раз позже."
        }
        Obstacle::TooLarge => {
            "Письмо слишком велико для сервера получателя. Отправьте его без вложений или с файлами поменьше."
        }
        Obstacle::Unreachable => {
            "С сервером получателя долго не было связи. Проверьте часть адреса после @ и отправьте письмо ещё раз позже."
        }
        Obstacle::Expired => {
            "Письмо долго не удавалось передать, и попытки прекращены. Отправьте его ещё раз позже или свяжитесь с человеком иначе."
        }
        Obstacle::Loop => {
            "Письмо ходило по кругу: у получателя неверно настроена пересылка. Свяжитесь с человеком иначе и скажите ему об этом."
        }
        Obstacle::BadForm => {
            "Сервер получателя не понял, как устроено письмо. Отправьте простой текст без вложений."
        }
        Obstacle::BadFile => {
            "Сервер получателя не пропустил вложение. Отправьте письмо без него или передайте файл иначе."
        }
        Obstacle::Spam => {
            "Сервер получателя принял письмо за рекламу. Отправьте его ещё раз короче, без ссылок и вложений, или свяжитесь с человеком иначе."
        }
        Obstacle::Unproven => {
            "Сервер получателя не поверил, что письмо пришло от нас. Покажите его ответ ниже администратору почты: исправить это может он."
        }
        Obstacle::Closed => {
            "Этот адрес принимает письма не от всех, и наших среди них нет. Попросите получателя разрешить их или свяжитесь с ним иначе."
        }
        Obstacle::NotResponsible => {
            "Сервер, на который попало письмо, не отвечает за такой адрес. Проверьте часть адреса после @."
        }
        Obstacle::SenderUnwanted => {
            "Сервер получателя не принимает писем с нашего адреса. Покажите его ответ ниже администратору почты."
        }
        Obstacle::ServerUnwanted => {
            "Сервер получателя не принимает писем с нашего сервера. Покажите его ответ ниже администратору почты."
        }
        Obstacle::TooMany => {
            "Сервер получателя не успевает принимать столько писем. Отправьте письмо ещё раз позже."
        }
        Obstacle::Rules => {
            "Сервер получателя отказался принять письмо по своим правилам. Пусть администратор почты посмотрит на его ответ ниже."
        }
        Obstacle::Busy => {
            "Сервер получателя долго не мог принять письмо. Отправьте его ещё раз позже."
        }
        Obstacle::Refused => {
            "Сервер получателя отказался принять письмо. Прочтите его ответ ниже и свяжитесь с человеком иначе."
        }
        Obstacle::Unsaid => {
            "Почему, сервер получателя не сказал. Проверьте адрес или свяжитесь с человеком иначе."
        }
    }
}

pub(super) const fn english(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::NoSuchMailbox => "There is no such address. Check it for a slip.",
        Obstacle::Moved => "This address is no longer in use. Ask the person for the new one.",
        Obstacle::BadAddress => {
            "The address is not written as an address is. Check it for a stray space, a comma or a letter of another alphabet."
        }
        Obstacle::NoSuchDomain => {
            "There is no mail server of that name. Check the part of the address after the @."
        }
        Obstacle::TakesNoMail => {
            "No mail is taken at this address. Check it or reach the person in another way."
        }
        Obstacle::SwitchedOff => {
            "The mailbox is switched off and takes no mail. Reach the person in another way."
        }
        Obstacle::Full => {
            "The mailbox is full. Try again later or reach the person in another way."
        }
        Obstacle::ServerFull => "The other server has no room left. Send the mail again later.",
        Obstacle::TooLarge => {
            "The mail is too large for the other server. Send it without attachments or with smaller files."
        }
        Obstacle::Unreachable => {
            "The other server could not be reached for a long time. Check the part of the address after the @ and send the mail again later."
        }
        Obstacle::Expired => {
            "The mail could not be passed on for a long time and is no longer tried. Send it again later or reach the person in another way."
        }
        Obstacle::Loop => {
            "The mail went round in a circle: a forwarding at the other side is set up wrong. Reach the person in another way and tell them."
        }
        Obstacle::BadForm => {
            "The other server did not understand how the mail is made. Send plain text without attachments."
        }
        Obstacle::BadFile => {
            "The other server did not let an attachment through. Send the mail without it or hand the file over in another way."
        }
        Obstacle::Spam => {
            "The other server took the mail for advertising. Send it again shorter, without links and attachments, or reach the person in another way."
        }
        Obstacle::Unproven => {
            "The other server did not believe that the mail comes from us. Show its words below to your mail administrator, who can mend that."
        }
        Obstacle::Closed => {
            "This address takes mail from some people only, and we are not among them. Ask the person to let us in or reach them in another way."
        }
        Obstacle::NotResponsible => {
            "The server that got the mail does not answer for such an address. Check the part of the address after the @."
        }
        Obstacle::SenderUnwanted => {
            "The other server takes no mail from our address. Show its words below to your mail administrator."
        }
        Obstacle::ServerUnwanted => {
            "The other server takes no mail from our server. Show its words below to your mail administrator."
        }
        Obstacle::TooMany => {
            "The other server cannot take so many mails at once. Send the mail again later."
        }
        Obstacle::Rules => {
            "The other server refused the mail by its rules. Let your mail administrator see its words below."
        }
        Obstacle::Busy => {
            "The other server could not take the mail for a long time. Send it again later."
        }
        Obstacle::Refused => {
            "The other server refused the mail. Read its words below and reach the person in another way."
        }
        Obstacle::Unsaid => {
            "The other server did not say why. Check the address or reach the person in another way."
        }
    }
}
