package fetch

import (
	"context"
	"crypto/x509"
	"net"
	"net/netip"
	"time"
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
	MinRate int64         // bytes of a body a second, counted from the fifth second on; 0 is 256
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

// Client fetches. It is safe for many goroutines; requests to one host wait for each other.
type Client struct {
	opt Options
}

// New makes a Client. Its errors say which option is wrong.
func New(opt Options) (*Client, error) { return &Client{opt: opt}, nil }

// Close drops connections and whatever is kept about hosts. A Client isn't used after it.
func (c *Client) Close() {}

// Get fetches one address, within the limits. The error is an *Error, or that of ctx when it was cancelled.
func (c *Client) Get(ctx context.Context, req Request) (Response, error) {
	u, problem := normalize(req.URL)
	if problem != nil {
		return Response{}, problem
	}
	return Response{}, &Error{URL: u.String(), Class: ClassConnect, Reason: "fetching is not written yet", Advice: "wait for the next commit"}
}
