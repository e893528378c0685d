from . import test_figures
from . import test_paper
from . import test_read_models
from . import test_reports
from . import test_stood
