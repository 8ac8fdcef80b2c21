//! What comes by itself stands on the page until it has come: what it waits for, and that it is late.

use std::{collections::BTreeSet, time::Duration};

use okno::{
    model::{ids::QueueName, language::Language},
    web::{
        Pages,
        access::Sees,
        pages::Look,
        reports::{Report, Waits},
    },
};

use super::{
    desk::{ALL_PROVEN, Desk, UNIVERSITY},
    letter::{Letter, Received},
    payroll::{PEOPLE, darya},
};

const EVERYBODY: [&str; 8] = [
    "anna@uni.test",
    "boris@uni.test",
    "darya@uni.test",
    "vera@uni.test",
    "rector@uni.test",
    "payroll@uni.test",
    "olga@uni.test",
    "root@uni.test",
];

/// ИТ has a weekly letter and a payroll list that Darya approves; the rector reads a page a month.
fn university(names: bool) -> Desk {
    let own =
        "target = \"8 h\"\ncommands = [\"all\"]\nhead = \"darya\"\nreview = { at = \"8:30\" }";
    let source = UNIVERSITY.replace("target = \"8 h\"", own);
    // Vera decides for Бухгалтерия, which no list pays: she reads a month of it.
    let buh = "[queue.buh]\nhead = \"vera\"\nreview = { at = \"9:30\" }";
    let source = source.replace("[queue.buh]", buh);
    let desk = Desk::with(&format!(
        "{source}\n[agent.darya]\nname = \"Дарья Громова\"\naddress = \"darya@uni.test\"\n\
         [directory]\nfile = \"DATA/people.csv\"\n\
         [payroll.it]\ntitle = \"ИТ\"\nqueues = [\"it\"]\nto = [\"payroll@uni.test\"]\nscores = \"kpi.toml\"\n\
         first = \"2026-11\"\nworking_day = 3\nformat = \"csv-utf8\"\n\
         [director_review]\nat = \"9:00\"\nqueue = \"it\"\nto = [\"rector@uni.test\"]\n\
         [web]\nlisten = \"127.0.0.1:0\"\nnames = {names}\n{ALL_PROVEN}"
    ));
    desk.brings_people(&PEOPLE);
    desk
}

/// The same, and the minute passes.
fn looks_around(desk: &Desk) {
    desk.looks_around();
    desk.advance(Duration::from_secs(60));
}

fn nobody_reads(desk: &Desk) {
    for address in EVERYBODY {
        desk.inbox(address);
    }
}

fn drafts(desk: &Desk) -> Vec<Received> {
    let all = darya(desk).inbox().into_iter();
    let drafts = all.filter(|mail| mail.subject().starts_with("Утвердите показатели"));
    drafts.collect()
}

/// The next reports as the page lists them, cell by cell, a line each.
fn listed(desk: &Desk, language: Language, sees: &Sees) -> Vec<String> {
    let status = desk.with_house(async |house| house.status().await.unwrap());
    let look = Look {
        language,
        refreshes: true,
    };
    let page = Pages::new(&[]).unwrap().overview(&status, look, sees);
    let page = page.unwrap();
    let Some((_, section)) = page.split_once("<h2 id=\"reports\">") else {
        return Vec::new();
    };
    let (_, rows) = section.split_once("<tbody>").unwrap();
    let (rows, _) = rows.split_once("</tbody>").unwrap();
    let words = |row: &str| {
        let row = row.replace("</th>", "<> | ").replace("</td>", "<> | ");
        let told = row
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, words)| words));
        let told = told.collect::<String>().replace('\n', "");
        told.trim_matches([' ', '|']).to_owned()
    };
    let rows = rows.split("</tr>").map(words);
    rows.filter(|row| !row.is_empty()).collect()
}

fn of_house(desk: &Desk) -> Vec<String> {
    listed(desk, Language::Ru, &Sees::All)
}

#[test]
fn a_payroll_file_stays_on_the_page_until_it_has_gone() {
    let desk = university(true);
    assert_eq!(
        of_house(&desk),
        [
            "Файл для выплат: ИТ | ноя 2026 | черновик придёт руководителям 01.12 09:00 | 03.12 09:00",
            "Итоги недели: Бухгалтерия | неделя 47 | ждёт своего дня | 23.11 09:30",
            "Итоги месяца: Бухгалтерия | ноя 2026 | ждёт своего дня | 01.12 09:30",
            "Итоги недели: ИТ-поддержка | неделя 47 | ждёт своего дня | 23.11 08:30",
            "Итоги месяца для директора | ноя 2026 | ждёт своего дня | 01.12 09:00",
        ]
    );
    let file = |desk: &Desk| of_house(desk).remove(0);
    // The first of December, nine in the morning: nobody has looked yet, then Darya has the draft.
    desk.until("2026-12-01T06:00:00Z");
    assert_eq!(
        file(&desk),
        "Файл для выплат: ИТ | ноя 2026 | черновик ещё не составлен | 03.12 09:00"
    );
    looks_around(&desk);
    let draft = drafts(&desk).pop().expect("a draft");
    assert_eq!(
        file(&desk),
        "Файл для выплат: ИТ | ноя 2026 | черновик у руководителей, ещё не утвердили: Дарья Громова | 03.12 09:00"
    );
    // The promised day passes, and she has said nothing: it does not vanish, and whose word is missing is told.
    desk.until("2026-12-03T06:00:00Z");
    looks_around(&desk);
    let late = "опаздывает; черновик у руководителей, ещё не утвердили: Дарья Громова";
    let rows = of_house(&desk);
    assert_eq!(
        rows[..2],
        [
            format!("Файл для выплат: ИТ | ноя 2026 | {late} | 03.12 09:00"),
            "Файл для выплат: ИТ | дек 2026 | черновик придёт руководителям 01.01.2027 09:00 | 05.01.2027 09:00"
                .to_owned(),
        ]
    );
    let english = listed(&desk, Language::En, &Sees::All).remove(0);
    assert_eq!(
        english,
        "Payroll file: ИТ | Nov 2026 | late; the heads have the draft, not yet approved by: Дарья Громова | 3 Dec 09:00"
    );
    nobody_reads(&desk);
    // Two hours later she approves, the file goes, and the next one is December's.
    desk.until("2026-12-03T08:00:00Z");
    darya(&desk).writes(&Letter::reply_to(&draft, "утвердить"));
    desk.step();
    desk.advance(Duration::from_secs(60));
    assert_eq!(
        file(&desk),
        "Файл для выплат: ИТ | ноя 2026 | опаздывает; утверждён | 03.12 09:00"
    );
    looks_around(&desk);
    assert_eq!(
        desk.person("Бухгалтерия", "payroll@uni.test").inbox().len(),
        1
    );
    assert!(file(&desk).contains("| дек 2026 |"), "{}", file(&desk));
    nobody_reads(&desk);
}

#[test]
fn where_nobody_is_named_approvals_are_counted() {
    let desk = university(false);
    desk.until("2026-12-01T06:00:00Z");
    looks_around(&desk);
    assert_eq!(
        of_house(&desk)[0],
        "Файл для выплат: ИТ | ноя 2026 | черновик у руководителей, осталось утверждений: 1 | 03.12 09:00"
    );
    let known = desk.with_house(async |house| house.status().await.unwrap());
    assert_eq!(known.reports[0].waits, Waits::Approvals(1, None));
    nobody_reads(&desk);
}

#[test]
fn a_queues_letter_is_for_whoever_sees_the_queue_and_is_late_until_it_comes() {
    let desk = university(true);
    let only = |name: &str| Sees::Queues(BTreeSet::from([QueueName::from(name)]));
    let it = |desk: &Desk| listed(desk, Language::Ru, &only("it"));
    assert_eq!(
        it(&desk),
        ["Итоги недели: ИТ-поддержка | неделя 47 | ждёт своего дня | 23.11 08:30"]
    );
    assert_eq!(
        listed(&desk, Language::Ru, &only("nobodys")),
        Vec::<String>::new()
    );
    // On Monday it comes, and the next one is a week later.
    desk.until("2026-11-23T05:30:00Z");
    looks_around(&desk);
    assert_eq!(
        it(&desk),
        ["Итоги недели: ИТ-поддержка | неделя 48 | ждёт своего дня | 30.11 08:30"]
    );
    // A week later nobody looks around until noon.
    desk.until("2026-11-30T09:00:00Z");
    assert_eq!(
        it(&desk),
        ["Итоги недели: ИТ-поддержка | неделя 48 | опаздывает | 30.11 08:30"]
    );
    looks_around(&desk);
    let known = desk.with_house(async |house| house.status().await.unwrap());
    let weekly = known.reports.iter().find(|one| match &one.what {
        Report::Weekly(queue, _) => *queue == QueueName::from("it"),
        Report::Payroll(_) | Report::Monthly(..) | Report::Director => false,
    });
    let weekly = weekly.expect("the letter of ИТ");
    assert_eq!(
        (weekly.period.as_str(), weekly.is_late),
        ("2026-w49", false)
    );
    nobody_reads(&desk);
}
