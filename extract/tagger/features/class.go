package features

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed words.txt
var wordLines string

// Class is a set of word classes, read from words.txt.
type Class uint32

// The word classes, in the order of classNames.
const (
	Honorific Class = 1 << iota
	Title
	TitleModifier
	Institution
	Legal
	Place
	Event
	Say
	Organised
	Kin
	Time
	Particle
	Joint
	Near
	Function
	KnownOrganisation // an organisation named by one word
	Regal             // a title that stays with the name: Pope, King, Sheikh
)

var classNames = []string{"honorific", "title", "title modifier", "institution", "legal", "place", "event", "say", "organised", "kin", "time", "particle", "joint", "near", "function", "known organisation", "regal"}

// classTable maps the hash of a lower-case word to its classes.
type classTable struct {
	hashes  [classSlots]uint32
	classes [classSlots]Class
}

const classSlots = 1 << 12

var loadClasses = sync.OnceValue(func() *classTable {
	t := new(classTable)
	class := Class(0)
	for _, line := range strings.Split(wordLines, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			class = 0
			for i, name := range classNames {
				if line == "["+name+"]" {
					class = 1 << i
				}
			}
			if class == 0 {
				panic(fmt.Sprintf("features: words.txt: unknown class %s", line))
			}
			continue
		}
		for _, w := range strings.Fields(line) {
			h := hashLower(w)
			i := h % classSlots
			for t.hashes[i] != 0 && t.hashes[i] != h {
				i = (i + 1) % classSlots
			}
			t.hashes[i] = h
			t.classes[i] |= class
		}
	}
	return t
})

func (t *classTable) get(h uint32) Class {
	for i := h % classSlots; t.hashes[i] != 0; i = (i + 1) % classSlots {
		if t.hashes[i] == h {
			return t.classes[i]
		}
	}
	return 0
}

// hashLower hashes a word in lower case without full stops: "Mr." is "mr", "S.A." is "sa".
func hashLower(w string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(w); {
		c := w[i]
		if c < utf8.RuneSelf {
			i++
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			if c != '.' || len(w) == 1 {
				h = (h ^ uint32(c)) * 16777619
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(w[i:])
		i += size
		switch r {
		case '’', '‘', 'ʼ':
			r = '\''
		}
		h = (h ^ uint32(unicode.ToLower(r))) * 16777619
	}
	return h
}

// ClassOf returns the classes of a word, in any case.
func ClassOf(w string) Class { return loadClasses().get(hashLower(w)) }
