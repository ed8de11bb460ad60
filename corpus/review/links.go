package review

import (
	"net/url"
	"strings"
)

// originalAddress is where a document can be read as it was published: its source or, when that
// is a file, the address that the page names as its own. Only http and https count; "" is none.
func originalAddress(source, canonical string) string {
	for _, address := range []string{source, canonical} {
		u, err := url.Parse(address)
		if err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil {
			return u.String()
		}
	}
	return ""
}

// longestFragment is the quote in words up to which a text fragment holds all of it.
const longestFragment = 8

// withQuote adds a text fragment to an address: browsers that know them scroll to the quote and
// mark it (https://wicg.github.io/scroll-to-text-fragment/).
func withQuote(address, quote string) string {
	words := strings.Fields(quote)
	if address == "" || len(words) == 0 {
		return address
	}
	// A fragment within one block is found as it stands; a longer one is named by its ends.
	target := fragmentText(words)
	if len(words) > longestFragment || strings.ContainsRune(strings.TrimSpace(quote), '\n') {
		end := len(words) / 2
		target = fragmentText(words[:min(4, end)]) + "," + fragmentText(words[max(end, len(words)-4):])
	}
	if len(target) > 600 || strings.HasPrefix(target, ",") {
		return address // words as long as this are no words
	}
	if strings.Contains(address, "#") {
		return address + ":~:text=" + target
	}
	return address + "#:~:text=" + target
}

// fragmentText escapes words for a text fragment, in which "-" and "," have a meaning.
func fragmentText(words []string) string {
	return strings.NewReplacer("+", "%20", "-", "%2D").Replace(url.QueryEscape(strings.Join(words, " ")))
}
