"""Texts that are hard to count, and the two encoders that know the answer."""

from hypothesis import strategies as st
from rs_bpe.bpe import openai

from richresp.limits.tokens import RUN_CHARS
from richresp.tokens.bpe import _encoding

CATEGORIES = [
    "Lu",
    "Ll",
    "Lt",
    "Lm",
    "Lo",
    "Mn",
    "Mc",
    "Me",
    "Nd",
    "Nl",
    "No",
    "Pc",
    "Pd",
    "Ps",
    "Pe",
    "Pi",
    "Pf",
    "Po",
    "Sm",
    "Sc",
    "Sk",
    "So",
    "Zs",
    "Zl",
    "Zp",
    "Cc",
    "Cf",
    "Co",
    "Cn",
    "Cs",
]

LONG_PIECE = "=" * (2 * RUN_CHARS)
"""In front of a text it makes the counter look for each piece of the text itself."""

SAMPLES = [
    "The quick brown fox jumps over the lazy dog. It's 12:30, and I'd say they've had 1,234.5 of them!\n",
    "def f(x: int) -> str:\n\treturn f'{x:>8_}'  # TODO\r\n\n\n    if __name__ == '__main__':\n        f(0x1F)\n",
    '{"id":1029384756,"tags":["a","b"],"url":"https://example.com/a?b=c&d=%20","ok":true,"n":null,"x":-1.5e-9}',
    "东京都の人口は約1400万人です。한국어도 셉니다。ภาษาไทยไม่มีช่องว่าง नमस्ते दुनिया",
    "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪🇫🇷 1️⃣ e\u0301 a\u0300\u0301\u0302",
    "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAA==",
    "line\r\nline\r\n\r\n\rlast\n\r\n  \r\n",
    "it'ſ IT'ſ it'S don't I'LL we'Re you'Ve 'd''m he'\u017f K'\u212a \u212aelvin'd \u017fhe",
    "<|endoftext|><|endofprompt|> \u2028\u2029\u00a0\u3000\x1c\x1f\x85 \ufeff\u200b",
    "\ud800 lone, \udfff lone, \ud83d\ude00 paired",
]

mixed = st.lists(st.one_of(st.sampled_from(SAMPLES), st.text(max_size=20)), max_size=12).map("".join)
"""Ordinary text of many kinds, with anything at all in between."""


def of_category(category):
    """Texts of one Unicode category, broken up by words and blanks."""
    strange = st.text(st.characters(categories=[category]), min_size=1, max_size=12)
    plain = st.sampled_from(["a", "word", " ", "\n", "1", ".", "'s", "A", " - ", "\u0301"])
    return st.lists(st.one_of(strange, plain), max_size=15).map("".join)


def by_tiktoken(text):
    """The count of tiktoken itself, all at once. It overflows its stack on some 400,000 blanks in a row."""
    return len(_encoding().encode_ordinary(text))


def by_rust_gems(text):
    """The count of GitHub's `bpe`, in time that grows with the length of any text. It takes no surrogates."""
    return openai.o200k_base().count(text)
