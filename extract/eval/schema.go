package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Schema is a JSON Schema (2020-12) of the keywords that the exchange schema uses. It is
// no general validator: ParseSchema refuses every keyword that Validate would not hold.
//
// Why not a library: the schema is one file of some ten keywords, and a dependency that
// only tests need would be the largest of them.
type Schema struct {
	root jsonObject
}

// jsonObject is a JSON object.
type jsonObject = map[string]any

// keywords are those that Validate holds, and those that only describe (false).
var keywords = map[string]bool{
	"$schema": false, "title": false, "description": false, "$defs": false, "then": false,
	"type": true, "required": true, "properties": true, "items": true, "minItems": true, "enum": true, "const": true,
	"minimum": true, "maximum": true, "minLength": true, "pattern": true, "allOf": true, "anyOf": true, "if": true, "$ref": true, "not": true, "additionalProperties": true,
}

// ParseSchema reads a schema. It refuses keywords that it does not know, references that
// lead nowhere and patterns that do not compile.
func ParseSchema(data []byte) (*Schema, error) {
	value, err := decodeJSON(data)
	if err != nil {
		return nil, fmt.Errorf("the schema is no JSON: %w", err)
	}
	root, ok := value.(jsonObject)
	if !ok {
		return nil, errors.New("the schema must be a JSON object")
	}
	s := &Schema{root}
	return s, s.check(root, "#")
}

// check walks every schema inside of one.
func (s *Schema) check(value any, path string) error {
	schema, ok := value.(jsonObject)
	if !ok {
		return fmt.Errorf("%s is no schema: it must be an object", path)
	}
	for key, v := range schema {
		where := path + "/" + key
		var err error
		switch _, known := keywords[key]; {
		case !known:
			err = fmt.Errorf("%s: this validator does not know the keyword", where)
		case key == "$ref":
			_, err = s.resolve(v)
		case key == "pattern":
			pattern, _ := v.(string)
			_, err = regexp.Compile(pattern)
		case key == "items" || key == "if" || key == "then" || key == "not" || key == "additionalProperties":
			err = s.check(v, where)
		case key == "properties" || key == "$defs":
			children, _ := v.(jsonObject)
			for name, child := range children {
				err = errors.Join(err, s.check(child, where+"/"+name))
			}
		case key == "allOf" || key == "anyOf":
			children, _ := v.([]any)
			for i, child := range children {
				err = errors.Join(err, s.check(child, fmt.Sprintf("%s/%d", where, i)))
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// resolve follows a reference into $defs.
func (s *Schema) resolve(ref any) (jsonObject, error) {
	text, _ := ref.(string)
	name, ok := strings.CutPrefix(text, "#/$defs/")
	defs, _ := s.root["$defs"].(jsonObject)
	target, found := defs[name].(jsonObject)
	if !ok || !found {
		return nil, fmt.Errorf("the reference %q leads nowhere; only #/$defs/NAME is known", text)
	}
	return target, nil
}

// Validate lists where a JSON text breaks the schema, as "facts[0].kind: …"; none when it
// holds.
func (s *Schema) Validate(data []byte) []string {
	value, err := decodeJSON(data)
	if err != nil {
		return []string{"no JSON: " + err.Error()}
	}
	return s.validate(s.root, value, "line")
}

func (s *Schema) validate(schema jsonObject, value any, path string) []string {
	var out []string
	fail := func(format string, args ...any) { out = append(out, path+": "+fmt.Sprintf(format, args...)) }
	if types, ok := schema["type"]; ok && !hasType(types, value) {
		fail("is %s, must be %v", clip(show(value)), types)
	}
	if allowed, ok := schema["enum"].([]any); ok && !slices.ContainsFunc(allowed, func(a any) bool { return reflect.DeepEqual(a, value) }) {
		fail("is %s, must be one of %s", clip(show(value)), show(allowed))
	}
	if want, ok := schema["const"]; ok && !reflect.DeepEqual(want, value) {
		fail("is %s, must be %s", clip(show(value)), show(want))
	}
	switch v := value.(type) {
	case string:
		if least, ok := integer(schema["minLength"]); ok && utf8.RuneCountInString(v) < least {
			fail("is shorter than %d", least)
		}
		if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
			fail("%q does not match %s", clip(v), pattern)
		}
	case json.Number:
		x, _ := number(v)
		if least, bounded := number(schema["minimum"]); bounded && x < least {
			fail("is %s, below %v", v, least)
		}
		if most, bounded := number(schema["maximum"]); bounded && x > most {
			fail("is %s, above %v", v, most)
		}
	case []any:
		if least, ok := integer(schema["minItems"]); ok && len(v) < least {
			fail("has %d items, must have %d", len(v), least)
		}
		if items, ok := schema["items"].(jsonObject); ok {
			for i, item := range v {
				out = append(out, s.validate(items, item, fmt.Sprintf("%s[%d]", path, i))...)
			}
		}
	case jsonObject:
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if key, _ := name.(string); !has(v, key) {
				fail("lacks %q", key)
			}
		}
		properties, _ := schema["properties"].(jsonObject)
		for _, name := range sortedKeys(properties) {
			if child, ok := properties[name].(jsonObject); ok && has(v, name) {
				out = append(out, s.validate(child, v[name], path+"."+name)...)
			}
		}
		if others, ok := schema["additionalProperties"].(jsonObject); ok {
			for _, name := range sortedKeys(v) {
				if !has(properties, name) {
					out = append(out, s.validate(others, v[name], path+"."+name)...)
				}
			}
		}
	}
	return append(out, s.combined(schema, value, path)...)
}

// combined holds the keywords that apply further schemas to the same value.
func (s *Schema) combined(schema jsonObject, value any, path string) []string {
	var out []string
	if ref, ok := schema["$ref"]; ok {
		if target, err := s.resolve(ref); err == nil { // checked by ParseSchema
			out = append(out, s.validate(target, value, path)...)
		}
	}
	all, _ := schema["allOf"].([]any)
	for _, child := range all {
		if c, ok := child.(jsonObject); ok {
			out = append(out, s.validate(c, value, path)...)
		}
	}
	if choices, ok := schema["anyOf"].([]any); ok {
		holds := func(c any) bool {
			choice, ok := c.(jsonObject)
			return ok && len(s.validate(choice, value, path)) == 0
		}
		if !slices.ContainsFunc(choices, holds) {
			out = append(out, fmt.Sprintf("%s: %s is none of the forms allowed", path, clip(show(value))))
		}
	}
	if refused, ok := schema["not"].(jsonObject); ok && len(s.validate(refused, value, path)) == 0 {
		out = append(out, fmt.Sprintf("%s: %s is of a form that is not allowed", path, clip(show(value))))
	}
	if condition, ok := schema["if"].(jsonObject); ok && len(s.validate(condition, value, path)) == 0 {
		if then, ok := schema["then"].(jsonObject); ok {
			out = append(out, s.validate(then, value, path)...)
		}
	}
	return out
}

func hasType(types, value any) bool {
	if list, ok := types.([]any); ok {
		return slices.ContainsFunc(list, func(t any) bool { return hasType(t, value) })
	}
	ok := false
	switch types {
	case "null":
		ok = value == nil
	case "string":
		_, ok = value.(string)
	case "array":
		_, ok = value.([]any)
	case "object":
		_, ok = value.(jsonObject)
	case "boolean":
		_, ok = value.(bool)
	case "number":
		_, ok = value.(json.Number)
	case "integer": // stricter than JSON Schema, which takes 2.0: the exchange format's readers do not
		_, ok = integer(value)
	}
	return ok
}

// number gives a JSON number; one out of range is infinite.
func number(value any) (float64, bool) {
	n, ok := value.(json.Number)
	if !ok {
		return 0, false
	}
	x, _ := strconv.ParseFloat(n.String(), 64) // the syntax was checked by the decoder
	return x, true
}

func has(o jsonObject, key string) bool {
	_, ok := o[key]
	return ok
}

func sortedKeys(o jsonObject) []string {
	keys := make([]string, 0, len(o))
	for k := range o {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// show is a value as JSON.
func show(value any) string {
	data, err := json.Marshal(value)
	if err != nil { // a decoded value always marshals
		return fmt.Sprint(value)
	}
	return string(data)
}
