package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"dateline/corpus"
	"dateline/corpus/review"
)

// reviewFlags are the flags of review.
type reviewFlags struct {
	listen    string
	who       string
	hosts     []string
	tokenFile string
	secure    bool
	readOnly  bool
	noOpen    bool
}

// newReviewCommand is "dateline review".
func newReviewCommand(a *app) *cobra.Command {
	var f reviewFlags
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Review the facts in a browser: accept, reject, edit",
		Long: `Serve the review pages: the facts one by one, the least certain first, each with the
sentence that it was read from. One key accepts, rejects, edits or skips a fact; every
decision is kept with its evidence and holds when documents are read anew.

The server answers on this machine only, until it is interrupted. To reach it from others,
name an address and a token file; the file is made when it does not exist. The printed
address then opens the pages once, in one browser; others enter the token.

Ending it with Ctrl-C is no failure: the exit code is 0.

` + exitHelp,
		Example: `  dateline review
  dateline review --db energy.db --who ana --listen 8090
  dateline review --listen 0.0.0.0:8090 --host review.example.org:8090 --token-file review.token`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.review(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	a.defineRules(flags)
	flags.StringVar(&f.listen, "listen", "127.0.0.1:0", "`ADDRESS` to serve at: a port, or host:port; port 0 is any free one")
	flags.StringVar(&f.who, "who", "", "`NAME` that decisions are recorded under (default: the name of the account)")
	flags.StringArrayVar(&f.hosts, "host", nil, "also answer by this `NAME:PORT`, as browsers show it")
	flags.StringVar(&f.tokenFile, "token-file", "", "ask for the token in this `FILE`; needed when other machines can reach the address")
	flags.BoolVar(&f.secure, "https", false, "browsers reach the server by https, through a proxy")
	flags.BoolVar(&f.readOnly, "read-only", false, "show everything, change nothing")
	flags.BoolVar(&f.noOpen, "no-open", false, "print the address and open no browser")
	return cmd
}

// review is the command.
func (a *app) review(ctx context.Context, f reviewFlags) error {
	address, err := listenAddress(f.listen)
	if err != nil {
		return err
	}
	if !address.local && f.tokenFile == "" {
		return badUsage("--listen %s: other machines can reach this address; give --token-file FILE as well, or listen on 127.0.0.1", f.listen)
	}
	who, err := a.reviewer(f.who)
	if err != nil {
		return err
	}
	for _, h := range f.hosts {
		if strings.ContainsAny(h, "/ \t") || h == "" {
			return badUsage("--host %s: give a name as the address line of a browser shows it, with its port: review.example.org:8090", h)
		}
	}
	store, notice, err := a.openReview(ctx, f.readOnly)
	if err != nil {
		return err
	}
	defer store.Close()
	config := review.Config{Store: store, Who: who, Now: a.now, ReadOnly: notice != "", Notice: notice, Secure: f.secure, Log: a.log, Explain: newReader(a).extractor.Explain}
	if f.tokenFile != "" {
		if config.Token, err = review.TokenFile(f.tokenFile); err != nil {
			return usageError{err}
		}
	}
	listener, err := net.Listen("tcp", address.bind)
	if err != nil {
		return usageError{fmt.Errorf("--listen %s: %w; name another address or port, or 0 for any free one", f.listen, err)}
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		listener.Close()
		return err
	}
	config.Hosts = append(review.LocalHosts(port), f.hosts...)
	name := net.JoinHostPort("127.0.0.1", port)
	switch {
	case address.host == "localhost" || address.host == "::1":
		name = net.JoinHostPort(address.host, port)
	case !address.local && net.ParseIP(address.host) != nil && !net.ParseIP(address.host).IsUnspecified():
		name = net.JoinHostPort(address.host, port)
		config.Hosts = append(config.Hosts, name)
	}
	scheme := "http"
	if len(f.hosts) > 0 {
		name = f.hosts[0]
		if f.secure {
			scheme = "https"
		}
	}
	server, err := review.New(config)
	if err != nil {
		listener.Close()
		return err
	}
	url := scheme + "://" + name + server.OneTimeAddress()
	fmt.Fprintf(a.stdout, "Review %s as %s at\n\n  %s\n\n", oneLine(a.databasePath()), oneLine(who), oneLine(url))
	if notice != "" {
		fmt.Fprintln(a.stdout, oneLine(notice))
	}
	if !address.local && !f.secure {
		fmt.Fprintln(a.stdout, "Others on the network can read what is sent here. Put a proxy with TLS before it, and say --https and --host NAME.")
	}
	fmt.Fprintln(a.stdout, "Ctrl-C ends it.")
	if !f.noOpen && a.outIsTerminal {
		a.openBrowser(ctx, url)
	}
	return review.Serve(ctx, listener, server)
}

// listening is an address to serve at.
type listening struct {
	bind, host string
	local      bool // nobody but this machine can reach it
}

// listenAddress reads --listen.
func listenAddress(text string) (listening, error) {
	if text != "" && strings.Trim(text, "0123456789") == "" {
		text = "127.0.0.1:" + text
	}
	host, port, err := net.SplitHostPort(text)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return listening{}, badUsage("--listen %s: is no address; give a port or host:port, as 127.0.0.1:8090", text)
	}
	ip := net.ParseIP(host)
	return listening{bind: net.JoinHostPort(host, port), host: host, local: host == "localhost" || ip != nil && ip.IsLoopback()}, nil
}

// openReview opens the database for writing where it can be written to. A notice says why it can
// only be read.
func (a *app) openReview(ctx context.Context, readOnly bool) (store *corpus.Store, notice string, err error) {
	// Reading first: reviewing a database that does not exist must not make one.
	reading, err := a.readStore(ctx)
	if err != nil && !isOlder(err) {
		return nil, "", err
	}
	if readOnly && err == nil {
		return reading, "The database is open for reading only: --read-only was given.", nil
	}
	if readOnly {
		return nil, "", err
	}
	store, failed := a.openStore(ctx, corpus.Options{})
	if failed == nil {
		failed = store.Writable(ctx)
		if failed != nil {
			store.Close()
		}
	}
	var stored *corpus.Error
	switch {
	case failed == nil:
		if reading != nil {
			reading.Close()
		}
		return store, "", nil
	case reading != nil && errors.As(failed, &stored) && stored.Problem == corpus.Unwritable:
		return reading, "The database can be read but not written to: check the permissions of the file and its folder. Nothing can be decided here.", nil
	}
	if reading != nil {
		reading.Close()
	}
	return nil, "", failed
}

// openBrowser shows an address in the user's browser. Where there is none, the printed address
// is enough.
func (a *app) openBrowser(ctx context.Context, url string) {
	var cmd *exec.Cmd
	switch {
	case runtime.GOOS == "darwin":
		cmd = exec.CommandContext(ctx, "open", url)
	case runtime.GOOS == "windows":
		cmd = exec.CommandContext(ctx, "rundll32", "url.dll,FileProtocolHandler", url)
	case a.getenv("DISPLAY") != "" || a.getenv("WAYLAND_DISPLAY") != "":
		cmd = exec.CommandContext(ctx, "xdg-open", url)
	default:
		return
	}
	if err := cmd.Start(); err != nil {
		a.log.Info("no browser could be opened", "error", err)
		return
	}
	go cmd.Wait() // it is not ours to wait for, but its entry in the process table is
}
