package gazetteer

import (
	"testing"

	"dateline/extract/token"
)

func TestNames(t *testing.T) {
	for _, c := range []struct {
		word                                      string
		forename, forenameAmbiguous, surname, amb bool
	}{
		{"Maria", true, false, true, false},
		{"MARIA", true, false, true, false},
		{"Björn", true, false, true, false},
		{"Bjorn", true, false, true, false},
		{"Will", true, true, true, true},
		{"Young", true, true, true, true},
		{"O’Brien", false, false, true, false},
		{"Qwrtzpl", false, false, false, false},
		{"", false, false, false, false},
	} {
		f, fa := Forename(c.word)
		s, sa := Surname(c.word)
		if f != c.forename || fa != c.forenameAmbiguous || s != c.surname || sa != c.amb {
			t.Errorf("%q: Forename %v,%v Surname %v,%v; want %v,%v %v,%v", c.word, f, fa, s, sa, c.forename, c.forenameAmbiguous, c.surname, c.amb)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, name := range []string{"Kazakhstan", "South Korea", "Côte d’Ivoire", "Cote d'Ivoire", "USA", "U.S.", "People's Republic of China"} {
		if !Country(name) {
			t.Errorf("Country(%q) = false", name)
		}
	}
	for _, name := range []string{"Almaty", "São Paulo", "Sao Paulo", "Xi’an", "Houston", "St. John's"} {
		if !City(name) {
			t.Errorf("City(%q) = false", name)
		}
	}
	for _, name := range []string{"Bank", "Of", "University", "", " ", "Kazakhstan University"} {
		if City(name) || Country(name) || Region(name) {
			t.Errorf("%q is no place", name)
		}
	}
	if !Region("New South Wales") || !Region("Shaanxi") || Region("Shaanxi University") {
		t.Error("regions")
	}
}

func TestDemonym(t *testing.T) {
	for word, want := range map[string]string{"Kazakh": "Kazakhstan", "Kazakhstani": "Kazakhstan", "Chinese": "China", "CHINESE": "China", "Sino-": "China",
		"Sino-Kazakh": "China", "Franco-German": "France", "Kazakh-Chinese": "Kazakhstan", "Kazakh-led": "", "University": "", "-": "", "": ""} {
		if got, ok := Demonym(word); got != want || ok != (want != "") {
			t.Errorf("Demonym(%q) = %q, %v; want %q", word, got, ok, want)
		}
	}
}

func TestPlaceAt(t *testing.T) {
	for text, want := range map[string]string{
		"New York City is big":         "New York City city",
		"New York is big":              "New York city",
		"United Kingdom of the brave":  "United Kingdom country",
		"UNITED ARAB EMIRATES":         "UNITED ARAB EMIRATES country",
		"U.S. trade":                   "U.S. country",
		"Us too":                       " ",
		"New\nYork":                    " ",
		"Almaty hosted":                "Almaty city",
		"almaty hosted":                " ",
		"Trinidad and Tobago wins":     "Trinidad and Tobago country",
		"Trinidad and others":          "Trinidad country",
		"Xinjiang authorities":         "Xinjiang region",
		"":                             " ",
		"Central Asia’s five states":   "Central Asia region",
		"People’s Republic of China’s": "People’s Republic of China country",
	} {
		tokens := token.Tokenize(text)
		n, kind := PlaceAt(text, tokens, 0)
		got := " "
		if n > 0 {
			got = text[tokens[0].Start():tokens[n-1].End()] + " " + kind
		}
		if got != want {
			t.Errorf("PlaceAt(%q) = %q, want %q", text, got, want)
		}
	}
	if n, _ := PlaceAt("x", nil, 3); n != 0 {
		t.Error("an index out of range must give nothing")
	}
}

func TestNoAllocation(t *testing.T) {
	text := "Vice-Rector Éva D’Souza of São Paulo met the Sino-Kazakh delegation"
	tokens := token.Tokenize(text)
	load()
	if n := testing.AllocsPerRun(100, func() {
		for i, tok := range tokens {
			Forename(tok.Of(text))
			Surname(tok.Of(text))
			Demonym(tok.Of(text))
			PlaceAt(text, tokens, i)
		}
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

// Every line of every list must be found by its own look-up: a line that no look-up finds is
// dead weight and usually a damaged name.
func TestEveryLineIsFound(t *testing.T) {
	table := load()
	for name, want := range map[string]entry{"lists/forenames.txt": inForenames, "lists/surnames.txt.gz": inSurnames, "lists/countries.txt": inCountries,
		"lists/countries_more.txt": inCountries, "lists/regions.txt": inRegions, "lists/cities.txt": inCities, "lists/cities_more.txt": inCities} {
		missing := 0
		eachLine(name, func(line string) {
			if table.place(line)&want == 0 {
				if missing++; missing < 5 {
					t.Errorf("%s: %q is not found", name, line)
				}
			}
		})
	}
}

func BenchmarkPlaceAt(b *testing.B) {
	text := "The rector of the New York institute and Ms Björk Guðmundsdóttir met in São Paulo on Monday."
	tokens := token.Tokenize(text)
	load()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for i, tok := range tokens {
			Forename(tok.Of(text))
			PlaceAt(text, tokens, i)
		}
	}
}
