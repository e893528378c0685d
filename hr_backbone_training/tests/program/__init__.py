from . import test_job_rank, test_program, test_shared
