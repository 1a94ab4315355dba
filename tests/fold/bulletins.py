"""Invented bulletins, each in several issues written from one template, and reports with what editors do to them."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fold.press import HARBOUR

_CASUALTIES = """{weekday}, {date}. The Civil Defence Office of the Ostrava Marches has published its daily note on the \
consequences of shelling.

Over the past day {villages} settlements in the Marches came under fire, most of them in the districts of {district} and \
{other}. According to the office, {dead} civilians were killed and {wounded} were wounded, among them {children} children.

In {district} a shell struck {target}; rescuers pulled {saved} people from under the rubble. In {other} {houses} houses, \
{roofs} farm buildings and a gas pipe were damaged.

Since the beginning of hostilities {total} civilians have lost their lives in the Marches, and {hurt} have been hurt. The \
office says that the true number is higher, since it is impossible to reach places that are under occupation.

Residents are asked to stay in shelters while the siren sounds, not to touch unknown objects, and to report them to the \
rescue service by telephone."""

CASUALTIES = [
    _CASUALTIES.format(**row)
    for row in (
        {"weekday": "Monday", "date": "6 March", "villages": 14, "district": "Lesna", "other": "Korvat", "dead": 3,
         "wounded": 11, "children": 2, "target": "a block of flats", "saved": 5, "houses": 23, "roofs": 7,
         "total": 1204, "hurt": 2877},
        {"weekday": "Tuesday", "date": "7 March", "villages": 9, "district": "Korvat", "other": "Brenno", "dead": 1,
         "wounded": 4, "children": 0, "target": "a school", "saved": 2, "houses": 12, "roofs": 3, "total": 1205,
         "hurt": 2881},
        {"weekday": "Wednesday", "date": "8 March", "villages": 21, "district": "Lesna", "other": "Tavir", "dead": 6,
         "wounded": 19, "children": 4, "target": "a bakery", "saved": 9, "houses": 41, "roofs": 15, "total": 1211,
         "hurt": 2900},
    )
]  # fmt: skip

_MARKET = """The {index} index closed {move} by {percent} per cent at {close} points on {weekday}, after a session in which \
{volume} million shares changed hands on the Velmora exchange.

Banks were among the stocks that moved most: {bank} ended the day at {bank_price} crowns, and {insurer} at \
{insurer_price} crowns. Of the shares that make up the index, {up} rose, {down} fell and {still} ended where they began.

The crown was traded at {euro} to the euro in the late afternoon, against {before} the day before. A barrel of oil from \
the northern fields cost {oil} dollars.

Dealers said that many investors were waiting for the figures on inflation, which the statistics office will publish at \
the end of the month, and for the decision of the central bank on interest rates."""

MARKET = [
    _MARKET.format(**row)
    for row in (
        {"index": "VX", "move": "higher", "percent": "0.8", "close": "4,212.3", "weekday": "Thursday", "volume": "38.4",
         "bank": "Nordbank", "bank_price": "112.50", "insurer": "Salva", "insurer_price": "61.20", "up": 17, "down": 9,
         "still": 4, "euro": "7.31", "before": "7.35", "oil": "81.10"},
        {"index": "VX", "move": "lower", "percent": "1.2", "close": "4,161.8", "weekday": "Friday", "volume": "44.9",
         "bank": "Landkredit", "bank_price": "87.15", "insurer": "Salva", "insurer_price": "59.95", "up": 8, "down": 20,
         "still": 2, "euro": "7.38", "before": "7.31", "oil": "79.65"},
    )
]  # fmt: skip

_WEATHER = """The weather in {place} on {weekday}: the morning begins with fog in the valleys and {sky} above \
{height} metres. The temperature rises to {high} degrees by the early afternoon, and falls to {low} degrees in the night.

The wind comes from the {wind} at {speed} kilometres an hour, with gusts of up to {gusts} on the heights of {ridge}. Rain \
is expected with a chance of {rain} per cent, at most {litres} litres on the square metre.

Walkers should keep in mind that paths above the tree line are still icy in places. The avalanche service gives a danger \
of degree {danger} on a scale of five. The lake at {lake} has {water} degrees.

The next forecast appears tomorrow at six in the morning, on our pages and on the notice boards of the communes."""

WEATHER = [
    _WEATHER.format(**row)
    for row in (
        {"place": "Upper Torvald", "weekday": "Saturday", "sky": "sunshine", "height": 900, "high": 9, "low": -2,
         "wind": "west", "speed": 12, "gusts": 40, "ridge": "Mount Ansel", "rain": 10, "litres": 1, "danger": 2,
         "lake": "Sollen", "water": 6},
        {"place": "Upper Torvald", "weekday": "Sunday", "sky": "cloud", "height": 700, "high": 4, "low": -5,
         "wind": "north", "speed": 25, "gusts": 75, "ridge": "Mount Ansel", "rain": 60, "litres": 8, "danger": 3,
         "lake": "Sollen", "water": 5},
        {"place": "Brenno", "weekday": "Saturday", "sky": "sunshine", "height": 1100, "high": 13, "low": 3,
         "wind": "south", "speed": 8, "gusts": 30, "ridge": "Grand Velin", "rain": 20, "litres": 2, "danger": 1,
         "lake": "Orta Nova", "water": 9},
    )
]  # fmt: skip

_MATCH = """{home} beat {guests} {score} in front of {crowd} spectators at {ground} on {weekday} and moved up to place \
{place} in the northern league.

The hosts began with a high press and had the better chances in the first half. {first} opened the score in minute \
{minute} after a corner from the left, and {second} added the next goal shortly before the interval, in minute {next}.

After the break the guests came back into the game. {answer} headed in a free kick in minute {third}, but the goal came \
too late to change the result.

"We played with courage and we were rewarded," said the coach of the hosts, {coach}. His side has now gathered {points} \
points from {played} matches. The next match day is in two weeks, after the break for the national teams."""

MATCHES = [
    _MATCH.format(**row)
    for row in (
        {"home": "Torvald Rovers", "guests": "Union Brenno", "score": "2-1", "crowd": "3,410", "ground": "Mill Lane",
         "weekday": "Saturday", "place": 4, "first": "Aske Holm", "minute": 17, "second": "Petr Lind", "next": 43,
         "answer": "Ivo Marek", "third": 81, "coach": "Dag Ruud", "points": 31, "played": 18},
        {"home": "Velmora Athletic", "guests": "Korvat Town", "score": "2-1", "crowd": "8,055", "ground": "Harbour Park",
         "weekday": "Saturday", "place": 2, "first": "Sami Noor", "minute": 22, "second": "Leo Tarn", "next": 40,
         "answer": "Jon Vesel", "third": 77, "coach": "Marta Kohl", "points": 38, "played": 18},
    )
]  # fmt: skip

_QUAKE = """At least {dead} people were killed and {wounded} injured when an earthquake of magnitude {size} struck the \
coast near Korvat early on Sunday, the provincial government said.

The quake was felt in Velmora, 140 kilometres away, where people ran into the streets at 4:12 in the morning. Its centre \
lay at a depth of 11 kilometres, according to the institute of geology.

In the old town of Korvat, 35 houses from the seventeenth century fell down. Rescuers with dogs searched the rubble, and \
soldiers put up tents for 600 families in the stadium.

"We have heard knocking under the stones, and as long as we hear it we will dig," said Edda Brun, who leads the fire \
brigade. The hospital of Korvat has 120 beds and took in {wounded} patients.

The last strong earthquake on this coast was in 1938, when 214 people died. The government has promised 50 million crowns \
for repairs; the railway to Velmora will stay closed for two weeks."""

QUAKE = _QUAKE.format(dead=12, wounded=48, size="6.1")
QUAKE_CORRECTED = _QUAKE.format(dead=15, wounded=61, size="6.2")

_PARAGRAPHS = HARBOUR.split("\n\n")
_LIVE = "{clock}\n{told}"


def _live(entries: Mapping[str, str]) -> str:
    return "\n\n".join(_LIVE.format(clock=clock, told=told) for clock, told in entries.items())


_ENTRIES = {
    "14:05": "The council meets again in the town hall; about 200 fishermen have come to listen and stand in the aisles.",
    "13:40": "The mayor says that he will ask the province for another 3 million crowns, so that nobody loses his berth.",
    "12:15": "Engineers lay out photographs of piles 7 and 9, which broke off below the waterline in November.",
    "11:30": "The ferry line says that its timetable for summer will be announced after the holidays, as it was planned.",
    "10:00": "The sitting begins. On the agenda stand 14 items, of which the closing of the eastern quay is the first.",
}
LIVE_LATER = _live(_ENTRIES)
LIVE_EARLY = _live(dict(list(_ENTRIES.items())[1:]))

EDITS = {
    "toll corrected": (QUAKE, QUAKE_CORRECTED),
    "one date corrected": (HARBOUR, HARBOUR.replace("Tuesday", "Wednesday").replace("18 million", "21 million")),
    "name respelled": (HARBOUR, HARBOUR.replace("Farrow", "Farrough").replace("Velmora", "Wellmora")),
    "agency copy cut": (HARBOUR, "\n\n".join([*_PARAGRAPHS[:2], *_PARAGRAPHS[3:5]])),
    "paragraph added": (QUAKE, QUAKE + "\n\nTwo aftershocks of magnitude 4.4 and 4.7 followed before noon on Sunday."),
    "live blog grows": (LIVE_EARLY, LIVE_LATER),
}
"""Pairs of wordings of one report."""
