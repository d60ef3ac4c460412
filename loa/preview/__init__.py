"""One page to look at before anybody approves: all paper, and every post as its channel will show it."""
