//! A payroll list is renamed or removed while a month of it is on its way: what was approved goes to those to whom it was
//! approved to go, on its day; of what cannot, the administrator hears.

use okno::desk::cause::Operation;
use okno::model::ids::PayrollName;
use okno::store::work;
use okno::web::reports::Waits;

use super::{
    desk::{Desk, Person},
    letter::{Letter, Received},
    orders::restarted,
    payroll::{
        OTHERS, WITH_VERA, a_draft_comes, accountant, darya, file, is_sound, nobody_reads, root,
        says, university,
    },
};

fn others(desk: &Desk) -> Person<'_> {
    desk.person("Другая бухгалтерия", "others@uni.test")
}

/// The head has approved November; it is the second of December, and the file is promised for the third.
fn approved() -> (Desk, Received) {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    desk.until("2026-12-02T09:00:00Z");
    desk.looks_around();
    nobody_reads(&desk, &OTHERS);
    (desk, draft)
}

/// The same desk without any list.
fn without_lists(desk: Desk) -> Desk {
    let (own, _) = desk.source.split_once("[payroll.it]").unwrap();
    let source = format!("{own}\n{}", super::desk::ALL_PROVEN);
    restarted(desk, &source)
}

/// The day comes: the accountants of then have the file, once, and the head her part.
fn is_sent(desk: &Desk) -> Received {
    accountant(desk).got_nothing();
    let status = desk.with_house(async |house| house.status().await.unwrap());
    let mut waits = status.reports.iter().map(|one| &one.waits);
    assert!(
        waits.any(|one| *one == Waits::ApprovedDay),
        "the page has it"
    );
    desk.until("2026-12-03T06:00:00Z");
    nobody_reads(desk, &OTHERS);
    desk.looks_around();
    desk.looks_around();
    let sent = accountant(desk).only_mail();
    says(&sent, &["файл pay_2026-11_it_v1.csv, версия 1"]);
    assert!(sent.subject().contains("· ИТ ·"), "{}", sent.subject());
    says(
        &darya(desk).only_mail(),
        &["файл pay_2026-11_it_v1.csv (версия 1) отправлен в бухгалтерию"],
    );
    sent
}

#[test]
fn what_was_approved_goes_on_its_day_although_its_list_has_another_name_now() {
    let (desk, draft) = approved();
    let source = desk.source.replace("[payroll.it]", "[payroll.support]");
    let source = source.replace("payroll@uni.test", "others@uni.test");
    let desk = restarted(desk, &source);
    let sent = is_sent(&desk);
    others(&desk).got_nothing();
    root(&desk).got_nothing();
    // Whoever got it may have it once more, whoever approved it may order so, and the administrator.
    accountant(&desk).writes(&Letter::reply_to(&sent, "прислать"));
    desk.step();
    assert_eq!(file(&accountant(&desk).only_mail()), file(&sent));
    accountant(&desk).writes(&Letter::to("it@uni.test", "Файл", "#прислать 2026-11"));
    desk.step();
    assert_eq!(file(&accountant(&desk).only_mail()), file(&sent));
    darya(&desk).writes(&Letter::reply_to(&draft, "прислать"));
    desk.step();
    assert_eq!(file(&accountant(&desk).only_mail()), file(&sent));
    says(
        &darya(&desk).only_mail(),
        &["Бухгалтерии ещё раз отправлен тот же файл"],
    );
    let operation = Operation::ResendFile {
        list: PayrollName::from("it"),
        period: "2026-11".to_owned(),
        to: None,
    };
    let now = desk.clock.now();
    desk.with_house(async |house| work::order(&house.db, operation, now).await.unwrap());
    desk.step();
    assert_eq!(file(&accountant(&desk).only_mail()), file(&sent));
    // Accountants of today have no part in it.
    others(&desk).writes(&Letter::to("it@uni.test", "Файл", "#прислать 2026-11"));
    desk.step();
    says(&others(&desk).only_mail(), &["Файла, который вам можно"]);
    is_sound(&desk, 1);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn what_was_approved_goes_on_its_day_although_there_is_no_list_any_more() {
    let (desk, _) = approved();
    let desk = without_lists(desk);
    let sent = is_sent(&desk);
    accountant(&desk).writes(&Letter::reply_to(&sent, "получено"));
    desk.step();
    accountant(&desk).got_nothing();
    accountant(&desk).writes(&Letter::to("it@uni.test", "#прислать 2026-11", ""));
    desk.step();
    assert_eq!(file(&accountant(&desk).only_mail()), file(&sent));
    root(&desk).got_nothing();
    is_sound(&desk, 1);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn accountants_of_another_list_with_the_same_name_get_nothing_of_it() {
    let (desk, _) = approved();
    let source = desk.source.replace(
        "queues = [\"it\"]",
        "queues = [\"buh\"]\napprover = \"darya\"",
    );
    let source = source.replace("payroll@uni.test", "others@uni.test");
    let source = source.replace("first = \"2026-11\"", "first = \"2026-12\"");
    let desk = restarted(desk, &source);
    is_sent(&desk);
    others(&desk).got_nothing();
    is_sound(&desk, 1);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
fn of_a_draft_that_nobody_can_approve_any_more_the_administrator_hears_once() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    let source = desk.source.clone();
    let desk = without_lists(desk);
    desk.looks_around();
    desk.looks_around();
    let told = root(&desk).only_mail();
    says(
        &told,
        &[
            "Списка для выплат больше нет в настройках, а его месяц не закончен: it/2026-11",
            "черновик 1 не утверждён (ждёт: Дарья Громова), очереди it",
            "верните [payroll.ИМЯ] в настройки под прежним именем",
        ],
    );
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &[
            "списка для выплат, о котором было то письмо, в настройках больше нет",
            "показатели за ноябрь 2026 по нему никто не утвердит",
        ],
    );
    // Somebody she has forwarded it to answers: she hears of that, and no agent does.
    let tickets = desk.tickets();
    let irina = desk.person("Ирина", "irina@uni.test");
    irina.writes(&Letter::reply_to(&draft, "Почему у Кима ноль?"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &[
            "ответил кто-то с адреса irina@uni.test",
            "> Почему у Кима ноль?",
        ],
    );
    assert_eq!(desk.tickets(), tickets);
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    accountant(&desk).got_nothing();
    // As any alarm that stands it is brought to mind once a day.
    assert_eq!(root(&desk).only_mail().subject(), told.subject());
    // It was a mistake: the month goes on.
    let desk = restarted(desk, &source);
    desk.looks_at_alarms();
    let told = root(&desk).inbox();
    let [over, silent] = told.as_slice() else {
        panic!("{told:?}");
    };
    says(
        over,
        &["Месяц it/2026-11 закончен или его список снова в настройках"],
    );
    // She is asked again, and has not answered for two days.
    says(silent, &["ещё не утвердили: Дарья Громова"]);
    says(
        &accountant(&desk).only_mail(),
        &["показатели не утверждены (ждём утверждения: Дарья Громова)"],
    );
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.looks_around();
    file(&accountant(&desk).only_mail());
    root(&desk).got_nothing();
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
}

/// A list that is renamed drafts its open months anew: nothing is stuck once they are approved.
#[test]
fn a_draft_that_the_list_of_a_new_name_has_taken_over_is_no_trouble_once_it_is_approved() {
    let desk = university("kpi.toml");
    a_draft_comes(&desk);
    let source = desk.source.replace("[payroll.it]", "[payroll.support]");
    let desk = restarted(desk, &source);
    desk.looks_around();
    says(&root(&desk).only_mail(), &["it/2026-11"]);
    let draft = darya(&desk).only_mail();
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.looks_at_alarms();
    says(&root(&desk).only_mail(), &["Месяц it/2026-11 закончен"]);
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    file(&accountant(&desk).only_mail());
    is_sound(&desk, 1);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
}

/// The name goes to a list of other people while the draft waits: they are not forgotten, and nobody approves in the old list's stead.
#[test]
fn a_list_that_gets_other_queues_while_a_draft_waits_drafts_theirs() {
    let desk = university("kpi.toml");
    let old = a_draft_comes(&desk);
    desk.brings_people(&WITH_VERA);
    let (_, list) = desk.source.split_once("[payroll.it]").unwrap();
    let (list, _) = list.split_once("format = \"csv-utf8\"\n").unwrap();
    let moved = format!("[payroll.support]{list}format = \"csv-utf8\"\n");
    let own = "queues = [\"it\"]\nto = [\"payroll@uni.test\"]";
    let other = "queues = [\"buh\"]\napprover = \"elena\"\nto = [\"others@uni.test\"]";
    let source = desk.source.replacen(own, other, 1);
    let source = source.replacen("deputy = \"elena\"", "deputy = \"darya\"", 1);
    let desk = restarted(desk, &format!("{source}\n{moved}"));
    // What is not drafted anew yet nobody approves for another list.
    darya(&desk).writes(&Letter::reply_to(&old, "утвердить"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["списка для выплат, о котором было то письмо, в настройках больше нет"],
    );
    desk.looks_around();
    desk.looks_around();
    root(&desk).got_nothing();
    let elena = desk.person("Елена Ветрова", "elena@uni.test");
    let drafts = elena.inbox();
    let theirs = drafts
        .iter()
        .find(|one| one.text().contains("Орлова Вера Павловна"));
    let theirs = theirs.expect("the head of the other queue has a draft");
    elena.writes(&Letter::reply_to(theirs, "утвердить"));
    desk.step();
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    let sent = others(&desk).only_mail();
    says(&sent, &["версия 1"]);
    let sent = file(&sent).0;
    assert!(
        sent.contains("УТ-00044") && !sent.contains("УТ-00042"),
        "{sent}"
    );
    nobody_reads(&desk, &OTHERS);
    // Of the queue that moved away the other head has approved nothing yet.
    nobody_reads(
        &desk,
        &["root@uni.test", "darya@uni.test", "payroll@uni.test"],
    );
}

/// Its name and its first month stay, and its people are others: what it has closed it cannot draft for them.
#[test]
fn that_other_queues_wait_behind_a_closed_month_the_administrator_hears_until_their_list_has_a_name_of_its_own()
 {
    let (desk, _) = approved();
    let other = "queues = [\"buh\"]\napprover = \"elena\"";
    let source = desk.source.replace("queues = [\"it\"]", other);
    let source = source.replace("payroll@uni.test", "others@uni.test");
    let source = source.replacen("deputy = \"elena\"", "deputy = \"darya\"", 1);
    let desk = restarted(desk, &source);
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Петрова Анна Сергеевна;УТ-00042",
        "boris@uni.test;Ким Борис Олегович;УТ-00043",
        "vera@uni.test;Орлова Вера Павловна;УТ-00044",
    ]);
    desk.looks_around();
    desk.looks_around();
    says(
        &root(&desk).only_mail(),
        &[
            "Список для выплат it уже закрыл этот месяц с другими очередями",
            "2026-11: Бухгалтерия",
            "Ждать они будут, пока не окажутся в списке с другим именем",
            "[payroll.НОВОЕ_ИМЯ]",
        ],
    );
    is_sent(&desk);
    // The file of the others has gone; theirs still waits.
    assert!(
        root(&desk)
            .inbox()
            .iter()
            .all(|mail| mail.text().contains("2026-11: Бухгалтерия"))
    );
    let source = desk.source.replace("[payroll.it]", "[payroll.buh]");
    let desk = restarted(desk, &source);
    desk.with_house(async |house| {
        let mut standing = house.standing_alarms().await.unwrap();
        house.watch(&mut standing).await.unwrap();
    });
    desk.step();
    says(
        &root(&desk).only_mail(),
        &["Очереди списка it закрытых месяцев больше не ждут"],
    );
    let elena = desk.person("Елена Ветрова", "elena@uni.test");
    let draft = elena.inbox().pop().unwrap();
    says(&draft, &["Орлова Вера Павловна"]);
    elena.writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.looks_around();
    let sent = others(&desk).inbox();
    assert!(
        sent.iter()
            .any(|mail| mail.text().contains("pay_2026-11_buh_v1.csv, версия 1"))
    );
    is_sound(&desk, 2);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test", "vera@uni.test"]);
}
