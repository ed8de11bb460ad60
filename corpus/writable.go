package corpus

import (
	"context"
	"errors"
)

// Writable reports, as an error of problem Unwritable, that the database can be read but not
// written to. It writes nothing. Another process that is writing is no obstacle.
func (s *Store) Writable(ctx context.Context) error {
	err := s.transaction(ctx, "can't be written to", func(*writer) error { return nil })
	var e *Error
	if errors.As(err, &e) && e.Problem == Busy {
		return nil
	}
	return err
}
