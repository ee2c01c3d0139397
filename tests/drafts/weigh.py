"""Trains `weights.json` on labelled sentences and letters: `make weigh`. Only this script needs scikit-learn.

Each speech act gets a logistic regression on the features of single sentences. An L1 penalty chooses the features; a second
fit, with an L2 penalty, weighs them. `learn.jsonl` has letters with their labels, and for each letter that has a fault
the sentences that have it. Nobody has said which sentence of a letter earns it a welcome label, such as thanks: those
that have a phrase of that label at first and then, twice, those that the model of the round before picks out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etiquette.drafts.features import Family, Feature, sentence_features
from etiquette.drafts.model import WEIGHTS, SpeechAct
from etiquette.drafts.tokens import Sentence, sentences

HERE = Path(__file__).parent
MOST_WEIGHTS = {
    SpeechAct.ASKS_OUTCOME: 170,
    SpeechAct.DEMANDS: 270,
    SpeechAct.BEGS: 140,
    SpeechAct.APOLOGISES: 70,
    SpeechAct.PRESUMES: 100,
    SpeechAct.WRITES_AGAIN: 50,
}
MOST_WELCOME_WEIGHTS = 33
FEWEST_SENTENCES = 3
CHOOSING, WEIGHING = 0.3, 3.0  # the inverse strengths of the two penalties
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and its speech acts. `letter` is the number of the letter that it is from, if it is from one."""

    features: frozenset[Feature]
    speech_acts: frozenset[str]
    letter: int | None = None


def read(name: str) -> list[dict[str, Any]]:
    """The entries of a file of JSON lines in this folder."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def alone(name: str) -> list[Example]:
    """The examples of a file of single sentences. What takes two sentences to say is learned from the first."""
    examples = []
    for entry in read(name):
        parted = sentences(entry["text"])
        for sentence in parted[:1] if entry["labels"] else parted:
            examples.append(Example(sentence_features(sentence), frozenset(entry["labels"])))
    return examples


def in_letters(letters: Sequence[dict[str, Any]]) -> list[Example]:
    """The sentences of letters, with the faults that they have."""
    return [
        Example(sentence_features(sentence), frozenset(letter["faults"].get(quoted(letter, sentence), ())), number)
        for number, letter in enumerate(letters)
        for sentence in sentences(letter["text"])
    ]


def quoted(letter: dict[str, Any], sentence: Sentence) -> str:
    """A sentence as it is in its letter."""
    text: str = letter["text"]
    return text[sentence.words[0].start : sentence.words[-1].end]


class Learner:
    """Learns models over one table of examples."""

    def __init__(self, examples: Sequence[Example]) -> None:
        from scipy.sparse import csr_matrix

        counts = Counter(each for example in examples for each in example.features)
        self.columns = sorted(each for each, count in counts.items() if count >= FEWEST_SENTENCES)
        places = {each: place for place, each in enumerate(self.columns)}
        cells = [
            (row, places[each]) for row, example in enumerate(examples) for each in example.features if each in places
        ]
        rows, columns = zip(*cells, strict=True)
        self.matrix = csr_matrix(([1.0] * len(cells), (rows, columns)), shape=(len(examples), len(self.columns)))

    def learn(self, rows: Sequence[int], truth: Sequence[bool], most: int) -> tuple[float, list[tuple[Feature, float]]]:
        """The intercept and the weights, at most this number, learned from these rows of the table."""
        import numpy
        from sklearn.linear_model import LogisticRegression

        matrix = self.matrix[rows]
        choosing = LogisticRegression(C=CHOOSING, penalty="l1", solver="liblinear", max_iter=500).fit(matrix, truth)
        sizes = numpy.abs(choosing.coef_[0])
        chosen = [place for place in numpy.argsort(-sizes)[:most] if sizes[place] > 0]
        weighing = LogisticRegression(C=WEIGHING, solver="liblinear", max_iter=500).fit(matrix[:, chosen], truth)
        weights = [(self.columns[place], float(weight)) for place, weight in zip(chosen, weighing.coef_[0], strict=True)]
        return float(weighing.intercept_[0]), weights

    def log_odds(self, intercept: float, weights: Iterable[tuple[Feature, float]]) -> Any:
        """The log-odds of every row of the table."""
        import numpy

        vector = numpy.zeros(len(self.columns))
        places = {each: place for place, each in enumerate(self.columns)}
        for each, weight in weights:
            vector[places[each]] = weight
        return self.matrix @ vector + intercept


def weigh() -> dict[str, Any]:
    """The intercept and the weights of each speech act."""
    letters = read("learn.jsonl")
    examples = [*in_letters(letters), *alone("welcome.jsonl"), *alone("faults.jsonl")]
    welcome_rows = [row for row in range(len(in_letters(letters)) + len(alone("welcome.jsonl")))]
    learner = Learner(examples)
    learnt: dict[str, Any] = {}
    for act in SpeechAct:
        if act in MOST_WEIGHTS:
            truth = [act in example.speech_acts for example in examples]
            intercept, weights = learner.learn(range(len(examples)), truth, MOST_WEIGHTS[act])
        else:
            intercept, weights = welcome(learner, act, letters, [examples[row] for row in welcome_rows])
        learnt[act] = {
            "intercept": round(intercept, 2),
            "weights": [[each.family, each.name, round(weight, 2)] for each, weight in sorted(weights)],
        }
    return learnt


def welcome(
    learner: Learner, act: SpeechAct, letters: Sequence[dict[str, Any]], examples: Sequence[Example]
) -> tuple[float, list[tuple[Feature, float]]]:
    """Learn a welcome speech act. In a letter that has its label, the sentences that earn it are found in rounds."""
    has_phrase = Feature(Family.PHRASES, act)
    scores = [1.0 if has_phrase in example.features else -1.0 for example in examples]
    intercept, weights = 0.0, []
    for _ in range(ROUNDS):
        best: dict[int, float] = {}
        for example, score in zip(examples, scores, strict=True):
            if example.letter is not None:
                best[example.letter] = max(score, best.get(example.letter, score))
        rows, truth = [], []
        for row, (example, score) in enumerate(zip(examples, scores, strict=True)):
            if example.letter is None:
                has = act in example.speech_acts
            elif letters[example.letter]["labels"][act]:
                if best[example.letter] <= 0 and not weights:
                    continue  # nothing tells yet which sentence it is
                has = score > 0 or score == best[example.letter]
            else:
                has = False
            rows.append(row)
            truth.append(has)
        intercept, weights = learner.learn(rows, truth, MOST_WELCOME_WEIGHTS)
        scores = learner.log_odds(intercept, weights)[: len(examples)]
    return intercept, weights


def main() -> int:
    """Write the weights."""
    learnt = weigh()
    lines = [
        f"{json.dumps(act)}: {{\"intercept\": {model['intercept']}, \"weights\": [\n"
        + ",\n".join(json.dumps(weight, ensure_ascii=False) for weight in model["weights"])
        + "\n]}"
        for act, model in learnt.items()
    ]
    WEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(", ".join(f"{act} {len(model['weights'])}" for act, model in learnt.items()))
    print(sum(len(model["weights"]) for model in learnt.values()), "weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
