"""Count what abbreviations stand for in files of papers: the table `kg/link/abbreviations.tsv`.

    python benchmarks/abbreviations.py papers/*.parquet --leave-out 5 > kg/link/abbreviations.tsv

With `--leave-out 5` every fifth paper, from the first on, is not counted, so that these can judge the table.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict

from kg.abbreviations import pairs
from kg.link.names import abbreviates, may_abbreviate, related, singular
from kg.records import Paper
from kg.sources import read
from kg.text import lookup_key

_PAPERS = 5  # an abbreviation that fewer papers spell out is left out
_CASED = 3  # so many must spell out a rarer capitalisation for it to be another abbreviation
_FORMS = 10  # long forms kept of each
_HEADER = (
    "# abbreviation, how it is compared (fold or exact), long forms each with the papers that spell it out so;\n"
    "# made by benchmarks/abbreviations.py from 80,000 abstracts of computer science (arXiv, CC0 metadata)\n"
)
Forms = list[tuple[str, int]]


def counted(files: list[str], leave_out: int) -> dict[str, Counter[str]]:
    """Abbreviation -> long form, as most often written, -> papers."""
    written: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for number, paper in enumerate(item for item in read(files, None) if isinstance(item, Paper)):
        if leave_out and number % leave_out == 0:
            continue
        text = paper.text
        said = {}
        for pair in pairs(text):
            short = singular(text[pair.short_start : pair.short_end])
            long = " ".join(text[pair.long_start : pair.long_end].split())
            clean = not set(long) & set("\\{}$|:")
            if clean and (abbreviates(short, long) or may_abbreviate(short, long)):
                said[short, lookup_key(long)] = long
        for (short, key), long in said.items():
            written[short][key][long] += 1
    return {
        short: Counter({min(names, key=lambda n: (-names[n], n)): sum(names.values()) for names in forms.values()})
        for short, forms in written.items()
    }


def joined(forms: Counter[str]) -> Forms:
    """Long forms with their variants counted to the most frequent one; those of a single paper left out."""
    out: list[tuple[str, int]] = []
    for name, papers in sorted(forms.items(), key=lambda item: (-item[1], item[0])):
        same = next((i for i, (other, _) in enumerate(out) if related(other, name)), None)
        if same is None:
            out.append((name, papers))
        else:
            out[same] = (out[same][0], out[same][1] + papers)
    return sorted((f for f in out if f[1] > 1), key=lambda f: (-f[1], f[0]))[:_FORMS]


def rows(counts: dict[str, Counter[str]]) -> list[str]:
    """The lines of the table, by abbreviation without case."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for short in counts:
        by_key[short.lower()].append(short)
    out = []
    for _, variants in sorted(by_key.items()):
        most, *others = sorted(variants, key=lambda s: (-sum(counts[s].values()), s))
        forms = counts[most]
        top = joined(forms)
        for other in others:
            own = joined(counts[other])
            if sum(counts[other].values()) >= _CASED and own and top and not related(own[0][0], top[0][0]):
                out.append(_row(other, "exact", own))
            else:
                forms = forms + counts[other]
        top = joined(forms)
        if sum(papers for _, papers in top) >= _PAPERS:
            out.append(_row(most, "fold", top))
    return out


def _row(short: str, how: str, forms: Forms) -> str:
    return "\t".join((short, how, *(f"{name}:{papers}" for name, papers in forms)))


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("papers", nargs="+", help="files of papers")
    parser.add_argument("--leave-out", type=int, default=0, help="leave every n-th paper out")
    chosen = parser.parse_args()
    lines = rows(counted(chosen.papers, chosen.leave_out))
    sys.stdout.write(_HEADER + "".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()
