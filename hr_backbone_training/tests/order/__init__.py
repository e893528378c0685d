from importlib.util import find_spec

# Odoo alone does not bring it: dev/requirements-dev.txt
if find_spec("hypothesis"):
    from . import test_order
