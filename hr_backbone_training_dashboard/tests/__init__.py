from . import test_figure
from . import test_dashboard
from . import test_translations
