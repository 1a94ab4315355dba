"""Where a sentence tells an event: verbs, light verbs with their objects, and nouns that stand for themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from dateline.read.clauses import is_main, is_passive, is_verb, joined, lemma_of, lost_subject, objects
from dateline.read.event_lexicon import Match, Sense, lexicon
from dateline.read.status import COMMITTING, Outlook, in_condition, noun_status, outlook

_CAUSES = frozenset({"in", "by", "during", "after"})
_CLAUSE_MARKS = frozenset({"after", "when", "as", "while", "before", "since", "because", "where", "that"})
_DUE = frozenset({"due", "scheduled", "set"})
_PLANNED = frozenset({"plan", "schedule", "promise", "announce", "set", "due", "expect", "bill", "pencil", "slate"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FIRST_PERSON = frozenset({"i", "we"})
"""Pronouns by which somebody speaks of himself."""
TIMES = frozenset({"DATE", "TIME"})
"""The entity labels of times."""
_WILL = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_NEVER_DEEDS = frozenset("be have need know see get want cost mean face like expect include contain lack miss".split())  # noqa: SIM905
_TIME_OF = frozenset({"on", "in", "at", "during"})


@dataclass(frozen=True)
class Told:
    """A trigger found in a sentence: what it tells, its verb, the noun that names it, how the text looks at it.

    Where a noun stands alone, ``head`` is that noun. ``bare`` is True for a present tense of a deed, which tells a habit
    unless a time says otherwise ("the ferry crosses the strait"). ``unlisted`` is True for a verb that the lexicon does not
    know: an event only where a time or the lead makes it news. ``dated`` is True for a noun that only its time makes an
    event ("Monday's raid").
    """

    match: Match
    head: Token
    noun: Token | None
    outlook: Outlook
    bare: bool = False
    unlisted: bool = False
    dated: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the verb is one of every day ("gave", "went"), which tells something only with a time or in a caption."""
        return self.unlisted and lemma_of(self.head) in lexicon().plain | lexicon().scenes

    @property
    def is_said(self) -> bool:
        """Whether the deed is done by words: an accusation, a promise, an announcement."""
        return self.match.sense.type in lexicon().verbal_types or lemma_of(self.head) == "announce"


def triggers(sentence: Sequence[Token]) -> Iterator[Told]:
    """The events that the words of a sentence tell, verbs first."""
    used: set[int] = set()
    for token in sentence:
        if not is_verb(token) or token.dep_ in ("aux", "auxpass", "amod"):
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


_NOTHING = Match(Sense(None, None), ())


def _by_verb(verb: Token) -> tuple[Told | None, set[int]]:
    """The event that a verb tells, if any, and the words that are spoken for by it."""
    words = lexicon()
    if words.ignored(verb):
        return None, {token.i for thing in objects(verb) for token in (words.noun(thing) or _NOTHING).tokens}
    match, noun = words.verb(verb), None
    light = words.light(verb)
    if light is not None and (match is None or len(match.tokens) == 1):
        match, noun = light, light.tokens[-1]
    if match is None:
        return _committed(verb) or _appointed(verb) or _scheduled(verb) or _resumed(verb) or _unlisted(verb), set()
    used = {token.i for token in match.tokens}
    looked = outlook(verb)
    if looked is None or _twice(verb) or _mere_refusal(verb, match):
        return None, used
    if noun is not None and _arranges(verb, noun) and looked.status in ("happened", "ongoing"):
        looked = replace(looked, status="planned", kind="announced")
    if match.sense.mode == "meet" or _calls_off(verb):
        called_off = _called_off(verb)
        used.update(token.i for _, told in called_off for token in told.tokens)
        if called_off and looked.status in ("happened", "ongoing"):
            noun, told = called_off[0]
            match = Match(told.sense, (*match.tokens, *told.tokens))
            looked = Outlook("cancelled", passing=looked.passing)
    if noun is None:
        told_by = _cause(verb) or (_happening(verb) if match.sense.type is None else None)
        if told_by is not None:
            # "the accord ended the war": what ended it is what happened
            does = lexicon().occurs(verb) and any(c.dep_ == "dobj" for c in verb.children) and not _cause(verb)
            match = Match(told_by.sense, (*match.tokens, *told_by.tokens) if does else match.tokens)
            noun = told_by.tokens[-1] if told_by.tokens and words.noun(told_by.tokens[-1]) else None
            used.update(token.i for token in told_by.tokens)
        elif words.occurs(verb) and any(c.dep_ == "xcomp" for c in verb.children):
            # "began to withdraw": the verb under it tells
            return None, used
    return Told(match, verb, noun, looked, _is_bare(verb, match.sense, looked)), used


def _arranges(verb: Token, noun: Token) -> bool:
    """Whether a verb sets something for a day to come; who "called the strike" tells of one that is under way."""
    known = lemma_of(verb) == "call" and any(c.dep_ == "det" and c.lower_ == "the" for c in noun.children)
    return lemma_of(verb) in lexicon().arranging and not known


def _calls_off(verb: Token) -> bool:
    """Whether a verb is "call off", whatever its object makes of it."""
    return lemma_of(verb) == "call" and any(c.dep_ == "prt" and c.lower_ == "off" for c in verb.children)


def _called_off(verb: Token) -> list[tuple[Token, Match]]:
    """What a verb calls off or puts off: the events it names, or whatever was planned or promised."""
    words = lexicon()
    things = objects(verb)
    if not things:
        # "Talks, called off last week, will resume": the parser takes the participle for a past tense; "The visit stands
        # cancelled": "stands" for an auxiliary; "The hearing was due on Monday but was put back": the subject is the other verb's
        holders = [verb, *(c for c in verb.children if c.dep_ == "auxpass")]
        holders += [verb.head] if verb.dep_ == "conj" and is_passive(verb) else []
        held = (c for holder in holders for c in holder.children if c.dep_ in ("nsubj", "nsubjpass"))
        things = [noun for c in held for noun in joined(c) if words.noun(noun)]
    found = [(thing, told) for thing in things if (told := words.noun(thing))]
    if found:
        return found
    always = lemma_of(verb) in words.postponing
    return [
        (thing, Match(Sense(None, None), (thing,)))
        for thing in things
        if thing.pos_ == "NOUN" and (always or planned_by(thing) is not None)
    ]


def planned_by(noun: Token) -> Token | None:
    """The word after a noun that says it was planned, promised or due ("the payments promised for May"), None without one."""
    # in "the march to the coast, which the union had announced" the parser hangs the clause on the coast
    clauses = (c for c in noun.subtree if c.i > noun.i and c.dep_ in ("acl", "relcl", "amod"))
    return next((planned for clause in clauses if (planned := planning(clause)) is not None), None)


def planning(clause: Token) -> Token | None:
    """The word of planning in a clause: "planned for May", "was due to begin on Monday"; None without one."""
    if lemma_of(clause) in _PLANNED:
        return clause
    ready = (c for c in clause.children if c.dep_ == "acomp" and c.lower_ in _DUE)
    return next(ready, None) if lemma_of(clause) == "be" else None


def _resumed(verb: Token) -> Told | None:
    """What goes on with a subject told before: "Talks, called off last week, will resume on Tuesday"."""
    if verb.dep_ != "conj" or not lexicon().occurs(verb) or _subjects(verb):
        return None
    told = next((told for noun in _subjects(verb.head) if (told := lexicon().noun(noun))), None)
    looked = outlook(verb) if told is not None else None
    return Told(Match(told.sense, (verb,)), verb, None, looked) if told and looked else None


def _appointed(verb: Token) -> Told | None:
    """Where, how or when something is to be: "is due in court on Monday", "the pass will be open on Friday"."""
    if lemma_of(verb) != "be":
        return None
    ready = next((c for c in verb.children if c.dep_ == "acomp"), None)
    looked = outlook(verb) if ready is not None else None
    if ready is None or looked is None or any(c.dep_ in ("xcomp", "ccomp") for c in ready.children):
        return None
    if ready.lower_ not in _DUE and (looked.status != "planned" or not _is_clause(verb)):
        # "the bridge will be open on Monday"
        return None
    where = [noun for c in ready.children if c.dep_ == "prep" for noun in objects(c) if noun.ent_type_ not in TIMES]
    match = Match(Sense(None, None), (verb, ready, *where[:1]))
    return Told(match, verb, None, Outlook("planned", "announced", passing=looked.passing), unlisted=True)


def _scheduled(verb: Token) -> Told | None:
    """What is set for a day by a verb of planning, whatever it is: "First deliveries are planned for 1 July"."""
    if lemma_of(verb) not in _PLANNED:
        return None
    if not any(c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP") for c in verb.children):
        return None
    days = [day for c in verb.children if c.dep_ == "prep" for day in c.children if day.ent_type_ in TIMES]
    named = [noun for noun in _subjects(verb) if noun.pos_ == "NOUN"]
    looked = outlook(verb) if days and named else None
    if looked is None or looked.status not in ("happened", "ongoing", "planned"):
        return None
    match = Match(Sense(None, None), (named[0], verb))
    return Told(match, verb, None, Outlook("planned", "announced", passing=looked.passing), unlisted=True)


def _committed(verb: Token) -> Told | None:
    """What somebody promised or threatened to do, though the lexicon does not know the deed: it has the sense of the promise."""
    if verb.dep_ != "xcomp" or verb.tag_ != "VB" or lemma_of(verb) == "be":
        return None
    sense = COMMITTING.get(lemma_of(verb.head))
    looked = outlook(verb) if sense else None
    if sense is None or looked is None or looked.kind is None:
        return None
    things = [c for c in verb.children if c.dep_ == "dobj"]
    return Told(Match(Sense(sense, None), (verb, *things)), verb, None, looked)


def _unlisted(verb: Token) -> Told | None:
    """A deed that the lexicon does not know: no state, no words of saying, no verb that leads to another."""
    if verb.pos_ != "VERB" or (lemma_of(verb) in lexicon().states and not _is_set_for_a_day(verb)):
        return None
    if not _is_clause(verb) or any(c.dep_ in ("xcomp", "ccomp") and not is_asked(c) for c in verb.children):
        return None
    looked = outlook(verb)
    if looked is None or looked.status not in ("happened", "ongoing", "planned", "conditional", "cancelled"):
        return None
    if looked.status == "cancelled" and not any(c.tag_ == "MD" and c.lower_ in _WILL for c in verb.children):
        return None
    if not any(c.dep_ in _SUBJECTS for verbs in (verb, verb.head) for c in verbs.children) and not lost_subject(verb):
        return None
    if looked.status == "conditional" and not _is_vowed(verb):
        return None
    particle = [c for c in verb.children if c.dep_ == "prt"]
    things = [c for c in verb.children if c.dep_ == "dobj"]
    # "work will begin again on Monday": what begins tells more than that it does
    what = [t for t in _subjects(verb) if t.pos_ == "NOUN"] if lexicon().occurs(verb) and not things else []
    match = Match(Sense(None, None), (verb, *particle, *things, *what))
    return Told(match, verb, None, looked, _is_bare(verb, match.sense, looked), unlisted=True)


def _is_set_for_a_day(verb: Token) -> bool:
    """Whether somebody will do something on or by a day: a deed, though the verb mostly tells a state ("will seek damages by May")."""
    if lemma_of(verb) in _NEVER_DEEDS or not any(c.tag_ == "MD" and c.lower_ in _WILL for c in verb.children):
        return False
    ends = [o for c in verb.children if c.dep_ == "prep" for o in c.children] + list(verb.children)
    done = any(c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN") and c.ent_type_ not in TIMES for c in verb.children)
    return done and any(t.ent_type_ in TIMES and t.dep_ in ("pobj", "npadvmod") for t in ends)


def is_asked(clause: Token) -> bool:
    """Whether a clause under a verb is an open question: in "will decide whether to build" the deciding is the deed."""
    return any(c.lower_ == "whether" for c in clause.children)


def _is_vowed(verb: Token) -> bool:
    """Whether a deed on a condition is somebody's to do: "we will", or "the union will walk out if …", not "would"."""
    mine = any(c.dep_ in _SUBJECTS and c.lower_ in FIRST_PERSON for c in verb.children)
    doer = any(c.dep_ == "nsubj" for c in verb.children)
    return mine or (doer and any(c.tag_ == "MD" and c.lower_ in _WILL for c in verb.children))


def _is_clause(verb: Token) -> bool:
    """Whether a verb makes a clause that may tell news: a main one, words that somebody said, or one with a subject of its own
    that gives a reason, a time or a story ("after the levee gave way", "who sold the yard in 2016").
    """
    while verb.dep_ == "conj" and is_verb(verb.head):
        verb = verb.head
    if is_main(verb) or verb.dep_ in ("ccomp", "relcl"):
        return True
    if verb.dep_ == "xcomp" and verb.tag_ == "VBG" and lexicon().occurs(verb.head):
        # "will begin moving the stones on Monday"
        return _is_clause(verb.head)
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
    return verb.dep_ == "advcl" and bool(marks & _CLAUSE_MARKS) and any(c.dep_ in _SUBJECTS for c in verb.children)


def _is_dated(noun: Token) -> bool:
    """Whether a noun has a time of its own: "Monday’s raid", "the raid of 3 May"."""
    held = [o for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "on", "in") for o in c.children]
    near = [c for c in noun.children if c.dep_ in ("poss", "nmod", "compound", "npadvmod", "nummod")]
    return any(token.ent_type_ == "DATE" for token in (*near, *held))


def _twice(verb: Token) -> bool:
    """Whether a verb of harm only goes on with what another one told: "killed 9 people and wounded 31"."""
    head = verb.head
    return verb.dep_ == "conj" and lemma_of(verb) in lexicon().harm and lemma_of(head) in lexicon().harm


def _mere_refusal(verb: Token, match: Match) -> bool:
    """Whether somebody only refused to speak: "declined to comment" is no news."""
    return match.sense.type == "REJECT" and any(
        c.dep_ == "xcomp" and lemma_of(c) in lexicon().speaking for c in verb.children
    )


def _is_bare(verb: Token, sense: Sense, looked: Outlook) -> bool:
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.tag_ == "VBN" and helpers in ({"is"}, {"are"}):
        return looked.status == "happened"
    if verb.tag_ not in ("VBZ", "VBP") or helpers:
        return False
    return looked.status == "happened" and (sense.type not in lexicon().verbal_types or looked.passing)


def _happening(verb: Token) -> Match | None:
    """The event noun that is the subject of a verb of occurring: "the talks began"."""
    if not lexicon().occurs(verb):
        return None
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return next((told for subject in subjects if (told := lexicon().noun(subject))), None)


def _subjects(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in _SUBJECTS]


def _cause(verb: Token) -> Match | None:
    """What killed, hurt or hit: "the quake killed", "shells hit", "killed in a crash". It says of what kind the event is."""
    words = lexicon()
    if lemma_of(verb) not in words.harm and lemma_of(verb) not in words.hitting:
        return None
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if not is_passive(verb):
        for subject in subjects:
            if lemma_of(subject) in words.weapons:
                return Match(Sense("ASSAULT", None), ())
            if lemma_of(subject) in words.vehicles:
                return Match(Sense(None, None), ())
    held = [n for c in verb.children if c.dep_ in ("prep", "agent") and c.lower_ in _CAUSES for n in c.children]
    return next((told for noun in (*subjects, *held) if (told := words.noun(noun))), None)


def _by_noun(match: Match, noun: Token) -> Told | None:
    """An event told by a noun alone: announced, said to occur, or set in time by the words before it."""
    if in_condition(noun):
        return None
    head = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        dated = (
            lemma_of(head) == "be"
            and any(c.dep_ == "prep" and c.lower_ in _TIME_OF for c in head.children)
            and not any(c.dep_ in ("acomp", "attr") for c in head.children)
        )
        if lexicon().occurs(head) or dated:
            looked = outlook(head)
            return Told(Match(match.sense, (head, *match.tokens)), head, noun, looked) if looked else None
    if noun.dep_ == "dobj" and lemma_of(head) == "announce":
        looked = outlook(head)
        return Told(match, noun, noun, Outlook("planned", "announced", passing=looked.passing)) if looked else None
    if noun.dep_ == "attr":
        # "it was their first meeting": said of something told before
        return None
    status = noun_status(noun)
    if status is None and _is_dated(noun):
        return Told(match, noun, noun, Outlook("happened", passing=True), dated=True)
    if status in ("happened", "planned", "cancelled") and any(c.dep_ in ("prep", "poss") for c in noun.children):
        return Told(match, noun, noun, Outlook(status, "announced" if status == "planned" else None, passing=True))
    return None
