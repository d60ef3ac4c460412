"""Posters, leaflets and pictures for social media: free of the decree's form, bound to what an eye can read."""
