"""Links for galleries: attacks, all sizes and scripts of text, all that can be missing."""

from richresp import Image, Preview
from richresp.gallery import Entry, Picture
from richresp.links import Finding

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63d8b120010003cc01b911e3e8670000000049454e44ae426082"
)
"""A PNG of one pixel, the colour of sand."""

ATTACKS = (
    "<script>alert(1)</script>",
    "</title></style></textarea></noscript></pre></code></p></div></html><script>alert(2)</script>",
    "<img src=HIT/img onerror=alert(3)>",
    "\"><svg/onload=alert(4)><image href='HIT/svg'>",
    "' autofocus onfocus=alert(5) style='background:url(HIT/style)'",
    "<style>@import 'HIT/import';*{display:none}</style>",
    "<iframe src='javascript:alert(6)'></iframe><iframe srcdoc='<script>alert(7)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=HIT/refresh'><base href='HIT/'>",
    "<link rel=stylesheet href=HIT/link><link rel=preload as=image href=HIT/preload>",
    "![x](HIT/markdown) [x](javascript:alert(8)) <HIT/auto> [r]: HIT/ref",
    "javascript:alert(9)//https://a.example",
    "data:text/html,<script>alert(10)</script>",
    "<!-- --!> <![CDATA[ ]]> <?xml ?> <!doctype x>",
    "&lt;script&gt; &#60; &amp;amp; &quot &#x202e; &nbsp",
    "\u202egnp.exe\u202c \u2066a\u2069 \U000e0041\u200b\ufeff\x00\x1b[31m\r\n\f\v",
    "`${alert(11)}` {{7*7}} \\u003cscript\\u003e <%= 1 %>",
    "<details open ontoggle=alert(12)><video src=HIT/video autoplay onerror=alert(13)></video>",
    "<form action=HIT/form><input autofocus onfocus=alert(14)></form><portal src=HIT/p></portal>",
)

LONG = (
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3,
    "word " * 2_000,
    "x" * 10_000,
    "سوق الكتب يفتح أبوابه عند الفجر " * 20,
    "駅弁の一日港町の台所から" * 60,
    "👩‍👩‍👧‍👦🏳️‍🌈😀" * 200,
    "https://example.com/" + "a" * 3_000,
)


def finding(message: str = "og:image is missing", severity: str = "error") -> Finding:
    return Finding("image-missing", severity, "image", message, "https://ogp.me/")


def picture(body: bytes = PIXEL, full: tuple[int, int] = (1200, 630)) -> Picture:
    return Picture(body, "image/png", 1, 1, *full)


def entry(text: str, *, url: str = "https://site.example.com/page", whole: bool = True) -> Entry:
    """A link whose every text is this one."""
    image = "https://site.example.com/i.png"
    preview = Preview(
        requested_url=url,
        final_url=url,
        site_name=text,
        title=text,
        description=text,
        image=image,
        url=url,
        images=(Image(image, alt=text),),
        type=text,
        locale="en_GB",
        status=200,
        sources=dict.fromkeys(("site_name", "title", "description", "image", "url"), text or "og:title"),
        warnings=(text,),
    )
    shown = picture() if whole else None
    return Entry(
        url,
        preview,
        picture=shown,
        no_picture=None if whole else text,
        findings=(finding(text), finding(text, "warning"), finding(text, "hint")),
    )


def bare(url: str = "https://site.example.com/page", **fields: object) -> Entry:
    """A link of which nothing else is known."""
    return Entry(url, Preview(requested_url=url, final_url=url, **fields))


def whole(**told: object) -> Entry:
    """A link with all five fields and nothing else that is told; what belongs to an entry goes to it."""
    url = "https://site.example.com/page"
    beside = {
        name: told.pop(name) for name in ("picture", "no_picture", "left_out", "findings", "no_audit") if name in told
    }
    fields = {"site_name": "Site", "title": "Title", "description": "Words", "image": f"{url}.png", "url": url} | told
    return Entry(url, Preview(requested_url=url, final_url=url, **fields), **beside)


def hostile(base: str) -> list[Entry]:
    """All attacks in all places; HIT is an address that nothing may ask for."""
    texts = [attack.replace("HIT", f"{base}/hit") for attack in ATTACKS]
    entries = [entry(text, whole=number % 2 == 0) for number, text in enumerate(texts)]
    entries += [entry("x", url=text) for text in texts]
    entries += [bare(title="x", image=text, url=text, wall=text, locale=text, canonical_url=text) for text in texts]
    entries += [Entry(text, error=text) for text in texts]
    return entries


def ordinary() -> list[Entry]:
    """Every state that a link can be in, with short and with long texts."""
    return [
        *(entry(text) for text in ("Harbour", *LONG)),
        entry("No picture", whole=False),
        bare(),
        bare(title="Only a title"),
        bare(title="Old", stale=True, status=404, redirects=("https://a.example/",), size=10, elapsed=0.1),
        *(bare(wall=wall) for wall in ("consent", "challenge", "login", "script", "other")),
        bare(title="Left out", image="https://site.example.com/i.png"),
        whole(left_out="the pictures before it are as much as one page holds"),
        whole(title="Sound", findings=()),
        whole(title="Not audited", no_audit="no answer within 5 s"),
        *(
            whole(title=f"{size}", picture=picture(PIXEL + b"x" * number, full=size))
            for number, size in enumerate(((16, 16), (300, 200)), 1)
        ),
        Entry("https://site.example.com/", error="no answer within 5 s; raise timeout= if it may take longer"),
        Entry("nowhere", error="not an absolute URL"),
        *(Entry(text, error=text) for text in LONG),
    ]
