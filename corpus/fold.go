package corpus

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters maps letters that decomposition leaves whole to plain Latin: Latin letters with
// strokes, and Cyrillic as passports and news agencies write it (with the Kazakh, Ukrainian
// and Serbian letters). Other scripts stay as they are.
var letters = map[rune]string{
	'ø': "o", 'œ': "oe", 'æ': "ae", 'ß': "ss", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ŋ': "n", 'ə': "a", 'ŧ': "t",
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'е': "e", 'ж': "zh", 'з': "z", 'и': "i", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o",
	'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "",
	'э': "e", 'ю': "yu", 'я': "ya", 'є': "ye", 'і': "i", 'ґ': "g", 'ђ': "dj", 'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'џ': "dz", 'ѕ': "dz",
	'ә': "a", 'ғ': "g", 'қ': "k", 'ң': "n", 'ө': "o", 'ұ': "u", 'ү': "u", 'һ': "h",
	'α': "a", 'β': "v", 'γ': "g", 'δ': "d", 'ε': "e", 'ζ': "z", 'η': "i", 'θ': "th", 'ι': "i", 'κ': "k", 'λ': "l", 'μ': "m", 'ν': "n", 'ξ': "x",
	'ο': "o", 'π': "p", 'ρ': "r", 'σ': "s", 'ς': "s", 'τ': "t", 'υ': "y", 'φ': "f", 'χ': "ch", 'ψ': "ps", 'ω': "o",
}

// fold gives the words of a name as they are compared: lower case, without diacritics,
// in Latin letters where a plain transliteration exists. Apostrophes vanish ("O'Neil" is
// "oneil"), "&" is a word, every other sign separates words.
func fold(s string) []string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	for _, r := range norm.NFKD.String(s) {
		r = unicode.ToLower(r)
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		case r == '\'' || r == '’' || r == 'ʻ' || r == 'ʼ' || r == '‘' || r == '`' || r == 'ʿ' || r == 'ʾ':
		case r == '&':
			b.WriteString(" & ")
		case r < 0x80 && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9'):
			b.WriteByte(byte(r))
		case r < 0x80:
			b.WriteByte(' ')
		default:
			if to, ok := letters[r]; ok {
				b.WriteString(to)
			} else if unicode.IsLetter(r) || unicode.IsNumber(r) {
				b.WriteRune(r)
			} else {
				b.WriteByte(' ')
			}
		}
	}
	// Decomposition took Hangul syllables apart; one letter is one syllable again.
	return strings.Fields(norm.NFC.String(b.String()))
}

// foldText is fold as one string, the words separated by one space.
func foldText(s string) string { return strings.Join(fold(s), " ") }
