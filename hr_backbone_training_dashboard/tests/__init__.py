from . import test_figure
from . import test_dashboard
