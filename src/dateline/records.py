"""The nouns of Dateline as frozen types. Everything else imports them; they import nothing of ours.

Offsets count Unicode code points and are half-open. Dates are EDTF strings (``2021-03``, ``2021-12-07/2021-12-09``,
``2014~``) unless a field says otherwise; what is not known is ``None``, never a guess.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every noun: immutable, compared by value, encoded to JSON by msgspec."""


def content_id(prefix: str, *parts: object) -> str:
    """An id derived from content alone: the prefix and 16 hex digits over the parts, ``None`` being an empty part."""
    digest = hashlib.sha256(
        "\x1f".join("" if part is None else str(part) for part in parts).encode("utf-8", "surrogatepass")
    )
    return f"{prefix}{digest.hexdigest()[:16]}"


# ── pins ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Span(Record, frozen=True, kw_only=True):
    """A stretch of a text with its words: ``text == whole[start:end]``, never empty."""

    start: int
    end: int
    text: str


class Pin(Record, frozen=True, kw_only=True):
    """A span in a given version of a report: what every line of a chronicle opens."""

    report: str
    version: str
    start: int
    end: int
    text: str


# ── captures and what is found in them ────────────────────────────────────────────────────────────────────────────

PartKind = Literal["body", "heading", "side_title", "side", "furniture"]


class Part(Record, frozen=True, kw_only=True):
    """A stretch of a text and what it is. Parts stand in order and do not overlap.

    ``body`` is the article, ``heading`` a heading inside it, ``side_title`` and ``side`` one item of side matter (a gallery
    caption, a fact box), ``furniture`` what only stands around (a byline, "See also:", a cookie notice). ``date`` is the
    stretch's own date where it states one apart from the article (EDTF); ``title`` is the side item's title.
    """

    start: int
    end: int
    kind: PartKind
    title: str | None = None
    date: str | None = None


class SideMatter(Record, frozen=True, kw_only=True):
    """Furniture with content of its own: kept, read, dated on its own, never mistaken for the body."""

    title: str | None
    date: str | None
    text: str


class Origin(Record, frozen=True, kw_only=True):
    """Whom a report comes from, and what says so (``basis``: the words or the field)."""

    name: str
    basis: str


class Refusal(Record, frozen=True, kw_only=True):
    """An input that could not be taken, named with its reason; ``record`` is its place in a file of several."""

    path: str
    record: str | None
    reason: str


CaptureFormat = Literal["html", "text", "pdf", "mail", "mapped"]


class RawCapture(Record, frozen=True, kw_only=True):
    """One retrieved copy as it came: bytes that are never altered, and where they were.

    ``data`` is the page, the WARC record's payload, the feed item, the JSON line, …; ``format`` what the content was told
    to be (``html``, ``text``, ``pdf``, ``mail``, ``mapped`` for a row of a dump or a feed item, whose fields stand in
    ``fields``).
    ``charset`` is what a transport header claimed, ``captured`` when it was retrieved (ISO 8601) where the container knows.
    """

    id: str
    data: bytes
    path: str
    format: CaptureFormat
    record: str | None = None
    url: str | None = None
    captured: str | None = None
    charset: str | None = None
    fields: dict[str, str | list[str] | None] = {}


class Extract(Record, frozen=True, kw_only=True):
    """What a capture holds: the article and its metadata, with where each field was found.

    ``text`` is the body alone, paragraphs and headings joined by a blank line; ``parts`` lie in it. ``date`` is the first
    publication day (``YYYY-MM-DD``), ``published`` the same with its time where one is given (ISO 8601). ``found`` maps a
    field to where it was found (``json-ld``, ``meta:article:published_time``, ``byline``, ``leading date stamp``, …).
    ``own_reporting`` is True or False where the page says so, else None. ``country`` is where the paper is published (ISO
    3166-1 alpha-2), as far as its address or its page tell. ``no_article`` is the reason why this is a page
    without an article (an index, a paywall, an error page), else None.
    """

    id: str
    path: str | None
    url: str | None
    text: str
    parts: list[Part]
    title: str | None
    authors: list[str]
    date: str | None
    published: str | None
    publisher: str | None
    language: str | None
    origin: Origin | None
    own_reporting: bool | None
    headings: list[str]
    side: list[SideMatter]
    found: dict[str, str]
    no_article: str | None = None
    country: str | None = None


# ── reports ───────────────────────────────────────────────────────────────────────────────────────────────────────


class CaptureRef(Record, frozen=True, kw_only=True):
    """A capture as a report lists it: the file as given, the place in it, its own URL, when it was retrieved."""

    id: str
    path: str
    record: str | None
    url: str | None
    captured: str | None


class Version(Record, frozen=True, kw_only=True):
    """One wording of a report: its text (body, then side matter under its titles), the parts, the captures that hold it."""

    id: str
    text: str
    parts: list[Part]
    captures: list[str]


class SideRef(Record, frozen=True, kw_only=True):
    """A side matter's place in a version's text."""

    title: str | None
    date: str | None
    version: str
    start: int
    end: int


class Report(Record, frozen=True, kw_only=True):
    """One published text, whoever republished it. ``from_`` (``from`` in JSON) tells which capture gave each field.

    ``versions`` are in order of appearance, the last being the current one, which is read. ``read`` is False for a report
    whose language is not read. ``own_reporting`` is None where nothing says whose words these are; ``country`` is its
    publisher's, if known.
    """

    id: str
    title: str | None
    published: str | None
    authors: list[str]
    publisher: str | None
    language: str | None
    origin: Origin | None
    own_reporting: bool | None
    from_: dict[str, str] = msgspec.field(name="from")
    captures: list[str]
    versions: list[Version]
    country: str | None = None

    @property
    def current(self) -> Version:
        """The version that is read and shown."""
        return self.versions[-1]


# ── a Reading: what one report says ───────────────────────────────────────────────────────────────────────────────

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["stated", "relative", "section", "publication", "person"]
Precision = Literal["point", "city", "province", "country", "region"]
Use = Literal["literal", "government", "demonym", "name"]
ActorKind = Literal["person", "organisation", "state", "group"]
Mode = Literal["direct", "indirect", "mixed"]
Bound = Literal["exact", "about", "over", "under"]
Status = Literal["happened", "ongoing", "planned", "conditional", "possible", "cancelled", "denied"]


class Time(Span, frozen=True, kw_only=True):
    """A TIMEX3 expression: type and value as in TimeML, the EDTF date beside it, and how it was got.

    ``value`` is the TIMEX3 value (``2021-03``, ``P7Y``, ``XXXX-WXX-5``, ``PRESENT_REF``); ``edtf`` is None where the
    expression is no date on the calendar (a duration, a set, an unresolved relative one).
    """

    type: TimeType
    value: str
    edtf: str | None
    basis: Basis


class Place(Span, frozen=True, kw_only=True):
    """A place name: GeoNames identity and coordinates where known, and how the name is used.

    Only a ``literal`` one can be where something happened: ``government`` is a capital or state acting ("Kiev denied"),
    ``demonym`` an adjective or people ("Ukrainian"), ``name`` part of another name ("Kiev Post").
    """

    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    country: str | None
    precision: Precision | None
    use: Use


class ReadActor(Record, frozen=True, kw_only=True):
    """An actor within one report: a person, organisation, state or group with all its mentions, pronouns apart."""

    id: str
    name: str
    kind: ActorKind
    mentions: list[Span]


class Statement(Record, frozen=True, kw_only=True):
    """Somebody's words or thought as the report gives it. Indexes and ids refer to the same Reading.

    ``content`` has several spans where a quotation is broken by its cue. ``parent`` is the index of the statement this one
    stands in ("Ankara reported that the United States had announced …"). ``insertions`` are an editor's words inside a
    quotation, not the speaker's. ``refusal``: declined to say anything. ``date`` is when it was said.
    """

    source: Span | None
    cue: Span | None
    content: list[Span]
    mode: Mode
    speaker: str | None
    addressee: str | None
    occasion: Span | None
    medium: Span | None
    date: str | None
    denial: bool
    question: bool
    refusal: bool
    insertions: list[Span]
    parent: int | None


class Figure(Span, frozen=True, kw_only=True):
    """A quantity that a report claims. The span is the number with its scale word and hedge ("more than 13,000").

    ``value`` is a number, a range, or None for "dozens"; ``unit`` a singular lower-case name, for a count the noun counted,
    "-" for none; ``of`` the words for what is measured; ``statement`` the index of the statement that holds it.
    """

    value: int | float | tuple[int | float, int | float] | None
    bound: Bound
    trend: Literal["up", "down"] | None
    unit: str
    of: Span | None
    claimant: str | None
    as_of: str | None


class ReadEvent(Record, frozen=True, kw_only=True):
    """Something that happened, is going on, is planned, threatened, called off or denied, as one report tells it.

    ``type`` is the PLOVER category where there is one, ``mode`` and ``context`` PLOVER's; ``place`` an index into the
    Reading's places (a literal one), ``statement`` the index of the statement that tells it, if any. ``kind`` is set where
    the event is a commitment: announced, promised or threatened. ``background`` is True when told in passing, of another day.
    """

    trigger: Span
    type: str | None
    mode: str | None
    context: list[str]
    actors: list[str]
    recipients: list[str]
    date: str | None
    date_basis: Basis | None
    place: int | None
    condition: Span | None
    statement: int | None
    background: bool
    status: Status
    kind: Literal["announced", "promised", "threatened"] | None = None


class Reading(Record, frozen=True, kw_only=True):
    """What one report says. ``read`` is False, with ``why_not``, for a text that is not read (another language, empty)."""

    id: str | None
    language: str | None
    read: bool
    why_not: str | None
    times: list[Time] = []
    places: list[Place] = []
    actors: list[ReadActor] = []
    statements: list[Statement] = []
    figures: list[Figure] = []
    events: list[ReadEvent] = []


# ── review: a person's decisions, kept apart from the readings ─────────────────────────────────────────────────────────

Verdict = Literal["confirm", "correct", "reject", "merge", "split", "note", "undo"]
Reviewed = Literal["confirmed", "corrected", "disputed"]
ReviewKind = Literal["statement", "figure", "event", "time", "place", "actor", "commitment", "dispute"]
"""What a decision can be about, with the words of the list commands in the singular."""


class Anchor(Record, frozen=True, kw_only=True):
    """A pin that outlives versions: the words with what stands around them, and the captures that held them.

    In another wording of the report the words are found again where they stand exactly once with the same surroundings, or not at
    all: an anchor never slides to a lookalike.
    """

    report: str
    version: str
    captures: list[str]
    start: int
    end: int
    text: str
    before: str
    after: str


class Judged(Record, frozen=True, kw_only=True):
    """One reading that a decision is about: where it stands, what the reader made of it, what the person makes of it.

    ``was`` and ``now`` are the fields that a person sees (see `dateline.review.fields`); ``was`` is None where the reader found
    nothing there, ``now`` where the person says that there is nothing. ``item`` is the reading as a whole, so that it can be put back where
    a later reader loses it; ``beside`` are the readings of the kind that overlapped it and are not meant. Spans count in the
    anchor's version. ``side`` tells the groups of a split apart.
    """

    anchor: Anchor
    was: dict[str, Any] | None = None
    now: dict[str, Any] | None = None
    item: dict[str, Any] | None = None
    beside: list[list[tuple[int, int]]] = []
    side: int = 0


class Decision(Record, frozen=True, kw_only=True):
    """A person's decision: who, when, why, on which words. Never altered: undoing it is another decision, ``of`` this one.

    ``supersedes`` are the earlier decisions on the same words that the person had before their eyes; ``row`` is the row that they
    decided on, as it was called then.
    """

    id: str
    at: str
    by: str
    verdict: Verdict
    kind: ReviewKind | None
    why: str | None = None
    parts: list[Judged] = []
    supersedes: list[str] = []
    of: str | None = None
    row: str | None = None


class Called(Record, frozen=True, kw_only=True):
    """An actor as a decision knows it: by name, and where given as an actor of one report's Reading.

    ``only_there``: the name means this in that report, and is nobody else's business.
    """

    name: str
    kind: ActorKind
    report: str | None = None
    local: str | None = None
    only_there: bool = False


class ActorRuling(Record, frozen=True, kw_only=True):
    """What a person decided on who is who: all of ``of`` are one (``join``); who goes by the second's name is not the first (``part``);
    the first goes by a name and is of a kind (``name``); the first is no actor (``drop``).
    """

    verb: Literal["join", "part", "name", "drop"]
    of: list[Called]
    name: str | None = None
    kind: ActorKind | None = None


class EventRuling(Record, frozen=True, kw_only=True):
    """What a person decided on which tellings tell one event: all sides do (``join``), or each side tells another (``part``).

    A telling is known by its trigger: report, start and end.
    """

    verb: Literal["join", "part"]
    sides: list[list[tuple[str, int, int]]]


class Rulings(Record, frozen=True, kw_only=True):
    """What persons decided on identities, as the link step takes it: in order, the later over the earlier."""

    actors: list[ActorRuling] = []
    events: list[EventRuling] = []


# ── linked over the archive: the rows of the list commands ────────────────────────────────────────────────────────


class Telling(Record, frozen=True, kw_only=True):
    """One report with its Reading, as the link step takes it. ``origin`` is the origin's label (see `origin_label`)."""

    report: str
    version: str
    title: str | None
    published: str | None
    publisher: str | None
    origin: str
    text: str
    parts: list[Part]
    reading: Reading


class ReportRow(Record, frozen=True, kw_only=True):
    """A report as ``dateline reports`` prints it."""

    id: str
    title: str | None
    published: str | None
    authors: list[str]
    publisher: str | None
    language: str | None
    read: bool
    origin: Origin | None
    own_reporting: bool | None
    from_: dict[str, str] = msgspec.field(name="from")
    captures: list[CaptureRef]
    versions: list[dict[str, str | list[str]]]
    side: list[SideRef]


class VersionText(Record, frozen=True, kw_only=True):
    """The text of a version, as exports give it: what every pin into it counts in."""

    report: str
    version: str
    text: str
    parts: list[Part]
    captures: list[str]


class ActorName(Record, frozen=True, kw_only=True):
    """A name an actor goes by, and why it was joined."""

    name: str
    reason: str


class Role(Record, frozen=True, kw_only=True):
    """What an actor was called besides its name, and the days between which reports call it so."""

    role: str
    from_: str | None = msgspec.field(name="from")
    to: str | None


class Actor(Record, frozen=True, kw_only=True):
    """One identity over all spellings and roles in the archive."""

    id: str
    name: str
    kind: ActorKind
    names: list[ActorName]
    roles: list[Role]
    reviewed: Reviewed | None = None


class StatementRow(Record, frozen=True, kw_only=True):
    """A statement in the archive.

    ``text`` is the content, with " … " where other words part it, cut at a sentence end where long; ``pins`` hold the whole.
    """

    id: str
    speaker: str | None
    speaker_id: str | None
    text: str
    mode: Mode
    denial: bool
    question: bool
    refusal: bool
    addressee: str | None
    date: str | None
    report: str
    pin: Pin
    pins: list[Pin]
    insertions: list[str]
    parent: str | None
    reviewed: Reviewed | None = None


class FigureRow(Record, frozen=True, kw_only=True):
    """A figure in the archive. ``date`` is the publication day of its report, ``as_of`` what the text states."""

    id: str
    of: str
    value: int | float | tuple[int | float, int | float] | None
    bound: Bound
    trend: Literal["up", "down"] | None
    unit: str
    as_of: str | None
    claimant: str | None
    claimant_id: str | None
    date: str | None
    report: str
    pin: Pin
    reviewed: Reviewed | None = None


class EntryPlace(Record, frozen=True, kw_only=True):
    """Where an entry's event happened. ``country`` is an ISO 3166 code of two letters, ``geonameid`` GeoNames' own."""

    name: str
    lat: float | None
    lon: float | None
    precision: Precision | None
    country: str | None = None
    geonameid: int | None = None


class EventRow(Record, frozen=True, kw_only=True):
    """An event over all the reports that tell it. ``text`` is the sentence of the first pin; actors are names.

    ``entry`` is the chronicle line that shows it: events that one sentence tells of one date share a line. ``mode`` and
    ``context`` are PLOVER's, as in a Reading.
    """

    id: str
    text: str
    type: str | None
    status: Status
    background: bool
    actors: list[str]
    actor_ids: list[str]
    recipients: list[str]
    date: str | None
    date_basis: Basis | None
    place: EntryPlace | None
    reports: list[str]
    pins: list[Pin]
    entry: str | None = None
    mode: str | None = None
    context: list[str] = []
    reviewed: Reviewed | None = None


class Commitment(Record, frozen=True, kw_only=True):
    """An announced, promised or threatened event and what became of it, as far as this archive tells.

    ``event`` is the event it announces; ``outcome_event`` the event that decided its outcome. "no report" means that
    nothing was found in this archive, not that nothing happened.
    """

    id: str
    text: str
    by: list[str]
    kind: Literal["announced", "promised", "threatened"]
    due: str | None
    condition: str | None
    outcome: Literal["took place", "cancelled", "postponed", "changed", "no report"]
    outcome_entry: str | None
    event: str
    reports: list[str]
    pin: Pin
    reviewed: Reviewed | None = None


class DisputeSide(Record, frozen=True, kw_only=True):
    """One side of a dispute, in its own words. ``by`` is None where the words have no named source."""

    by: str | None
    text: str
    report: str
    date: str | None
    pin: Pin


class Dispute(Record, frozen=True, kw_only=True):
    """Two or more statements or figures that cannot all stand. Shown, never judged."""

    id: str
    about: str
    sides: list[DisputeSide]
    statements: list[str]
    figures: list[str]
    reviewed: Reviewed | None = None


class Linked(Record, frozen=True, kw_only=True):
    """What the link step makes of all tellings."""

    actors: list[Actor]
    statements: list[StatementRow]
    figures: list[FigureRow]
    events: list[EventRow]
    commitments: list[Commitment]
    disputes: list[Dispute]


class Entry(Record, frozen=True, kw_only=True):
    """One line of a chronicle. ``origins`` are labels (see `origin_label`); their number is the corroboration."""

    id: str
    date: str | None
    date_basis: Basis | None
    text: str
    place: EntryPlace | None
    actors: list[str]
    status: Status
    background: bool
    reports: list[str]
    origins: list[str]
    pins: list[Pin]
    statements: list[str]
    figures: list[str]
    disputes: list[str]
    commitment: str | None
    reviewed: Reviewed | None = None


def origin_label(report: Report) -> str:
    """The name by which a report's origin is counted: the agency, ``own: publisher``, or ``unknown: report``."""
    if report.origin is not None:
        return report.origin.name
    if report.publisher and report.own_reporting is not False:
        return f"own: {report.publisher}"
    return f"unknown: {report.id}"
