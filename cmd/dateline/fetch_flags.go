package main

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"dateline/corpus"
	"dateline/ingest/fetch"
)

// fetchFlags are the flags of the commands that fetch.
type fetchFlags struct {
	delay        time.Duration
	userAgent    string
	allowPrivate bool
	refetch      string // "" = not given
	age          time.Duration
}

func (f *fetchFlags) define(flags *pflag.FlagSet) {
	f.defineClient(flags)
	flags.StringVar(&f.refetch, "refetch", "", "fetch again what was fetched, or failed for good, longer than `AGE` ago: 7d, 12h; without =AGE at any time")
	flags.Lookup("refetch").NoOptDefVal = "0s"
}

// defineClient defines those that concern how servers are asked.
func (f *fetchFlags) defineClient(flags *pflag.FlagSet) {
	flags.DurationVar(&f.delay, "delay", time.Second, "pause between two requests to one host; robots.txt may ask for a longer one")
	flags.StringVar(&f.userAgent, "user-agent", "", "how servers and robots.txt may call the program, with an address for complaints: `NAME`")
	flags.BoolVar(&f.allowPrivate, "allow-private", false, "fetch from this machine and from private networks, too")
}

// check validates the flags before anything is opened.
func (f *fetchFlags) check() error {
	if f.delay <= 0 || f.delay > time.Hour {
		return badUsage("--delay %v: it must be more than 0 and at most 1h", f.delay)
	}
	if f.refetch != "" {
		age, err := parseAge(f.refetch)
		if err != nil {
			return badUsage("--refetch=%s: %v", f.refetch, err)
		}
		f.age = age
	}
	return nil
}

// parseAge reads a duration; beyond those of Go it takes days, "7d".
func parseAge(text string) (time.Duration, error) {
	wrong := errors.New("it must be an age like 7d, 12h or 30m")
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err != nil || n < 0 || n > 36500 {
			return 0, wrong
		}
		return time.Duration(n) * 24 * time.Hour, nil
	}
	age, err := time.ParseDuration(text)
	if err != nil || age < 0 {
		return 0, wrong
	}
	return age, nil
}

// client makes the client of one run. What is wrong with its options is wrong usage.
func (f *fetchFlags) client() (*fetch.Client, error) {
	client, err := fetch.New(fetch.Options{UserAgent: f.userAgent, AllowPrivate: f.allowPrivate, Delay: f.delay})
	if err != nil {
		return nil, usageError{err}
	}
	return client, nil
}

// ask says which URLs are due in this run.
func (f *fetchFlags) ask(a *app) corpus.Ask {
	ask := corpus.Ask{Now: a.stamp(), Private: f.allowPrivate}
	if f.refetch != "" {
		now, err := time.Parse(time.RFC3339, ask.Now)
		if err == nil { // the stamp is always one
			ask.Again = now.Add(-f.age).UTC().Format(time.RFC3339)
		}
	}
	return ask
}
