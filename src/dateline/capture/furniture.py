"""How the furniture of a page is worded: the lines that stand around an article in a scrape."""

from __future__ import annotations

import re
from functools import lru_cache

# Whole lines. Each pattern must match a line from its start to its end.
_LINES = {
    "advertisement": r"advert(?:isement|ising)s?(?: - (?:continue reading|scroll).*)?|anzeige(?:\s*[-–:].{0,160})?|werbung|publicité|publicidad|sponsored(?: content)?"
    r"|story continues below(?: advertisement)?|article continues (?:after|below).*|scroll (?:down )?to continue.*|continue reading(?: below)?(?: the main story)?",
    "cookies": r"(?:we|this (?:web)?site|our (?:web)?site|wir|nous|diese (?:web)?seite)\b.{0,80}\b(?:use|uses|using|verwende\w*|nutze\w*|utilis\w*) cookies\b.*"
    r"|(?:accept|reject|manage)(?: all)?(?: cookies)?(?: preferences)?|cookie (?:policy|settings|notice|preferences)",
    "subscribe": r"(?:(?:please )?(?:subscribe|sign up|register|log ?in|sign in|join)\b(?: now| here| today)?(?: (?:to|for|with)\b.{0,120})?[.!]?)"
    r"|(?:get|receive) .{0,80}\b(?:in|to) your inbox\b.*|(?:click|tap) here to (?:subscribe|sign up|donate|join|register).*"
    r"|(?:[\w.’'-]+ ){0,3}newsletters?(?: sign[- ]?up| anmelden| abonnieren| bestellen)?|support (?:our|independent) journalism.*|already (?:a subscriber|have an account)\?.*"
    r"|enter your e-?mail(?: address)?.*|your e-?mail(?: address)?|download (?:our|the) .{0,30}\bapps?\b.{0,60}",
    "share": r"(?:share|tweet|e-?mail|print|save|pin|post|copy link|whatsapp|facebook|twitter|linkedin|reddit|telegram|pinterest|instagram|youtube|flipboard"
    r"|messenger|comments?|reply|like|more|close|menu|search|home|skip to (?:main )?content|back to (?:top|gallery)|teilen|drucken|partager|compartir)"
    r"(?:[ ,|/·•]+(?:share|tweet|e-?mail|print|save|pin|post|copy link|whatsapp|facebook|twitter|linkedin|reddit|telegram|pinterest|instagram|youtube|more|on|via|this|article|story|page|link))*"
    r"|(?:follow us|folge(?:n sie)? uns|suivez-nous|síguenos|seguici)\b.{0,80}|share (?:this|on|via|with)\b.{0,40}|(?:follow|find|like|join) (?:us|me|him|her|@\w+).{0,60}\b(?:twitter|facebook|instagram|telegram|youtube|linkedin|google news)\b.{0,40}"
    r"|\d+ (?:shares?|comments?|views?|min(?:ute)?s? read)|(?:no|leave a|post a|add a|view) comments?|\d+[- ]minutes? read|reading time:? \d+.*|(?:audio|video|podcast|listen|watch)\b.{0,20}\d+:\d\d.{0,30}|listen to (?:this )?article.*|(?:last |this (?:story|article) (?:has been|was) )?updated\b[^.]{0,20}\d.{0,30}|view the discussion thread\.?"
    r"|teilen (?:mit|auf)\s*:?.{0,40}|gefällt mir\W*|wird geladen\W*|bewerten\W*|(?:keine|\d+) kommentare?|beitragsbild\b.{0,100}|inhaltsverzeichnis|table of contents"
    r"|s[ií]guenos en\b.{0,80}|last modified\s*:.{0,60}|(?:zuletzt )?aktualisiert am\b.{0,40}|\d{1,2}:\d{2}(?:\s?[ap]\.?m\b\.?)?(?: uhr)?",
    "copyright": r"(?:©|\(c\)|copyright\b).{0,200}|.{0,80}\ball rights reserved\.?.{0,120}|this material may not be published, broadcast, rewritten.*",
    "tags": r"(?:#[\w-]{2,40}[\s,]*){2,}|(?:tags?|topics?|keywords?|filed under|categor(?:y|ies)|related topics|more on|schlagw(?:orte|örter)|themen|mots-clés|etiquetas)\s*:.{0,200}",
    "reading": r"(?:read|see|watch|listen|find out|learn) (?:the )?(?:rest|more|full (?:story|article|report))(?: (?:here|at|on|about|in)\b.{0,80})?[.:…»>]*",
    "source": r"(?:source|quelle|fuente|via|original(?: article| source)?|first published (?:on|at|by))\s*:\s*\S.{0,80}",
    "address": r"https?://\S+|www\.\S+|\S+@\S+\.\w+",
    "signature": r"[a-zäöü]{2,6}(?:/[a-zäöü]{2,12}){1,3}(?: \([^()]{2,40}\))?|(?:\w[\w .]{0,30} [>›»] ){2,}\w.{1,60}|[<«‹]+ ?(?:back|zurück).{0,20}",
    "rule": r"[\W_]{1,80}",
    "credits": r"(?:additional |with )?(?:report(?:ing|ed)|writing|edit(?:ing|ed)|compiled|written|translated|produced) by\b.{0,240}|editor(?:s|ing)?:\s.{0,120}|[–—-]\s?with\b.{1,40}"
    r"|.{0,200}\bcontributed (?:to this (?:report|story|article)|reporting)\b.{0,60}|with (?:files|material|reporting|additional reporting) from\b.{0,120}"
    r"|.{0,60}\breporting (?:by|from) [^.]{0,60}; (?:editing|writing) by\b.{0,120}|our standards:.{0,80}",
    "credit": r"\(?(?:photo|image|picture|pic|foto|bild|credit|photograph)s?(?: credit| courtesy| source)?\s*(?::|by\b|/|\|)\s*[^.]{0,80}\)?\.?"
    r"|(?:ap|reuters|afp|epa|getty images?|dpa|tass)(?:\s*/\s*[\w .-]{1,40}){0,2}(?: (?:photo|images))?|(?:[\w .'-]{1,40}/){1,2}(?:ap|reuters|afp|epa|getty images?|dpa|tass|picture alliance)(?: (?:photo|images))?"
    r"|[\w .'-]{1,40}(?:/| via | for )(?:getty images|reuters|afp|ap|epa)(?:[/ ].{0,30})?|buy photo|hide caption|toggle caption|enlarge(?:(?: this)? image)?|image \d+ of \d+",
}
_FURNITURE = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LINES.items()), re.IGNORECASE | re.DOTALL
)
_BELOW = frozenset({"subscribe", "share", "copyright"})
_LONGEST = 320

# A line that leads over to other articles. With words after the colon it is a link to one; alone it introduces a list.
_RELATED = re.compile(
    r"(?:[*_#\s]*)(?:see also|read also|also read|read more|read next|more on (?:this|the) (?:story|topic)|more (?:stories|news|from [\w .]{2,30})|related"
    r"(?: (?:articles?|stories|story|news|links?|content|posts?|topics?|coverage|reading))?|you (?:may|might) (?:also )?(?:like|be interested in)|recommended(?: (?:for you|stories|reading))?"
    r"|most (?:read|popular|viewed)|popular now|trending(?: now)?|latest(?: (?:news|stories))?|top stories|don['’]t miss|editor['’]?s['’]? (?:picks?|choice)|in other news|also (?:on air|today|in (?:this|today).{0,20})|meistgelesen|les plus lus|lo más leído|further reading"
    r"|siehe auch|auch lesen|mehr zum thema(?: (?:auf|bei|in) [\w .]{2,40})?|weitere (?:aktuelle )?themen(?: aus .{2,40})?|auch auf \S{3,40}|(?:le|te) puede interesar|themenseiten .{3,40}|lesen sie (?:auch|mehr)|auch interessant|das könnte sie auch interessieren|à lire aussi|lire aussi|voir aussi|sur le même sujet|lea también|ver también|véase también"
    r"|leggi anche|lees ook|czytaj (?:też|także)|смотрите также|читайте также|дивіться також|читайте також)(?P<after>\s*[:…»>]+\s*(?P<link>.*)|\s*)$",
    re.IGNORECASE | re.DOTALL,
)

# A line that introduces a box with content of its own.
_BOX = re.compile(
    r"[*_#\s]*(?:fact ?(?:box|file|sheet)|facts?|key (?:facts?|dates?|events?|points?|moments?|figures?)|at a glance|in (?:brief|numbers|figures|pictures)|pictures|photos|timeline|chronology|chronicle|background(?: box)?|explainer"
    r"|who['’]?s who|(?:photo )?gallery|picture gallery|slide ?show|hintergrund|chronik|chronologie|zeittafel|infobox|repères|cronología)\b(?P<rest>\s*[:–—-]\s*.{0,100}|\s+(?:of|on|to|in|from|behind|zu|zum|zur|de|du|des|about)\s.{1,80})?\s*:?$",
    re.IGNORECASE,
)

_CAPTION = re.compile(
    r"(?:(?:file )?(?:photo|image|picture|pic|foto|bild|caption|photograph)\s*[:–—|]|file\s*[-–—]\s|in this (?:[\w.,]+ ){0,5}(?:file )?photo\b|\(?(?:file )photo\)?\s)",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    r"[(\[|]\s*(?:photo|image|picture|credit|foto|bild|ap photo|file)\b[^()\[\]]{0,80}[)\]]?\.?$"
    r"|[(\[|]?\s*[\w .'’-]{0,40}(?:/| via | for )(?:getty images|reuters|afp|ap|epa|dpa|picture alliance)\b[\w /.-]{0,40}[)\]]?\.?$"
    r"|\b(?:ap|afp|reuters|getty) (?:photo|images?)(?:/[\w .-]{1,40})?\)?\.?$|\bREUTERS/[\w .-]{1,40}\)?$",
    re.IGNORECASE,
)
# What every such credit holds. To look for that first takes a tenth of the time, and hardly any line has it.
_CREDITED = re.compile(
    r"[(\[|]\s*(?:photo|image|picture|credit|foto|bild|ap photo|file)\b"
    r"|(?:/| via | for )(?:getty images|reuters|afp|ap|epa|dpa|picture alliance)\b"
    r"|\b(?:ap|afp|reuters|getty) (?:photo|image)|\breuters/",
    re.IGNORECASE,
)


def is_furniture(line: str) -> bool:
    """Whether a whole line is furniture: an advertisement, a cookie notice, share buttons, a copyright line, tags, a credit."""
    return _kind(line) is not None


def stands_below(line: str) -> bool:
    """Whether a line is of the furniture that stands below an article: calls to subscribe or share, copyright lines."""
    return _kind(line) in _BELOW


def _kind(line: str) -> str | None:
    """Which of the kinds of furniture a line is."""
    return _kind_of_line(line) if len(line) <= _LONGEST else None


@lru_cache(maxsize=4096)  # the pages of a site have the same menus and notices
def _kind_of_line(line: str) -> str | None:
    match = _FURNITURE.fullmatch(line.strip(" *_|·•"))
    return match.lastgroup if match else None


def leads_to_related(line: str) -> tuple[bool, bool]:
    """Whether a line leads over to other articles, and whether the other article is named in the line itself."""
    return _leads_to_related(line) if len(line) <= _LONGEST else (False, False)


@lru_cache(maxsize=4096)
def _leads_to_related(line: str) -> tuple[bool, bool]:
    match = _RELATED.match(line)
    return match is not None, bool(match and (match["link"] or "").strip())


def opens_box(line: str) -> bool:
    """Whether a line is the title of a fact box, a timeline or a gallery."""
    return len(line) <= 120 and _BOX.match(line) is not None


def is_caption(line: str) -> bool:
    """Whether a paragraph is a picture's caption: it is introduced as one, or ends with a photographer's credit."""
    if len(line) > 700:
        return False
    end = line[-120:]
    return bool(_CAPTION.match(line) or (_CREDITED.search(end) and _CREDIT_AT_END.search(end)))
