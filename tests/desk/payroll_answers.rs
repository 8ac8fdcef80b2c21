//! Answers to letters about a month that people are paid by: of programs, of members of a list, of whoever somebody has
//! forwarded a letter to, with a button and words, with files.

use std::{collections::BTreeMap, time::Duration};

use okno::{
    desk::payroll::{FileTold, PayrollStep, Payrolls},
    model::ids::PayrollName,
    store::work,
};

use super::{
    bounces::report,
    desk::{ALL_PROVEN, Desk},
    letter::{Letter, Received},
    orders::restarted,
    payroll::{
        OTHERS, a_draft_comes, a_file_is_sent, a_month_of_work, accountant, answers, darya, elena,
        file, house, nobody_reads, root, says, university, university_with,
    },
};

/// The site's servers judge what comes in, and prove nobody.
const JUDGED: &str = "\n[trust]\nservers = [\"mx.uni.test\"]\n";

const HEAD: &str = "табельный_номер;показатель;период;значение;числитель;знаменатель\r\n";

/// A program without any marks answers every mail of Darya's at once, for a week; how many she got.
fn answers_everything(desk: &Desk, first: Received) -> usize {
    let (mut waiting, mut got) = (vec![first], 0);
    for _ in 0..7 * 24 {
        while let Some(mail) = waiting.pop() {
            got += 1;
            darya(desk).writes(&Letter::reply_to(&mail, "Спасибо, ваше письмо получено."));
            desk.advance(Duration::from_secs(60));
            desk.step();
            waiting.extend(darya(desk).inbox());
            assert!(got < 40, "it does not end");
        }
        desk.advance(Duration::from_secs(3600));
        desk.step();
        waiting.extend(darya(desk).inbox());
    }
    nobody_reads(desk, &OTHERS);
    nobody_reads(desk, &["payroll@uni.test"]);
    got
}

#[test]
fn a_head_whose_program_answers_everything_is_left_in_peace() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    let got = answers_everything(&desk, draft);
    assert_eq!(got, 3, "letters in a week");
    let told = root(&desk).inbox();
    let mut alarms = told.iter().filter(|mail| mail.subject().contains("предел"));
    says(
        alarms.next().unwrap(),
        &[
            "С адреса darya@uni.test раз за разом отвечают на письма о показателях так, что выполнить нечего",
        ],
    );
    assert_eq!(alarms.count(), 0, "once");
}

#[test]
fn a_program_that_answers_whether_a_mail_is_hers_is_left_in_peace() {
    let desk = university_with("kpi.toml", JUDGED);
    let draft = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    let asked = darya(&desk).only_mail();
    let got = answers_everything(&desk, asked);
    assert_eq!(got, 3, "letters in a week");
    assert!(!house(&desk).contains("payroll_approved"));
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
fn what_a_head_writes_counts_before_the_button_that_she_has_pressed() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    let (_, code) = draft.subject().split_once("[kpi:").unwrap();
    let pressed = format!("[kpi:{code} утвердить");
    darya(&desk).writes(&Letter::to("it@uni.test", &pressed, "нет, подождите"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["«нет, подождите»: нажата кнопка, а в письме есть и другие слова"],
    );
    assert!(!house(&desk).contains("payroll_approved"));
    // A gateway marks what comes from outside, in front or behind.
    let subject = format!("Re: {} [EXT]", draft.subject());
    darya(&desk).writes(&Letter::to(
        "it@uni.test",
        &subject,
        "исключить 1002 учебная тревога",
    ));
    desk.step();
    says(&darya(&desk).only_mail(), &["Исправления приняты"]);
    desk.looks_around();
    let again = darya(&desk).only_mail();
    let (_, code) = again.subject().split_once("[kpi:").unwrap();
    let pressed = format!("[kpi:{code} утвердить [EXT]");
    darya(&desk).writes(&Letter::to("it@uni.test", &pressed, ""));
    desk.step();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn two_requests_on_a_line_are_asked_about_and_a_file_asked_for_twice_goes_once() {
    let desk = university("kpi.toml");
    let (draft, _) = a_file_is_sent(&desk);
    darya(&desk).writes(&Letter::reply_to(
        &draft,
        "исключить 1001 и 1002 учения\nприслать\nresend",
    ));
    desk.step();
    assert_eq!(desk.quarantine(), [""; 0]);
    says(
        &darya(&desk).only_mail(),
        &[
            "«исключить 1001 и 1002 учения»: в строке два номера",
            "Бухгалтерии ещё раз отправлен тот же файл",
        ],
    );
    file(&accountant(&desk).only_mail());
    assert!(!desk.history(1001).join("\n").contains("figures_corrected"));
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn nobody_approves_together_with_a_file_of_figures_or_brings_two() {
    let desk = university("facts.toml");
    let draft = a_draft_comes(&desk);
    let figures = format!("{HEAD}УТ-00042;PAYMENTS;2026-11;90;18;20\r\n");
    let letter = Letter::reply_to(&draft, "утвердить").with_file("факты.csv", figures.as_bytes());
    darya(&desk).writes(&letter);
    desk.step();
    desk.step();
    let told = darya(&desk).inbox();
    assert!(!house(&desk).contains("payroll_approved"));
    assert!(
        told.iter().any(|mail| mail
            .text()
            .contains("вместе с файлом показателей утвердить нельзя")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|mail| mail.text().contains("PAYMENTS: 18/20"))
    );
    desk.looks_around();
    let again = darya(&desk).only_mail();
    // Her program attaches a file of ours again: that brings nothing, and is in nobody's way.
    let ours = Letter::reply_to(&again, "утвердить").with_file("kpi_2026-11_it_v0.csv", b"1;2\r\n");
    darya(&desk).writes(&ours);
    desk.step();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn the_question_whether_a_mail_is_hers_names_the_files_that_a_yes_takes() {
    let desk = university_with("facts.toml", JUDGED);
    let draft = a_draft_comes(&desk);
    let figures = format!("{HEAD}УТ-00042;PAYMENTS;2026-11;90;18;20\r\n");
    let letter =
        Letter::reply_to(&draft, "Спасибо, посмотрите").with_file("факты.csv", figures.as_bytes());
    darya(&desk).writes(&letter);
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &[
            "С письмом пришли файлы: факты.csv",
            "вы берёте из факты.csv показатели извне: по ним будут платить",
        ],
    );
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn a_sixth_order_that_nothing_proves_is_told_to_the_head_once_and_to_the_administrator() {
    let desk = university_with("kpi.toml", JUDGED);
    let draft = a_draft_comes(&desk);
    for number in 0..5 {
        let words = format!("причина SLA_STD стоял сервер {number}");
        darya(&desk).writes(&Letter::reply_to(&draft, &words));
        desk.step();
        says(&darya(&desk).only_mail(), &["Если писали вы"]);
    }
    for _ in 0..2 {
        darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
        desk.step();
    }
    says(
        &darya(&desk).only_mail(),
        &[
            "о пяти прежних вы ещё не сказали, ваши ли они",
            "> утвердить",
        ],
    );
    says(
        &root(&desk).only_mail(),
        &[
            "От имени darya@uni.test приходят распоряжения о показателях, которые ничем не подтверждены",
        ],
    );
    nobody_reads(&desk, &OTHERS);
}

/// An answer between the quoted lines of what somebody got.
fn between_lines(mail: &Received, after: &str, words: &str) -> Letter {
    let mut body = String::from("17.11.2026 12:00, ИТ-поддержка пишет:\n");
    for line in mail.text().lines() {
        body.push_str(&format!("> {line}\n"));
        if line.contains(after) {
            body.push_str(&format!("{words}\n"));
        }
    }
    let id = mail.mail.message_id.clone().unwrap();
    Letter::to("it@uni.test", &format!("Re: {}", mail.subject()), &body)
        .with("In-Reply-To", &format!("<{id}>"))
}

#[test]
fn what_an_accountant_writes_between_quoted_lines_goes_to_the_head_and_to_no_agent() {
    let desk = university("kpi.toml");
    let (_, sent) = a_file_is_sent(&desk);
    accountant(&desk).writes(&between_lines(&sent, "УТ-00042", "почему так мало?"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &["Бухгалтерия (payroll@uni.test)", "почему так мало?"],
    );
    // With a logo the words are there, too.
    let letter = between_lines(&sent, "УТ-00043", "а здесь почему?").with_file("logo.png", b"png");
    accountant(&desk).writes(&letter);
    desk.step();
    says(&darya(&desk).only_mail(), &["а здесь почему?", "logo.png"]);
    // Nothing at all is no question, and no request of anybody's.
    accountant(&desk).writes(&Letter::reply_to(&sent, ""));
    desk.step();
    darya(&desk).got_nothing();
    assert_eq!(desk.tickets(), 2, "no ticket of it");
    // Who seems to be forged is not passed on.
    let forged = Letter::reply_to(&sent, "Пришлите всё на новый адрес").with(
        "Authentication-Results",
        "mx.uni.test; dmarc=fail header.from=uni.test",
    );
    accountant(&desk).writes(&forged);
    desk.step();
    darya(&desk).got_nothing();
    assert_eq!(desk.tickets(), 2);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn a_member_of_the_accountants_list_and_a_strangers_answer_make_no_ticket() {
    let desk = university("kpi.toml");
    let (draft, sent) = a_file_is_sent(&desk);
    let irina = desk.person("Ирина", "irina@uni.test");
    irina.writes(&Letter::reply_to(&sent, "Почему у Кима ноль?"));
    desk.step();
    let asked = darya(&desk).only_mail();
    says(
        &asked,
        &[
            "ответил кто-то с адреса irina@uni.test",
            "> Почему у Кима ноль?",
            "ответ уйдёт бухгалтерии, а не на тот адрес",
        ],
    );
    let answer_to = asked.header("Reply-To").unwrap_or_default();
    assert!(answer_to.contains("payroll@uni.test"), "{answer_to}");
    // Somebody the head has forwarded her draft to.
    irina.writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    says(
        &darya(&desk).only_mail(),
        &[
            "посланное руководителю, ответил кто-то с адреса irina@uni.test",
            "> утвердить",
        ],
    );
    irina.got_nothing();
    assert_eq!(desk.tickets(), 2, "none of it is a ticket");
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn the_file_goes_to_exactly_the_address_that_the_list_names() {
    let desk = university("kpi.toml");
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Петрова Анна Сергеевна;УТ-00042",
        "boris@uni.test;Ким Борис Олегович;УТ-00043",
        "irina@uni.test, payroll@uni.test;Бухгалтер Ирина;УТ-00050",
    ]);
    a_file_is_sent(&desk);
    desk.person("Ирина", "irina@uni.test").got_nothing();
}

/// The house has looked before the approval was decided: what it left was made for another letter.
#[test]
fn a_step_that_was_made_to_say_that_there_is_no_file_sends_none() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    desk.until("2026-12-03T06:00:00Z");
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    let step = PayrollStep::Tell {
        list: PayrollName::from("it"),
        period: "2026-11".to_owned(),
        why: String::new(),
        is_file: false,
        told: FileTold::default(),
        letters: BTreeMap::new(),
    };
    let step = serde_json::to_string(&step).unwrap();
    let now = desk.clock.now();
    desk.with_house(async |house| work::add(&house.db, "payroll", &step, now).await.unwrap());
    desk.step();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    accountant(&desk).got_nothing();
    desk.looks_around();
    says(
        &accountant(&desk).only_mail(),
        &["таб. № УТ-00042, Петрова Анна Сергеевна: "],
    );
    says(&darya(&desk).only_mail(), &["отправлен в бухгалтерию"]);
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn nobody_hears_that_an_approval_is_missing_while_mail_is_unread() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    desk.until("2026-12-03T05:50:00Z");
    desk.looks_around();
    says(
        &root(&desk).only_mail(),
        &["ещё не утвердили: Дарья Громова"],
    );
    desk.cannot_read(&["it"]);
    desk.until("2026-12-03T06:00:00Z");
    desk.looks_around();
    // Nor that the silence is over, which was told the day before.
    desk.looks_at_alarms();
    accountant(&desk).got_nothing();
    root(&desk).got_nothing();
    // It had been written in time.
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.cannot_read(&[]);
    desk.step();
    desk.looks_around();
    file(&accountant(&desk).only_mail());
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test"]);
    root(&desk).got_nothing();
    desk.looks_at_alarms();
    says(
        &root(&desk).only_mail(),
        &["больше не ждёт утверждения этих руководителей"],
    );
}

/// The eve of the promised day: nobody knows yet what lies in the mailbox.
#[test]
fn nobody_is_called_silent_on_the_eve_while_mail_is_unread() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    desk.until("2026-12-02T05:50:00Z");
    desk.looks_around();
    desk.cannot_read(&["it"]);
    desk.until("2026-12-02T06:00:00Z");
    desk.looks_around();
    root(&desk).got_nothing();
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.cannot_read(&[]);
    desk.step();
    desk.looks_around();
    says(&darya(&desk).only_mail(), &["закрыты: версия 1"]);
    root(&desk).got_nothing();
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn a_mailbox_that_stays_unread_holds_nothing_up_for_ever() {
    let desk = university("kpi.toml");
    a_draft_comes(&desk);
    desk.cannot_read(&["it"]);
    desk.until("2026-12-03T09:00:00Z");
    desk.looks_around();
    says(
        &accountant(&desk).only_mail(),
        &["показатели не утверждены (ждём утверждения: Дарья Громова)"],
    );
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["darya@uni.test", "root@uni.test"]);
}

#[test]
fn a_draft_that_does_not_get_to_its_head_is_told_to_the_administrator() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    report(&desk, &draft, ("darya@uni.test", "failed", "5.1.1"));
    says(
        &root(&desk).only_mail(),
        &[
            "Письмо для darya@uni.test не доставлено",
            "показателях за месяц 2026-11 (список it)",
            "утвердить может заместитель",
        ],
    );
    assert!(
        house(&desk).contains("delivery_failed (bounced)"),
        "{}",
        house(&desk)
    );
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn whoever_headed_a_queue_corrects_its_closed_months_no_more() {
    let desk = university("kpi.toml");
    a_month_of_work(&desk);
    desk.until("2026-12-01T06:00:00Z");
    nobody_reads(&desk, &OTHERS);
    desk.looks_around();
    let (draft, of_deputy) = (darya(&desk).only_mail(), elena(&desk).only_mail());
    says(
        &answers(&desk, darya(&desk), &draft, "утвердить"),
        &["закрыты: версия 1"],
    );
    let source = desk.source.replace("head = \"darya\"", "head = \"vera\"");
    let desk = restarted(desk, &source);
    nobody_reads(&desk, &["vera@uni.test", "root@uni.test"]);
    darya(&desk).writes(&Letter::reply_to(
        &draft,
        "исключить 1002 учебная тревога\nпричина SLA_STD стоял сервер",
    ));
    desk.step();
    let told = darya(&desk).only_mail();
    says(&told, &["за эти очереди теперь решает другой руководитель"]);
    assert!(!desk.history(1002).join("\n").contains("figures_corrected"));
    assert!(!house(&desk).contains("payroll_explained"));
    // Whom the list lets stand in still may.
    let words = "исключить 1002 учебная тревога";
    says(
        &answers(&desk, elena(&desk), &of_deputy, words),
        &["Исправления приняты. Месяц уже закрыт"],
    );
    assert!(desk.history(1002).join("\n").contains("figures_corrected"));
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["vera@uni.test"]);
}

#[test]
fn reasons_of_one_mail_stand_each_with_their_own_correction() {
    let desk = university("kpi.toml");
    let draft = a_draft_comes(&desk);
    darya(&desk).writes(&Letter::reply_to(
        &draft,
        "класс 1002 срочный авария у провайдера\nпростить 1002 не было света",
    ));
    desk.step();
    desk.looks_around();
    let again = darya(&desk).inbox().pop().unwrap();
    let detail = super::payroll::files(&again).remove(2);
    assert!(
        detail.contains("авария у провайдера") && detail.contains("не было света"),
        "{detail}"
    );
    nobody_reads(&desk, &OTHERS);
}

#[test]
fn one_number_is_one_persons() {
    let desk = university_with("kpi.toml", ALL_PROVEN);
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Петрова Анна Сергеевна;",
        "boris@uni.test;Ким Борис Олегович;",
        "olga@uni.test;Смирнова Ольга;УТ-00077",
    ]);
    let says_numbers = |lines: &str| {
        root(&desk).writes(&Letter::to("it@uni.test", "Номера", lines));
        desk.step();
        root(&desk).inbox().pop().unwrap()
    };
    let told = says_numbers("#номер @anna УТ-00042\n#номер @boris ут-00042");
    says(
        &told,
        &[
            "@anna УТ-00042",
            "«@boris ут-00042»: этот номер уже есть: Анна Петрова",
            "напишите в конце строки «тот же человек»",
        ],
    );
    // Months later, and of somebody who is no agent.
    says(
        &says_numbers("#номер @boris УТ-00042"),
        &["этот номер уже есть: Анна Петрова (@anna)"],
    );
    says(
        &says_numbers("#номер @boris ут-00077"),
        &["этот номер уже есть: Смирнова Ольга"],
    );
    says(
        &says_numbers("#номер @boris УТ-00043"),
        &["Табельные номера записаны"],
    );
    // The directory gives it to somebody else: then it is not his.
    desk.brings_people(&[
        "email;name;employee number",
        "anna@uni.test;Петрова Анна Сергеевна;УТ-00043",
        "boris@uni.test;Ким Борис Олегович;",
        "olga@uni.test;Смирнова Ольга;УТ-00077",
    ]);
    let number = |agent: &str| {
        desk.with_house(async |house| {
            let policy = &house.config.policy;
            let whose = (&agent.into(), &Payrolls::default());
            okno::house::payroll::number_paid(&house.db, policy, whose)
                .await
                .unwrap()
        })
    };
    assert_eq!(
        (number("anna"), number("boris")),
        ("УТ-00043".to_owned(), String::new())
    );
    says(
        &says_numbers("#номер @boris УТ-00043 тот же человек"),
        &["Табельные номера записаны"],
    );
    assert_eq!(number("boris"), "УТ-00043", "one person in two places");
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
fn files_and_figures_are_answered_so_often_an_hour_and_no_more() {
    let desk = university("kpi.toml");
    a_file_is_sent(&desk);
    for _ in 0..40 {
        accountant(&desk).writes(&Letter::to("it@uni.test", "Файл", "#прислать 2026-11"));
    }
    desk.step();
    let got = accountant(&desk).inbox();
    let files = got.iter().filter(|mail| !mail.mail.attachments.is_empty());
    // With the one of the day, twelve; that it is enough is said until the brake of an hour ends that, too.
    assert_eq!((files.count(), got.len()), (11, 29));
    let enough = got
        .iter()
        .filter(|mail| mail.text().contains("Спросите ещё раз через час"));
    assert_eq!(enough.count(), 18);
    // The same question once more, before the first is counted.
    for _ in 0..3 {
        darya(&desk).writes(&Letter::to(
            "it@uni.test",
            "Показатели",
            "#отчёт kpi 2026-11",
        ));
    }
    desk.step();
    desk.step();
    assert_eq!(darya(&desk).inbox().len(), 1);
    nobody_reads(&desk, &OTHERS);
    nobody_reads(&desk, &["root@uni.test"]);
}

#[test]
fn a_second_file_of_one_batch_sees_the_first() {
    let desk = university("facts.toml");
    let letter = |value: &str| {
        let rows = format!("{HEAD}УТ-00042;PAYMENTS;2026-11;{value}\r\n");
        let letter = Letter::to("it@uni.test", "Платежи", "#факты 2026-11");
        letter.with_file("факты.csv", rows.as_bytes())
    };
    darya(&desk).writes(&letter("90;18;20"));
    darya(&desk).writes(&letter("80;16;20"));
    desk.step();
    desk.step();
    let told = darya(&desk).inbox();
    assert_eq!(told.len(), 2);
    let text: Vec<&str> = told.iter().map(Received::text).collect();
    assert!(
        text.iter().any(|text| text.contains("назовите причину")),
        "{text:?}"
    );
}
