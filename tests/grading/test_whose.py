"""Everybody is who he is: whose a file is, and who found no partner in the tables.

Nothing is graded here: every file gets the points that are written in it.
"""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("resource", reason="a class is graded on Linux; see its README")
from grading.attendance import with_students  # noqa: E402
from grading.folder import is_stray  # noqa: E402
from grading.names import Names, PeoplesNames  # noqa: E402
from grading.whose import is_late, students_of  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ZIP = ROOT / "solutions/independent/01_derivatives.zip"
WORDS = ("independent-01", "01_derivatives", "independent", "derivatives")


def whose(*names, **tables):
    """The students of files, in the order of their names."""
    return [students_of(names, WORDS, **tables)[name] for name in names]


DECORATED = [
    *("{}.ipynb", "{}.ipynb.txt", "{}_2026_11_27.ipynb", "{}_2026-11-27.ipynb"),
    *("{}-27.11.2026.ipynb", "{}_20261127.ipynb", "2026-11-27_{}.ipynb", "{}_11-27-2026.ipynb"),
    *("{}-27-11-26.ipynb", "{}_27112026.ipynb", "{}_27nov2026.ipynb", "{}_20261127_143055.ipynb"),
    *("{}_2026-11-27T14-30-55.ipynb", "{}_2026-11-27_14.30.ipynb", "{} 27 Nov 2026 2.30 pm.ipynb"),
    *("{}_final.ipynb", "{}-v2.ipynb", "{}_v1.2.ipynb", "{}_final_2026-11-27_v3(2).ipynb"),
    *("{}_copy.ipynb", "{}-Copy1.ipynb", "{}(1).ipynb", "{} (1).ipynb", "Copy of {}.ipynb"),
    *("{}_exercise_1.ipynb", "Practice 1 - {}.ipynb", "{}_resubmission.ipynb", "{}_Lösung.ipynb"),
    *("{}_solution (2).ipynb", "{} – Kopie.ipynb", "Abgabe2_{}_korrigiert.ipynb"),
    *(
        "1234-567 - {} - Nov 27, 2026 230 PM - hw.ipynb",
        "1-23 - {} - 27 Nov, 2026 1430 - a-b.ipynb",
    ),
    *("{} copy 2.ipynb", "{} (another copy).ipynb", "{} (Vera's conflicted copy 2026-11-27).ipynb"),
    *("{} - Copy.ipynb", "{}-checkpoint.ipynb", "hw_{}.ipynb", "hw1-{}.ipynb"),
    *("{}_derivatives.ipynb", "independent_{}_Final.ipynb", "{}_01_derivatives.ipynb"),
    *(
        "Copy of 01_derivatives.ipynb - {}.ipynb",
        "hw1_{}_attempt_2026-11-27-14-30-55_01.derivatives.ipynb",
    ),
    *("submissions/{}.ipynb", "2026-11-27/{}.ipynb", "late/{}-Copy2.ipynb", "{}/derivatives.ipynb"),
]
NAMES = [
    *("anna", "bert", "dora-maria", "emil_schulz", "Özgür", "李明", "o'neil", "Finn.Meyer"),
    *(
        "s1234567",
        "4711",
        "may",
        "jun",
        "latecomer",
        "vera",
        "v",
        "finalova",
        "hwang",
        "नेहा",
        "नीहा",
    ),
]
names = st.sampled_from(NAMES)
patterns = st.sampled_from([pattern for pattern in DECORATED if "/" not in pattern])
classes = st.dictionaries(names, patterns, min_size=2)


@given(classes)
def test_a_class_with_any_decoration_stays_a_class_of_as_many(patterns):
    files = [pattern.format(name) for name, pattern in patterns.items()]
    students = students_of(files, WORDS)
    assert len(set(students.values())) == len(patterns)
    for (name, _), student in zip(patterns.items(), students.values(), strict=True):
        assert student == unicodedata.normalize("NFC", name)


@given(names, patterns, patterns, st.dictionaries(names, patterns))
def test_two_files_of_one_student_are_one_students_two_files(name, one, other, patterns):
    patterns.pop(name, None)
    theirs = [pattern.format(other) for other, pattern in patterns.items()]
    students = students_of([*theirs, one.format(name), other.format(name)], WORDS)
    assert students[one.format(name)] == students[other.format(name)]
    assert len(set(students.values())) == len(patterns) + 1


word = st.text(st.characters(categories=["L"]), min_size=1, max_size=6)


@given(
    st.sets(st.lists(word, min_size=1, max_size=3).map("_".join), min_size=2, max_size=8),
    st.sampled_from(["{}", "hw_{}_2026_11_27", "uni {} ws26", "{}_assignment_3"]),
    st.sampled_from(["{}.ipynb", "all/{}.ipynb", "{}/notebook.ipynb", "x/{}/hw.ipynb"]),
)
def test_names_that_nobody_thought_of_do_not_merge(people, decoration, place):
    people = {unicodedata.normalize("NFC", name) for name in people}
    files = [place.format(decoration.format(name)) for name in people]
    assert len(set(students_of(files, WORDS).values())) == len(people)


@pytest.mark.parametrize("pattern", DECORATED)
def test_a_decorated_name_alone_is_the_name(pattern):
    assert whose(pattern.format("anna")) == ["anna"]


@pytest.mark.parametrize(
    ("files", "students"),
    [
        ("anna_2026_11_27 ben_2026_11_27", "anna ben"),
        ("hw_5_2_final", "hw_5_2_final"),
        ("submissions/anna submissions/bert", "anna bert"),
        ("anna/hw_01_02_derivatives bert/hw_01_02_derivatives", "anna bert"),
        ("carl/01", "carl"),
        ("carl/01 carl/02 anna", "carl carl anna"),
        ("anna/hw anna/notes bert/hw", "anna anna bert"),
        ("anna/hw anna/data.csv anna/me.png bert/hw bert/it.png", "anna anna anna bert bert"),
        ("anna/week1/hw anna/week2/hw bert/week1/hw", "anna anna bert"),
        ("A/anna A/bert B/cleo B/dora", "anna bert cleo dora"),
        ("A/anna A/bert B/anna B/dora", "A/anna bert B/anna dora"),
        ("A/anna/hw A/bert/hw B/cleo/hw B/dora/hw", "anna bert cleo dora"),
        ("w1/anna w1/bert w1/c w2/anna w2/bert", "w1/anna w1/bert c w2/anna w2/bert"),
        ("section/anna section/bert carl/01", "section/anna section/bert carl"),
        ("submissions/anna zoe late/bert", "anna zoe bert"),
        ("independent-01-anna/hw independent-01-bert/hw", "anna bert"),
        ("student_1 student_2 student_12", "student_1 student_2 student_12"),
        ("1 2 3 3(1)", "1 2 3 3"),
        ("hw_4711 hw_4712", "4711 4712"),
        ("loesung_anna loesung_bert loesung_cleo dora", "anna bert cleo dora"),
        ("anna_meier anna_schulz bert cleo", "anna_meier anna_schulz bert cleo"),
        ("kaist_20210115 kaist_20210116", "kaist kaist"),  # dates, as far as one can see
        (
            "u_20210115 u_20210116 u_20210117 u_20210118 u_20210119",
            "20210115 20210116 20210117 20210118 20210119",
        ),
    ],
)
def test_what_differs_is_the_name(files, students):
    files = [name if "." in name else f"{name}.ipynb" for name in files.split()]
    assert whose(*files) == students.split()


def test_names_are_one_in_any_form_of_unicode():
    assert whose("Jose\u0301.ipynb", "Jos\u00e9 (1).ipynb") == ["Jos\u00e9"] * 2


@given(st.lists(st.text(min_size=1), min_size=1, unique=True))
def test_every_file_has_a_student_whatever_it_is_called(names):
    files = [name for name in (name.strip("/") for name in names) if name.strip("./\0")]
    students = students_of(files, WORDS)
    assert students.keys() == set(files) and all(students.values())


def only(*known):
    return lambda name, alone=False: name if name in known else None


def test_a_number_of_canvas_counts_where_it_is_known_or_all_have_one_and_they_differ():
    files = "roe_LATE_4711_99_hw.ipynb", "doe_4712_98_hw-1.ipynb", "doe_4712_97_b.ipynb"
    assert whose(*files) == ["4711", "4712", "4712"]
    assert whose(*files, "zoe.ipynb") == ["roe_4711_99", "doe_4712_98_1", "doe_4712_97_b", "zoe"]
    assert whose(files[0], "zoe.ipynb", known=only("4711")) == ["4711", "zoe"]
    assert whose("a_2_2026_x.ipynb", "b_2_2026_y.ipynb") == ["a_x", "b_y"]
    assert whose("doe_1_2_x.ipynb", "doe_3_4_x.ipynb") == ["1", "3"]
    assert [*map(is_late, files)] == [True, False, False]
    assert is_late("LATE_anon_aB3_9101_hw.ipynb") and not is_late("doe_1_2_x_LATE_3_4_y.ipynb")


def test_moodles_names_are_whole_and_have_a_number_where_two_are_the_same():
    made = "{}_assignsubmission_file_/hw.ipynb".format
    assert whose(made("Anna Meyer_12"), made("Bert_13")) == ["Anna Meyer", "Bert"]
    assert whose(made("Ann_12"), made("Ann_13"), made("Bo_9")) == ["Ann_12", "Ann_13", "Bo"]
    assert whose("A B_12_assignsubmission_file_hw.ipynb", "C_9_assignsubmission_file_x.ipynb") == [
        "A B",
        "C",
    ]


def test_who_is_known_is_found_first():
    assert whose("x/anna.ipynb", "x/b.ipynb", "y/anna.ipynb", known=only("x", "y")) == [
        "x",
        "x",
        "y",
    ]
    assert whose("anna_meier.ipynb", "bert_meier.ipynb", known=only("anna_meier")) == [
        "anna_meier",
        "bert_meier",
    ]
    listed = {"a": "Anna", "b.ipynb": "Ben", "c": "Cleo", "d/e.ipynb": "Dora"}.get
    files = "a-Copy1.ipynb", "x/b.ipynb", "c/01.ipynb", "d/e.ipynb"
    assert whose(*files, listed=listed) == ["Anna", "Ben", "Cleo", "Dora"]


def test_a_number_beside_a_name_is_his_whom_a_table_has_by_it():
    known = only("4711", "s1234567", "2026", "99999")
    files = "anna_4711", "hw_bert_s1234567 (1)", "2026_cleo", "dora_12345", "emil_4711_99999"
    assert whose(*(f"{name}.ipynb" for name in files), known=known) == [
        *("4711", "s1234567", "2026_cleo", "dora_12345", "emil_4711_99999"),
    ]
    canvas = "roe_77_4711_hw.ipynb", "doe_78_4712_hw.ipynb"  # the file's number, and not his
    assert whose(*canvas, known=known) == ["77", "78"]


@pytest.mark.parametrize(
    ("name", "stray"),
    [
        ("carl/.ipynb_checkpoints/01-checkpoint.ipynb", True),
        ("__MACOSX/._anna_101_9101_hw.ipynb", True),
        ("anna/._hw.ipynb", True),
        ("anna/.DS_Store", True),
        ("anna/Thumbs.db", True),
        ("Desktop.ini", True),
        ("$RECYCLE.BIN/anna.ipynb", True),
        ("assignment_4567_export/submission_metadata.yml", True),
        ("~$anna.docx", True),
        ("anna.ipynb", False),
        (".anna.ipynb", False),
        (".ipynb", False),
        ("desktop.ipynb", False),
    ],
)
def test_what_a_machine_leaves_is_nobodys(name, stray):
    assert is_stray(name) == stray


def test_a_name_means_one_who_is_called_so_or_else_but_for_its_case():
    names = Names([("Anna", 1), ("anna", 2), ("Bert", 3), ("Jose\u0301", 4), ("0042", 5), ("", 6)])
    said = "anna", "ANNA", " bert ", "\u200ebert\u200b", "JOS\u00c9", "42", ""
    meant = {name: names.find(name) for name in said}
    assert [*meant.values()] == [{2}, {1, 2}, {3}, {3}, {4}, {5}, set()]


def test_a_persons_name_is_one_in_any_order_and_spelling_of_its_words():
    people = ["Müller, José", "Meyer, Anna Maria", "Jose Perez", "José Perez", "x 1", "O’Neil, E"]
    names = PeoplesNames((name, name) for name in people)
    meant = {
        "jose_mueller": {"Müller, José"},
        "José Muller": {"Müller, José"},
        "anna.maria.meyer": {"Meyer, Anna Maria"},
        "AnnaMariaMeyer": {"Meyer, Anna Maria"},
        "e_oneil": {"O’Neil, E"},
        "Perez, Jose": {"Jose Perez", "José Perez"},
        "José Perez": {"José Perez"},
        "1 x": set(),
        "Anna": set(),
        "-": set(),
    }
    assert {name: names.find(name) for name in meant} == meant


def test_several_files_of_a_student_are_noted_in_each_of_their_rows():
    rows = with_students({"b.ipynb": "b", "a.ipynb": "a", "a (1).ipynb": "a"})
    assert [(row.student, row.file) for row in rows] == [
        ("a", "a (1).ipynb"),
        ("a", "a.ipynb"),
        ("b", "b.ipynb"),
    ]
    assert rows[0].note == rows[1].note == "two files: a (1).ipynb and a.ipynb"
    assert rows[2].note == ""
