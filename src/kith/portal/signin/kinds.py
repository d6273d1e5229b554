"""The purposes of the links that signing in sends."""

SIGN_IN_LINK = "sign-in"
PASSWORD_LINK = "set-password"  # noqa: S105  (a purpose, not a password)
