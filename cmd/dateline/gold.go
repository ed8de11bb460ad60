package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/extract"
	"dateline/extract/eval"
)

// newGoldCommand is "dateline gold".
func newGoldCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "gold",
		Short: "Make gold cases of reviewed documents",
		Long: `Make gold cases of reviewed documents. A gold case is a release with what is true of it;
"dateline eval" measures the program against a folder of them.

` + exitHelp,
		Example: `  dateline gold add accord --about 'A lease that lapsed, and one renewed.'`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return badUsage("%q is not what can be done with gold; use add", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
	}
	cmd.AddCommand(newGoldAddCommand(a))
	return cmd
}

// goldAddFlags are the flags of gold add.
type goldAddFlags struct {
	to, name, about string
	acceptOpen      bool
}

// newGoldAddCommand is "dateline gold add".
func newGoldAddCommand(a *app) *cobra.Command {
	var f goldAddFlags
	cmd := &cobra.Command{
		Use:   "add DOC",
		Short: "Make a gold case of a reviewed document",
		Long: `Write three files of one name: the release, as its bytes came; NAME.json with its gold; and
NAME.about.txt, a note of what the case shows. DOC is a number, a source or the stem of a
source, as "dateline documents" lists them.

The accepted facts of the document are its gold, with the values that people gave them; the
rejected ones are its near misses, and "dateline eval" tells when one comes back. While
facts are undecided nothing is written, unless --accept-open takes them as they are.

Where the bytes alone do not give the text again (a part of a feed, a page whose
character set only the server told), the cleaned text is written instead.

The gold is checked as "dateline eval" reads it: every name, date and subject must stand in
the text, every post and signatory belong to a person of the gold. It holds nothing
that the program missed: read the text against it once more, and add what is not there.

` + exitHelp,
		Example: `  dateline gold add accord --about 'A lease that lapsed, and one renewed.'
  dateline gold add 12 --to testdata/releases/look --name lease-that-lapsed --about "$(cat note)"`,
		Args: oneArgument("document"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			return a.goldAdd(cmd.Context(), args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.to, "to", "gold", "the `FOLDER` of gold cases; it is made when it is not there")
	flags.StringVar(&f.name, "name", "", "the `NAME` of the case, in-kebab-case, after what it shows (default: made of the source's)")
	flags.StringVar(&f.about, "about", "", "`TEXT` of the note: in a few lines, what the case shows and why it is here")
	flags.BoolVar(&f.acceptOpen, "accept-open", false, "take facts that nobody has decided as they are")
	return cmd
}

// mostAbout bounds a note, in bytes.
const mostAbout = 4000

func (f *goldAddFlags) check() error {
	f.about = strings.TrimSpace(f.about)
	switch {
	case f.about == "":
		return badUsage("--about: say in a few lines what the case shows and why it is here; a case that nobody can place is not kept up")
	case len(f.about) > mostAbout:
		return badUsage("--about is longer than %d bytes; a few lines are enough", mostAbout)
	case f.name != "" && !isKebab(f.name):
		return badUsage("--name %q: write it in small letters and digits with single hyphens between, such as lease-that-lapsed", f.name)
	case f.to == "":
		return badUsage("--to is empty; name a folder")
	case isKeep(f.to):
		return badUsage("%s is kept for cases that are written without a look at what the program reads; add this one to another folder", f.to)
	}
	return nil
}

// longestName bounds the name of a case, in bytes.
const longestName = 80

// isKebab reports small ASCII letters and digits in runs with single hyphens between.
func isKebab(name string) bool { return name != "" && len(name) <= longestName && kebab(name) == name }

// kebab makes such a name of any text; "" when it has no ASCII letter or digit.
func kebab(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	name := strings.Join(words, "-")
	return strings.TrimRight(name[:min(len(name), longestName)], "-")
}

// goldAdd is the command after its flags were checked.
func (a *app) goldAdd(ctx context.Context, name string, f goldAddFlags) error {
	store, err := a.readStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	doc, err := store.Document(ctx, name)
	if err != nil {
		return err
	}
	if doc.State != "ok" || doc.ID == 0 {
		return fmt.Errorf("%s: it is %s; only a stored document can become a gold case", doc.Source, doc.State)
	}
	if open := undecided(doc.Statements); open != "" && !f.acceptOpen {
		return fmt.Errorf("%s: of its %s, %s; review them first, or take them as they are with --accept-open",
			doc.Source, plural(len(doc.Statements), "fact", "facts"), open)
	}
	if f.name == "" {
		if f.name = kebab(eval.Stem(doc.Source)); f.name == "" {
			return badUsage("%s gives no name for the case; give one with --name", doc.Source)
		}
	}
	if err := nameIsFree(f.to, f.name); err != nil {
		return err
	}
	stored, err := store.Stored(ctx, doc.ID)
	if err != nil {
		return err
	}
	release, err := releaseFile(stored, f.name)
	if err != nil {
		return err
	}
	gold := goldCase(doc, f.name, release.name)
	if wrong := gold.Validate(release.doc.Text); len(wrong) > 0 {
		for _, w := range wrong {
			a.log.Error(w)
		}
		a.log.Error(fmt.Sprintf("%s: nothing was written, because its facts do not make valid gold; edit or reject those that are named", doc.Source))
		return errItems
	}
	if release.cleaned {
		a.log.Warn(doc.Source + ": its bytes alone do not give the text again; the cleaned text is written instead")
	}
	if was, is := doc.Doc.Published, release.doc.Published.Value; was.Value != is {
		a.log.Warn(fmt.Sprintf("%s: its publication date %s (%s) is not in the file that is written; eval will miss what counts from it", doc.Source, orNothing(was.Value), was.From))
	}
	var text bytes.Buffer
	if err := gold.Write(&text); err != nil {
		return err
	}
	files := []newFile{
		{release.name, release.bytes},
		{f.name + ".about.txt", []byte(lines(f.about) + "\n")},
		{f.name + ".json", text.Bytes()}, // last: eval sees the case when all of it is there
	}
	if err := writeNew(f.to, files); err != nil {
		return err
	}
	var b bytes.Buffer
	for _, file := range files {
		fmt.Fprintln(&b, oneLine(filepath.ToSlash(filepath.Join(f.to, file.name))))
	}
	fmt.Fprintf(&b, "%s. Read the text against the gold once more: it holds nothing that the program missed.\n", goldCounts(gold))
	return a.print(&b)
}

// undecided counts the statements that nobody decided, in words; "" when there are none.
func undecided(statements []corpus.Statement) string {
	count := map[extract.Kind]int{}
	n, skipped, changed := 0, 0, 0
	for _, s := range statements {
		if s.Value.Own != nil {
			continue // no part of gold
		}
		switch s.State {
		case corpus.ReviewAccepted, corpus.ReviewRejected:
			continue
		case corpus.ReviewSkipped:
			skipped++
		case corpus.ReviewChanged:
			changed++
		}
		n++
		count[s.Kind]++
	}
	if n == 0 {
		return ""
	}
	var parts []string
	for _, kind := range extract.Kinds {
		if count[kind] > 0 {
			parts = append(parts, plural(count[kind], string(kind), goldPlurals[kind]))
		}
	}
	text := fmt.Sprintf("%d %s undecided (%s", n, isOrAre(n), strings.Join(parts, ", "))
	if skipped > 0 {
		text += fmt.Sprintf("; %d skipped", skipped)
	}
	if changed > 0 {
		text += fmt.Sprintf("; %d to look at again", changed)
	}
	return text + ")"
}

// nameIsFree looks for a case of that name in the folder and in those beside it: a name is
// unique over all parts of a corpus, since runs are matched to cases by it.
func nameIsFree(folder, name string) error {
	full, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	folders := []string{full}
	beside, _ := os.ReadDir(filepath.Dir(full)) // what can't be listed has no case either
	for _, e := range beside {
		if e.IsDir() && e.Name() != filepath.Base(full) {
			folders = append(folders, filepath.Join(filepath.Dir(full), e.Name()))
		}
	}
	for _, f := range folders {
		if _, err := os.Lstat(filepath.Join(f, name+".json")); err == nil {
			return fmt.Errorf("%s: there is a gold case of that name in %s; give another with --name", name, filepath.Base(f))
		}
	}
	return nil
}

// newFile is a file to write, by its name within a folder.
type newFile struct {
	name string
	data []byte
}

// writeNew writes files that do not exist yet, all of them or none. A file that holds the very
// same already is what an interrupted run left; it stays.
func writeNew(folder string, files []newFile) (err error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("%s can't be made: %w", folder, err)
	}
	var written []string
	defer func() {
		if err != nil {
			for _, name := range written {
				os.Remove(name)
			}
		}
	}()
	for _, file := range files {
		name := filepath.Join(folder, file.name)
		switch err := writeOnce(name, file.data); {
		case err == nil:
			written = append(written, name)
		case errors.Is(err, fs.ErrExist):
			if there, err := os.ReadFile(name); err != nil || !bytes.Equal(there, file.data) {
				return fmt.Errorf("%s is there already and stays as it is; give the case another name with --name", name)
			}
		default:
			return fmt.Errorf("%s can't be written: %w", name, err)
		}
	}
	return nil
}

// writeOnce gives a file its name when all of it is on the disk; a name that is taken is
// fs.ErrExist.
func writeOnce(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), name)
}
