"""Reads quizzes back from the files that platforms read: `from quiz_readers import READERS`.

Nothing here knows how they were written. What is read is words and formulas, so that two markups
of one text are the same: `words(html)`.
"""

import base64
import re
import zipfile
from html.parser import HTMLParser
from typing import NamedTuple
from xml.etree import ElementTree

QTI12 = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
QTI21 = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
FORMULA = re.compile(r"\\\((.*?)\\\)", re.DOTALL)


class Read(NamedTuple):
    """A question as it was read: texts as words, choices as (text, right, feedback)."""

    title: str
    stem: list
    choices: list
    why: list
    many: bool
    images: list  # (alt, bytes)


class Words(HTMLParser):
    """The words of a page, its formulas (one token each), and the addresses of its pictures."""

    def __init__(self):
        super().__init__()
        self.found, self.images, self._inside = [], [], 0

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self._inside += tag == "math"
        if tag == "math":
            self.found.append("$")
        if tag == "img" and given.get("class") == "equation_image":
            self.found.append("$" + "".join(given["data-equation-content"].split()))
        elif tag == "img":
            self.images.append((given["alt"], given["src"]))

    def handle_endtag(self, tag):
        self._inside -= tag == "math"

    def handle_data(self, data):
        if not self._inside:
            for place, part in enumerate(FORMULA.split(data)):
                self.found += (
                    ["$" + "".join(part.split())] if place % 2 else re.findall(r"\w+", part)
                )


def parsed(html):
    words = Words()
    words.feed(html)
    return words


def words(html):
    return parsed(html).found


def moodle(path):
    """The questions of a file of Moodle XML."""
    for item in ElementTree.parse(path).getroot().iterfind("question[@type='multichoice']"):
        asked = item.find("questiontext")
        files = {file.get("name"): base64.b64decode(file.text) for file in asked.iter("file")}
        stem = parsed(asked.findtext("text"))
        choices = [
            (
                words(a.findtext("text")),
                float(a.get("fraction")) > 0,
                words(a.findtext("feedback/text")),
            )
            for a in item.iterfind("answer")
        ]
        assert item.findtext("shuffleanswers") == "true"
        yield Read(
            item.findtext("name/text"),
            stem.found,
            choices,
            words(item.findtext("generalfeedback/text") or ""),
            item.findtext("single") == "false",
            [(alt, files[src.removeprefix("@@PLUGINFILE@@/")]) for alt, src in stem.images],
        )


def gift(path):
    """The questions of a GIFT file."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()):
        block = re.sub(r"^//.*\n", "", block)
        if block.startswith("$CATEGORY"):
            continue
        signs = r"(?<!\\)(?:\\\\)*"  # an escaped sign follows an odd number of backslashes
        title, rest = re.fullmatch(r"::(.*?)::\[html\](.*)", block, re.DOTALL).groups()
        stem, body = re.fullmatch(rf"(.*?{signs})\{{\n(.*)\n\}}", rest, re.DOTALL).groups()
        answers, _, why = body.partition("\n####")
        choices = []
        for line in answers.split("\n"):
            sign, part, said = re.fullmatch(r"\t([=~])(?:%(-?[\d.]+)%)?(.*)", line).groups()
            text, told = re.fullmatch(rf"(.*?{signs})#(.*)", said).groups()
            right = float(part) > 0 if part else sign == "="
            choices.append((words(_plain(text)), right, words(_plain(told))))
        page = parsed(_plain(stem))
        images = [(alt, base64.b64decode(src.partition(",")[2])) for alt, src in page.images]
        many = "\t~%" in answers
        yield Read(_plain(title), page.found, choices, words(_plain(why)), many, images)


def _plain(text):
    return re.sub(r"\\(.)", lambda sign: "\n" if sign[1] == "n" else sign[1], text)


def canvas(path):
    """The questions of a package of QTI 1.2 as Canvas reads it."""
    archive = zipfile.ZipFile(path)
    (name,) = [n for n in archive.namelist() if re.fullmatch(r"(\w+)/\1\.xml", n)]
    for item in ElementTree.fromstring(archive.read(name)).iter(f"{QTI12}item"):
        text = lambda part: part.find(f".//{QTI12}mattext").text
        told = {fb.get("ident"): words(text(fb)) for fb in item.iter(f"{QTI12}itemfeedback")}
        right = set()
        for rule in item.iter(f"{QTI12}respcondition"):
            if rule.find(f"{QTI12}setvar") is not None:
                denied = {v for no in rule.iter(f"{QTI12}not") for v in no}
                right = {v.text for v in rule.iter(f"{QTI12}varequal") if v not in denied}
        labels = item.findall(f".//{QTI12}response_label")
        stem = parsed(text(item.find(f"{QTI12}presentation")))
        yield Read(
            item.get("title"),
            stem.found,
            [
                (words(text(one)), one.get("ident") in right, told[one.get("ident") + "_fb"])
                for one in labels
            ],
            told.get("general_fb", []),
            item.find(f".//{QTI12}response_lid").get("rcardinality") == "Multiple",
            [
                (alt, archive.read(src.removeprefix("%24IMS-CC-FILEBASE%24/")))
                for alt, src in stem.images
            ],
        )


def qti21(path):
    """The questions of a package of QTI 2.1, in the order of its test."""
    archive = zipfile.ZipFile(path)
    test = ElementTree.fromstring(archive.read("test.xml"))
    for ref in test.iter(f"{QTI21}assessmentItemRef"):
        item = ElementTree.fromstring(archive.read(ref.get("href")))
        body, asked = item.find(f"{QTI21}itemBody"), item.find(f".//{QTI21}choiceInteraction")
        html = lambda part: re.sub(r"<(/?)\w+:", r"<\1", ElementTree.tostring(part, "unicode"))
        told = {
            part.get("identifier"): words(html(part)) for part in item.iter(f"{QTI21}modalFeedback")
        }
        right = {value.text for value in item.find(f".//{QTI21}correctResponse")}
        choices = [
            (words(html(c)), c.get("identifier") in right, told[c.get("identifier")]) for c in asked
        ]
        body.remove(asked)
        stem = parsed(html(body))
        assert asked.get("shuffle") == "true"
        yield Read(
            item.get("title"),
            stem.found,
            choices,
            told.get("reason", []),
            asked.get("maxChoices") == "0",
            [(alt, archive.read(src)) for alt, src in stem.images],
        )


READERS = {"moodle": moodle, "gift": gift, "canvas": canvas, "qti21": qti21}
