"""Learns `weights.json` from the labelled drafts: `make weigh`. Needs scikit-learn, which nothing else here does.

One logistic regression a label, and one a tone, on the evidence of each draft. Evidence that fewer than three drafts
hold is left out, single words count for less than phrases, and weights that change little are dropped.
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

LEARN = Path(__file__).parent / "learn.jsonl"
OWN = {Label.GROVELS: ("apologetic_desperate", "begs"), Label.ATTACHES_REFERENCES: ("attaches_references", "promises")}
RAREST, WORD_STRENGTH, SLIGHTEST = 3, 0.35, 0.03


def features(draft: dict[str, Any]) -> dict[str, float]:
    """The evidence of a draft as numbers."""
    return {
        name: strength(name, spans) * (WORD_STRENGTH if name.startswith("word") else 1.0)
        for name, spans in gather(draft["text"], draft["kind"]).items()
    }


def concerns(name: str, target: Label | Tone) -> bool:
    """Whether evidence counts for a label: that there is a phrase at all says something of its own label alone."""
    if isinstance(target, Tone) or not name.startswith("has "):
        return True
    return name.split()[-1] in OWN.get(target, (target.value,))


def weigh(drafts: list[dict[str, Any]]) -> dict[str, Any]:
    """For each label and tone, the weight of each piece of evidence, and what it starts from."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    gathered = [features(draft) for draft in drafts]
    counted = Counter(name for each in gathered for name in each)
    kept = [{name: value for name, value in each.items() if counted[name] >= RAREST} for each in gathered]
    targets: dict[Label | Tone, list[bool]] = {label: [draft["labels"][label] for draft in drafts] for label in LEARNT}
    targets |= {tone: [draft["verdict"] == tone for draft in drafts] for tone in Tone}
    weights: dict[str, Any] = {}
    for target, truth in targets.items():
        vectors = DictVectorizer()
        table = vectors.fit_transform(
            [{name: value for name, value in each.items() if concerns(name, target)} for each in kept]
        )
        model = LogisticRegression(C=0.5, max_iter=3000).fit(table, truth)
        named = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
        scaled = {
            name: round(float(weight) * (WORD_STRENGTH if name.startswith("word") else 1.0), 3)
            for name, weight in named
        }
        slight = {name: weight for name, weight in scaled.items() if abs(weight) >= SLIGHTEST}
        weights[target.value] = {"start": round(float(model.intercept_[0]), 3), "weights": slight}
    return weights


def main() -> int:
    """Write the weights anew."""
    drafts = [json.loads(line) for line in LEARN.read_text(encoding="utf-8").splitlines()]
    text = json.dumps(weigh(drafts), ensure_ascii=False, sort_keys=True, indent=0)
    WEIGHTS.write_text(text + "\n", encoding="utf-8")
    print(f"{len(drafts)} drafts, {len(text) / 1024:.0f} KiB of weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
