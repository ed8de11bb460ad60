package eval

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// remarks are fields of a gold file for its readers.
var remarks = []string{"note", "comment", "about"}

// unknownFields lists the fields of a gold file that the score does not read, as paths,
// sorted. A misspelt field ("alias") would otherwise weaken the gold without a sign.
func unknownFields(data []byte) []string {
	value, err := decodeLoose(data)
	object, ok := value.(map[string]any)
	if err != nil || !ok {
		return nil
	}
	var out []string
	collectUnknown(object, reflect.TypeFor[Case](), "", &out)
	slices.Sort(out)
	return out
}

func collectUnknown(object map[string]any, t reflect.Type, path string, out *[]string) {
	fields := make(map[string]reflect.Type, t.NumField())
	for f := range t.Fields() {
		if tag := f.Tag.Get("json"); tag != "-" {
			fields[tag] = f.Type
		}
	}
	for key, value := range object {
		field, known := fields[key]
		if !known {
			if !slices.Contains(remarks, strings.ToLower(key)) {
				*out = append(*out, path+key)
			}
			continue
		}
		list, isList := value.([]any)
		if !isList || field.Kind() != reflect.Slice || field.Elem().Kind() != reflect.Struct {
			continue
		}
		for i, item := range list {
			if child, ok := item.(map[string]any); ok {
				collectUnknown(child, field.Elem(), fmt.Sprintf("%s%s[%d].", path, key, i), out)
			}
		}
	}
}
