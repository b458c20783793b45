"""From the fields of an item to a paper."""

import pytest

from kg.records import Paper
from kg.sources.base import Raw
from kg.sources.fields import paper
from kg.sources.identity import arxiv_year, identity


def of(**fields: object) -> Paper:
    made = paper(Raw(1, {"title": "A title", "abstract": "An abstract.", **fields}), "f")
    assert isinstance(made, Paper)
    return made


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"id": "2405.04434"}, "arxiv:2405.04434"),
        ({"id": "arXiv:2405.04434v3"}, "arxiv:2405.04434"),
        ({"id": "http://arxiv.org/abs/cs.CL/0001001v1"}, "arxiv:cs.CL/0001001"),
        ({"arXiv ID": "2405.04434v1"}, "arxiv:2405.04434"),
        ({"url": "https://huggingface.co/papers/2405.04434"}, "arxiv:2405.04434"),
        ({"doi": "10.48550/arXiv.2405.04434"}, "arxiv:2405.04434"),
        ({"externalIds": {"ArXiv": "2405.04434", "DOI": "10.1/x"}}, "arxiv:2405.04434"),
        ({"DOI": "https://doi.org/10.1145/33.44"}, "doi:10.1145/33.44"),
        ({"id": "10.1145/ABC.44"}, "doi:10.1145/abc.44"),
        ({"id": "p017", "url": "https://arxiv.org/abs/2405.04434"}, "p017"),
        ({"id": 17}, "17"),
        ({"url": "https://openreview.net/forum?id=aB-1_c"}, "openreview:aB-1_c"),
        ({"id": "https://example.org/paper/1"}, "https://example.org/paper/1"),
        ({"id": "9999.12345"}, "9999.12345"),
    ],
)
def test_the_id_is_arxiv_then_doi_then_given(fields: dict[str, object], expected: str) -> None:
    assert of(**fields).id == expected


def test_without_any_identifier_the_title_decides_and_its_spelling_does_not() -> None:
    assert of(title="Fast-GPU Paging").id == of(title="fast GPU\npaging").id
    assert of(title="Fast GPU Paging").id != of(title="Slow GPU Paging").id
    assert identity("？？").id.startswith("title:")


@pytest.mark.parametrize(
    ("fields", "year", "date"),
    [
        ({"year": "2021"}, 2021, None),
        ({"Year": 2021.0}, 2021, None),
        ({"date": "2021-05"}, 2021, "2021-05"),
        ({"published": "2021-05-04T10:00:00Z"}, 2021, "2021-05-04"),
        ({"date": "Mon, 2 Apr 2007 19:18:42 GMT"}, 2007, "2007-04-02"),
        ({"date": "May 4th 2021"}, 2021, None),
        ({"date": "Sep 16"}, None, None),
        ({"year": "unknown"}, None, None),
        ({"year": 99999}, None, None),
        ({"id": "2405.04434", "update_date": "2025-01-01"}, 2024, None),
        ({"update_date": "2025-01-01"}, 2025, None),
    ],
)
def test_years_and_dates_are_read_as_precisely_as_they_are_given(
    fields: dict[str, object], year: int | None, date: str | None
) -> None:
    assert (of(**fields).year, of(**fields).date) == (year, date)


def test_old_arxiv_ids_belong_to_the_last_century() -> None:
    assert [arxiv_year(each) for each in ("hep-th/9108001", "cs/0001001", "2501.00001")] == [1991, 2000, 2025]


@pytest.mark.parametrize(
    "authors",
    ["Ann Ant; Bo Bee", "Ann Ant, Bo Bee", "Ann Ant and Bo Bee", ["Ann Ant", "Bo Bee"], "['Ann Ant', 'Bo Bee']",
     [{"name": "Ann Ant"}, {"name": "Bo Bee"}], [["Ant", "Ann", ""], ["Bee", "Bo", ""]]],
)  # fmt: skip
def test_authors_come_in_many_shapes(authors: object) -> None:
    assert of(authors=authors).authors == ("Ann Ant", "Bo Bee")


@pytest.mark.parametrize("categories", ["cs.AR cs.LG", "cs.AR, cs.LG", ["cs.AR", "cs.LG"], "['cs.AR', 'cs.LG']"])
def test_categories_come_in_many_shapes(categories: object) -> None:
    assert of(categories=categories).categories == ("cs.AR", "cs.LG")


def test_wrapped_lines_are_joined_and_paragraphs_stay_apart() -> None:
    assert of(abstract=" One\n  two.\r\n\r\n \nThree\nfour. ").abstract == "One two.\n\nThree four."


@pytest.mark.parametrize(
    "fields", [{"authors": 7}, {"categories": {"a": 1}}, {"doi": []}, {"url": ["x"]}, {"id": True}]
)
def test_odd_kinds_of_values_do_no_harm(fields: dict[str, object]) -> None:
    assert of(**fields).title == "A title"
