package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// splitJSON hands each JSON document of a stream to visit, with its number: the line number
// in JSON Lines, the position in an array or in a row of pretty-printed objects. A line that
// is too long reaches visit with an error, and the next line goes on. Memory stays bounded by
// maxBytes however long the stream is. An error that visit returns stops the stream and is
// returned; so is a fault of the stream itself.
func splitJSON(r io.Reader, maxBytes int, visit func(n int, record []byte, err error) error) error {
	br := bufio.NewReaderSize(r, 64<<10)
	if head, _ := br.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		br.Discard(3)
	}
	for n := 1; ; n++ {
		line, tooLong, err := readLine(br, maxBytes)
		if err != nil && err != io.EOF {
			return err
		}
		atEnd := err == io.EOF
		record := bytes.TrimSpace(line)
		switch {
		case tooLong:
			if err := visit(n, nil, fmt.Errorf("the line is longer than the limit of %d bytes", maxBytes)); err != nil {
				return err
			}
		case len(record) == 0:
		case n == 1 && spansLines(record):
			return splitJSONValues(io.MultiReader(bytes.NewReader(line), br), record[0] == '[', maxBytes, visit)
		default:
			if err := visit(n, record, nil); err != nil {
				return err
			}
		}
		if atEnd {
			return nil
		}
	}
}

// spansLines reports whether the first line begins a value that goes on below it: an array,
// or an object that was written with indentation.
func spansLines(first []byte) bool {
	if first[0] == '[' {
		return true
	}
	last := first[len(first)-1]
	return first[0] == '{' && (last == '{' || last == ',' || last == '[') && !json.Valid(first)
}

// splitJSONValues reads values that are not one a line.
func splitJSONValues(r io.Reader, array bool, maxBytes int, visit func(n int, record []byte, err error) error) error {
	capped := &cappedReader{r: r, left: maxBytes}
	dec := json.NewDecoder(capped)
	if array {
		if _, err := dec.Token(); err != nil {
			return err
		}
	}
	for n := 1; !array || dec.More(); n++ {
		capped.left = maxBytes
		var record json.RawMessage
		err := dec.Decode(&record)
		if err == io.EOF && !array {
			return nil
		}
		if err != nil {
			// A decoder cannot find its place again after a fault, so the rest is lost; it is said.
			return visit(n, nil, fmt.Errorf("value %d is not valid JSON (%w), and what follows it was not read", n, err))
		}
		if err := visit(n, record, nil); err != nil {
			return err
		}
	}
	return nil
}

// errTooLong is the fault of a single value beyond the limit.
var errTooLong = errors.New("longer than the limit")

// cappedReader fails when more than left bytes are read before left is set again.
type cappedReader struct {
	r    io.Reader
	left int
}

func (c *cappedReader) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, errTooLong
	}
	if len(p) > c.left {
		p = p[:c.left]
	}
	n, err := c.r.Read(p)
	c.left -= n
	return n, err
}

// skipLimit is how many times maxBytes is read in search of the end of a line that is too long: a
// pipe may go on for ever.
const skipLimit = 16

// readLine reads up to the next line feed. Of a line longer than maxBytes it keeps nothing, but
// it reads to its end, so that the next call begins at the next line; one without an end is
// an error.
func readLine(br *bufio.Reader, maxBytes int) (line []byte, tooLong bool, err error) {
	for read := 0; ; {
		part, err := br.ReadSlice('\n')
		if read += len(part); read > skipLimit*maxBytes {
			return nil, true, fmt.Errorf("a line goes on beyond %d times the limit of %d bytes, and what follows was not read", skipLimit, maxBytes)
		}
		if !tooLong {
			if len(line)+len(part) > maxBytes {
				line, tooLong = nil, true
			} else {
				line = append(line, part...)
			}
		}
		if err != bufio.ErrBufferFull {
			return line, tooLong, err
		}
	}
}
