//! What a head has changed by mail holds for everybody who goes by rules: the page and the watch too.

use okno::{house::watch::Standing, web::Status};

use super::{
    desk::Desk,
    distribution::{HOUR, asks, proven, with_head},
    letter::Letter,
};

/// Darya declares this day closed.
fn closes(desk: &Desk, day: &str) {
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    let words = format!("#выходной {day}");
    darya.writes(&proven(Letter::to("it@uni.test", "Очередь", &words)));
    desk.step();
    assert!(darya.only_mail().text().contains("Сделано"));
}

fn status(desk: &Desk) -> Status {
    desk.with_house(async |house| house.status().await.unwrap())
}

#[test]
fn on_a_closed_day_the_page_shows_the_queue_closed() {
    let desk = with_head("");
    assert!(status(&desk).queues[&"it".into()].is_open);
    closes(&desk, "17.11.2026");
    assert!(!status(&desk).queues[&"it".into()].is_open);
}

#[test]
fn on_a_closed_day_no_alarm_is_raised() {
    let desk = with_head("overload = 1\noverload_per_agent = 0");
    for _ in 0..3 {
        asks(&desk, "Принтер");
    }
    closes(&desk, "17.11.2026");
    let looks = || {
        desk.with_house(async |house| house.watch(&mut Standing::default()).await.unwrap());
        desk.step();
    };
    looks();
    let darya = desk.person("Дарья Громова", "darya@uni.test");
    darya.got_nothing();
    // On Wednesday there is work again.
    desk.advance(24 * HOUR);
    desk.step();
    super::distribution::cards(&desk);
    darya.inbox();
    looks();
    assert!(darya.only_mail().subject().contains("без ответа 3"));
}
