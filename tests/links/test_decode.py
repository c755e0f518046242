"""Bytes to text as browsers do it."""

import codecs

import pytest
import webencodings
from hypothesis import assume, given
from hypothesis import strategies as st
from webencodings.labels import LABELS

from richresp.decode import decode

HEADER = "text/html; charset={}"
# What no page can be written in, by the standard or by Python.
UNWRITABLE = {"replacement", "x-user-defined"}
# Where a character has two codes or two characters share one (JIS X 0208 and its vendors' tables): what Python writes differs.
AMBIGUOUS = set(
    "\u2014\u2015\u2016\u2225\u2212\uff0d\u301c\uff5e\u00a5\u203e\\~\u00a2\uffe0\u00a3\uffe1\u00ac\uffe2\u00a6\uffe4"
)
LABELLED = sorted(label for label, name in LABELS.items() if name not in UNWRITABLE)
DETECTED = {
    "cp1251": "Московский вестник сообщает о новостях города. Сегодня утром жители увидели первый снег. ",
    "koi8-r": "Московский вестник сообщает о новостях города. Сегодня утром жители увидели первый снег. ",
    "cp1253": "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας και η μεγαλύτερη πόλη της χώρας. ",
    "cp1255": "ירושלים היא עיר הבירה של מדינת ישראל והעיר הגדולה ביותר בה. ",
    "cp1256": "القاهرة هي عاصمة جمهورية مصر العربية وأكبر مدنها. ",
    "cp874": "กรุงเทพมหานครเป็นเมืองหลวงและนครที่มีประชากรมากที่สุดของประเทศไทย ",
    "cp932": "ようこそ。今日は天気がとても良いので、散歩に出かけました。カタカナも使います。",
    "euc_jp": "ようこそ。今日は天気がとても良いので、散歩に出かけました。カタカナも使います。",
    "gb18030": "今天天气很好,我们一起去公园散步吧。中国的首都是北京,上海是最大的城市。",
    "big5": "今天天氣很好,我們一起去公園散步吧。臺灣的首都是臺北,高雄是南部最大的城市。",
    "cp949": "한국어 제목입니다. 오늘은 날씨가 매우 좋아서 공원에 산책을 하러 갔습니다.",
    "cp1252": "L'été dernier, nous avons visité le château près de la forêt où il y a des chênes. ",
}


@pytest.mark.parametrize(
    ("body", "header", "text"),
    [
        ("\ufeffé".encode(), "text/html; charset=latin-1", "é"),
        ("é".encode("utf-16"), None, "é"),
        ("é".encode(), HEADER.format("windows-1251"), "é"),
        ("é".encode("cp1252"), None, "é"),
        ("é“".encode("cp1252"), HEADER.format("iso-8859-1"), "é“"),
        ("привет".encode("koi8-r"), HEADER.format("KOI8-R"), "привет"),
        (b"<meta charset='windows-1251'>" + "привет".encode("cp1251"), HEADER.format("utf-8"), "привет"),
        (b"<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>" + "①漢".encode("cp932"), None, "①漢"),
        (b"<META CONTENT='text/html;charset = \"koi8-r\"' HTTP-EQUIV=Content-Type>\xd0\xd2", None, "пр"),
        (b"<meta charset=gb2312>" + "镕字".encode("gbk"), None, "镕字"),
        (b"<meta charset=euc-kr>" + "똠방".encode("cp949"), None, "똠방"),
        (b" " * 70_000 + b"<meta charset=euc-kr>" + "똠방".encode("cp949"), None, "똠방"),
        ("日本".encode()[:-1], None, "日"),
        ("x日".encode()[:-1], HEADER.format("utf-8"), "x"),
        (b"a\xffb" + "日本語の文".encode() * 30, HEADER.format("utf-8"), "a\ufffdb" + "日本語の文" * 30),
        (b"<?xml version='1.0' encoding='iso-8859-2'?>" + "ł".encode("iso-8859-2"), None, "ł"),
        (b"<?xml version='1.0' encoding='utf-8'?><meta charset=iso-8859-2>" + "ł".encode("iso-8859-2"), None, "ł"),
        ("日本".encode("iso-2022-jp"), HEADER.format("iso-2022-jp"), "日本"),
        (b"<meta charset=euc-jp>\xad\xa1\xa4\xa2\xad\xb5\xf9\xa1", None, "①あⅠ纊"),
        (b'<meta charset=iso-2022-jp>\x1b$B-!$"\x1b(B', None, "①あ"),
        (b"<meta charset=big5>\xa3\xe1\xa7A", None, "€你"),
        (b"\xad\xa1<meta charset=koi8-r>", HEADER.format("euc-jp"), "①<meta charset=koi8-r>"),
        (b"plain", HEADER.format("x-unknown-\0-thing"), "plain"),
        (b"caf\xe9", HEADER.format("zip"), "café"),
        (b"caf\xe9", HEADER.format(""), "café"),
        (b"<meta charset=''>caf\xe9", None, "café"),
        (b"<meta charset>caf\xe9", None, "café"),
        (b"<meta charset=\xff\xfe\x00>caf\xe9", None, "café"),
        (b"<meta charset=koi8-r>\xd0\xd2", HEADER.format("undefined"), "пр"),
    ],
)
def test_a_page_reads_as_in_a_browser(body, header, text):
    decoded, _ = decode(body, header)
    assert decoded.endswith(text)


@pytest.mark.parametrize(
    "body",
    [
        b"<!-- <meta charset=koi8-r> --><meta charset=windows-1251>\xef\xf0",
        b"<meta name=description content='text; charset=koi8-r'><meta charset=windows-1251>\xef\xf0",
        b"<meta name=charset content=koi8-r><meta charset=windows-1251>\xef\xf0",
        b"<metadata charset=koi8-r><meta charset=windows-1251>\xef\xf0",
        b"<meta title='>' charset=windows-1251>\xef\xf0",
        b"<meta charset=windows-1251 charset=koi8-r>\xef\xf0",
        b"<!--><meta charset=windows-1251>\xef\xf0",
        b"<p title='<meta charset=koi8-r>'><meta charset=windows-1251>\xef\xf0",
        b"<p title=\"<!--\" a = '<meta charset=koi8-r>'/><meta charset=windows-1251>\xef\xf0",
        b"<script>var x='<meta charset=koi8-r>'</script><meta charset=windows-1251>\xef\xf0",
        b'<script>if (a <b && c == "\'") {}</SCRIPT><meta charset=windows-1251>\xef\xf0',
        b"<style>a::before {content: '<b'}</style><meta charset=windows-1251>\xef\xf0",
        b"<!x <meta charset=koi8-r><meta charset=windows-1251>\xef\xf0",
        b"<meta name=a content='<meta charset=koi8-r>'><meta charset=windows-1251>\xef\xf0",
        b"<meta " + b"a " * 40 + b"title='<meta charset=koi8-r>'><meta charset=windows-1251>\xef\xf0",
    ],
)
def test_only_a_meta_that_declares_an_encoding_does(body):
    assert decode(body)[0].endswith("пр")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_shows_itself_by_its_first_tag(codec):
    page = "\n<html><meta charset=windows-1252><p>Größe 日本"
    assert decode(page.encode(codec)) == (page, codec)


def test_what_says_utf_16_and_could_be_read_is_not():
    assert decode(b"<meta charset=utf-16le><p>plain", HEADER.format("utf-16"))[0].endswith("<p>plain")
    assert decode("é".encode("utf-16-be"), HEADER.format("utf-16be"))[0] == "é"


def test_a_declared_encoding_that_the_bytes_refute_yields_to_another_declared_one():
    body = b"<meta charset=koi8-r>" + "привет".encode("koi8-r") + b"\xff<p>"
    assert decode(body, HEADER.format("euc-kr"))[1] == "koi8-r"


@pytest.mark.parametrize("codec", DETECTED)
def test_a_page_that_declares_nothing_is_read_by_its_letters(codec):
    page = f"<html><head><title>T</title></head><body class=b><p>{DETECTED[codec] * 3}</p>"
    assert decode(page.encode(codec))[0] == page


@given(st.binary(max_size=300), st.text(max_size=30))
def test_nothing_raises(body, label):
    text, codec = decode(body, HEADER.format(label))
    assert isinstance(text, str)
    assert codec


@given(st.lists(st.sampled_from([b"<", b"<meta ", b"charset", b"=", b"'", b'"', b" ", b">", b"<!--", b"-->", b"utf-16", b"http-equiv=content-type", b"koi8-r",
                                 b"content=", b"<?xml ", b"encoding=", b"\xff", b"\0", b"\x1b$B", b"\xc3\xa9"]), max_size=20).map(b"".join))  # fmt: skip
def test_no_declaration_raises(body):
    assert isinstance(decode(body, body.decode("latin-1"))[0], str)


@given(st.text(max_size=50))
def test_utf_8_is_utf_8_whatever_is_declared(text):
    encoded = text.encode("utf-8", "ignore")
    wide = b"\0" in encoded or encoded.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
    if not text.isascii() and not wide:
        assert decode(encoded, HEADER.format("windows-1252"))[0].encode() == encoded


def written(draw_text, label, declaration):
    """A page of a text that the encoding of a label can hold, its bytes, and the header it comes with."""
    codec = webencodings.lookup(label).codec_info.name
    text = "".join(char for char in draw_text if _holds(codec, char))
    page = {"meta": f"<html><meta charset='{label}'><p>{text}", "header": f"<html><p>{text}"}[declaration]
    return page, page.encode(codec), HEADER.format(label) if declaration == "header" else None


def _holds(codec, char):
    try:
        return char not in AMBIGUOUS and char.encode(codec).decode(codec) == char
    except UnicodeError:
        return False


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Co"]), max_size=30) | st.text(
    "éàпривет日本語の한국Ωא", max_size=30
)


@given(TEXTS, st.sampled_from(LABELLED), st.sampled_from(["meta", "header"]), st.data())
def test_a_page_comes_back_in_every_encoding_of_the_standard_and_cut_anywhere_as_its_beginning(text, label, kind, data):
    page, body, header = written(text, label, kind)
    assume(not _is_also_utf8(body))
    assert decode(body, header)[0] == page
    cut, _ = decode(body[: data.draw(st.integers(body.index(b"p"), len(body)))], header)
    assert page.startswith((cut, cut.removesuffix("\ufffd")))


def _is_also_utf8(body):
    """Bytes that are UTF-8 as well, from some point of a cut on, are taken for it: that is the rule."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    return "\ufffd" not in decoder.decode(body) and not body.isascii()


BOMBS = [
    b"<meta charset=",
    b"<meta ",
    b"<meta/",
    b"<!--",
    b"<meta a=1 ",
    b"<meta a='",
    b"<a b=",
    b"<a b=\"'",
    b"</",
    b"<?",
    b"<script>",
    b"<script></style>",
    b"a=/<p x ",
    b"<meta charset=\xff ",
    b"<?xml ",
    b"\xff",
    b"\xc3",
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_bomb_is_more_than_linear_work(bomb, count_steps):
    decode(b"\xef\xf0\xe8\xe2\xe5\xf2")  # what is imported at first use
    small, large = (count_steps(decode, bomb * times + b" " * times + b"\xff") for times in (500, 1000))
    assert large <= 2.5 * small + 100


def test_half_a_character_that_a_program_wrote_as_one_does_not_refute_what_is_declared():
    text, codec = decode(b"<title>a\xed\xa0\x80b</title>", "text/html; charset=utf-8")
    assert (text, codec) == ("<title>a\ufffd\ufffd\ufffdb</title>", "utf-8")
