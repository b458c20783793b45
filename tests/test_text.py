"""Normal forms of names and the cleaning of input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import clean, dashes, lookup_key, normal, one_line, singular, slug, unlatex

NAMES = st.text(max_size=30) | st.text(alphabet="aAsSeExyYiI01 -_.+/$\\{}'pmchz", max_size=14)


@given(NAMES)
def test_looking_up_a_key_gives_the_key(name: str) -> None:
    assert lookup_key(lookup_key(name)) == lookup_key(name)


@given(NAMES)
def test_the_slug_of_a_slug_is_itself_and_never_empty(name: str) -> None:
    assert slug(slug(name)) == slug(name) != ""


@given(st.text(alphabet=st.characters(codec=None)))
def test_cleaning_twice_is_cleaning_once_and_can_be_written(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    clean(text).encode("utf-8")


@given(st.text())
def test_normal_forms_are_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)
    assert one_line(one_line(text)) == one_line(text)
    assert len(dashes(text)) == len(text)


@pytest.mark.parametrize(
    "names",
    [
        ("FlashAttention", "Flash Attention", "flash-attention", "FLASH_ATTENTION", "Flash\u2011Attention"),
        ("LLMs", "LLM", "llms"),
        ("A100s", "A100", "A-100", "a 100"),
        ("GPT-4", "GPT4", "gpt 4"),
        ("libraries", "library"),
        ("caches", "cache"),
        ("boxes", "box"),
        ("movies", "movie"),
        ("KV cache", "KV-Caches", r"\textbf{KV} cache"),
        ("π0", r"$\pi_0$", "π₀"),
        ("Poincaré", "Poincare", r"Poincar\'e"),
        ("Tensor Cores", "tensor core™"),
        ("Llama-2-7B", "LLaMA 2 7b"),
        ("FLOPs", "FLOP", "FLOPS"),
    ],
)
def test_spellings_of_one_name_share_a_key(names: tuple[str, ...]) -> None:
    assert len({lookup_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Llama 2 7B", "Llama 27B"),
        ("L40S", "L40"),
        ("C++", "C"),
        ("Llama 3.1", "Llama 31"),
        ("pass@1", "pass 1"),
        ("loss", "los"),
        ("iOS", "IO"),
        ("I/O", "IO"),
    ],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert lookup_key(one) != lookup_key(other)


@pytest.mark.parametrize("name", ["loss", "GPS", "L40S", "V100S", "iOS", "AWS", "class"])
def test_names_that_only_look_plural_stay(name: str) -> None:
    assert singular(name) == name


def test_control_characters_and_lone_surrogates_are_dropped_and_line_breaks_kept() -> None:
    assert clean("\ufeffone\x07\ud83d two\r\nthree\u202e\x00\n") == "one two\nthree"


def test_ordinary_text_is_left_alone() -> None:
    text = "We reach 20\\% – or 3.1× – on naïve 模型 👩‍💻."
    assert clean(text) == text


def test_latex_without_a_meaning_here_is_left_alone() -> None:
    assert unlatex(r"costs \$5 and $x^{2}$ of \unknown{it}") == r"costs $5 and x2 of \unknownit"
