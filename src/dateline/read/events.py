"""Events: what a report says happened, goes on, is planned, threatened on a condition, was called off or is denied.

Triggers are verbs and nouns of the event lexicon. States, opinions, wishes and plain words of saying are no events
here: the last are statements. The type is that of what is told (planned talks are CONSULT with the status planned, not
PLOVER's AGREE), so that a plan and what became of it can be seen to be the same event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline.capture.layout import own_date
from dateline.read import participants
from dateline.read.clauses import is_main, is_simple_past, is_verb, joined, lemma_of
from dateline.read.dating import Calendar, counted_from, first_day, is_day, last_day
from dateline.read.document import Document
from dateline.read.event_lexicon import lexicon
from dateline.read.participants import Named
from dateline.read.placing import Grounds, is_there
from dateline.read.story_day import StoryDay, saying
from dateline.read.triggers import FIRST_PERSON, Told, is_asked, planned_by, planning, triggers
from dateline.records import Basis, Part, Place, ReadEvent, Span, Statement, Status, Time

_LONGEST_TRIGGER = 8  # tokens from a verb to its object; farther apart the verb alone is shown
_LEAD = 2  # sentences that tell the day's news
_PASSING_DAYS = 31  # a body's event of an earlier day than this before publication is background
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})
_ENDED = "”\"'’“ \n)"


@dataclass(frozen=True)
class _Scene:
    """What is the same for all the events of a sentence. ``carried`` is the day that the sentence before told of, ``ground``
    the place; ``is_lead`` is True for the first sentences of the article, ``is_first`` for the very first; ``shown`` is the
    date of the picture that a caption tells of.
    """

    sentence: Tokens
    part: Part
    carried: Time | None
    is_lead: bool
    shown: str | None
    ground: int | None
    is_first: bool


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
        self._grounds = Grounds(document, places)
        self._story = StoryDay(document, calendar)
        self._actors = actors
        self._statements = statements

    def events(self) -> Iterator[ReadEvent]:
        told_so_far = 0
        carried: Time | None = None
        before: Part | None = None
        ground: int | None = None
        shown: str | None = None
        for sentence in self._document.sentences:
            part = self._document.part_at(sentence.start_char)
            if part is None or part.kind not in ("body", "side") or self._words(sentence).rstrip(_ENDED).endswith("?"):
                continue
            told_so_far += part.kind == "body" and not self._grounds.in_dateline(sentence)
            is_lead = part.kind == "body" and told_so_far <= _LEAD
            if part.kind == "body" and not self._grounds.in_dateline(sentence):
                self._story.hear(sentence, part)
            same = part == before or (is_lead and before is not None)
            shown = self._pictured(sentence, part) or (shown if part == before else None)
            ground = ground if same else None
            is_first = is_lead and told_so_far == 1
            scene = _Scene(sentence, part, carried if same else None, is_lead, part.date or shown, ground, is_first)
            last: Time | None = None
            events: list[ReadEvent] = []
            for told in triggers(self._document.tokens_in(sentence)):
                event, time = self._event(told, scene)
                if event is None:
                    continue
                yield event
                events.append(event)
                if time is not None and event.status == "happened" and not event.background:
                    last = time
            ground = self._ground(scene, events)
            undated = self._calendar.silent(sentence.start_char, sentence.end_char)
            last = last or self._day_of(sentence.root)
            before, carried = part, last or (scene.carried if undated else None)

    def _words(self, sentence: Tokens) -> str:
        return self._document.text[sentence.start_char : sentence.end_char]

    def _pictured(self, sentence: Tokens, part: Part) -> str | None:
        """The date of a caption or of a line of a chronology: at its head ("Harrow Quay, August 2022.", "2006: the lock opens"), or
        at its end ("The mayor cuts the ribbon, 4 May 2006").
        """
        words = self._words(sentence).rstrip(_ENDED + ".")
        if (
            part.kind == "side"
            and sentence.start_char == part.start
            and (own := own_date(self._words(sentence))) is not None
        ):
            return own
        time = self._calendar.ending(sentence.start_char + len(words))
        if time is None:
            return None
        if any(is_verb(token) for token in self._document.tokens_in(sentence)):
            whole = part.kind == "side" and sentence.start_char + len(words) >= part.end - len(_ENDED)
            return time.edtf if whole and self._document.text[: time.start].endswith(", ") else None
        before = [token for token in sentence if token.idx < time.start and not token.is_punct]
        return time.edtf if before and before[-1].pos_ == "PROPN" else None

    def _day_of(self, root: Token) -> Time | None:
        """The day that a sentence is set on by its main verb, or by the one that somebody is said to have told."""
        verbs = [root, *(child for child in root.children if child.dep_ == "ccomp")]
        times = [time for verb in verbs if (time := self._calendar.of(verb, over=True)) is not None]
        return next((time for time in reversed(times) if is_day(time.edtf)), None)

    def _ground(self, scene: _Scene, events: Sequence[ReadEvent]) -> int | None:
        """The place that the next sentence of the paragraph may share: this sentence's, else the one it shares itself."""
        if not self._grounds.named(scene.sentence, scene.part):
            return scene.ground
        tied = [event.place for event in events if event.place is not None and event.status == "happened"]
        return tied[-1] if tied else self._grounds.scene(scene.sentence)

    def _event(self, told: Told, scene: _Scene) -> tuple[ReadEvent | None, Time | None]:
        if told.bare:
            settled = self._settled(told, scene)
            if settled is None:
                return None, None
            told = settled
        trigger = self._trigger(told)
        if told.dated:
            set_in_time = self._set_in_time(told)
            if set_in_time is None:
                return None, None
            told = set_in_time
        if told.unlisted and not self._is_news(told, scene):
            return None, None
        index = self._statement(trigger)
        statement = self._statements[index] if index is not None else None
        status = told.outlook.status
        if statement is not None and statement.question:
            return None, None
        if statement is not None and statement.denial and status in ("happened", "ongoing"):
            status = "denied"
        acting, upon = self._roles(told)
        if acting and all(token.lower_ == "you" for token in acting):
            return None, None
        if lemma_of(told.head) == "agree" and self._speaks(told.head):
            # "the second agreed: “…”" is speech, not an agreement
            return None, None
        agents, patients = self._named(acting), self._named(upon)
        if not agents and statement is not None and statement.speaker and any(t.lower_ in FIRST_PERSON for t in acting):
            agents = [statement.speaker]
        if statement is not None and statement.mode == "direct" and not agents and not patients:
            return None, None
        if told.match.sense.type in _MUTUAL and told.match.sense.mode != "visit":
            agents, patients = self._together(told, agents), []
        when, basis, time = self._date(told, scene, status)
        if told.outlook.passing and told.match.sense.type is None and when is None and told.noun is None:
            # "a video released by the ministry": said to tell which video, not what happened
            return None, None
        event = ReadEvent(
            trigger=trigger,
            type=told.match.sense.type,
            mode=told.match.sense.mode,
            context=lexicon().contexts(self._document.tokens_in(scene.sentence)),
            actors=agents,
            recipients=[actor for actor in patients if actor not in agents],
            date=when,
            date_basis=basis,
            place=self._place(told, scene, time),
            condition=self._condition(told),
            statement=index,
            background=told.outlook.passing or self._long_ago(when, scene.part),
            status=status,
            kind=told.outlook.kind if status in ("planned", "conditional") else None,
        )
        return event, time

    def _settled(self, told: Told, scene: _Scene) -> Told | None:
        """What the present tense of a deed tells: the lead's news, a deed of a known time, or one to come; else a habit."""
        time = self._calendar.of(told.head)
        if self._calendar.is_habit(scene.sentence.start_char, scene.sentence.end_char):
            return None
        if time is None:
            if scene.shown is not None and not self._calendar.has_come(scene.shown):
                return None
            news = scene.is_lead or told.is_said or scene.shown is not None
            return told if news and is_main(told.head) else None
        if self._calendar.is_over(time):
            return told
        return replace(told, outlook=replace(told.outlook, status="planned", kind="announced"))

    def _set_in_time(self, told: Told) -> Told | None:
        """A noun with a time of its own: something of the past, or something to come."""
        time = self._calendar.own(told.head)
        if time is None:
            return None
        if self._calendar.is_over(time):
            return told
        return replace(told, outlook=replace(told.outlook, status="planned"))

    def _is_news(self, told: Told, scene: _Scene) -> bool:
        """Whether a deed that the lexicon does not know is news: it has a time of its own, or somebody's in the lead."""
        if told.bare and scene.shown is not None and is_main(told.head):
            return True
        decides = any(is_asked(child) for child in told.head.children)
        if not decides and any(True for _ in self._cued(told.head)):
            return False
        if told.outlook.status == "conditional":
            doing = participants.subjects(told.head)
            return any(token.pos_ == "PRON" for token in doing) or bool(self._named(doing))
        plainly = is_main(told.head) and not told.is_plain
        time = self._calendar.of(told.head) if plainly else self._calendar.own(told.head)
        if time is None and told.outlook.status == "planned":
            time = self._calendar.deadline(told.head)
        if time is None and is_main(told.head):
            lone = self._calendar.only(scene.sentence.start_char, scene.sentence.end_char, told.head)
            time = lone if lone is not None and self._calendar.is_over(lone) else None
        if time is not None:
            # "a post that she has held since 2014", "the year that ends in May": states of every day
            return not told.is_plain or (
                told.outlook.status != "ongoing"
                and not self._calendar.is_open(time)
                and (not told.bare or (is_main(told.head) and told.outlook.status == "planned"))
            )
        if scene.is_first and not told.is_plain and told.outlook.status == "happened" and saying(told.head) is not None:
            # what the report has to tell, and who said so
            return True
        if told.is_plain or not is_main(told.head):
            return False
        return (
            scene.is_lead and told.outlook.status != "ongoing" and bool(self._named(participants.subjects(told.head)))
        )

    def _cued(self, verb: Token) -> Iterator[Statement]:
        """The statements whose cue a verb is in."""
        end = verb.idx + len(verb)
        return (s for s in self._statements if s.cue is not None and s.cue.start < end and verb.idx < s.cue.end)

    def _speaks(self, verb: Token) -> bool:
        return any(statement.mode == "direct" for statement in self._cued(verb))

    def _trigger(self, told: Told) -> Span:
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

    def _roles(self, told: Told) -> tuple[list[Token], list[Token]]:
        """Who acts and who is acted upon."""
        if told.noun is None:
            return participants.subjects(told.head), participants.recipients(told.head)
        acting, upon = participants.of_noun(told.noun)
        if told.head.i != told.noun.i:
            skip = {token.i for token in joined(told.noun)}
            acting = [t for t in participants.subjects(told.head) if t.i not in skip] + acting
            upon += [t for t in participants.recipients(told.head) if t.i not in skip]
        elif told.noun.dep_ == "dobj" and told.match.sense.type not in _MUTUAL:
            acting += participants.subjects(told.noun.head)
        elif any(token.tag_ == "PRP$" for token in acting):
            meant = participants.ids(acting, self._actors)
            if not meant or set(meant) & set(participants.ids(upon, self._actors)):
                # "Commenting on his meeting with the envoy, the minister said": the one named after is meant
                verb = next((token for token in told.noun.ancestors if is_verb(token)), None)
                acting = participants.subjects(verb) if verb is not None else []
        return acting, upon

    def _together(self, told: Told, agents: list[str]) -> list[str]:
        """All who took part in something mutual: who acts, whom they meet, who stands after "with" or "between"."""
        others = participants.companions(told.head)
        if told.noun is not None:
            others += participants.companions(told.noun)
        else:
            others += [token for token in participants.recipients(told.head) if token.dep_ in ("dobj", "conj")]
        return list(dict.fromkeys(agents + self._named(others)))

    def _named(self, tokens: Sequence[Token]) -> list[str]:
        """The ids of the actors that some words mention."""
        return participants.ids(tokens, self._actors)

    # ── when ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _date(self, told: Told, scene: _Scene, status: Status) -> tuple[str | None, Basis | None, Time | None]:
        """The date, how it was got, and the time that gave it, if it is one day that the next sentence may share."""
        start, end = scene.sentence.start_char, scene.sentence.end_char
        ahead = status in ("planned", "conditional", "possible", "cancelled")
        past = status in ("happened", "ongoing", "denied")
        time = self._due(told) if status == "cancelled" else None
        if time is None and told.noun is not None:
            time = self._calendar.of(told.noun, ahead=ahead, over=past)
        time = time or self._calendar.of(told.head, ahead=ahead, over=past)
        if time is None and status in ("planned", "conditional"):
            time = self._calendar.deadline(told.head)
        if time is None and status == "conditional" and told.outlook.condition is not None:
            inside = sorted(token.idx for token in told.outlook.condition.subtree)
            time = self._calendar.within(inside[0], inside[-1] + 1)
        over = told.outlook.status in ("happened", "ongoing")
        fresh = over and is_main(told.head) and not told.outlook.passing
        if time is None and fresh:
            lone = self._calendar.only(start, end, told.head)
            time = lone if lone is not None and self._calendar.is_over(lone) else None
        silent = self._calendar.silent(start, end, told.head)
        if time is None and fresh and silent and is_simple_past(told.head) and self._continues(told, scene):
            time = scene.carried
        if time is None and over and (fresh or _is_put_in(told.head)) and is_simple_past(told.head):
            time = self._calendar.fronted(scene.sentence)
        if time is not None:
            due = status in ("planned", "conditional") or (
                status == "cancelled" and told.noun is not None and _is_open(told)
            )
            when = self._calendar.awaited(time) if due else self._calendar.stretch(time, told.head)
            return when, time.basis, time if is_day(time.edtf) else None
        if status == "happened" and (gap := counted_from(told.head)) is not None:
            return (*self._counted_back(told.head, gap, scene), None)
        recent = self._calendar.recent(start, end) or (told.noun is not None and _is_recent(told.noun))
        if recent and status == "happened":
            return self._of_late(scene.part)
        if fresh and status != "denied":
            return (*self._by_default(told, scene, status, silent), None)
        return (*self._of_the_story(told, scene, status), None)

    def _counted_back(self, clause: Token, days: int, scene: _Scene) -> tuple[str | None, Basis | None]:
        """The day of a deed so many days from that of the verb above it: "The raid came a week after the paper published …"."""
        above = self._calendar.of(clause.head, over=True) or scene.carried
        if above is not None and is_day(above.edtf):
            day, sure = first_day(above.edtf), True
        else:
            day, sure = self._story.of(clause.head, scene.sentence), False
        if day is None:
            return None, None
        return f"{day - timedelta(days=days)}{'' if sure else '~'}", "relative"

    def _due(self, told: Told) -> Time | None:
        """When something called off was to be: "the opening, planned for 24 September, has been cancelled"."""
        planned = planned_by(told.noun) if told.noun is not None else None
        if planned is None and told.head.dep_ == "conj":
            # "was due to resume on Monday but was put back"
            planned = planning(told.head.head)
        if planned is None:
            return None
        words = (planned, *(child for child in planned.children if child.dep_ == "xcomp"))
        return next((time for word in words if (time := self._calendar.own(word))), None)

    def _continues(self, told: Told, scene: _Scene) -> bool:
        """Whether a deed goes on with the day of the sentence before; words said of it may have been said later."""
        subjects = participants.subjects(told.head)
        return not told.is_said or any(t.pos_ == "PRON" for t in subjects)

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

    def _by_default(self, told: Told, scene: _Scene, status: Status, silent: bool) -> tuple[str | None, Basis | None]:
        """The section's date; for the lead's news and what goes on the publication day; for words said, about that day."""
        if scene.shown is not None:
            return (scene.shown, "section") if self._calendar.has_come(scene.shown) else (None, None)
        if scene.part.kind == "side":
            return None, None
        published = self._document.published
        if published is None or not silent:
            return None, None
        if scene.is_lead or status == "ongoing":
            return published.isoformat(), "publication"
        if told.is_said and (is_simple_past(told.head) or told.head.tag_ in ("VBZ", "VBP")):
            return f"{self._story.day or published}~", "publication"
        return self._of_the_story(told, scene, status)

    def _of_the_story(self, told: Told, scene: _Scene, status: Status) -> tuple[str | None, Basis | None]:
        """About the day of the story, for a deed of its main line that no words of time set elsewhere."""
        if scene.part.kind != "body" or told.outlook.passing or status not in ("happened", "cancelled"):
            return None, None
        if status == "cancelled" and self._calendar.days(scene.sentence.start_char, scene.sentence.end_char):
            # that is when it was to be
            return None, None
        day = self._story.of(told.head, scene.sentence, quoted=self._is_quoted(told.head))
        return (f"{day}~", "publication") if day is not None else (None, None)

    def _is_quoted(self, word: Token) -> bool:
        """Whether a word is somebody's own, in quotation marks."""
        return any(
            statement.mode == "direct" and span.start <= word.idx < span.end
            for statement in self._statements
            for span in statement.content
        )

    def _long_ago(self, when: str | None, part: Part) -> bool:
        day, published = last_day(when), self._document.published
        return bool(part.kind == "body" and day and published and (published - day).days > _PASSING_DAYS)

    # ── where, and on what condition ──────────────────────────────────────────────────────────────────────────────

    def _place(self, told: Told, scene: _Scene, time: Time | None) -> int | None:
        """Where it happened: the place of its clause, its sentence, the sentence before, its caption, the dateline."""
        found = self._grounds.of(told, scene.sentence)
        if found is not None:
            return found
        if is_there(told.head):
            return scene.ground
        found = self._grounds.beside(told, scene.sentence)
        elsewhere = self._grounds.named(scene.sentence, scene.part)
        if not elsewhere and scene.is_first and not told.is_said:
            written = self._grounds.dateline(scene.part, told)
            found = written if written is not None else found
        named = any(token.pos_ == "PROPN" for token in participants.subjects(told.head))
        same = not named and not told.is_said and (time is None or time == scene.carried)
        if found is None and not elsewhere and same:
            found = scene.ground if scene.ground is not None else self._grounds.titled(scene.part)
        return found

    def _condition(self, told: Told) -> Span | None:
        head = told.outlook.condition
        if head is None:
            return None
        tokens = sorted(head.subtree, key=lambda token: token.i)
        while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
            tokens.pop()
        return self._document.of_tokens(tokens)


def _is_open(told: Told) -> bool:
    """Whether what is called off is still to come: "a meeting due on Saturday has been put off"."""
    planned = planned_by(told.noun) if told.noun is not None else None
    perfect = any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in told.head.children)
    return planned is not None and perfect and not any(c.lower_ in ("had", "was") for c in planned.children)


def _is_put_in(verb: Token) -> bool:
    """Whether a verb is put into a main clause: "The votes, it ruled, must be counted"."""
    above = verb.head
    return verb.dep_ == "parataxis" and "ROOT" in (above.dep_, above.head.dep_ if above.dep_ == "ccomp" else "")


def _is_recent(noun: Token) -> bool:
    return any(child.lower_ == "recent" for child in noun.lefts)
