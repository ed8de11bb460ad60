package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Case is one gold document: what is true of its text. The JSON names of the fields are
// those of the annotation guidelines; fields that are not listed here are ignored by the
// score and reported by Validate.
type Case struct {
	// Name is the file's name without ".json"; a run's line with the same source stem
	// belongs to the case.
	Name string `json:"-"`
	// Unknown are fields of the file that mean nothing to the score, as "people[2].alias".
	Unknown []string `json:"-"`

	Document     string            `json:"document"`  // name of the text file, or ""
	Published    *string           `json:"published"` // publication date, or null when unknown
	Dates        []GoldDate        `json:"dates"`
	People       []GoldPerson      `json:"people"`
	Institutions []GoldInstitution `json:"institutions"`
	Titles       []GoldTitle       `json:"titles"`
	Agreements   []GoldAgreement   `json:"agreements"`
	NearMisses   []NearMiss        `json:"near_misses"` // what the text almost states; never counted in a metric
}

// GoldDate is one distinct pair of a date expression as written and its value.
type GoldDate struct {
	Text     string   `json:"text"`
	Value    string   `json:"value"`
	Mod      string   `json:"mod"`
	Also     []string `json:"also"`     // other acceptable values
	ModAlso  []string `json:"mod_also"` // other acceptable modifiers
	Optional bool     `json:"optional"`
}

// GoldPerson is one person named in the text.
type GoldPerson struct {
	Name     string   `json:"name"`
	Also     []string `json:"also"` // other acceptable spellings of Name
	Aliases  []string `json:"aliases"`
	Optional bool     `json:"optional"`
}

// GoldInstitution is one named organisation or unit.
type GoldInstitution struct {
	Name     string   `json:"name"`
	Also     []string `json:"also"`
	Aliases  []string `json:"aliases"`
	Parent   string   `json:"parent"`
	Optional bool     `json:"optional"`
}

// GoldTitle is a post that a named person holds. A null in InstitutionAlso excuses a run
// that gives no institution.
type GoldTitle struct {
	Person          string    `json:"person"`
	Title           string    `json:"title"`
	Also            []string  `json:"also"` // other acceptable wordings of Title
	Institution     *string   `json:"institution"`
	InstitutionAlso []*string `json:"institution_also"`
	When            string    `json:"when"` // not scored
	Optional        bool      `json:"optional"`
}

// GoldAgreement is one agreement between parties. The Also fields list other acceptable
// fills; with the slot itself null they excuse a fill without asking for it.
type GoldAgreement struct {
	Type            string   `json:"type"`
	TypeAlso        []string `json:"type_also"`
	Status          string   `json:"status"`
	StatusAlso      []string `json:"status_also"`
	Parties         []string `json:"parties"`
	PartiesAlso     []string `json:"parties_also"`
	Signatories     []string `json:"signatories"`
	SignatoriesAlso []string `json:"signatories_also"`
	Date            string   `json:"date"`
	DateAlso        []string `json:"date_also"`
	Place           string   `json:"place"`
	PlaceAlso       []string `json:"place_also"`
	Subject         string   `json:"subject"`
	SubjectAlso     []string `json:"subject_also"`
	Optional        bool     `json:"optional"`
}

// LoadGold reads every NAME.json of the folder, sorted by name (the order of the bootstrap
// draws depends on it). It is an error when the folder holds none, or when one of them is
// no gold file.
func LoadGold(dir string) ([]Case, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("gold folder %s cannot be read: %w; give a folder with one NAME.json a document", dir, err)
	}
	var names []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".json"); ok && name != "" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("gold folder %s holds no gold files; give a folder with one NAME.json a document", dir)
	}
	slices.Sort(names)
	gold := make([]Case, 0, len(names))
	for _, name := range names {
		file := filepath.Join(dir, name+".json")
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("gold file %s cannot be read: %w", file, err)
		}
		c, err := ParseGold(name, data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		gold = append(gold, c)
	}
	return gold, nil
}

// ParseGold reads one gold file; name is the file's name without ".json".
func ParseGold(name string, data []byte) (Case, error) {
	c := Case{Name: name}
	if err := json.Unmarshal(data, &c); err != nil {
		return Case{}, goldError(data, err)
	}
	if !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("{")) {
		return Case{}, errors.New("not a gold file: it must hold one JSON object")
	}
	c.Unknown = unknownFields(data)
	return c, nil
}

// goldError says in which line and field a gold file is wrong.
func goldError(data []byte, err error) error {
	line := func(offset int64) int {
		return 1 + bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte("\n"))
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not a gold file: line %d is no JSON: %w", line(syntax.Offset), err)
	case errors.As(err, &kind):
		return fmt.Errorf("not a gold file: line %d: field %q holds a %s; write a value of the type that the annotation guidelines give it",
			line(kind.Offset), kind.Field, kind.Value)
	}
	return fmt.Errorf("not a gold file: %w", err)
}
