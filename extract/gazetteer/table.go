package gazetteer

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"io"
	"strings"
	"sync"

	"dateline/extract/token"
)

//go:embed lists/*.txt lists/*.gz
var lists embed.FS

// entry is what the lists say about one hash.
type entry uint16

const (
	inForenames entry = 1 << iota
	inSurnames
	inAmbiguous
	inCountries
	inRegions
	inCities
	inDemonyms
	preferCity // a city rather than the region of the same name: New York, Karaganda
	isPrefix   // a longer place name continues behind these words
)

// table is an open-addressed hash table; a zero hash marks an empty cell.
type table struct {
	hashes  []uint64
	entries []entry
	mask    uint64
	latin   *latin
	// demonyms holds the index of the country behind a demonym's hash.
	demonyms  map[uint64]uint8
	countries []string
}

// load reads every list once. The lists are part of the program, so a fault in one is a
// fault of the build and stops it.
var load = sync.OnceValue(func() *table {
	t := &table{hashes: make([]uint64, 1<<19), entries: make([]entry, 1<<19), mask: 1<<19 - 1, latin: latinTable(), demonyms: map[uint64]uint8{}}
	t.words("lists/forenames.txt", inForenames)
	t.words("lists/surnames.txt.gz", inSurnames)
	t.words("lists/ambiguous.txt", inAmbiguous)
	t.words("lists/ambiguous_more.txt", inAmbiguous)
	t.places("lists/countries.txt", inCountries)
	t.places("lists/countries_more.txt", inCountries)
	t.places("lists/regions.txt", inRegions)
	t.places("lists/cities.txt", inCities)
	t.places("lists/cities_more.txt", inCities|preferCity)
	t.peoples("lists/demonyms.txt")
	return t
})

// add joins the bits to those of the hash.
func (t *table) add(h uint64, e entry) {
	i := h & t.mask
	for t.hashes[i] != 0 && t.hashes[i] != h {
		i = (i + 1) & t.mask
	}
	t.hashes[i] = h
	t.entries[i] |= e
}

// get returns the bits of the hash, 0 when no list holds it.
func (t *table) get(h uint64) entry {
	i := h & t.mask
	for t.hashes[i] != h {
		if t.hashes[i] == 0 {
			return 0
		}
		i = (i + 1) & t.mask
	}
	return t.entries[i]
}

func (t *table) word(w string) entry {
	if w == "" || len(w) > maxWord {
		return 0
	}
	return t.get(hashWord(t.latin, hashStart, w))
}

func (t *table) words(name string, e entry) {
	eachLine(name, func(line string) { t.add(hashWord(t.latin, hashStart, line), e) })
}

// places adds names of one or more words. Each run of first words is marked as a prefix, so
// that a look-up in running text stops as soon as no name can follow.
func (t *table) places(name string, e entry) {
	eachLine(name, func(line string) {
		if plain(line) {
			t.add(hashWord(t.latin, hashStart, line), e)
			return
		}
		t.add(spaced(t.latin, line), e)
		h := uint64(hashStart)
		tokens := token.Tokenize(line)
		for i, tok := range tokens {
			if i > 0 {
				h = (h ^ ' ') * hashPrime
			}
			h = hashWord(t.latin, h, tok.Of(line))
			if i+1 < len(tokens) {
				t.add(h, isPrefix)
			}
		}
		t.add(h, e)
	})
}

// plain reports whether the line is one token beyond doubt; most are, and the tokenizer is
// the slowest part of loading.
func plain(line string) bool {
	for i := 0; i < len(line); i++ {
		if c := line[i]; c != '-' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

func (t *table) peoples(name string) {
	eachLine(name, func(line string) {
		country, words, ok := strings.Cut(line, ":")
		if !ok || len(t.countries) > 254 {
			panic(fmt.Sprintf("gazetteer: %s: line %q: want \"country: word word …\" and at most 255 lines", name, line))
		}
		for _, w := range strings.Fields(words) {
			h := hashWord(t.latin, hashStart, w)
			t.add(h, inDemonyms)
			if _, ok := t.demonyms[h]; !ok {
				t.demonyms[h] = uint8(len(t.countries))
			}
		}
		t.countries = append(t.countries, country)
	})
}

// eachLine calls add with every line of an embedded list that is neither empty nor a comment.
func eachLine(name string, add func(string)) {
	raw, err := lists.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("gazetteer: embedded list %s: %v; rebuild the program", name, err))
	}
	if strings.HasSuffix(name, ".gz") {
		r, err := gzip.NewReader(bytes.NewReader(raw))
		if err == nil {
			raw, err = io.ReadAll(r)
		}
		if err != nil {
			panic(fmt.Sprintf("gazetteer: embedded list %s: %v; rebuild the program", name, err))
		}
	}
	for text := string(raw); text != ""; {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		if line != "" && line[0] != '#' {
			add(line)
		}
	}
}
