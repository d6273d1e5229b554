"""Names of the links of the set-up, and how long they live."""

from datetime import timedelta

MAIL_TEST = "mail-test"
MAIL_TEST_LIVES = timedelta(days=3)
