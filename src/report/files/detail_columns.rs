//! The columns of the file `detail`.

use super::column;
use crate::report::table::{Column, Kind};

/// The place of the first column that only promises have.
pub(super) const MORE_FROM: usize = 31;

/// All of them: names never change their meaning, new ones are put at the end.
pub(super) const COLUMNS: [Column; 33] = [
    column("схема", "schema", Kind::Words),
    column("период", "period", Kind::Words),
    column("часовой_пояс", "time_zone", Kind::Words),
    column("обращение", "ticket", Kind::Words),
    column("класс", "class", Kind::Words),
    column("вид_срока", "clock", Kind::Words),
    column("создано", "created", Kind::Moment),
    column("срок_исходный", "due_original", Kind::Moment),
    column("срок_итоговый", "due_final", Kind::Moment),
    column("выполнено", "satisfied", Kind::Moment),
    column("в_срок", "met", Kind::Sum),
    column("рабочих_мин", "working_min", Kind::Sum),
    column("календарных_мин", "calendar_min", Kind::Sum),
    column("пауза_мин", "paused_min", Kind::Sum),
    column("у_кого_в_срок", "holder_at_due", Kind::Words),
    column("решил", "solver", Kind::Words),
    column("эскалация", "escalated", Kind::Sum),
    column("возобновлений", "reopened", Kind::Sum),
    column("оценка", "rating", Kind::Number),
    column("корректировка", "adjustment", Kind::Words),
    column("о_чём", "about", Kind::Words),
    column("табельный_номер", "employee_number", Kind::Words),
    column("фио", "full_name", Kind::Words),
    column("подразделение", "department", Kind::Words),
    column("показатель", "figure", Kind::Words),
    column("название_показателя", "figure_name", Kind::Words),
    column("числитель", "numerator", Kind::Number),
    column("знаменатель", "denominator", Kind::Number),
    column("когда", "at", Kind::Moment),
    column("кем", "by", Kind::Words),
    column("причина", "reason", Kind::Words),
    column("держали_мин", "held_min", Kind::Words),
    column("передано_на_исходе_срока", "passed_on_late", Kind::Words),
];
