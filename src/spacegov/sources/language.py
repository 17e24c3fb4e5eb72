"""Is a text in English? Small words tell, and the script."""

from __future__ import annotations

import re
from typing import Final

from spacegov.errors import UnreadableDocument

_LOOK_AT: Final = 40_000
_FEW: Final = 12
"""Below so many words nobody can tell."""

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# frequent words of each language; those that two languages share count for both
_LISTS: Final = {
    "English": """the of and to that for with on by this be are its which from has have we our is it at not
        would should shall was were their or all an been will they""",
    "French": """le la les des du et est une dans pour que qui sur par pas au aux ce cette nous il sont ont
        avec""",
    "Spanish": """el la los las del y en que una por para con su sus como más pero este esta al ha son es
        se""",
    "Portuguese": """o os da do das dos em um uma para com não que mais como ao pela pelo e é na no se são""",
    "Italian": """il lo gli della delle dei di che è per con una nel nella sono non si più alla e ha come""",
    "German": """der die das und ist nicht mit von zu den dem ein eine im für auf sich des auch als wir
        werden""",
    "Dutch": """het een van en niet dat zijn voor met op te aan ook door bij naar wordt deze heeft""",
    "Indonesian": """yang dan di untuk dengan dari ini dalam pada tidak adalah akan oleh sebagai kepada""",
    "Turkish": """ve bir bu için ile olarak olan daha gibi kadar sonra ancak çok""",
    "Polish": """i w na z do się nie jest że oraz przez dla od jak są o po""",
}
_SMALL_WORDS: Final = {language: frozenset(words.split()) for language, words in _LISTS.items()}


def language_of(text: str) -> str:
    """The language of a text, as far as the next step must know: 'English', or what it is instead.

    >>> language_of("The delegation said that it would support the draft treaty on the prevention of war.")
    'English'
    >>> language_of("La délégation a dit que le projet de traité sur la prévention est une bonne base.")
    'French'
    """
    head = text[:_LOOK_AT]
    letters = [character for character in head if character.isalpha()]
    latin = sum(character < "\u0250" or "\u1e00" <= character <= "\u1eff" for character in letters)
    if len(letters) >= 20 and latin < 0.6 * len(letters):
        return "a language in another script"
    words = [word.casefold() for word in _WORD.findall(head)]
    if len(words) < _FEW:
        return "English"
    shares = {language: sum(word in small for word in words) / len(words) for language, small in _SMALL_WORDS.items()}
    best = max(shares, key=lambda language: shares[language])
    if best == "English" or shares["English"] >= 0.2:
        return "English"
    return best if shares[best] >= 0.12 else "English" if shares["English"] >= 0.08 else "no language known here"


def require_english(text: str, where: str) -> None:
    """Refuse what the parser cannot read.

    Raises:
        UnreadableDocument: the text is in another language.
    """
    language = language_of(text)
    if language != "English":
        raise UnreadableDocument(f"{where}: the text is in {language}; only English is read, give a translation")
