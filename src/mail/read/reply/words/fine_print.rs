//! Fine print: what a house, a list or a scanner puts below a text, by role and language.

use super::Row;

/// How paragraphs begin that say who may read a mail.
pub(super) const DISCLAIMERS: &[Row] = &[
    (
        "en",
        "disclaimer|confidentiality notice|confidentiality|confidential|legal notice|privileged and confidential|notice:|\
         this e-mail|this email|this message|this communication|this electronic|this transmission|this mail|\
         the information contained|the information in this|the contents of this|the content of this|\
         information contained in|any views or opinions|if you are not the intended|if you have received this|\
         important notice|privacy notice|email disclaimer|e-mail disclaimer",
    ),
    (
        "ru",
        "данное сообщение|это сообщение|настоящее сообщение|данное электронное|это электронное|настоящее электронное|\
         данное письмо|это письмо|настоящее письмо|информация, содержащаяся|содержание данного|содержание этого|\
         конфиденциально|уведомление о конфиденциальности|если вы не являетесь|если вы получили это|внимание! это|\
         внимание: это|сообщение и любые",
    ),
    (
        "uk",
        "це повідомлення|цей лист|дане повідомлення|інформація, що міститься|конфіденційно|якщо ви не є",
    ),
    (
        "de",
        "diese e-mail|diese email|diese nachricht|der inhalt dieser|die information in dieser|die in dieser|\
         vertraulichkeitshinweis|haftungsausschluss|wichtiger hinweis|rechtlicher hinweis|hinweis:|vertraulich",
    ),
    (
        "fr",
        "ce message|cet e-mail|ce courriel|ce courrier|ce mail|les informations contenues|avis de confidentialité|\
         avertissement|l'information contenue|message confidentiel",
    ),
    (
        "es",
        "este mensaje|este correo|este e-mail|la información contenida|la información incluida|aviso legal|\
         aviso de confidencialidad|nota de confidencialidad|el contenido de este|cláusula de confidencialidad",
    ),
    (
        "ca",
        "aquest missatge|aquest correu|la informació continguda|avís legal",
    ),
    (
        "pt",
        "esta mensagem|este e-mail|este email|as informações contidas|a informação contida|aviso legal|\
         aviso de confidencialidade|nota de confidencialidade|o conteúdo desta",
    ),
    (
        "it",
        "questo messaggio|questa e-mail|questa mail|questa comunicazione|le informazioni contenute|il contenuto di questa|\
         avviso di riservatezza|nota di riservatezza|ai sensi|informativa|la presente",
    ),
    (
        "nl",
        "dit bericht|deze e-mail|de informatie in|disclaimer|dit e-mailbericht",
    ),
    (
        "pl",
        "ta wiadomość|niniejsza wiadomość|informacje zawarte|treść tej wiadomości|klauzula poufności",
    ),
    (
        "cs",
        "tato zpráva|tento e-mail|tato e-mailová|obsah této|informace obsažené|důvěrné",
    ),
    ("sk", "táto správa|tento e-mail|informácie obsiahnuté"),
    (
        "da",
        "denne e-mail|denne mail|denne meddelelse|fortroligt|oplysningerne i",
    ),
    ("no", "denne e-posten|denne meldingen|informasjonen i"),
    (
        "sv",
        "detta meddelande|detta e-postmeddelande|denna e-post|informationen i|det här meddelandet",
    ),
    (
        "fi",
        "tämä viesti|tämä sähköposti|tämän viestin|luottamuksellinen",
    ),
    (
        "hu",
        "ez az üzenet|jelen üzenet|ez az e-mail|az üzenet tartalma",
    ),
    ("ro", "acest mesaj|acest e-mail|informațiile conținute"),
    ("tr", "bu e-posta|bu mesaj|bu ileti|yasal uyarı|gizlilik"),
    ("el", "το παρόν μήνυμα|αυτό το μήνυμα|εμπιστευτικό"),
    ("zh", "本邮件|此邮件|本郵件|免责声明|保密声明"),
    ("ja", "このメール|本メール|本メッセージ"),
];

/// What else such a paragraph says; one stem is not enough.
pub(super) const LEGAL: &[Row] = &[
    (
        "en",
        "confidential|intended recipient|intended solely|intended only|solely for|addressee|privileged|disclos|prohibited|\
         notify the sender|delete|received this|in error|unlawful|not necessarily|opinion|liab|proprietary|attachment|\
         unauthori|virus|printing|legally|copying|distribution|strictly",
    ),
    (
        "ru",
        "конфиденциальн|получател|адресат|предназнач|удалите|уничтож|уведом|разглаш|распростран|копирован|ошибк|вложени|\
         запрещ|использован|тайн|ответственност|персональн|оферт|бумаг|печат|публичн|юридическ",
    ),
    (
        "uk",
        "конфіденційн|одержувач|адресат|призначен|видаліть|помилк|заборон|розголош|поширен|вкладен",
    ),
    (
        "de",
        "vertraulich|empfänger|adressat|bestimmt|unbefugt|irrtümlich|löschen|vernichten|absender|weitergabe|nicht gestattet|\
         rechtlich|anhang|anhänge|umwelt|drucken|haftung|untersagt",
    ),
    (
        "fr",
        "confidentiel|destinataire|erreur|détrui|supprim|expéditeur|interdit|divulg|diffusion|responsabilité|pièces jointes|\
         autoris|imprimer|environnement|usage exclusif",
    ),
    (
        "es",
        "confidencial|destinatario|error|elimin|prohibi|divulg|remitente|autoriza|adjunto|imprimir|responsab|datos personales|\
         privilegiada|dirigido|rgpd|medio ambiente",
    ),
    (
        "ca",
        "confidencial|destinatari|error|elimin|prohibi|imprimir|dades",
    ),
    (
        "pt",
        "confidencia|destinatário|erro|elimin|apag|proibid|divulg|remetente|autoriza|anexo|imprimir|responsab|sigilos|\
         ambiente",
    ),
    (
        "it",
        "riservat|destinatari|errore|cancell|distrug|vietat|divulg|mittente|autorizz|allegat|stampare|privacy|d.lgs|ambiente",
    ),
    (
        "nl",
        "vertrouwelijk|geadresseerde|bestemd|ontvanger|vergissing|verwijder|verboden|afzender|milieu|print|aansprakelijk|bijlage",
    ),
    (
        "pl",
        "poufn|adresat|odbiorc|omyłk|pomyłk|usun|zabron|ujawn|rozpowszechn|nadawc|załącznik|środowisk|wydruk|osobowych",
    ),
    (
        "cs",
        "důvěrn|adresát|příjemc|určen|omyl|smaž|vymaž|zakáz|odesílatel|příloh|tisk|závazn|smlouv",
    ),
    (
        "sk",
        "dôvern|adresát|príjemc|určen|omyl|vymaž|zakáz|odosielat|príloh",
    ),
    (
        "da",
        "fortrolig|modtager|fejl|slet|afsender|vedhæft|tilsigtede|videregiv|print|miljø",
    ),
    (
        "no",
        "konfidensiell|fortrolig|mottaker|feil|slett|avsender|vedlegg",
    ),
    (
        "sv",
        "konfidentiell|mottagar|avsedd|felaktigt|radera|avsändare|sekretess|bilag|personuppgifter|gdpr",
    ),
    (
        "fi",
        "luottamuksell|vastaanottaj|tarkoitettu|virhe|poista|lähettäj|liitte",
    ),
    (
        "hu",
        "bizalmas|címzett|tévedés|törölj|feladó|tilos|melléklet",
    ),
    (
        "ro",
        "confiden|destinatar|eroare|șterge|interzis|expeditor|ataș",
    ),
    (
        "tr",
        "gizli|alıcı|yanlışlıkla|siliniz|silin|yasak|gönderen|sorumlu|ekler",
    ),
    ("el", "εμπιστευτικ|παραλήπτ|λάθος|διαγρ|απαγορ|αποστολέα"),
    ("zh", "保密|机密|收件人|删除|機密|刪除|错误"),
    ("ja", "機密|受信者|削除|誤って|宛先"),
];

/// How lines begin that scanners and houses add, whatever they go on with.
pub(super) const ADDED: &[Row] = &[
    (
        "en",
        "virus-free|this email has been checked|this e-mail has been checked|this email has been scanned|\
         this message has been scanned|this e-mail has been scanned|this message was scanned|this email was scanned|\
         no virus found|scanned by|checked by avg|checked by avast|message scanned|this message contains no viruses|\
         this email is free from viruses|this message has been checked|\
         please consider the environment|please think before you print|think before you print|save paper",
    ),
    (
        "ru",
        "без вирусов|проверено на вирусы|это сообщение проверено|это письмо проверено|письмо проверено|вирусов не обнаружено|\
         данное сообщение проверено|проверено антивирус|сообщение проверено|прежде чем распечатать|прежде чем печатать|\
         пожалуйста, подумайте об окружающей|подумайте об окружающей",
    ),
    ("uk", "без вірусів|перевірено на віруси|цей лист перевірено"),
    (
        "de",
        "virenfrei|diese e-mail wurde von avast|diese e-mail wurde auf viren|diese nachricht wurde auf viren|bitte denken sie an die umwelt",
    ),
    (
        "fr",
        "garanti sans virus|l'absence de virus|sans virus|cet e-mail a été vérifié|ce message a été vérifié|pensez à l'environnement|avant d'imprimer|n'imprimez|merci de n'imprimer",
    ),
    (
        "es",
        "libre de virus|este correo electrónico ha sido comprobado|el software de antivirus|este mensaje ha sido analizado|antes de imprimir",
    ),
    (
        "pt",
        "livre de vírus|não contém vírus|este e-mail foi verificado|esta mensagem foi verificada|antes de imprimir",
    ),
    (
        "it",
        "privo di virus|mail priva di virus|questa e-mail è stata controllata|questo messaggio e' stato analizzato|questo messaggio è stato analizzato|prima di stampare",
    ),
    (
        "nl",
        "virusvrij|deze e-mail is gecontroleerd|dit e-mailbericht is gecontroleerd|denk aan het milieu",
    ),
    (
        "pl",
        "wolne od wirusów|wolny od wirusów|ta wiadomość została sprawdzona|ta wiadomość e-mail została sprawdzona|zanim wydrukujesz",
    ),
    (
        "cs",
        "bez virů|tato zpráva byla zkontrolována|tento e-mail byl zkontrolován",
    ),
    ("sv", "virusfri|detta e-postmeddelande har"),
    ("hu", "vírusmentes|ezt az e-mailt az avast"),
    ("tr", "virüs bulunmuyor|virüssüz"),
];

/// How lines begin that lists and desks put below.
pub(super) const LISTS: &[Row] = &[
    (
        "en",
        "to unsubscribe|to post to this group|you received this message because|you are receiving this|\
         you're receiving this|unsubscribe from this list|to view this discussion|for more options, visit|\
         list archives|list info|mailing list archive|visit topic|to respond, reply|this mailing list|more majordomo info|\
         for additional commands|reply to this email directly",
    ),
    (
        "ru",
        "чтобы отписаться|отписаться от рассылки|вы получили это сообщение, поскольку|вы получили это письмо, так как",
    ),
    (
        "de",
        "um sich abzumelden|sie erhalten diese nachricht, weil|zum abmelden",
    ),
    (
        "fr",
        "pour se désabonner|pour vous désabonner|vous recevez ce message car",
    ),
    (
        "es",
        "para darse de baja|para cancelar la suscripción|has recibido este mensaje porque",
    ),
];
