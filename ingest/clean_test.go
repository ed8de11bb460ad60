package ingest

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"line ends", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"},
		{"blank lines fold to one", "\n\n a \n \t \n\n\nb\n\n", "a\n\nb"},
		{"spaces fold", "a\u00a0\u2009 b\tc\u3000d", "a b c d"},
		{"blanks at line ends go", "a  \n  b", "a\nb"},
		{"invisible characters go", "co\u00adop\u200ber\ufeffate\u202e\u2066!\u0000\u0007", "cooperate!"},
		{"accents are composed", "Jose\u0301", "José"},
		{"an accent behind an invisible mark is composed", "e\u200b\u0301", "é"},
		{"invalid bytes are shown", "a\xffb", "a\uFFFDb"},
		{"joiners stay where a script needs them", "می\u200cخواهم", "می\u200cخواهم"},
		{"joiners go between Latin letters", "a\u200cb", "ab"},
		{"the sign of a kelvin is a letter", "\u212a\u200da", "Ka"},
		{"nothing", " \n\t\u00a0", ""},
	} {
		if got := Clean(c.in); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

// oddRunes are characters that cleaning treats in a way of its own.
var oddRunes = []rune{' ', '\n', '\r', '\t', 0, 7, 0x85, 0xa0, 0xad, 0x200b, 0x200c, 0x200d, 0x2028, 0x202e, 0x2060, 0x212a, 0x212b, 0x3000, 0xfeff, 0xfffd, 0x301, 0x338, 0x34f, 0x5d0, 0x626, 0x654, 0x1100, 0x1161, 0x11a8, 0xe0041, 'a', 'e', 'A', '<', 0x1f468}

func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.SampledFrom(oddRunes)), func(r []rune) string { return string(r) }),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
	)
}

func TestCleanProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkClean(t, anyText().Draw(t, "text"))
	})
}

type failer interface{ Fatalf(string, ...any) }

func checkClean(t failer, in string) {
	once := Clean(in)
	if twice := Clean(once); twice != once {
		t.Fatalf("cleaning %q twice: %q, once: %q", in, twice, once)
	}
	if !utf8.ValidString(once) {
		t.Fatalf("%q is not UTF-8", once)
	}
	if i := strings.IndexAny(once, "\x00\r\t\u00a0\u200b\u202e\ufeff"); i >= 0 {
		t.Fatalf("%q keeps the character at byte %d", once, i)
	}
	if strings.Contains(once, "\n\n\n") || strings.Contains(once, "  ") || strings.Contains(once, " \n") || strings.Contains(once, "\n ") || strings.TrimSpace(once) != once {
		t.Fatalf("%q has blanks in a row or at an end", once)
	}
}
