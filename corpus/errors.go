package corpus

import (
	"errors"
	"fmt"
)

// Problem classifies what is wrong with a database.
type Problem string

// The problems that an Error can name.
const (
	Missing    Problem = "missing"     // the file does not exist and was to be read
	Foreign    Problem = "foreign"     // a file of another program
	Corrupt    Problem = "corrupt"     // ours, or SQLite's, but damaged
	Newer      Problem = "newer"       // written by a newer version of the program
	Older      Problem = "older"       // needs a migration, but was opened for reading only
	Unwritable Problem = "unwritable"  // reading works, writing does not
	Busy       Problem = "busy"        // another process held the write lock for too long
	Failed     Problem = "failed"      // any other error of the database
	BadFact    Problem = "bad-fact"    // a fact that the store must not take (its quote is not in the text)
	NotFound   Problem = "not-found"   // no such document or fact
	Conflict   Problem = "conflict"    // a decision about something that somebody else changed meanwhile
	Ambiguous  Problem = "ambiguous"   // an id prefix or stem that fits several
	BadRequest Problem = "bad-request" // a filter or an input that makes no sense
)

// Error is every error of this package that a person can do something about. Database
// reports whether it concerns the database file as a whole (the program's exit code 3).
type Error struct {
	Path    string  // the database file, or the source or id that the error is about
	Problem Problem // what class of problem
	Detail  string  // what was wrong, one clause
	Advice  string  // what to do, one clause
	Err     error   // the cause, or nil
}

// Error names the input, what was wrong and what to do.
func (e *Error) Error() string {
	s := e.Path + ": " + e.Detail
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	if e.Advice != "" {
		s += "; " + e.Advice
	}
	return s
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Database reports whether the database file itself is the problem (exit code 3), as
// opposed to a question that it could not answer (exit code 1 or 2).
func (e *Error) Database() bool {
	switch e.Problem {
	case BadFact, NotFound, Conflict, Ambiguous, BadRequest:
		return false
	}
	return true
}

// IsDatabase reports whether err concerns the database file as a whole, so that a command
// should end with exit code 3.
func IsDatabase(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Database()
}

// IsNotFound reports whether err says that there is no such document or fact.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Problem == NotFound
}

func badRequest(what, detail, advice string, args ...any) error {
	return &Error{Path: what, Problem: BadRequest, Detail: fmt.Sprintf(detail, args...), Advice: advice}
}
