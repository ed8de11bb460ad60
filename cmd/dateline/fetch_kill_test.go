package main

import (
	"cmp"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// committed is a URL that was seen settled in the database: stored, gone, or forbidden by robots.txt.
type committed struct {
	url  string
	seen time.Time
}

// breaches reads the log of a site as its owner would: what robots.txt forbids, requests to one host that come too soon
// or at once, and pages that were asked for again after they had been settled.
func breaches(visits []visit, delay time.Duration, settled []committed) (all []string) {
	visits = slices.Clone(visits)
	slices.SortFunc(visits, func(a, b visit) int { return a.begun.Compare(b.begun) })
	last := map[string]visit{}
	for _, v := range visits {
		if strings.Contains(v.url, "/private/") {
			all = append(all, "robots: "+v.url)
		}
		if before, ok := last[v.host]; ok {
			if gap := v.begun.Sub(before.ended); gap < delay {
				all = append(all, fmt.Sprintf("delay: %s begins %v after the end of %s", v.url, gap, before.url))
			}
		}
		if v.ended.After(last[v.host].ended) {
			last[v.host] = v
		}
	}
	since := map[string]time.Time{}
	for _, c := range settled {
		if t, ok := since[c.url]; !ok || c.seen.Before(t) {
			since[c.url] = c.seen
		}
	}
	for _, v := range visits {
		if t, ok := since[v.url]; ok && v.begun.After(t) {
			all = append(all, "again: "+v.url)
		}
	}
	return all
}

// TestBreaches is the control of the judge: each planted breach is reported, and nothing else.
func TestBreaches(t *testing.T) {
	begin := time.Now()
	at := func(ms int) time.Time { return begin.Add(time.Duration(ms) * time.Millisecond) }
	asked := func(host, path string, from, to int) visit {
		return visit{host: host, url: host + path, begun: at(from), ended: at(to)}
	}
	good := []visit{asked("a", "/news/1", 0, 5), asked("b", "/news/1", 3, 9), asked("a", "/news/2", 30, 35), asked("b", "/news/2", 40, 45)}
	settled := []committed{{"a/news/1", at(20)}, {"b/news/2", at(60)}}
	for name, x := range map[string]struct {
		more visit
		want string
	}{
		"nothing":                 {asked("a", "/news/3", 60, 70), ""},
		"a forbidden page":        {asked("a", "/private/7", 60, 70), "robots: a/private/7"},
		"too soon":                {asked("a", "/news/3", 54, 70), "delay: a/news/3"},
		"at once":                 {asked("a", "/news/3", 33, 70), "delay: a/news/3"},
		"a settled page again":    {asked("a", "/news/1", 90, 95), "again: a/news/1"},
		"a page that was not yet": {asked("a", "/news/2", 90, 95), ""},
	} {
		got := breaches(append(slices.Clone(good), x.more), 20*time.Millisecond, settled)
		switch {
		case x.want == "" && len(got) > 0:
			t.Errorf("%s: %q", name, got)
		case x.want != "" && (len(got) != 1 || !strings.HasPrefix(got[0], x.want)):
			t.Errorf("%s: reported %q, want %q", name, got, x.want)
		}
	}
}

// killDelay is the pause between two requests to one host in these tests.
const killDelay = 20 * time.Millisecond

// TestFetchKilled fetches a thousand pages while the program is killed again and again, at random times.
// Nothing may be lost, nothing that was settled may be asked for again, and the site must see the same good manners as without kills.
func TestFetchKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("NOT TESTED: the hosts 127.0.0.2 to 127.0.0.6 need a Unix")
	}
	hosts, pages, kills, life := 5, 200, 30, 900*time.Millisecond
	if testing.Short() {
		pages, kills, life = 20, 3, 400*time.Millisecond
	}
	for _, way := range []string{"sources", "list"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel() // mostly they wait
			site := newTestSite(t, hosts, pages)
			dir := t.TempDir()
			writeFile(t, filepath.Join(dir, "urls.txt"), strings.Join(site.urls(), "\n")+"\n")
			command := []string{"ingest", "--list", "urls.txt"}
			if way == "sources" {
				follow(t, dir, site)
				command = []string{"sources", "run"}
			}
			command = append(command, "--allow-private", "--delay", killDelay.String())

			rng := rand.New(rand.NewPCG(20240518, uint64(len(way))))
			var settled []committed
			landed := 0
			for i := range kills {
				before := len(site.visits())
				cmd := dateline(t, dir, command...)
				if !killAtRandom(t, cmd, site, rng, i, life) {
					t.Logf("run %d ended before it was killed", i+1)
				}
				now := time.Now()
				urls, waiting := settledURLs(t, filepath.Join(dir, "dateline.db"))
				for _, u := range urls {
					settled = append(settled, committed{u, now})
				}
				if waiting > 0 && pagesIn(site.visits()[before:]) > 0 {
					landed++
				}
			}
			if landed*10 < kills*6 {
				t.Errorf("only %d of %d kills landed between the first page and the last", landed, kills)
			}
			out, err := dateline(t, dir, command...).CombinedOutput()
			if code := exitOf(t, err); code != exitItems {
				t.Fatalf("the last run ends with %d, want %d for the pages that fail:\n%s", code, exitItems, out)
			}
			visits := site.visits()
			for _, breach := range first(breaches(visits, killDelay, settled), 10) {
				t.Error(breach)
			}
			asked := map[string]int{}
			for _, v := range visits {
				asked[v.url]++
			}
			checkAllPages(t, filepath.Join(dir, "dateline.db"), site)

			// What is left is what a run without kills leaves.
			clean := t.TempDir()
			for _, h := range site.hosts {
				h.asked = map[int]int{}
			}
			if way == "sources" {
				follow(t, clean, site)
			} else if err := os.Link(filepath.Join(dir, "urls.txt"), filepath.Join(clean, "urls.txt")); err != nil {
				t.Fatal(err)
			}
			if code := exitOf(t, dateline(t, clean, command...).Run()); code != exitItems {
				t.Fatalf("the run without kills ends with %d", code)
			}
			for _, what := range []string{"documents", "facts"} {
				if got, want := withoutIDs(t, dir, what), withoutIDs(t, clean, what); got != want {
					t.Errorf("%s differ from those of a run without kills:\n%s\nwant:\n%s", what, got, want)
				}
			}
			t.Logf("%d pages, %d kills, %d of them between the first page and the last; %d requests; %d URLs seen settled in between",
				hosts*pages, kills, landed, len(visits), len(settled))
		})
	}
}

// follow adds a feed or sitemap of each host.
func follow(t *testing.T, dir string, site *testSite) {
	t.Helper()
	for i, h := range site.hosts {
		kind, url := "sitemap", h.base+"/sitemap.xml"
		if i < 2 {
			kind, url = "feed", h.base+"/feed.xml"
		}
		if out, err := dateline(t, dir, "sources", "add", "--kind", kind, url).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
}

// killAtRandom starts a run and kills it: every fifth one after a random time, the others after a random number of pages,
// which a busy machine reaches as well. It reports whether the run was still going.
func killAtRandom(t *testing.T, cmd *exec.Cmd, site *testSite, rng *rand.Rand, i int, life time.Duration) bool {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		cmd.Wait()
		close(ended)
	}()
	pages, after := 1+rng.IntN(20), time.Minute
	if i%5 == 0 {
		pages, after = 1<<30, 50*time.Millisecond+time.Duration(rng.Int64N(int64(life)))
	}
	timer := time.After(after)
	for left := pages; left > 0; {
		select {
		case <-ended:
			return false
		case <-timer:
			left = 0
		case <-site.new:
			left--
		}
	}
	time.Sleep(time.Duration(rng.Int64N(int64(15 * time.Millisecond)))) // not always at the same point of a page's way
	cmd.Process.Kill()
	<-ended
	return cmd.ProcessState.ExitCode() == -1
}

// pagesIn counts the pages among requests.
func pagesIn(visits []visit) (n int) {
	for _, v := range visits {
		if strings.Contains(v.url, "/news/") {
			n++
		}
	}
	return n
}

// settledURLs reads what a killed run has left, checks that it is whole, and gives the URLs that need not be asked
// for again.
func settledURLs(t *testing.T, path string) (urls []string, waiting int) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		return nil, 0 // killed before there was a database
	}
	db := openSQL(t, path)
	defer db.Close()
	checkWhole(t, db)
	rows, err := db.Query("SELECT url FROM frontier WHERE state IN ('done', 'gone', 'robots')")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var u string
		if err := rows.Scan(&u); err != nil {
			t.Fatal(err)
		}
		urls = append(urls, u)
	}
	return urls, count(t, db, "SELECT count(*) FROM frontier WHERE state = 'waiting'")
}

// checkWhole compares documents with the frontier: each has its row, and the other way round.
func checkWhole(t *testing.T, db *sql.DB) {
	t.Helper()
	for what, query := range map[string]string{
		"damage":                       `SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
		"broken foreign keys":          `SELECT count(*) FROM pragma_foreign_key_check`,
		"done URLs without a document": `SELECT count(*) FROM frontier f WHERE state = 'done' AND same_as = '' AND NOT EXISTS (SELECT 1 FROM source s JOIN document d ON d.source_id = s.id AND d.is_current WHERE s.source = f.url)`,
		"documents without a done URL": `SELECT count(*) FROM source s JOIN document d ON d.source_id = s.id AND d.is_current WHERE NOT EXISTS (SELECT 1 FROM frontier f WHERE f.url = s.source AND f.state = 'done' AND f.raw_hash = d.raw_hash)`,
		"failed URLs without a reason": `SELECT count(*) FROM frontier f WHERE state IN ('failed', 'robots', 'gone') AND NOT EXISTS (SELECT 1 FROM source s WHERE s.source = f.url AND s.state = 'refused' AND s.reason = f.reason AND s.advice <> '')`,
		"documents without facts":      `SELECT count(*) FROM document d WHERE NOT EXISTS (SELECT 1 FROM statement s WHERE s.document_id = d.id) OR facts_hash = ''`,
	} {
		if n := count(t, db, query); n > 0 {
			t.Errorf("%s: %d", what, n)
		}
	}
}

// checkAllPages compares the database with the site, page by page.
func checkAllPages(t *testing.T, path string, site *testSite) {
	t.Helper()
	db := openSQL(t, path)
	defer db.Close()
	checkWhole(t, db)
	if got, want := count(t, db, "SELECT count(*) FROM frontier"), len(site.urls()); got != want {
		t.Errorf("the frontier has %d URLs, the site %d pages", got, want)
	}
	wrong := 0
	for n := range site.hosts[0].pages {
		for _, h := range site.hosts {
			want := map[string]string{"robots": "robots", "gone": "gone", "breaks": "failed"}[kindOfPage(n)]
			want = cmp.Or(want, "done")
			var state, text string
			err := db.QueryRow(`SELECT f.state, coalesce(d.text, '') FROM frontier f LEFT JOIN source s ON s.source = f.url LEFT JOIN document d ON d.source_id = s.id AND d.is_current WHERE f.url = ?`, h.page(n)).Scan(&state, &text)
			if err != nil || state != want || (state == "done") != strings.Contains(text, fmt.Sprintf("Group %d of host", n)) {
				if wrong++; wrong <= 10 {
					t.Errorf("%s: state %q, want %q; text %.80q; %v", h.page(n), state, want, text, err)
				}
			}
		}
	}
	if wrong > 10 {
		t.Errorf("%d pages are wrong", wrong)
	}
}

// withoutIDs is a list of the program without the numbers of rows, which depend on the order of fetching.
func withoutIDs(t *testing.T, dir, what string) string {
	t.Helper()
	out, err := dateline(t, dir, what, "--format", "csv").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(out), "\n")
	for i, line := range lines {
		if what == "documents" {
			_, lines[i], _ = strings.Cut(line, ",")
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// first is at most n of a list, so that one fault does not fill the screen.
func first(list []string, n int) []string { return list[:min(n, len(list))] }
