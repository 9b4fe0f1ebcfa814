"""Rules over the loaded project. Each rule yields issues and changes nothing."""

from goodpractice.checks.project import check_project

__all__ = ["check_project"]
