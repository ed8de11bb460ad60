package eval

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// TestWriteReversesParseGold writes every gold file of look and reads it back. Those of keep
// stay unread.
func TestWriteReversesParseGold(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("..", "..", "testdata", "releases", "look", "*.json"))
	if len(files) < 30 {
		t.Fatalf("only %d gold files were found", len(files))
	}
	again := func(name string, data []byte) {
		c, err := ParseGold(name, data)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := c.Write(&b); err != nil {
			t.Fatal(err)
		}
		back, err := ParseGold(name, b.Bytes())
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, b.String())
		}
		var second bytes.Buffer
		if err := back.Write(&second); err != nil || second.String() != b.String() {
			t.Errorf("%s: written twice, it differs (%v)", name, err)
		}
		full := func(c Case) Case { // an empty list and none are the same
			for i := range c.Agreements {
				c.Agreements[i].Parties = notNil(c.Agreements[i].Parties)
				c.Agreements[i].Signatories = notNil(c.Agreements[i].Signatories)
			}
			return c
		}
		if c, back = full(c), full(back); !reflect.DeepEqual(c, back) {
			t.Errorf("%s: written and read, it is\n%+v\nwas\n%+v", name, back, c)
		}
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		again(filepath.Base(file), data)
	}
	again("near misses", []byte(`{"document": "a <b> & c.txt", "dates": [], "people": [], "institutions": [], "titles": [], "agreements": [], "near_misses": [{"kind": "agreement", "quote": "“x”", "parties": ["A", "B"], "date": "2024"}, {"kind": "date", "quote": "May", "value": "XXXX-05"}]}`))
}

func TestWriteIsWrittenAsPeopleDo(t *testing.T) {
	file := filepath.Join("..", "..", "testdata", "releases", "look", "letters-signed-respectively.json")
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseGold("letters-signed-respectively", want)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	got, have := bytes.Split(b.Bytes(), []byte("\n")), bytes.Split(want, []byte("\n"))
	same := 0
	for _, line := range got {
		for _, other := range have {
			if bytes.Equal(line, other) {
				same++
				break
			}
		}
	}
	if len(got) != len(have) || same < len(got)-8 {
		t.Errorf("of %d lines %d are as in %s, which has %d:\n%s", len(got), same, file, len(have), b.String())
	}
}
