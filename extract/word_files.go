package extract

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// wordFiles are the lists of words: those of the program, and those of a user's folder, whose lines
// are added.
type wordFiles struct {
	own fs.FS // nil: none
}

// columned are the lists whose lines are a word and what is said of it, with the words that may be
// said; nil: any.
var columned = map[string][]string{
	"institution-heads.txt":   {"strong", "unit", "company", "weak"},
	"institution-plurals.txt": nil,
	"title-heads.txt":         {"post", "weak", "of"},
	"title-former.txt":        {"former", "incoming", "current"},
}

// lines calls yield with every line of a list that is no comment, and its fields.
func (w *wordFiles) lines(name string, yield func(line string, fields []string)) error {
	data, err := lexiconFiles.ReadFile("lexicon/" + name)
	if err != nil {
		return fmt.Errorf("extract: lexicon %s: %w", name, err)
	}
	eachLine(string(data), func(_ int, line string) { yield(line, strings.Fields(line)) })
	if own, err := w.ownFile(name); err != nil {
		return err
	} else {
		eachLine(own, func(_ int, line string) { yield(line, strings.Fields(line)) })
	}
	return nil
}

// eachLine calls yield with the lines that are no comments, counted from 1.
func eachLine(text string, yield func(number int, line string)) {
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			yield(i+1, line)
		}
	}
}

// ownFile reads a user's list, "" when there is none.
func (w *wordFiles) ownFile(name string) (string, error) {
	if w.own == nil {
		return "", nil
	}
	data, err := readSmall(w.own, "lexicon/"+name)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", &RuleError{File: "lexicon/" + name, Line: 1, Problem: "it can't be read: " + err.Error()}
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"), nil
}

// check says what is wrong with a user's lists, all together.
func (w *wordFiles) check() error {
	if w.own == nil {
		return nil
	}
	entries, err := fs.ReadDir(w.own, "lexicon")
	if err != nil {
		return nil // no lists
	}
	var wrong []error
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".txt" {
			continue
		}
		text, err := w.ownFile(e.Name())
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		classes, columns := columned[e.Name()]
		eachLine(text, func(n int, line string) {
			fail := func(problem string) {
				wrong = append(wrong, &RuleError{File: "lexicon/" + e.Name(), Line: n, Problem: problem})
			}
			f := strings.Fields(line)
			switch {
			case strings.ContainsAny(line, "\uFFFD\x00"):
				fail("it is not valid UTF-8; save the file as UTF-8")
			case !columns:
			case len(f) != 2:
				fail("a line of this list is two words: the word, and what is said of it")
			case classes != nil && !slices.Contains(classes, f[1]):
				fail(fmt.Sprintf("%q is not said of a word here; it must be one of %s", clipped(f[1]), strings.Join(classes, ", ")))
			}
		})
	}
	return errors.Join(wrong...)
}

// list gives the lines of the list $name, for a pattern. Of a list in columns it gives the words.
func (w *wordFiles) list(name string) ([]string, error) {
	file := name + ".txt"
	data, err := lexiconFiles.ReadFile("lexicon/" + file)
	known := err == nil
	own, err := w.ownFile(file)
	if err != nil {
		return nil, err
	}
	if !known && own == "" {
		return nil, fmt.Errorf("there is no list $%s; write its words into lexicon/%s beside the rules, one a line", name, file)
	}
	var out []string
	_, columns := columned[file]
	for _, text := range []string{string(data), own} {
		eachLine(text, func(_ int, line string) {
			if columns {
				line = strings.Fields(line)[0]
			}
			out = append(out, line)
		})
	}
	return out, nil
}
