//! Orders about what people are paid by: of a proven head alone, and about what counts in their own queues.

use super::{
    desk::{ALL_PROVEN, Desk},
    letter::{Letter, Received},
    orders::restarted,
    payroll::{
        OTHERS, WITH_VERA, a_draft_comes, a_file_is_sent, a_month_of_work, darya, elena, house,
        nobody_reads, says, university_with, with_head_vera,
    },
};

/// The site's servers judge what comes in, and prove nobody.
const JUDGED: &str = "\n[trust]\nservers = [\"mx.uni.test\"]\n";

/// The mail that a head was sent with this subject.
#[track_caller]
fn subject(mails: Vec<Received>, begins: &str) -> Received {
    let told: Vec<String> = mails.iter().map(|mail| mail.subject().to_owned()).collect();
    let mut found = mails.into_iter();
    let found = found.find(|mail| mail.subject().starts_with(begins));
    found.unwrap_or_else(|| panic!("{told:?}"))
}

#[test]
fn what_nothing_proves_counts_once_the_head_has_said_that_it_is_hers() {
    let desk = university_with("kpi.toml", JUDGED);
    let draft = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    let asked = darya(&desk).only_mail();
    assert!(
        asked
            .subject()
            .starts_with("Это писали вы? Показатели за ноябрь 2026 · ИТ")
    );
    says(
        &asked,
        &[
            "почтовый сервер не подтвердил",
            "ответьте на это письмо одним словом «да»",
            "> утвердить",
        ],
    );
    assert!(
        !house(&desk).contains("payroll_approved"),
        "{}",
        house(&desk)
    );
    // Elena has got hold of the letter: its code is no use to her.
    let stolen = Letter::to("it@uni.test", &format!("Re: {}", asked.subject()), "да");
    elena(&desk).writes(&stolen);
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["ответил кто-то с адреса elena@uni.test"],
    );
    assert!(!house(&desk).contains("payroll_approved"));
    nobody_reads(&desk, &OTHERS);
    // What is neither yes nor no is asked about again.
    darya(&desk).writes(&Letter::reply_to(&asked, "а что это было?"));
    desk.step();
    let again = darya(&desk).only_mail();
    darya(&desk).writes(&Letter::reply_to(&again, "Да"));
    desk.step();
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["утверждены всеми и закрыты: версия 1"],
    );
    darya(&desk).writes(&Letter::reply_to(&asked, "да"));
    desk.step();
    says(&darya(&desk).only_mail(), &["На это уже отвечали"]);
    assert_eq!(house(&desk).matches("payroll_approved").count(), 1);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn what_a_head_disowns_changes_nothing_and_the_administrator_hears_of_it() {
    let desk = university_with("kpi.toml", JUDGED);
    let draft = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(
        &draft,
        "исключить 1002 учебная тревога\nутвердить",
    ));
    desk.step();
    let asked = darya(&desk).only_mail();
    says(&asked, &["> исключить 1002 учебная тревога"]);
    darya(&desk).writes(&Letter::reply_to(&asked, "нет"));
    desk.step();
    let root = desk.person("Администратор", "root@uni.test");
    says(&root.only_mail(), &["darya@uni.test", "mail:"]);
    let history = desk.history(1002).join("\n");
    assert!(!history.contains("figures_corrected"), "{history}");
    darya(&desk).got_nothing();
    nobody_reads(&desk, &OTHERS);
}

/// What is no order needs no proof, and a yes that comes too late counts for nothing.
#[test]
fn a_question_of_a_head_is_answered_and_a_late_yes_is_none() {
    let desk = university_with("kpi.toml", JUDGED);
    let draft = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(&draft, "Почему так мало?"));
    desk.step();
    says(&darya(&desk).only_mail(), &["непонятно, что сделать"]);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    let asked = darya(&desk).only_mail();
    desk.until("2026-12-04T10:00:00Z");
    nobody_reads(&desk, &OTHERS);
    darya(&desk).writes(&Letter::reply_to(&asked, "да"));
    desk.step();
    let told = subject(darya(&desk).inbox(), "Это писали вы?");
    says(&told, &["прошло больше трёх дней"]);
    assert!(!house(&desk).contains("payroll_approved"));
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["payroll@uni.test", "darya@uni.test"]);
}

/// Vera decides for Бухгалтерия, and both departments are paid by one list.
fn two_departments() -> Desk {
    let promises = "target = \"8 h\"\nhours = \"пн-пт 09:00-18:00\"\nreminders = []\n";
    with_head_vera(university_with("kpi.toml", ALL_PROVEN), promises)
}

#[test]
fn a_head_corrects_in_their_own_queues_and_is_told_whose_the_rest_is() {
    let desk = two_departments();
    let (olga, vera) = (
        desk.person("Ольга", "olga@uni.test"),
        desk.person("Вера Орлова", "vera@uni.test"),
    );
    // Olga asks Anna, who was the wrong one to ask, and is too late to say so; Vera solves it.
    olga.writes(&Letter::to("it@uni.test", "Справка", "Где взять справку?"));
    desk.step();
    let card = desk
        .person("Анна Петрова", "anna@uni.test")
        .inbox()
        .pop()
        .unwrap();
    desk.until("2026-11-19T09:00:00Z");
    desk.step();
    desk.person("Анна Петрова", "anna@uni.test")
        .writes(&Letter::reply_to(&card, "#передать Бухгалтерия"));
    desk.step();
    let card = vera.inbox().pop().unwrap();
    vera.writes(&Letter::reply_to(&card, "Справка готова.\nрешено"));
    desk.step();
    // And something that Бухгалтерия alone has ever seen.
    olga.writes(&Letter::to("buh@uni.test", "Отпускные", "Когда они будут?"));
    desk.step();
    let card = vera.inbox().pop().unwrap();
    vera.writes(&Letter::reply_to(&card, "Завтра.\nрешено"));
    desk.step();
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["vera@uni.test", "darya@uni.test"]);
    desk.looks_around();
    let draft = subject(darya(&desk).inbox(), "Утвердите показатели");
    let orders = "исключить 1002 это не наше\nисключить 1001 спросили не тех";
    darya(&desk).writes(&Letter::reply_to(&draft, orders));
    desk.step();
    let answer = darya(&desk).only_mail();
    says(
        &answer,
        &[
            "«исключить 1002 это не наше»: обращение не в вашей части показателей: оно считается в очереди «Бухгалтерия» (решает Вера Орлова)",
            "Выполнено только в ваших очередях:",
            "«исключить 1001 спросили не тех»: часть показателей этого обращения считается в другой очереди",
        ],
    );
    desk.looks_around();
    let again = subject(darya(&desk).inbox(), "Утвердите показатели");
    says(
        &again,
        &["Петрова Анна Сергеевна: таб. № УТ-00042; решено 0; в срок 0 из 0"],
    );
    // What Vera has solved stays hers: nobody asks her anew.
    let to_vera = vera.inbox();
    let mine = subject(to_vera, "Утвердите показатели");
    says(&mine, &["Орлова Вера Павловна: таб. № УТ-00044; решено 2"]);
    assert!(mine.subject().contains("черновик 1"));
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["vera@uni.test", "root@uni.test"]);
}

/// November is closed; whoever asks for it later gets what was closed, and hears how much has changed since.
#[test]
fn figures_of_a_closed_month_are_told_as_they_were_closed() {
    let desk = university_with("kpi.toml", ALL_PROVEN);
    let (draft, _) = a_file_is_sent(&desk);
    let asks = |words: &str| {
        darya(&desk).writes(&Letter::to("it@uni.test", "Показатели", words));
        desk.step();
        desk.step();
        darya(&desk).only_mail()
    };
    let figures = [
        "Борис Ким, решено: 1",
        "Борис Ким, решено в срок: 100,00 % (1/1)",
    ];
    let told = asks("#отчёт kpi 2026-11 очередь=it");
    says(&told, &figures);
    says(
        &told,
        &[
            "ИТ-поддержка: закрыто ",
            ", версия 1, события по № ",
            "С тех пор ничего не изменилось.",
        ],
    );
    darya(&desk).writes(&Letter::reply_to(&draft, "исключить 1002 учебная тревога"));
    desk.step();
    darya(&desk).inbox();
    let told = asks("#отчёт kpi 2026-11 очередь=it");
    says(&told, &figures);
    says(
        &told,
        &[
            "С тех пор изменилось строк: ",
            "они в корректировках следующего месяца",
        ],
    );
    // A quarter is counted anew, and says which of its months are closed.
    let told = asks("#отчёт kpi 2026-q4 очередь=it");
    says(
        &told,
        &["Внутри периода закрыты: 2026-11.", "Период ещё не закончен"],
    );
    assert!(
        !told.text().contains("Борис Ким, решено: 1"),
        "{}",
        told.text()
    );
    nobody_reads(&desk, &OTHERS);
}

/// Boris stands in for Darya and for Elena, and has a letter about the part of each.
#[test]
fn a_deputy_of_two_heads_says_whose_part_is_right() {
    let desk = university_with("kpi.toml", ALL_PROVEN);
    let source = desk
        .source
        .replace(
            "queues = [\"it\"]\nto =",
            "queues = [\"it\", \"buh\"]\nto =",
        )
        .replace("prefix = \"BUH\"", "prefix = \"BUH\"\nhead = \"elena\"")
        .replace("deputy = \"elena\"", "deputy = \"boris\"");
    let desk = restarted(desk, &source);
    desk.brings_people(&WITH_VERA);
    a_month_of_work(&desk);
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let boris = desk.person("Борис Ким", "boris@uni.test");
    let letters = boris.inbox();
    assert_eq!(letters.len(), 2);
    let says_so = |words: &str, expected: &[&str]| {
        boris.writes(&Letter::reply_to(&letters[0], words));
        desk.step();
        says(&boris.only_mail(), expected);
    };
    let asks = ["вы решаете по нескольким частям", "«утвердить всё»"];
    says_so("утвердить", &asks);
    says_so("утвердить hr", &asks);
    assert!(!house(&desk).contains("approved"), "{}", house(&desk));
    says_so("утвердить it", &["Ещё не утвердили: Елена Ветрова"]);
    says_so("утвердить всё", &["закрыты: версия 1"]);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test", "vera@uni.test"]);
}
