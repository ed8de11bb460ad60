package corpus

import (
	"dateline/extract"
)

// Action is what a person did with a fact.
type Action string

// The actions.
const (
	Accept Action = "accept" // the words state it
	Reject Action = "reject" // they do not
	Edit   Action = "edit"   // they state it otherwise: Verdict.Edited
	Skip   Action = "skip"   // later, or somebody else
	Undo   Action = "undo"   // of an earlier decision
)

// ReviewState is what decisions make of a statement or a fact.
type ReviewState string

// The states. A fact is accepted when one of its statements is, and rejected when all are.
const (
	ReviewOpen     ReviewState = "open"     // nobody has decided
	ReviewAccepted ReviewState = "accepted" // as it was read, or as it was edited
	ReviewRejected ReviewState = "rejected" // in no view and no export, unless asked for
	ReviewChanged  ReviewState = "changed"  // was decided, but what is read now differs: look again
	ReviewSkipped  ReviewState = "skipped"  // comes last in the queue
)

// Verdict is a decision to record.
type Verdict struct {
	Action   Action
	Fact     string // id of the de-duplicated fact, or the beginning of it; empty for Undo
	Document int64  // only what this document states; 0: every statement of the fact
	// Seen is the FactRow.Version that the reviewer looked at. When the fact has another one
	// by now, the decision is refused with problem Conflict. "" does not check.
	Seen string
	// Key makes a decision that is sent twice one decision: with a key that is recorded
	// already, Decide records nothing and gives the first one. "" is a key of its own.
	Key            string
	Who, Why, When string // When: RFC 3339; the store never reads the clock
	// Edited is, for Edit, the fact as it should be. Only the values of its kind count.
	Edited *extract.Fact
	Undoes int64 // Undo: the decision; 0: the last of Who that is not undone
}

// Decision is a recorded decision. Nothing of it is ever changed.
type Decision struct {
	ID       int64
	Action   Action
	Who, Why string
	Made     string // time stamp
	Key      string
	Kind     extract.Kind
	Fact     string        // id of the fact as the reviewer saw it
	Line     string        // and the fact in one line
	Edited   *extract.Fact // Edit: the values given
	Undoes   int64         // Undo: the decision
	UndoneBy int64         // the decision that undid it, or 0
	Targets  []DecisionTarget
	// Followed is how many statements of other facts took over a name that an edit gave; only Decide
	// fills it in.
	Followed int
}

// DecisionTarget is the evidence of a decision in one document: what was stated there, and
// where. It alone finds the statement again after a rebuild.
type DecisionTarget struct {
	Source        string
	Value         extract.Fact  // as it was read then
	Edited        *extract.Fact // what an edit made of it
	Quote         string        // words of the first citation
	Before, After string        // up to 32 code points around it

	How       Hold   // what became of it
	Statement int64  // the row where it holds, or 0
	Fact      string // id of the fact that it concerns now, or ""
}

// Hold says how a decision's evidence is found in the documents as they are now.
type Hold string

// The ways.
const (
	Same       Hold = "same"       // the same values from the same words
	Adopted    Hold = "adopted"    // the program now reads what the edit said
	Differs    Hold = "changed"    // the same place with other values, or the same values in other places only
	Orphan     Hold = "orphan"     // nothing of the kind is read there
	Superseded Hold = "superseded" // found, but a later decision concerns the same
	Undone     Hold = "undone"
)

// DecisionFilter selects decisions. Zero values select everything.
type DecisionFilter struct {
	Fact   string // id of a fact, now or when it was decided
	Source string // path or URL of a document, as it is stored
	Who    string
	Newest bool // last first; else in their order
	Limit  int  // 0 = no limit
	Offset int
}
