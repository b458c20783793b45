"""The user's own file: add, rename, merge, split, ban, keep apart. It wins over what is packaged."""

import re
from pathlib import Path

import pytest

from kg.catalogue import Catalogue, load
from kg.catalogue.load import compiled
from kg.errors import CatalogueError, InputError

VENDORS = "type: Vendor\nentries:\n- {id: nvidia, label: NVIDIA}\n- {id: amd, label: AMD, aliases: [Xilinx]}\n"
HARDWARE = """
type: Hardware
entries:
- {label: accelerator}
- {label: NPU, broader: [accelerator]}
- {label: GPU, broader: [accelerator]}
- {label: FPGA}
- {label: Xilinx FPGA, vendor: amd, broader: [fpga]}
- {label: Xilinx Virtex, vendor: amd, broader: [xilinx-fpga]}
- {label: NVIDIA GPU, vendor: nvidia, broader: [gpu]}
- {label: NVIDIA data center GPU, vendor: nvidia, broader: [nvidia-gpu]}
- {label: NVIDIA A100, aliases: [A100, A100 80GB, A100-SXM4-80GB], vendor: nvidia, broader: [nvidia-data-center-gpu]}
- {label: NVIDIA DGX Spark, vendor: nvidia, ambiguous: [Spark]}
"""


def mine(text=""):
    """A small packaged catalogue with the user's file applied."""
    return Catalogue(compiled([("vendors.yaml", VENDORS), ("hardware.yaml", HARDWARE)], [("mine.yaml", text)]))


def keys(catalogue, name):
    return [match.key for match in catalogue.lookup(name, "Hardware")]


def test_an_entry_is_added_under_a_packaged_one():
    catalogue = mine("entries:\n- {label: Acme T1000, aliases: [T1000], kind: npu, broader: [npu], year: 2024}\n")
    assert keys(catalogue, "T1000") == ["hardware/acme-t1000"]
    assert "hardware/accelerator" in catalogue.ancestors("hardware/acme-t1000")
    assert catalogue.entries["hardware/acme-t1000"].source == "user"


def test_an_entry_of_a_known_id_adds_names_and_replaces_fields():
    entry = mine("entries:\n- {id: nvidia-a100, aliases: [our big card], year: 2021}\n").entries["hardware/nvidia-a100"]
    assert {"our big card", "A100"} <= set(entry.aliases)
    assert (entry.label, entry.year) == ("NVIDIA A100", 2021)


def test_a_name_that_the_user_gives_to_an_entry_is_taken_from_the_packaged_one():
    catalogue = mine("entries:\n- {label: A100 road, aliases: [A100], kind: unit}\n")
    assert keys(catalogue, "A100") == ["hardware/a100-road"]
    assert keys(catalogue, "A100 80GB") == ["hardware/nvidia-a100"]


def test_an_entry_is_renamed_and_keeps_its_old_label_as_a_name():
    catalogue = mine("rename:\n- {key: nvidia-a100, label: A100 Tensor Core accelerator}\n")
    assert catalogue.entries["hardware/nvidia-a100"].label == "A100 Tensor Core accelerator"
    assert keys(catalogue, "NVIDIA A100") == ["hardware/nvidia-a100"]


def test_two_entries_are_merged_and_what_stood_below_follows():
    catalogue = mine("merge:\n- {into: fpga, from: [xilinx-fpga, method/fpga-acceleration]}\n")
    assert keys(catalogue, "Xilinx FPGA") == ["hardware/fpga"]
    assert "hardware/fpga" in catalogue.entries["hardware/xilinx-virtex"].broader
    assert catalogue.decisions.merged == {
        "hardware/xilinx-fpga": "hardware/fpga",
        "method/fpga-acceleration": "hardware/fpga",
    }


def test_names_are_split_off_into_an_entry_below():
    catalogue = mine("split:\n- {from: nvidia-a100, names: [A100 80GB, A100-SXM4-80GB], label: NVIDIA A100 80GB}\n")
    assert keys(catalogue, "A100-SXM4-80GB") == ["hardware/nvidia-a100-80gb"]
    assert keys(catalogue, "A100") == ["hardware/nvidia-a100"]
    assert catalogue.entries["hardware/nvidia-a100-80gb"].broader == ("hardware/nvidia-a100",)


def test_a_banned_name_finds_nothing_and_a_banned_entry_is_gone():
    catalogue = mine("ban:\n- {name: Spark, type: Hardware}\n- {key: nvidia-data-center-gpu}\n")
    assert keys(catalogue, "Spark") == []
    assert ("Hardware", "spark") in catalogue.decisions.banned
    assert "hardware/nvidia-data-center-gpu" not in catalogue.entries
    assert "hardware/nvidia-gpu" in catalogue.ancestors("hardware/nvidia-a100")


def test_keys_that_are_kept_apart_are_a_sorted_pair():
    catalogue = mine("distinct:\n- {keys: [model/moe, method/moe]}\n")
    assert catalogue.decisions.distinct == {("method/moe", "model/moe")}


def test_every_wrong_decision_is_reported_with_its_line_at_once():
    with pytest.raises(CatalogueError) as caught:
        mine(
            "rename:\n"
            "- {key: nvidia-a1000000, label: X}\n"
            "merge:\n"
            "- {into: nowhere, from: [nvidia-a100]}\n"
            "- {into: gpu}\n"
            "split:\n"
            "- {from: gpu, names: [toaster]}\n"
            "ban:\n"
            "- {type: Hardware}\n"
            "distinct:\n"
            "- {keys: [gpu]}\n"
            "- {keys: [spoon/gpu, fpga]}\n"
        )
    lines = str(caught.value).splitlines()
    assert "7 problems" in lines[0]
    assert [line.split("mine.yaml:")[1].split(":")[0] for line in lines[1:]] == ["2", "4", "5", "7", "9", "11", "12"]


def test_a_file_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="no catalogue file"):
        load([tmp_path / "none.yaml"])


def test_a_file_that_is_not_text_is_an_input_error(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        load([path])


def test_an_empty_file_changes_nothing():
    assert mine("").entries == mine("# nothing\n").entries
    assert len(mine("").entries) == 10


def test_figures_of_an_own_entry_are_taken():
    text = "entries:\n- {label: Acme T1000}\nfigures:\n- {of: acme-t1000, source: our data sheet, memory: 64}\n"
    (spec,) = mine(text).entries["hardware/acme-t1000"].specs
    assert (spec.name, spec.value, spec.unit, spec.source) == ("memory", 64.0, "GigaBYTE", "our data sheet")


def test_the_example_of_the_documentation_loads(tmp_path):
    text = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    catalogue = load([path])
    assert keys(catalogue, "V100 32GB") == ["hardware/nvidia-v100-32gb"]
    assert catalogue.decisions.merged["hardware/h100-cnx"] == "hardware/nvidia-h100"


def test_a_key_with_its_type_may_be_of_a_thing_that_only_papers_know():
    decisions = mine(
        "rename:\n- {key: method/foo, label: Foo decoding}\n"
        "ban:\n- {key: method/bar}\n"
        "split:\n- {from: method/foo, names: [FB], label: Foo bar}\n"
    ).decisions
    assert decisions.labels == {"method/foo": "Foo decoding"}
    assert decisions.gone == {"method/bar"}
    assert decisions.distinct == {("method/foo", "method/foo-bar")}


def test_the_names_of_a_banned_entry_are_banned():
    catalogue = mine("ban:\n- {key: nvidia-a100}\n")
    assert keys(catalogue, "A100") == []
    assert ("Hardware", "a100") in catalogue.decisions.banned


@pytest.mark.parametrize(
    "text",
    [
        "split:\n- {from: nvidia-a100, names: []}\n",
        "merge:\n- {into: [gpu], from: fpga}\n",
        "merge:\n- {into: gpu, from: [{a: b}]}\n",
        "ban:\n- {name: [Spark]}\n",
        "ban: [Spark]\n",
        "distinct:\n- [hardware/gpu, hardware/fpga]\n",
        "merge:\n- {into: gpu, from: [fpga]}\ndistinct:\n- {keys: [hardware/fpga, hardware/gpu]}\n",
    ],
)
def test_a_decision_of_another_form_or_against_another_is_a_problem(text):
    with pytest.raises(CatalogueError, match=r"1 problem:\nmine.yaml:\d"):
        mine(text)


@pytest.mark.parametrize("key", ["vendor", "spoon/x", "method/"])
def test_a_key_without_type_or_id_is_a_problem(key):
    with pytest.raises(CatalogueError, match="no key of a type and an id"):
        mine(f"type: Vendor\ndistinct:\n- {{keys: [{key}, method/x]}}\n")
