"""Types of macro arguments: what an id refers to is said in the type, and checked before a build."""

from __future__ import annotations

from typing import Annotated, Literal

from goodpractice.kinds import Ref, SourceRef

PartnerId = Annotated[str, Ref("partner")]
NetworkId = Annotated[str, Ref("network")]
ProgrammeId = Annotated[str, Ref("programme")]
ThemeId = Annotated[str, Ref("theme")]
TermId = Annotated[str, Ref("term")]
ResourceId = Annotated[str, Ref("resource")]
PlanId = Annotated[str, Ref("plan")]
CaseStudyId = Annotated[str, Ref("case_study")]
ChapterId = Annotated[str, Ref("chapter")]
AudienceId = Annotated[str, Ref("audience")]
SettingId = Annotated[str, Ref("setting")]
PartnerKindId = Annotated[str, Ref("partner_kind")]
ResourceKindId = Annotated[str, Ref("resource_kind")]
SourceId = Annotated[str, SourceRef()]

Style = Literal["card", "link"]
