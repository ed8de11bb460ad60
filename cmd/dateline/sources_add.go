package main

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/ingest/fetch"
)

// newSourcesAddCommand is "dateline sources add".
func newSourcesAddCommand(a *app) *cobra.Command {
	var web fetchFlags
	var sub corpus.Subscription
	cmd := &cobra.Command{
		Use:   "add URL",
		Short: "Keep a feed or sitemap to follow",
		Long: `Keep a feed or sitemap to follow. Without --kind its URL is fetched once to see what it
is; the URL of a page leads to the first feed that the page names.

Patterns choose which of the listed pages are fetched: by at least one --include, when
there are any, and by no --exclude. In a pattern * stands for any characters, / among
them; it covers the whole path (/news/*), the path with its query when it has a ?, or
the whole URL when it has ://. Adding a URL again changes its patterns.

` + exitHelp,
		Example: `  dateline sources add https://example.org/news/
  dateline sources add https://example.org/sitemap.xml --include '/press/*' --exclude '*.pdf'
  dateline sources add --kind feed --name ministry https://example.org/rss`,
		Args: oneArgument("URL"),
		RunE: func(cmd *cobra.Command, args []string) error {
			for flag, patterns := range map[string][]string{"include": sub.Include, "exclude": sub.Exclude} {
				for _, pattern := range patterns {
					if err := checkPattern(flag, pattern); err != nil {
						return err
					}
				}
			}
			if err := checkName(cmd.Flags().Changed("name"), sub.Name); err != nil {
				return err
			}
			if err := web.check(); err != nil {
				return err
			}
			address, err := fetch.Normalize(args[0])
			if err != nil {
				return usageError{err}
			}
			sub.URL = address
			return a.addSource(cmd.Context(), web, sub)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&sub.Include, "include", nil, "fetch only pages that match this `PATTERN`, or another one given so")
	flags.StringArrayVar(&sub.Exclude, "exclude", nil, "do not fetch pages that match this `PATTERN`; may be given several times")
	flags.StringVar(&sub.Name, "name", "", "how to call it; by default its host")
	choiceVar(flags, &sub.Kind, "kind", "", []string{"feed", "sitemap", "page"}, "what the URL is; a page leads to its feed, the others are not looked at now")
	web.defineClient(flags)
	return cmd
}

// checkName refuses names that could not be told from URLs or typed on a command line.
func checkName(given bool, name string) error {
	const most = 80
	switch {
	case given && strings.TrimSpace(name) == "":
		return badUsage("--name is empty; leave it out to call the subscription by its host")
	case isURL(name):
		return badUsage("--name %q looks like a URL; give a short word", name)
	case utf8.RuneCountInString(name) > most || oneLine(name) != name:
		return badUsage("--name must be one line of at most %d characters", most)
	case name == byCommandLine || name == byList:
		return badUsage("--name %q has a meaning of its own; give another one", name)
	}
	return nil
}

// addSource is the command after its flags were checked.
func (a *app) addSource(ctx context.Context, web fetchFlags, sub corpus.Subscription) error {
	client, err := web.client()
	if err != nil {
		return err
	}
	defer client.Close()
	store, err := a.openStore(ctx, corpus.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	holds := ""
	if sub.Kind == "" || sub.Kind == "page" {
		if sub, holds, err = a.discover(ctx, client, sub); err != nil {
			return err
		}
	}
	sub.Added = a.stamp()
	sub, added, err := store.Subscribe(ctx, sub)
	if err != nil {
		return err
	}
	what := "changed"
	if added {
		what = "added"
	}
	_, err = fmt.Fprintf(a.stdout, "%s %s: the %s %s%s; `dateline sources run` fetches what it lists\n", what, oneLine(sub.Name), sub.Kind, oneLine(sub.URL), holds)
	return err
}

// discover fetches a URL to see what it is, and follows a page to its feed. holds says for people what was found there.
func (a *app) discover(ctx context.Context, client getter, sub corpus.Subscription) (_ corpus.Subscription, holds string, err error) {
	response, err := client.Get(ctx, fetch.Request{URL: sub.URL, MaxBody: fetch.SitemapBytes})
	if err != nil {
		return sub, "", err
	}
	kind := listingKind(response.Body)
	if sub.Kind == "page" && kind != "" {
		return sub, "", fmt.Errorf("%s: it is not a page but a %s; leave --kind out", sub.URL, kind)
	}
	if kind == "" {
		links := fetch.FeedLinks(response.Body, response.Final)
		if len(links) == 0 {
			return sub, "", fmt.Errorf("%s: it is neither a feed nor a sitemap, and it names no feed; give the address of one (often /feed or /sitemap.xml)", sub.URL)
		}
		for _, other := range links[1:min(len(links), 10)] {
			a.log.Warn(sub.URL + ": the page names another feed, which was left out: " + other)
		}
		sub.URL, kind = links[0], "feed"
		if response, err = client.Get(ctx, fetch.Request{URL: sub.URL, MaxBody: fetch.SitemapBytes}); err != nil {
			return sub, "", err
		}
	}
	sub.Kind = kind
	list, err := readListing(kind, response)
	if err != nil {
		return sub, "", err
	}
	switch {
	case len(list.sitemaps) > 0:
		holds = ", which names " + plural(len(list.sitemaps), "sitemap", "sitemaps")
	case len(list.entries) == 0:
		holds = ", which is empty now"
	default:
		holds = ", which lists " + plural(len(list.entries), "page", "pages")
	}
	return sub, holds, nil
}
