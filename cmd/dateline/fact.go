package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os/user"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"dateline/corpus"
	"dateline/extract"
)

// decisionFlags are the flags of the commands that decide.
type decisionFlags struct {
	who, why string
	document string
}

func (f *decisionFlags) define(flags *pflag.FlagSet) {
	flags.StringVar(&f.who, "who", "", "`NAME` of who decides (default $DATELINE_WHO, else the name of the user)")
	flags.StringVar(&f.why, "why", "", "the reason, kept with the decision")
}

func (f *decisionFlags) defineDocument(flags *pflag.FlagSet) {
	flags.StringVar(&f.document, "document", "", "only what this document states: its number, source or stem")
}

// reviewer is who decides: the flag, else $DATELINE_WHO, else the user of the system.
func (a *app) reviewer(flag string) (string, error) {
	for _, name := range []string{flag, a.getenv("DATELINE_WHO")} {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if len(name) > 200 || strings.ContainsFunc(name, unicode.IsControl) {
			return "", badUsage("--who: give a name of one line, at most 200 bytes")
		}
		return name, nil
	}
	if account, err := user.Current(); err == nil && account.Username != "" {
		return account.Username, nil
	}
	if name := a.getenv("USER"); name != "" {
		return name, nil
	}
	return "", badUsage("the name of your account is not known; give one with --who")
}

// newFactCommand is "dateline fact".
func newFactCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "fact",
		Short: "Accept, reject or edit facts, and show who decided what",
		Long: `Decide about facts from the command line; "dateline review" does the same in a browser.

A decision is kept for ever with who made it, when and why, and with the words that it was made
on. It holds after "dateline reextract" and after the page changed elsewhere. Rejected
facts are in no list, view or export unless they are asked for (--state rejected). When the
program later reads something else from the same words, the fact comes back as "changed";
decisions that find nothing any more are listed by "dateline orphans".

` + exitHelp,
		Example: `  dateline fact accept 3f2a9c
  dateline fact reject 3f2a9c --why 'a street, not a person'
  dateline fact edit 3f2a9c --set 'title=Vice-Rector'
  dateline fact undo
  dateline fact history 3f2a9c`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return badUsage("%q is none of accept, reject, edit, skip, undo, history", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		newDecideCommand(a, corpus.Accept, "Accept facts: the words state them", "dateline fact accept 3f2a9c 77d1\n  dateline facts --kind date --format jsonl | cut -d '\"' -f 4 | dateline fact accept -"),
		newDecideCommand(a, corpus.Reject, "Reject facts: the words do not state them", "dateline fact reject 3f2a9c --why 'a street, not a person'"),
		newDecideCommand(a, corpus.Skip, "Leave facts for later: they come last in the review", "dateline fact skip 3f2a9c"),
		newEditCommand(a), newUndoCommand(a), newHistoryCommand(a))
	return cmd
}

// newDecideCommand is "dateline fact accept", "reject" or "skip".
func newDecideCommand(a *app, action corpus.Action, short, example string) *cobra.Command {
	var f decisionFlags
	cmd := &cobra.Command{
		Use:   string(action) + " FACT...",
		Short: short,
		Long: short + `.

FACT is the beginning of an id, as "dateline facts" lists them; - reads ids from standard
input, one a line. Every document that states the fact now is decided about, or --document
alone.

` + exitHelp,
		Example: "  " + example,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return badUsage("name at least one fact, as 'dateline facts' lists them, or - for standard input")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, ids []string) error {
			ids, err := a.factIDs(cmd.Context(), ids)
			if err != nil {
				return err
			}
			return a.decide(cmd.Context(), f, ids, corpus.Verdict{Action: action})
		},
	}
	f.define(cmd.Flags())
	f.defineDocument(cmd.Flags())
	return cmd
}

// maxIDs bounds what is read from standard input.
const maxIDs = 1_000_000

// factIDs replaces - by the ids on standard input.
func (a *app) factIDs(ctx context.Context, args []string) ([]string, error) {
	var ids []string
	for _, arg := range args {
		if arg != "-" {
			ids = append(ids, arg)
			continue
		}
		lines := bufio.NewScanner(io.LimitReader(interruptible(ctx, a.stdin), 64*maxIDs))
		for lines.Scan() {
			if id := strings.TrimSpace(lines.Text()); id != "" {
				ids = append(ids, id)
			}
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("standard input: could not be read: %w", err)
		}
	}
	return ids, nil
}

// decide records one decision a fact and says what was decided.
func (a *app) decide(ctx context.Context, f decisionFlags, ids []string, v corpus.Verdict) error {
	who, err := a.reviewer(f.who)
	if err != nil {
		return err
	}
	store, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	v.Who, v.Why, v.When = who, f.why, a.stamp()
	if f.document != "" {
		doc, err := store.Document(ctx, f.document)
		if err != nil {
			return err
		}
		v.Document = doc.ID
	}
	failed := false
	for _, id := range ids {
		v.Fact = id
		d, err := store.Decide(ctx, v)
		if err != nil {
			if corpus.IsDatabase(err) || cancelled(err) || len(ids) == 1 {
				return err
			}
			a.log.Error(err.Error())
			failed = true
			continue
		}
		if err := a.say(d); err != nil {
			return err
		}
	}
	if failed {
		return errItems
	}
	return nil
}

// pastTense is what was done to a fact.
var pastTense = map[corpus.Action]string{corpus.Accept: "accepted", corpus.Reject: "rejected", corpus.Edit: "edited", corpus.Skip: "skipped", corpus.Undo: "undone"}

// say prints a decision in one line.
func (a *app) say(d corpus.Decision) error {
	var b bytes.Buffer
	line := fmt.Sprintf("%s %s %s: %s", pastTense[d.Action], d.Kind, shortID(d.Fact), d.Line)
	if d.Edited != nil {
		line += " → " + describe(*d.Edited)
		if len(d.Targets) > 0 && d.Targets[0].Fact != d.Fact {
			line += ", now " + shortID(d.Targets[0].Fact)
		}
	}
	if n := len(d.Targets); n > 1 {
		line += fmt.Sprintf(" (%d documents)", n)
	}
	if d.Followed > 0 {
		line += fmt.Sprintf("; %s of other facts took over the name", plural(d.Followed, "statement", "statements"))
	}
	fmt.Fprintf(&b, "%s\n", oneLine(line))
	return a.print(&b)
}

// newEditCommand is "dateline fact edit".
func newEditCommand(a *app) *cobra.Command {
	var f decisionFlags
	var set []string
	cmd := &cobra.Command{
		Use:   "edit FACT --set SLOT=VALUE",
		Short: "Correct the values of a fact, which accepts it",
		Long: `Correct values of a fact. The quote stays, and so does what the program had read
("dateline show FACT" prints both). Where a name is corrected, titles and agreements of the
same document that use it follow.

The slots of a kind, those in brackets with several values, parted by ;
  date         type, value, mod
  person       name, [aliases]
  institution  name, [aliases], parent
  title        person, title, institution, when
  agreement    type, status, [parties], [signatories], date, place, subject
An empty value takes a value away.

` + exitHelp,
		Example: `  dateline fact edit 3f2a9c --set 'name=Aigerim Suleimenova'
  dateline fact edit 77d1 --set 'parties=Lund Institute; City of Malmö' --set date=2024-05-18`,
		Args: oneArgument("fact"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(set) == 0 {
				return badUsage("say what to correct with --set SLOT=VALUE")
			}
			return a.edit(cmd.Context(), f, args[0], set)
		},
	}
	cmd.Flags().StringArrayVar(&set, "set", nil, "give a slot a value, as `SLOT=VALUE`; may be given several times")
	f.define(cmd.Flags())
	f.defineDocument(cmd.Flags())
	return cmd
}

// edit is the command.
func (a *app) edit(ctx context.Context, f decisionFlags, id string, set []string) error {
	store, err := a.openExisting(ctx)
	if err != nil {
		return err
	}
	fact, err := store.Fact(ctx, id)
	store.Close()
	if err != nil {
		return err
	}
	value := fact.Statements[0].Value
	for _, s := range fact.Statements {
		if s.Document == fact.First.Document {
			value = s.Value
			break
		}
	}
	edited, err := withSlots(value, set)
	if err != nil {
		return err
	}
	return a.decide(ctx, f, []string{id}, corpus.Verdict{Action: corpus.Edit, Edited: &edited, Seen: fact.Version})
}

// withSlots is a fact with some values replaced.
func withSlots(f extract.Fact, set []string) (extract.Fact, error) {
	texts, lists := map[string]*string{}, map[string]*[]string{}
	switch f.Kind {
	case extract.KindDate:
		d := *f.Date
		f.Date = &d
		texts = map[string]*string{"type": &d.Type, "value": &d.Value, "mod": &d.Mod}
	case extract.KindPerson:
		p := *f.Person
		f.Person = &p
		texts, lists = map[string]*string{"name": &p.Name}, map[string]*[]string{"aliases": &p.Aliases}
	case extract.KindInstitution:
		i := *f.Institution
		f.Institution = &i
		texts, lists = map[string]*string{"name": &i.Name, "parent": &i.Parent}, map[string]*[]string{"aliases": &i.Aliases}
	case extract.KindTitle:
		t := *f.Title
		f.Title = &t
		texts = map[string]*string{"person": &t.Person, "title": &t.Title, "institution": &t.Institution, "when": &t.When}
	case extract.KindAgreement:
		g := *f.Agreement
		f.Agreement = &g
		texts = map[string]*string{"type": &g.Type, "status": &g.Status, "date": &g.Date, "place": &g.Place, "subject": &g.Subject}
		lists = map[string]*[]string{"parties": &g.Parties, "signatories": &g.Signatories}
	default:
		own := extract.Own{Slots: slices.Clone(f.Own.Slots)}
		f.Own = &own
		for i := range own.Slots {
			texts[own.Slots[i].Name] = &own.Slots[i].Value
		}
	}
	for _, s := range set {
		slot, value, ok := strings.Cut(s, "=")
		slot = strings.ToLower(strings.TrimSpace(slot))
		text, list := texts[slot], lists[slot]
		switch {
		case !ok:
			return f, badUsage("--set %q has no =; write it as SLOT=VALUE", s)
		case text != nil:
			*text = strings.TrimSpace(value)
		case list != nil:
			*list = nil
			for _, part := range strings.Split(value, ";") {
				if part = strings.TrimSpace(part); part != "" {
					*list = append(*list, part)
				}
			}
		default:
			return f, badUsage("--set %s: a %s has no such slot; 'dateline fact edit --help' lists them", slot, f.Kind)
		}
	}
	return f, nil
}

// newUndoCommand is "dateline fact undo".
func newUndoCommand(a *app) *cobra.Command {
	var f decisionFlags
	cmd := &cobra.Command{
		Use:   "undo [DECISION]",
		Short: "Take back a decision: the last of yours, or one by its number",
		Long: `Take back a decision: the last one of whoever asks, or the one whose number
"dateline fact history" shows. Both stay in the history; what an earlier decision said counts again.

` + exitHelp,
		Example: `  dateline fact undo
  dateline fact undo 12 --why 'the photo caption says it too'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return badUsage("name one decision, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			v := corpus.Verdict{Action: corpus.Undo}
			if len(args) == 1 {
				n, err := strconv.ParseInt(args[0], 10, 64)
				if err != nil || n < 1 {
					return badUsage("%q is no number of a decision; 'dateline fact history' lists them", args[0])
				}
				v.Undoes = n
			}
			return a.decide(cmd.Context(), f, []string{""}, v)
		},
	}
	f.define(cmd.Flags())
	return cmd
}
