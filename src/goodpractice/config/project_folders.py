"""Folders and files of a project whose names are fixed: where content is read and where it belongs."""

CASE_STUDIES = "case_studies"
HANDBOOK = "handbook"
DOCS = "docs"
DATA = "data"
PARTNERS_FILE = "partners.yml"
#: Says, beside the photos of a story, who has agreed to be shown.
CONSENT_FILE = "consent.yml"
#: Folders in which editors write a Markdown file for each record. Kinds name theirs; a build that finds nothing changed
#: reads this list, and no kind.
WRITTEN_FOLDERS = (HANDBOOK, "newsletters", "posts")


def case_study_path(case_id: str) -> str:
    """File of a case study, relative to the project."""
    return f"{CASE_STUDIES}/{case_id}.md"
