from __future__ import annotations

import typing

_WITHDRAW = "You can withdraw at any time on your page. It takes effect at once and needs no reason."

WORDS: typing.Final[dict[tuple[str, int], dict[str, str]]] = {
    ("agency_introduction", 1): {
        "title": "Be introduced to jobs by an agency",
        "text": (
            "We pass what you register on to an agency so that it can look for jobs that suit you and introduce you. A company"
            " with an opening receives your information only when you say yes, each time. It costs you nothing. If you do not"
            " agree, the result of your application stays the same."
        ),
        "receiver": (
            "The agency in charge of you: one of those that hold a government licence and take part in Career Relay. We will"
            " tell you its name once it is settled."
        ),
        "items": "Name, e-mail address, phone number, where you want to work, the work you are looking for",
        "until": "24 months from the day you agree. It ends earlier if you withdraw or erase your registration.",
        "withdraw": _WITHDRAW,
    },
    ("employer_recontact", 1): {
        "title": "Hear about the next openings of {company}",
        "text": (
            "When {company} has a new opening, Career Relay tells you by e-mail. {company} does not receive your name or"
            " contact details. If you do not agree, it makes no difference should you apply again."
        ),
        "receiver": "Nobody. Career Relay sends the mail; nothing goes to {company}.",
        "items": "Name, e-mail address (to write to you)",
        "until": "12 months from the day you agree. It ends earlier if you withdraw or erase your registration.",
        "withdraw": _WITHDRAW,
    },
    ("school_information", 1): {
        "title": "Receive information on courses",
        "text": (
            "Career Relay tells you by e-mail of courses that help with the work you are looking for. Schools do not receive"
            " your information. Should you apply for a course, we ask you again for that school."
        ),
        "receiver": "Nobody. Career Relay sends the mail; nothing goes to schools.",
        "items": "Name, e-mail address, where you want to work, the work you are looking for (to choose what to send)",
        "until": "12 months from the day you agree. It ends earlier if you withdraw or erase your registration.",
        "withdraw": _WITHDRAW,
    },
    ("statistics", 1): {
        "title": "Use in statistics",
        "text": (
            "We publish in numbers and shares which work is wanted where, and how many people found their next job. Numbers"
            " under 5 are not shown, and nothing is published from which anyone could be recognized."
        ),
        "receiver": (
            "The figures: employers, agencies and schools that take part, and readers of what is published. Your own record"
            " goes to nobody."
        ),
        "items": "Where you want to work, the work you are looking for, the month you registered, what came of it",
        "until": (
            "Until you withdraw or erase your registration. Figures already published cannot be taken back, since nobody can"
            " tell whose they are."
        ),
        "withdraw": _WITHDRAW,
    },
}
