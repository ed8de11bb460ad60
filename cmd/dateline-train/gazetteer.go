package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// gazetteerCommand rewrites the generated lists from the public ones.
func gazetteerCommand(args []string) error {
	flags := flag.NewFlagSet("gazetteer", flag.ExitOnError)
	out := flags.String("out", "extract/gazetteer/lists", "folder to write the lists to")
	_ = flags.Parse(args)
	if flags.NArg() != 1 {
		return fmt.Errorf("gazetteer: want one folder, got %d arguments; name the folder that holds gazetteers/ and ner/", flags.NArg())
	}
	dir := flags.Arg(0)
	read := func(names ...string) ([]string, error) {
		var lines []string
		for _, name := range names {
			raw, err := os.ReadFile(filepath.Join(dir, "gazetteers", name))
			if err != nil {
				return nil, fmt.Errorf("gazetteer: %w; name the folder that holds gazetteers/", err)
			}
			for _, line := range bytes.Split(raw, []byte("\n")) {
				lines = append(lines, decode(line))
			}
		}
		return lines, nil
	}
	forenames, err := read("forenames.cc0.txt", "forenames.smashew.txt")
	if err != nil {
		return err
	}
	surnames, err := read("surnames.cc0.txt", "surnames.smashew.txt")
	if err != nil {
		return err
	}
	countries, err := read("countries.pddl.txt")
	if err != nil {
		return err
	}
	cities, err := read("cities.geonames-ccby.txt")
	if err != nil {
		return err
	}
	lower, err := lowerCaseWords(dir)
	if err != nil {
		return err
	}
	capitals, err := listLines(filepath.Join(*out, "capitals.txt"))
	if err != nil {
		return err
	}
	more, err := listLines(filepath.Join(*out, "ambiguous_more.txt"))
	if err != nil {
		return err
	}
	ambiguousToo := map[string]bool{}
	for _, w := range more {
		ambiguousToo[strings.ToLower(w)] = true
	}
	isCapital := map[string]bool{}
	for _, c := range capitals {
		isCapital[c] = true
	}

	forenames = clean(forenames, personWord)
	surnames = clean(surnames, personWord)
	var ambiguous []string
	for _, w := range append(append([]string{}, forenames...), surnames...) {
		if l := fold(w); lower[l] || ambiguousToo[l] {
			ambiguous = append(ambiguous, fold(w))
		}
	}
	countries = clean(countries, func(s string) (string, bool) {
		s = strings.TrimRight(s, "* ")
		s = strings.TrimSuffix(s, " (the)")
		return s, !isCapital[s] && !strings.ContainsAny(s, "(,") && latinName(s)
	})
	cities = append(cities, capitals...)
	cities = clean(cities, func(s string) (string, bool) {
		s = strings.TrimSpace(s)
		return s, utf8.RuneCountInString(s) > 2 && !lower[fold(s)] && latinName(s) && !strings.ContainsAny(s, "(,") && !administrative(s)
	})
	for name, lines := range map[string][]string{
		"forenames.txt": forenames, "surnames.txt.gz": surnames, "ambiguous.txt": sorted(ambiguous), "countries.txt": countries, "cities.txt": cities,
	} {
		if err := writeList(filepath.Join(*out, name), lines); err != nil {
			return err
		}
	}
	return nil
}

// decode reads a line as UTF-8, or as Latin-1 where it is not UTF-8.
func decode(line []byte) string {
	line = bytes.TrimPrefix(bytes.TrimRight(line, "\r"), []byte("\ufeff"))
	if utf8.Valid(line) {
		return string(line)
	}
	runes := make([]rune, len(line))
	for i, c := range line {
		runes[i] = rune(c)
	}
	return string(runes)
}

// personWord accepts one word of letters with inner hyphens and apostrophes. Lines that were
// damaged at their source (U+FFFD for a lost letter) and remarks are dropped.
func personWord(s string) (string, bool) {
	s = strings.TrimSuffix(strings.TrimSpace(s), ",1")
	if i := strings.Index(s, " (variation of"); i > 0 {
		s = s[:i]
	}
	letters := 0
	for i, r := range s {
		switch {
		case unicode.Is(unicode.Latin, r):
			letters++
		case (r == '-' || r == '\'') && i > 0 && i < len(s)-1:
		default:
			return "", false
		}
	}
	first, _ := utf8.DecodeRuneInString(s)
	return s, letters > 1 && letters <= 24 && unicode.IsUpper(first)
}

// fold is the lower-case form without diacritics, as the look-up sees it.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, r) && r != '\'' && r != '‘' && r != '’' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// latinName accepts a name in Latin script.
func latinName(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && r != 'ʿ' && r != 'ʻ' && r != 'ʼ' || r == utf8.RuneError {
			return false
		}
	}
	return s != ""
}

// administrative reports whether a line of the list of cities is a province or the like; the
// words before it stand in the list on their own where they are a city.
func administrative(s string) bool {
	for _, tail := range []string{" Region", " Province", " State", " County", " District", " Oblast", " Department", " Governorate", " Prefecture"} {
		if strings.HasSuffix(s, tail) {
			return true
		}
	}
	return false
}

func clean(lines []string, accept func(string) (string, bool)) []string {
	var out []string
	for _, line := range lines {
		if s, ok := accept(line); ok {
			out = append(out, s)
		}
	}
	return sorted(out)
}

// sorted sorts by bytes and drops repetitions.
func sorted(lines []string) []string {
	sort.Strings(lines)
	out := lines[:0]
	for i, line := range lines {
		if i == 0 || line != lines[i-1] {
			out = append(out, line)
		}
	}
	return out
}

// lowerCaseWords returns the words that the training texts write in lower case outside any
// name at least twice: they are words of the language.
func lowerCaseWords(dir string) (map[string]bool, error) {
	files, err := filepath.Glob(filepath.Join(dir, "ner", "*.conll"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("gazetteer: no file %s; name the folder that holds ner/", filepath.Join(dir, "ner", "*.conll"))
	}
	counts := map[string]int{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("gazetteer: %w", err)
		}
		for _, line := range strings.Split(string(raw), "\n") {
			word, label, ok := strings.Cut(line, "\t")
			if ok && label == "O" && word == strings.ToLower(word) {
				counts[word]++
			}
		}
	}
	words := map[string]bool{}
	for w, n := range counts {
		if n > 1 {
			words[w] = true
		}
	}
	return words, nil
}

// listLines reads a hand-made list without its comments.
func listLines(path string) ([]string, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("gazetteer: %w; run the command at the root of the project", err)
	}
	var out []string
	for _, line := range strings.Split(string(raw), "\n") {
		if line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out, nil
}

func writeList(path string, lines []string) error {
	var b bytes.Buffer
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
		if err != nil {
			return fmt.Errorf("gazetteer: %s: %w", path, err)
		}
		_, _ = z.Write([]byte(strings.Join(lines, "\n") + "\n"))
		if err := z.Close(); err != nil {
			return fmt.Errorf("gazetteer: %s: %w", path, err)
		}
	} else {
		b.WriteString(strings.Join(lines, "\n") + "\n")
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("gazetteer: %w; run the command at the root of the project", err)
	}
	return nil
}
