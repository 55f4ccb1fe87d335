"""No address leads a reader to a staging or test copy, a proxy, a translation, or a look-alike."""

from __future__ import annotations

import pytest

from copydesk.checks.addresses import address_problems, host_kind
from copydesk.checks.course import read_course
from copydesk.course.course import Course
from copydesk.course.settings import find_root


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://qa.harbourpost.example/ferry", "a staging or test copy"),
        ("https://web.test.harbour.example.org/en/ferry", "a staging or test copy"),
        ("https://digital-release.harbourpost.example/amp", "a staging or test copy"),
        ("https://phoenix.product.portqa01.aws.harbour.example/news", "a staging or test copy"),
        ("https://seagull.pages.dev/posts/ferry", "a host of trial pages"),
        ("https://d1234abcd.cloudfront.net/news/ferry", "a host of a delivery network"),
        ("https://feeds.harbourpost.example/live", "a technical host of a publisher"),
        ("https://www-harbour-com.ezproxy.college.example/chart", "a library's proxy"),
        ("https://translate.google.com/website?u=https://harbourpost.example/", "a translation service"),
        ("https://harbourpost-example.translate.goog/ferry", "a translation service"),
        ("https://web.archive.org/web/2023/https://harbourpost.example/", "a copy in an archive or a cache"),
        ("https://www.harbourpost.cf/2023/ferry.html", "an ending that look-alikes use"),
        ("https://gulls.example.com/boards/replies.aspx?msg=1", "a forum or message board"),
        ("http://192.0.2.7/ferry", "a server without a name of its own"),
        ("http://harbour-mirror.example:20061/f.html", "a server without a name of its own"),
    ],
)
def test_a_host_of_each_kind_is_known(address: str, kind: str) -> None:
    """Each kind of host is told by its name."""
    assert host_kind(address) == kind


@pytest.mark.parametrize(
    "address",
    [
        "https://www.harbourpost.example/test-of-courage",
        "https://productnews.example/ferry",
        "https://latest.harbourpost.example/ferry",
        "https://harbourpost.example/world/release-of-prisoners",
        "https://doi.org/10.1177/2053168018786848",
    ],
)
def test_a_publisher_s_own_page_is_none_of_them(address: str) -> None:
    """A word in a path, or within a longer word, makes no test host."""
    assert host_kind(address) is None


def test_the_course_links_to_publishers_only() -> None:
    """No source, reference, page or notebook of the course has such an address."""
    assert list(address_problems(read_course(Course(find_root())))) == []
