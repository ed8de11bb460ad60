package eval

import (
	"fmt"
	"slices"
	"strings"
)

// kindOrder is the order of the known kinds in a line; others follow by name.
var kindOrder = []string{"date", "person", "institution", "title", "agreement"}

// CheckLine lists what a line of the exchange format breaks of the rules that no schema
// can hold: every citation is true and shows its fact, facts stand in order of kind and
// then of first citation, no id stands twice, the text holds no NUL, and titles and
// agreements refer to people and institutions by their names, not by their aliases.
func CheckLine(data []byte) []string {
	line, err := ParseLine(data)
	if err != nil {
		return []string{err.Error()}
	}
	var out []string
	fail := func(i int, format string, args ...any) {
		out = append(out, fmt.Sprintf("facts[%d] (%s): %s", i, line.Facts[i].Kind, fmt.Sprintf(format, args...)))
	}
	if !line.HasText {
		out = append(out, "document.text is missing")
	}
	if strings.ContainsRune(line.Text, 0) {
		out = append(out, "document.text holds a NUL")
	}
	d := &scorer{normalizer: make(normalizer)}
	text := []rune(line.Text)
	aliases, names := map[string]bool{}, map[string]bool{}
	for _, f := range line.Facts {
		if f.Kind == "person" || f.Kind == "institution" {
			names[f.Name] = true
			for _, a := range f.Aliases {
				aliases[a] = true
			}
		}
	}
	previous := Fact{Kind: kindOrder[0]}
	for i, f := range line.Facts {
		if why := d.uncited(&f, text, line.HasText); why != "" {
			fail(i, "%s", why)
		}
		if order := compareKinds(previous.Kind, f.Kind); order > 0 || order == 0 && firstStart(previous) > firstStart(f) {
			fail(i, "stands after facts[%d] (%s, from %d on); sort by kind, then by first citation", i-1, previous.Kind, firstStart(previous))
		}
		previous = f
		for _, name := range slices.Concat(f.Parties, f.Signatories, []string{f.Person, f.Institution, f.Parent}) {
			if name != "" && aliases[name] && !names[name] {
				fail(i, "refers to %q, which is an alias; use the name", clip(name))
			}
		}
	}
	return append(out, repeatedIDs(data)...)
}

// firstStart is where a fact's first citation begins; 0 without one.
func firstStart(f Fact) int {
	if len(f.Citations) == 0 {
		return 0
	}
	return f.Citations[0].Start
}

func compareKinds(a, b string) int {
	i, j := slices.Index(kindOrder, a), slices.Index(kindOrder, b)
	switch {
	case i >= 0 && j >= 0:
		return i - j
	case i < 0 && j < 0:
		return strings.Compare(a, b)
	}
	return j - i // the unknown kind, -1, comes last
}

// repeatedIDs lists ids that stand twice in a line.
func repeatedIDs(data []byte) []string {
	value, err := decodeLoose(data)
	line, _ := value.(map[string]any)
	facts, _ := line["facts"].([]any)
	if err != nil {
		return nil
	}
	var out []string
	seen := make(map[string]int)
	for i, f := range facts {
		fields, _ := f.(map[string]any)
		id, ok := fields["id"].(string)
		if first, twice := seen[id]; ok && twice {
			out = append(out, fmt.Sprintf("facts[%d]: has the id %q of facts[%d]", i, clip(id), first))
		}
		if _, twice := seen[id]; ok && !twice {
			seen[id] = i
		}
	}
	return out
}
