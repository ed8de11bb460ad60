package main

import (
	"bytes"
	"encoding/csv"
	"testing"
)

func TestDefuse(t *testing.T) {
	for in, want := range map[string]string{
		"":                   "",
		"Ministry":           "Ministry",
		"=1+1":               "'=1+1",
		"+HYPERLINK(\"x\")":  "'+HYPERLINK(\"x\")",
		"-cmd|' /C calc'!A0": "'-cmd|' /C calc'!A0",
		"@SUM(A1)":           "'@SUM(A1)",
		"\t=1":               "'\t=1",
		"\r=1":               "'\r=1",
		"\n=1":               "'\n=1",
		" =1":                "' =1",
		"\u00a0=1":           "'\u00a0=1",
		"\u3000＝1":           "'\u3000＝1",
		"＋1":                 "'＋1",
		"＠x":                 "'＠x",
		"-5":                 "-5",
		"+3.25":              "+3.25",
		"-5e9":               "'-5e9",
		"--5":                "'--5",
		"-":                  "'-",
		" -5":                "' -5",
		"2024-05-18":         "2024-05-18",
		"a=b":                "a=b",
		"–5":                 "–5", // a dash is no sign
	} {
		if got := defuse(in); got != want {
			t.Errorf("defuse(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestCSVReadsBack(t *testing.T) {
	rows := [][]string{{"a\"b", "c\nd", "é,;"}, {"=x", "\x1b[1m", ""}}
	for raw, want := range map[bool]string{true: "=x", false: "'=x"} {
		var b bytes.Buffer
		if err := writeCSV(&b, []string{"one", "two", "three"}, rows, raw); err != nil {
			t.Fatal(err)
		}
		back, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if back[1][0] != rows[0][0] || back[1][1] != rows[0][1] || back[1][2] != rows[0][2] {
			t.Errorf("raw %v: the first row reads back as %q", raw, back[1])
		}
		if back[2][0] != want {
			t.Errorf("raw %v: the formula reads back as %q, want %q", raw, back[2][0], want)
		}
		if raw != (back[2][1] == "\x1b[1m") {
			t.Errorf("raw %v: the escape reads back as %q", raw, back[2][1])
		}
	}
}
