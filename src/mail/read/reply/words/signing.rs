//! The words of what stands below a text: closings, lines that phones add, fine print, by role and language.

use super::Row;

/// Closings that a name follows. `Thanks` is none: it is said to somebody.
pub(super) const CLOSINGS: &[Row] = &[
    (
        "en",
        "best regards|kind regards|kindest regards|warm regards|warmest regards|with regards|regards|best wishes|\
         with best regards|with kind regards|many regards|sincerely|yours sincerely|sincerely yours|yours faithfully|\
         yours truly|very truly yours|respectfully|respectfully yours|thanks and regards|thanks & regards|\
         thanks and best regards|thanks & best regards|thank you and regards|thank you & regards|rgds|brgds|best rgds|all the best|warmly",
    ),
    (
        "ru",
        "с уважением|с уваж.|с ув.|с наилучшими пожеланиями|с наилучшими|с пожеланиями|с почтением|с благодарностью и уважением|\
         всего доброго|всего хорошего|всего наилучшего|искренне ваш|искренне ваша|с глубоким уважением|спасибо, с уважением|\
         заранее спасибо, с уважением|с благодарностью, с уважением",
    ),
    (
        "uk",
        "з повагою|з найкращими побажаннями|щиро ваш|щиро ваша|з вдячністю та повагою",
    ),
    ("be", "з павагай"),
    ("bg", "с уважение|поздрави|с най-добри пожелания"),
    (
        "sr",
        "с поштовањем|срдачан поздрав|поздрав|s poštovanjem|srdačan pozdrav|pozdrav",
    ),
    ("kk", "құрметпен"),
    (
        "de",
        "mit freundlichen grüßen|mit freundlichen grüssen|mit freundlichen gruessen|mit freundlichem gruß|mit freundlichem gruss|\
         freundliche grüße|freundliche grüsse|viele grüße|viele grüsse|viele gruesse|beste grüße|beste grüsse|liebe grüße|\
         liebe grüsse|schöne grüße|herzliche grüße|mit besten grüßen|grüße|gruß|mfg|vg|lg|hochachtungsvoll",
    ),
    (
        "fr",
        "cordialement|bien cordialement|très cordialement|bien à vous|sincères salutations|salutations distinguées|\
         meilleures salutations|salutations|cdlt|amicalement|respectueusement|cordiales salutations|sincèrement|bonne journée|bonne soirée|bonne réception",
    ),
    (
        "es",
        "saludos|saludos cordiales|un saludo|un cordial saludo|reciba un cordial saludo|atentamente|cordialmente|\
         muy atentamente|cordiales saludos",
    ),
    (
        "ca",
        "salutacions|salutacions cordials|cordialment|atentament|una salutació",
    ),
    (
        "pt",
        "atenciosamente|cumprimentos|com os melhores cumprimentos|melhores cumprimentos|cordialmente|att|saudações|\
         respeitosamente",
    ),
    (
        "it",
        "cordiali saluti|distinti saluti|saluti|un saluto|cordialmente|un cordiale saluto|i migliori saluti",
    ),
    (
        "nl",
        "met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|vriendelijke groeten|hartelijke groet|\
         hartelijke groeten|groeten|groet|mvg|m.v.g.",
    ),
    (
        "pl",
        "pozdrawiam|pozdrawiam serdecznie|serdecznie pozdrawiam|z poważaniem|z powazaniem|z wyrazami szacunku|\
         łączę pozdrowienia|pozdrowienia",
    ),
    (
        "cs",
        "s pozdravem|s přátelským pozdravem|s přáním hezkého dne|s úctou|s pozdravy",
    ),
    (
        "sk",
        "s pozdravom|s priateľským pozdravom|s úctou|s pozdravmi",
    ),
    ("hr", "lijep pozdrav|s poštovanjem|lp"),
    ("sl", "lep pozdrav|lepo pozdravljeni|s spoštovanjem"),
    (
        "da",
        "med venlig hilsen|venlig hilsen|med venlige hilsner|mange hilsner|bedste hilsner|de bedste hilsner|mvh|vh|dbh",
    ),
    (
        "no",
        "med vennlig hilsen|vennlig hilsen|beste hilsen|hilsen|mvh",
    ),
    (
        "sv",
        "med vänliga hälsningar|med vänlig hälsning|vänliga hälsningar|vänlig hälsning|bästa hälsningar|hälsningar|mvh",
    ),
    ("is", "með kveðju|kær kveðja|bestu kveðjur"),
    (
        "fi",
        "ystävällisin terveisin|parhain terveisin|terveisin|yst.terv.|yst. terv.",
    ),
    ("et", "lugupidamisega|parimate soovidega|tervitades"),
    ("lv", "ar cieņu"),
    ("lt", "pagarbiai|su pagarba|geriausi linkėjimai"),
    (
        "hu",
        "üdvözlettel|tisztelettel|üdv|köszönettel és üdvözlettel",
    ),
    (
        "ro",
        "cu stimă|cu respect|toate cele bune|cu deosebită stimă",
    ),
    (
        "tr",
        "saygılarımla|saygılarımızla|saygılar|iyi çalışmalar|selamlar",
    ),
    ("az", "hörmətlə"),
    ("el", "με εκτίμηση|φιλικά|με φιλικούς χαιρετισμούς"),
    ("he", "בברכה|בכבוד רב"),
    (
        "ar",
        "مع أطيب التحيات|تحياتي|مع خالص التحية|وتفضلوا بقبول فائق الاحترام",
    ),
    ("fa", "با احترام|با تشکر و احترام"),
    ("zh", "此致|顺祝商祺|順頌商祺|祝好"),
    ("vi", "trân trọng|kính thư"),
    ("th", "ขอแสดงความนับถือ|ด้วยความเคารพ"),
    ("id", "hormat saya|hormat kami|salam|salam hormat"),
];

/// How the lines begin that phones and mail programs add by themselves.
pub(super) const SENT_FROM: &[Row] = &[
    (
        "en",
        "sent from|sent with|sent via|sent using|sent by my|get outlook for|download outlook|written on my|\
         from my",
    ),
    (
        "ru",
        "отправлено с|отправлено со|отправлено из|отправлено от|отправлено через|отправлено при помощи|отправлена из|\
         послано с|послано из|написано с|получить outlook|получите outlook|скачать outlook|скачайте outlook|загрузить outlook|загрузите outlook|\
         письмо отправлено из",
    ),
    (
        "uk",
        "надіслано з|надіслано із|надіслано через|відправлено з|відправлено із|отримати outlook|отримайте outlook|завантажити outlook|завантажте outlook",
    ),
    ("be", "адпраўлена з"),
    ("bg", "изпратено от"),
    ("kk", "жіберілген құрылғы"),
    (
        "de",
        "von meinem|gesendet mit|gesendet von|gesendet aus|von unterwegs|outlook für|diese nachricht wurde von meinem|\
         holen sie sich outlook|laden sie outlook",
    ),
    (
        "fr",
        "envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé via|obtenir outlook|télécharger outlook|provenance : courrier",
    ),
    (
        "es",
        "enviado desde|enviado con|enviado de|obtener outlook|obtén outlook|enviado a través",
    ),
    ("ca", "enviat des"),
    (
        "pt",
        "enviado do|enviado a partir|enviado via|enviado pelo|obter o outlook|obtenha o outlook|enviada do",
    ),
    (
        "it",
        "inviato da|inviato dal|inviato con|inviato tramite|ottieni outlook|scarica outlook",
    ),
    (
        "nl",
        "verzonden vanaf|verstuurd vanaf|verzonden met|verzonden via|outlook voor|download outlook",
    ),
    (
        "pl",
        "wysłane z|wysłano z|wysłane przy|pobierz program outlook|uzyskaj program outlook|wysłane za",
    ),
    ("cs", "odesláno z|odesláno pomocí|získat outlook|posláno z"),
    ("sk", "odoslané z|odoslané pomocou|získať outlook"),
    ("hr", "poslano s|poslano iz|poslano sa"),
    ("sl", "poslano iz|poslano z"),
    ("da", "sendt fra|hent outlook|sendt med"),
    ("no", "sendt fra|skaff deg outlook|få outlook"),
    (
        "sv",
        "skickat från|skickat med|hämta outlook|skickades från",
    ),
    ("fi", "lähetetty|hanki outlook"),
    ("et", "saadetud minu"),
    ("lt", "išsiųsta iš"),
    ("lv", "nosūtīts no"),
    ("hu", "az én|küldve|iphone-omról küldve|outlook beszerzése"),
    ("ro", "trimis de|trimis din|obțineți outlook"),
    (
        "tr",
        "telefonumdan gönderildi|iphone'umdan gönderildi|outlook'u edinin",
    ),
    ("el", "στάλθηκε από|εστάλη από|λήψη του outlook"),
    ("he", "נשלח מ"),
    ("ar", "أرسلت من|مرسل من|أُرسلت من"),
    ("ja", "iphoneから送信|ipadから送信|iphoneから|outlook for"),
    (
        "zh",
        "发自我的|發自我的|从我的|從我的|来自我的|獲取 outlook|获取 outlook|发自",
    ),
    ("ko", "나의 iphone|내 iphone|iphone에서|보낸 사람 iphone"),
    ("vi", "đã gửi từ|được gửi từ"),
    ("id", "dikirim dari|terkirim dari"),
];

/// What such a line names.
pub(super) const DEVICES: &[Row] = &[
    (
        "",
        "iphone|ipad|ipod|android|samsung|galaxy|xiaomi|redmi|poco|huawei|honor|realme|oppo|vivo|oneplus|pixel|nokia|\
         lenovo|motorola|sony|xperia|htc|wiko|lumia|blackberry|asus|zte|meizu|windows|outlook|mail|gmail|yahoo|proton|\
         tutanota|tuta|bluemail|spark|thunderbird|k-9|fairemail|hotmail|aquamail|em client|icloud|mac|macbook|\
         smartphone|tablet|mobile|phone|device|desktop|webmail|zimbra|app",
    ),
    (
        "ru",
        "почт|телефон|смартфон|планшет|мобильн|устройств|яндекс|рамблер|айфон|андроид|приложени",
    ),
    ("uk", "пошт|пристро|телефон"),
    ("de", "handy|mobiltelefon|telefon|gerät"),
    ("fr", "téléphone|mobile|tablette|courrier"),
    ("es", "móvil|teléfono|tableta|dispositivo|correo"),
    ("pt", "telemóvel|celular|telefone|dispositivo|correio"),
    ("it", "cellulare|telefono|dispositivo|posta"),
    ("nl", "telefoon|mobiel|toestel"),
    ("pl", "telefonu|smartfonu|urządzenia|poczt"),
    ("cs", "telefonu|mobilu|pošt"),
    ("sv", "telefon|mobil|enhet"),
    ("fi", "puhelime|laitteesta|sähköposti"),
    ("tr", "telefon|cihaz"),
    ("zh", "手机|手機|邮箱|平板"),
];
