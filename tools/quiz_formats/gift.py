"""GIFT, text that Moodle and others read; a picture stands in it as bytes: `write(quiz, path)`."""

import base64
import re
from xml.etree import ElementTree

from tools.quiz import for_mathjax, in_line, share, to_html


def write(quiz, path):
    """Write a quiz as questions of one category, which has its title."""
    blocks = [f"$CATEGORY: $course$/top/{quiz.title}", *map(_question, quiz.questions)]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _question(question):
    stem = to_html(question.stem, for_mathjax)
    if question.image:
        data = base64.b64encode(question.image.png).decode()
        tag = ElementTree.Element(
            "img", src=f"data:image/png;base64,{data}", alt=question.image.alt
        )
        stem += f"<p>{ElementTree.tostring(tag, encoding='unicode')}</p>"
    lines = [f"// {question.name}", f"::{_escaped(question.title)}::[html]{_escaped(stem)} {{"]
    lines += [_choice(question, choice) for choice in question.choices]
    if question.why:
        lines.append(f"####{_escaped(to_html(question.why, for_mathjax))}")
    return "\n".join([*lines, "}"])


def _choice(question, choice):
    sign = "=" if choice.right else "~"
    if question.many:
        sign = f"~%{share(question, choice):.7g}%"
    text, feedback = (in_line(words, for_mathjax) for words in (choice.text, choice.feedback))
    return f"\t{sign}{_escaped(text)}#{_escaped(feedback)}"


def _escaped(text):
    """HTML in one line, as an empty one would end the question, with GIFT's own signs escaped."""
    text = re.sub(r"[\\~=#{}:]", r"\\\g<0>", text)
    inside = re.compile(r"<pre>.*?</pre>", re.DOTALL)
    text = inside.sub(lambda found: found[0].replace("\n", "\\n"), text)
    return text.replace("\n", " ")
