# after the models: the views read their tables
from . import hr_backbone_outstanding
from . import hr_backbone_obligation
from . import hr_backbone_obligation_promise
from . import hr_backbone_overview
from . import form_tools
from . import report_application
from . import report_plan
from . import report_meeting
from . import report_report
from . import report_assessment
from . import report_evaluation
