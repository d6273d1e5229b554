"""What is kept on a person: shown whole, ended when its time is over, erased when asked."""
