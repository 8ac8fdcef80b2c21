//! Reasons: why something happened, as a code that is stored and a sentence that a person reads.

use std::borrow::Cow;

use crate::model::language::Language;

/// How the codes of what rules have done begin.
const RULE: &str = "rule:";

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $ru:literal, $en:literal;)+) => {
        /// Why something happened. The code is stored with every event and decision, for ever.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[$doc])* #[doc = $en] $name,)+
        }

        impl Reason {
            /// Every reason there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The code as stored.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The sentence.
            #[must_use]
            pub const fn words(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::Ru) => $ru, (Self::$name, Language::En) => $en,)+
                }
            }
        }
    };
}

reasons! {
    ByRule = "by_rule", "По правилу.", "By a rule.";
    NewTicket = "new_ticket", "Ни к одному обращению не относится: открыто новое.", "Belongs to no ticket: a new one was opened.";
    QuarantineAnswered = "quarantine_answered", "Администратор решил, что станет с письмами в карантине.", "The administrator has said what becomes of quarantined mail.";
    Spam = "spam", "Почтовый фильтр считает письмо спамом: карантин.", "The mail filter takes it for spam: quarantined.";
    UrgentByWords = "urgent_by_words", "Заявитель пишет, что ждать нельзя: обращение срочное.", "The requester writes that it cannot wait: the request is urgent.";
    UrgentByField = "urgent_by_field", "Заявитель отметил в форме, что это срочно: обращение срочное.", "The requester has said so in the form: the request is urgent.";
    UrgencyLimit = "urgency_limit", "Столько срочных обращений за месяц, сколько можно, у заявителя уже было: срок обычный.", "The requester has had as many urgent requests this month as they may: it is promised as usual.";
    UrgencyLowered = "urgency_lowered", "Сотрудник сказал, что обращение может подождать: заявителю об этом сообщается.", "An agent says that the request can wait: the requester is told.";
    NotAllowed = "not_allowed", "Очередь открыта не всем, и автора письма среди тех, кто может писать, нет.", "The queue is open to some people only, and whoever wrote is not among them.";
    NotProvenHere = "not_proven_here", "Очередь открыта не всем, а что письмо от того, чьё имя на нём стоит, ничем не доказано.", "The queue is open to some people only, and nothing proves that the mail is from whom it names.";
    Virus = "virus", "Проверка нашла в письме вирус: карантин.", "The scanner found a virus in it: quarantined.";
    FileRefused = "file_refused", "В письме файл, какие не принимаются: карантин.", "It brings a file of a sort that is refused: quarantined.";
    Sibling = "sibling", "То же письмо адресовано и этой очереди: у неё своё обращение.", "The same mail is for this queue too: it has a ticket of its own.";
    AcknowledgedOnce = "acknowledged_once", "О письме автору уже сообщено: второго подтверждения не будет.", "The author has an acknowledgement of this mail: there is no second one.";
    InCc = "in_cc", "Ящик стоит только в копии: письмо к сведению, обращение не открыто.", "The mailbox is in Cc only: a mail for information, no ticket.";
    ToEverybody = "to_everybody", "Письмо всем сразу, не нам: отложено, обращение не открыто, никому не сообщается.", "A mail to everybody, not to us: put aside, no ticket, nobody is told.";
    OfferTaken = "offer_taken", "Сотрудник делает из письма к сведению обращение.", "An agent makes a ticket of a mail for information.";
    ClassChanged = "class_changed", "Вид обращения изменён: срок пересчитан.", "The request is of another class: it is promised by another day.";
    CalendarChanged = "calendar_changed", "Календарь изменён: срок пересчитан.", "The calendar has changed: the due time was counted anew.";
    ReminderDue = "reminder_due", "Прошла часть срока: сотрудникам напомнили.", "A part of the time has passed: the agents were reminded.";
    InTurn = "in_turn", "Распределение по очереди: подошла очередь этого сотрудника.", "Shared out in turn: it is this agent's turn.";
    FewestActive = "fewest_active", "Распределение по загрузке: у этого сотрудника меньше всего обращений в работе.", "Shared out by load: nobody has fewer active tickets.";
    ByCurator = "by_curator", "Сотрудник закреплён за заявителем в справочнике людей.", "The people directory names this agent as the requester's curator.";
    HeadDecides = "head_decides", "Кому отдать, решает руководитель очереди.", "The head of the queue says who gets it.";
    HeadSilent = "head_silent", "Руководитель не сказал, кому отдать.", "The head has not said who gets it.";
    NobodyHere = "nobody_here", "На месте никого нет: получит тот, кто вернётся первым.", "Nobody is here: whoever is back first gets it.";
    AllFull = "all_full", "У всех, кто на месте, обращений столько, сколько можно: ждёт, время идёт.", "Everybody who is here has as many tickets as they may have: it waits, and its time runs.";
    RoomAgain = "room_again", "Место освободилось, никто не ждёт.", "There is room again, nothing waits.";
    AgentAway = "agent_away", "Сотрудник отсутствует: его обращения переходят к другим.", "The agent is away: their tickets go to others.";
    AbsenceNoted = "absence_noted", "Об отсутствии сказал автоответ сотрудника.", "The agent's automatic answer told of an absence.";
    WroteAgain = "wrote_again", "Сотрудник снова пишет сам: отсутствие окончено.", "The agent writes again: the absence is over.";
    AboutTheQueue = "about_the_queue", "Руководитель меняет, как работает его очередь.", "The head changes how the queue works.";
    FileChanged = "file_changed", "В файле настроек теперь сказано другое: действует файл.", "The configuration says something else now, and counts.";
    AboutThemselves = "about_themselves", "Сотрудник говорит о себе: отсутствие, возвращение, настройки.", "The agent speaks of themselves: an absence, being back, settings.";
    NoSuchDeputy = "no_such_deputy", "Заместитель не работает ни в одной из очередей сотрудника.", "The deputy serves none of the agent's queues.";
    NotMoved = "not_moved", "Срок не переносили, или обещание уже исполнено или нарушено.", "No other date was promised, or the promise is kept or broken by now.";
    NoSuchSetting = "no_such_setting", "Такой настройки нет.", "There is no such setting.";
    Offered = "offered", "Обращение сделал сотрудник из письма к сведению: автору об этом не сообщается.", "An agent made this ticket of a mail for information: its author is not told.";
    HandedOver = "handed_over", "Сотрудник переслал личное письмо: это обращение того, кто его написал.", "An agent forwarded a personal mail: the request is its author's.";
    OnBehalf = "on_behalf", "Сотрудник записал обращение со слов заявителя.", "An agent wrote the request down for the one who asks.";
    OriginUnsure = "origin_unsure", "Непонятно, чьё обращение принёс сотрудник: его спросили, больше никому не написано.", "It is not sure whose request an agent brings: they were asked, nobody else was written to.";
    OriginAnswered = "origin_answered", "Сотрудник сказал, чьё это обращение.", "The agent has said whose request it is.";
    OriginLapsed = "origin_lapsed", "Сотрудник не ответил, чьё это обращение: оно остаётся за ним, очередь работает.", "The agent has not said whose request it is: it stays theirs, and the queue works on it.";
    Crossed = "crossed", "Коллега ответил чуть раньше, и автор этого не видел: ответ ждёт слова автора.", "A colleague answered just before, unseen by the author: the answer waits for the author's word.";
    NothingHeld = "nothing_held", "Задержанного ответа нет.", "No answer of the agent's is held.";
    ByReport = "by_report", "Относится к обращению: отчёт о нашем письме.", "Belongs to a ticket: a report about a mail of ours.";
    FollowUp = "follow_up", "Относится к обращению: письмо от его участника.", "Belongs to a ticket: a mail of a participant.";
    AgentReply = "agent_reply", "Ответ сотрудника на письмо okno: переслан заявителю.", "An agent's reply to a mail of ours: passed on to the requester.";
    AgentNote = "agent_note", "Заметка сотрудника: остаётся внутри.", "An agent's note: it stays inside.";
    AgentCommand = "agent_command", "Команда сотрудника.", "An agent's command.";
    FirstAnswer = "first_answer", "Первым ответил этот сотрудник, он и отвечает дальше.", "The agent who answers first is responsible.";
    HeldNote = "held_note", "Первая строка похожа на «заметка:»: письмо никому не ушло, автора спросили.", "The first line nearly says note: nothing went out, the author was asked.";
    HeldUnclear = "held_unclear", "Нельзя надёжно отделить слова сотрудника от цитаты: письмо никому не ушло, автора спросили.", "The agent's words could not be told from the quote for sure: nothing went out, the author was asked.";
    NoQueue = "no_queue", "Ящик или очередь больше не настроены: отложено.", "The mailbox or queue is not configured any more: put aside.";
    Confirmed = "confirmed", "Заявитель подтвердил решение.", "The requester confirmed the resolution.";
    FormFilled = "form_filled", "Письмо по форме: поля прочитаны.", "The mail is of a form: its fields were read.";
    FieldsAnswered = "fields_answered", "Заявитель дополнил поля формы.", "The requester has filled in more of the form.";
    FieldsMissing = "fields_missing", "В форме не хватает обязательных полей: заявителя спросили один раз.", "Obligatory fields of the form are missing: the requester was asked, once.";
    FormsAsked = "forms_asked", "Просят список форм: он отправлен, обращение не открыто.", "The list of forms was asked for and sent: no ticket was opened.";
    NoForm = "no_form", "Обращение пришло не по форме: полей у него нет.", "The ticket was not asked by a form: it has no fields.";
    NoSuchField = "no_such_field", "Такого поля в форме нет.", "The form has no such field.";
    NoSuchValue = "no_such_value", "Такого значения у поля быть не может.", "The field does not take that value.";
    Asked = "asked", "Заявитель спросил одним словом; ему ответили.", "The requester asked with one word and was answered.";
    Withdrawn = "withdrawn", "Заявитель отменил обращение.", "The requester has cancelled the request.";
    UrgencyAsked = "urgency_asked", "Заявитель просит решить срочно.", "The requester says that it is urgent.";
    LanguageChosen = "language_chosen", "Заявитель выбрал язык писем.", "The requester has chosen the language.";
    Thanked = "thanked", "Заявитель благодарит: обращение остаётся закрытым или решённым.", "The requester says thanks: the ticket stays resolved or closed.";
    RatedAnew = "rated_anew", "Заявитель изменил оценку: считается последняя.", "The requester rated anew: the last rating counts.";
    RatingLocked = "rating_locked", "Оценку больше нельзя изменить: обращение закрыто больше 14 дней назад.", "The rating cannot be changed any more: the ticket was closed more than 14 days ago.";
    ClosedLongAgo = "closed_long_ago", "Ответ на обращение, закрытое давно: открыто новое, связанное с ним.", "An answer to a ticket closed long ago: a new one was opened, linked with it.";
    Returned = "returned", "Заявитель вернул обращение в работу.", "The requester returned the ticket.";
    Reopened = "reopened", "Заявитель написал после решения: обращение снова в работе.", "The requester wrote after the resolution: the ticket is open again.";
    Silence = "silence", "Возражений не было: закрыто по истечении срока.", "Nobody objected in time: closed.";
    DeadlineApproved = "deadline_approved", "Перенос срока утверждён: решение о сроке отменено, считается новая дата.", "The new date is approved: the verdict is taken back, and the new date counts.";
    PolicyChanged = "policy_changed", "Изменились часы или обещания: то, что идёт, пересчитано.", "Hours or promises have changed: what runs was counted anew.";
    PassportOrdered = "passport_ordered", "Администратор послал руководителю паспорт очереди.", "The administrator has sent the head the passport of the queue.";
    ReportAsked = "report_asked", "Показатели запрошены письмом.", "Figures were asked for by mail.";
    ReportTold = "report_told", "Показатели посчитаны и посланы тому, кто просил.", "The figures are counted and sent to whoever asked.";
    PayrollDrafted = "payroll_drafted", "Месяц закончился или показатели исправлены: черновик послан на утверждение.", "The month is over, or figures were corrected: the draft was sent to be approved.";
    PayrollAnswered = "payroll_answered", "Руководитель ответил на черновик показателей.", "The head has answered the draft of the figures.";
    PayrollUnclear = "payroll_unclear", "Ответ без распоряжений, и об этом уже сказано: ещё одного письма нет, отвечать может и программа.", "An answer without orders, of which the head was told before: no further letter, since a program may be answering.";
    PayrollForeign = "payroll_foreign", "Ответ на чужое письмо о показателях: заявкой не стал, о нём сказано тому, чьё это письмо.", "An answer to somebody else's letter about figures: it became no ticket, and whose letter it is was told.";
    PayrollEmpty = "payroll_empty", "Ответ бухгалтера без слов и файлов: передавать нечего.", "An accountant's answer without words and files: there is nothing to pass on.";
    PayrollCorrected = "payroll_corrected", "Руководитель исправил, как обращение считается в показателях.", "The head has corrected how the request counts in figures.";
    PayrollExplained = "payroll_explained", "Руководитель объяснил показатель.", "The head has explained an indicator.";
    PayrollApproved = "payroll_approved", "Руководитель утвердил показатели.", "The head has approved the figures.";
    PayrollApprovedAtTerminal = "payroll_approved_at_terminal", "Администратор утвердил показатели в терминале вместо руководителя.", "The administrator has approved the figures at the terminal in the head's place.";
    PayrollOutdated = "payroll_outdated", "Этого черновика утвердить уже нельзя: показатели с тех пор изменились.", "That draft cannot be approved any more: the figures have changed since.";
    PayrollListGone = "payroll_list_gone", "Такого списка для выплат в настройках больше нет: ничего не утверждено.", "There is no such payroll list in the configuration any more: nothing was approved.";
    PayrollClosed = "payroll_closed", "Всё утверждено: файл больше не меняется.", "All is approved: the file does not change any more.";
    PayrollTold = "payroll_told", "Пришёл обещанный день или ответа нет: об этом сказано.", "The promised day has come, or there is no answer: it is told.";
    Reviewed = "reviewed", "Неделя или месяц закончились: послано письмо об итогах.", "The week or the month is over: the letter about it was sent.";
    PayrollReceived = "payroll_received", "Бухгалтер подтвердил получение файла.", "The accountant has said that the file is there.";
    PayrollResent = "payroll_resent", "Тот же файл послан бухгалтерии ещё раз.", "The accountants were sent the same file once more.";
    PayrollAsked = "payroll_asked", "Бухгалтер спрашивает о показателях: вопрос передан тем, кто их утверждает.", "An accountant asks about figures: the question was passed on to those who approve them.";
    PeriodClosed = "period_closed", "Период закрыт: его показатели больше не меняются.", "The period is closed: its figures do not change any more.";
    PeriodOvertaken = "period_overtaken", "Тем временем закрыли другой период, и этот переносит не всё: закройте его ещё раз.", "Another period was closed meanwhile, and this one does not carry all: close it once more.";
    PeriodClosedAlready = "period_closed_already", "Период уже закрыт: ничего не изменилось.", "The period is closed already: nothing has changed.";
    Exported = "exported", "Выгрузка из okno: записано, что, за какое время и кому.", "Handed out of okno: what, of which time and to whom is on record.";
    FactsImported = "facts_imported", "Из файла взяты показатели, которых okno не считает.", "Figures that okno does not count were taken from a file.";
    FactsBrought = "facts_brought", "По почте пришёл файл с показателями, которых okno не считает.", "A file of figures that okno does not count came by mail.";
    NumbersSaid = "numbers_said", "Администратор назвал табельные номера.", "The administrator has said employee numbers.";
    Rejudged = "rejudged", "Администратор велел заново решить, выдержаны ли сроки, по сегодняшним правилам.", "The administrator wants it judged anew by today's rules.";
    ToldLate = "told_late", "Срок прошёл: об этом сказано тем, кто решает и отвечает.", "The due time passed: those who decide and who answer are told.";
    FoundInTime = "found_in_time", "Ответ был дан вовремя, но найден позже: решение о сроке исправлено.", "The answer was given in time and found later: the verdict is corrected.";
    MailboxUnread = "mailbox_unread", "Время наступило; ящик слишком долго не читается, и его писем не ждали.", "The time came; a mailbox has not been read for too long, and its mail was not waited for.";
    MailUndecided = "mail_undecided", "Время наступило; полученное письмо слишком долго не разобрано, и его не ждали.", "The time came; mail that has arrived has been undecided for too long, and was not waited for.";
    TimePassed = "time_passed", "Срок истёк раньше, чем обращение решено.", "The due time passed before the ticket was resolved.";
    SatisfiedInTime = "satisfied_in_time", "Решено в срок.", "Resolved in time.";
    SatisfiedLate = "satisfied_late", "Решено после срока.", "Resolved after it was due.";
    TargetOfQueue = "target_of_queue", "Срок по правилу очереди, в её рабочих часах.", "The queue's target, counted in its opening hours.";
    Participant = "participant", "Автор — участник обращения.", "The author takes part in the ticket.";
    ByReference = "by_reference", "По ссылке на наше письмо (References, In-Reply-To).", "By a reference to a mail of ours (References, In-Reply-To).";
    ByReplyAddress = "by_reply_address", "По адресу для ответа, который мы дали.", "By a reply address that we gave.";
    ByButton = "by_button", "По кнопке из нашего письма.", "By a button of a mail of ours.";
    ByKnownMessage = "by_known_message", "По ссылке на письмо этой переписки.", "By a reference to a mail of this conversation.";
    ByNamedMessage = "by_named_message", "По ссылке на письмо, на которое ссылается и эта переписка; автор в ней участвует.", "By a reference to a mail that this conversation refers to as well; the author takes part in it.";
    ByConversation = "by_conversation", "По цепочке писем Outlook (Thread-Index); автор участвует в обращении.", "By Outlook's conversation (Thread-Index); the author takes part in the ticket.";
    ByLine = "by_line", "По номеру в строке из нашего письма; автор участвует в обращении.", "By the tag in a line of a letter of ours; the author takes part in the ticket.";
    ByNumber = "by_number", "По номеру в теме без проверочных букв; автор участвует в обращении.", "By the number in the subject, without its check letters; the author takes part in the ticket.";
    ByTag = "by_tag", "По номеру обращения в теме.", "By the ticket tag in the subject.";
    OneConversation = "one_conversation", "Одна и та же переписка списка рассылки: письмо отвечает на письма обоих обращений.", "One conversation of a mailing list: a mail answers mails of both tickets.";
    SameMail = "same_mail", "Копия письма, которое уже учтено.", "A copy of a mail that is already registered.";
    Stranger = "stranger", "Автор не участвует в обращении: текст показан сотрудникам, наружу ничего не ушло.", "The author takes no part in the ticket: shown to the agents, nothing went out.";
    Left = "left", "Участник больше не хочет писем по обращению.", "A participant wants no more mail of the ticket.";
    NoCandidate = "no_candidate", "Добавить некого: никто посторонний в обращение не писал.", "Nobody is to be added: no outsider has written.";
    SeveralCandidates = "several_candidates", "Неясно, кого добавить: посторонних писало несколько.", "Whom to add is not clear: several outsiders have written.";
    SimilarWords = "similar_words", "Тот же заявитель недавно просил о том же похожими словами.", "The same requester has asked the same in similar words lately.";
    NoRepeat = "no_repeat", "Повтор не предложен, и номер не назван.", "No repeat was proposed, and no number is named.";
    NotEarlier = "not_earlier", "Названное обращение открыто позже этого.", "The ticket named was opened later than this one.";
    NotTrusted = "not_trusted", "Автор не доказан: письмо не является ответом на наше письмо этому сотруднику.", "The author is not proven: not a reply to a mail of ours to this agent.";
    Unconfirmed = "unconfirmed", "Письмо от имени сотрудника ничем не подтверждено: оставлено заметкой, сотрудник спрошен.", "A mail in an agent's name that nothing proves: kept as a note, the agent is asked.";
    AskedWhetherOwn = "asked_whether_own", "Сотрудник спрошен, его ли это письма.", "The agent is asked whether the mails are theirs.";
    PerhapsAutomatic = "perhaps_automatic", "Письмо сотрудника похоже на автоответ об отсутствии: оставлено заметкой, сотрудник спрошен.", "An agent's mail that looks like a notice of absence: kept as a note, the agent is asked.";
    MeantSo = "meant_so", "Сотрудник ответил, что это не автоответ.", "The agent says that it was no automatic reply.";
    WasAutomatic = "was_automatic", "Сотрудник ответил, что это автоответ.", "The agent says that it was an automatic reply.";
    OwnUp = "own_up", "Сотрудник подтвердил, что письма его.", "The agent says that the mails are theirs.";
    Disowned = "disowned", "Сотрудник ответил, что письма не его.", "The agent says that the mails are not theirs.";
    CodeOver = "code_over", "Код использован, устарел или не этого сотрудника.", "The code is used up, out of date, or not this agent's.";
    CodeUnclear = "code_unclear", "На вопрос о письмах ответили не «да» и не «нет».", "The question about the mails was answered neither yes nor no.";
    TakenAgain = "taken_again", "Письмо рассмотрено снова: автор его подтвердил.", "The mail was taken once more: its author has confirmed it.";
    NotOfQueue = "not_of_queue", "Сотрудник не работает в этой очереди.", "The agent does not serve this queue.";
    NotInRole = "not_in_role", "В этой роли так сделать нельзя.", "Nobody in this role may do that.";
    AlreadyTaken = "already_taken", "Обращение уже взял другой сотрудник.", "Another agent has taken the ticket.";
    ConfidentialTeam = "confidential_team", "Кто читает конфиденциальную очередь, сказано только в файле настроек.", "Who may read a confidential queue is said in the configuration file alone.";
    AgentFull = "agent_full", "У сотрудника уже столько обращений, сколько можно.", "The agent has as many tickets as they may have.";
    NothingToShow = "nothing_to_show", "Писем заявителя, которые можно показать целиком, здесь нет.", "There is no mail of the requester's to show whole.";
    OwnAnyway = "own_anyway", "Обращение и так ведёт этот сотрудник.", "The agent is responsible for it anyway.";
    NotFollowing = "not_following", "Сотрудник за этим обращением не следит.", "The agent does not follow the ticket.";
    SnoozeOver = "snooze_over", "Отложенное обращение снова в списках сотрудника.", "A ticket that was put off is in the agent's lists again.";
    TakenBack = "taken_back", "Сотрудник отменил сделанное своим письмом.", "The agent takes back what their mail did.";
    NothingToUndo = "nothing_to_undo", "Отменять нечего: сотрудник здесь ничего не менял.", "There is nothing to take back: the agent has changed nothing here.";
    UndoneAlready = "undone_already", "Это уже отменено.", "It is taken back already.";
    CameSince = "came_since", "Отменить нельзя: на этом держится то, что было потом.", "It cannot be taken back: what came since rests on it.";
    GoneOut = "gone_out", "Ответ уже ушёл: вернуть его нельзя.", "The answer has gone: it cannot be had back.";
    NotLive = "not_live", "Обращение уже решено.", "The ticket is resolved already.";
    HeldWithCommand = "held_with_command", "Слова письма относились к невыполненной команде: они остались внутри.", "The words of the mail belong to a command that was not carried out: they stay inside.";
    Contradiction = "contradiction", "Команды одного письма противоречат друг другу: не выполнена ни одна из них.", "Commands of one mail contradict each other: none of them was carried out.";
    SwitchedOff = "switched_off", "Эта команда в очереди не включена.", "The queue has not switched this command on.";
    NoSuchAgent = "no_such_agent", "Такого сотрудника в очереди нет.", "There is no such agent in the queue.";
    SeveralAgents = "several_agents", "Под это имя подходит несколько сотрудников.", "Several agents bear that name.";
    NoQuestion = "no_question", "Спрашивать нечего: в письме нет вопроса, и раньше заявителю не писали.", "There is no question: the mail has none, and nothing was sent before.";
    NoDate = "no_date", "Дата не понята.", "The date is not understood.";
    PastDate = "past_date", "Дата уже прошла.", "The date is past.";
    WaitOver = "wait_over", "Время ожидания прошло: обращение снова в работе.", "The time of waiting is over: work on the ticket goes on.";
    AlreadyAnswered = "already_answered", "Заявителю уже ответили.", "The requester was answered already.";
    NotExcluded = "not_excluded", "Обращение и так учитывается.", "The ticket counts anyway.";
    CountsForNothing = "counts_for_nothing", "Обращение не учитывается: письмо приложено, никому не отправлено.", "The ticket counts for nothing: the mail was filed and sent to nobody.";
    NoCause = "no_cause", "Причина не названа.", "No cause was given.";
    NoClock = "no_clock", "Срока, который можно перенести, у обращения сейчас нет.", "The ticket has no promise that could be moved now.";
    AsItIs = "as_it_is", "Так и есть: менять нечего.", "So it is already.";
    NoDay = "no_day", "День не назван, прошёл или слишком далеко.", "No day is named, or it has passed, or is too far ahead.";
    NoSuchChoice = "no_such_choice", "Такого в списке нет.", "There is no such choice.";
    NoSuchQueue = "no_such_queue", "Такой очереди нет.", "There is no such queue.";
    SameQueue = "same_queue", "Обращение уже в этой очереди.", "The ticket is in that queue already.";
    QueueNotServed = "queue_not_served", "В той очереди okno ещё не рассылает писем сотрудникам.", "Agents of that queue are not written to by okno yet.";
    EscalatedTo = "escalated_to", "Вопрос другому отделу: там своё обращение.", "A question to another department: a ticket there.";
    EscalationAnswered = "escalation_answered", "Другой отдел ответил тем, кто спросил.", "The other department has answered those who asked.";
    PassedOn = "passed_on", "Ответ другого отдела отправлен заявителю.", "The other department's answer was sent on to the requester.";
    AskerDone = "asker_done", "Обращение, ради которого спрашивали, завершено: ответ больше не нужен.", "The ticket for whose sake it was asked has ended: no answer is needed any more.";
    QuestionTakenBack = "question_taken_back", "Вопрос отозван теми, кто спросил.", "Those who asked have taken the question back.";
    NothingAsked = "nothing_asked", "Не сказано, о чём спросить другой отдел.", "It is not said what the other department is asked.";
    OwnQueue = "own_queue", "Это своя очередь.", "It is their own queue.";
    CircularQuestion = "circular_question", "Тот отдел сам спрашивает об этом: по кругу вопрос не пойдёт.", "That department asks this itself: no question goes round in circles.";
    NotAskedFromHere = "not_asked_from_here", "Из этой очереди тот отдел не спрашивают.", "This queue does not ask that department.";
    AskedAlready = "asked_already", "Тот отдел уже спросили, ответа пока нет.", "That department is asked already and owes an answer.";
    NoHeadToAgree = "no_head_to_agree", "Тот отдел спрашивают через руководителя, а у этой очереди он не назван.", "That department is asked through the head, and this queue names none.";
    WhichQuestion = "which_question", "Неясно, какой вопрос отозвать, или его нет.", "It is not clear which question is meant, or there is none.";
    TwoToDecide = "two_to_decide", "Решения ждут и срок, и вопрос другому отделу.", "Both a date and a question to another department wait for a decision.";
    NeedsCause = "needs_cause", "Повтор не закрывают, пока не названа причина.", "A repeat is not solved before its cause is said.";
    NoSuchTicket = "no_such_ticket", "Такого обращения в очередях сотрудника нет.", "There is no such ticket in the agent's queues.";
    GoneMeanwhile = "gone_meanwhile", "Пока сотрудник отменял, письмо уже уходило: ответ остаётся данным.", "The mail was being handed over while the agent took it back: the answer stays given.";
    NothingSaid = "nothing_said", "О себе сотрудник в последнее время ничего не говорил.", "The agent has said nothing of themselves lately.";
    Published = "published", "Статья уже стала файлом базы знаний.", "The article is a file of the knowledge base already.";
    HistoryUnread = "history_unread", "История другого обращения, которого это касается, сейчас не прочитана.", "The history of another ticket that this is about has not been read just now.";
    FollowedByMany = "followed_by_many", "За обращением следят столько сотрудников, сколько можно.", "As many agents follow the ticket as may.";
    SameTicket = "same_ticket", "Это то же самое обращение.", "It is the same ticket.";
    OtherNotLive = "other_not_live", "Другое обращение уже решено.", "The other ticket is resolved already.";
    OlderGoesOn = "older_goes_on", "Продолжается обращение, которое пришло раньше.", "The ticket that came first goes on.";
    ClosedUnanswered = "closed_unanswered", "Закрыто без ответа: обещание ответить не оценивается.", "Closed without an answer: the promise of one is not judged.";
    SplitOff = "split_off", "Сотрудник выделил часть обращения в отдельное.", "An agent made a part of the ticket a ticket of its own.";
    SplitEnough = "split_enough", "Одним письмом выделяют не больше трёх обращений.", "One mail splits off no more than three tickets.";
    PartOfQuestion = "part_of_question", "Вопрос другого отдела не делят: он часть чужого обращения.", "A question of another department is not split: it belongs to their ticket.";
    NothingToSplit = "nothing_to_split", "Не сказано, что выделить в отдельное обращение.", "It is not said what to make a ticket of its own.";
    LinkedAlready = "linked_already", "Обращения уже связаны.", "The tickets are linked already.";
    NoWords = "no_words", "Искать нечего: таких слов нет или они есть в каждом тексте.", "There is nothing to look for: no words, or such as every text has.";
    NoArticleHere = "no_article_here", "Очередь конфиденциальная: статьи из неё не пишут.", "A confidential queue: no articles are made of it.";
    NoKnowledge = "no_knowledge", "Базы знаний нет: её папка не настроена.", "There is no knowledge base: its folder is not configured.";
    NoHead = "no_head", "Не сказано, кто одобряет статьи этой очереди.", "Nobody is named who approves articles of this queue.";
    NothingToDraft = "nothing_to_draft", "Решения, из которого можно сделать статью, нет.", "There is no resolution to make an article of.";
    NoDraft = "no_draft", "Проекта статьи, который ждал бы решения, нет.", "There is no draft article that waits for a decision.";
    NpsDue = "nps_due", "Заявителя спрашивают раз в квартал, посоветует ли он нас.", "The requester is asked once a quarter whether they would recommend us.";
    NpsLater = "nps_later", "Спросим позже: на этой неделе заявителя уже спрашивали, или его обращение ещё не решено.", "It is asked later: the requester was asked something this week, or has a request that is not solved.";
    NpsNot = "nps_not", "Не спросим: в этом квартале уже спрашивали, или спрашивать больше не о чем.", "It is not asked: they were asked this quarter, or there is nothing to ask about any more.";
    NpsUnwanted = "nps_unwanted", "Заявитель не хочет, чтобы его спрашивали, посоветует ли он нас.", "The requester does not want to be asked whether they would recommend us.";
    Erased = "erased", "Человек попросил удалить данные о себе: слова, письма, имя и адреса стёрты.", "Somebody has asked that data about them be erased: words, mails, name and addresses are gone.";
    NotErased = "not_erased", "Стирать сейчас нельзя: есть незакрытые обращения или неотправленные письма, или это человек из настроек или справочника.", "Nothing can be erased now: there are requests that are not closed or mails not sent, or the configuration or the people directory names them.";
    RequesterErased = "requester_erased", "Данные заявителя стёрты по его просьбе: писать некому, в обращении больше ничего не делается.", "The requester's data were erased because they asked for it: there is nobody to write to, and nothing more is done in the ticket.";
    NpsWanted = "nps_wanted", "Заявителя снова можно спрашивать, посоветует ли он нас.", "The requester may be asked again whether they would recommend us.";
    NpsSaid = "nps_said", "Заявитель ответил, посоветует ли нас.", "The requester answered whether they would recommend us.";
    NpsWords = "nps_words", "Заявитель ответил словами на вопрос, посоветует ли нас: закрытое осталось закрытым.", "The requester answered in words whether they would recommend us: what is closed stays closed.";
    KbShown = "kb_shown", "В подтверждении показаны статьи базы знаний.", "The acknowledgement shows articles of the knowledge base.";
    KbHit = "kb_hit", "Заявителю помогла статья базы знаний: закрыто, сотрудникам не засчитывается.", "An article of the knowledge base was the answer: closed, and no agent's.";
    NotHere = "not_here", "Здесь этой команды нет: её надо прислать отдельным письмом.", "The command is not for this mail: it is to be sent by itself.";
    NoSuchAnswer = "no_such_answer", "Готового ответа с таким именем нет.", "There is no canned answer of that name.";
    OnCard = "on_card", "Это видно в карточке обращения.", "It stands on the ticket's card.";
    SharedAddress = "shared_address", "С этого адреса пишут разные люди: истории у него нет.", "Several people write from this address: it has no history.";
    Confidential = "confidential", "Очередь конфиденциальная: её обращения не объединяют и не связывают с чужими.", "A confidential queue: its tickets are not merged or linked with others.";
    NotReading = "not_reading", "Этот человек и так не читает переписку.", "That person does not read along.";
    UnknownCommand = "unknown_command", "Такой команды нет.", "There is no such command.";
    MachineNote = "machine_note", "Письмо автомата: приложено к обращению, никому не отправлено.", "A machine's mail: filed with the ticket, sent to nobody.";
    MachineUnmatched = "machine_unmatched", "Письмо автомата, не относящееся ни к одному обращению: отложено.", "A machine's mail that belongs to no ticket: put aside.";
    MassMail = "mass_mail", "Рассылка: отложена.", "Mass mail: put aside.";
    OwnMail = "own_mail", "Наше собственное письмо вернулось: отложено.", "Our own mail came back: put aside.";
    TooManyHops = "too_many_hops", "Письмо ходит по кругу: отложено.", "The mail goes round in circles: put aside.";
    Bounced = "bounced", "Наше письмо не доставлено.", "A mail of ours was not delivered.";
    ReportDoubted = "report_doubted", "Отчёт о недоставке, который ничего не доказывает: показан сотрудникам, ничего не изменил.", "A delivery report that proves nothing: shown to the agents, it has changed nothing.";
    BounceUnmatched = "bounce_unmatched", "Отчёт о недоставке не нашего письма: отложен.", "A report about a mail that is not ours: put aside.";
    Delayed = "delayed", "Наше письмо ещё в пути.", "A mail of ours is delayed.";
    Silenced = "silenced", "Письма на этот адрес не доходят: пока ничего автоматического туда не отправляется.", "Mail to this address does not arrive: nothing automatic is sent there for now.";
    Heard = "heard", "С этого адреса снова пишут: автоматические письма туда снова отправляются.", "Mail comes from this address again: automatic mail goes there again.";
    AnswerLost = "answer_lost", "Ответ не дошёл до заявителя: обращение снова в работе.", "The answer did not reach the requester: work on it goes on.";
    Refused = "refused", "Почтовый сервер окончательно отказал.", "The mail server refused for good.";
    ModeObserve = "mode_observe", "Ящик в режиме observe: никому ничего не отправляется.", "The mailbox is in mode observe: nobody is sent anything.";
    ModeAcknowledge = "mode_acknowledge", "Ящик в режиме acknowledge: сотрудникам ничего не отправляется.", "The mailbox is in mode acknowledge: agents are sent nothing.";
    AutomaticAnswerUnwanted = "automatic_answer_unwanted", "На это письмо нельзя отвечать автоматически.", "This mail must not be answered automatically.";
    OwnAddress = "own_address", "Автор — один из наших ящиков.", "The author is one of our mailboxes.";
    NoAddress = "no_address", "Нет адреса, на который можно ответить.", "There is no address to answer to.";
    NotAddressed = "not_addressed", "Наш адрес не стоит ни в To, ни в Cc.", "No address of ours is in To or Cc.";
    CapHour = "cap_hour", "Достигнут предел автоматических писем на этот адрес за час.", "The address has had its automatic mails of this hour.";
    CapDay = "cap_day", "Достигнут предел автоматических писем на этот адрес за сутки.", "The address has had its automatic mails of this day.";
    Tried = "tried", "Письмо для пробы: сотруднику сказано, что с ним стало бы.", "A mail to try only: the agent was told what would have become of it.";
    TriedByNobody = "tried_by_nobody", "Письмо для пробы, но не доказано, что его написал сотрудник.", "A mail to try only, and nothing proves that an agent wrote it.";
    OtherAddress = "other_address", "Написано на дополнительный или прежний адрес ящика.", "Written to a further or former address of the mailbox.";
    OwnCopy = "own_copy", "Копия нашего собственного письма в папке отправленных.", "A copy of a mail of ours in the Sent folder.";
    SentElsewhere = "sent_elsewhere", "Письмо из общего ящика, не относящееся ни к одному обращению: отложено.", "A mail from the shared mailbox that belongs to no ticket: put aside.";
    AnsweredOutside = "answered_outside", "Заявителю уже ответили без okno.", "The requester was answered without okno.";
    SwitchedToFull = "switched_to_full", "Ящик переведён в режим full: старые обращения разобраны.", "The mailbox is in mode full from now on: the old tickets are seen to.";
    AnsweredUnseen = "answered_unseen", "Заявитель отвечает на письмо из нашего ящика, которого okno не видел: ему уже ответили.", "The requester answers a mail from our mailbox that okno has not seen: there was an answer already.";
    SentCopyExpected = "sent_copy_expected", "Копия письма из самого ящика (Bcc): считаться будет то, что ляжет в папку отправленных.", "A copy of a mail from the mailbox itself (Bcc): the one in the Sent folder will count.";
    Quiet = "quiet", "После ответа без okno заявитель больше не писал: решено тем ответом.", "The requester has not written since the answer without okno: it resolved the ticket.";
    CapTicket = "cap_ticket", "Достигнут предел автоматических писем по этому обращению на этот адрес за сутки.", "The address has had its automatic mails of this ticket for the day.";
    Storm = "storm", "По обращению пишут быстрее, чем пишут люди: отдельного письма об этом нет, обращение назовёт письмо об обращениях без отдельных писем.", "The ticket is written in faster than people write: no mail of its own, it is named in the mail of tickets without separate mails.";
    Flood = "flood", "За час от этого отправителя пришло слишком много новых писем: собрано в одном обращении, без подтверждения.", "Too many new mails of this sender within the hour: gathered in one ticket, without acknowledgement.";
    SameWords = "same_words", "Тот же текст от того же отправителя приходит снова и снова: отдельного ответа не будет.", "The same words of the same sender come again and again: there is no answer of their own.";
    Reflex = "reflex", "Письма приходят сразу вслед за нашими автоматическими: похоже на автоответчик, подтверждение не отправлено.", "The mails come right after automatic ones of ours: it looks like an answering machine, no acknowledgement was sent.";
    FuseBlown = "fuse_blown", "Предохранитель: слишком много автоматических писем сразу; задержано до решения администратора.", "The fuse: too many automatic mails at once; held until the administrator releases them.";
    Answer = "answer", "Ответ на письмо.", "An answer to a mail.";
    Notice = "notice", "Уведомление.", "A notice.";
    MorningDue = "morning_due", "Утренний список дел сотрудника.", "An agent's work list of the morning.";
    WorkListAnswered = "work_list_answered", "Строка ответа на список дел.", "A line of an answer to a work list.";
    DigestDue = "digest_due", "Сводка того, что задержал предел.", "A digest of what a cap withheld.";
    NothingToDo = "nothing_to_do", "Делать больше нечего.", "Nothing is left to do.";
    ConditionSeen = "condition_seen", "Замечена неполадка.", "Something needs the administrator.";
    ConditionOver = "condition_over", "Неполадка устранена.", "It does not any more.";
    ToldLately = "told_lately", "Администратору об этом недавно писали.", "The administrator was told of it lately.";
    DirectoryTaken = "directory_taken", "Справочник людей прочитан и принят.", "The people directory was read and taken.";
    DirectoryConfirmed = "directory_confirmed", "Справочник людей принят: администратор подтвердил, что он верен.", "The people directory was taken: the administrator has confirmed it.";
    DirectoryFaulty = "directory_faulty", "Справочник людей не принят: в нём ошибки.", "The people directory was refused: there are mistakes in it.";
    DirectoryShrunk = "directory_shrunk", "Справочник людей не принят: пропала бы больше чем пятая часть людей.", "The people directory was refused: more than a fifth of the people would vanish.";
    DirectoryLosesAgent = "directory_loses_agent", "Справочник людей не принят: пропал бы сотрудник с открытыми обращениями.", "The people directory was refused: an agent with open tickets would vanish.";
    Listed = "listed", "Так теперь стоит в справочнике людей.", "So it stands in the people directory now.";
    Unlisted = "unlisted", "В справочнике людей этого человека больше нет; его история остаётся.", "The person is no longer in the people directory; their history stays.";
    SameByDirectory = "same_by_directory", "По справочнику людей это адрес того же человека.", "By the people directory this is an address of the same person.";
    OwnByDirectory = "own_by_directory", "По справочнику людей это адрес другого человека.", "By the people directory this is another person's address.";
    Discarded = "discarded", "Выброшено администратором.", "Discarded by the administrator.";
    RetryOrdered = "retry_ordered", "Администратор велел попробовать ещё раз.", "The administrator wants it tried again.";
    Released = "released", "Выпущено администратором.", "Released by the administrator.";
}

impl Reason {
    /// The reason of a stored code; `None` where this program does not know it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|reason| reason.code() == code)
    }

    /// The sentence of a stored code; the code itself where this program does not know it.
    #[must_use]
    pub fn words_of(code: &str, language: Language) -> Cow<'_, str> {
        match (code.strip_prefix(RULE), language) {
            (Some(rule), Language::Ru) => format!("По правилу «{rule}».").into(),
            (Some(rule), Language::En) => format!("By rule \"{rule}\".").into(),
            (None, _) => Self::from_code(code)
                .map_or(code, |reason| reason.words(language))
                .into(),
        }
    }

    /// The code of what a rule has done: it bears the rule's name.
    #[must_use]
    pub fn of_rule(name: &str) -> String {
        format!("{RULE}{name}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_is_used_once() {
        let codes: HashSet<_> = Reason::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), Reason::ALL.len());
    }

    #[test]
    fn a_code_is_put_into_words() {
        assert_eq!(
            Reason::words_of("by_tag", Language::En),
            "By the ticket tag in the subject."
        );
        assert_eq!(
            Reason::words_of("rule:Справки", Language::Ru),
            "По правилу «Справки»."
        );
        assert_eq!(Reason::words_of("of_tomorrow", Language::En), "of_tomorrow");
    }
}
