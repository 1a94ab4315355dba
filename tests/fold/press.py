"""Invented articles for the fold tests, and what captures do to them."""

from __future__ import annotations

import random

from dateline.records import Extract, Origin, Part, SideMatter

HARBOUR = """The harbour council of Velmora voted on Tuesday to close the eastern quay until spring, saying the \
old timber piles could no longer carry the weight of loaded lorries.

Engineers who went down in November found that shipworm had eaten through a third of the piles, and that two of \
them had broken off below the waterline.

"We are not going to wait for the first accident," said Ilse Farrow, who heads the council's works committee. \
"The quay will be rebuilt in concrete, and it will be rebuilt once."

Fishermen who land their catch there were told to move to the northern basin, which has room for about forty \
boats. Their association called the notice far too short and asked for a delay of six weeks.

The rebuilding is expected to cost 18 million crowns, of which the province has promised to pay half. Work on \
the foundations is to begin in March, and the first berths should be open again by the end of next year.

A ferry line that used the quay in summer said it would announce a new timetable after the holidays."""

SCHOOL = """Parents in the hill villages above Torvald have begun to drive their children to school themselves \
after the bus company withdrew from its contract last week.

The company, which ran eleven routes, said that it had lost four drivers since August and could find nobody to \
replace them at the wages which the county was willing to pay.

Teachers report that one pupil in six now arrives late, and that attendance on days with snow has fallen to \
little more than half. The head of the primary school in Lower Torvald wants lessons to start an hour later.

The county has asked two other companies for offers. A decision is expected within the month, but a spokesman \
warned that a new operator would hardly be able to run all the routes before February.

Until then, a car pool organised by the parish brings sixty children down the valley every morning, in vehicles \
lent by a dairy, a fire brigade and a brass band."""

MENU = """Home
News
Sport
Weather
Sign in
Most Read Today
Three Ways To Store Apples
Why The Moon Looks Bigger
Subscribe To Our Newsletter
"""


def scanned(text: str, seed: int = 1, share: float = 0.03) -> str:
    """The text with some of its letters misread or lost."""
    rng = random.Random(seed)
    return "".join(rng.choice("aeiou1l.") if c.isalpha() and rng.random() < share else c for c in text)


def typeset(text: str) -> str:
    """The text with other quotes and dashes and without its paragraph breaks."""
    opened = text.replace(' "', " “").replace('"', "”").replace("'", "’")
    return opened.replace("\n\n", " ")


def extract(
    id: str,
    text: str = HARBOUR,
    *,
    title: str | None = None,
    authors: list[str] | None = None,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    origin: str | None = None,
    own_reporting: bool | None = None,
    side: list[SideMatter] | None = None,
    parts: list[Part] | None = None,
    found: dict[str, str] | None = None,
) -> Extract:
    """An extract as the capture step makes one."""
    return Extract(
        id=id,
        path=f"{id}.html",
        url=url,
        text=text,
        parts=parts or [],
        title=title,
        authors=authors or [],
        date=published[:10] if published else None,
        published=published,
        publisher=publisher,
        language="en",
        origin=Origin(name=origin, basis="credit") if origin else None,
        own_reporting=own_reporting,
        headings=[],
        side=side or [],
        found=found or {},
    )
