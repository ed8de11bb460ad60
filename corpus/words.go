package corpus

import (
	"embed"
	"strings"
)

//go:embed words/*.txt
var wordFiles embed.FS

// The word lists of name matching. They are small and read once, at program start.
var (
	genericWords = wordSet("generic")
	stateHeads   = wordSet("state-heads")
	unitHeads    = wordSet("unit-heads")
	eponymHeads  = wordSet("eponym-heads")
	legalForms   = phraseTable("legal-forms")
	spellings    = phraseTable("spelling")
	countries    = phraseTable("countries")
)

func wordLines(name string) []string {
	text, err := wordFiles.ReadFile("words/" + name + ".txt")
	if err != nil {
		panic("corpus: " + err.Error())
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

func wordSet(name string) map[string]bool {
	set := map[string]bool{}
	for _, line := range wordLines(name) {
		for _, w := range strings.Fields(line) {
			set[w] = true
		}
	}
	return set
}

// phrases maps ways of writing, as folded words joined by one space, to a canonical form.
type phrases struct {
	canonical map[string]string
	longest   int // in words
}

func phraseTable(name string) phrases {
	p := phrases{canonical: map[string]string{}}
	for _, line := range wordLines(name) {
		to, variants, _ := strings.Cut(line, "=")
		to = strings.TrimSpace(to)
		p.canonical[to] = to
		p.longest = max(p.longest, len(strings.Fields(to)))
		for _, v := range strings.Split(variants, ",") {
			if v = strings.TrimSpace(v); v != "" {
				p.canonical[v] = to
				p.longest = max(p.longest, len(strings.Fields(v)))
			}
		}
	}
	return p
}

// prefix finds the longest phrase that words begin with: its canonical form and length in
// words, or 0.
func (p phrases) prefix(words []string) (canonical string, n int) {
	for n = min(p.longest, len(words)); n > 0; n-- {
		if c, ok := p.canonical[strings.Join(words[:n], " ")]; ok {
			return c, n
		}
	}
	return "", 0
}

// suffix finds the longest phrase that words end with.
func (p phrases) suffix(words []string) (canonical string, n int) {
	for n = min(p.longest, len(words)); n > 0; n-- {
		if c, ok := p.canonical[strings.Join(words[len(words)-n:], " ")]; ok {
			return c, n
		}
	}
	return "", 0
}
