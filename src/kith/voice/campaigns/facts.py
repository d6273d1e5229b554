"""What campaigns and terms tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"campaign_id": "campaign", "owner_id": "person"})
@dataclass(frozen=True)
class CampaignOpened:
    """A question was asked."""

    campaign_id: int
    owner_id: int


@fact()
@dataclass(frozen=True)
class IdeaTermsChanged:
    """A new version of the terms holds for what is handed in from now on."""

    terms_id: int
    version: int
