# Copyright 2026 Backbone Training contributors
# License LGPL-3.0-only (https://www.gnu.org/licenses/lgpl-3.0.html).
"""Actions got paths that begin with `backbone-`: “talent-pool” is Recruitment's, too."""


def migrate(cr, version):
    """Reminders that are still to be done lead to the list under its new path."""
    cr.execute(
        """UPDATE mail_activity
              SET note = replace(note, '/odoo/talent-pool-no-external"',
                                 '/odoo/backbone-no-external-training"')
            WHERE note LIKE '%/odoo/talent-pool-no-external"%'"""
    )
