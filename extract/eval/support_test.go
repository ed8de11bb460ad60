package eval

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

type object = map[string]any

// sharedFile finds a file that stands beside the repository, or skips.
func sharedFile(t testing.TB, name, untested string) string {
	t.Helper()
	dir := os.Getenv("DATELINE_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	path, err := filepath.Abs(filepath.Join(dir, name))
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Skipf("NOT TESTED: %s: %v (set DATELINE_SHARED)", untested, err)
	}
	return path
}

func python(t testing.TB, untested string) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skipf("NOT TESTED: %s: python3 is not on PATH", untested)
	}
	return path
}

// perfect is the run that says what the gold says, made from the gold's JSON.
func perfect(gold object, source, text string) object {
	cite := func(quotes ...any) []any {
		var out []any
		for _, q := range quotes {
			quote, _ := q.(string)
			at := strings.Index(text, quote)
			if at < 0 {
				at = 0 // its quote is not true, but the dates that it names are
			}
			if quote == "" {
				at, quote = 0, string([]rune(text)[:min(5, utf8.RuneCountInString(text))])
			}
			start := utf8.RuneCountInString(text[:at])
			out = append(out, object{"start": start, "end": start + utf8.RuneCountInString(quote), "quote": quote})
		}
		return out
	}
	var facts []any
	add := func(list, kind string, quotes []string, fields ...string) {
		items, _ := gold[list].([]any)
		for _, item := range items {
			from := item.(object)
			fact := object{"kind": kind}
			for _, f := range fields {
				fact[f] = from[f]
			}
			var q []any
			for _, name := range quotes {
				q = append(q, from[name])
			}
			fact["citations"] = cite(q...)
			facts = append(facts, clone(fact))
		}
	}
	add("dates", "date", []string{"text"}, "value", "mod")
	add("people", "person", []string{"name"}, "name", "aliases")
	add("institutions", "institution", []string{"name"}, "name", "aliases", "parent")
	add("titles", "title", []string{"person", "title"}, "person", "title", "institution")
	add("agreements", "agreement", []string{"subject"}, slotNames[:]...)
	return object{"document": object{"source": source, "text": text}, "facts": facts}
}

func clone(value any) any {
	switch v := value.(type) {
	case object:
		out := make(object, len(v))
		for k, x := range v {
			out[k] = clone(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = clone(x)
		}
		return out
	}
	return value
}

func encode(t testing.TB, value any) []byte {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decode(t testing.TB, data []byte) object {
	t.Helper()
	var value object
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// goldSet is a folder of gold with its texts, by name.
type goldSet struct {
	dir   string
	cases []Case
	gold  map[string]object
	texts map[string]string
}

func loadSet(t testing.TB, goldDir, textDir string) goldSet {
	t.Helper()
	cases, err := LoadGold(goldDir)
	if err != nil {
		t.Fatal(err)
	}
	set := goldSet{goldDir, cases, map[string]object{}, map[string]string{}}
	for _, c := range cases {
		data, err := os.ReadFile(filepath.Join(goldDir, c.Name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		set.gold[c.Name] = decode(t, data)
		text, err := os.ReadFile(filepath.Join(textDir, c.Name+".txt"))
		if err != nil { // an HTML case: its figures need no text, its citations do not hold
			text = []byte("no text at hand")
		}
		set.texts[c.Name] = string(text)
	}
	return set
}

func (s goldSet) run() []object {
	var lines []object
	for _, c := range s.cases {
		lines = append(lines, perfect(s.gold[c.Name], "in/"+c.Name+".txt", s.texts[c.Name]))
	}
	return lines
}

var junk = []any{nil, "", " ", "—", 7.0, -1.5, true, []any{}, []any{nil}, []any{""}, []any{"x", 3.0}, object{}, object{"a": 1.0}, "Straße & Co.", "the"}

var otherValues = []any{"2024", "2024-05", "XXXX-12-12", "xxxx-12-12 ", "2025-10-29/2025-11-02", "START", "END", "signed", "memorandum", "agreement", "Astana", "the cooperation", "President"}

// mutate changes a run in a way that the generator alone decides.
func mutate(rng *rand.Rand, run []object) []object {
	var lines []object
	names := namesOf(run)
	rate := rng.Float64() * 0.5
	for _, line := range run {
		if rng.Float64() < 0.05 {
			continue
		}
		line = clone(line).(object)
		var facts []any
		for _, f := range line["facts"].([]any) {
			fact := f.(object)
			if rng.Float64() < rate*0.4 {
				continue
			}
			if rng.Float64() < rate {
				mutateFact(rng, fact, names)
			}
			facts = append(facts, fact)
			if rng.Float64() < rate*0.4 {
				twin := clone(fact).(object)
				if rng.IntN(2) == 0 {
					mutateFact(rng, twin, names)
				}
				facts = append(facts, twin)
			}
		}
		if rng.IntN(8) == 0 { // a crowd of agreements
			for range rng.IntN(25) {
				facts = append(facts, object{"kind": "agreement", "type": pick(rng, otherValues), "parties": some(rng, names), "signatories": some(rng, names), "subject": pick(rng, names)})
			}
		}
		rng.Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })
		line["facts"] = facts
		switch rng.IntN(30) {
		case 0:
			line["facts"] = pick(rng, []any{nil, 0.0, false, "", []any{}, object{}})
		case 1:
			line["document"].(object)["text"] = pick(rng, junk)
		}
		lines = append(lines, line)
	}
	rng.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return lines
}

func mutateFact(rng *rand.Rand, fact object, names []any) {
	keys := slices.Sorted(maps.Keys(fact))
	key := keys[rng.IntN(len(keys))]
	list, isList := fact[key].([]any)
	switch n := rng.IntN(10); {
	case key == "citations":
		mutateCitations(rng, fact)
	case n < 2:
		fact[key] = pick(rng, junk)
	case n < 3:
		delete(fact, key)
	case isList && n < 6:
		fact[key] = append(list, pick(rng, names))
	case isList && len(list) > 0:
		list[rng.IntN(len(list))] = pick(rng, append(names[:len(names):len(names)], junk...))
	case isList:
		fact[key] = some(rng, names)
	case n < 5:
		fact[key] = pick(rng, otherValues)
	case n < 7:
		if s, ok := fact[key].(string); ok {
			fact[key] = respell(rng, s)
		}
	case key != "kind" || n == 9:
		fact[key] = pick(rng, names)
	}
}

func mutateCitations(rng *rand.Rand, fact object) {
	list, _ := fact["citations"].([]any)
	if len(list) == 0 {
		return
	}
	i := rng.IntN(len(list))
	c, ok := list[i].(object)
	switch rng.IntN(7) {
	case 0:
		fact["citations"] = pick(rng, junk)
	case 1:
		list[i] = pick(rng, junk)
	case 2:
		if ok {
			c[[]string{"start", "end", "quote"}[rng.IntN(3)]] = pick(rng, junk)
		}
	case 3:
		if start, whole := c["start"].(int); whole {
			c["start"] = start + rng.IntN(3) - 1
		}
	case 4:
		if quote, text := c["quote"].(string); text {
			c["quote"] = respell(rng, quote)
		}
	case 5:
		if start, whole := c["start"].(int); whole {
			c["start"] = json.RawMessage(fmt.Sprintf("%d.0", start))
		}
	case 6:
		fact["citations"] = append(list, clone(list[i]))
	}
}

// respell changes a text where norm and the extents are put to the test.
func respell(rng *rand.Rand, s string) string {
	words := strings.Fields(s)
	switch rng.IntN(8) {
	case 0:
		return strings.ToUpper(s)
	case 1:
		return "The " + s
	case 2:
		return "in the " + s + " of"
	case 3:
		if len(words) > 1 {
			return strings.Join(words[1:], " ")
		}
	case 4:
		if len(words) > 1 {
			return strings.Join(words[:len(words)-1], "\u00a0")
		}
	case 5:
		return strings.NewReplacer("a", "á", "e", "e\u0301", "ss", "ß", "-", "\u2011", "and", "&", "i", "\u00adi").Replace(s)
	case 6:
		return "Mr. " + s
	}
	return s + "s"
}

func pick(rng *rand.Rand, from []any) any { return clone(from[rng.IntN(len(from))]) }

func some(rng *rand.Rand, from []any) []any {
	out := []any{}
	for range rng.IntN(4) {
		out = append(out, pick(rng, from))
	}
	return out
}

// namesOf are the names, aliases and parties of a run, in order.
func namesOf(run []object) []any {
	out := []any{"Nobody At All"}
	for _, line := range run {
		for _, f := range line["facts"].([]any) {
			fact := f.(object)
			for _, key := range []string{"name", "person", "title", "institution", "subject", "place"} {
				if s, ok := fact[key].(string); ok {
					out = append(out, s)
				}
			}
			for _, key := range []string{"aliases", "parties", "signatories"} {
				list, _ := fact[key].([]any)
				out = append(out, list...)
			}
		}
	}
	return out
}

func jsonLines(t testing.TB, lines []object) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, line := range lines {
		b.Write(encode(t, line))
		b.WriteByte('\n')
	}
	return b.Bytes()
}
