"""QTI 2.1, for platforms other than Canvas and Moodle: `write(quiz, path, mathml)`.

A package holds a test, an item for each question, and their pictures; formulas are MathML.
"""

import zipfile
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from tools.quiz import in_line, to_html

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
ITEM = """<assessmentItem xmlns="{qti}" identifier="{name}" title={title}
    adaptive="false" timeDependent="false">
  <responseDeclaration identifier="RESPONSE" cardinality="{kind}" baseType="identifier">
    <correctResponse>{right}</correctResponse>
  </responseDeclaration>
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float">
    <defaultValue><value>0</value></defaultValue>
  </outcomeDeclaration>
  <outcomeDeclaration identifier="FEEDBACK" cardinality="{kind}" baseType="identifier"/>
  <outcomeDeclaration identifier="REASON" cardinality="single" baseType="identifier"/>
  <itemBody>
    {stem}
    <choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{most}">
      {choices}
    </choiceInteraction>
  </itemBody>
  <responseProcessing>
    <responseCondition>
      <responseIf>
        <match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match>
        <setOutcomeValue identifier="SCORE">
          <baseValue baseType="float">1</baseValue>
        </setOutcomeValue>
      </responseIf>
    </responseCondition>
    <setOutcomeValue identifier="FEEDBACK"><variable identifier="RESPONSE"/></setOutcomeValue>
    <setOutcomeValue identifier="REASON">
      <baseValue baseType="identifier">reason</baseValue>
    </setOutcomeValue>
  </responseProcessing>
  {feedback}
</assessmentItem>
"""
FEEDBACK = (
    '<modalFeedback outcomeIdentifier="{of}" identifier="{name}" showHide="show">{html}'
    "</modalFeedback>"
)
TEST = """<assessmentTest xmlns="{qti}" identifier="{name}" title={title}>
  <testPart identifier="part" navigationMode="nonlinear" submissionMode="individual">
    <assessmentSection identifier="section" title={title} visible="true">
      {items}
    </assessmentSection>
  </testPart>
</assessmentTest>
"""
MANIFEST = """<manifest xmlns="{package}" identifier="package-{name}">
  <metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>
  <organizations/>
  <resources>
    {resources}
  </resources>
</manifest>
"""


def write(quiz, path, mathml):
    """Write a quiz as a package; ``mathml`` makes MathML of a formula in TeX."""
    files = {f"{question.name}.xml": item(question, mathml) for question in quiz.questions}
    images = {f"{q.image.name}.png": q.image.png for q in quiz.questions if q.image}
    items = "\n".join(
        f'<assessmentItemRef identifier="ref-{name[:-4]}" href="{name}"/>' for name in files
    )
    title = quoteattr(quiz.title)
    files["test.xml"] = TEST.format(qti=QTI, name=quiz.name, title=title, items=items)
    files["imsmanifest.xml"] = _manifest(quiz)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            ElementTree.fromstring(text)  # a slip in a template shows here, not on a platform
            archive.writestr(name, HEAD + text)
        for name, png in images.items():
            archive.writestr(name, png)


def item(question, mathml):
    """The XML of one question."""
    letters = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", question.choices, strict=False))
    told = [
        FEEDBACK.format(of="FEEDBACK", name=letter, html=to_html(choice.feedback, mathml))
        for letter, choice in letters.items()
    ]
    if question.why:
        told.append(FEEDBACK.format(of="REASON", name="reason", html=to_html(question.why, mathml)))
    stem = to_html(question.stem, mathml)
    if image := question.image:
        stem += f'<p><img src="{image.name}.png" alt={quoteattr(image.alt)}/></p>'
    return ITEM.format(
        qti=QTI,
        name=question.name,
        title=quoteattr(question.title),
        kind="multiple" if question.many else "single",
        most=0 if question.many else 1,
        right="".join(f"<value>{one}</value>" for one, c in letters.items() if c.right),
        stem=stem,
        choices="\n      ".join(
            f'<simpleChoice identifier="{letter}">{in_line(choice.text, mathml)}</simpleChoice>'
            for letter, choice in letters.items()
        ),
        feedback="\n  ".join(told),
    )


def _manifest(quiz):
    def resource(name, kind, files, needs=()):
        parts = "".join(f'<file href="{escape(file)}"/>' for file in files)
        parts += "".join(f'<dependency identifierref="{need}"/>' for need in needs)
        return f'<resource identifier="{name}" type="{kind}" href="{files[0]}">{parts}</resource>'

    items = [
        resource(
            q.name,
            "imsqti_item_xmlv2p1",
            [f"{q.name}.xml", *([f"{q.image.name}.png"] if q.image else [])],
        )
        for q in quiz.questions
    ]
    names = [question.name for question in quiz.questions]
    test = resource(f"test-{quiz.name}", "imsqti_test_xmlv2p1", ["test.xml"], names)
    return MANIFEST.format(package=PACKAGE, name=quiz.name, resources="\n    ".join([test, *items]))
