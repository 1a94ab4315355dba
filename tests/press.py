"""Captures for the tests, made by rule: invented articles, some of them copies of each other under other heads."""

from __future__ import annotations

import random
from pathlib import Path

_PLACES = (
    "Orvany",
    "Selm",
    "Tarkov Bridge",
    "Lower Hask",
    "Wendel",
    "Port Ambry",
    "Kessin",
    "Old Marrow",
    "Dunfell",
    "Varle",
)
_PEOPLE = (
    "Mayor Ilse Brandt",
    "Governor Tomas Reyl",
    "Engineer Pavla Horn",
    "Union leader Otto Creel",
    "Judge Anna Vesk",
)
_THINGS = (
    "a new footbridge",
    "the grain depot",
    "a night ferry",
    "the flood wall",
    "two schools",
    "the tram line",
    "a clinic",
)
_VERBS = ("opened", "inspected", "closed", "visited", "presented plans for", "promised to repair")
_SAID = (
    "the work will be finished by {month}",
    "nobody asked the residents",
    "costs had risen to {number} million crowns",
    "about {number} people would have to move",
    "the council will vote on it on Friday",
)
_SYLLABLES = (
    "or",
    "va",
    "ny",
    "sel",
    "tar",
    "kov",
    "has",
    "wen",
    "del",
    "am",
    "bry",
    "kes",
    "sin",
    "mar",
    "dun",
    "fel",
)
_MONTHS = ("March", "April", "June", "September", "October")


def article(seed: int) -> str:
    """A dated article of some ten sentences, the same for the same seed."""
    rng = random.Random(seed)
    place, day = rng.choice(_PLACES), rng.randint(1, 28)
    lines = [f"By Lena Okker date 2024-{rng.randint(1, 12):02}-{day:02} {_sentence(rng, place)}"]
    lines += [" ".join(_sentence(rng, place) for _ in range(3)) for _ in range(3)]
    return "\n\n".join(lines) + "\n"


def _sentence(rng: random.Random, place: str) -> str:
    who, what, verb = rng.choice(_PEOPLE), rng.choice(_THINGS), rng.choice(_VERBS)
    if rng.random() < 0.4:
        said = rng.choice(_SAID).format(month=rng.choice(_MONTHS), number=rng.randint(2, 900))
        return (
            f"“I can say that {said},” {who} told {_name(rng)} in {rng.choice(_PLACES)} after {_name(rng)} was heard."
        )
    day, people = rng.randint(2, 28), rng.randint(20, 4000)
    return f"{who} {verb} {what} of {_name(rng)} in {place} on the {day}th before {people} people from {_name(rng)}."


def _name(rng: random.Random) -> str:
    """An invented name: without such, all articles would be one report in many wordings."""
    return "".join(rng.sample(_SYLLABLES, 3)).capitalize()


def folder(path: Path, captures: int) -> Path:
    """A folder of text captures: every fifth is a copy of another with a newspaper's furniture around it."""
    path.mkdir(parents=True, exist_ok=True)
    for number in range(captures):
        copy = number % 5 == 4
        text = article(number - 2 if copy else number)
        body = f"Home | News | Sport\n\n{text}\nRead more:\n- Ten recipes for autumn\n" if copy else text
        (path / f"{number:04}.txt").write_text(body, encoding="utf-8")
    return path
