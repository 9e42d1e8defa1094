"""QTI 1.2 as Canvas reads it, written by text2qti from its own Markdown: `write(quiz, path)`."""

import tempfile
import textwrap
from pathlib import Path

from text2qti.config import Config
from text2qti.qti import QTI
from text2qti.quiz import Quiz as Text2qtiQuiz


def write(quiz, path):
    """Write a quiz as a package, to be imported as a QTI .zip file."""
    with tempfile.TemporaryDirectory() as folder:
        text = in_markdown(quiz, Path(folder))
        QTI(Text2qtiQuiz(text, config=Config())).save(path)


def in_markdown(quiz, folder):
    """The quiz as text2qti reads it, which finds the pictures in a ``folder``."""
    parts = [f"Quiz title: {quiz.title}\nShuffle answers: true"]
    for number, question in enumerate(quiz.questions, 1):
        stem = question.stem
        if image := question.image:
            (file := folder / f"{image.name}.png").write_bytes(image.png)
            stem += f"\n\n![{image.alt}]({file.as_posix()})"
        lines = [f"Title: {question.title}", _indented(f"{number}. ", stem)]
        lines += [_indented("... ", question.why)] if question.why else []
        for choice in question.choices:
            mark = "*a) " if choice.right else "a) "
            if question.many:
                mark = "[*] " if choice.right else "[ ] "
            lines += [_indented(mark, choice.text), _indented("... ", choice.feedback)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _indented(mark, text):
    """A text after its mark, with all further lines below its first word."""
    return mark + textwrap.indent(text, " " * len(mark)).lstrip(" ")
