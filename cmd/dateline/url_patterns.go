package main

import (
	"net/url"
	"strings"
)

// Patterns of URLs: "*" stands for any characters, none and "/" among them; everything else for itself.
// A pattern that holds "://" covers the whole URL, one that holds a "?" the path and its query, any other the
// path alone. Matching takes time linear in the URL.

// longestPattern bounds a pattern, in bytes.
const longestPattern = 1000

// checkPattern says what is wrong with a pattern, as a usage error.
func checkPattern(flag, pattern string) error {
	switch {
	case pattern == "":
		return badUsage("--%s is empty; write it like '/news/*' or '*.pdf'", flag)
	case len(pattern) > longestPattern:
		return badUsage("--%s has %d bytes; at most %d are taken", flag, len(pattern), longestPattern)
	case strings.Contains(pattern, "://"), pattern[0] == '/', pattern[0] == '*':
		return nil
	}
	return badUsage("--%s %q never matches: the path of a URL begins with /; write /%s or *%s", flag, pattern, pattern, pattern)
}

// wanted reports whether a URL is taken: by one of the include patterns, when there are any, and by no exclude pattern.
func wanted(rawURL string, include, exclude []string) bool {
	u, err := url.Parse(rawURL)
	if err != nil {
		return false
	}
	return (len(include) == 0 || matchesAny(u, include)) && !matchesAny(u, exclude)
}

func matchesAny(u *url.URL, patterns []string) bool {
	for _, p := range patterns {
		// People write patterns with the letters that they see, and copy them from address bars.
		if matchURL(p, u, u.EscapedPath()) || u.EscapedPath() != u.Path && matchURL(p, u, u.Path) {
			return true
		}
	}
	return false
}

func matchURL(pattern string, u *url.URL, path string) bool {
	query := ""
	if u.RawQuery != "" {
		query = "?" + u.RawQuery
	}
	switch {
	case strings.Contains(pattern, "://"):
		return matchStars(pattern, u.Scheme+"://"+u.Host+path+query)
	case strings.Contains(pattern, "?"):
		return matchStars(pattern, path+query)
	}
	return matchStars(pattern, path)
}

// matchStars reports whether a pattern covers the whole text.
func matchStars(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == text
	}
	text, ok := strings.CutPrefix(text, parts[0])
	if !ok {
		return false
	}
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):] // the first place leaves the most for the rest
	}
	return strings.HasSuffix(text, parts[len(parts)-1])
}
