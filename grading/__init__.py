"""Grades a folder of notebooks with an autograder zip of Otter's: `python -m grading`.

For instructors. Students do not install it, and `lec_utils` does not import it; see README.md.
"""
