package ingest

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"

	"dateline/ingest/document"
)

// languageSample is how many bytes of text are looked at: more would not change the answer.
const languageSample = 32 << 10

// functionWords are the commonest words of languages in Latin script that name no thing. They are
// what a text full of foreign names still has, and what trigrams of those names drown.
var functionWords = map[string]string{
	"en": "the of and to in a for on with by is was that from at as its it were has have had be been are will an this said also which their they his her he she who or not but would during between after into through more about all can new other than these those first under while our we you",
	"fr": "le la les de des du et en un une pour dans sur avec par est sont qui que au aux ce cette ses son sa il elle ont été plus ne pas leur se à où également ainsi entre",
	"de": "der die das und in den von zu mit im des für auf ist dem ein eine nicht sich auch es an werden aus er hat dass sie nach bei einer um am sind noch wie einem über wird wurde zum zur",
	"es": "el la los las de del y en un una para con por es que se su al lo como más ha fue son sus este esta entre también sobre no pero",
	"it": "il lo la gli le di del della dei delle e in un una per con da è che si al alla nel nella sono ha anche come più tra suo sua non",
	"pt": "o a os as de do da dos das e em um uma para com por é que se ao na no nos nas mais foi são também entre sobre não como",
	"nl": "de het een en van in op voor met is dat te zijn aan bij door ook niet om uit naar werd worden wordt heeft deze dit",
	"pl": "w i na z do się że o jest za od po oraz przez nie dla to ze przy został która który są",
	"cs": "a v na se z do je že o pro s za od k po i to ve byl byla které který jsou také nebo",
	"sv": "och i att det som en på är av för med till den har de ett om var inte från vid",
	"da": "og i at det som en på er af for med til den har de et om var ikke fra ved",
	"no": "og i å det som en på er av for med til den har de et om var ikke fra ved",
	"fi": "ja on ei että se oli mutta ovat myös hän sekä kun joka tai jo mukaan",
	"tr": "ve bir bu ile için da de olarak olan en çok daha gibi kadar sonra tarafından ise",
	"id": "yang dan di dari untuk dengan pada ini itu dalam tidak akan oleh juga telah sebagai ke adalah",
	"vi": "và của các là trong cho với được có một những này đã không người khi",
	"ro": "și de la în cu pe a din pentru un o care este sunt că nu prin ale al mai fost",
	"hu": "a az és hogy nem is egy meg volt van de ez csak már mint vagy által",
	"sw": "na ya wa kwa ni katika za la cha kuwa hiyo huo pia",
	"uz": "va bilan uchun bu ham bir edi bo'lgan hamda haqida",
	"az": "və bir bu ilə üçün da də olan kimi daha sonra",
	"hr": "i u na je se za da od s su kao koji koja o te ili nije bio",
	"lv": "un ir ar no par uz kas arī ka tika pie",
	"lt": "ir yra su iš į kad ar buvo kaip apie bei",
	"et": "ja on ei et see oli ka kui mis ning oma",
	"sq": "dhe në të e i për me nga që është një si",
	"ca": "el la els les de i en un una per amb que és del al va ser més",
	"sk": "a v na sa z do je že o pre s za od k po aj to vo bol bola ktoré ktorý sú",
	"sl": "in v na je se za da od z s so kot ki o pri tudi ali",
}

// languageOrder lists the keys of functionWords in a fixed order, English first, so that a tie
// goes the same way every time.
var languageOrder = []string{"en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "sv", "da", "no", "fi", "tr", "id", "vi",
	"ro", "hu", "sw", "uz", "az", "hr", "lv", "lt", "et", "sq", "ca", "sk", "sl"}

// wordLanguages gives for each function word the languages that have it, as bits by languageOrder.
var wordLanguages = func() map[string]uint64 {
	table := make(map[string]uint64)
	for i, code := range languageOrder {
		for _, word := range strings.Fields(functionWords[code]) {
			table[word] |= 1 << i
		}
	}
	return table
}()

// language gives the ISO 639-1 code of the document's main text, or "" when it cannot be told.
// declared is what the page says of itself; it is asked last, because pages of one site often
// carry the language of its first edition.
func language(doc document.Document, declared string) string {
	sample := prose(doc, languageSample)
	words, letters, latin := 0, 0, 0
	hits := make([]int, len(languageOrder))
	for _, word := range strings.FieldsFunc(sample, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && !unicode.IsMark(r) }) {
		words++
		for _, r := range word {
			if unicode.IsLetter(r) {
				letters++
				if unicode.Is(unicode.Latin, r) {
					latin++
				}
			}
		}
		bits := wordLanguages[strings.ToLower(word)]
		for i := 0; bits != 0; i, bits = i+1, bits>>1 {
			if bits&1 != 0 {
				hits[i]++
			}
		}
	}
	declared = primaryTag(declared)
	if letters < 3 {
		return declared
	}
	if latin*2 < letters {
		if code := cyrillic(sample, letters); code != "" {
			return code
		}
		if code := guessed(sample); code != "" {
			return code
		}
		return declared
	}
	best := 0
	for i := range hits {
		if hits[i] > hits[best] {
			best = i
		}
	}
	share := float64(hits[best]) / float64(max(1, words))
	english := float64(hits[0]) / float64(max(1, words))
	switch {
	// Prose has function words at a third to a half of its words; releases that are mostly lists of
	// names and posts still have one in ten.
	case best == 0 && share >= 0.08:
		return "en"
	case best != 0 && english >= 0.15 && hits[0]*10 >= hits[best]*9:
		return "en"
	case best != 0 && share >= 0.15 && words >= 6:
		return languageOrder[best]
	case declared != "":
		return declared
	case words >= 20 && share < 0.05:
		return guessed(sample)
	case best == 0 && hits[0] > 0 && words < 20:
		return "en" // a headline: "Rector visits University of Graz"
	}
	return ""
}

// cyrillicLetters are letters that only some languages in Cyrillic script have, asked in this order. Trigrams
// take short Russian for Bulgarian and Kazakh for Turkmen; the alphabets leave no doubt.
var cyrillicLetters = []struct{ letters, code string }{
	{"ҳҷӯӣ", "tg"}, {"ұ", "kk"}, {"җ", "tt"}, {"ў", "be"}, {"їєґ", "uk"}, {"ђћ", "sr"}, {"ѓќѕ", "mk"}, {"қғ", "kk"}, {"ң", "ky"}, {"өү", "mn"}, {"јљњ", "sr"}, {"ыэё", "ru"},
}

// cyrillic tells languages in Cyrillic script apart by their letters; "" for other scripts and for texts
// that have none of them.
func cyrillic(sample string, letters int) string {
	counts := make([]int, len(cyrillicLetters))
	total, hard := 0, 0
	for _, r := range strings.ToLower(sample) {
		if r < 0x400 || r > 0x52f {
			continue
		}
		total++
		if r == 'ъ' {
			hard++
		}
		for i, l := range cyrillicLetters {
			if strings.ContainsRune(l.letters, r) {
				counts[i]++
			}
		}
	}
	if total*2 < letters {
		return ""
	}
	for i, l := range cyrillicLetters {
		// A name from the neighbouring country brings one such letter, not one in two hundred.
		if counts[i] > 0 && counts[i]*200 >= total {
			return l.code
		}
	}
	if hard*100 >= total {
		return "bg"
	}
	if total < 200 {
		return "ru" // a headline or two can do without ы and э; longer Russian cannot
	}
	return ""
}

// guessed asks the trigram detector, and believes it only when it says that it is reliable: its
// order among near ties is not fixed. The script decides otherwise, where it can.
func guessed(sample string) string {
	info := whatlanggo.Detect(sample)
	if info.Lang >= 0 && info.IsReliable() {
		return info.Lang.Iso6391()
	}
	switch info.Script {
	case unicode.Arabic:
		if strings.ContainsAny(sample, "پچژگ") {
			return "fa"
		}
		return "ar"
	case unicode.Hebrew:
		return "he"
	case unicode.Devanagari:
		return "hi"
	}
	return ""
}

// primaryTag gives the language of a language tag: "en" of "en-GB".
func primaryTag(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	if len(tag) != 2 || tag[0] < 'a' || tag[0] > 'z' || tag[1] < 'a' || tag[1] > 'z' {
		return ""
	}
	return tag
}

// prose is the text outside silent zones, up to about limit bytes.
func prose(doc document.Document, limit int) string {
	var b strings.Builder
	at := 0
	add := func(end int) {
		if end > at && b.Len() < limit {
			part := doc.Text[at:end]
			if rest := limit - b.Len(); len(part) > rest {
				part = strings.ToValidUTF8(part[:rest], "")
			}
			b.WriteString(part)
		}
	}
	for _, zone := range doc.Zones {
		if !zone.Kind.Silent() {
			continue
		}
		add(zone.Start)
		b.WriteByte('\n')
		at = max(at, zone.End)
	}
	add(len(doc.Text))
	return b.String()
}
