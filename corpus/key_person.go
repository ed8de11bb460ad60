package corpus

import (
	"slices"
	"strings"
)

// honorifics are words before a name that do not belong to it.
var honorifics = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "prof": true, "professor": true, "sir": true, "dame": true, "he": true,
	"h": false, "hon": true, "rev": true, "gen": true, "col": true, "phd": true, "jr": true, "sr": true, "shaikh": true, "sheikh": true,
}

// personWords splits a person's name into full words and initials, both folded; the words are
// also brought to one transliteration (transliterate). Doubled words count once.
func personWords(name string) (full, initials []string) {
	for _, w := range fold(name) {
		if honorifics[w] || w == "&" {
			continue
		}
		if len([]rune(w)) == 1 && w[0] < 0x80 {
			if !slices.Contains(initials, w) {
				initials = append(initials, w)
			}
			continue
		}
		if w = transliterate(w); !slices.Contains(full, w) {
			full = append(full, w)
		}
	}
	return full, initials
}

// transliterate brings the usual ways of writing one Cyrillic, Arabic or Persian name in
// Latin letters together (Sergey/Sergei/Sergej, Yussuf/Yusuf, Hassan/Hasan). Words that
// read as pinyin stay as they are: there, one letter makes another name (Jin/Jing, Zhou/Zhu).
func transliterate(w string) string {
	if len(w) < 4 || isPinyin(w) {
		return w
	}
	return transliterations.Replace(squeeze(w))
}

var transliterations = strings.NewReplacer(
	"iya", "ia", "iia", "ia", "ija", "ia", "yev", "ev", "iev", "ev", "jev", "ev", "yerz", "erz",
	"ey", "ei", "ej", "ei", "ay", "ai", "aj", "ai", "oy", "oi", "oj", "oi", "iy", "i", "ij", "i", "yi", "i", "yy", "i", "ii", "i",
	"yu", "iu", "ju", "iu", "ya", "ia", "ja", "ia", "kh", "h", "ks", "x", "ph", "f", "tch", "ch", "w", "v", "y", "i", "ou", "u", "oo", "u",
)

// squeeze makes doubled letters single.
func squeeze(w string) string {
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if i > 0 && w[i] == w[i-1] && w[i] != 'o' && w[i] < 0x80 {
			continue
		}
		out = append(out, w[i])
	}
	return string(out)
}

// Pinyin syllables are an initial (or none) and a final.
var (
	pinyinInitials = []string{"zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s", "y", "w", ""}
	pinyinFinals   = []string{"iang", "iong", "uang", "ang", "eng", "ing", "ong", "ian", "iao", "uai", "uan", "van", "ai", "an", "ao", "ei", "en", "er", "ia", "ie", "in", "iu", "ou", "ua", "ue", "ui", "un", "uo", "ve", "a", "e", "i", "o", "u", "v"}
)

// isPinyin reports whether a word reads as one to three syllables of pinyin.
func isPinyin(w string) bool {
	if len(w) > 18 {
		return false
	}
	return pinyinFrom(w, 0)
}

func pinyinFrom(w string, syllables int) bool {
	if w == "" {
		return syllables > 0
	}
	if syllables == 3 {
		return false
	}
	for _, i := range pinyinInitials {
		if !strings.HasPrefix(w, i) || i == "" && syllables > 0 {
			continue
		}
		rest := w[len(i):]
		for _, f := range pinyinFinals {
			if strings.HasPrefix(rest, f) && pinyinFrom(rest[len(f):], syllables+1) {
				return true
			}
		}
	}
	return false
}

// isPatronymic reports whether a word is an East Slavic or Turkic patronymic, which texts
// often leave out.
func isPatronymic(w string) bool {
	if len(w) < 6 {
		return false
	}
	for _, end := range []string{"ovich", "evich", "ovna", "evna", "ichna", "ogli", "ogly", "oglu", "uli", "uly", "kizi", "kyzy"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// joinSorted is the order-free key of words: "Wu Xujin" and "Xujin Wu" give the same.
func joinSorted(words ...string) string {
	s := slices.Clone(words)
	slices.Sort(s)
	return strings.Join(s, " ")
}

// skeleton is the consonants of a word after its first letter: what misspellings of vowels
// and transliterations leave alone.
func skeleton(w string) string {
	out := []byte{}
	for i := 0; i < len(w); i++ {
		if i > 0 && strings.IndexByte("aeiouyh", w[i]) >= 0 || i > 0 && w[i] == w[i-1] {
			continue
		}
		out = append(out, w[i])
	}
	return string(out)
}

// The levels of person keys: which weak evidence is tried before which.
const (
	levelStrong     = 0
	levelMiddle     = 1 // a patronymic or a middle initial is left out
	levelSubset     = 2 // any middle name is left out, or vowels differ, at one institution
	levelInitial    = 3 // initials and surname at one institution
	levelPost       = 4 // a surname alone with the same post at the same institution
	levelShort      = 1 // institutions: without eponym or legal form
	levelAlias      = 2 // institutions: a short form or acronym that the other text defines
	levelUnit       = 3 // institutions: a proper-named unit without its parent
	levelHighest    = 4
	maxNameWords    = 12 // of a person: longer "names" are matched only as a whole
	maxContexts     = 12 // institutions around a person
	maxKeysOfAForm  = 200
	maxNames        = 40  // of one person or institution that make keys; more is no document of this world
	maxContextKey   = 400 // bytes
	maxNameForMatch = 300 // bytes; longer "names" are cut for matching
)

// personKeys are the keys of a person. contexts are the strong keys of the institutions where
// the document gives the person a post; posts are "title@institution" keys of those posts.
// source keeps names that can't be told apart (a surname alone) to their own document.
func personKeys(source string, names []string, contexts, posts []string) []formKey {
	var keys []formKey
	contexts = contexts[:min(len(contexts), maxContexts)]
	posts = posts[:min(len(posts), maxContexts)]
	for i, name := range names[:min(len(names), maxNames)] {
		full, initials := personWords(cut(name))
		if len(full) > maxNameWords {
			full = full[:maxNameWords]
		}
		switch {
		case len(full) >= 2:
			keys = append(keys, fullPersonKeys(full, initials, contexts, posts)...)
		case i > 0: // an alias of one word links only inside its document
		case len(full) == 1 && len(initials) > 0:
			own := "p:" + joinSorted(append([]string{full[0]}, initials...)...)
			if len(contexts) == 0 {
				keys = append(keys, formKey{own + "#" + source, levelStrong, strong})
			}
			for _, c := range contexts {
				keys = append(keys, formKey{own + "@" + c, levelStrong, strong})
				for _, x := range initials {
					keys = append(keys, formKey{"p~" + x + "." + full[0] + "@" + c, levelInitial, asks})
				}
			}
		default:
			own := "p:" + foldText(cut(name))
			if len(posts) == 0 || len(full) == 0 {
				keys = append(keys, formKey{own + "#" + source, levelStrong, strong})
				break
			}
			for _, p := range posts {
				keys = append(keys, formKey{own + "|" + p, levelStrong, strong}, formKey{"p~" + full[0] + "|" + p, levelPost, asks})
			}
		}
	}
	return tidyKeys(keys)
}

// fullPersonKeys are the keys of a name of at least two words.
func fullPersonKeys(full, initials, contexts, posts []string) []formKey {
	whole := joinSorted(append(slices.Clone(full), initials...)...)
	keys := []formKey{{"p:" + whole, levelStrong, strong}, {"p~" + whole, levelMiddle, asks}}
	short := slices.DeleteFunc(slices.Clone(full), func(w string) bool { return isPatronymic(w) && len(full) > 2 })
	if len(short) >= 2 && (len(short) < len(full) || len(initials) > 0) {
		keys = append(keys, formKey{"p~" + joinSorted(short...), levelMiddle, offers})
	}
	latin := true
	bones := make([]string, 0, len(full))
	for _, w := range full {
		latin = latin && w[0] < 0x80 && !isPinyin(w) && len(w) >= 4
		bones = append(bones, skeleton(w))
	}
	for _, c := range contexts {
		if len(full) == 2 {
			keys = append(keys, formKey{"p~" + whole + "@" + c, levelSubset, asks})
		}
		if len(full) > 2 && len(full) <= 5 {
			for i := range full {
				for j := i + 1; j < len(full); j++ {
					keys = append(keys, formKey{"p~" + joinSorted(full[i], full[j]) + "@" + c, levelSubset, offers})
				}
			}
		}
		if latin && len(initials) == 0 {
			keys = append(keys, formKey{"p^" + joinSorted(bones...) + "@" + c, levelSubset, similar})
		}
		for i, surname := range full {
			for j, given := range full {
				if i != j {
					r := []rune(given)[0]
					keys = append(keys, formKey{"p~" + string(r) + "." + surname + "@" + c, levelInitial, offers})
				}
			}
		}
	}
	for _, p := range posts {
		for _, w := range full {
			keys = append(keys, formKey{"p~" + w + "|" + p, levelPost, offers})
		}
	}
	return keys
}

// cut bounds a name for matching; nothing that long is a name.
func cut(name string) string {
	if len(name) <= maxNameForMatch {
		return name
	}
	return strings.ToValidUTF8(name[:maxNameForMatch], "")
}
