// Package fault is where tests break the program: at the places that it names, a test may
// kill the process or fill the disk. Nothing in it reads an environment variable or a flag,
// and only tests assign Point, so the program that is shipped can't be made to fail by it.
package fault

// Event is a kind of place at which the program can be stopped.
type Event string

// The places. Each may come many times in a run; tests count them.
const (
	Step      Event = "step"      // between two steps of making, copying or migrating a database
	Statement Event = "statement" // before a statement of a transaction that writes
	Commit    Event = "commit"    // before COMMIT
	Committed Event = "committed" // after COMMIT, before anybody is told
)

// Events lists them.
var Events = []Event{Step, Statement, Commit, Committed}

// Point is called at every place; nil outside of tests.
var Point func(Event)

// At marks a place.
func At(e Event) {
	if Point != nil {
		Point(e)
	}
}
