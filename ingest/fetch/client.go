package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
)

// Options says how a Client fetches. The zero value holds the defaults.
type Options struct {
	UserAgent      string        // who asks, "newsdesk/1.0 (desk@lake.example)"; its first word is the name that robots.txt may call. "" is "dateline/…"
	AllowPrivate   bool          // addresses of this machine and of private networks may be fetched
	AllowDowngrade bool          // redirects from https to http may be followed
	Delay          time.Duration // least pause between the end of one request and the start of the next to a host; 0 is one second. Crawl-delay of robots.txt may raise it
	MaxBody        int64         // bytes of a body after decompression; 0 is 20 MB
	Proxy          bool          // go through the proxies of the environment (HTTP_PROXY, …); then the proxy, not this program, knows where a name leads
	Tries          int           // requests for one address at most, 1 to 5; 0 is 4
	Backoff        time.Duration // pause before the second try, doubled before each further one; 0 is one second
	Limits         Limits
	Seed           uint64         // of the jitter of pauses; 0 takes one at random
	Roots          *x509.CertPool // authorities of certificates; nil is those of the system
	Resolver       Resolver       // nil is the system's
}

// Limits bounds one request. Zero values hold the defaults.
type Limits struct {
	Connect time.Duration // to be connected, and as long again for the handshake of TLS; 0 is 10 s
	Headers time.Duration // from the request to the end of the answer's headers; 0 is 15 s
	Idle    time.Duration // between two pieces of a body; 0 is 20 s
	Total   time.Duration // all of it; 0 is 60 s
	MinRate int64         // bytes of a body a second, on average, asked for after half of Idle; 0 is 256
	Wait    time.Duration // the longest pause that Get waits for a host that asked for one; a longer one is an Error with RetryAfter; 0 is 60 s
}

// Resolver looks up the addresses of a host name; *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

var _ Resolver = (*net.Resolver)(nil)

// Request is what to get.
type Request struct {
	URL          string // any form that Normalize takes
	ETag         string // of the copy at hand, or ""; with it or LastModified the server may answer that nothing changed
	LastModified string // as the server wrote it, or ""
	MaxBody      int64  // instead of Options.MaxBody, for sitemaps; 0 is that
}

// Response is a whole answer.
type Response struct {
	URL          string   // the normal form of what was asked for
	Final        string   // where redirects led; URL when there were none
	Redirects    []string // the addresses on the way, without URL, with Final
	Status       int
	NotModified  bool   // the copy at hand is still the page; there is no Body
	MediaType    string // "text/html", in small letters, without parameters; "" when the server said none
	Charset      string // as the server declared it, or ""
	Body         []byte // decompressed
	ETag         string // for the next Request, or ""
	LastModified string
}

// ContentType puts media type and character set together again, as ParseFeed takes them.
func (r Response) ContentType() string {
	if r.Charset == "" {
		return r.MediaType
	}
	return mime.FormatMediaType(r.MediaType, map[string]string{"charset": r.Charset})
}

// Client fetches. It is safe for many goroutines; requests to one host wait for each other.
type Client struct {
	opt       Options
	names     []string // by which robots.txt may call it, in small letters
	guard     *guard
	hosts     hosts
	robots    robotsCache
	jitter    *jitter
	transport http.RoundTripper
}

// New makes a Client. Its errors say which option is wrong.
func New(opt Options) (*Client, error) {
	if opt.UserAgent == "" {
		opt.UserAgent = DefaultUserAgent()
	}
	name := productToken(opt.UserAgent)
	if name == "" || len(opt.UserAgent) > 300 || strings.ContainsFunc(opt.UserAgent, func(r rune) bool { return r < ' ' || r > '~' }) {
		return nil, fmt.Errorf("the user agent %s is not one: begin with a name of letters, as in \"newsdesk/1.0 (desk@lake.example)\", and use no more than 300 characters of ASCII", quote(clip(opt.UserAgent, 60)))
	}
	switch {
	case opt.Delay < 0 || opt.Delay > time.Hour:
		return nil, fmt.Errorf("the pause between two requests is %v: give one from 0 to an hour", opt.Delay)
	case opt.Tries < 0 || opt.Tries > mostTries:
		return nil, fmt.Errorf("the number of tries is %d: give 1 to %d", opt.Tries, mostTries)
	case opt.MaxBody < 0 || opt.Backoff < 0:
		return nil, errors.New("a limit is less than 0: give 0 for its default")
	}
	setDefault(&opt.Delay, time.Second)
	setDefault(&opt.MaxBody, 20<<20)
	setDefault(&opt.Tries, 4)
	setDefault(&opt.Backoff, time.Second)
	setDefault(&opt.Limits.Connect, 10*time.Second)
	setDefault(&opt.Limits.Headers, 15*time.Second)
	setDefault(&opt.Limits.Idle, 20*time.Second)
	setDefault(&opt.Limits.Total, 60*time.Second)
	setDefault(&opt.Limits.MinRate, 256)
	setDefault(&opt.Limits.Wait, 60*time.Second)
	c := &Client{opt: opt, names: []string{name}, guard: newGuard(opt), jitter: newJitter(opt.Seed),
		hosts:  hosts{delay: opt.Delay, wait: opt.Limits.Wait, byName: map[string]*host{}},
		robots: robotsCache{bySite: map[string]*robotsEntry{}}}
	if name != program {
		c.names = append(c.names, program) // a site that forbids dateline means it under every name
	}
	c.transport = c.newTransport()
	return c, nil
}

func setDefault[T comparable](option *T, value T) {
	var zero T
	if *option == zero {
		*option = value
	}
}

// program is the name under which robots.txt knows this program.
const program = "dateline"

// DefaultUserAgent says who asks when nobody else is named.
func DefaultUserAgent() string {
	version := "0"
	if info, ok := debug.ReadBuildInfo(); ok && strings.HasPrefix(info.Main.Version, "v") {
		version = strings.TrimPrefix(info.Main.Version, "v")
	}
	return program + "/" + version + " (reads press releases and news for its user)"
}

// newTransport sets up HTTP. A connection serves one request: with a pause after each request little is gained by keeping it, and
// nothing is sent twice behind our back when a kept one turns out to be closed.
func (c *Client) newTransport() http.RoundTripper {
	t := &http.Transport{
		DialContext:            c.guard.dial,
		ForceAttemptHTTP2:      true,
		DisableKeepAlives:      true,
		DisableCompression:     true, // body.go decompresses, with bounds
		TLSClientConfig:        &tls.Config{RootCAs: c.opt.Roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    c.opt.Limits.Connect,
		ResponseHeaderTimeout:  c.opt.Limits.Headers,
		MaxResponseHeaderBytes: 256 << 10,
	}
	if c.opt.Proxy {
		t.Proxy = func(req *http.Request) (*url.URL, error) {
			proxy, err := http.ProxyFromEnvironment(req)
			if err == nil && proxy != nil {
				err = c.guard.useProxy(req.URL, proxy)
			} else if err == nil && c.guard.isProxy(req.URL) {
				err = &forbidden{"the address is that of a proxy", "check the address, and where it was found"}
			}
			return proxy, err
		}
	}
	return t
}

// Close drops connections. A Client isn't used after it.
func (c *Client) Close() {
	if t, ok := c.transport.(*http.Transport); ok {
		t.CloseIdleConnections()
	}
}

// Get fetches one address, within the limits. The error is an *Error, or that of ctx when it was cancelled.
func (c *Client) Get(ctx context.Context, req Request) (Response, error) {
	asked, problem := normalize(req.URL)
	if problem != nil {
		return Response{}, problem
	}
	out := Response{URL: asked.String()}
	how := ask{most: c.opt.MaxBody, etag: headerValue(req.ETag), lastModified: headerValue(req.LastModified)}
	if req.MaxBody > 0 {
		how.most = req.MaxBody
	}
	// fail says which address was asked for, and where redirects had led.
	fail := func(at *url.URL, err error) (Response, error) {
		var problem *Error
		if errors.As(err, &problem) {
			if problem.URL, problem.At = out.URL, at.String(); problem.At == problem.URL {
				problem.At = ""
			}
			return Response{}, problem
		}
		return Response{}, err
	}
	u := asked
	seen := map[string]bool{out.URL: true}
	for {
		if err := c.permitted(ctx, u); err != nil {
			return fail(u, err)
		}
		if !strings.EqualFold(u.Hostname(), asked.Hostname()) {
			how.etag, how.lastModified = "", "" // what one host gave to remember is not told to another
		}
		a, err := c.attempt(ctx, u, how)
		if err != nil {
			return fail(u, err)
		}
		if !a.isRedirect() {
			out.Final, out.Status, out.NotModified = u.String(), a.status, a.status == http.StatusNotModified
			out.MediaType, out.Charset, out.Body = a.media, a.charset, a.body
			out.ETag, out.LastModified = headerValue(a.header.Get("ETag")), headerValue(a.header.Get("Last-Modified"))
			return out, nil
		}
		next, problem := c.redirect(u, a)
		if problem != nil {
			return fail(u, problem)
		}
		if len(out.Redirects) == mostHops {
			return fail(u, &Error{Class: ClassRedirect, Status: a.status, Reason: fmt.Sprintf("the page redirects more than %d times", mostHops), Advice: "open the address in a browser and give the one it ends at"})
		}
		if seen[next.String()] {
			return fail(u, &Error{Class: ClassRedirect, Status: a.status, Reason: "the page redirects in a circle", Advice: "such pages want cookies; save it with a browser and give dateline the file"})
		}
		u = next
		seen[u.String()] = true
		out.Redirects = append(out.Redirects, u.String())
	}
}

// headerValue gives a value that may be sent back to the server, or "" for one that no header can hold.
func headerValue(text string) string {
	if len(text) > 1000 || !httpguts.ValidHeaderFieldValue(text) {
		return ""
	}
	return strings.TrimSpace(text)
}
