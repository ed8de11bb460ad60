package tagger

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"sync"

	"dateline/extract/tagger/features"
)

// Labels is the number of labels: outside, and begin and inside of each type.
const Labels = 9

// Type is the type of a name.
type Type uint8

// The types.
const (
	None Type = iota
	Person
	Organisation
	Location
	Misc // nationalities, events, works, products
)

// String is the usual abbreviation of the type in token–label files.
func (t Type) String() string {
	if t > Misc {
		return fmt.Sprintf("Type(%d)", uint8(t))
	}
	return [...]string{"O", "PER", "ORG", "LOC", "MISC"}[t]
}

// Begin and Inside are the labels of the type's first and later tokens; 0 is outside.
func (t Type) Begin() int { return int(t)*2 - 1 }

// Inside is the label of every token of a name but its first.
func (t Type) Inside() int { return int(t) * 2 }

// TypeOf is the type of a label.
func TypeOf(label int) Type { return Type((label + 1) / 2) }

// Follows reports whether label next can stand behind label before: an inside label needs a
// name of its type before it.
func Follows(before, next int) bool {
	return next == 0 || next%2 == 1 || before == next || before == next-1
}

// Model holds the weights. It is read-only and may be shared.
type Model struct {
	bitmap      []uint64 // which features have a row
	rank        []uint32 // rows before each word of the bitmap
	rows        []uint64 // for each label but outside, the weight less that of outside, plus 128, in a byte
	transitions [Labels][Labels]int32
	exp         [Labels][Labels]float64 // exp(transition / scale), 0 where forbidden
	scale       float64                 // score = log-odds * scale
}

// forbidden is the score of an impossible transition, far below any sum of rows.
const forbidden = -1 << 24

const magic = "DLTAG2\n\x00"

//go:embed model.bin
var embedded []byte

// Default is the embedded model, read on first use.
var Default = sync.OnceValue(func() *Model {
	m, err := Decode(embedded)
	if err != nil {
		panic(fmt.Sprintf("tagger: embedded model: %v; rebuild the program", err))
	}
	return m
})

// Row holds the scaled weights of one feature: for each label but outside, the weight less
// that of outside. Only differences between labels matter.
type Row [Labels - 1]int8

// Encode writes a model file: the rows of every feature that has one, in rising order of the
// feature numbers, and the transitions. scale is the number that stands for one unit of
// log-odds.
func Encode(numbers []uint32, rows []Row, transitions [Labels][Labels]int16, scale float64) []byte {
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, features.Log)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(rows)))
	out = binary.LittleEndian.AppendUint64(out, math.Float64bits(scale))
	for _, row := range transitions {
		for _, w := range row {
			out = binary.LittleEndian.AppendUint16(out, uint16(w))
		}
	}
	bitmap := make([]uint64, 1<<features.Log/64)
	for _, n := range numbers {
		bitmap[n/64] |= 1 << (n % 64)
	}
	for _, word := range bitmap {
		out = binary.LittleEndian.AppendUint64(out, word)
	}
	for _, row := range rows {
		for _, w := range row {
			out = append(out, byte(int(w)+128))
		}
	}
	return out
}

// Decode reads a model file.
func Decode(file []byte) (*Model, error) {
	const words = 1 << features.Log / 64
	const header = len(magic) + 4 + 4 + 8 + 2*Labels*Labels
	if len(file) < header+8*words || string(file[:len(magic)]) != magic {
		return nil, fmt.Errorf("%d bytes that do not begin like a model file; make it with dateline-train tagger", len(file))
	}
	at := len(magic)
	log, n := binary.LittleEndian.Uint32(file[at:]), int(binary.LittleEndian.Uint32(file[at+4:]))
	if log != features.Log || len(file) != header+8*words+8*n {
		return nil, fmt.Errorf("a model of %d rows for 2^%d features in %d bytes does not fit this program's 2^%d features; make it anew with dateline-train tagger", n, log, len(file), features.Log)
	}
	m := &Model{scale: math.Float64frombits(binary.LittleEndian.Uint64(file[at+8:])), bitmap: make([]uint64, words), rank: make([]uint32, words), rows: make([]uint64, n)}
	at += 16
	for i := range m.transitions {
		for j := range m.transitions[i] {
			m.transitions[i][j] = int32(int16(binary.LittleEndian.Uint16(file[at:])))
			if !Follows(i, j) {
				m.transitions[i][j] = forbidden
			}
			at += 2
		}
	}
	if !(m.scale > 0) {
		return nil, fmt.Errorf("the model's scale is %v; make it anew with dateline-train tagger", m.scale)
	}
	for x := range m.exp {
		for y := range m.exp[x] {
			if Follows(x, y) {
				m.exp[x][y] = math.Exp(float64(m.transitions[x][y]) / m.scale)
			}
		}
	}
	count := uint32(0)
	for i := range m.bitmap {
		m.bitmap[i] = binary.LittleEndian.Uint64(file[at:])
		m.rank[i] = count
		count += uint32(bits.OnesCount64(m.bitmap[i]))
		at += 8
	}
	if int(count) != n {
		return nil, fmt.Errorf("the model marks %d features and has %d rows; make it anew with dateline-train tagger", count, n)
	}
	for i := range m.rows {
		m.rows[i] = binary.LittleEndian.Uint64(file[at:])
		at += 8
	}
	return m, nil
}

// score adds up the weights of a token's features. Eight weights are added with two
// additions, in lanes of 16 bits, which hold the sum of 257 bytes: more than a token has
// features.
func (m *Model) score(numbers []uint32) (s [Labels]int32) {
	const lanes = 0x00FF00FF00FF00FF
	var even, odd uint64
	count := int32(0)
	for _, n := range numbers {
		word := m.bitmap[n>>6]
		bit := uint64(1) << (n & 63)
		if word&bit == 0 {
			continue
		}
		row := m.rows[m.rank[n>>6]+uint32(bits.OnesCount64(word&(bit-1)))]
		even += row & lanes
		odd += row >> 8 & lanes
		count++
	}
	for j := 0; j < 4; j++ {
		s[1+2*j] = int32(even>>(16*j)&0xFFFF) - 128*count
		s[2+2*j] = int32(odd>>(16*j)&0xFFFF) - 128*count
	}
	return s
}
