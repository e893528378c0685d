from odoo.http import request

from ..models.selection.hr_backbone_application import OPEN_STATES
from .portal_application import BackbonePortalApplication
from .routes import get

URL = "/my/backbone/recommendations"


class BackbonePortalRecommendation(BackbonePortalApplication):
    """My recommendations: all that the user ever wrote."""

    @get(URL, f"{URL}/page/<int:page>")
    def portal_backbone_recommendations(self, **kw):
        self._backbone_check_concerned()
        values = self._backbone_list(
            request.env["hr.backbone.application"],
            URL,
            kw,
            self._get_recommendation_sortings(),
            self._get_recommendation_filters(),
            self._get_backbone_inputs(),
        )
        # sudo: names of the people of the user's own cases
        values["cases"] = values["records"].sudo()
        return self._backbone_render(
            "portal_backbone_recommendations", "backbone_recommendations", **values
        )

    def _get_recommendation_sortings(self):
        return {
            "date": {"label": request.env._("Latest first"), "order": "id desc"},
            "old": {"label": request.env._("Oldest first"), "order": "id"},
            "echelon": {"label": request.env._("Echelon"), "order": "echelon_id, id desc"},
            "score": {"label": request.env._("Score"), "order": "score_total desc, id desc"},
        }

    def _get_recommendation_filters(self):
        mine = ("recommender_id", "in", request.env.user._get_backbone_own())
        labels = {
            "all": (request.env._("All"), []),
            "draft": (request.env._("To complete"), [("state", "=", "draft")]),
            "open": (request.env._("Under way"), [("state", "in", OPEN_STATES)]),
            "admitted": (request.env._("Admitted"), [("state", "=", "admitted")]),
            "ended": (
                request.env._("Refused or withdrawn"),
                [("state", "in", ("refused", "withdrawn"))],
            ),
        }
        return {
            name: {"label": label, "domain": [mine, *domain]}
            for name, (label, domain) in labels.items()
        }
