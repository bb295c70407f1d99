"""Attribution: where an article hands its word to somebody."""
