//! The words of banners that gateways put above a text from outside, by role and language.

use super::Row;

/// How the banners begin that gateways put above a text from outside.
pub(super) const BANNERS: &[Row] = &[
    (
        "en",
        "caution|external email|external message|external sender|external:|[external|warning|attention|security notice|\
         this email originated|this message originated|this email was sent from outside|you don't often get email from|\
         some people who received this message don't often|this message came from outside|this sender|alert:|notice:",
    ),
    (
        "ru",
        "внимание|осторожно|внешнее письмо|внешний отправитель|внешняя почта|письмо от внешнего|[внешн|предупреждение|вы нечасто получаете|вы редко получаете|вы не часто получаете",
    ),
    (
        "uk",
        "увага|обережно|зовнішній лист|зовнішній відправник|ви нечасто отримуєте",
    ),
    (
        "de",
        "achtung|vorsicht|externe e-mail|externe nachricht|warnung|sie erhalten nicht oft|sie erhalten nicht häufig",
    ),
    (
        "fr",
        "attention|prudence|e-mail externe|courriel externe|message externe|vous n'obtenez pas souvent|vous ne recevez pas souvent",
    ),
    (
        "es",
        "precaución|atención|correo externo|advertencia|no suele recibir|no suele obtener",
    ),
    (
        "pt",
        "atenção|cuidado|e-mail externo|não costuma receber|não recebe e-mails com frequência",
    ),
    (
        "it",
        "attenzione|avviso|email esterna|messaggio esterno|non si ricevono spesso",
    ),
    (
        "nl",
        "let op|waarschuwing|externe e-mail|u ontvangt niet vaak|je ontvangt niet vaak",
    ),
    (
        "pl",
        "uwaga|ostrożnie|wiadomość zewnętrzna|nie otrzymujesz często|rzadko otrzymujesz",
    ),
    (
        "sv",
        "varning|externt e-post|du får inte ofta|du brukar inte få",
    ),
];

/// What such a banner speaks of.
pub(super) const OUTSIDE: &[Row] = &[
    (
        "en",
        "originated outside|originated from outside|from outside|outside of|external|do not click|don't click|\
         learn why this is important|unknown sender|open attachments|links or|often get email",
    ),
    (
        "ru",
        "внешн|за пределами|вне организации|не переходите|не открывайте|узнайте, почему|сведения о том, почему|ссылк|вложени|часто получаете",
    ),
    (
        "uk",
        "зовнішн|за межами|не відкривайте|не переходьте|дізнайтеся|часто отримуєте",
    ),
    (
        "de",
        "extern|außerhalb|klicken sie|erfahren sie, warum|anhänge|links|nicht oft|nicht häufig",
    ),
    (
        "fr",
        "extérieur|externe|ne cliquez|découvrez pourquoi|pièces jointes|liens|pas souvent",
    ),
    (
        "es",
        "externo|fuera de|no haga clic|por qué es esto importante|por qué esto es importante|enlaces|no suele",
    ),
    (
        "pt",
        "extern|fora d|não clique|saiba por que|saiba porque|costuma receber|com frequência",
    ),
    (
        "it",
        "estern|non cliccare|informazioni sul perché|link|ricevono spesso",
    ),
    (
        "nl",
        "extern|buiten|klik niet|meer informatie over waarom|niet vaak",
    ),
    (
        "pl",
        "zewn|spoza|nie klikaj|dowiedz się, dlaczego|często|rzadko",
    ),
    (
        "sv",
        "extern|utanför|klicka inte|läs om varför|inte ofta|brukar inte få",
    ),
];
