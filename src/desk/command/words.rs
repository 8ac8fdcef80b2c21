//! Words that count as a whole answer.

pub(super) const STOP: &[&str] = &["стоп", "stop"];
pub(super) const YES: &[&str] = &[
    "да",
    "подтверждаю",
    "готово",
    "решено",
    "yes",
    "ok",
    "ок",
    "confirm",
    "confirmed",
];
pub(super) const MINE: &[&str] = &[
    "да",
    "да это я",
    "да мои",
    "да моё",
    "это я",
    "yes",
    "yes mine",
    "yes it was me",
    "yes it is me",
];
pub(super) const NOT_MINE: &[&str] = &[
    "нет",
    "нет не я",
    "нет не мои",
    "не я",
    "no",
    "no not me",
    "no not mine",
    "not me",
];
pub(super) const NO: &[&str] = &[
    "нет",
    "не решено",
    "не работает",
    "no",
    "not solved",
    "not done",
];
pub(super) const THANKS: &[&str] = &[
    "спасибо",
    "благодарю",
    "спс",
    "thanks",
    "thank",
    "thx",
    "you",
    "большое",
    "огромное",
    "вам",
    "вас",
    "за",
    "помощь",
    "very",
    "much",
    "many",
    "for",
    "your",
    "help",
];
pub(super) const THANKS_CORE: &[&str] = &["спасибо", "благодарю", "спс", "thanks", "thank", "thx"];
pub(super) const HELPED: &[&str] = &[
    "это помогло",
    "помогло",
    "да это помогло",
    "статья помогла",
    "that solved it",
    "solved it",
    "this solved it",
    "it helped",
    "that helped",
    "this helped",
];
