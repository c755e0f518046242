"""Parameters that ask for a part of a list, by the words of their names."""

import pytest

from richresp.hosts.lint import lint
from tests.hosts.lint.documents import GOOD, changed

LIST = ("paths", "/berths", "get")
PAGING = """limit cursor page offset skip $top after before max_results perPage page_size pageToken pagenumber count size
    continuationToken next_token items_per_page num_results maxItems first start page[size] startIndex starting_after rows n
    $skip number_of_items nextPageToken page-no since_id pagesize maxresults"""
OTHER = [
    "maximumLength",
    "country",
    "start_date",
    "access_token",
    "sizes",
    "day",
    "number_of_guests",
    "page_title",
    "",
    "é",
]


def unpaged(name):
    document = changed(GOOD["openapi"](), *LIST, "parameters", 2, "name", name)
    return "answer-unpaged" in {found.code for found in lint(document).findings}


@pytest.mark.parametrize("name", PAGING.split())
def test_a_parameter_for_pages_is_known_by_its_words(name):
    assert not unpaged(name)


@pytest.mark.parametrize("name", OTHER)
def test_another_parameter_is_not(name):
    assert unpaged(name)
