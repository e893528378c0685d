# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""A name leaves the notice when its case is withdrawn, returned or refused while it is out."""


def migrate(cr, version):
    """Only the latest notice decides on a case that is on several; and those whose case has
    gone are not publicized any more."""
    cr.execute(
        """UPDATE hr_backbone_publicity_line l SET is_off = TRUE
             FROM hr_backbone_publicity p, hr_backbone_application a
            WHERE p.id = l.publicity_id AND p.state = 'published' AND a.id = l.application_id
              AND l.is_off IS NOT TRUE
              AND (a.state NOT IN ('publicity', 'admitted', 'refused')
                   OR EXISTS (
                      SELECT 1
                        FROM hr_backbone_publicity_line other
                        JOIN hr_backbone_publicity q ON q.id = other.publicity_id
                       WHERE other.application_id = l.application_id AND q.state != 'draft'
                         AND (q.date_start, q.id) > (p.date_start, p.id)))"""
    )
