from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from dateline.capture.extract import extract
from dateline.capture.find import find
from dateline.records import Extract, RawCapture, Refusal

BRIDGE = "The council of Velm voted on Monday to close the old bridge for good, after an engineer found cracks in two pillars."
QUOTE = "Mayor Ada Novak said the decision had been hard. “Nobody likes to walk an hour for bread,” she told reporters."
FERRY = (
    "A ferry is to run from January, and it will cost two crowns for everyone who lives on the other side of the river."
)
DATE = "Tue, 07 Dec 2021 07:30:00 +0100"
PAGE = f"""<html><head><style>p{{color:red}}</style></head><body>
<div style="display:none;max-height:0">Your morning in three minutes &zwnj;&nbsp;&zwnj;</div>
<table><tr><td><a href="https://velmcourier.example/briefing/341">View in browser</a></td></tr>
<tr><td><h1>Velm’s bridge closes</h1></td></tr>
<tr><td><span style="font-size:24px">The bridge</span><br><br>{BRIDGE}<br><br>{QUOTE} <a href="x">Read more</a></td></tr>
<tr><td><strong>The ferry</strong></td></tr><tr><td><p>{FERRY}</p></td></tr>
<tr><td>Subscribe now</td></tr>
<tr><td>You are receiving this email because you signed up. <a href="u">Unsubscribe</a></td></tr>
<tr><td>Velm Courier, 1 Market Square, Velm</td></tr></table></body></html>"""


def mail(**fields: str) -> EmailMessage:
    made = EmailMessage()
    given = {
        "From": '"Velm Courier Briefing" <briefing@velmcourier.example>',
        "Date": DATE,
        "Subject": "Velm’s bridge closes",
    }
    for name, value in {**given, **{key.replace("_", "-"): value for key, value in fields.items()}}.items():
        made[name] = value
    return made


def put(data: bytes, tmp_path: Path) -> list[RawCapture | Refusal]:
    path = tmp_path / "it"
    path.write_bytes(data)
    return list(find([path]))


def taken(made: EmailMessage, tmp_path: Path) -> Extract:
    (raw,) = put(made.as_bytes(policy=SMTP), tmp_path)
    assert isinstance(raw, RawCapture), raw
    assert raw.format == "mail"
    assert raw.data == made.as_bytes(policy=SMTP)
    return extract(raw)


def newsletter() -> EmailMessage:
    made = mail(Received="from a by b; Tue, 07 Dec 2021 06:31:02 +0000")
    made.set_content("The plain version.")
    made.add_alternative(PAGE, subtype="html")
    return made


def test_a_newsletter_is_one_capture_with_its_sections_as_headings(tmp_path: Path) -> None:
    found = taken(newsletter(), tmp_path)
    assert found.text == "\n\n".join(["The bridge", BRIDGE, QUOTE, "The ferry", FERRY])
    assert found.headings == ["The bridge", "The ferry"]
    assert (found.title, found.publisher, found.authors) == ("Velm’s bridge closes", "Velm Courier Briefing", [])
    assert (found.date, found.published) == ("2021-12-07", "2021-12-07T07:30:00+01:00")
    assert found.url == "https://velmcourier.example/briefing/341"
    assert found.found["title"] == "mail:Subject"
    assert found.found["date"] == "mail:Date"
    assert found.found["publisher"] == "mail:From"


def test_the_time_of_arrival_is_when_it_was_captured(tmp_path: Path) -> None:
    (raw,) = put(newsletter().as_bytes(), tmp_path)
    assert isinstance(raw, RawCapture)
    assert raw.captured == "2021-12-07T06:31:02+00:00"


@pytest.mark.parametrize(
    ("sender", "authors", "publisher"),
    [
        ("Jan Walter from River Notes <jan@letters.example>", ["Jan Walter"], "River Notes"),
        ("Jan Walter <jan.walter@letters.example>", ["Jan Walter"], None),
        ("River Notes <news@rivernotes.example>", [], "River Notes"),
        ("news@rivernotes.example", [], "rivernotes.example"),
    ],
)
def test_a_person_who_sends_is_the_author_a_paper_the_publisher(
    sender: str, authors: list[str], publisher: str | None, tmp_path: Path
) -> None:
    made = mail(From=sender)
    made.replace_header("From", sender)
    made.set_content(f"{BRIDGE}\n\n{QUOTE}\n")
    found = taken(made, tmp_path)
    assert (found.authors, found.publisher) == (authors, publisher)


def test_a_plain_text_message_loses_signature_quotation_and_tail(tmp_path: Path) -> None:
    made = mail()
    made.set_content(f"{BRIDGE}\n\n{FERRY}\n\n> {QUOTE}\n\nTo unsubscribe, write to us.\n\n-- \nJan\n")
    assert taken(made, tmp_path).text == f"{BRIDGE}\n\n{FERRY}"


def test_a_forwarded_newsletter_is_dated_and_signed_by_the_one_who_wrote_it(tmp_path: Path) -> None:
    made = mail(
        From="Reader <reader@inbox.example>",
        Subject="Fwd: Velm’s bridge closes",
        Date="Fri, 10 Dec 2021 10:00:00 +0100",
    )
    for name in ("From", "Subject", "Date"):
        assert made[name]
    made.set_content(
        "---------- Forwarded message ---------\nFrom: River Notes <news@rivernotes.example>\nDate: Tue, 7 Dec 2021 07:30:00 +0100\n"
        f"Subject: Velm’s bridge closes\nTo: reader@inbox.example\n\n\n{BRIDGE}\n\n{QUOTE}\n"
    )
    found = taken(made, tmp_path)
    assert (found.date, found.title, found.publisher) == ("2021-12-07", "Velm’s bridge closes", "River Notes")
    assert found.text == f"{BRIDGE}\n\n{QUOTE}"
    assert found.found["date"] == "forwarded mail:Date"


def test_a_message_that_only_carries_another_one_is_that_one(tmp_path: Path) -> None:
    made = mail(Subject="For your archive")
    made.set_content("See below.")
    made.add_attachment(newsletter())
    assert taken(made, tmp_path).title == "Velm’s bridge closes"


def test_a_mailbox_gives_its_messages(tmp_path: Path) -> None:
    second = mail(Subject="The ferry")
    second.set_content(f"{FERRY}\n\nFrom here on everybody pays, {QUOTE}\n")
    box = b"".join(
        b"From x@y.example Tue Dec  7 06:31:02 2021\n" + m.as_bytes() + b"\n" for m in (newsletter(), second)
    )
    given = put(box, tmp_path)
    assert [one.record for one in given] == ["message 1", "message 2"]
    titles = [extract(one).title for one in given if isinstance(one, RawCapture)]
    assert titles == ["Velm’s bridge closes", "The ferry"]


def test_a_text_that_begins_like_a_header_is_a_text(tmp_path: Path) -> None:
    (raw,) = put(f"From: the archive\nDate: 1921\n\n{BRIDGE}\n".encode(), tmp_path)
    assert isinstance(raw, RawCapture)
    assert raw.format == "text"


def test_a_message_without_a_text_is_refused(tmp_path: Path) -> None:
    made = mail(Message_ID="<1@x>")
    made.set_content(b"\x89PNG\r\n", maintype="image", subtype="png")
    (refusal,) = put(made.as_bytes(), tmp_path)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "there is no text in this message"


def test_parts_without_end_are_bounded(tmp_path: Path) -> None:
    head = b"From: a@b.example\nDate: Tue, 07 Dec 2021 07:30:00 +0100\nSubject: x\n"
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(5000))
    assert all(isinstance(one, Refusal) for one in put(head + nested + b"\nwords\n", tmp_path))
    flat = (
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        + b"--b\nContent-Type: image/png\n\nx\n" * 30_000
    )
    assert len(put(head + flat, tmp_path)) == 1
