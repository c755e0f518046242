"""Each rule: a document that it says nothing of, and the same with one fault, that it finds at its place."""

import pytest

from richresp.hosts.lint import lint
from richresp.hosts.lint.rules import RULES
from tests.hosts.lint.documents import BESIDE, GONE, GOOD, changed

LIST = ("paths", "/berths", "get")
BOOK = ("paths", "/bookings", "post")
AT_LIST, AT_BOOK = "/paths/~1berths/get", "/paths/~1bookings/post"
FIRST = ("functions", 0)
MEANING = (*FIRST, "capabilities", "response_semantics")
RUN, MCP = ("runtimes", 0), ("runtimes", 1)
TOOL = ("tools", 0)

CASES = [
    ("unreadable", "openapi", (b"{",), ""),
    ("too-large", "openapi", ([[]] * 200_001,), ""),
    ("unknown-kind", "openapi", ({"a": 1},), ""),
    ("unknown-kind", "openapi", (None,), ""),
    ("unknown-kind", "openapi", ([1],), ""),
    # --- plugins of 2023
    ("field-missing", "plugin", ("contact_email", GONE), ""),
    ("field-missing", "plugin", ("logo_url", " "), "/logo_url"),
    ("field-type", "plugin", ("name_for_human", 7), "/name_for_human"),
    ("field-type", "plugin", ("api", "has_user_authentication", "yes"), "/api/has_user_authentication"),
    ("too-long", "plugin", ("name_for_human", "x" * 51), "/name_for_human"),
    ("too-long", "plugin", ("name_for_model", "x" * 51), "/name_for_model"),
    ("too-long", "plugin", ("description_for_human", "x" * 121), "/description_for_human"),
    ("too-long", "plugin", ("description_for_model", "x" * 8_001), "/description_for_model"),
    ("plugin-version", "plugin", ("schema_version", "v3"), "/schema_version"),
    ("name-for-model", "plugin", ("name_for_model", "two words"), "/name_for_model"),
    ("auth-type", "plugin", ("auth", {}), "/auth"),
    ("auth-type", "plugin", ("auth", "type", ["none"]), "/auth/type"),
    ("auth-field", "plugin", ("auth", "scope", GONE), "/auth"),
    ("auth-field", "plugin", ("auth", {"type": "user_http", "authorization_type": "x"}), "/auth/authorization_type"),
    ("auth-field", "plugin", ("auth", {"type": "service_http", "authorization_type": "bearer"}), "/auth"),
    ("api-type", "plugin", ("api", "type", "graphql"), "/api/type"),
    ("authenticated-twice", "plugin", ("api", "is_user_authenticated", False), "/api"),
    ("email", "plugin", ("contact_email", "somebody"), "/contact_email"),
    ("url-relative", "plugin", ("logo_url", "/logo.png"), "/logo_url"),
    ("url-relative", "plugin", ("logo_url", "//harbour.example/logo.png"), "/logo_url"),
    ("url-invalid", "plugin", ("logo_url", "ftp://harbour.example/logo.png"), "/logo_url"),
    ("url-invalid", "plugin", ("logo_url", "https://[::1/logo.png"), "/logo_url"),
    ("url-invalid", "plugin", ("logo_url", "data:image/png;base64,AA"), "/logo_url"),
    ("url-invalid", "plugin", ("auth", "client_url", "https://a b/"), "/auth/client_url"),
    ("url-plain-http", "plugin", ("legal_info_url", "http://harbour.example/legal"), "/legal_info_url"),
    ("url-private", "plugin", ("logo_url", "https://192.168.1.4/logo.png"), "/logo_url"),
    ("url-private", "plugin", ("logo_url", "https://printer.local/logo.png"), "/logo_url"),
    ("url-local", "plugin", ("logo_url", "http://localhost:3333/logo.png"), "/logo_url"),
    ("domain", "plugin", ("contact_email", "berths@elsewhere.example"), "/contact_email"),
    ("domain", "plugin", ("legal_info_url", "https://lawyers.example/harbour"), "/legal_info_url"),
    ("document-absent", "plugin", ("api", "url", "https://api.harbour.example/other.yaml"), "/api/url"),
    # --- plugins of Microsoft 365
    ("m365-field-missing", "m365", ("namespace", GONE), ""),
    ("field-unknown", "m365", ("colour", "blue"), "/colour"),
    ("field-unknown", "m365", (*FIRST, "capabilities", "x", {}), "/functions/0/capabilities/x"),
    ("schema-version", "m365", ("schema_version", "v2.2"), "/schema_version"),
    ("namespace", "m365", ("namespace", "-harbour"), "/namespace"),
    ("capability-unknown", "m365", ("capabilities", {"conversation_starter": []}), "/capabilities/conversation_starter"),
    ("too-long", "m365", ("name_for_human", "x" * 21), "/name_for_human"),
    ("too-long", "m365", ("description_for_human", "x" * 101), "/description_for_human"),
    ("too-long", "m365", ("description_for_model", "x" * 2_049), "/description_for_model"),
    ("too-long", "m365", (*FIRST, "description", "x" * 4_097), "/functions/0/description"),
    ("url-relative", "m365", ("privacy_policy_url", "privacy.html"), "/privacy_policy_url"),
    ("function-name", "m365", (*FIRST, "name", GONE), "/functions/0"),
    ("function-name", "m365", (*FIRST, "name", "list-berths"), "/functions/0/name"),
    ("function-twice", "m365", ("functions", 1, "name", "listBerths"), "/functions/1/name"),
    ("function-parameter", "m365", (*FIRST, "parameters", {}), "/functions/0/parameters"),
    ("function-parameter", "m365", (*FIRST, "parameters", {"properties": {"a b": {"type": "string"}}}), "/functions/0/parameters/properties/a b"),
    ("function-parameter", "m365", (*FIRST, "parameters", {"properties": {"a": {"type": "object"}}}), "/functions/0/parameters/properties/a/type"),
    ("function-parameter", "m365", (*FIRST, "parameters", {"properties": {}, "required": ["a"]}), "/functions/0/parameters/required/0"),
    ("confirmation-type", "m365", ("functions", 1, "capabilities", "confirmation", "type", "Ask"), "/functions/1/capabilities/confirmation/type"),
    ("confirmation-idle", "m365", ("functions", 1, "capabilities", "confirmation", "isNonConsequential", True), "/functions/1/capabilities/confirmation/isNonConsequential"),
    ("response-semantics", "m365", (*MEANING, GONE), "/functions/0/capabilities"),
    ("citation-url", "m365", (*MEANING, "properties", "url", GONE), "/functions/0/capabilities/response_semantics/properties"),
    ("data-path", "m365", (*MEANING, "data_path", GONE), "/functions/0/capabilities/response_semantics"),
    ("data-path", "m365", (*MEANING, "data_path", "berths"), "/functions/0/capabilities/response_semantics/data_path"),
    ("data-path", "m365", (*MEANING, "properties", "title", "$["), "/functions/0/capabilities/response_semantics/properties/title"),
    ("security-info", "m365", (*FIRST, "capabilities", "security_info", GONE), "/functions/0/capabilities"),
    ("data-handling", "m365", (*FIRST, "capabilities", "security_info", {}), "/functions/0/capabilities/security_info"),
    ("data-handling", "m365", (*FIRST, "capabilities", "security_info", "data_handling", ["x"]), "/functions/0/capabilities/security_info/data_handling"),
    ("data-handling-empty", "m365", (*FIRST, "capabilities", "security_info", "data_handling", []), "/functions/0/capabilities/security_info/data_handling"),
    ("runtime-type", "m365", (*RUN, "type", "Soap"), "/runtimes/0/type"),
    ("runtime-auth", "m365", (*RUN, "auth", GONE), "/runtimes/0"),
    ("runtime-auth", "m365", (*RUN, "auth", "reference_id", GONE), "/runtimes/0/auth"),
    ("runtime-spec", "m365", (*RUN, "spec", GONE), "/runtimes/0"),
    ("runtime-spec", "m365", (*RUN, "spec", {}), "/runtimes/0/spec"),
    ("runtime-spec", "m365", (*RUN, {"type": "LocalPlugin", "auth": {"type": "None"}, "spec": {}}), "/runtimes/0/spec"),
    ("runtime-spec", "m365", (*MCP, "spec", "url", GONE), "/runtimes/1/spec"),
    ("runtime-spec", "m365", (*MCP, "spec", "mcp_tool_description", {}), "/runtimes/1/spec/mcp_tool_description"),
    ("url-relative", "m365", (*MCP, "spec", "url", "/mcp"), "/runtimes/1/spec/url"),
    ("tools-absent", "m365", (*MCP, "spec", "mcp_tool_description", GONE), "/runtimes/1/spec"),
    ("runtime-function", "m365", (*RUN, "run_for_functions", 0, "noSuch"), "/runtimes/0/run_for_functions/0"),
    ("runtime-function", "m365", (*RUN, "run_for_functions", 0, "x*"), "/runtimes/0/run_for_functions/0"),
    ("runtime-function", "m365", (*MCP, "run_for_functions", 0, "*Berths"), "/runtimes/1/run_for_functions"),
    ("function-operation", "m365", (*RUN, "run_for_functions", ["*"]), "/functions/2/name"),
    ("document-absent", "m365", (*RUN, "spec", "url", "other.yaml"), "/runtimes/0/spec/url"),
    # --- OpenAPI
    ("openapi-version", "openapi", ("openapi", "2.0"), "/openapi"),
    ("openapi-version", "openapi", ({"swagger": "2.0"},), ""),
    ("openapi-invalid", "openapi", (*LIST, "responses", "200", "description", GONE), f"{AT_LIST}/responses/200"),
    ("openapi-invalid", "openapi", ("paths", "/berths/{id}", {"get": {"operationId": "x", "responses": {"200": {"description": "x"}}}}), ""),
    ("not-validated", "openapi", ("tags", [{"name": str(n)} for n in range(9_000)]), ""),
    ("info-undescribed", "openapi", ("info", "description", GONE), "/info"),
    ("server-missing", "openapi", ("servers", GONE), ""),
    ("url-relative", "openapi", ("servers", 0, "url", "/api"), "/servers/0/url"),
    ("url-plain-http", "openapi", ("servers", 0, "url", "http://harbour.example"), "/servers/0/url"),
    ("port", "openapi", ("servers", 0, "url", "https://harbour.example:8443"), "/servers/0/url"),
    ("ref-elsewhere", "openapi", ("components", "schemas", "X", {"$ref": "x.yaml#/X"}), "/components/schemas/X/$ref"),
    ("ref-lost", "openapi", ("components", "schemas", "X", {"$ref": "#/components/schemas/Y"}), "/components/schemas/X/$ref"),
    ("operation-id-missing", "openapi", (*LIST, "operationId", GONE), AT_LIST),
    ("operation-id", "openapi", (*LIST, "operationId", "list berths!"), f"{AT_LIST}/operationId"),
    ("operation-id-twice", "openapi", (*BOOK, "operationId", "listBerths"), f"{AT_BOOK}/operationId"),
    ("operation-undescribed", "openapi", (*LIST, "summary", GONE), AT_LIST),
    ("too-long", "openapi", (*LIST, "summary", "x" * 201), f"{AT_LIST}/summary"),
    ("too-long", "openapi", (*LIST, "description", "x" * 201), f"{AT_LIST}/description"),
    ("too-long", "openapi", (*LIST, "parameters", 0, "description", "x" * 201), f"{AT_LIST}/parameters/0/description"),
    ("parameter-undescribed", "openapi", (*LIST, "parameters", 0, "description", GONE), f"{AT_LIST}/parameters/0"),
    ("parameter-undescribed", "openapi", (*BOOK, "requestBody", "content", "application/json", "schema", "properties", "berth", {}), f"{AT_BOOK}/requestBody"),
    ("consequential-unstated", "openapi", (*BOOK, "x-openai-isConsequential", GONE), AT_BOOK),
    ("consequential-type", "openapi", (*BOOK, "x-openai-isConsequential", "true"), f"{AT_BOOK}/x-openai-isConsequential"),
    ("answer-no-json", "openapi", (*LIST, "responses", "200", "content", {"text/html": {}}), f"{AT_LIST}/responses"),
    ("answer-unpaged", "openapi", (*LIST, "parameters", 2, GONE), AT_LIST),
    # --- MCP
    ("field-type", "tools", ("tools", {}), "/tools"),
    ("field-type", "tools", (*TOOL, "x"), "/tools/0"),
    ("field-type", "tools", (*TOOL, "annotations", "readOnlyHint", 1), "/tools/0/annotations/readOnlyHint"),
    ("no-tools", "tools", ("tools", []), "/tools"),
    ("tool-name", "tools", (*TOOL, "name", GONE), "/tools/0"),
    ("tool-name", "tools", (*TOOL, "name", "search notices"), "/tools/0/name"),
    ("too-long", "tools", (*TOOL, "name", "x" * 129), "/tools/0/name"),
    ("too-long", "tools", (*TOOL, "description", "x" * 1_025), "/tools/0/description"),
    ("tool-twice", "tools", ("tools", 1, GOOD["tools"]()["tools"][0]), "/tools/1/name"),
    ("tool-undescribed", "tools", (*TOOL, "description", GONE), "/tools/0"),
    ("input-schema", "tools", (*TOOL, "inputSchema", GONE), "/tools/0"),
    ("input-schema", "tools", (*TOOL, "inputSchema", "type", "array"), "/tools/0/inputSchema"),
    ("input-schema", "tools", (*TOOL, "inputSchema", "properties", "words", "type", "txt"), "/tools/0/inputSchema"),
    ("not-validated", "tools", (*TOOL, "inputSchema", "x", list(range(20_000))), "/tools"),
    ("required-unknown", "tools", (*TOOL, "inputSchema", "required", ["word"]), "/tools/0/inputSchema/required/0"),
    ("schema-ref-lost", "tools", (*TOOL, "outputSchema", "properties", {"a": {"$ref": "#/$defs/Missing"}}), "/tools/0/outputSchema/properties/a/$ref"),
    ("ref-elsewhere", "tools", (*TOOL, "inputSchema", "properties", "words", {"$ref": "https://elsewhere.example/words.json"}), "/tools/0/inputSchema/properties/words/$ref"),
    ("property-undescribed", "tools", (*TOOL, "inputSchema", "properties", "words", {}), "/tools/0/inputSchema"),
    ("tool-hints", "tools", (*TOOL, "annotations", GONE), "/tools/0"),
    ("tool-hints", "tools", (*TOOL, "annotations", "readOnlyHint", False), "/tools/0/annotations"),
    ("output-schema-absent", "tools", (*TOOL, "outputSchema", GONE), "/tools/0"),
    ("output-schema", "tools", (*TOOL, "outputSchema", []), "/tools/0/outputSchema"),
    ("output-schema", "tools", (*TOOL, "outputSchema", "required", "x"), "/tools/0/outputSchema"),
]  # fmt: skip
BY_OPTION = {"profile-idle", "over-budget"}


@pytest.mark.parametrize("kind", GOOD)
def test_nothing_is_said_of_a_good_document(kind):
    assert lint(GOOD[kind](), beside=BESIDE).findings == ()


@pytest.mark.parametrize(("code", "kind", "change", "place"), CASES)
def test_one_fault_is_found_at_its_place(code, kind, change, place):
    report = lint(changed(GOOD[kind](), *change), beside=BESIDE)
    assert (code, "", place) in {(found.code, found.document, found.place) for found in report.findings}
    for found in report.findings:
        assert found.message
        assert found.message.isprintable()
        assert bool(found.source) == bool(found.read)


def test_every_rule_has_a_case():
    assert {code for code, *_ in CASES} | BY_OPTION == set(RULES)


def test_a_rule_with_a_source_says_when_it_was_read():
    assert {code for code, rule in RULES.items() if bool(rule.source) != bool(rule.read)} == set()


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("plugin", ("auth", {"type": "none"})),
        ("plugin", ("auth", {"type": "user_http", "authorization_type": "basic"})),
        ("plugin", ("auth", {"type": "service_http", "authorization_type": "bearer", "verification_tokens": {"openai": "x"}})),
        ("plugin", ("legal_info_url", "https://shop.www.harbour.example/legal")),
        ("m365", ("description_for_human", "[[short]]")),
        ("m365", ("legal_info_url", "[[legal]]")),
        ("m365", ("namespace", "contoso_crm")),
        ("m365", ("capabilities", {"conversation_starters": [{"text": "Is there a berth?"}]})),
        *(("openapi", (*LIST, "responses", "200", "content", {kind: {"schema": {"type": "string"}}})) for kind in ("text/plain", "text/markdown", "text/plain; charset=utf-8")),
        ("openapi", ("paths", "/berths", "delete", {"operationId": "d", "summary": "d", "x-openai-isConsequential": False, "responses": {"200": {"description": "d"}}})),
        ("openapi", (*LIST, "parameters", 2, {"name": "cursor", "in": "query", "schema": {"type": "string", "description": "From the page before."}})),
        ("tools", (*TOOL, "inputSchema", {"type": "object", "properties": {"a": {"$ref": "#a", "description": "a"}}, "$defs": {"A": {"$anchor": "a", "description": "x"}}})),
        ("tools", (*TOOL, "outputSchema", {"type": "object", "anyOf": [{"required": ["a"]}, {"required": ["b"]}], "properties": {"a": {}, "b": {}}})),
        ("tools", (*TOOL, "outputSchema", {"type": "object", "required": ["a"], "patternProperties": {"^a": {}}})),
        ("m365", (*MEANING, "data_path", "$.berths[0:3]")),
        ("m365", (*RUN, "spec", {"api_description": '{"openapi":"3.0.3","info":{"title":"t","version":"1","description":"d"},"servers":[{"url":"https://a.example"}],"paths":{}}'})),
        ("openapi", (*LIST, "responses", "200", "content", {"application/hal+json": {"schema": {"type": "object"}}})),
        ("openapi", ("servers", 0, "url", "https://{place}.harbour.example")),
        ("openapi", (*LIST, "responses", "200", "content", "application/json", "example", {"$ref": "nowhere"})),
        ("openapi", ("components", "schemas", "T", {"type": "object", "properties": {"t": {"$ref": "#/components/schemas/T"}}})),
        ("openapi", ("components", "schemas", "D", {"type": "object", "properties": {"default": {"type": "object"}, "pattern": {"type": "string"}}})),
        ("openapi", ("paths", "/berths", "delete", {"operationId": "d", "summary": "d", "x-openai-isConsequential": False, "responses": {"204": {"description": "d"}}})),
        ("tools", (*TOOL, "name", "notices.search-all_2")),
        ("tools", (*TOOL, "inputSchema", {"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"description": "x"}}})),
        ("tools", (*TOOL, "annotations", {"readOnlyHint": False, "destructiveHint": False, "idempotentHint": True, "openWorldHint": True})),
    ],
)  # fmt: skip
def test_what_is_right_in_another_way_is_not_accused(kind, change):
    codes = {found.code for found in lint(changed(GOOD[kind](), *change), beside=BESIDE).findings}
    assert codes <= {"function-operation"}  # a document without operations has none for the functions


def test_the_domain_is_that_of_the_address_where_the_manifest_was_found():
    manifest = GOOD["plugin"]()
    assert lint(manifest, beside=BESIDE, url="https://www.harbour.example/.well-known/ai-plugin.json").ok
    report = lint(manifest, beside=BESIDE, url="https://berths.example/.well-known/ai-plugin.json")
    places = [found.place for found in report.findings if found.code == "domain"]
    assert places == ["/api/url", "/contact_email", "/legal_info_url"]
    below = lint(manifest, beside=BESIDE, url="https://deep.api.harbour.example/ai-plugin.json")
    assert [found.place for found in below.findings] == ["/api/url"]


@pytest.mark.parametrize("wrap", [lambda tools: tools, lambda tools: {"tools": tools}, lambda tools: {"jsonrpc": "2.0", "id": 1, "result": {"tools": tools}}])  # fmt: skip
def test_a_tool_list_comes_bare_or_wrapped(wrap):
    report = lint(wrap(changed(GOOD["tools"](), *TOOL, "name", "a b")["tools"]))
    assert report.kind == "mcp-tools"
    assert [found.code for found in report.findings] == ["tool-name"]
