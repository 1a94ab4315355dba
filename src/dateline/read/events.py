"""Events: what a report says happened, goes on, is planned, threatened on a condition, was called off or is denied.

Triggers are verbs and nouns of the event lexicon. States, opinions, wishes and plain words of saying are no events
here: the last are statements. The type is that of what is told (planned talks are CONSULT with the status planned, not
PLOVER's AGREE), so that a plan and what became of it can be seen to be the same event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read import participants
from dateline.read.clauses import is_main, is_verb, joined, lemma_of, objects
from dateline.read.dating import Calendar
from dateline.read.document import Document
from dateline.read.event_lexicon import Match, lexicon
from dateline.read.participants import Named
from dateline.read.status import Outlook, in_condition, noun_status, outlook
from dateline.records import Basis, Part, Place, ReadEvent, Span, Statement, Status, Time

_LONGEST_TRIGGER = 8  # tokens from a verb to its object; farther apart the verb alone is shown
_PASSING_DAYS = 31  # a body's event of an earlier day than this before publication is background
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})
_WHERE = frozenset(
    {"in", "at", "near", "on", "to", "into", "outside", "inside", "off", "across", "through", "from", "towards", "over"}
)
_PATH = frozenset({"pobj", "prep", "compound", "conj", "appos", "nmod", "amod", "dobj", "nsubjpass", "nsubj", "pcomp"})
_HERE = frozenset({"i", "we"})
_ENDED = "”\"'’“ \n)"


@dataclass(frozen=True)
class _Told:
    """A trigger found in a sentence: what it tells, its verb, the noun that names it, how the text looks at it.

    Where a noun stands alone, ``head`` is that noun.
    """

    match: Match
    head: Token
    noun: Token | None
    outlook: Outlook


@dataclass(frozen=True)
class _Scene:
    """What is the same for all the events of a sentence. ``carried`` is the day that the sentence before told of."""

    sentence: Tokens
    part: Part
    carried: Time | None


def find(
    document: Document,
    times: Sequence[Time],
    places: Sequence[Place],
    actors: Named,
    statements: Sequence[Statement],
) -> list[ReadEvent]:
    """The events of a document, in the order of their triggers.

    Args:
        document: the text with its parse; headings and furniture tell no events.
        times: the times of the document; an event's date is that of one of them, or the publication day.
        places: its places, of which only literal ones can be where something happened.
        actors: tells the actor at a stretch of text.
        statements: its statements; an event is given the innermost one whose content holds its trigger.
    """
    reader = _Reader(document, Calendar(document, times), places, actors, statements)
    return sorted(reader.events(), key=lambda event: (event.trigger.start, event.trigger.end))


class _Reader:
    """One document on its way to events."""

    def __init__(
        self,
        document: Document,
        calendar: Calendar,
        places: Sequence[Place],
        actors: Named,
        statements: Sequence[Statement],
    ) -> None:
        self._document = document
        self._calendar = calendar
        self._places = places
        self._actors = actors
        self._statements = statements
        self._lead = next((part for part in document.parts if part.kind == "body"), None)

    def events(self) -> Iterator[ReadEvent]:
        carried: Time | None = None
        before: Part | None = None
        for sentence in self._document.sentences:
            part = self._document.part_at(sentence.start_char)
            if part is None or part.kind not in ("body", "side") or sentence.text.rstrip(_ENDED).endswith("?"):
                continue
            scene = _Scene(sentence, part, carried if part == before else None)
            last: Time | None = None
            for told in _triggers(sentence):
                event, time = self._event(told, scene)
                if event is None:
                    continue
                yield event
                if time is not None and event.status == "happened" and not event.background:
                    last = time
            undated = not self._calendar.any(sentence.start_char, sentence.end_char)
            before, carried = part, last or (scene.carried if undated else None)

    def _event(self, told: _Told, scene: _Scene) -> tuple[ReadEvent | None, Time | None]:
        trigger = self._trigger(told)
        index = self._statement(trigger)
        statement = self._statements[index] if index is not None else None
        status = told.outlook.status
        if statement is not None and statement.question:
            return None, None
        if statement is not None and statement.denial and status in ("happened", "ongoing"):
            status = "denied"
        acting, upon = self._roles(told)
        agents, patients = self._named(acting, statement), self._named(upon, statement)
        if statement is not None and statement.mode == "direct" and not agents and not patients:
            return None, None
        if told.match.sense.type in _MUTUAL and told.match.sense.mode != "visit":
            agents, patients = self._together(told, agents, statement), []
        when, basis, time = self._date(told, scene, status)
        if told.outlook.passing and told.match.sense.type is None and when is None and told.noun is None:
            # "a video released by the ministry": said to tell which video, not what happened
            return None, None
        event = ReadEvent(
            trigger=trigger,
            type=told.match.sense.type,
            mode=told.match.sense.mode,
            context=lexicon().contexts(scene.sentence),
            actors=agents,
            recipients=[actor for actor in patients if actor not in agents],
            date=when,
            date_basis=basis,
            place=self._place(told, scene.sentence),
            condition=self._condition(told),
            statement=index,
            background=told.outlook.passing or self._long_ago(when, scene.part),
            status=status,
            kind=told.outlook.kind if status in ("planned", "conditional") else None,
        )
        return event, time

    def _trigger(self, told: _Told) -> Span:
        tokens = sorted(told.match.tokens, key=lambda token: token.i)
        if tokens[-1].i - tokens[0].i > _LONGEST_TRIGGER:
            tokens = [told.match.tokens[0]]
        return self._document.of_tokens(tokens)

    def _statement(self, trigger: Span) -> int | None:
        """The innermost statement whose content holds the trigger."""
        holding = [
            (span.end - span.start, index)
            for index, statement in enumerate(self._statements)
            for span in statement.content
            if span.start <= trigger.start and trigger.end <= span.end
        ]
        return min(holding)[1] if holding else None

    # ── who ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _roles(self, told: _Told) -> tuple[list[Token], list[Token]]:
        """Who acts and who is acted upon."""
        if told.noun is None:
            return participants.subjects(told.head), participants.recipients(told.head)
        acting, upon = participants.of_noun(told.noun)
        if told.head.i != told.noun.i:
            skip = {token.i for token in joined(told.noun)}
            acting = [t for t in participants.subjects(told.head) if t.i not in skip] + acting
            upon += [t for t in participants.recipients(told.head) if t.i not in skip]
        elif any(token.tag_ == "PRP$" for token in acting) and not participants.ids(acting, self._actors):
            # "Commenting on his meeting with the envoy, the minister said": the one named after is meant
            verb = next((token for token in told.noun.ancestors if is_verb(token)), None)
            acting += participants.subjects(verb) if verb is not None else []
        return acting, upon

    def _together(self, told: _Told, agents: list[str], statement: Statement | None) -> list[str]:
        """All who took part in something mutual: who acts, whom they meet, who stands after "with" or "between"."""
        others = participants.companions(told.head)
        if told.noun is not None:
            others += participants.companions(told.noun)
        else:
            others += [token for token in participants.recipients(told.head) if token.dep_ in ("dobj", "conj")]
        return list(dict.fromkeys(agents + self._named(others, statement)))

    def _named(self, tokens: Sequence[Token], statement: Statement | None) -> list[str]:
        """The ids of the actors some words mention; "I" and "we" inside somebody's statement are the speaker."""
        found: list[str] = []
        for token in tokens:
            if token.lower_ in _HERE and statement is not None:
                found += [statement.speaker] if statement.speaker else []
            else:
                found += participants.ids([token], self._actors)
        return list(dict.fromkeys(found))

    # ── when ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _date(self, told: _Told, scene: _Scene, status: Status) -> tuple[str | None, Basis | None, Time | None]:
        """The date, how it was got, and the time that gave it, if one did."""
        start, end = scene.sentence.start_char, scene.sentence.end_char
        time = self._calendar.of(told.noun) if told.noun is not None else None
        time = time or self._calendar.of(told.head)
        fresh = status in ("happened", "ongoing") and is_main(told.head) and not told.outlook.passing
        if time is None and fresh:
            time = self._calendar.only(start, end, told.head)
            if time is None and not self._calendar.any(start, end) and told.head.tag_ == "VBD":
                time = scene.carried
        if time is not None and time.edtf is not None:
            if self._calendar.since(time):
                return f"{time.edtf.split('/')[0]}/..", time.basis, None
            return time.edtf, time.basis, time if len(time.edtf) == len("2000-01-01") else None
        recent = self._calendar.recent(start, end) or (told.noun is not None and _is_recent(told.noun))
        if recent and status == "happened":
            return self._of_late(scene.part)
        return (*self._by_default(told, scene, status), None) if fresh else (None, None, None)

    def _of_late(self, part: Part) -> tuple[str | None, Basis | None, None]:
        """About the month of the day that a part leans on."""
        if part.kind == "side":
            days = [
                day
                for side in self._document.parts
                if side.kind == "side"
                for day in self._calendar.days(side.start, side.end)
            ]
            day = part.date or max(days, default=None)
            return (f"{day[:7]}~", "section", None) if day else (None, None, None)
        published = self._document.published
        return (f"{published:%Y-%m}~", "publication", None) if published else (None, None, None)

    def _by_default(self, told: _Told, scene: _Scene, status: Status) -> tuple[str | None, Basis | None]:
        """The section's date, and for the lead's news and what goes on the publication day."""
        if scene.part.kind == "side":
            return (scene.part.date, "section") if scene.part.date else (None, None)
        if self._document.published and (scene.part == self._lead or status == "ongoing"):
            return self._document.published.isoformat(), "publication"
        return None, None

    def _long_ago(self, when: str | None, part: Part) -> bool:
        day, published = _last_day(when), self._document.published
        return bool(part.kind == "body" and day and published and (published - day).days > _PASSING_DAYS)

    # ── where, and on what condition ──────────────────────────────────────────────────────────────────────────────

    def _place(self, told: _Told, sentence: Tokens) -> int | None:
        """Where it happened: the literal place nearest to it in the parse by a preposition of place, else the dateline's."""
        # "announced the passage through the strait": the strait is where the announced thing is, not where it was announced.
        barred = "dobj" if told.match.sense.type in lexicon().verbal_types or lemma_of(told.head) == "announce" else ""
        found: list[tuple[int, int]] = []
        for index, place in enumerate(self._places):
            if place.use != "literal" or not sentence.start_char <= place.start < sentence.end_char:
                continue
            tokens = self._document.doc.char_span(place.start, place.end, alignment_mode="expand")
            steps = _steps(tokens.root, told, barred) if tokens is not None else None
            if steps is not None:
                found.append((steps, index))
        return min(found)[1] if found else None

    def _condition(self, told: _Told) -> Span | None:
        head = told.outlook.condition
        if head is None:
            return None
        tokens = sorted(head.subtree, key=lambda token: token.i)
        while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
            tokens.pop()
        return self._document.of_tokens(tokens)


def _triggers(sentence: Tokens) -> Iterator[_Told]:
    """The events that a sentence tells: by verbs, by light verbs with their objects, and by nouns alone."""
    used: set[int] = set()
    for token in sentence:
        if not is_verb(token):
            continue
        told, words = _by_verb(token)
        used.update(words)
        if told is not None:
            yield told
    for token in sentence:
        if token.i in used or token.pos_ != "NOUN":
            continue
        match = lexicon().noun(token)
        alone = _by_noun(match, token) if match is not None else None
        if alone is not None:
            yield alone


def _by_verb(verb: Token) -> tuple[_Told | None, set[int]]:
    """The event that a verb tells, if any, and the words that are spoken for by it."""
    words = lexicon()
    match, noun = words.verb(verb), None
    light = words.light(verb)
    if light is not None and (match is None or len(match.tokens) == 1):
        match, noun = light, light.tokens[-1]
    if match is None:
        return None, set()
    used = {token.i for token in match.tokens}
    looked = outlook(verb)
    if looked is None:
        return None, used
    if noun is not None and words.governors.get(lemma_of(verb)) == "planned":
        looked = (
            replace(looked, status="planned", kind="announced") if looked.status in ("happened", "ongoing") else looked
        )
    if match.sense.mode == "meet":
        called_off = [(thing, told) for thing in objects(verb) if (told := words.noun(thing))]
        used.update(token.i for _, told in called_off for token in told.tokens)
        if called_off and looked.status in ("happened", "ongoing"):
            noun, told = called_off[0]
            match = Match(told.sense, (*match.tokens, *told.tokens))
            looked = Outlook("cancelled", passing=looked.passing)
    if noun is None:
        told_by = _cause(verb) or (_happening(verb) if match.sense.type is None else None)
        if told_by is not None:
            match, noun = Match(told_by.sense, match.tokens), told_by.tokens[-1]
            used.update(token.i for token in told_by.tokens)
        elif words.occurs(verb) and any(c.dep_ == "xcomp" for c in verb.children):
            # "began to withdraw": the verb under it tells
            return None, used
    return _Told(match, verb, noun, looked), used


def _happening(verb: Token) -> Match | None:
    """The event noun that is the subject of a verb of occurring: "the talks began"."""
    if not lexicon().occurs(verb):
        return None
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return next((told for subject in subjects if (told := lexicon().noun(subject))), None)


def _cause(verb: Token) -> Match | None:
    """What killed, hurt or destroyed: "the quake killed", "were killed in a crash". It says of what kind the event is."""
    match = lexicon().verb(verb)
    if match is None or lemma_of(verb) not in lexicon().harm:
        return None
    nouns = [c for c in verb.children if c.dep_ == "nsubj"]
    nouns += [
        noun
        for c in verb.children
        if c.dep_ in ("prep", "agent") and c.lower_ in ("in", "by", "during", "after")
        for noun in c.children
    ]
    return next((told for noun in nouns if (told := lexicon().noun(noun))), None)


def _by_noun(match: Match, noun: Token) -> _Told | None:
    """An event told by a noun alone: announced, the subject of a verb of occurring, or set in time by the words before it."""
    if in_condition(noun):
        return None
    if noun.dep_ in ("nsubj", "nsubjpass") and lexicon().occurs(noun.head):
        looked = outlook(noun.head)
        return _Told(Match(match.sense, (noun.head, *match.tokens)), noun.head, noun, looked) if looked else None
    if noun.dep_ == "dobj" and lemma_of(noun.head) == "announce":
        looked = outlook(noun.head)
        return _Told(match, noun, noun, Outlook("planned", "announced", passing=looked.passing)) if looked else None
    status = noun_status(noun)
    if status in ("happened", "planned", "cancelled") and any(c.dep_ in ("prep", "poss") for c in noun.children):
        return _Told(match, noun, noun, Outlook(status, "announced" if status == "planned" else None, passing=True))
    return None


def _is_recent(noun: Token) -> bool:
    return any(child.lower_ == "recent" for child in noun.lefts)


def _steps(place: Token, told: _Told, barred: str) -> int | None:
    """How far a place stands from an event in the parse; None where no preposition of place ties it to the event."""
    goals = {told.head.i} | ({told.noun.i} if told.noun is not None else set())
    token, steps, tied = place, 0, False
    while token.i not in goals:
        if token.dep_ not in _PATH or token.dep_ == barred or (token.dep_ == "conj" and is_verb(token)):
            return None
        if token.dep_ == "prep":
            if token.lower_ not in _WHERE and token.lower_ != "of":
                return None
            tied = tied or token.lower_ in _WHERE
        token, steps = token.head, steps + 1
    return steps if tied else None


def _last_day(when: str | None) -> date | None:
    """A day near the end of an EDTF date, to tell how long ago it was; None for an open end."""
    parts = (when or "").split("/")[-1].strip("~?%").split("-")
    try:
        return date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 12, int(parts[2]) if len(parts) > 2 else 28)
    except ValueError:
        return None
