"""What speaks against a wall: words, a description, something to see; and what speaks for one all the same."""

import pytest

from tests.links.walled import OG, titled, wall

WORDS = "<p>" + "word " * 2000
LOGIN = titled("Sign in", "<form><input type=password></form>")
ADDRESSED = [
    ("/sso?ref=/sidebar", LOGIN, None),
    ("/login?from=/newsletter", LOGIN, None),
    ("/login?next=/newsletter", titled("On logins", WORDS), None),
    ("/login?next=/newsletter", titled("On logins", WORDS + "<input type=password>"), "login"),
    ("/login?next=/newsletter", titled("Sign in", "<script>" + "x" * 300_000 + "</script><input type=email>"), "login"),
    ("/articles/sign-in?return_to=/hc/en", titled("How to sign in", WORDS), None),
    ("/playground?client_id=demo&response_type=code", titled("Playground"), None),
    ("/authorize?client_id=demo&response_type=code", titled("Authorize", WORDS), None),
    ("/adfs/ls/?SAMLRequest=abc", titled("On SAML", WORDS), None),
    ("/wp-login.php?redirect_to=https%3A%2F%2Fsite.example.com%2Fa", titled("Log in", "", ""), "login"),
    ("/authwall?trk=bf&sessionRedirect=https%3A%2F%2Fsite.example.com%2Fin", titled("Sign up", "x", OG), "login"),
    ("/authwall?sessionRedirect=https%3A%2F%2Fsite.example.com%2Fin", titled("Walls", WORDS, OG), None),
    ("/sorry/index?continue=https://site.example.com/search", titled("x", "<p>Unusual traffic"), "challenge"),
    ("/sorry/index", titled("x", "<p>Unusual traffic"), None),
    ("/packages/cookie-consent", titled("cookie-consent", "<p>A banner."), None),
    ("/cookie-consent/?url=/x", titled("Guide", "<p>A banner.", "<meta name=description content='On banners'>"), None),
]  # fmt: skip


@pytest.mark.parametrize(("path", "page", "kind"), ADDRESSED, ids=[path for path, *_ in ADDRESSED])
def test_an_address_says_nothing_where_the_page_says_otherwise(path, page, kind):
    assert wall(page, f"https://site.example.com{path}") == kind


@pytest.mark.parametrize("head", ["", OG])
def test_a_site_whose_host_is_called_consent_has_pages(head):
    assert wall(titled("On consent", WORDS, head), "https://consent.university.edu/papers/1") is None


SPEAKING = [
    "<meta name=description content='A poem about waiting'>",
    "<link rel='shortlink canonical' href=/blog/post>",
    '<script type="application/ld+json">{"@type":"Article"}</script>',
]


@pytest.mark.parametrize("head", SPEAKING)
def test_a_page_that_describes_itself_is_known_by_no_title_or_mark_alone(head):
    assert wall(titled("Just a moment", "<p>We wait", head)) is None
    assert wall(titled("Just a moment", "<p>We wait<script>window._cf_chl_opt={}</script>", head)) == "challenge"
    assert wall(titled("A post", "<script>window._cf_chl_opt={}</script>", head)) is None


def test_an_article_with_the_title_of_a_wall_is_one():
    assert wall(titled("Just a moment", "<article><h1>Just a moment</h1><p>We wait</article>")) is None


WATCHES = [
    "<script src='/TSPD/0812abcd34ab2000?type=9'></script>",
    "<script>window.KPSDK={};KPSDK.now=1</script>",
    "<script src='https://ct.captcha-delivery.com/c.js'></script>",
    "<script>window.gokuProps={}</script>",
    "<script>/*bm-verify*/</script>",
    "<script>window._pxBlockScript=1</script>",
]


@pytest.mark.parametrize("mark", WATCHES)
def test_a_script_that_watches_every_page_makes_a_challenge_only_of_an_empty_one(mark):
    assert wall(titled("site.example.com", mark)) == "challenge"
    assert wall(titled("site.example.com", mark + "<noscript><h1>JavaScript is off</h1></noscript>")) == "challenge"
    assert wall(titled("Branch", "<h1>Branch</h1><p>Open 9 to 5" + mark)) is None
    assert wall(titled("Branch", "<p>" + "word " * 60 + mark)) is None


@pytest.mark.parametrize(
    "body",
    ["<p>Look for <code>_cf_chl_opt</code>", "<pre>toHex(slowAES.decrypt(c,2,a,b))</pre>", "<p>x<!-- sucuri_cloudproxy_js -->"],
)  # fmt: skip
def test_a_page_about_a_challenge_is_none(body):
    assert wall(titled("Notes", body)) is None


@pytest.mark.parametrize(
    "page",
    [
        titled("Access Denied", "Reference&#32;&#35;18&#46;2f<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net&#47;18&#46;2f"),
        titled("Einen Moment", "<script src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray=1'></script>"),
        titled("Shop", "<p>Enter the characters<form method=get action='/errors/validateCaptcha'>"),
        titled("Access to this page has been denied", "<div id='px-captcha'></div>", "<meta name=description content=px-captcha>"),
    ],
)  # fmt: skip
def test_a_challenge_is_told_however_it_is_written(page):
    assert wall(page) == "challenge"


def test_the_script_that_cloudflare_puts_into_ordinary_pages_makes_no_challenge():
    assert (
        wall(titled("A post", "<p>Short<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"))
        is None
    )


def test_a_form_that_collects_consent_is_part_of_a_page():
    assert wall(titled("Welcome", "<form action='/collectConsent'></form><p>Hi")) is None


ROOT = "<div id=root>{}</div><script src=/m.js></script>"
TEMPLATE = "<meta name=description content='Web site created using create-react-app'>"


def test_the_description_of_a_template_does_not_speak():
    assert wall(titled("React App", ROOT.format(""), TEMPLATE)) == "script"


@pytest.mark.parametrize(
    "content", ["<h1>Jo</h1>", "<a class=b href=/cv>CV</a>", "<canvas></canvas>", "<img src=a.png>"]
)
def test_a_page_with_something_to_see_is_no_shell(content):
    assert wall(titled("Site", ROOT.format(content))) is None
    assert wall(titled("Site", ROOT.format(f"<noscript>{content}</noscript>"))) == "script"


@pytest.mark.parametrize("name", ["main", "wrapper", "main-content"])
def test_a_part_named_as_in_any_page_is_no_root(name):
    assert wall(titled("Site", f"<div id={name}>Soon</div><script src=/m.js></script>")) is None


@pytest.mark.parametrize("name", ["app", "__next", "__nuxt", "___gatsby", "q-app", "app-root", "react-root", "root"])
def test_a_root_of_scripts_is_told_by_its_name(name):
    assert wall(titled("Site", f"<div class=x id='{name}'></div><script src=/m.js></script>")) == "script"
