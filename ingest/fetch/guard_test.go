package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// forbiddenAddresses are ways to write addresses that must not be reached. public leads to the same place for names in tests.
var forbiddenAddresses = []struct {
	host string // as in an address bar
	addr string // what it means, "" where only some programs read it as an address
}{
	{"127.0.0.1", "127.0.0.1"}, {"127.0.0.2", "127.0.0.2"}, {"127.255.255.254", "127.255.255.254"}, {"localhost", "127.0.0.1"}, {"localhost.", "127.0.0.1"}, {"LOCALHOST", "127.0.0.1"}, {"a.localhost", "127.0.0.1"},
	{"2130706433", ""}, {"0x7f000001", ""}, {"0x7f.0.0.1", ""}, {"0177.0.0.1", ""}, {"017700000001", ""}, {"127.1", ""}, {"127.0.1", ""}, {"127.0.0.1.", "127.0.0.1"}, {"１２７.0.0.1", "127.0.0.1"}, {"127。0。0。1", "127.0.0.1"},
	{"0.0.0.0", "0.0.0.0"}, {"0.1.2.3", "0.1.2.3"}, {"0", ""},
	{"10.0.0.1", "10.0.0.1"}, {"10.255.255.255", "10.255.255.255"}, {"172.16.0.1", "172.16.0.1"}, {"172.31.255.255", "172.31.255.255"}, {"192.168.0.1", "192.168.0.1"}, {"192.168.255.255", "192.168.255.255"},
	{"100.64.0.1", "100.64.0.1"}, {"100.127.255.255", "100.127.255.255"}, {"100.100.100.200", "100.100.100.200"},
	{"169.254.169.254", "169.254.169.254"}, {"169.254.0.1", "169.254.0.1"}, {"168.63.129.16", "168.63.129.16"}, {"192.0.0.192", "192.0.0.192"}, {"192.0.0.1", "192.0.0.1"},
	{"192.0.2.1", "192.0.2.1"}, {"198.51.100.1", "198.51.100.1"}, {"203.0.113.1", "203.0.113.1"}, {"198.18.0.1", "198.18.0.1"}, {"198.19.255.255", "198.19.255.255"}, {"192.88.99.1", "192.88.99.1"},
	{"224.0.0.1", "224.0.0.1"}, {"239.255.255.255", "239.255.255.255"}, {"240.0.0.1", "240.0.0.1"}, {"255.255.255.255", "255.255.255.255"},
	{"[::]", "::"}, {"[::1]", "::1"}, {"[0:0:0:0:0:0:0:1]", "::1"}, {"[::127.0.0.1]", "::127.0.0.1"}, {"[::ffff:127.0.0.1]", "::ffff:127.0.0.1"}, {"[::ffff:7f00:1]", "::ffff:127.0.0.1"}, {"[::ffff:10.0.0.1]", "::ffff:10.0.0.1"}, {"[::ffff:169.254.169.254]", "::ffff:169.254.169.254"},
	{"[::ffff:0:127.0.0.1]", "::ffff:0:127.0.0.1"}, {"[64:ff9b::127.0.0.1]", "64:ff9b::127.0.0.1"}, {"[64:ff9b::a9fe:a9fe]", "64:ff9b::a9fe:a9fe"}, {"[64:ff9b::10.0.0.1]", "64:ff9b::10.0.0.1"}, {"[64:ff9b:1::1]", "64:ff9b:1::1"},
	{"[2002:7f00:1::]", "2002:7f00:1::"}, {"[2002:a9fe:a9fe::1]", "2002:a9fe:a9fe::1"}, {"[2001::1]", "2001::1"}, {"[2001:0:7f00:1::]", "2001:0:7f00:1::"}, {"[2001:2::1]", "2001:2::1"}, {"[2001:10::1]", "2001:10::1"}, {"[2001:db8::1]", "2001:db8::1"}, {"[3fff::1]", "3fff::1"}, {"[3ffe::1]", "3ffe::1"},
	{"[fc00::1]", "fc00::1"}, {"[fd12:3456::1]", "fd12:3456::1"}, {"[fd00:ec2::254]", "fd00:ec2::254"}, {"[fd20:ce::254]", "fd20:ce::254"}, {"[fe80::1]", "fe80::1"}, {"[fe80::1%25lo]", "fe80::1%lo"}, {"[fec0::1]", "fec0::1"}, {"[ff02::1]", "ff02::1"}, {"[ff0e::1]", "ff0e::1"}, {"[100::1]", "100::1"}, {"[5f00::1]", "5f00::1"}, {"[4000::1]", "4000::1"},
}

const publicAddress = "93.184.215.14" // stands for any server of the public Internet; nothing is sent there

// fakeResolver answers from a table: each look-up of a name takes the next of its answers, and the last one for ever.
type fakeResolver struct {
	mu      sync.Mutex
	answers map[string][][]string
	asked   map[string]int
}

func (r *fakeResolver) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.answers[host]
	if len(all) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if r.asked == nil {
		r.asked = map[string]int{}
	}
	answer := all[min(r.asked[host], len(all)-1)]
	r.asked[host]++
	var addrs []netip.Addr
	for _, text := range answer {
		addrs = append(addrs, netip.MustParseAddr(text))
	}
	return addrs, nil
}

// world is a network in which one server stands behind the public address, and the canary behind every other one.
type world struct {
	public, canary *httptest.Server
	hits           atomic.Int64 // connections to the canary, whatever was sent
	redirectTo     atomic.Value // string: where the public server's /redirect leads
}

func newWorld(t *testing.T) *world {
	w := &world{}
	w.redirectTo.Store("/")
	w.public = httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/redirect" {
			out.Header().Set("Location", w.redirectTo.Load().(string))
			out.WriteHeader(http.StatusFound)
			return
		}
		if r.URL.Path == "/robots.txt" {
			http.NotFound(out, r)
			return
		}
		fmt.Fprint(out, "<p>public")
	}))
	w.canary = httptest.NewUnstartedServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(out, r)
			return
		}
		fmt.Fprint(out, "<p>secret")
	}))
	w.canary.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			w.hits.Add(1)
		}
	}
	w.canary.Start()
	t.Cleanup(w.public.Close)
	t.Cleanup(w.canary.Close)
	return w
}

// client makes a Client in this world. Its sockets are checked by the guard's own control, as net.Dialer would have it, and then lead
// to one of the two servers.
func (w *world) client(t *testing.T, resolver Resolver, opt Options) *Client {
	t.Helper()
	opt.Delay, opt.Tries, opt.Resolver = time.Nanosecond, 1, resolver
	c, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	c.guard.connect = func(ctx context.Context, network, address string) (net.Conn, error) {
		if err := c.guard.control(network, address, nil); err != nil {
			return nil, err
		}
		to := w.canary
		if strings.HasPrefix(address, publicAddress+":") {
			to = w.public
		}
		return (&net.Dialer{}).DialContext(ctx, "tcp", to.Listener.Addr().String())
	}
	t.Cleanup(c.Close)
	return c
}

// ways are the ways to lead the program to an address.
var ways = []string{"literal", "DNS", "redirect", "mixed", "rebinding"}

// lead gives the address to fetch, and sets the world up so that it leads to the target by one of the ways. ok is false where the way does
// not exist: a name can't lead to a number that is no address.
func (w *world) lead(way, host, addr string) (target string, resolver *fakeResolver, ok bool) {
	resolver = &fakeResolver{answers: map[string][][]string{"public.example": {{publicAddress}}, "localhost": {{"127.0.0.1"}}, "a.localhost": {{"127.0.0.1"}}}}
	switch way {
	case "literal":
		return "http://" + host + "/secret", resolver, true
	case "redirect":
		w.redirectTo.Store("http://" + host + "/secret")
		return "http://public.example/redirect", resolver, true
	}
	if addr == "" {
		// Some resolvers do read such numbers; what they give is the loopback address.
		addr = "127.0.0.1"
	}
	switch way {
	case "DNS":
		resolver.answers["evil.example"] = [][]string{{addr}}
	case "mixed":
		resolver.answers["evil.example"] = [][]string{{publicAddress, addr}}
	case "rebinding": // the first look-up is for robots.txt
		resolver.answers["evil.example"] = [][]string{{publicAddress}, {addr}}
	}
	return "http://evil.example/secret", resolver, true
}

// TestGuard leads the program to every forbidden address in every way; the canary must see no connection.
func TestGuard(t *testing.T) {
	w := newWorld(t)
	tried := 0
	for _, a := range forbiddenAddresses {
		for _, way := range ways {
			target, resolver, _ := w.lead(way, a.host, a.addr)
			before := w.hits.Load()
			page, err := w.client(t, resolver, Options{}).Get(t.Context(), Request{URL: target})
			tried++
			var problem *Error
			if !errors.As(err, &problem) || problem.Class != ClassBlocked || problem.Temporary {
				t.Errorf("%s by %s: %q, %v; want class blocked", a.host, way, page.Body, err)
			}
			if hits := w.hits.Load() - before; hits != 0 {
				t.Errorf("%s by %s: %d connections to the canary", a.host, way, hits)
			}
		}
	}
	if tried < 300 {
		t.Errorf("only %d trials", tried)
	}
}

// TestGuardControl takes the table of networks away: now the canary must be reached by every trial except those that Normalize alone
// stops. It shows that TestGuard's zero is the guard's work.
func TestGuardControl(t *testing.T) {
	w := newWorld(t)
	all, unicast := networks, globalUnicast
	networks, globalUnicast = nil, netip.MustParsePrefix("::/0")
	defer func() { networks, globalUnicast = all, unicast }()
	reached, stopped := 0, 0
	for _, a := range forbiddenAddresses {
		for _, way := range ways {
			target, resolver, _ := w.lead(way, a.host, a.addr)
			before := w.hits.Load()
			_, err := w.client(t, resolver, Options{}).Get(t.Context(), Request{URL: target})
			switch {
			case w.hits.Load() > before && way != "mixed":
				reached++
			case way == "mixed": // the public address stands first
				if err == nil {
					reached++
				}
			case (a.addr == "" || strings.Contains(a.host, "%")) && (way == "literal" || way == "redirect"):
				stopped++
			default:
				t.Errorf("%s by %s did not reach the canary: %v", a.host, way, err)
			}
		}
	}
	if stopped == 0 || reached < 290 {
		t.Errorf("%d reached, %d stopped by their form", reached, stopped)
	}
}

// TestGuardOnRealSockets does without the made-up network: a server on this machine, and the dialer as it is used.
func TestGuardOnRealSockets(t *testing.T) {
	w := newWorld(t)
	_, port, _ := net.SplitHostPort(w.canary.Listener.Addr().String())
	for _, host := range []string{"127.0.0.1", "127.0.0.2", "localhost", "localhost.", "0.0.0.0", "[::]", "[::ffff:127.0.0.1]", "[::1]", "2130706433", "127.1", "0x7f.1"} {
		c, err := New(Options{Delay: time.Nanosecond, Tries: 1})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Get(t.Context(), Request{URL: "http://" + host + ":" + port + "/secret"})
		var problem *Error
		if !errors.As(err, &problem) || problem.Class != ClassBlocked {
			t.Errorf("%s: %v", host, err)
		}
	}
	// The socket's own check, with all the others passed by.
	c, _ := New(Options{})
	if _, err := c.guard.connect(t.Context(), "tcp", "127.0.0.1:"+port); err == nil {
		t.Error("a socket was connected to 127.0.0.1")
	} else if bad := (*forbidden)(nil); !errors.As(err, &bad) {
		t.Errorf("the socket's check did not refuse: %v", err)
	}
	if n := w.hits.Load(); n != 0 {
		t.Errorf("%d connections to the canary", n)
	}
	// The control, and the flag: private addresses are reached when they are allowed.
	c, _ = New(Options{AllowPrivate: true, Delay: time.Nanosecond, Tries: 1})
	if page, err := c.Get(t.Context(), Request{URL: "http://127.0.0.1:" + port + "/secret"}); err != nil || string(page.Body) != "<p>secret" {
		t.Errorf("allowed: %q, %v", page.Body, err)
	}
	if w.hits.Load() == 0 {
		t.Error("the canary does not count: this test shows nothing")
	}
}

// TestAllowPrivate holds which addresses the flag opens: those where an intranet's servers are, and no others.
func TestAllowPrivate(t *testing.T) {
	g := newGuard(Options{AllowPrivate: true})
	for text, want := range map[string]bool{
		"127.0.0.1": true, "10.1.2.3": true, "172.20.0.1": true, "192.168.1.1": true, "100.64.0.1": true, "::1": true, "fd12::1": true, "::ffff:10.0.0.1": true, "64:ff9b::10.0.0.1": true, "93.184.215.14": true, "2606:4700::1": true,
		"169.254.169.254": false, "100.100.100.200": false, "168.63.129.16": false, "fd00:ec2::254": false, "fd20:ce::254": false, "192.0.0.192": false, "0.0.0.0": false, "::": false, "224.0.0.1": false, "255.255.255.255": false, "fe80::1": false, "2002:7f00:1::": false, "64:ff9b::a9fe:a9fe": false, "192.0.2.1": false,
	} {
		if err := g.check(netip.MustParseAddr(text)); (err == nil) != want {
			t.Errorf("%s: %v, want allowed %v", text, err, want)
		}
	}
}

// TestPublicAddressesPass holds that the table doesn't reach too far: the neighbours of its ranges are fetched.
func TestPublicAddressesPass(t *testing.T) {
	g := newGuard(Options{})
	for _, text := range []string{"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0", "223.255.255.255",
		"2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2606:4700::1", "2a00:1450::1", "2400::1", "3ffd::1", "64:ff9b::1.1.1.1", "::ffff:1.1.1.1"} {
		if err := g.check(netip.MustParseAddr(text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, n := range networks {
		if n.what == "" || n.source == "" || n.prefix != n.prefix.Masked() {
			t.Errorf("%v: without name or source, or with bits behind its length", n)
		}
	}
}

// TestGuardTriesTheNextAddress holds that a host with a dead address is reached at its other one, and that a name without addresses is said to be none.
func TestGuardTriesTheNextAddress(t *testing.T) {
	w := newWorld(t)
	c := w.client(t, &fakeResolver{answers: map[string][][]string{"two.example": {{"93.184.215.15", publicAddress}}}}, Options{})
	connect := c.guard.connect
	c.guard.connect = func(ctx context.Context, network, address string) (net.Conn, error) {
		if strings.HasPrefix(address, "93.184.215.15:") {
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return connect(ctx, network, address)
	}
	c.guard.limit = 200 * time.Millisecond
	if page, err := c.Get(t.Context(), Request{URL: "http://two.example/"}); err != nil || string(page.Body) != "<p>public" {
		t.Errorf("%q, %v", page.Body, err)
	}
	_, err := c.Get(t.Context(), Request{URL: "http://none.example/"})
	var problem *Error
	if !errors.As(err, &problem) || problem.Class != ClassDNS || problem.Temporary || !strings.Contains(problem.Reason, "none.example") {
		t.Errorf("%v", err)
	}
}

// TestProxy runs in a process of its own, because the environment is read once. By default a proxy of the environment is not used; with the
// option it is, also on a private address, and still no forbidden address is asked of it.
func TestProxy(t *testing.T) {
	if os.Getenv("FETCH_TEST_PROXY") != "" {
		proxyChild(t)
		return
	}
	var asked sync.Map
	proxy := httptest.NewServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		asked.Store(r.RequestURI, true)
		if strings.HasSuffix(r.URL.Path, "robots.txt") {
			http.NotFound(out, r)
			return
		}
		fmt.Fprint(out, "<p>by the proxy")
	}))
	defer proxy.Close()
	child := exec.Command(os.Args[0], "-test.run=^TestProxy$", "-test.v")
	child.Env = append(os.Environ(), "FETCH_TEST_PROXY=1", "HTTP_PROXY="+proxy.URL, "http_proxy="+proxy.URL, "NO_PROXY=", "no_proxy=")
	out, err := child.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "PASS: TestProxy") {
		t.Fatalf("%v\n%s", err, out)
	}
	var list []string
	asked.Range(func(key, _ any) bool { list = append(list, key.(string)); return true })
	if len(list) != 2 { // robots.txt and the page, of the one request that may go there
		t.Errorf("the proxy was asked for %q", list)
	}
}

func proxyChild(t *testing.T) {
	blocked := func(err error) bool {
		var problem *Error
		return errors.As(err, &problem) && problem.Class == ClassBlocked
	}
	without, err := New(Options{Delay: time.Nanosecond, Tries: 1, Resolver: &fakeResolver{}})
	if err != nil {
		t.Fatal(err)
	}
	var problem *Error
	if _, err := without.Get(t.Context(), Request{URL: "http://lake.example/"}); !errors.As(err, &problem) || problem.Class != ClassDNS {
		t.Errorf("without the option: %v", err)
	}
	with, _ := New(Options{Delay: time.Nanosecond, Tries: 1, Proxy: true})
	if page, err := with.Get(t.Context(), Request{URL: "http://lake.example/"}); err != nil || string(page.Body) != "<p>by the proxy" {
		t.Errorf("with it: %q, %v", page.Body, err)
	}
	for _, target := range []string{"http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "http://[::1]/", "http://localhost/", os.Getenv("HTTP_PROXY") + "/"} {
		if _, err := with.Get(t.Context(), Request{URL: target}); !blocked(err) {
			t.Errorf("%s by the proxy: %v", target, err)
		}
	}
}
