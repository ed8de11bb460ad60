package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"plain":            "plain",
		"Zürich — 北京":      "Zürich — 北京",
		"\x1b]0;owned\x07": `\x1b]0;owned\x07`,
		"\x1b[2Jgone":      `\x1b[2Jgone`,
		"over\rwrite":      `over\x0dwrite`,
		"a\nb\tc":          "a b c",
		"\u202egnp.exe":    "<U+202E>gnp.exe",
		"c1 \u009b31m":     "c1 <U+009B>31m",
		"raw c1 \x9b31m":   `raw c1 \x9b31m`,
		"\x7f":             `\x7f`,
		"half \xe2\x82":    `half \xe2\x82`,
		"tag \U000e0041":   "tag <U+E0041>",
		"ZWJ stays: 👩\u200d🚀, कर्\u200dक": "ZWJ stays: 👩\u200d🚀, कर्\u200dक",
	} {
		if got := oneLine(in); got != want {
			t.Errorf("oneLine(%q) is %q, want %q", in, got, want)
		}
	}
	if got := lines("a\nb\tc\x1b"); got != "a\nb\tc\\x1b" {
		t.Errorf("lines leaves %q", got)
	}
}

// harmless fails on every character that a terminal would obey.
func harmless(t interface {
	Errorf(string, ...any)
}, what, text string) {
	if !utf8.ValidString(text) {
		t.Errorf("%s: it is not valid UTF-8: %q", what, text)
	}
	for _, r := range text {
		if r < 0x20 && r != '\n' && r != '\t' || r == 0x7f || isHostile(r) {
			t.Errorf("%s: it holds %U: %q", what, r, text)
			return
		}
	}
}

func TestPrinterLetsNothingThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		harmless(t, "oneLine", oneLine(text))
		harmless(t, "lines", lines(text))
		if strings.ContainsAny(oneLine(text), "\n\t") {
			t.Errorf("oneLine(%q) has several lines", text)
		}
	})
}
