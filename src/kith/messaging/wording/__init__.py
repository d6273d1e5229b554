"""The words of automatic messages: per code and language, with a closed list of placeholders."""
