"""The catalogue's files: their format, every problem with its line at once, the cache, and how much is packaged."""

import pytest

from kg.catalogue import Catalogue, cache, load
from kg.catalogue.build import Built
from kg.catalogue.load import compiled
from kg.errors import CatalogueError
from kg.schema import TYPE

VENDORS = "type: Vendor\nentries:\n- {id: acme, label: Acme}\n"


def small(text):
    return Catalogue(compiled([("vendors.yaml", VENDORS), ("hardware.yaml", text)], []))


@pytest.fixture(scope="module")
def catalogue():
    return load()


def test_every_problem_of_every_file_is_reported_at_once_with_its_line():
    text = """type: Hardware
entries:
- {label: GPU}
- {label: GPU}
- {id: nameless}
- {label: T100, broader: [toaster]}
- {label: T200, year: soon}
- {label: T300, colour: red}
- {label: T400, aliases: [gpus]}
- {label: A, broader: [b]}
- {label: B, broader: [a]}
- {label: T500, vendor: nobody}
- {label: T600, wikidata: P31}
- {label: T700, aliases: T701}
- label: T800
  specs: [{name: speed, value: 1, unit: W, source: x}]
figures:
- {of: nothing, source: x, memory: 1}
- {of: t400, source: x, memory: much}
"""
    with pytest.raises(CatalogueError) as caught:
        compiled([("vendors.yaml", VENDORS), ("hardware.yaml", text)], [])
    message = str(caught.value)
    lines = [int(line.split(":")[1]) for line in message.splitlines()[1:]]
    assert lines == sorted(lines)
    assert set(lines) == {4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 16, 18, 19}
    for words in (
        "duplicate id 'hardware/gpu'",
        "lacks its 'label'",
        "unknown broader 'toaster'",
        "bad year 'soon'",
        "unknown field 'colour'",
        "clashes with 'GPU'",
        "cycle of broader",
        "unknown vendor 'nobody'",
        "bad Wikidata id",
        "must be",
        "unknown spec 'speed'",
        "figures of unknown entry",
        "'memory' must be a number",
    ):
        assert words in message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("entries: [", "not YAML"),
        ("- GPU", "expected a mapping"),
        ("type: Toaster\nentries: []", "unknown type 'Toaster'"),
        ("type: Hardware\nentry: []", "unknown list 'entry'"),
        ("type: Hardware\nentries: GPU", "expected a list"),
        ("type: Hardware\nban:\n- {name: x}", "belongs in a user's file only"),
        ("type: Hardware\nentries:\n- {label: A, label: B}", "given twice"),
        ("type: Hardware\nentries:\n- {label: A, aliases: [\x07]}", "not YAML"),
    ],
)
def test_a_file_of_another_form_says_what_is_expected(text, words):
    with pytest.raises(CatalogueError, match=words):
        small(text)


def test_a_cycle_is_reported_once():
    with pytest.raises(CatalogueError) as caught:
        small("entries:\n- {label: A, broader: [b]}\n- {label: B, broader: [c]}\n- {label: C, broader: [a]}\n")
    assert str(caught.value).count("cycle") == 1


def test_a_shared_name_is_fine_where_both_say_that_it_is_ambiguous():
    catalogue = small("entries:\n- {label: Acme T1, ambiguous: [T1]}\n- {label: Other T1, ambiguous: [T1]}\n")
    assert [m.ambiguous for m in catalogue.lookup("T1")] == [True, True]


def test_members_are_entries_below_with_vendor_and_kind_of_their_family():
    text = "entries:\n- {label: Acme One, vendor: acme, kind: cpu, members: [One 100, [One 200, One 200 Pro]]}\n"
    catalogue = small(text)
    assert catalogue.descendants("hardware/acme-one") == ("hardware/one-100", "hardware/one-200")
    assert catalogue.entries["hardware/one-200"].vendor == "acme"
    assert catalogue.lookup("Acme One 200 Pro")[0].key == "hardware/one-200"


def test_defaults_of_a_group_hold_for_its_entries_alone():
    catalogue = small("entries:\n- defaults: {kind: gpu}\n  entries:\n  - {label: A1 card}\n- {label: B1 card}\n")
    assert catalogue.entries["hardware/a1-card"].kind == "gpu"
    assert catalogue.entries["hardware/b1-card"].kind is None


def test_the_packaged_catalogue_is_as_large_as_it_should_be_and_every_product_hangs_in_the_tree(catalogue):
    hardware = {key: e for key, e in catalogue.entries.items() if e.type == "Hardware"}
    assert len(hardware) >= 700
    assert {e.type for e in catalogue.entries.values()} == set(TYPE)
    assert [key for key, e in hardware.items() if e.vendor and not e.broader] == []
    assert [key for key, e in hardware.items() if e.kind is None] == []


@pytest.mark.parametrize("kind", ["fpga", "gpu", "tpu", "npu", "microcontroller"])
def test_every_product_of_a_kind_is_narrower_than_its_class(catalogue, kind):
    wider = {"npu": "accelerator"}.get(kind, kind)
    outside = [
        key
        for key, entry in catalogue.entries.items()
        if entry.kind == kind and f"hardware/{wider}" not in (key, *catalogue.ancestors(key))
    ]
    assert outside == []


@pytest.mark.parametrize(
    ("key", "vendor"),
    [("amd-instinct-mi300x", "amd"), ("xilinx-virtex-7", "amd"), ("amd-epyc", "amd"), ("ai-engine", "amd")],
)
def test_anything_by_a_vendor_names_it(catalogue, key, vendor):
    assert catalogue.entries[f"hardware/{key}"].vendor == vendor


def test_gpus_with_at_least_80_gb_can_be_asked_for(catalogue):
    large = {
        key
        for key in catalogue.descendants("hardware/gpu")
        if any(s.name == "memory" and s.unit == "GigaBYTE" and s.value >= 80 for s in catalogue.entries[key].specs)
    }
    assert {"hardware/nvidia-a100", "hardware/nvidia-h100", "hardware/amd-instinct-mi300x"} <= large
    assert "hardware/nvidia-geforce-rtx-4090" not in large


def test_every_figure_has_its_source(catalogue):
    specs = [spec for entry in catalogue.entries.values() for spec in entry.specs]
    assert len(specs) > 400
    assert {spec.source.split(",")[0] for spec in specs} == {"Epoch AI", "MLCommons"}


def test_every_name_but_an_ambiguous_one_finds_its_own_entry(catalogue):
    lost = [
        (name, entry.key)
        for entry in catalogue.entries.values()
        if entry.type == "Hardware"
        for name in (entry.label, *entry.aliases)
        if entry.key not in [match.key for match in catalogue.lookup(name, "Hardware")]
    ]
    assert lost == []


def test_a_compiled_catalogue_is_read_from_the_cache_and_a_damaged_one_is_made_again(tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    texts = [("vendors.yaml", VENDORS), ("hardware.yaml", "entries:\n- {label: GPU}\n")]
    made = []

    def compile_():
        made.append(1)
        return compiled(texts, [])

    def kept():
        return cache.kept("catalogue", cache.fingerprint(texts), Built, compile_)

    first = kept()
    assert kept() == first
    assert len(made) == 1
    (stored,) = tmp_path.iterdir()
    stored.write_bytes(b"damaged")
    assert kept() == first
    assert len(made) == 2


@pytest.mark.parametrize("place", ["file/below", "off"])
def test_without_a_folder_to_write_to_the_catalogue_is_compiled_all_the_same(tmp_path, monkeypatch, place):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("KG_CACHE", place if place == "off" else str(tmp_path / place))
    texts = [("vendors.yaml", VENDORS)]
    assert "vendor/acme" in cache.kept("catalogue", "1", Built, lambda: compiled(texts, [])).vendors


def test_the_cache_keeps_only_the_newest_catalogues(tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(tmp_path))
    built = compiled([("vendors.yaml", VENDORS)], [])
    for number in range(12):
        cache.kept("catalogue", str(number), Built, lambda: built)
    assert len(list(tmp_path.iterdir())) == 8
