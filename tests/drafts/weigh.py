"""Trains `weights.json` on the labelled drafts: `make weigh`. Only this script needs scikit-learn.

It fits one logistic regression for each label and each tone on the features of the drafts. Features of fewer than three
drafts are left out, single words count less than phrases, and negligible weights are dropped.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from etiquette.drafts import Label, Tone
from etiquette.drafts.classify import LEARNT, WEIGHTS
from etiquette.drafts.features import gather, strength
from etiquette.drafts.tokens import sentences

TRAINING_SET = Path(__file__).parent / "learn.jsonl"
PHRASEBOOKS = {
    Label.GROVELS: ("apologetic_desperate", "begs"),
    Label.ATTACHES_REFERENCES: ("attaches_references", "promises"),
}
FEWEST_DRAFTS, WORD_STRENGTH, SMALLEST_WEIGHT = 3, 0.35, 0.03


def features(draft: dict[str, Any]) -> dict[str, float]:
    """The features of a draft and their values."""
    return {
        name: strength(name, spans) * (WORD_STRENGTH if name.startswith("word") else 1.0)
        for name, spans in gather(draft["text"], draft["kind"], sentences(draft["text"])).items()
    }


def concerns(name: str, target: Label | Tone) -> bool:
    """Whether a feature is used for a target: the presence of a phrase is used only for the label of that phrase."""
    if isinstance(target, Tone) or not name.startswith("has "):
        return True
    return name.split()[-1] in PHRASEBOOKS.get(target, (target.value,))


def weigh(drafts: list[dict[str, Any]]) -> dict[str, Any]:
    """The weight of each feature, and the intercept (`start`), for each label and tone."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    all_features = [features(draft) for draft in drafts]
    counts = Counter(name for each in all_features for name in each)
    kept = [{name: value for name, value in each.items() if counts[name] >= FEWEST_DRAFTS} for each in all_features]
    targets: dict[Label | Tone, list[bool]] = {label: [draft["labels"][label] for draft in drafts] for label in LEARNT}
    targets |= {tone: [draft["verdict"] == tone for draft in drafts] for tone in Tone}
    weights: dict[str, Any] = {}
    for target, truth in targets.items():
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform(
            [{name: value for name, value in each.items() if concerns(name, target)} for each in kept]
        )
        model = LogisticRegression(C=0.5, max_iter=3000).fit(matrix, truth)
        coefficients = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
        scaled = {
            name: round(float(weight) * (WORD_STRENGTH if name.startswith("word") else 1.0), 3)
            for name, weight in coefficients
        }
        kept_weights = {name: weight for name, weight in scaled.items() if abs(weight) >= SMALLEST_WEIGHT}
        weights[target.value] = {"start": round(float(model.intercept_[0]), 3), "weights": kept_weights}
    return weights


def main() -> int:
    """Write the weights."""
    drafts = [json.loads(line) for line in TRAINING_SET.read_text(encoding="utf-8").splitlines()]
    text = json.dumps(weigh(drafts), ensure_ascii=False, sort_keys=True, indent=0)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(f"{len(drafts)} drafts, {len(text) / 1024:.0f} KiB of weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
