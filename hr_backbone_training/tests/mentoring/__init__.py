from . import test_mentor_matching
from . import test_mentor_proposal
from . import test_mentor_proposal_appoint
from . import test_mentorship
from . import test_mentorship_end
from . import test_mentorship_import
from . import test_mentorship_session
from . import test_portal_mentorship
