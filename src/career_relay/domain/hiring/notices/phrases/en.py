"""The ready texts in English, for applicants who were written to in English all along."""

from __future__ import annotations

import typing

from career_relay.domain.hiring.notices.phrases.shape import Phrases, Texts

TEXTS: typing.Final[dict[tuple[str, str], Texts]] = {
    ("new_graduate", "documents"): Texts(
        thanks=(
            "Thank you for applying to {company}'s graduate programme. We know how busy your studies are, and we"
            " appreciate the care you put into telling us about yourself."
        ),
        result="We have read your application closely. After careful thought, we have decided not to invite you to the next stage.",
        encouragement=(
            "This is a decision about this one opening. It does not measure your worth or what you can become, and we hope"
            " that what you have learned and tried will find its place at a company you have yet to meet."
        ),
    ),
    ("new_graduate", "interview"): Texts(
        thanks=(
            "Thank you for coming to the interview for {company}'s graduate programme. We appreciate how well you"
            " prepared and that you spoke in your own words."
        ),
        result="We have considered our conversation carefully and have decided not to offer you a position this time.",
        encouragement=(
            "An interview is short, and nobody can be known in full by it. What you have built up as a student will support"
            " you in the applications ahead and in your working life."
        ),
    ),
    ("new_graduate", "final"): Texts(
        thanks=(
            "Thank you for coming all the way to the final interview for {company}'s graduate programme. You made time"
            " for us again and again, and we are sincerely grateful for how seriously you took it."
        ),
        result="After long discussion among ourselves, we are sorry to tell you that we will not be making you an offer.",
        encouragement=(
            "The way to a final interview is not a short one, and we learned a good deal from talking with you. We truly hope"
            " that the strength that brought you this far will bear fruit in your next place."
        ),
    ),
    ("mid_career", "documents"): Texts(
        thanks=(
            "Thank you for applying to {company} for the position of {posting}. We appreciate that you prepared your"
            " application alongside your present work."
        ),
        result="We have looked at your career with care and have decided not to invite you to an interview this time.",
        encouragement=(
            "This decision concerns this one position and says nothing about the value of your work so far. We hope you will"
            " find a place where the experience you have gathered is put to good use."
        ),
    ),
    ("mid_career", "interview"): Texts(
        thanks=(
            "Thank you for your time at the interview with {company} for the position of {posting}. We appreciate how"
            " concretely you told us about your work."
        ),
        result="We have discussed our conversation thoroughly and have decided not to invite you to the next stage.",
        encouragement=(
            "We learned from the way you approach your work and from the solutions you described. We hope you will soon be"
            " where your experience is needed."
        ),
    ),
    ("mid_career", "final"): Texts(
        thanks=(
            "Thank you for coming to the final interview with {company} for the position of {posting}. You arranged your"
            " work around our meetings many times, and we are sincerely grateful."
        ),
        result="We weighed the decision to the very end, and we are sorry to tell you that we will not be making you an offer.",
        encouragement=(
            "Picturing with you what working together could be was valuable to us as well. We truly hope that your next"
            " position will take you even further."
        ),
    ),
    ("part_time", "documents"): Texts(
        thanks=(
            "Thank you for applying to {company} for the part-time position of {posting}. We are glad that you chose our opening"
            " among so many."
        ),
        result="We have gone through everything you sent us and have decided not to invite you to an interview this time.",
        encouragement="It did not work out this time, but we hope you will find a workplace that suits you.",
    ),
    ("part_time", "interview"): Texts(
        thanks=(
            "Thank you for coming to the interview with {company} for the part-time position of {posting}. We appreciate that you"
            " made room for it in your schedule."
        ),
        result="We have thought about our conversation and have decided not to offer you the position this time.",
        encouragement=(
            "We are glad that we could meet and talk. We hope you will find a workplace where your strengths are welcome."
        ),
    ),
    ("part_time", "final"): Texts(
        thanks=(
            "Thank you for staying with us to the end of the selection for the part-time position of {posting} at {company}. We"
            " appreciate the time you gave us more than once."
        ),
        result="We have come to our final decision, and we are sorry to tell you that we cannot offer you the position.",
        encouragement=(
            "We remember how sincerely you answered us each time we met. We truly hope you will find a workplace where you"
            " can feel at ease and stay."
        ),
    ),
}

PHRASES: typing.Final = Phrases(
    texts=TEXTS,
    subject="The result of your application | {company}",
    salutation="Dear {name},",
    next_with_link={
        "new_graduate": (
            "If you wish, there is a service that supports you as you look for your first job. You can choose to be introduced"
            " to other companies by licensed agencies, or to hear about our next openings."
        ),
        "mid_career": (
            "If you wish, there is a service that supports you on the way to your next position. You can choose to be"
            " introduced to other companies by licensed agencies, or to hear about our next openings."
        ),
        "part_time": (
            "If you wish, there is a service that supports you in finding your next workplace. You can choose to be introduced"
            " to other companies by licensed agencies, or to hear about our next openings."
        ),
    },
    next_without_link={
        "new_graduate": "Our openings are also on our careers page. If one of them interests you, please apply again.",
        "mid_career": (
            "Our openings are also on our careers page. If one of them suits your experience and wishes, please apply again."
        ),
        "part_time": (
            "If the days or hours you can work should change, please apply again. New openings are also on our careers page."
        ),
    },
    link_terms=(
        "Using it is up to you and free of charge. It has no bearing on the result of your application, and {company} is not"
        " told the names of those who register, only how many they are."
    ),
    closing="We wish you all the best for what comes next.",
    sender="{company}, {department}\n{address}\nContact: {contact}",
    opt_out="If you would rather not receive such information in future, please tell us at the contact above.",
    one_line=(
        "A service that supports you as you look for work (free and up to you, with no bearing on the result; we are not told"
        " your name, only how many people register): {url}"
    ),
    placeholders={
        "name": "[name]",
        "company": "[company]",
        "posting": "[position]",
        "department": "[department]",
        "address": "[address]",
        "contact": "[contact]",
    },
)
