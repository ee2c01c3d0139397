"""Trains `weights.json` on labelled sentences and letters: `make weigh`. Only this script needs scikit-learn.

Each speech act gets a logistic regression on the features of single sentences. An L1 penalty chooses the features; a
second fit, with an L2 penalty, weighs them.

- `faults.jsonl` has single sentences, with the faults they have, or none.
- `welcome.jsonl` has single sentences without faults, with the welcome labels they earn.
- `learn.jsonl` has letters with their labels and, for each sentence that has a fault, its faults. Nobody has said which
  sentence of a letter earns it a welcome label: those with a phrase of that label at first and then, twice, those that
  the model of the round before picks out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etiquette.drafts.features import Family, Feature, sentence_features
from etiquette.drafts.model import WEIGHTS, Model, SpeechAct
from etiquette.drafts.tokens import Sentence, sentences

HERE = Path(__file__).parent
MOST_WEIGHTS = {
    SpeechAct.ASKS_OUTCOME: 180,
    SpeechAct.DEMANDS: 290,
    SpeechAct.BEGS: 130,
    SpeechAct.APOLOGISES: 60,
    SpeechAct.PRESUMES: 65,
    SpeechAct.WRITES_AGAIN: 75,
}
MOST_WELCOME_WEIGHTS = 33
FEWEST_SENTENCES = 3
CHOOSING, WEIGHING = 0.3, 3.0  # the inverse strengths of the two penalties
ROUNDS = 3
IN_LETTERS = 2.0  # how much an innocent sentence of a letter counts: most of what is judged is like that
UNHEARD = 0.3  # the share of faults that no phrasebook has, which is larger outside the sentences they were written for


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, its speech acts, and how much it counts. `letter` is the number of its letter, if it is from one."""

    features: frozenset[Feature]
    speech_acts: frozenset[str]
    letter: int | None = None
    weight: float = 1.0


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


def with_unheard(examples: Iterable[Example]) -> Iterator[Example]:
    """The examples, those with faults also as if no phrasebook had their words."""
    for example in examples:
        if not example.speech_acts:
            yield replace(example, weight=IN_LETTERS if example.letter is not None else 1.0)
        else:
            yield replace(example, weight=1 - UNHEARD)
            without = frozenset(each for each in example.features if each.family is not Family.PHRASES)
            yield replace(example, features=without, weight=UNHEARD)


class Learner:
    """Learns models over one table of examples."""

    def __init__(self, examples: Sequence[Example]) -> None:
        from scipy.sparse import csr_matrix

        counts = Counter(each for example in examples for each in example.features)
        self.columns = sorted(each for each, count in counts.items() if count >= FEWEST_SENTENCES)
        self.places = {each: place for place, each in enumerate(self.columns)}
        cells = [
            (row, self.places[each])
            for row, example in enumerate(examples)
            for each in example.features
            if each in self.places
        ]
        rows, columns = zip(*cells, strict=True)
        self.matrix = csr_matrix(([1.0] * len(cells), (rows, columns)), shape=(len(examples), len(self.columns)))

    def learn(self, truth: Sequence[bool], counting: Sequence[float], most: int) -> Model:
        """A model with at most this number of weights. `counting` is how much each example counts."""
        import numpy
        from sklearn.linear_model import LogisticRegression

        choosing = LogisticRegression(C=CHOOSING, l1_ratio=1, solver="liblinear", max_iter=500)
        sizes = numpy.abs(choosing.fit(self.matrix, truth, sample_weight=counting).coef_[0])
        chosen = [place for place in numpy.argsort(-sizes)[:most] if sizes[place] > 0]
        weighing = LogisticRegression(C=WEIGHING, solver="liblinear", max_iter=500)
        weighing.fit(self.matrix[:, chosen], truth, sample_weight=counting)
        weights = zip((self.columns[place] for place in chosen), weighing.coef_[0], strict=True)
        return Model(
            round(float(weighing.intercept_[0]), 2), {each: round(float(weight), 2) for each, weight in sorted(weights)}
        )


def weigh() -> dict[SpeechAct, Model]:
    """The model of each speech act."""
    letters = read("learn.jsonl")
    welcome_examples = [*in_letters(letters), *alone("welcome.jsonl")]
    faulty_examples = list(with_unheard([*welcome_examples, *alone("faults.jsonl")]))
    welcome_learner, fault_learner = Learner(welcome_examples), Learner(faulty_examples)
    counting = [example.weight for example in faulty_examples]
    return {
        act: fault_learner.learn(
            [act in example.speech_acts for example in faulty_examples], counting, MOST_WEIGHTS[act]
        )
        if act in MOST_WEIGHTS
        else welcome_model(welcome_learner, act, letters, welcome_examples)
        for act in SpeechAct
    }


def welcome_model(
    learner: Learner, act: SpeechAct, letters: Sequence[dict[str, Any]], examples: Sequence[Example]
) -> Model:
    """Learn a welcome speech act. In a letter that has its label, the sentences that earn it are found in rounds."""
    model = Model(-0.5, {Feature(Family.PHRASES, act): 1.0})
    for each_round in range(ROUNDS):
        scores = [model.log_odds(example.features) for example in examples]
        best: dict[int | None, float] = {}
        for example, score in zip(examples, scores, strict=True):
            best[example.letter] = max(score, best.get(example.letter, score))
        truth, counting = [], []
        for example, score in zip(examples, scores, strict=True):
            labelled = example.letter is not None and letters[example.letter]["labels"][act]
            truth.append((labelled and score in (best[example.letter], max(score, 0.0))) or act in example.speech_acts)
            unclear = labelled and best[example.letter] <= 0 and not each_round  # which sentence it is, nothing tells
            counting.append(0.0 if unclear else 1.0)
        model = learner.learn(truth, counting, MOST_WELCOME_WEIGHTS)
    return model


def main() -> int:
    """Write the weights."""
    learnt = weigh()
    text = ",\n".join(
        f'"{act}": {{"intercept": {model.intercept}, "weights": [\n'
        + ",\n".join(
            json.dumps([feature.family, feature.name, weight], ensure_ascii=False)
            for feature, weight in model.weights.items()
        )
        + "\n]}"
        for act, model in learnt.items()
    )
    WEIGHTS.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")
    print(sum(len(model.weights) for model in learnt.values()), "weights")
    return 0


if __name__ == "__main__":
    sys.exit(main())
