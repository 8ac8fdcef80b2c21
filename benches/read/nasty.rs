//! Mails made to be slow: beginnings of everything a reader looks for, over and over, up to its limits.

/// The text repeated in each; what stands before it makes it a text, a page or a header.
const TEXTS: &[&str] = &[
    "> \n",
    ">",
    "> a\nb\n",
    "AB> \n",
    "On 1:1 a@b.test\n",
    "On Mon, 16 Nov 2026 at 10:15, Anna <a@b.test>\n",
    "16.11.2026 10:15, Anna:\n",
    "16.11.2026 10:15\n",
    "Anna <a@b.test>\n16.11.2026 10:15\n",
    "Anna <a@b.test>\n16.11.2026 10:15\nTo\na\n",
    "From Anna <a@b.test>\nTo a@b.test\n",
    "-----BEGIN PGP SIGNED MESSAGE-----\n",
    "wrote:\n",
    "пишет:\n",
    "От: Анна\n",
    "From: a@b.test\n",
    "From: a\nSent: b\n",
    "*From:* a *Sent:* b ",
    "To: a@b.test,\n",
    "Subject:",
    "-----Original Message-----\n",
    "---------- Forwarded message ---------\n",
    "Begin forwarded message:\n",
    "--\n",
    "-- \n",
    "____________________\n",
    "С уважением,\n",
    "Sent from my phone\n",
    "--- Ответьте выше этой строки ---\n",
    "<a@b.test> 10:15:\n",
    "<a@b.test>: 550 5.1.1 unknown\n",
    "550 5.1.1 ",
    "#5.1.1 <a@b.test>\n",
    "Final-Recipient: rfc822; a@b.test\n\n",
    "> a\n\n\n\n",
    "> From: Anna <a@uni.test>\n",
    "Subject: x\nSubject: y\n",
    "On Mon, 23 Nov 2026 at 10:15, Anna <anna@uni.test> wrote:\n",
    "On Mon, 23 Nov 2026 Anna\n",
    "a <\n",
    "----- x -----\n",
    "This email is confidential:\n\n",
    "AT> a\nb:\n",
    "\u{E000}a\n\u{E001}",
    "<<<< ",
    "(@",
    "olga@uni.test\n",
    "a@b.test c@d.test e@f.test\n",
    "Final-Recipient: rfc822; a@b.test\nAction: failed\n\n",
    "Message-ID:\n",
    "(expanded from: <a@b.test>)\n",
    "The following recipients:\na\n",
    "5.5.5.5.5.5.\n",
    "550-5.1.1 \n",
    "{\"a\":[\n",
    "begin 644 a\n",
    "begin 644 a\n#0V%T\n`\nend\n",
    "BEGIN:VEVENT\nSUMMARY:a\n",
    "BEGIN:VCALENDAR\n",
    "a ",
    "a\n",
    "a:\n",
    ":\n",
    "10:15:\n",
    "\n",
    " ",
    "\t\n",
    "\r",
    "é",
    "ы",
    "字",
    "\u{FFFD}",
    "=\n",
    "=D0",
    "+AB-",
    "https://uni.test/a?b=c ",
    "a@b.test ",
];

const PAGES: &[&str] = &[
    "<div>",
    "</div>",
    "<p>a",
    "<br>",
    "<blockquote>",
    "<blockquote>a</blockquote>",
    "<div class=gmail_quote>",
    "<div id=divRplyFwdMsg>",
    "<table><tr><td>",
    "<table><tr><td>a</td><td>b</td></tr></table>",
    "<ul><li>",
    "<ol><li>a",
    "<a href='https://uni.test/a'>b</a>",
    "<a href='",
    "<a b=c d=e f=g",
    "<a ",
    "<",
    "<!--",
    "<!-- -->",
    "<!",
    "<![CDATA[",
    "&#",
    "&#1055;",
    "&nbsp;",
    "&a",
    "&",
    "<style>",
    "<style></style>",
    "<script>",
    "<script>a</script>",
    "<title>",
    "<textarea>",
    "<pre>\n",
    "<b>",
    "<b>a</b> ",
    "<span style='display:none'>a</span>",
    "<span style=\"border-top:solid #E1E1E1 1.0pt;a:b;c:d\">a",
    "<img alt=a src=cid:x>",
    "<hr>",
    "a <",
    "a > ",
];

const HEADERS: &[&str] = &[
    "X: y\n",
    "Received: from a by b; Mon, 16 Nov 2026 10:15:00 +0300\n",
    "From: a@b.test\n",
    "Subject: =?utf-8?B?0J/R?=\n",
    "To: a@b.test, \"b\" <c@d.test>,\n",
    "not a field\n",
    " folded\n",
    "References: <a@b.test>\n",
    "Authentication-Results: a; dkim=pass\n",
    "Content-Type: multipart/mixed; boundary=b\n",
    "X-Okno-Loop: a; hop=1\n",
];

const FIELDS: &[(&str, &str)] = &[
    ("To", "a@b.test,"),
    ("To", "("),
    ("To", "\""),
    ("To", "<"),
    ("To", "a <"),
    ("To", "a:"),
    ("To", ";"),
    ("To", "@"),
    ("To", "=?utf-8?Q?a?= "),
    ("To", "\\"),
    ("From", "(a(b)"),
    ("Subject", "=?utf-8?B?0J/R?= "),
    ("Subject", "=?utf-8?Q?"),
    ("Subject", "=?"),
    ("Subject", "Re: "),
    ("Subject", "[IT-1042-K7Q4] "),
    ("Subject", "a"),
    ("References", "<a@b.test> "),
    ("References", "<"),
    ("In-Reply-To", "a@b "),
    ("Date", "("),
    ("Date", "Mon, 16 Nov 2026 10:15:00 +0300 "),
    ("Content-Type", "text/plain; a=b; "),
    ("Content-Type", "text/plain; a=\""),
    ("Content-Type", "text/plain; ("),
    ("Content-Disposition", "attachment; filename*0*=a; "),
    ("Content-Disposition", "attachment; filename*=utf-8''%D0"),
    ("List-Id", "<"),
    ("Authentication-Results", "a; b=c "),
];

/// A mail that is one thing over and over.
pub(crate) struct Nasty {
    /// What it is, for a person.
    pub(crate) name: String,
    before: String,
    /// The piece of this number.
    piece: Box<dyn Fn(usize) -> String + Send>,
}

impl Nasty {
    fn new(name: &str, before: String, piece: &str) -> Self {
        let shown: String = piece.chars().take(40).collect();
        let piece = piece.to_owned();
        Self {
            name: format!("{name} {shown:?}"),
            before,
            piece: Box::new(move |_| piece.clone()),
        }
    }

    /// So many bytes of it, or a little more.
    pub(crate) fn mail(&self, bytes: usize) -> Vec<u8> {
        let mut mail = self.before.clone();
        for n in 0.. {
            if mail.len() >= bytes {
                break;
            }
            mail.push_str(&(self.piece)(n));
        }
        mail.into_bytes()
    }
}

const HEAD: &str = "From: Anna <anna@uni.test>\nTo: it@uni.test\nSubject: a\n";

const UTF_8: &str = "charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";

/// All of them: each piece as a text, a page or a header, and parts.
pub(crate) fn all() -> Vec<Nasty> {
    let mut all = Vec::new();
    let bounce = HEAD.replace("Anna", "MAILER-DAEMON");
    let forward = HEAD.replace("Subject: ", "Subject: Fwd: ");
    for piece in TEXTS {
        for (name, before) in [
            (
                "text",
                format!("{HEAD}Content-Type: text/plain; {UTF_8}words\n"),
            ),
            (
                "flowed",
                format!("{HEAD}Content-Type: text/plain; format=flowed; {UTF_8}words\n"),
            ),
            (
                "bounce",
                format!("Return-Path: <>\n{bounce}Content-Type: text/plain; {UTF_8}words\n"),
            ),
            (
                "forward",
                format!("{forward}Content-Type: text/plain; {UTF_8}words\n"),
            ),
        ] {
            all.push(Nasty::new(name, before, piece));
        }
    }
    let page = format!("Content-Type: text/html; {UTF_8}<p>words</p>");
    for piece in PAGES.iter().chain(TEXTS) {
        all.push(Nasty::new("page", format!("{HEAD}{page}"), piece));
        let before = format!(
            "{HEAD}Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; {UTF_8}words\n--b\n{page}"
        );
        all.push(Nasty::new("both", before, piece));
    }
    for piece in HEADERS {
        all.push(Nasty::new("header", HEAD.to_owned(), piece));
    }
    for (name, piece) in FIELDS {
        let before = format!("{HEAD}{name}: ");
        all.push(Nasty::new("folded", before.clone(), &format!("{piece}\n ")));
        all.push(Nasty::new("field", before, piece));
    }
    all.extend(parts());
    all
}

/// Parts without end, side by side and within each other.
fn parts() -> Vec<Nasty> {
    let mut all = Vec::new();
    for (kind, content) in [
        ("text/plain", "> words\nwords\n"),
        ("text/html", "<p><b>words</b>"),
        ("message/rfc822", "Subject: a\n\nwords\n"),
        (
            "message/delivery-status",
            "Final-Recipient: rfc822; a@b.test\nStatus: 5.1.1\n\n",
        ),
        ("text/calendar", "BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\n"),
        ("application/ms-tnef", "winmail"),
        ("image/png; name=a.png", "a"),
    ] {
        for container in ["mixed", "alternative", "report", "related"] {
            for times in [1, 100] {
                let before = format!("{HEAD}Content-Type: multipart/{container}; boundary=b\n\n");
                let part = format!("--b\nContent-Type: {kind}\n\n{}\n", content.repeat(times));
                let name = format!("parts of {container}, {times} times {kind}");
                all.push(Nasty::new(&name, before, &part));
            }
        }
    }
    all.push(Nasty {
        name: "multiparts within each other".to_owned(),
        before: HEAD.to_owned(),
        piece: Box::new(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")),
    });
    let open: String = (0..20)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
        .collect();
    for (name, before, piece) in [
        (
            "mails within each other",
            HEAD.to_owned(),
            "Content-Type: message/rfc822\n\n",
        ),
        (
            "lines like boundaries",
            format!("{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"),
            "--\n--b-\n",
        ),
        (
            "lines like twenty boundaries",
            format!("{HEAD}{open}\n"),
            "--b\n",
        ),
    ] {
        all.push(Nasty::new(name, before, piece));
    }
    all
}
