package ingest

import (
	"strings"
	"unicode/utf8"

	"dateline/ingest/document"
)

// creditOpenings begin a credit inside brackets, in small letters.
var creditOpenings = openingsOf([]string{
	"photo provided", "photos provided", "photo by", "photos by", "photo:", "photos:", "photo courtesy", "photos courtesy", "photo credit", "photo from", "photos from", "photo/", "photo /", "photo -", "photo –", "photo taken by",
	"image by", "image:", "image credit", "image courtesy", "image provided", "image source", "image from", "picture by", "picture:", "picture credit", "picture courtesy", "pictures by", "photograph by", "photograph:", "photography by", "courtesy of", "courtesy photo", "courtesy:", "courtesy image", "credit:", "credits:", "provided to", "provided by", "file photo", "xinhua/", "ap photo", "ap/", "afp/", "reuters/", "getty images", "graphic:", "graphic by", "illustration:", "illustration by", "video by", "video:", "screenshot", "handout", "source:",
})

// lineCredits begin a credit that fills the rest of a line, in small letters. Each ends with a
// sign or a preposition, so that "Photo exhibitions opened …" is none.
var lineCredits = openingsOf([]string{
	"photo:", "photos:", "photo by ", "photos by ", "photo credit:", "photo credits:", "photo credit ", "photo courtesy of ", "photos courtesy of ", "photo courtesy:", "photo provided by ", "photo provided to ", "photos provided by ", "photo source:", "image:", "images:", "image credit:", "image credits:", "image by ", "image courtesy of ", "image courtesy:", "image source:", "picture:", "picture by ", "picture credit:", "picture courtesy of ", "photograph:", "photograph by ", "photographs by ", "photography:", "photography by ", "photographer:", "credit:", "credits:", "courtesy of ", "courtesy:", "courtesy photo", "source:", "photo/", "©photo", "foto:", "foto ", "fot. ", "phot. ", "ph. ", "ph: ", "pic: ", "pic. ", "pix: ", "фото:", "illustration:", "illustration by ", "video by ", "video credit:", "graphic by ", "graphic:", "cover photo:", "header image:", "banner image:", "featured image:",
})

// withCredits gives the parts of a line: those that the markup knew, and the credits that its
// words show. Only the credit is cut out; the caption beside it is article text.
func withCredits(l line) []document.Zone {
	found := creditSpans(l.text)
	if len(found) == 0 {
		return l.parts
	}
	if len(l.parts) == 0 {
		return found
	}
	if len(l.parts) > maxParts {
		return l.parts
	}
	parts := append([]document.Zone{}, l.parts...)
	for _, f := range found {
		clear := true
		for _, p := range l.parts {
			if f.Start < p.End && p.Start < f.End {
				clear = false
			}
		}
		if !clear {
			continue
		}
		at := 0
		for at < len(parts) && parts[at].Start < f.Start {
			at++
		}
		parts = append(parts[:at], append([]document.Zone{f}, parts[at:]...)...)
	}
	return parts
}

// creditSpans finds the credits in a line: in brackets anywhere, without brackets after the last
// sentence of a caption.
func creditSpans(text string) []document.Zone {
	var spans []document.Zone
	const longest = 160 // bytes of a credit in brackets
	for i := 0; i < len(text); i++ {
		if text[i] != '[' && text[i] != '(' {
			continue
		}
		closing := byte(']')
		if text[i] == '(' {
			closing = ')'
		}
		end := strings.IndexByte(text[i:min(len(text), i+longest)], closing)
		if end < 0 {
			continue
		}
		inside := strings.ToLower(strings.TrimSpace(text[i+1 : i+end]))
		if isCreditText(inside) {
			spans = append(spans, document.Zone{Start: i, End: i + end + 1, Kind: document.Credit})
			i += end
		}
	}
	if tail := tailCredit(text); tail > 0 && (len(spans) == 0 || spans[len(spans)-1].End <= tail) {
		spans = append(spans, document.Zone{Start: tail, End: len(text), Kind: document.Credit})
	}
	return spans
}

// isCreditText reports whether words inside brackets are a credit.
func isCreditText(lower string) bool {
	for _, opening := range creditOpenings.of(lower) {
		if strings.HasPrefix(lower, opening) {
			// "(source: Ministry)" cites; "(provided by law)" is prose: brackets of more than a few words are not credits.
			return len(strings.Fields(lower)) <= 14
		}
	}
	return (strings.HasSuffix(lower, " photo") || strings.HasSuffix(lower, "/photo") || strings.HasSuffix(lower, " photos")) && len(strings.Fields(lower)) <= 5 && !strings.HasPrefix(lower, "see ")
}

// tailCredit gives the byte where a credit without brackets begins behind the last sentence of a
// line, or 0: "The rector at the opening. Photo: University".
func tailCredit(text string) int {
	if utf8.RuneCountInString(text) > 600 {
		return 0
	}
	from := 0
	for {
		i := strings.IndexAny(text[from:], ".!?)”\"|")
		if i < 0 {
			return 0
		}
		from += i
		for from < len(text) && strings.IndexByte(".!?)\"| ", text[from]) >= 0 || strings.HasPrefix(text[from:], "”") {
			if text[from] >= 0x80 {
				from += len("”")
			} else {
				from++
			}
		}
		if from >= len(text) {
			return 0
		}
		rest := text[from:]
		if text[from-1] == ' ' && len(rest) <= 120 && startsCredit(rest) {
			return from
		}
	}
}

// startsCredit reports whether the text is a credit from its beginning to its end.
func startsCredit(text string) bool {
	lower := strings.ToLower(text)
	for _, opening := range lineCredits.of(lower) {
		if strings.HasPrefix(lower, opening) {
			rest := strings.TrimSpace(text[len(opening):])
			words := len(strings.Fields(rest))
			// A sentence after the label is a caption: "Photo: The two rectors shake hands."
			return words <= 8 && !(words > 4 && endsSentence(rest))
		}
	}
	return false
}

// isWholeCredit reports whether a line holds a credit and nothing else.
func isWholeCredit(text string) bool {
	if startsCredit(text) {
		return true
	}
	spans := creditSpans(text)
	return len(spans) == 1 && spans[0].Start == 0 && strings.Trim(text[spans[0].End:], " .") == ""
}

// captionOpenings begin captions that say what they are, in small letters.
var captionOpenings = openingsOf([]string{
	"caption:", "pictured:", "pictured above", "pictured left", "pictured right", "photo:", "photos:", "image:", "in the photo:", "in this photo", "in the picture:", "photo caption:", "photo shows", "picture shows", "this photo shows", "file photo", "file photo:", "(l-r)", "from left:", "from left to right:", "left to right:", "l-r:",
})

// isCaption reports whether a line of plain text is the caption of a picture: a short one that
// ends in a credit, or one that says so.
func isCaption(text string) bool {
	words := len(strings.Fields(clipBytes(text, 800)))
	if words > 70 {
		return false
	}
	lower := strings.ToLower(text)
	for _, opening := range captionOpenings.of(lower) {
		if strings.HasPrefix(lower, opening) {
			return true
		}
	}
	spans := creditSpans(text)
	if len(spans) == 0 {
		return false
	}
	last := spans[len(spans)-1]
	return strings.Trim(text[last.End:], " .") == ""
}
