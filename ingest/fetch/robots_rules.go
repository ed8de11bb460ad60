package fetch

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// robotsRules is what a robots.txt says to this program.
type robotsRules struct {
	rules []robotsRule
	delay time.Duration // Crawl-delay, at most longestCrawlDelay; 0 when there is none
}

// robotsRule is an Allow or Disallow line.
type robotsRule struct {
	allow   bool
	pattern string // with percent-encoding made equal; may hold * and end in $
}

const (
	robotsBytes = 500 << 10 // of robots.txt that are read (RFC 9309, 2.5: at least 500 KiB)

	// longestCrawlDelay bounds Crawl-delay. It is no part of RFC 9309; the sites that ask for more than a minute would have a
	// newspaper fetched in years, and mean other programs.
	longestCrawlDelay = 60 * time.Second
)

// parseRobots reads robots.txt as RFC 9309 says: of all groups that name one of ours, the rules together; when none does, those of "*".
// Lines that can't be read are passed over. names are in small letters.
func parseRobots(body []byte, names ...string) robotsRules {
	if len(body) > robotsBytes {
		body = body[:robotsBytes]
		// A rule that was cut in two would forbid, or allow, too much.
		for len(body) > 0 && body[len(body)-1] != '\n' && body[len(body)-1] != '\r' {
			body = body[:len(body)-1]
		}
	}
	var own, all robotsRules
	named := false                // some group is ours
	forUs, forAll := false, false // the group that is being read
	agents := true                // the line before was a User-agent line of the same group
	text := strings.TrimPrefix(string(body), "\ufeff")
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent", "useragent":
			if !agents {
				forUs, forAll = false, false
			}
			agents = true
			if value == "*" {
				forAll = true
				continue
			}
			for _, name := range names {
				if productToken(value) == name {
					forUs, named = true, true
				}
			}
		case "allow", "disallow":
			agents = false
			if value == "" || !forUs && !forAll {
				continue
			}
			if value[0] != '/' && value[0] != '*' {
				value = "/" + value
			}
			rule := robotsRule{key == "allow", samePercent(value)}
			if forUs {
				own.rules = append(own.rules, rule)
			}
			if forAll {
				all.rules = append(all.rules, rule)
			}
		case "crawl-delay", "crawldelay":
			agents = false
			seconds, err := strconv.ParseFloat(value, 64)
			if err != nil || math.IsNaN(seconds) || seconds <= 0 {
				continue
			}
			delay := time.Duration(min(seconds, longestCrawlDelay.Seconds()) * float64(time.Second))
			if forUs {
				own.delay = max(own.delay, delay)
			}
			if forAll {
				all.delay = max(all.delay, delay)
			}
		}
	}
	if named {
		return own
	}
	return all
}

// productToken gives the name at the beginning of a user agent, in small letters: "newsdesk" of "NewsDesk/1.0 (…)".
func productToken(agent string) string {
	for i := 0; i < len(agent); i++ {
		c := agent[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_') {
			agent = agent[:i]
			break
		}
	}
	return strings.ToLower(agent)
}

// allows reports whether a path with its query may be fetched. The longest pattern that matches decides; of two equally long ones, Allow.
func (r robotsRules) allows(path string) bool {
	path = samePercent(path)
	best, allow := -1, true
	for _, rule := range r.rules {
		n := len(rule.pattern)
		if n < best || n == best && (allow || !rule.allow) || !matchRobots(rule.pattern, path) {
			continue
		}
		best, allow = n, rule.allow
	}
	return allow
}

// matchRobots reports whether a pattern matches the beginning of a path, or all of it when it ends in $. Each piece between two stars is
// taken where it first fits, which finds a match wherever there is one, in time linear in the path.
func matchRobots(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	first, rest, stars := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	for stars {
		var piece string
		piece, rest, stars = strings.Cut(rest, "*")
		if !stars && whole {
			return strings.HasSuffix(path, piece)
		}
		i := strings.Index(path, piece)
		if i < 0 {
			return false
		}
		path = path[i+len(piece):]
	}
	return !whole || path == ""
}

// samePercent writes a path so that equal paths are equal strings (RFC 9309, 2.2.2): bytes beyond ASCII are percent-encoded, letters
// and digits are not, and the digits of an encoding are capitals.
func samePercent(path string) string {
	const hex = "0123456789ABCDEF"
	plain := true
	for i := 0; i < len(path) && plain; i++ {
		plain = path[i] > ' ' && path[i] < 0x7f && path[i] != '%'
	}
	if plain {
		return path
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if n, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				i += 2
				if d := byte(n); d >= 'a' && d <= 'z' || d >= 'A' && d <= 'Z' || d >= '0' && d <= '9' || d == '-' || d == '.' || d == '_' || d == '~' {
					b.WriteByte(d)
				} else {
					b.WriteString("%" + string(hex[d>>4]) + string(hex[d&15]))
				}
				continue
			}
		}
		if c <= ' ' || c >= 0x7f {
			b.WriteString("%" + string(hex[c>>4]) + string(hex[c&15]))
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
