"""show, search, check and stats give data; propose turns a table into entries to review."""

import pytest

from kg.catalogue import load
from kg.catalogue.inspect import check, search, show, stats
from kg.catalogue.load import compiled
from kg.catalogue.propose import propose, to_yaml
from kg.errors import InputError


@pytest.fixture(scope="module")
def catalogue():
    return load()


def test_show_gives_an_entry_with_vendor_what_is_above_and_what_is_below(catalogue):
    (shown,) = show("NVIDIA Hopper", catalogue)
    assert shown.vendor == "NVIDIA"
    assert "GPU" in shown.broader
    assert "NVIDIA H100" in shown.narrower


def test_show_takes_a_key_and_infers_what_is_not_listed(catalogue):
    assert show("hardware/gpu", catalogue)[0].how == "key"
    (shown,) = show("RTX 6090", catalogue)
    assert shown.entry.inferred
    assert "NVIDIA GPU" in shown.broader
    assert show("nothing of the kind", catalogue) == ()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("nvidia h100 sxm", "NVIDIA H100"),
        ("jetson orin nanno", "NVIDIA Jetson Orin Nano"),
        ("stratix", "Intel Stratix"),
    ],
)
def test_search_finds_what_is_spelt_nearly_so(catalogue, text, label):
    assert label in [hit.label for hit in search(text, catalogue)[:3]]


def test_search_gives_each_entry_once_and_no_more_than_asked(catalogue):
    hits = search("xeon gold", catalogue, "Hardware", limit=5)
    assert len({hit.key for hit in hits}) == len(hits) == 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_check_lists_the_problems_of_a_users_file_and_none_of_the_packaged(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("entries:\n- {label: X1000, year: 12}\n", encoding="utf-8")
    assert check() == ()
    (problem,) = check([path])
    assert f"{path}:2: bad year" in problem


def test_stats_count_every_entry_once(catalogue):
    counts = stats(catalogue)
    assert sum(counts.types.values()) == len(catalogue.entries)
    assert sum(counts.kinds.values()) == counts.types["Hardware"]
    assert counts.vendors["NVIDIA"] > 100


def test_unknown_products_of_a_table_become_entries_that_load(catalogue, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(
        "name,manufacturer,architecture,release_date\n"
        "GeForce RTX 6090,NVIDIA,Rubin,2027-01-10\n"
        "RTX 4090,NVIDIA,Ada Lovelace,2022-09-20\n"
        "T-1: fast,Acme,,\n"
        ",,,\n",
        encoding="utf-8",
    )
    found = propose(path, catalogue)
    assert [(p.label, p.broader, p.year) for p in found] == [
        ("Acme T-1: fast", None, None),
        ("NVIDIA GeForce RTX 6090", "nvidia-geforce-rtx", 2027),
    ]
    text = to_yaml(found).replace(", broader: [nvidia-geforce-rtx]", "").replace(", vendor: nvidia", "")
    assert "hardware/acme-t-1-fast" in compiled([("proposed.yaml", text)], []).entries


def test_a_table_without_names_is_an_input_error(catalogue, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("colour\nred\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column of names"):
        propose(path, catalogue)
    with pytest.raises(InputError, match="cannot read"):
        propose(tmp_path / "none.csv", catalogue)
