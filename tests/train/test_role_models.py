"""The linear models of the relation rules, on rows of our own."""

from kg.train.roles import Row, fit

ROWS = [
    Row(f"p{k}", frozenset({f"preposition: {word}"}), role)
    for k in range(6)
    for word, role in (("for", "targets"), ("on", "evaluated_on"), ("than", "compared_with"))
]


def test_a_model_learns_which_class_a_cue_speaks_for() -> None:
    model = fit(ROWS, strength=1.0)
    chances = dict(zip(model.classes, model.probability({"preposition: than"}), strict=True))
    assert max(chances, key=chances.__getitem__) == "compared_with"


def test_leaning_to_a_class_raises_its_bias_by_as_much_and_moves_nothing_else() -> None:
    plain, leaning = fit(ROWS), fit(ROWS, lean={"targets": 0.5})
    moved = [round(b - a, 6) for a, b in zip(plain.bias, leaning.bias, strict=True)]
    assert dict(zip(plain.classes, moved, strict=True)) == {"compared_with": 0.0, "evaluated_on": 0.0, "targets": 0.5}
    assert plain.weights == leaning.weights
