package fetch

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/temoto/robotstxt"
	"pgregory.net/rapid"
)

func TestRobotsRules(t *testing.T) {
	for _, c := range []struct {
		name, file     string
		allow, forbids string // paths
	}{
		{"empty", "", "/ /a", ""},
		{"nothing for us", "User-agent: other\nDisallow: /", "/ /a", ""},
		{"all", "User-agent: *\nDisallow: /", "", "/ /a /a?b=c"},
		{"nothing forbidden", "User-agent: *\nDisallow:", "/ /a", ""},
		{"prefix", "User-agent: *\nDisallow: /fish", "/ /catfish /Fish", "/fish /fish.html /fish/salmon /fishheads /fish?id=1"},
		{"folder", "User-agent: *\nDisallow: /fish/", "/fish /fish.html", "/fish/ /fish/salmon /fish/?id=1"},
		{"star", "User-agent: *\nDisallow: /*.php", "/ /windows.PHP /php", "/a.php /a/b.php?x /a.php5"},
		{"star and end", "User-agent: *\nDisallow: /*.php$", "/a.php?x /a.php5 /a.php/", "/a.php /a/b.php /a.php/b.php"},
		{"stars", "User-agent: *\nDisallow: /a*b*c", "/acb /xabc /ab", "/abc /axxbyyc /aabbcc/d"},
		{"begins at the beginning", "User-agent: *\nDisallow: /fish*.php", "/a/fish.php /catfish.php", "/fish.php /fishheads/a.php"},
		{"end inside", "User-agent: *\nDisallow: /a$b", "/a /ab", "/a$b"},
		{"only the root", "User-agent: *\nAllow: /$\nDisallow: /", "/", "/a /?a"},
		{"longest wins", "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c", "/a/b /a/bb", "/a /a/x /a/b/c"},
		{"longest wins, in any order", "User-agent: *\nAllow: /a/b\nDisallow: /a/b/c\nDisallow: /a", "/a/b", "/a /a/b/c"},
		{"equal: allow wins", "User-agent: *\nDisallow: /folder\nAllow: /folder", "/folder /folder/x", ""},
		{"length counts stars", "User-agent: *\nAllow: /page\nDisallow: /*.htm", "/page /page.ht", "/page.htm"},
		{"length is that of the file", "User-agent: *\nAllow: /a.b.c.d\nDisallow: /*.b.c.dd", "/a.b.c.d", "/a.b.c.dd"},
		{"our group only", "User-agent: *\nDisallow: /\nUser-agent: dateline\nDisallow: /x", "/ /a", "/x"},
		{"our group only, in any order", "User-agent: dateline\nDisallow: /x\nUser-agent: *\nDisallow: /", "/ /a", "/x"},
		{"our groups together", "User-agent: dateline\nDisallow: /x\nUser-agent: *\nDisallow: /z\nUser-agent: Dateline\nDisallow: /y", "/ /z", "/x /y"},
		{"shared group", "User-agent: other\nUser-agent: DATELINE/2.0\nUser-agent: third\nDisallow: /x", "/", "/x"},
		{"name is whole", "User-agent: date\nDisallow: /\nUser-agent: dateline-images\nDisallow: /\nUser-agent: datelines\nDisallow: /", "/ /a", ""},
		{"empty group of ours", "User-agent: *\nDisallow: /\n\nUser-agent: dateline\nDisallow:", "/ /a", ""},
		{"blank lines and other lines don't end a group", "User-agent: dateline\n\nSitemap: https://lake.example/s.xml\n\nUser-agent: other\nDisallow: /x", "/", "/x"},
		{"Crawl-delay ends the names", "User-agent: other\nCrawl-delay: 5\nUser-agent: dateline\nDisallow: /x", "/", "/x"},
		{"spaces, comments, capitals, line ends", "\ufeff # hello\r\n  USER-AGENT :  dateline # us\r\rDISALLOW\t:\t/x # there\n\nallow:/x/y", "/ /x/y", "/x /x/z"},
		{"lines that are none", "User-agent: *\nDisallow /y\nnonsense\nDisallow: /x\nCrawl-delay: soon\n\x00\xff:\xfe\nDisallow: /z", "/ /y", "/x /z"},
		{"rules before any group", "Disallow: /\nUser-agent: *\nDisallow: /x", "/ /a", "/x"},
		{"without the slash", "User-agent: *\nDisallow: private\nDisallow: *.pdf", "/", "/private /private/x /a.pdf"},
		{"percent-encoding", "User-agent: *\nDisallow: /a%3cd\nDisallow: /п\nDisallow: /%7Ejoe\nDisallow: /a%2fb", "/a%2F /a/b /j", "/a%3Cd /a%3cd /%D0%BF /%d0%bf/x /~joe/ /%7ejoe /a%2Fb"},
		{"a web page in its place", "<!DOCTYPE html><html><body><h1>404: not here</h1></body></html>", "/ /a", ""},
		{"robots.txt itself is not asked about here", "User-agent: *\nDisallow: /robots", "/", "/robots.txt"},
	} {
		rules := parseRobots([]byte(c.file), "dateline")
		for _, path := range strings.Fields(c.allow) {
			if !rules.allows(path) {
				t.Errorf("%s: %s is forbidden", c.name, path)
			}
		}
		for _, path := range strings.Fields(c.forbids) {
			if rules.allows(path) {
				t.Errorf("%s: %s is allowed", c.name, path)
			}
		}
	}
}

func TestCrawlDelay(t *testing.T) {
	for file, want := range map[string]time.Duration{
		"User-agent: *\nCrawl-delay: 5": 5 * time.Second, "User-agent: *\nCrawl-delay: 0.5\nDisallow:": 500 * time.Millisecond, "User-agent: *\nCrawl-delay: 86400": longestCrawlDelay, "User-agent: *\nCrawl-delay: 1e300": longestCrawlDelay,
		"User-agent: *\nCrawl-delay: -5": 0, "User-agent: *\nCrawl-delay: NaN": 0, "User-agent: *\nCrawl-delay: Inf": longestCrawlDelay, "User-agent: *\nCrawl-delay:": 0, "User-agent: other\nCrawl-delay: 5": 0, "Crawl-delay: 5": 0,
		"User-agent: *\nCrawl-delay: 5\nUser-agent: dateline\nDisallow: /x": 0,
	} {
		if got := parseRobots([]byte(file), "dateline").delay; got != want {
			t.Errorf("%q: %v, want %v", file, got, want)
		}
	}
}

// TestRobotsAgainstTheLibrary compares with github.com/temoto/robotstxt on random files of the kind that it reads right: no stars in the middle
// of a pattern, no percent signs, no two rules of one length, names that aren't the beginning of each other. (What it reads otherwise, and why it doesn't do the
// work here, is at TestWhereTheLibraryDiffers.)
func TestRobotsAgainstTheLibrary(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 4).Draw(t, "groups") {
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"*", "dateline", "other", "Third"}), 1, 2, rapid.ID).Draw(t, "names") {
				fmt.Fprintf(&b, "User-agent: %s\n", name)
			}
			for n, length := range rapid.SliceOfNDistinct(rapid.IntRange(1, 6), 1, 4, rapid.ID).Draw(t, "lengths") {
				path := "/" + rapid.StringMatching(fmt.Sprintf("[ab/]{%d}", length)).Draw(t, "path")
				fmt.Fprintf(&b, "%s: %s\n", []string{"Allow", "Disallow"}[(n+length)%2], path)
			}
		}
		theirs, err := robotstxt.FromString(b.String())
		if err != nil {
			t.Fatal(err)
		}
		ours := parseRobots([]byte(b.String()), "dateline")
		for range 20 {
			path := "/" + rapid.StringMatching("[ab/]{0,8}").Draw(t, "asked")
			if sameLength(ours, path) {
				continue
			}
			compared++
			if got, want := ours.allows(path), theirs.TestAgent(path, "dateline"); got != want {
				t.Fatalf("%s: %v, the library says %v\n%s", path, got, want, b.String())
			}
		}
	})
	if compared < 300 { // of 2,000, or 400 when tests are short
		t.Errorf("only %d comparisons", compared)
	}
}

// sameLength reports whether rules of both kinds and of one length match a path; the library then takes the first of them, RFC 9309 Allow.
func sameLength(r robotsRules, path string) bool {
	allow := map[int]bool{}
	for _, rule := range r.rules {
		if !matchRobots(rule.pattern, path) {
			continue
		}
		if other, seen := allow[len(rule.pattern)]; seen && other != rule.allow {
			return true
		}
		allow[len(rule.pattern)] = rule.allow
	}
	return false
}

// TestWhereTheLibraryDiffers shows, case by case, why robots.txt is read here and not by github.com/temoto/robotstxt. When a case stops
// differing, the library has changed, and may be looked at again.
func TestWhereTheLibraryDiffers(t *testing.T) {
	for _, c := range []struct {
		name, file, path string
		allowed          bool // by RFC 9309
	}{
		{"a pattern with a star matches anywhere", "User-agent: *\nAllow: /b*d\nDisallow: /", "/a/b/c/d", false},
		{"of two equal rules the first wins", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"names match by their beginning", "User-agent: date\nDisallow: /\nUser-agent: *\nDisallow:", "/a", true},
		{"percent-encoding is not made equal", "User-agent: *\nDisallow: /%7Ejoe", "/~joe", false},
		{"escapes of its regular expression count as length", "User-agent: *\nDisallow: /a/b/c/d\nAllow: /*.d.*.", "/a/b/c/d.d.x.", false},
	} {
		theirs, err := robotstxt.FromString(c.file)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := parseRobots([]byte(c.file), "dateline").allows(c.path); got != c.allowed {
			t.Errorf("%s: %s allowed: %v, want %v", c.name, c.path, got, c.allowed)
		}
		if theirs.TestAgent(c.path, "dateline") == c.allowed {
			t.Errorf("%s: the library no longer differs", c.name)
		}
	}
	if _, err := robotstxt.FromString("Disallow: /\nUser-agent: *\nDisallow: /x"); err == nil {
		t.Error("the library no longer gives up a whole file for one line")
	}
}

// TestRobotsHostile holds that files made to be slow are not.
func TestRobotsHostile(t *testing.T) {
	long := "/" + strings.Repeat("a", longestURL-100) + "b"
	for name, file := range map[string]string{
		"stars":              "User-agent: *\n" + strings.Repeat("Disallow: /"+strings.Repeat("*a", 2000)+"*c\n", robotsBytes/4000),
		"one long pattern":   "User-agent: *\nDisallow: /" + strings.Repeat("*a", robotsBytes/2),
		"many rules":         "User-agent: *\n" + strings.Repeat("Disallow: /a*z\n", robotsBytes/15),
		"many names":         strings.Repeat("User-agent: dateline\n", robotsBytes/21),
		"names and rules":    strings.Repeat("User-agent: dateline\n", robotsBytes/42) + strings.Repeat("Disallow: /aaaaaaaaz\n", robotsBytes/42),
		"one line":           strings.Repeat("a", robotsBytes),
		"colons":             strings.Repeat(":", robotsBytes),
		"nothing but ends":   strings.Repeat("\n", robotsBytes),
		"percent signs":      "User-agent: *\nDisallow: /" + strings.Repeat("%", robotsBytes),
		"ten times too long": strings.Repeat("User-agent: *\nDisallow: /x\n", robotsBytes/26*10),
	} {
		started := time.Now()
		rules := parseRobots([]byte(file), "dateline")
		rules.allows(long)
		if took := time.Since(started); took > time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
	// What stands behind the limit is not read, and a rule that the limit cuts in two is not half a rule.
	file := "User-agent: *\n" + strings.Repeat("#\n", (robotsBytes-14)/2-2) + "Disallow: /private\n"
	if rules := parseRobots([]byte(file), "dateline"); len(rules.rules) != 0 {
		t.Errorf("%+v", rules.rules)
	}
	if rules := parseRobots([]byte(file[4:]), "dateline"); len(rules.rules) != 0 {
		t.Errorf("%+v", rules.rules)
	}
}

// TestRobotsAnswers holds what each answer for robots.txt means for the page behind it.
func TestRobotsAnswers(t *testing.T) {
	redirects := func(n int) func(path string) reply {
		return func(path string) reply {
			step := 0
			fmt.Sscanf(path, "/r%d", &step)
			if path != "/robots.txt" && step >= n {
				return reply{status: 200, body: "User-agent: *\nDisallow: /"}
			}
			return reply{status: 301, header: http.Header{"Location": {fmt.Sprintf("/r%d", step+1)}}}
		}
	}
	is := func(a reply) func(string) reply { return func(string) reply { return a } }
	to := func(location string) func(string) reply {
		return is(reply{status: 302, header: http.Header{"Location": {location}}})
	}
	for _, c := range []struct {
		name      string
		robots    func(path string) reply
		class     Class // "" when the page is fetched
		temporary bool
	}{
		{"allows", is(reply{status: 200, body: "User-agent: *\nDisallow: /x"}), "", false},
		{"forbids", is(reply{status: 200, body: "User-agent: *\nDisallow: /"}), ClassRobots, false},
		{"forbids, called a picture", is(reply{status: 200, header: http.Header{"Content-Type": {"image/png"}}, body: "User-agent: *\nDisallow: /"}), ClassRobots, false},
		{"forbids, compressed", is(reply{status: 200, header: http.Header{"Content-Encoding": {"gzip"}}, body: zipped("User-agent: *\nDisallow: /")}), ClassRobots, false},
		{"forbids, and goes on for megabytes", is(reply{status: 200, body: "User-agent: *\nDisallow: /\n" + strings.Repeat("# hello\n", 1<<18)}), ClassRobots, false},
		{"empty", is(reply{status: 200}), "", false}, {"204", is(reply{status: 204}), "", false},
		{"400", is(reply{status: 400}), "", false}, {"401", is(reply{status: 401}), "", false}, {"403", is(reply{status: 403}), "", false}, {"404", is(reply{status: 404}), "", false}, {"410", is(reply{status: 410}), "", false},
		{"429", is(reply{status: 429}), ClassRobots, true}, {"500", is(reply{status: 500}), ClassRobots, true}, {"503", is(reply{status: 503}), ClassRobots, true},
		{"no answer", is(reply{err: errors.New("no route to host")}), ClassConnect, true},
		{"silence", is(reply{took: time.Hour}), ClassTimeout, true},
		{"breaks off", is(reply{err: io.ErrUnexpectedEOF}), ClassConnect, true},
		{"damaged", is(reply{status: 200, header: http.Header{"Content-Encoding": {"gzip"}}, body: "User-agent: *"}), ClassTruncated, true},
		{"one redirect", redirects(1), ClassRobots, false}, {"five redirects", redirects(5), ClassRobots, false}, {"six redirects", redirects(6), "", false},
		{"circle", to("/robots.txt"), "", false}, {"redirect to nowhere", to(""), "", false},
		{"redirect to http", to("http://lake.example/robots.txt"), ClassRobots, false},
		{"redirect to a private network", to("https://10.0.0.1/robots.txt"), ClassRobots, false},
		{"redirect to another host", func(path string) reply {
			if path == "/rules" {
				return reply{status: 200, body: "User-agent: *\nDisallow: /"}
			}
			return reply{status: 302, header: http.Header{"Location": {"https://other.example/rules"}}}
		}, ClassRobots, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			pages := 0
			web := &fakeWeb{answer: func(r *http.Request) reply {
				if r.URL.Path == "/page" {
					pages++
					return reply{status: 200, body: "words"}
				}
				return c.robots(r.URL.Path)
			}}
			_, err := web.client(t, Options{Tries: 2}).Get(t.Context(), Request{URL: "https://lake.example/page"})
			var problem *Error
			switch {
			case c.class == "":
				if err != nil || pages != 1 {
					t.Errorf("%s: %v, %d pages", c.name, err, pages)
				}
			case !errors.As(err, &problem) || problem.Class != c.class || problem.Temporary != c.temporary || problem.URL != "https://lake.example/page" || pages != 0:
				t.Errorf("%s: %v (%+v), %d pages; want class %s", c.name, err, problem, pages, c.class)
			}
			for _, v := range web.visits() {
				if v.host == "10.0.0.1" {
					t.Errorf("%s: asked a private network", c.name)
				}
			}
		})
	}
}

// TestRobotsIsKept holds that robots.txt is asked for once for many pages at once, again after a day, and sooner when it could not be had.
func TestRobotsIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		status := 200
		web := &fakeWeb{answer: func(r *http.Request) reply {
			if r.URL.Path == "/robots.txt" {
				return reply{status: status, body: "User-agent: *\nDisallow: /x", took: time.Second}
			}
			return reply{status: 200}
		}}
		client := web.client(t, Options{Tries: 1})
		robots := func() (n int) {
			for _, v := range web.visits() {
				if v.path == "/robots.txt" {
					n++
				}
			}
			return n
		}
		var running sync.WaitGroup
		for i := range 10 {
			running.Go(func() { client.Get(t.Context(), Request{URL: fmt.Sprint("https://lake.example/", i)}) })
		}
		running.Wait()
		if n := robots(); n != 1 {
			t.Errorf("asked %d times by ten at once", n)
		}
		get := func() error {
			_, err := client.Get(t.Context(), Request{URL: "https://lake.example/x"})
			return err
		}
		time.Sleep(23 * time.Hour)
		if err := get(); err == nil || robots() != 0 {
			t.Errorf("asked again within a day, or forgotten: %v", err)
		}
		time.Sleep(2 * time.Hour)
		status = 500
		if err := get(); err == nil || robots() != 1 {
			t.Errorf("not asked again after a day: %v", err)
		}
		if err := get(); err == nil || robots() != 0 {
			t.Errorf("asked again at once after a failure: %v", err)
		}
		status = 404
		time.Sleep(robotsFailed)
		if err := get(); err != nil || robots() != 1 {
			t.Errorf("not asked again after a failure: %v", err)
		}
		// Other ports and schemes of a host are other sites.
		client.Get(t.Context(), Request{URL: "http://lake.example/1"})
		client.Get(t.Context(), Request{URL: "https://lake.example:8443/1"})
		if n := robots(); n != 2 {
			t.Errorf("asked %d times for two more sites", n)
		}
	})
}

// TestRobotsNames holds that a user agent of one's own is called by its own name, and by that of this program too.
func TestRobotsNames(t *testing.T) {
	for group, want := range map[string]bool{"newsdesk": false, "NewsDesk/2": false, "dateline": false, "*": false, "news": true, "other": true} {
		synctest.Test(t, func(t *testing.T) {
			web := &fakeWeb{answer: func(r *http.Request) reply {
				if agent := r.Header.Get("User-Agent"); agent != "NewsDesk/1.0 (desk@lake.example)" {
					t.Errorf("user agent %q", agent)
				}
				if r.URL.Path == "/robots.txt" {
					return reply{status: 200, body: "User-agent: " + group + "\nDisallow: /"}
				}
				return reply{status: 200}
			}}
			_, err := web.client(t, Options{UserAgent: "NewsDesk/1.0 (desk@lake.example)"}).Get(t.Context(), Request{URL: "https://lake.example/"})
			if (err == nil) != want {
				t.Errorf("%s: %v", group, err)
			}
		})
	}
}
