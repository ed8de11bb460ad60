package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// decodeLoose reads one JSON value of untrusted type: objects as map[string]any, numbers as
// json.Number. NaN, Infinity and -Infinity, which Python's writer prints and its reader
// takes, are read as numbers too; otherwise a run written there could not be scored here.
func decodeLoose(data []byte) (any, error) {
	value, err := decodeJSON(data)
	if err != nil {
		if repaired := replaceNonFinite(data); repaired != nil {
			return decodeJSON(repaired)
		}
	}
	return value, err
}

func decodeJSON(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, errors.New("the JSON ends too early")
		}
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON value")
	}
	return value, nil
}

// replaceNonFinite writes a number beyond every float for each NaN and Infinity outside of
// strings; nil when there is none.
func replaceNonFinite(data []byte) []byte {
	var out []byte
	copied, inString := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == 'N' || c == 'I':
			for _, word := range []string{"NaN", "Infinity"} {
				if bytes.HasPrefix(data[i:], []byte(word)) {
					out = append(append(out, data[copied:i]...), "1e999"...)
					i += len(word) - 1
					copied = i + 1
					break
				}
			}
		}
	}
	if out == nil {
		return nil
	}
	return append(out, data[copied:]...)
}

// truthy is Python's truth of a JSON value: null, false, 0, "", [] and {} are false.
func truthy(value any) bool {
	switch v := value.(type) {
	case nil:
		return false
	case bool:
		return v
	case string:
		return v != ""
	case json.Number:
		f, _ := strconv.ParseFloat(v.String(), 64) // out of range gives an infinity, which is true
		return f != 0
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	}
	return true
}

// integer gives a JSON number that is written as a whole number; "2.0" and "2e0" are none.
// One beyond int is cut to the greatest or least int, which no text is long enough for.
func integer(value any) (int, bool) {
	number, ok := value.(json.Number)
	if !ok || strings.ContainsAny(number.String(), ".eE") {
		return 0, false
	}
	n, err := strconv.Atoi(number.String())
	if err != nil {
		if _, ok := new(big.Int).SetString(number.String(), 10); !ok {
			return 0, false
		}
	}
	return n, true
}

// rows calls yield with each row of r and its number from 1. "\n", "\r" and "\r\n" end a
// row, as in Python's text mode. Rows may be of any length.
func rows(r io.Reader, yield func(number int, row []byte) error) error {
	reader := bufio.NewReaderSize(r, 1<<16)
	number := 0
	for {
		line, err := reader.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		for rest, more := line, len(line) > 0 || err == nil; more; {
			var row []byte
			row, rest, more = bytes.Cut(rest, []byte("\r"))
			number++
			if e := yield(number, row); e != nil {
				return e
			}
		}
		if err != nil {
			return nil
		}
	}
}

// validUTF8 writes U+FFFD for every longest broken part of a sequence (the practice that
// Unicode recommends and Python follows), so that code points count the same everywhere.
// Package encoding/json would write one for every broken byte.
func validUTF8(data []byte) []byte {
	if utf8.Valid(data) {
		return data
	}
	out := make([]byte, 0, len(data)+16)
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r != utf8.RuneError || size > 1 {
			out, data = append(out, data[:size]...), data[size:]
			continue
		}
		out, data = append(out, "\uFFFD"...), data[brokenLength(data):]
	}
	return out
}

// brokenLength is the number of bytes at the start of data that begin a sequence which
// then breaks off; at least 1.
func brokenLength(data []byte) int {
	need, low, high := 0, byte(0x80), byte(0xbf) // bytes to follow; bounds of the first of them
	switch c := data[0]; {
	case 0xc2 <= c && c <= 0xdf:
		need = 1
	case 0xe0 <= c && c <= 0xef:
		need = 2
		if c == 0xe0 {
			low = 0xa0
		} else if c == 0xed {
			high = 0x9f
		}
	case 0xf0 <= c && c <= 0xf4:
		need = 3
		if c == 0xf0 {
			low = 0x90
		} else if c == 0xf4 {
			high = 0x8f
		}
	}
	n := 1
	for ; n <= need && n < len(data) && low <= data[n] && data[n] <= high; n++ {
		low, high = 0x80, 0xbf
	}
	return n
}
