"""Words by which places are told from other names, and one use of a place name from another."""

from __future__ import annotations


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


# ── for finding names ─────────────────────────────────────────────────────────────────────────────────────────────

# Prepositions before a name that can make a place of it; the strong ones seldom stand before a person, the sure ones
# hardly ever.
LOCATIVE = _listed(
    "in at on near outside inside from to into across around throughout towards toward over through via along off between"
    " beyond within north south east west of"
)
STRONGLY_LOCATIVE = LOCATIVE - {"on", "of", "over", "between", "to", "from", "off", "around"}
SURELY_LOCATIVE = _listed("in near outside inside across throughout")
# Nouns before a name that say what kind of place it is: "the city of X", "Lake X".
KINDS_BEFORE = _listed("city town village state province county republic isle gulf bay port lake mount cape")
# Nouns after a name that say that the region is meant, not its town.
REGIONS = _listed("county province oblast region district governorate prefecture state raion")
# What a name of a place begins with, though the parser leave it out.
NAME_BEGINNINGS = _listed("Port Lake Mount Mt. Cape Fort San Santa Saint St. El Al New Old Upper Lower Los Las")
# What a name ends in that is itself a place one can be in, whatever kind of name the parser took it for.
FACILITIES = _listed(
    "airport airfield hospital stadium arena university college school park prison jail church cathedral mosque temple"
    " synagogue castle palace station plant bridge square street avenue road highway hotel theatre theater museum library"
    " hall mall cemetery zoo beach harbor harbour port dam lake river creek bay valley mountain mountains island islands"
    " forest field centre center base barracks courthouse market village county parish township"
)
# What follows the name of a town in the name of something that belongs to it.
MUNICIPAL = _listed(
    "police fire city town county council school schools high sheriff mayor municipal volunteer public regional airport"
    " international hospital community district elementary middle library hall court jail chamber fire-rescue department"
)
# Who may follow the name of a town they live or serve in.
TOWNSPEOPLE = _listed(
    "man woman boy girl teen teenager couple family mother father resident residents native police authorities officials"
    " mayor firefighters driver student students officer voters"
)
TITLES = _listed("mr mrs ms miss dr sir lord lady prof rev sgt capt lt col gen sen rep judge justice sr jr st")
# Words that look like names but are no places by themselves, though some town or province somewhere is called so.
GENERIC = _listed(
    "north south east west northern southern eastern western northeast northwest southeast southwest central internet web"
    " covid congress parliament senate ministry university god allah christmas easter ramadan sunday monday tuesday"
    " wednesday thursday friday saturday january february march april may june july august september october november"
    " december sept nov dec oct jan feb aug earth mars moon islam christianity the of and a an i he she it we they but for"
    " state states county city town village republic nation union president minister police army navy mr mrs ms dr sr jr"
    " read more advertisement photo image video facebook twitter google youtube instagram bbc cnn ap afp reuters street"
    " avenue road side line school hospital center centre hall park public business labor labour great breakfast modern"
    " community old new house valley federal supreme grand midland highway rivers united real lot lakes best hope"
)
# Names of a part of the world that news uses for its governments and customs more than for any place.
FIGURATIVE = frozenset({"West", "East", "North", "South", "Global South", "Western", "Eastern", "the West"})

# ── for telling uses ──────────────────────────────────────────────────────────────────────────────────────────────

# Verbs whose subject a place can be as a mere place.
STATIVE = _listed(
    "be lie border sit stretch see suffer experience remain become look seem appear contain feature boast host cover"
    " straddle bask freeze flood burn shake"
)
# Verbs that only somebody who can be spoken to or dealt with is the object of.
DEALT_WITH = _listed(
    "accuse ask assure blame call condemn congratulate convince criticise criticize defy denounce encourage force help"
    " inform invite isolate persuade press pressure promise provoke punish rebuke remind reassure sanction slam sue"
    " support tell thank threaten urge warn assist arm fund oppose praise pledge offer give supply notify consult"
    " antagonise antagonize cost appease beat defeat face deter confront trust recognise recognize represent counter"
)
DEALINGS = _listed(
    "agreement alliance accord call ceasefire confrontation contact cooperation co-operation conversation deal dialogue"
    " diplomacy discussion dispute friction friendship link meeting negotiation pact partnership peace rapprochement"
    " relation relations relationship rift row stand-off standoff summit talk talks tension ties tie treaty truce"
    " understanding war conflict fight comparison difference differences"
)
SENT = _listed(
    "accusation aid ammunition answer appeal approval assurance assistance commitment complaint concession condemnation"
    " criticism delivery demand denial guarantee help letter message objection offer permission pledge pressure promise"
    " proposal protest reaction rebuke reply request response sale signal statement supply support threat tribute"
    " ultimatum warning weapon weapons warnings note aggression provocation interference money fund funds funding"
    " loan loans"
)
DIRECTED_AT = _listed(
    "blame campaign claim charge complaint embargo lawsuit measure pressure restriction sanction sanctions tariff"
)
DEEDS = _listed(
    "act action aggression aim ambition approach attitude behaviour behavior claim decision demand denial goal influence"
    " intention interest involvement leadership move policy position power refusal response role stance strategy view"
    " will image"
)
# What a place has as a piece of land, a town or a people living there.
LAND = _listed(
    "airport airspace area avenue bank bay beach border boundary bridge capital center centre church city climate coast"
    " coastline community corner country countryside court courtroom district downtown east edge field forest frontier"
    " geography harbor harbour heart hill home hospital hotel house interior island jail lake land landscape mountain"
    " museum neighborhood neighbourhood north outskirt outskirts palace park part port prison province quarter region"
    " restaurant river road school shop shore shoreline side skyline south square stadium station store street suburb"
    " suburbs temple territory theatre theater town university valley village waters water weather west world zoo"
    " population resident"
)
GATHERINGS = _listed(
    "summit talks talk meeting conference attack attacks bombing protest protests rally concert election marathon"
    " festival exhibition olympics games trial visit trip tour"
)
BODIES = _listed(
    "authority authorities government administration official officials leadership regime cabinet leader leaders"
    " diplomat diplomats delegation lawmaker lawmakers ministry minister ministers president governor mayor gov sen"
    " senator rep police army forces troops team side parliament ambassador envoy negotiator negotiators embassy"
    " service"
)
PAPERS = _listed("agreement agreements accord accords protocol protocols treaty convention declaration memorandum pact")

# ── for names that no gazetteer knows ─────────────────────────────────────────────────────────────────────────────

# What a name of several words ends in that is the name of a place in a town or on a map: "Quay Street", "Skarn Hill".
FEATURES_IN_NAMES = FACILITIES | _listed(
    "hill hills lane row quay wharf pier crossing crossroads corner terrace gate gates ridge point pass peak cliff heights"
    " ford falls marsh moor fen wood woods grove glen dale vale gap cove sound strait straits gulf isle shore sands reef"
    " canal reservoir spring springs desert plain plateau peninsula delta estuary lagoon yard docks wells pit mine quarry"
    " mill house tower lodge manor abbey priory monastery shrine chapel cemetery garden gardens green common stadium"
    " ground grounds camp fort depot refinery settlement suburb district province region oblast city town barrage border"
    " boulevard alley close crescent walk parade embankment steps roundabout junction tunnel viaduct"
)
# What begins the name of a building or square that goes on with "of": "the Palace of the Republic", "the Hall of Mirrors".
HOUSES = _listed(
    "palace hall house houses square bridge tower church cathedral abbey monastery temple castle arch gate museum column"
    " monument mausoleum tomb garden gardens stadium theatre theater field fort citadel"
)
# What ends the name of a landmark that "the" before it is enough to tell: "the Tessen River".
LANDMARKS = _listed(
    "river dam bridge mine canal reservoir strait straits lake valley pass desert peninsula delta estuary mountains hills"
    " islands forest plateau gulf tunnel viaduct"
)
# Nouns in small letters after a name that make a place of it and belong to its name: "the Cawdle dam".
FEATURES_AFTER = _listed(
    "dam mine river valley lake reservoir bridge strait peninsula canal gorge crossing checkpoint refinery quarry"
    " glacier volcano estuary delta lagoon colliery oilfield gasfield airfield airbase barrage ridge plateau marshes hills"
    " mountains desert"
)
# Nouns after the name of a town or region that only say what it is.
SETTLEMENTS_AFTER = _listed("province region district county town village city suburb neighbourhood neighborhood area")
# Nouns of what is called by the name that follows: "the village of X", "the port of X".
KINDS_OF = _listed(
    "village town city port hamlet island settlement suburb district province region county state capital mine dam"
    " peninsula valley parish commune municipality township neighbourhood neighborhood stronghold outpost river lake"
    " outskirts harbour harbor mouth banks"
)
# What one goes to or comes from, and what leads there.
GOAL_VERBS = _listed(
    "go come travel return move fly drive walk sail march flee ship send head arrive get bring take evacuate deport"
    " transfer carry deliver retreat advance withdraw depart leave migrate escape ride rush row paddle cross extend"
    " stretch run lead reach hurry airlift ferry fire launch expel drift wash spread relocate hail"
)
GOAL_NOUNS = _listed(
    "trip visit journey road route way flight train ferry bus railway line pipeline return voyage tour travel border"
    " highway mile kilometre kilometer km march convoy north south east west people man woman refugee passenger boat ship"
    " helicopter plane"
)
# Verbs whose object is a place where it is no person.
REACHED = _listed(
    "visit reach leave enter shell bombard capture seize occupy besiege recapture retake storm flood tour"
)
# What one has in somebody, looks at or shouts at: no sign of a place.
ABSTRACT_HOLDERS = _listed(
    "share stake interest confidence trust faith believe belief invest investment participate succeed specialise specialize"
    " role involve engage majority major degree write publish tweet post sing look stare laugh smile shout yell aim direct"
    " work employ executive analyst economist manager job director professor editor spokesman spokeswoman"
)
# What ends the name of a body that sits somewhere but is no place.
INSTITUTIONS = _listed(
    "court parliament congress senate assembly council commission committee ministry cabinet department agency bureau"
    " office service authority union federation association party league front movement club group company corporation"
    " inc ltd llc plc corp co bank fund trust foundation institute society network press news times post herald gazette"
    " ledger chronicle tribune journal team army navy force forces police brigade guard administration commons lords"
    " exhibition conference summit expo fair directive championship cup open games olympics festival prize award awards act bill treaty convention war"
)
# Words that no name of a place has in it.
NO_PLACES = _listed(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september october"
    " november december christmas easter ramadan god jesus christ covid covid-19 internet twitter facebook instagram"
    " tiktok whatsapp telegram zoom youtube section article chapter figure table page volume part act phase round group"
    " division english french latin arabic hebrew mandarin swahili hindi parliament congress senate treasury day eve week"
)
