from . import test_bulk_queries
from . import test_portal_queries
from . import test_portal_queries_quarter
from . import test_training_queries
