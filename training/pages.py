"""Pages of newspapers that do not exist, with the article in them known: what is learned from about whole pages' text.

The prose is that of the invented presses (the packaged sample and the development press of the benchmarks), cut into paragraphs and
put together anew; around it stands what stands around articles, drawn by chance from the lists below.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from dateline.capture.extract import extract
from dateline.capture.find import find
from dateline.records import RawCapture

ROOT = Path(__file__).parent.parent
PRESSES = (ROOT / "src" / "dateline" / "sample" / "press", ROOT / "benchmarks" / "second" / "press")

_SECTIONS = [
    "Home",
    "News",
    "World",
    "Politics",
    "Business",
    "Sport",
    "Opinion",
    "Culture",
    "Travel",
    "Weather",
    "Video",
    "Photos",
    "Podcasts",
    "Science",
    "Health",
    "Tech",
    "Education",
    "Money",
    "Markets",
    "Local",
    "Crime",
    "Courts",
    "Style",
    "Food",
    "Books",
    "Film",
    "Music",
    "Games",
    "Obituaries",
    "Jobs",
    "Motoring",
    "Property",
    "Letters",
    "Archive",
    "Europe",
    "Africa",
    "Asia",
    "Americas",
    "Middle-East",
    "Football",
    "Cricket",
    "Tennis",
    "Rugby",
    "Startseite",
    "Politik",
    "Wirtschaft",
    "Kultur",
    "Deportes",
    "Economía",
    "Actualité",
    "Monde",
    "Sciences",
]
_ACTIONS = """Subscribe;Sign in;Log in;Register;Newsletter;E-paper;Search;Menu;Skip to content;My account;Contact us;About us;Advertise;
    Terms of use;Privacy policy;Cookie settings;Sitemap;RSS;Help;Careers;Follow us on Facebook;Follow us on Twitter;Share;Tweet;Email;
    Print;Save;Copy link;WhatsApp;LinkedIn;Reddit;Comment;Read later;Listen to this article;Text size;Back to top;Load more;
    Previous;Next;Show all;View gallery;Watch live;Download our app;Manage preferences;Accept all;Support us;Donate""".replace(
    "\n    ", ""
).split(";")
_HEADS = """Related;Related stories;Read more;Most read;Most popular;Trending;Latest news;More from this section;You may also like;
    Recommended for you;Top stories;Editor's picks;From around the web;Don't miss;Also in the news;See also;More on this story;
    Sponsored;Advertisement;In pictures;Today's paper;Tags;Topics;Share this;Comments;Join the conversation;Follow us;
    About the author;Newsletter;Breaking""".replace("\n    ", "").split(";")
_NOTICES = (
    "We use cookies to give you the best experience on our site. By going on you agree to our use of cookies.",
    "Sign up for our morning letter and get the day's news before breakfast. You can leave at any time.",
    "This story was first published in our print edition. To buy a copy, call the circulation desk.",
    "Your support keeps our reporting free for everyone. Please think about giving a little today.",
    "You have read four of your five free articles this month. Subscribe now for unlimited access.",
    "All rights reserved. This material may not be published, broadcast, rewritten or handed on.",
    "The views of our columnists are their own. Please read our rules before you post a comment.",
    "Please enable scripts in your browser to see this page as it was meant to be.",
    "Enter your email address below and we will send you a link to set a new password.",
    "Something wrong with this story? Let us know and our desk will look into it as soon as it can.",
)
_BIOS = (
    "{name} covers courts and councils for this paper. Reach our reporter at the address below.",
    "{name} joined the paper in 2009 and has written about rivers, rails and roads ever since.",
    "{name} is our correspondent in the north. Follow for more.",
)
_COMMENTS = (
    "I have said it for years and nobody in that council listens to us, shame on them!",
    "Great article, thanks. My grandmother lived there and she always told the same story.",
    "Typical. And who pays? You and me, as always.",
    "@{name} you clearly did not read the whole piece, did you?",
    "First!",
)
_NAMES = [
    "Ilse Brandt",
    "Tomas Reyl",
    "Pavla Horn",
    "Otto Creel",
    "Anna Vesk",
    "Lena Okker",
    "Mira Sund",
    "Jon Hale",
    "Rosa Petri",
    "Karl Wenn",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Page(NamedTuple):
    """A page's markup and the text of the article in it."""

    markup: str
    body: str


def pages(number: int, seed: int = 0) -> Iterator[Page]:
    """Some pages, the same for the same seed."""
    chance = random.Random(seed)
    prose, titles = _prose()
    for _ in range(number):
        yield _page(chance, prose, titles)


def _prose() -> tuple[list[str], list[str]]:
    """The paragraphs and the titles of the invented presses."""
    paragraphs: dict[str, None] = {}
    titles: dict[str, None] = {}
    for capture in find(PRESSES):
        if isinstance(capture, RawCapture):
            found = extract(capture)
            paragraphs |= dict.fromkeys(p for p in found.text.split("\n") if len(p.split()) > 7)
            if found.title:
                titles[found.title] = None
    return list(paragraphs), list(titles)


def _page(chance: random.Random, prose: Sequence[str], titles: Sequence[str]) -> Page:
    name, title = chance.choice(_NAMES), chance.choice(titles)
    body = [_paragraph(chance, prose) for _ in range(chance.choice((3, 5, 8, 12, 20, 30)))]
    inside: list[str] = []
    kept: list[str] = []
    for at, paragraph in enumerate(body):
        if at and chance.random() < 0.08:
            heading = " ".join(chance.choice(titles).split()[: chance.randint(2, 5)])
            inside.append(f"<h2>{html.escape(heading)}</h2>")
            kept.append(heading)
        inside.append(
            chance.choices(
                (f"<p>{_marked(chance, paragraph)}</p>", f"<div>{_marked(chance, paragraph)}</div>"), (6, 1)
            )[0]
        )
        kept.append(paragraph)
        if chance.random() < 0.05:
            points = [_sentence(chance, prose) for _ in range(chance.randint(2, 6))]
            inside.append("<ul>" + "".join(f"<li>{_marked(chance, point)}</li>" for point in points) + "</ul>")
            kept += points
        if chance.random() < 0.15:
            inside.append(_between(chance, prose, titles))
    parts: list[Callable[[], str]] = [
        lambda: _menu(chance, _SECTIONS, 6, 40),
        lambda: _menu(chance, _ACTIONS, 2, 14),
        lambda: _teasers(chance, prose, titles),
        lambda: f"<div>{html.escape(chance.choice(_NOTICES))}</div>",
    ]
    before = [chance.choice(parts)() for _ in range(chance.randint(1, 5))]
    ending: list[Callable[[], str]] = [
        *parts,
        lambda: _teasers(chance, prose, titles),
        lambda: _comments(chance),
        lambda: f"<p>{html.escape(chance.choice(_BIOS).format(name=name))}</p>",
        lambda: (
            f"<footer>© {chance.randint(1999, 2024)} {html.escape(chance.choice(titles).split()[0])} Media Ltd. {html.escape(chance.choice(_NOTICES))}</footer>"
        ),
    ]
    after = [chance.choice(ending)() for _ in range(chance.randint(2, 9))]
    stamp = _stamp(chance)
    top = [f"<h1>{html.escape(title)}</h1>"]
    if chance.random() < 0.8:
        top.append(
            chance.choice(("<p>By {0}</p><p>{1}</p>", "<div>{1} | {0}</div>", "<span>{0}, {1}</span>")).format(
                name, stamp
            )
        )
    if chance.random() < 0.4:
        top.append(_menu(chance, _ACTIONS, 2, 6))
    if chance.random() < 0.6:
        top.append(_picture(chance, prose))
    markup = "\n".join([*before, *top, *inside, *after])
    return Page(
        f"<html><head><title>{html.escape(title)}</title></head><body>\n{markup}\n</body></html>", "\n".join(kept)
    )


def _paragraph(chance: random.Random, prose: Sequence[str]) -> str:
    """One paragraph as it stands, a part of one, or two in one."""
    given = chance.choice(prose)
    if chance.random() < 0.15:
        return _sentence(chance, prose)
    if chance.random() < 0.25:
        cut = given.split(". ")
        given = ". ".join(cut[: chance.randint(1, len(cut))])
        given = given if given.endswith((".", "”", "!", "?")) else f"{given}."
    return given if chance.random() < 0.85 else f"{given} {chance.choice(prose)}"


def _sentence(chance: random.Random, prose: Sequence[str]) -> str:
    """One sentence, sometimes only its beginning."""
    given = chance.choice(chance.choice(prose).split(". ")).strip()
    words = given.split()
    if len(words) > 8 and chance.random() < 0.4:
        given = " ".join(words[: chance.randint(4, 8)]).rstrip(",;:–—")
    return given if given.endswith((".", "”", "!", "?", ":")) or chance.random() < 0.2 else f"{given}."


def _marked(chance: random.Random, paragraph: str) -> str:
    """A paragraph with some of its words linked, bold or leant, as articles have them."""
    words = [html.escape(word) for word in paragraph.split()]
    if chance.random() < 0.4:
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(words))
            end = min(at + chance.randint(1, 5), len(words))
            if any("<" in word for word in words[at:end]):
                continue
            tag = chance.choices(("a", "b", "em"), (5, 1, 1))[0]
            words[at] = (
                f'<a href="https://www.example.org/{chance.randint(1, 9999)}">{words[at]}'
                if tag == "a"
                else f"<{tag}>{words[at]}"
            )
            words[end - 1] += f"</{tag}>"
    return " ".join(words)


def _between(chance: random.Random, prose: Sequence[str], titles: Sequence[str]) -> str:
    """What interrupts an article: a picture with its caption, a link to another, a box, an advertisement."""
    return chance.choice(
        (
            lambda: _picture(chance, prose),
            lambda: (
                f'<p><a href="/{chance.randint(1, 9999)}">{chance.choice(("READ MORE: ", "Related: ", "Also read | ", ""))}{html.escape(chance.choice(titles))}</a></p>'
            ),
            lambda: "<p>Advertisement</p>",
            lambda: f"<aside><b>{chance.choice(_HEADS)}</b> {html.escape(chance.choice(_NOTICES))}</aside>",
            lambda: _menu(chance, _ACTIONS, 2, 5),
        )
    )()


def _picture(chance: random.Random, prose: Sequence[str]) -> str:
    words = chance.choice(prose).split()
    caption = " ".join(words[: chance.randint(5, 18)]).rstrip(",;")
    credit = chance.choice(("Photo: {}", "({})", "{}/Corvia", "Image: {}", "Credit {}")).format(chance.choice(_NAMES))
    return f'<figure><img src="/{chance.randint(1, 9999)}.jpg" alt=""><figcaption>{html.escape(caption)} {credit}</figcaption></figure>'


def _menu(chance: random.Random, items: Sequence[str], fewest: int, most: int) -> str:
    chosen = [chance.choice(items) for _ in range(chance.randint(fewest, most))]
    linked = [f'<a href="/{item.split()[0].lower()}">{html.escape(item)}</a>' for item in chosen]
    if chance.random() < 0.7:
        return "<ul>" + "".join(f"<li>{item}</li>" for item in linked) + "</ul>"
    return f"<div>{chance.choice((' | ', ' ', ' · ')).join(linked)}</div>"


def _teasers(chance: random.Random, prose: Sequence[str], titles: Sequence[str]) -> str:
    """A list of other articles, some with their day, some with their first words."""
    shown = [f"<h3>{html.escape(chance.choice(_HEADS))}</h3>"] if chance.random() < 0.8 else []
    style = chance.random()
    for _ in range(chance.randint(2, 14)):
        item = f'<a href="/{chance.randint(1, 99999)}">{html.escape(chance.choice(titles))}</a>'
        if style < 0.35:
            item += f"<span>{_stamp(chance)}</span>"
        elif style < 0.6:
            words = chance.choice(prose).split()
            item += f"<p>{html.escape(' '.join(words[: chance.randint(8, 30)]))}{chance.choice(('...', '…', '.'))}</p>"
        shown.append(f"<li>{item}</li>" if style < 0.8 else f"<div>{item}</div>")
    return "<div>" + "".join(shown) + "</div>"


def _comments(chance: random.Random) -> str:
    shown = [f"<h3>{chance.randint(2, 240)} comments</h3>"]
    for _ in range(chance.randint(1, 8)):
        who = chance.choice(_NAMES)
        words = chance.choice(_COMMENTS).format(name=chance.choice(_NAMES).split()[0])
        shown.append(
            f"<div><b>{who}</b> {chance.randint(1, 23)} hours ago<p>{html.escape(words)}</p>Reply · Like · Report</div>"
        )
    return "<div>" + "".join(shown) + "</div>"


def _stamp(chance: random.Random) -> str:
    day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(2004, 2024)
    name = _MONTHS[month - 1]
    return chance.choice(
        (
            f"{name} {day}, {year}",
            f"{day} {name} {year}, {chance.randint(0, 23):02}:{chance.randint(0, 59):02}",
            f"{day:02}/{month:02}/{year}",
            f"{year}-{month:02}-{day:02}",
            f"Published {name[:3]} {day}, {year} {chance.randint(1, 12)}:{chance.randint(0, 59):02} am",
            f"{chance.randint(2, 23)} hours ago",
        )
    )
