//! What is wrong in a file, in words.

use super::{FactFault, Wrong};
use crate::model::{language::Language, text::Text};

impl FactFault {
    /// On a line of its own: where, and what.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        let what = wrong(language, &self.what);
        let (line_word, column_word) = match language {
            Language::Ru => ("строка", "столбец"),
            Language::En => ("line", "column"),
        };
        let place = match (self.line, self.column.as_str()) {
            (0, _) => return what,
            (number, "") => format!("{line_word} {number}"),
            (number, column) => {
                format!("{line_word} {number}, {column_word} {}", line(column))
            }
        };
        format!("{place}: {what}")
    }
}

/// Somebody's words as one line.
fn line(words: &str) -> String {
    Text::line(words).into()
}

fn wrong(language: Language, what: &Wrong) -> String {
    match language {
        Language::Ru => in_russian(what),
        Language::En => in_english(what),
    }
}

fn in_russian(what: &Wrong) -> String {
    match what {
        Wrong::Unreadable => {
            "файл не читается: нужен CSV в UTF-8 или windows-1251, а не книга Excel".to_owned()
        }
        Wrong::NoColumn(ru, _) => format!("в первой строке нет столбца «{ru}»"),
        Wrong::Nothing => "в файле нет ни одной строки с показателем".to_owned(),
        Wrong::Ragged => "ячеек не столько, сколько названий столбцов".to_owned(),
        Wrong::UnknownNumber(number) => format!(
            "табельного номера «{}» нет ни у одного сотрудника очередей",
            line(number)
        ),
        Wrong::WhichQueue(queues) => format!(
            "сотрудник служит в нескольких очередях или имеет показатели периода в другой, назовите одну в столбце «очередь»: {}",
            listed(queues)
        ),
        Wrong::WhichAgent(agents) => format!(
            "этот табельный номер у нескольких сотрудников очереди, и чей показатель, неизвестно: {}",
            listed(agents)
        ),
        Wrong::NotOfQueue(queue) => {
            format!("в очереди «{}» этого сотрудника нет", line(queue))
        }
        Wrong::UnknownIndicator(code, known) => format!(
            "показателя извне «{}» нет; есть: {}",
            line(code),
            listed(known)
        ),
        Wrong::OtherPeriod(period) => format!("это другой период: «{}»", line(period)),
        Wrong::NotANumber(written) => format!(
            "нужно неотрицательное число (в числителе, знаменателе и штуках — целое), а стоит «{}»",
            line(written)
        ),
        Wrong::IsCount => {
            "этот показатель считают штуками: числителя и знаменателя у него нет".to_owned()
        }
        Wrong::NeedsParts => {
            "нужны числитель и знаменатель: по доле или среднему без них не платят".to_owned()
        }
        Wrong::OtherValue(is) => format!("числитель и знаменатель дают другое значение: {is}"),
        Wrong::Twice(number) => format!("то же стоит в строке {number}"),
        Wrong::ColumnTwice(ru, _) => {
            format!("столбец «{ru}» стоит дважды, и непонятно, который верен: оставьте один")
        }
        Wrong::More(rows) => format!(
            "дальше файл не проверялся, непроверенных строк: {rows}. Исправьте названное и пришлите файл ещё раз"
        ),
        Wrong::TooLarge(bytes) => format!(
            "файл слишком велик: больше {} МБ. Показателям столько не нужно; пришлите одну таблицу с названными столбцами",
            bytes.checked_div(1_000_000).unwrap_or_default()
        ),
    }
}

fn in_english(what: &Wrong) -> String {
    match what {
        Wrong::Unreadable => {
            "the file cannot be read: a CSV in UTF-8 or windows-1251 is needed, no workbook"
                .to_owned()
        }
        Wrong::NoColumn(_, en) => format!("the first line has no column {en}"),
        Wrong::Nothing => "the file has no row with a figure".to_owned(),
        Wrong::Ragged => "there are not as many cells as names of columns".to_owned(),
        Wrong::UnknownNumber(number) => format!(
            "no agent of a queue has the employee number \"{}\"",
            line(number)
        ),
        Wrong::WhichQueue(queues) => format!(
            "the employee serves several queues, or has figures of the period in another: name one in the column queue: {}",
            listed(queues)
        ),
        Wrong::WhichAgent(agents) => format!(
            "several employees of the queue have that number, and nobody knows whose figure it is: {}",
            listed(agents)
        ),
        Wrong::NotOfQueue(queue) => {
            format!("the employee does not serve the queue \"{}\"", line(queue))
        }
        Wrong::UnknownIndicator(code, known) => format!(
            "there is no indicator \"{}\" from outside; there are: {}",
            line(code),
            listed(known)
        ),
        Wrong::OtherPeriod(period) => format!("this is another period: \"{}\"", line(period)),
        Wrong::NotANumber(written) => format!(
            "a number not below nought is needed (a whole one for numerators, denominators and counts), but this is \"{}\"",
            line(written)
        ),
        Wrong::IsCount => {
            "the indicator is a count: it has no numerator and denominator".to_owned()
        }
        Wrong::NeedsParts => {
            "numerator and denominator are needed: nobody is paid by a share or mean without them"
                .to_owned()
        }
        Wrong::OtherValue(is) => {
            format!("numerator and denominator come to another value: {is}")
        }
        Wrong::Twice(number) => format!("the same stands in line {number}"),
        Wrong::ColumnTwice(_, en) => {
            format!(
                "the column {en} stands there twice, and it is not clear which is right: leave one"
            )
        }
        Wrong::More(rows) => format!(
            "the file was not looked at any further, rows left: {rows}. Please mend what is named and send the file once more"
        ),
        Wrong::TooLarge(bytes) => format!(
            "the file is too large: more than {} MB. Figures need less; please send one table with the columns that are named",
            bytes.checked_div(1_000_000).unwrap_or_default()
        ),
    }
}

fn listed<T: ToString>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(", ")
}
