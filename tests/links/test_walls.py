"""A page in front of the page is told by its vendor's marks, and an ordinary page that carries the same marks is not one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from richresp.limits.extract import MAX_MARKED_WALL_CHARS, MAX_TITLED_WALL_CHARS
from richresp.links.scan import scan
from richresp.links.walls import wall_of
from tests.links.walled import OG, URL, titled, wall

MARKS = [
    "<script>window._cf_chl_opt={cvId:'3'}</script>",
    '<iframe id="main-iframe" src="/_Incapsula_Resource?CWUDNSAI=9&xinfo=1"></iframe>',
    '<div id="px-captcha"></div>',
    "<script src='https://ct.captcha-delivery.com/c.js'></script>",
    "<script>window.KPSDK={};</script>",
    "<script>window.gokuProps = {}</script>",
    '<div id="sec-if-cpt-container"></div>',
    "Reference #18.2f. https://errors.edgesuite.net/18.2f",
    '<script id="anubis_challenge" type="application/json">{}</script>',
    "<script>sucuri_cloudproxy_js='';</script>",
    "<script>toHex(slowAES.decrypt(c,2,a,b))</script>",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_challenge_is_told_by_its_markup(mark):
    assert wall(titled("site.example.com", mark)) == "challenge"


@pytest.mark.parametrize("mark", MARKS)
def test_a_page_with_a_card_or_with_words_is_no_challenge(mark):
    assert wall(titled("A post", mark, OG)) is None
    assert wall(titled("A post", mark + "<p>" + "word " * MAX_MARKED_WALL_CHARS)) is None


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", " just a moment… ", "Attention Required! | Cloudflare", "Making sure you&#39;re not a bot!", "Pardon Our Interruption",
     "Access to this page has been denied.", "Access denied | site.example.com used Cloudflare to restrict access", "DDOS-GUARD"],
)  # fmt: skip
def test_a_challenge_is_told_by_its_whole_title(title):
    assert wall(titled(title, "<p>Please wait.</p>")) == "challenge"
    assert wall(titled(f"{title} a film review", "<p>Please wait.</p>")) is None
    assert wall(titled(title, "<p>" + "x" * MAX_TITLED_WALL_CHARS)) is None
    assert wall(titled(title, "<p>Please wait.</p>", OG)) is None


@pytest.mark.parametrize(
    "body",
    ["<p>Solve the captcha</p>", "<div class=g-recaptcha></div>", "<script src=/cdn-cgi/scripts/x.js></script>",
     "<noscript>Please enable JavaScript</noscript>", "<p>We use cookies. Consent?</p>"],
)  # fmt: skip
def test_what_ordinary_pages_carry_is_no_wall(body):
    assert wall(titled("A post", body)) is None


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://consent.example.com/m?continue=https://www.example.com/x", titled("Before you continue")),
        ("https://guce.example.com/consent?x=1", titled("x")),
        ("https://consent.example.com/m?continue=https://www.example.com/x", titled("x", "", OG)),
        ("https://consent.example.com/v2/collectConsent?sessionId=1", titled("x", "<p>" + "word " * 2000, OG)),
        ("https://www.example.com/cookiewall/?url=x", titled("Cookies")),
        (URL, titled("Bevor Sie fortfahren", "<form action='https://consent.example.com/save' method=POST><button>OK</button></form>")),
    ],
)  # fmt: skip
def test_a_consent_page_is_told_by_its_address_or_form(url, page):
    assert wall(page, url) == "consent"


@pytest.mark.parametrize(
    "url", ["https://consent.org/a", "https://consent/", "https://www.example.com/blog/cookiewall-law"]
)
def test_a_page_about_consent_is_a_page(url):
    assert wall(titled("On consent", "<p>" + "word " * 2000), url) is None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/login?next=/blog/post", "login"),
        ("/accounts/login/?next=%2Fblog%2Fpost", "login"),
        ("/Account/LogOn?ReturnUrl=%2fblog", "login"),
        ("/users/sign_in?return_to=https://site.example.com/blog", "login"),
        ("/oauth2/v2/auth?client_id=a&response_type=code", "login"),
        ("/adfs/ls/?SAMLRequest=abc", "login"),
        ("/login", None),
        ("/login?next=/", None),
        ("/login?lang=en", None),
        ("/blog/login-pages?next=/2", None),
        ("/blog?next=/blog/2", None),
    ],
)
def test_a_login_redirect_is_told_by_where_it_goes_back_to(path, kind):
    form = titled("Sign in", "<form><input name=p type=password></form>", OG)
    assert wall(form, f"https://site.example.com{path}") == kind
    assert wall(titled("Article", "<p>words", OG), f"https://site.example.com{path}") is None


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (titled("React App", "<noscript>You need to enable JavaScript</noscript><div id=root></div><script src=/m.js></script>"), "script"),
        (titled("Site", "<div id='app'>Loading...</div><script type=module src=/m.js></script>"), "script"),
        (titled("", "<app-root></app-root><script src=/m.js></script>"), "script"),
        (titled("A post about something", "<div id=root></div><script src=/m.js></script>"), None),
        (titled("React App", "<div id=root></div>"), None),
        (titled("React App", "<div id=root></div><script src=/m.js></script>", OG), None),
        (titled("React App", "<div id=root></div><script src=/m.js></script>", "<meta name=description content=Words>"), None),
        (titled("React App", "<div id=root><p>" + "word " * 30 + "</div><script src=/m.js></script>"), None),
        (titled("Site"), None),
        ("", None),
    ],
)  # fmt: skip
def test_a_shell_that_only_scripts_fill_is_told_where_nothing_else_speaks(page, kind):
    assert wall(page) == kind


PIECES = ["<title>", "</title>", "Just a moment...", "<script>", "</script>", "_cf_chl_opt", "<!--", "-->", "<div id=root>", "<form action=",
          "https://consent.x/save", "<", ">", "'", "word ", "<input type=password>", "\0", "<svg>"]  # fmt: skip


@given(
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.text(max_size=40) | st.sampled_from(["http://[", URL, "https://consent.a.b/"]),
)
def test_no_page_and_no_address_raises(page, url):
    assert wall(page, url) in (None, "consent", "challenge", "login", "script")


@pytest.mark.parametrize(
    "bomb",
    [
        "<script>",
        "<!--",
        "<",
        "<svg ",
        "<form ",
        "<input ",
        "<a>",
        "</",
        "<form action='",
        "&amp;",
        "<div id=",
        "<script>_cf_chl_opt</script>",
    ],
)
def test_no_bomb_is_more_than_linear_work(bomb, count_steps):
    def judge(page):
        return wall_of(scan(""), page, "https://site.example.com/login?next=/x")

    small, large = (count_steps(judge, bomb * times) for times in (500, 1000))
    assert large <= 2.5 * small + 100
