from . import test_training_test
from . import test_certification
from . import test_portal_test
from . import test_translations
