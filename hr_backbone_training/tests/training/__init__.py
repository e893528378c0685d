from . import test_portal_training
from . import test_training
from . import test_training_attendance
from . import test_training_import
from . import test_training_need
from . import test_training_participant
from . import test_training_participant_import
from . import test_training_reminder
