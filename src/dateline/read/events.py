"""Events: what a report says happened, is going on, is planned, threatened on a condition, was called off or is denied.

Triggers are verbs and nouns of the event lexicon. States, opinions, wishes and plain words of saying are no events here: the
last are statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.read import participants
from dateline.read.dating import Calendar
from dateline.read.document import Document
from dateline.read.event_lexicon import Match, lexicon, objects
from dateline.read.participants import Named
from dateline.read.status import Outlook, in_condition, noun_status, outlook
from dateline.records import Basis, Place, ReadEvent, Span, Statement, Time

_LONGEST_TRIGGER = 8  # tokens from a verb to its object; farther apart the verb alone is shown
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})
_WHERE = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "to",
        "into",
        "outside",
        "inside",
        "off",
        "around",
        "across",
        "through",
        "from",
        "towards",
        "over",
    }
)
_PASSING_DAYS = 31
_SPOKEN = frozenset({"i", "we", "you"})


@dataclass(frozen=True)
class _Told:
    """A trigger found in a sentence: what it tells, the verb it hangs on, the noun that names it, and how the text looks at it."""

    match: Match
    head: Token
    noun: Token | None
    outlook: Outlook


def find(
    document: Document,
    times: Sequence[Time],
    places: Sequence[Place],
    actors: Named,
    statements: Sequence[Statement],
) -> list[ReadEvent]:
    """The events of a document, in the order of their triggers.

    Args:
        document: the text with its parse; headings and furniture are left out.
        times: the times of the document; an event's date is the EDTF date of one of them, or the publication day.
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
        paragraph: int | None = None
        for sentence in self._document.sentences:
            part = self._document.part_at(sentence.start_char)
            if part is None or part.kind not in ("body", "side") or sentence.text.rstrip("”\"'’ ").endswith("?"):
                continue
            if part.start != paragraph:
                paragraph, carried = part.start, None
            last: Time | None = None
            for told in _triggers(sentence):
                event, time = self._event(told, sentence, carried)
                if event is None:
                    continue
                yield event
                if time is not None and event.status in ("happened", "ongoing") and not told.outlook.passing:
                    last = time
            carried = last or (
                None if next(self._calendar.within(sentence.start_char, sentence.end_char), None) else carried
            )

    def _event(self, told: _Told, sentence: Tokens, carried: Time | None) -> tuple[ReadEvent | None, Time | None]:
        trigger = self._trigger(told)
        index = self._statement(trigger)
        statement = self._statements[index] if index is not None else None
        status = told.outlook.status
        if statement is not None:
            if statement.question:
                return None, None
            if statement.denial and status in ("happened", "ongoing"):
                status = "denied"
        acting, upon = self._roles(told)
        if statement is not None and statement.mode == "direct" and _mere_talk(told, acting):
            return None, None
        agents, patients = participants.ids(acting, self._actors), participants.ids(upon, self._actors)
        if told.match.sense.type in _MUTUAL and told.match.sense.mode != "visit":
            agents, patients = list(dict.fromkeys(agents + self._mutual(told, patients))), []
            patients = []
        when, basis, time = self._date(told, sentence, carried, status)
        event = ReadEvent(
            trigger=trigger,
            type=told.match.sense.type,
            mode=told.match.sense.mode,
            context=lexicon().contexts(t for t in sentence),
            actors=agents,
            recipients=[p for p in patients if p not in agents],
            date=when,
            date_basis=basis,
            place=self._place(told, sentence),
            condition=self._condition(told),
            statement=index,
            background=self._passing(told, when),
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

    def _roles(self, told: _Told) -> tuple[list[Token], list[Token]]:
        if told.noun is None:
            return participants.subjects(told.head), participants.recipients(told.head)
        acting, upon = participants.of_noun(told.noun)
        if told.head.i != told.noun.i:
            acting = participants.subjects(told.head) + acting
            upon += [t for t in participants.recipients(told.head) if t.i != told.noun.i]
        return acting, upon

    def _mutual(self, told: _Told, patients: list[str]) -> list[str]:
        """Those who took part together: the objects of a verb like "meet", and who stands after "with" or "between"."""
        together = participants.companions(told.head)
        if told.noun is not None:
            return participants.ids(together + participants.companions(told.noun), self._actors)
        direct = [token for token in participants.recipients(told.head) if token.dep_ in ("dobj", "conj")]
        return participants.ids(together + direct, self._actors) if patients else []

    def _date(
        self, told: _Told, sentence: Tokens, carried: Time | None, status: str
    ) -> tuple[str | None, Basis | None, Time | None]:
        time = self._calendar.of(told.noun) if told.noun is not None else None
        time = time or self._calendar.of(told.head)
        if (
            time is None
            and told.outlook.kind is None
            and status in ("happened", "ongoing")
            and not told.outlook.passing
        ):
            time = self._calendar.only(sentence.start_char, sentence.end_char) if _is_main(told.head) else None
            if time is None and not next(self._calendar.within(sentence.start_char, sentence.end_char), None):
                time = carried
        if time is not None:
            return time.edtf, time.basis, time
        part = self._document.part_at(sentence.start_char)
        if status not in ("happened", "ongoing") or told.outlook.passing or part is None or not _is_main(told.head):
            return None, None, None
        if part.kind == "side" and part.date:
            return part.date, "section", None
        if self._document.published and part == self._lead and told.noun is None:
            return self._document.published.isoformat(), "publication", None
        return None, None, None

    def _passing(self, told: _Told, when: str | None) -> bool:
        if told.outlook.passing:
            return True
        day, published = _last_day(when), self._document.published
        return bool(
            day
            and published
            and (published - day).days > _PASSING_DAYS
            and self._document.kind_at(told.head.idx) == "body"
        )

    def _condition(self, told: _Told) -> Span | None:
        head = told.outlook.condition
        if head is None:
            return None
        tokens = sorted(head.subtree, key=lambda token: token.i)
        while tokens and tokens[-1].is_punct:
            tokens.pop()
        return self._document.of_tokens(tokens)

    def _place(self, told: _Told, sentence: Tokens) -> int | None:
        """Where it happened: a literal place in the event's clause, else the one that the sentence is set in, else the dateline's."""
        here: list[tuple[int, int]] = []
        for index, place in enumerate(self._places):
            if place.use != "literal" or not sentence.start_char <= place.start < sentence.end_char:
                continue
            tokens = self._document.doc.char_span(place.start, place.end, alignment_mode="expand")
            if tokens is None:
                continue
            distance = _distance(tokens.root, told)
            if distance is not None:
                here.append((distance, index))
        return min(here)[1] if here else None


def _triggers(sentence: Tokens) -> Iterator[_Told]:
    """The events that a sentence tells: by verbs, by light verbs with their objects, and by nouns that stand for themselves."""
    words = lexicon()
    used: set[int] = set()
    for token in sentence:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        match = words.verb(token)
        light = words.light(token)
        if light and (match is None or len(match.tokens) == 1):
            match = light
        if match is None:
            continue
        looked = outlook(token)
        used.update(t.i for t in match.tokens)
        if match.sense.mode == "meet":
            used.update(t.i for t in objects(token))
        if looked is None:
            continue
        noun = match.tokens[-1] if match is light else None
        yield _Told(match, token, noun, looked)
    for token in sentence:
        if token.i in used or token.pos_ != "NOUN":
            continue
        match = words.noun(token)
        if match is None:
            continue
        told = _by_noun(match, token)
        if told is not None:
            yield told


def _by_noun(match: Match, noun: Token) -> _Told | None:
    """An event told by a noun alone: the subject of a verb of occurring, or one that the words before it set in time."""
    if in_condition(noun):
        return None
    verb = noun.head if noun.dep_ in ("nsubj", "nsubjpass") else None
    status = noun_status(noun)
    if verb is not None and lexicon().occurs(verb):
        looked = outlook(verb)
        return _Told(match, noun, noun, looked) if looked else None
    if status in ("happened", "planned", "cancelled") and any(c.dep_ in ("prep", "poss") for c in noun.children):
        return _Told(match, noun, noun, Outlook(status, passing=True))
    return None


def _is_main(token: Token) -> bool:
    """Whether a word stands in the main clause of its sentence."""
    while token.dep_ == "conj" or (token.pos_ == "NOUN" and token.head.i != token.i):
        token = token.head
    return token.dep_ == "ROOT"


def _mere_talk(told: _Told, acting: Sequence[Token]) -> bool:
    """Whether an event inside a quotation is only talk: told of the speakers themselves or of nobody."""
    return not acting or all(token.pos_ == "PRON" and token.lower_ in _SPOKEN for token in acting)


def _distance(place: Token, told: _Told) -> int | None:
    """How far a place stands from an event in the parse, None where it is not said by a preposition to be a place of it."""
    token, steps, by_preposition = place, 0, False
    while token.head.i != token.i and token.i not in (told.head.i, told.noun.i if told.noun else -1):
        if token.dep_ == "prep":
            if token.lower_ not in _WHERE and token.lower_ != "of":
                return None
            by_preposition = by_preposition or token.lower_ in _WHERE
        if token.dep_ in ("ccomp", "relcl", "advcl", "acl") or token.dep_ == "poss":
            return None
        token, steps = token.head, steps + 1
    if not by_preposition:
        return None
    if token.i in (told.head.i, told.noun.i if told.noun else -1):
        return steps
    return None


def _last_day(when: str | None) -> date | None:
    """A day near the end of an EDTF date, for telling how long ago it was."""
    if when is None:
        return None
    parts = when.split("/")[-1].strip("~?%").split("-")
    try:
        return date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 12, int(parts[2]) if len(parts) > 2 else 28)
    except ValueError:
        return None
