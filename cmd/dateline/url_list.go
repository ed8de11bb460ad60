package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"dateline/ingest"
	"dateline/ingest/fetch"
)

// isURL reports whether an argument is meant as a URL. One-letter schemes are drives of Windows.
func isURL(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	if !ok || len(scheme) < 2 {
		return false
	}
	return strings.Trim(strings.ToLower(scheme), "abcdefghijklmnopqrstuvwxyz0123456789+.-") == ""
}

// Bounds of a list of URLs.
const (
	longestURLLine = 8 << 10 // bytes; a URL has at most 4 KB
	mostURLs       = 1_000_000
)

// readURLList reads a file of URLs, one a line; blank lines and those that begin with # are
// comments. "-" is standard input. Lines that are no URL are refused by number, the others go on.
func readURLList(ctx context.Context, name string, stdin io.Reader, each func(rawURL string), refuse func(*ingest.Refusal)) error {
	in := interruptible(ctx, stdin)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			if wrapped := (*os.PathError)(nil); errors.As(err, &wrapped) {
				err = wrapped.Err
			}
			return badUsage("--list %s: it can't be read (%v); name a file with one URL a line, or -", name, err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.IsDir() {
			return badUsage("--list %s: it is a folder; name a file with one URL a line, or -", name)
		}
		in = f
	}
	if in == nil {
		return badUsage("--list -: there is no standard input")
	}
	r := bufio.NewReaderSize(in, longestURLLine)
	found := 0
	for number := 1; ; number++ {
		line, err := r.ReadSlice('\n')
		tooLong := false
		for errors.Is(err, bufio.ErrBufferFull) {
			tooLong = true
			_, err = r.ReadSlice('\n')
		}
		if err != nil && err != io.EOF {
			return fmt.Errorf("--list %s: %w", name, err)
		}
		text := strings.TrimSpace(strings.TrimPrefix(string(line), "\ufeff"))
		source := fmt.Sprintf("%s#%d", name, number)
		switch {
		case tooLong:
			refuse(&ingest.Refusal{Source: source, Reason: fmt.Sprintf("the line has more than %d bytes", longestURLLine), Advice: "write one URL a line"})
		case text == "" || text[0] == '#':
		case found == mostURLs:
			refuse(&ingest.Refusal{Source: source, Reason: fmt.Sprintf("the list has more than %d URLs", mostURLs), Advice: "split it; what stands from here on was left out"})
			return nil
		default:
			found++
			if normal, problem := fetch.Normalize(text); problem != nil {
				refuse(refusalOfURL(source, problem))
			} else {
				each(normal)
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// refusalOfURL is what fetch says against a URL, as a refusal of source.
func refusalOfURL(source string, err error) *ingest.Refusal {
	var problem *fetch.Error
	if errors.As(err, &problem) {
		return &ingest.Refusal{Source: source, Reason: problem.Reason, Advice: problem.Advice}
	}
	return &ingest.Refusal{Source: source, Reason: err.Error(), Advice: "check the address"}
}

// withoutPassword takes the user name and password out of a URL that is about to be reported and stored.
func withoutPassword(rawURL string) string {
	scheme, rest, ok := strings.Cut(rawURL, "://")
	if !ok {
		return rawURL
	}
	authority := rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		authority = rest[:i]
	}
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		return scheme + "://" + rest[at+1:]
	}
	return rawURL
}
