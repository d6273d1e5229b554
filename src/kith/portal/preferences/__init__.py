"""What a person decides for themselves: language, zone, name, birthday, who stands in; and what is kept on them."""
