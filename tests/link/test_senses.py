"""Which sense an abbreviation has, by the papers that spell it out."""

from __future__ import annotations

from kg.link.senses import Senses


def test_a_longer_name_that_has_the_abbreviation_for_a_word_spells_nothing_out() -> None:
    senses = Senses()
    for _ in range(3):
        senses.add("FPGAs", "FPGA accelerators")
    senses.add("FPGA", "field-programmable gate array")
    names = ("FPGA", "field-programmable gate array")
    assert senses.verdict("FPGA", names, is_listed=True, hardware=True).clear
