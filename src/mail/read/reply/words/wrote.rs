//! The words of the line above a quote, `On …, X wrote:`, by role and language.

use super::Row;

/// Verbs of writing in the past, as one word; endings in brackets or behind a stroke are cut off before.
pub(super) const WROTE: &[Row] = &[
    ("en", "wrote|writes|written|said"),
    (
        "ru",
        "написал|написала|писал|писала|писали|написали|написано",
    ),
    ("uk", "написав|написала|писав|писала|писали|написали"),
    ("be", "напісаў|напісала|пісаў|пісала"),
    ("bg", "написа|писа"),
    ("sr", "написао|написала|писао"),
    ("mk", "напиша"),
    ("de", "schrieb|schrieben|geschrieben"),
    ("fr", "écrit|écrivait|ecrit"),
    ("es", "escribió|escribio|escribía"),
    ("ca", "escriure|escrigué"),
    ("gl", "escribiu"),
    ("pt", "escreveu"),
    ("it", "scritto|scrisse"),
    ("nl", "schreef|geschreven"),
    (
        "pl",
        "napisał|napisała|napisano|napisana|pisał|pisała|nadesłał|nadesłała",
    ),
    ("cs", "napsal|napsala"),
    ("sk", "napísal|napísala"),
    ("hr", "napisao|napisala"),
    ("sl", "napisal|napisala"),
    ("no", "skrev"),
    ("is", "skrifaði|ritaði|reit"),
    ("fi", "kirjoitti"),
    ("et", "kirjutas"),
    ("lv", "rakstīja"),
    ("lt", "rašė|parašė"),
    ("hu", "írta|írt"),
    ("ro", "scris"),
    ("sq", "shkroi"),
    ("tr", "yazdı|yazmış"),
    ("az", "yazdı"),
    ("kk", "жазды"),
    ("el", "έγραψε|έγραψαν"),
    ("he", "כתב|כתבה|כתבו"),
    ("ar", "كتب|كتبت|كتابة"),
    ("fa", "نوشت"),
    ("hi", "लिखा"),
    ("vi", "viết"),
    ("th", "เขียนว่า|เขียน"),
    ("id", "menulis"),
    ("eu", "idatzi"),
    ("eo", "skribis"),
];

/// The same in the present: people say that of their computers too (`система пишет:`).
pub(super) const WRITES: &[Row] = &[
    ("ru", "пишет|пишете|пишут"),
    ("uk", "пише"),
    ("bg", "пише"),
    ("de", "schreibt"),
    ("nl", "schrijft"),
    ("pl", "pisze"),
    ("cs", "píše"),
    ("et", "kirjutab|kirjutas"),
];

/// Verbs of scripts that put no space before them: how the text ends.
pub(super) const WROTE_EAST: &[Row] = &[
    ("zh", "写道|寫道|写到|寫到|编写|撰寫|写"),
    ("ja", "書きました|のメール|のメッセージ|さんは書きました"),
    (
        "ko",
        "작성|작성하였습니다|작성했습니다|님이 작성|이 작성|쓴 글|씀|보낸 메시지",
    ),
];

/// How such a line begins, as one word.
pub(super) const OPENINGS: &[Row] = &[
    ("en", "on|at|quoting|in"),
    ("ru", "в|цитирую"),
    ("bg", "на"),
    ("sr", "дана|dana"),
    ("de", "am|zitat"),
    ("fr", "le"),
    ("es", "el|citando"),
    ("gl", "o"),
    ("pt", "em|no"),
    ("it", "il|in"),
    ("nl", "op"),
    ("pl", "dnia|w"),
    ("cs", "dne"),
    ("sk", "dňa"),
    ("sl", "v|dne"),
    ("da", "den|d"),
    ("sv", "den"),
    ("is", "þann"),
    ("et", "kuupäev"),
    ("ro", "la|în|pe"),
    ("sq", "më|në"),
    ("el", "στις|την"),
    ("he", "בתאריך"),
    ("ar", "في|بتاريخ"),
    ("fa", "در"),
    ("vi", "vào|ngày"),
    ("th", "เมื่อ|ในวันที่"),
    ("id", "pada"),
    ("zh", "在"),
];

/// Other words of more than three letters that stand in such a line and are no names.
pub(super) const BETWEEN: &[Row] = &[
    (
        "en",
        "from|message|article|list|digest|pm|gmt|utc|cet|cest|est|edt|pst|pdt",
    ),
    (
        "ru",
        "пользователь|сообщение|года|году|следующее|время|часов",
    ),
    ("uk", "користувач|року|наступне"),
    ("be", "карыстальнік|года"),
    ("sr", "године|godine|часова"),
    ("de", "folgendes|folgende|nachricht|uhr"),
    ("fr", "courriel|message|suit"),
    ("es", "mensaje|siguiente|horas|hora"),
    ("ca", "missatge|dia"),
    ("pt", "mensagem|seguinte|horas"),
    ("it", "giorno|data|alle|messaggio|seguente"),
    ("nl", "heeft|volgende"),
    (
        "pl",
        "użytkownik|wiadomość|przez|dniu|godz|godzinie|następująco|roku",
    ),
    ("cs", "odesílatel|uživatel|následující"),
    ("sk", "používateľ|odosielateľ|nasledovné"),
    ("hr", "korisnik|sljedeće"),
    ("sl", "oseba|uporabnik|naslednje"),
    ("da", "følgende"),
    ("sv", "följande|klockan"),
    ("fi", "kello|käyttäjä"),
    ("et", "kell"),
    ("lv", "plkst|lietotājs"),
    ("hu", "időpont|időpontban|dátummal|keltezéssel|ezt"),
    ("ro", "următoarele"),
    ("tr", "tarihinde|tarihli|saatinde|şunu|şunları|saat"),
    ("id", "tanggal|pukul"),
    ("vi", "lúc|tháng|thứ"),
];

/// Words of people who speak of themselves or to somebody: no program writes them there.
pub(super) const SPEAKING: &[Row] = &[
    ("en", "i|we|us|our|your|my|they|which|that|this|please"),
    (
        "ru",
        "я|мы|мне|нам|нас|вам|вас|ваш|ваше|ваша|вашем|вашего|наш|наша|наше|моё|мой|моем|это|они|он|она|мое",
    ),
    ("uk", "я|ми|мені|нам|вам|вас|ваш|ваше|наш|наше|це|він|вона"),
    ("de", "ich|wir|ihnen|mir|uns|ihre|unsere|bitte"),
    ("fr", "nous|vous|votre|notre"),
    ("es", "yo|nosotros|usted|ustedes|nuestro"),
    ("pt", "nós|você|nosso"),
    ("it", "io|voi|nostro"),
    ("nl", "ik|wij|onze"),
    ("pl", "mnie|państwo|państwa|nasz"),
];
