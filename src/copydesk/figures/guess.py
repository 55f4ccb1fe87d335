"""A guess that a figure asks for before it shows its punchline. It is never stored or graded."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass

from copydesk.text import t
from copydesk.text.numbers import number


@dataclass(frozen=True)
class Guess:
    """A question whose answer a figure shows: a number, out of ``total`` if there is one, or one of several options."""

    question: str
    answer: float | str
    total: float | None = None
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Reject a question that no one could answer.

        Raises:
            ValueError: the question is empty, or the answer is not one of the options.
        """
        if not self.question.strip():
            raise ValueError(t("guess.no_question"))
        if self.options and self.answer not in self.options:
            raise ValueError(t("guess.no_answer", answer=self.answer))

    def ask(self, shown: str) -> str:
        """Return the question, with what is shown folded away below it.

        ``js/views/figure-guess.js`` says how the guess compares with the figure. Without a script the question
        and the fold are still there.
        """
        sentences = {name: html.escape(text) for name, text in self._sentences().items()}
        show = html.escape(t("guess.show"))
        data = " ".join(f'data-{name}="{text}"' for name, text in sentences.items())
        return (
            f'<div class="copydesk-guess" data-lm-suppress-shortcuts="true" {data}>'
            f"{self._options() if self.options else self._field()}"
            '<p class="copydesk-guess-said" role="status"></p>'
            f"<details><summary>{show}</summary>{shown}</details></div>"
        )

    def _field(self) -> str:
        largest = "" if self.total is None else f' max="{number(self.total)}"'
        after = "" if self.total is None else " " + html.escape(t("guess.total", total=number(self.total)))
        field = f'<input type="number" inputmode="decimal" min="0" step="any"{largest} autocomplete="off">'
        field = f'<span class="copydesk-guess-field">{field}{after}</span>'
        return f"<p><label>{html.escape(self.question)} {field}</label></p>"

    def _options(self) -> str:
        # Two notebooks can be open on one page of JupyterLab: each question has its own choice.
        name = f"copydesk-guess-{hashlib.sha256(self.question.encode()).hexdigest()[:8]}"
        rows = []
        for option in self.options:
            text = html.escape(option)
            rows.append(f'<label><input type="radio" name="{name}" value="{text}"> {text}</label>')
        return f"<fieldset><legend>{html.escape(self.question)}</legend>{''.join(rows)}</fieldset>"

    def _sentences(self) -> dict[str, str]:
        """Return the answer as compared, and what is said after a guess, after the right guess, and without one."""
        if isinstance(self.answer, str):
            answer = t("guess.quoted", words=self.answer)
            guess = t("guess.quoted", words="{guess}")
        else:
            answer, guess = number(self.answer), "{guess}"
        said = t("guess.said", guess=guess, answer=answer)
        if self.total is not None:
            total = number(self.total)
            said = t("guess.said_of", guess=guess, answer=answer, total=total)
            answer = t("guess.of", answer=answer, total=total)
        same, none = t("guess.same", answer=answer), t("guess.none", answer=answer)
        compared = self.answer if isinstance(self.answer, str) else number(self.answer)
        return {"answer": compared, "said": said, "same": same, "none": none}
