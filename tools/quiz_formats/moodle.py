"""Moodle XML, which Moodle reads with pictures, formulas and feedback: `write(quiz, path)`."""

import base64
from xml.etree import ElementTree

from tools.quiz import for_mathjax, in_line, share, to_html


def write(quiz, path):
    """Write a quiz as questions of one category, which has its title."""
    root = ElementTree.Element("quiz")
    category = ElementTree.SubElement(root, "question", type="category")
    name = ElementTree.SubElement(category, "category")
    ElementTree.SubElement(name, "text").text = f"$course$/top/{quiz.title.replace('/', '//')}"
    for question in quiz.questions:
        _add(root, question)
    ElementTree.indent(root)
    path.write_bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(root, question):
    item = ElementTree.SubElement(root, "question", type="multichoice")
    name = ElementTree.SubElement(item, "name")
    ElementTree.SubElement(name, "text").text = question.title
    asked = _text(item, "questiontext", to_html(question.stem, for_mathjax))
    if question.image:
        _add_image(asked, question.image)
    _text(item, "generalfeedback", to_html(question.why, for_mathjax))
    ElementTree.SubElement(item, "idnumber").text = question.name
    ElementTree.SubElement(item, "defaultgrade").text = "1"
    ElementTree.SubElement(item, "single").text = str(not question.many).lower()
    ElementTree.SubElement(item, "shuffleanswers").text = "true"
    ElementTree.SubElement(item, "answernumbering").text = "abc"
    for choice in question.choices:
        part = share(question, choice)
        answer = ElementTree.SubElement(item, "answer", fraction=f"{part:.7g}", format="html")
        ElementTree.SubElement(answer, "text").text = in_line(choice.text, for_mathjax)
        _text(answer, "feedback", to_html(choice.feedback, for_mathjax))


def _text(parent, tag, html):
    element = ElementTree.SubElement(parent, tag, format="html")
    ElementTree.SubElement(element, "text").text = html
    return element


def _add_image(asked, image):
    text = asked.find("text")
    name = f"{image.name}.png"
    tag = ElementTree.Element("img", src=f"@@PLUGINFILE@@/{name}", alt=image.alt)
    text.text += f"\n<p>{ElementTree.tostring(tag, encoding='unicode')}</p>"
    file = ElementTree.SubElement(asked, "file", name=name, path="/", encoding="base64")
    file.text = base64.b64encode(image.png).decode()
