//! What people have always done, on real servers: they write to two departments at once, answer straight from the shared
//! mailbox, and get mail that nobody wants.

use okno::{
    model::{
        ids::TicketNumber,
        ticket::{State, Ticket},
    },
    store::history,
};

use crate::{
    ground::{DESK, drain, header, okno, proved, said, subject_of, text, with_db},
    mailway::{MailWay, mail},
};

const OLGA: &str = "olga@uni.test";
const ANNA: &str = "anna@uni.test";
const ROOT: &str = "root@uni.test";

fn ticket(way: &MailWay) -> Ticket {
    let number = TicketNumber(1001);
    with_db(&way.config, async |db| history::ticket(db, number).await)
        .unwrap()
        .unwrap()
}

/// The accounts department, with its own mailbox on the same server.
const ACCOUNTS: &str = "[mailbox.buh]\naddress = \"buh@uni.test\"\nmode = \"full\"\nstart_from = \"beginning\"\n\
    server = \"localhost\"\nport = IMAPS\npassword = { file = \"password\" }\n\
    [queue.buh]\ntitle = \"Бухгалтерия\"\nagents = [\"vera\"]\n\
    [agent.vera]\nname = \"Вера Орлова\"\naddress = \"vera@uni.test\"\n";

#[test]
fn a_letter_to_two_departments_is_a_ticket_in_each_and_confirmed_once() {
    let Some(way) = MailWay::with("habit-two", "", ACCOUNTS) else {
        return;
    };
    let letter = mail(OLGA, "two@uni.test", "Новый сотрудник", "", "Пропуск.");
    let both = format!("To: {DESK}, buh@uni.test\n");
    let letter = letter.replacen(&format!("To: {DESK}\n"), &both, 1);
    way.sends(OLGA, &[DESK, "buh@uni.test"], &letter);
    way.settle();
    assert_eq!(way.inbox(OLGA).len(), 1, "{}", way.words_to(OLGA));
    let words = way.words_to(OLGA);
    for label in ["IT-", "BUH-"] {
        assert!(words.contains(label), "{words}");
    }
    assert_eq!(way.inbox(ANNA).len(), 1);
    assert_eq!(way.inbox("vera@uni.test").len(), 1);
    proved(&way.config, 2);
}

#[test]
fn an_answer_written_in_the_shared_mailbox_is_seen_in_its_sent_folder() {
    let Some(way) = MailWay::with("habit-sent", "sent = \"auto\"", "") else {
        return;
    };
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "o1@uni.test", "Принтер", "", "Не печатает."),
    );
    way.settle();
    let before = way.inbox(OLGA).len();
    // Anna's mail program has sent it, and keeps a copy.
    let answer = format!(
        "From: {DESK}\nSender: {ANNA}\nTo: {OLGA}\nSubject: Re: Принтер\nMessage-ID: <w1@webmail.uni.test>\n\
         In-Reply-To: <o1@uni.test>\nContent-Type: text/plain; charset=utf-8\n\nЗамените картридж.\n"
    );
    let inbox = way.ground.dovecot.maildir_of(DESK);
    inbox.below("Sent").put(answer.as_bytes()).unwrap();
    way.settle();
    let ticket = ticket(&way);
    let outside = ticket.outside.expect("it is seen");
    assert_eq!(outside.agent, Some("anna".into()));
    assert_eq!(way.inbox(OLGA).len(), before, "she has it already");
    assert!(
        way.words_to("boris@uni.test")
            .contains("Замените картридж.")
    );
}

#[test]
fn what_requesters_are_sent_lies_in_the_sent_folder_once() {
    let keys = "sent = \"auto\"\nappend_sent = true";
    let Some(way) = MailWay::with("habit-append", keys, "") else {
        return;
    };
    way.settle();
    let letter = mail(OLGA, "o1@uni.test", "Принтер", "", "Не печатает.");
    way.sends(OLGA, &[DESK], &letter);
    way.settle();
    // The copy is put there by one pass, and read by the next.
    drain(&way.config);
    drain(&way.config);
    let sent = way.ground.dovecot.maildir_of(DESK).below("Sent");
    let copies = text(sent.mails().unwrap());
    let ids: Vec<String> = copies
        .iter()
        .map(|mail| header(mail, "Message-ID"))
        .collect();
    assert_eq!(
        ids,
        [way.newest_id(OLGA)],
        "what she got, once, and no cards"
    );
    let files = sent.files().unwrap();
    assert!(
        files[0].to_string_lossy().ends_with('S'),
        "it was read: {files:?}"
    );
    assert_eq!(ticket(&way).outside, None, "nobody wrote it there");
    proved(&way.config, 1);
    let said = said(&okno(&way.config, "check"));
    assert!(
        said.contains("Sent, mails 1") || said.contains("Sent, писем 1"),
        "{said}"
    );
}

#[test]
fn spam_waits_for_the_administrator_who_lets_it_in_by_reply() {
    let rules = "[quarantine]\nspam = [{ header = \"X-Spam-Flag\", value = \"YES\" }]\n";
    let Some(way) = MailWay::with("habit-spam", "", rules) else {
        return;
    };
    let flag = "X-Spam-Flag: YES\n";
    way.sends(
        OLGA,
        &[DESK],
        &mail(OLGA, "s1@uni.test", "Ведомость", flag, "Срочно."),
    );
    way.settle();
    assert_eq!(way.inbox(OLGA).len(), 0);
    let list = way.inbox(ROOT);
    assert_eq!(list.len(), 1, "{}", way.words_to(ROOT));
    let id = header(&list[0], "Message-ID");
    let subject = format!("Re: {}", subject_of(&list[0]));
    let more = format!("In-Reply-To: {id}\nReferences: {id}\n");
    way.sends(
        ROOT,
        &[DESK],
        &mail(ROOT, "r1@uni.test", &subject, &more, "выпустить все"),
    );
    way.settle();
    assert_eq!(way.inbox(OLGA).len(), 1, "{}", way.words_to(ROOT));
    assert_eq!(ticket(&way).state, State::New);
    proved(&way.config, 1);
}
