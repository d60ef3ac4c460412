"""An office's own Word file that carries a document: its letterhead, its typography, our words."""
