"""Brings reports together: copies and rewordings, stories, and the incidents that their events tell of."""
