"""Units of measure and currencies: how they are written, and their singular lower-case names."""

from __future__ import annotations

import re
from functools import cache

SPANS_OF_TIME = ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")
_SIGNS = {
    "$": "dollar",
    "US$": "dollar",
    "$US": "dollar",
    "C$": "canadian dollar",
    "CA$": "canadian dollar",
    "A$": "australian dollar",
    "AU$": "australian dollar",
    "AUD$": "australian dollar",
    "NZ$": "new zealand dollar",
    "NZD$": "new zealand dollar",
    "HK$": "hong kong dollar",
    "S$": "singapore dollar",
    "NT$": "new taiwan dollar",
    "R$": "brazilian real",
    "£": "pound sterling",
    "PS": "pound sterling",
    "€": "euro",
    "¥": "japanese yen",
    "元": "chinese yuan",
    "₽": "russian ruble",
    "₴": "ukrainian hryvnia",
    "₹": "indian rupee",
    "Rs": "indian rupee",
    "Rs.": "indian rupee",
    "₪": "shekel",
    "₩": "south korean won",
    "₺": "turkish lira",
    "₾": "georgian lari",
    "₸": "kazakhstani tenge",
    "₫": "vietnamese dong",
    "₦": "nigerian naira",
    "₱": "philippine peso",
    "฿": "thai baht",
    "₡": "costa rican colón",
    "₿": "bitcoin",
    "RM": "malaysian ringgit",
    "NIS": "shekel",
    "BTC": "bitcoin",
}
"""What stands before or behind an amount, and the currency it names; codes are in `_CODES`."""
_CODES = {
    "USD": "dollar",
    "CAD": "canadian dollar",
    "AUD": "australian dollar",
    "NZD": "new zealand dollar",
    "HKD": "hong kong dollar",
    "SGD": "singapore dollar",
    "EUR": "euro",
    "GBP": "pound sterling",
    "JPY": "japanese yen",
    "CNY": "chinese yuan",
    "RMB": "chinese yuan",
    "RUB": "russian ruble",
    "UAH": "ukrainian hryvnia",
    "BYN": "belarusian ruble",
    "GEL": "georgian lari",
    "KZT": "kazakhstani tenge",
    "MDL": "moldovan leu",
    "AMD": "armenian dram",
    "AZN": "azerbaijani manat",
    "INR": "indian rupee",
    "PKR": "pakistani rupee",
    "CHF": "swiss franc",
    "TRY": "turkish lira",
    "ILS": "shekel",
    "PLN": "polish zloty",
    "CZK": "czech koruna",
    "HUF": "hungarian forint",
    "RON": "romanian leu",
    "BGN": "bulgarian lev",
    "RSD": "serbian dinar",
    "HRK": "croatian kuna",
    "SEK": "swedish krona",
    "NOK": "norwegian krone",
    "DKK": "danish krone",
    "KRW": "south korean won",
    "THB": "thai baht",
    "IDR": "indonesian rupiah",
    "MYR": "malaysian ringgit",
    "PHP": "philippine peso",
    "VND": "vietnamese dong",
    "BRL": "brazilian real",
    "MXN": "mexican peso",
    "ARS": "argentine peso",
    "CLP": "chilean peso",
    "COP": "colombian peso",
    "ZAR": "south african rand",
    "NGN": "nigerian naira",
    "KES": "kenyan shilling",
    "EGP": "egyptian pound",
    "SAR": "saudi riyal",
    "AED": "united arab emirates dirham",
    "IRR": "iranian rial",
}

_NAMES = {
    "percentage": "%|percent|per cent|pc|pct",
    "percentage point": "percentage point|percentage points|pp|ppt",
    "basis point": "basis point|basis points|bp|bps",
    "dollar": "dollar|dollars|US dollar|US dollars|U.S. dollars|bucks",
    "cent": "cent|cents",
    "canadian dollar": "Canadian dollar|Canadian dollars",
    "australian dollar": "Australian dollar|Australian dollars",
    "euro": "euro|euros",
    "pound sterling": "pound sterling|pounds sterling|quid",
    "penny": "pence|p",
    "japanese yen": "yen|Japanese yen|YEN",
    "chinese yuan": "yuan|Chinese yuan|renminbi|rmb|kuai",
    "russian ruble": "ruble|rubles|rouble|roubles|Russian rubles|Russian roubles",
    "ukrainian hryvnia": "hryvnia|hryvnias|hryvnya",
    "indian rupee": "rupee|rupees",
    "shekel": "shekel|shekels",
    "swiss franc": "Swiss franc|Swiss francs",
    "turkish lira": "lira|liras|Turkish lira|Turkish liras",
    "croatian kuna": "kuna|kunas|kn",
    "hong kong dollar": "Hong Kong dollar|Hong Kong dollars",
    "south korean won": "South Korean won",
    "kazakhstani tenge": "tenge",
    "georgian lari": "lari",
    "polish zloty": "zloty|zlotys|zloties",
    "hungarian forint": "forint|forints",
    "czech koruna": "koruna|korunas",
    "swedish krona": "Swedish krona|Swedish kronor|kronor",
    "norwegian krone": "Norwegian krone|Norwegian kroner",
    "danish krone": "Danish krone|Danish kroner",
    "thai baht": "baht",
    "indonesian rupiah": "rupiah",
    "malaysian ringgit": "ringgit",
    "south african rand": "rand|rands",
    "nigerian naira": "naira",
    "iranian rial": "rial|rials",
    "saudi riyal": "Saudi riyals|Saudi riyal",
    "netherlands guilder": "guilder|guilders|Dutch guilder|Dutch guilders",
    "german mark": "German mark|German marks|deutsche mark|deutsche marks",
    "french franc": "French franc|French francs",
    "bitcoin": "bitcoin|bitcoins",
    "year of age": (
        "year-old|year-olds|years old|year old|years of age|-year-old|-years-old|yearold|years-old|year olds"
    ),
    "month of age": "month-old|months old|month old|months of age|-month-old",
    "second": "second|seconds|sec|secs",
    "minute": "minute|minutes|min|mins",
    "hour": "hour|hours|hr|hrs",
    "day": "day|days",
    "week": "week|weeks",
    "month": "month|months",
    "year": "year|years|yr|yrs",
    "decade": "decade|decades",
    "century": "century|centuries",
    "millimetre": "mm|millimetre|millimetres|millimeter|millimeters",
    "micrometre": "μm|µm|micrometre|micrometres|micrometer|micrometers|micron|microns",
    "nanometre": "nm|nanometre|nanometres|nanometer|nanometers",
    "centimetre": "cm|centimetre|centimetres|centimeter|centimeters",
    "metre": "m|metre|metres|meter|meters",
    "kilometre": "km|kms|kilometre|kilometres|kilometer|kilometers",
    "mile": "mile|miles|mi",
    "nautical mile": "nautical mile|nautical miles|nmi",
    "foot": "foot|feet|ft|′",
    "inch": "inch|inches|in.|″",
    "yard": "yard|yards|yd|yds",
    "square metre": "m2|m²|sq m|sq. m|square metre|square metres|square meter|square meters|sqm",
    "square kilometre": ("km2|km²|sq km|sq. km|square kilometre|square kilometres|square kilometer|square kilometers"),
    "square mile": "square mile|square miles|sq mi",
    "square foot": "sq ft|sq. ft|square foot|square feet|sqft",
    "cubic metre": "m3|m³|cubic metre|cubic metres|cubic meter|cubic meters",
    "hectare": "hectare|hectares|ha",
    "acre": "acre|acres",
    "litre": "litre|litres|liter|liters|l",
    "millilitre": "ml|millilitre|millilitres|milliliter|milliliters",
    "gallon": "gallon|gallons",
    "barrel": "barrel|barrels|bbl",
    "gram": "g|gram|grams|gramme|grammes",
    "milligram": "mg|milligram|milligrams",
    "kilogram": "kg|kgs|kilogram|kilograms|kilo|kilos",
    "metric ton": "metric ton|metric tons|tonne|tonnes",
    "ton": "ton|tons",
    "kiloton": "kiloton|kilotons",
    "megaton": "megaton|megatons",
    "pound-mass": "pound|pounds|lb|lbs",
    "ounce": "ounce|ounces|oz",
    "kilometre per hour": "km/h|kmh|kph|kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour",
    "mile per hour": "mph|miles per hour|miles an hour",
    "metre per second": "m/s|metres per second|meters per second",
    "knot": "knot|knots|kt|kts",
    "mile per gallon": "mpg|miles per gallon",
    "horsepower": "hp|horsepower|HP",
    "brake horsepower": "bhp|brake horsepower",
    "watt": "W|watt|watts",
    "kilowatt": "kW|kilowatt|kilowatts",
    "megawatt": "MW|megawatt|megawatts",
    "gigawatt": "GW|gigawatt|gigawatts",
    "terawatt": "TW|terawatt|terawatts",
    "watt-hour": "Wh|watt-hour|watt-hours|watt hours",
    "kilowatt-hour": "kWh|kilowatt-hour|kilowatt-hours|kilowatt hours",
    "megawatt-hour": "MWh|megawatt-hour|megawatt-hours|megawatt hours",
    "gigawatt-hour": "GWh|gigawatt-hour|gigawatt-hours|gigawatt hours",
    "terawatt-hour": "TWh|terawatt-hour|terawatt-hours|terawatt hours",
    "volt": "V|volt|volts",
    "ampere": "amp|amps|ampere|amperes",
    "farad": "F|farad|farads",
    "hertz": "Hz|HZ|hertz",
    "kilohertz": "kHz|kilohertz",
    "megahertz": "MHz|megahertz",
    "gigahertz": "GHz|Ghz|gigahertz",
    "joule": "joule|joules|J",
    "calorie": "calorie|calories|kcal",
    "foot pound-force": "lb-ft|pound-feet|ft-lb",
    "newton metre": "Nm|newton metres|newton meters",
    "pascal": "Pa|pascal|pascals",
    "megapascal": "MPa|megapascal|megapascals",
    "gigapascal": "GPa|gigapascal|gigapascals",
    "pound-force per square inch": "psi",
    "kilopound per square inch": "ksi",
    "byte": "byte|bytes",
    "kilobyte": "KB|kilobyte|kilobytes",
    "megabyte": "MB|megabyte|megabytes",
    "gigabyte": "GB|gigabyte|gigabytes",
    "terabyte": "TB|terabyte|terabytes",
    "megapixel": "megapixel|megapixels|MP",
    "celsius": "°C|ºC|degrees Celsius|degree Celsius|degrees centigrade|degrees C|deg C|deg celsius|Celsius|C",
    "fahrenheit": "°F|ºF|degrees Fahrenheit|degree Fahrenheit|degrees F|deg F|Fahrenheit",
    "degree": "°|º|degree|degrees",
    "point": "point|points|pts",
    "point per game": "ppg|points per game",
    "rebound per game": "rpg|rebounds per game",
    "assist per game": "apg|assists per game",
    "dram": "dram|drams",
    "count": "times",
    "touch down": "TD|TDs|touchdown|touchdowns",
}
_LETTERS_WITH_MEANINGS = frozenset(
    {"PS", "RM", "Rs", "m", "l", "g", "C", "F", "V", "W", "J", "in.", "p", "mi", "MP", "Pa"}
)
"""Signs that mean a unit only right behind digits ("37m", "12 C" but not "two m")."""


@cache
def units() -> dict[str, str]:
    """How a unit or a currency may be written behind a number, to its name; signs are bound to their case."""
    return {word: name for name, words in _NAMES.items() for word in words.split("|")} | _CODES | _SIGNS


@cache
def currency_pattern() -> str:
    """The pattern of a currency's sign or code in front of an amount."""
    words = sorted([*_SIGNS, *_CODES], key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\$", r"\s?\$") if len(w) > 1 else re.escape(w) for w in words)


@cache
def measures() -> frozenset[str]:
    """The names of all units of measure and currencies, which a counted noun is none of."""
    return frozenset(units().values())


@cache
def currencies() -> frozenset[str]:
    """The names of all currencies that a sign or a code stands for."""
    return frozenset([*_SIGNS.values(), *_CODES.values()])


def currency(sign: str) -> str:
    """The currency that a sign or code means.

    Raises:
        KeyError: it means none.
    """
    bare = re.sub(r"\s", "", sign)
    return _SIGNS[bare] if bare in _SIGNS else _CODES[bare]


@cache
def unit_pattern() -> re.Pattern[str]:
    """A unit that follows a number, with the blank or hyphen between them."""
    words = sorted(units(), key=len, reverse=True)
    spelled = [w for w in words if len(w) > 3 and w.isascii() and w[0].isalpha()]
    signs = [w for w in words if w not in spelled]
    either = "|".join([*(f"(?i:{re.escape(w)})" for w in spelled), *map(re.escape, signs)])
    return re.compile(rf"(?P<gap>\s?|\s?-\s?)(?P<unit>{either.replace(chr(92) + ' ', chr(92) + 's+')})(?![\w])")


@cache
def _lowered() -> dict[str, str]:
    return {word.lower(): name for word, name in units().items() if len(word) > 3}


def unit_name(written: str) -> str | None:
    """The name of a unit as written, None for a word that is none."""
    words = re.sub(r"\s+", " ", written.strip())
    return units().get(words) or _lowered().get(words.lower())


def is_sign(written: str) -> bool:
    """Whether these letters mean a unit only right behind digits."""
    return written in _LETTERS_WITH_MEANINGS
