//! What `okno people erase` says of what goes and what stays.

/// What goes besides what is counted.
pub(super) const GOES: [(&str, &str); 4] = [
    (
        "имя, запись из справочника, поиск по словам этих обращений, проекты статей из них, его письма в карантине и выброшенные (из последней тысячи писем без решения)",
        "the name, what the people directory said, the index of words of these requests, draft articles made of them, mails of theirs that are quarantined or were discarded (of the last thousand without a decision)",
    ),
    (
        "всё, что написали в этих обращениях другие: сотрудники с цитатами, люди в копии, почтовые серверы; и что придёт туда потом",
        "everything that others wrote in these requests: agents with what they quote, people in copy, mail servers; and what comes there later",
    ),
    (
        "письма, которые стоят сразу в нескольких обращениях, из них хотя бы в одном этом (ответ сотрудника на список дел, письмо руководителя с исправлением показателей): в чужих обращениях их текста тоже не станет, хотя то, что разослано по нему, остаётся",
        "mails that stand in several requests, one of them theirs (an agent's answer to a work list, a head's mail that corrects figures): other people's requests lose their text as well, though not what was sent because of it",
    ),
    (
        "целиком все письма за время этих обращений и 45 дней после них, где перечислены обращения многих людей: списки дел, сводки, недельные и месячные письма, письма директору, руководителям и дежурным, о карантине и о тревогах, показанные копии и ответы на поиск",
        "whole, all letters from the time of these requests and 45 days after them that list many people's requests: work lists, digests, weekly and monthly letters, letters to the director, heads and whoever is on duty, of the quarantine and of alarms, copies shown and answers to searches",
    ),
];

/// What stays, and why.
pub(super) const STAYS: [(&str, &str); 6] = [
    (
        "номера обращений, когда и кем они решены, сроки, оценки числом и все показатели; закрытые месяцы с их файлами, письмами о них и причинами исправлений (по ним платят)",
        "numbers of tickets, when and by whom they were solved, promises, ratings as numbers and all figures; closed months with their files, the letters about them and the reasons of corrections (people are paid by them)",
    ),
    (
        "если человек был бухгалтером: его адрес в месяцах, закрытых по почте, пока он был в настройках; файл такого месяца ещё может уйти на него",
        "if they were an accountant: their address in months that were closed by mail while the configuration named it; a file of such a month may still go there",
    ),
    (
        "по чему узнаётся письмо (Message-ID, контрольная сумма, место в ящике): иначе okno прочло бы его снова",
        "what a mail is known by (its Message-ID, its sum, its place in the mailbox): else okno would read it again",
    ),
    (
        "сами письма в почтовых ящиках и на сервере, журналы почтового сервера, письма, которые ушли сотрудникам, и резервные копии: их okno не трогает, сотрите их там",
        "the mails themselves in mailboxes and on the server, the mail server's logs, mails that agents have got, and backups: okno does not touch them, erase them there",
    ),
    (
        "письма без решения старше последней тысячи таких, и письма в карантине от того, от кого ничего другого не приходило: okno их здесь не ищет, посмотрите okno quarantine list",
        "mails without a decision that are older than the last thousand of them, and quarantined mails of somebody of whom nothing else came: okno does not look for them here, see okno quarantine list",
    ),
    (
        "слова об этом человеке в чужих обращениях и статьях базы знаний, и его слова в письмах, которые разосланы по чужим обращениям: okno не знает, где они",
        "words about them in other people's requests and in articles of the knowledge base, and words of theirs in mails sent about other people's requests: okno does not know where they are",
    ),
];

/// When it is best done.
pub(super) const WHEN: (&str, &str) = (
    "Лучше в нерабочее время: на SQLite файл базы в конце переписывается целиком (нужно свободное место в два его размера), до конца этого okno ничего не записывает, а если его в эти минуты убить, письмо, которое как раз уходило, может уйти ещё раз",
    "Best out of hours: on SQLite the file of the database is written anew at the end (there must be room for it twice more), nothing else is written until that is done, and if okno is killed meanwhile a mail that was just being sent may be sent again",
);
