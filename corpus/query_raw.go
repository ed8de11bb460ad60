package corpus

import "context"

// Stored gives one document with the raw bytes that it was read from, by the id of a version.
func (s *Store) Stored(ctx context.Context, id int64) (Stored, error) { return s.stored(ctx, id) }
