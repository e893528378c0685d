def post_init_hook(env):
    """Portal logins whom Time Off has made approvers before, approve no more."""
    env["res.users"].search([("share", "=", True)])._leave_backbone_approval()
