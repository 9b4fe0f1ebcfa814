"""Folders and files of a project whose names are fixed: where content is read and where it belongs."""

CASE_STUDIES = "case_studies"
HANDBOOK = "handbook"
DOCS = "docs"
DATA = "data"
PARTNERS_FILE = "partners.yml"


def case_study_path(case_id: str) -> str:
    """File of a case study, relative to the project."""
    return f"{CASE_STUDIES}/{case_id}.md"
