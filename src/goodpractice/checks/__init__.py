"""Rules over the loaded project. Each rule yields diagnostics and changes nothing."""

from goodpractice.checks.project import ProjectCheck, check_project

__all__ = ["ProjectCheck", "check_project"]
